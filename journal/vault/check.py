"""Reading every row against the inventory, and saying in words what is not as it should be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from journal.errors import DamagedJournal, JournalBusy, JournalError, StorageFailed
from journal.vault import inventory as inv
from journal.vault import rows
from journal.vault.inventory import Inventory, Manifest
from journal.vault.keys import KeyRing
from journal.vault.rows import MAX_ROW, revision
from journal.vault.schema import File
from journal.vault.sealing import SealBroken
from journal.vault.structs import Damage, Draft, Revision
from journal.vault.unlock import HEADERS

_ID = 16  # bytes
_ASK = "Your newest backup may still hold it."
_ROWS = "SELECT eid, rev, CASE WHEN length(v) <= ? THEN v ELSE x'' END FROM rec"  # the length needs no reading
_NUMBERED = "SELECT n, CASE WHEN length(v) <= ? THEN v ELSE x'' END FROM {} WHERE n BETWEEN 0 AND ?"
_ALL = range(inv.BUCKETS)


def manifests(file: File) -> list[bytes | None]:
    """Both manifests as stored: they differ whenever anything that they vouch for does."""
    return [value(file, "SELECT v FROM manifest WHERE n = ?", place) for place in (0, 1)]


def read_inventory(file: File, ring: KeyRing, *, lazily: bool = False) -> tuple[Inventory, list[Damage], set[int]]:
    """The inventory as the newest manifest that opens vouches for it, what is damaged about it and about the header,
    and in which buckets rows can therefore not be looked up. `lazily`: a bucket that is as the manifest names it is
    opened only when it is looked at."""
    damage: list[Damage] = []
    stored = manifests(file)
    opened: list[Manifest] = []
    for place, sealed in enumerate(stored):
        try:
            if sealed is not None:
                opened.append(Manifest(ring, place, sealed, growing=file.growing))
        except SealBroken:
            continue
    found = Inventory(growing=file.growing)
    if not opened:
        text = "The list of what belongs in this journal is damaged or missing."
        found.unread = frozenset(_ALL)
        return found, [Damage(what="manifest", message=text)], set(_ALL)
    newest = max(opened, key=lambda manifest: manifest.counter)
    oldest = min(opened, key=lambda manifest: manifest.counter)
    if len(opened) < max(min(newest.counter, 2), sum(sealed is not None for sealed in stored)):
        text = "One of the two lists of what belongs in this journal is damaged or missing."
        damage.append(Damage(what="manifest", message=text))
    elif len(opened) == 2 and (oldest.counter + 1, oldest.digest) != (newest.counter, newest.previous):
        text = "One of the two lists of what belongs in this journal was put back from an older copy."
        damage.append(Damage(what="manifest", message=text))
    found.counter, found.header = newest.counter, newest.header
    found.previous, found.before = newest.digest, newest.previous
    headers = [value(file, "SELECT v FROM meta WHERE k = ?", name) for name in HEADERS]
    # With one list damaged the other may be the older, which names an older header.
    if not damage and any(header is None or inv.digest(header) != newest.header for header in headers):
        text = "The journal's first page, which lists its passwords, is damaged or was put back from an older copy."
        damage.append(Damage(what="header", message=text))
    unlisted: set[int] = set()
    unread: set[int] = set()
    if file.growing:
        # A row that came in later than what is left of the list is in none of the buckets, so all that open count.
        lost = any(one.what == "manifest" for one in damage)
        found.bucket_digests, damaged = _list(file, ring, newest.listed)
        if not _take_tail(file, ring, newest, found, damaged) or not found.bucket_digests:
            unread = set(_ALL)
        if unread or lost:
            unlisted = set(_ALL)
        damage += damaged
    else:
        found.bucket_digests = list(newest.buckets)
    tail = inv.by_bucket(found.tail)
    buckets = _numbered(file, "bucket", found.bucket_digests)
    if lazily:
        found.rows = inv.Buckets(partial(_one_bucket, ring, buckets, tail), most=partial(_most, buckets, tail))
    for number, wanted in enumerate(found.bucket_digests):
        sealed = buckets.get(number)
        if sealed is None and wanted == bytes(32):
            continue
        try:
            if not sealed:
                raise SealBroken("not the bucket the manifest names")
            if not lazily:
                found.rows[number] = inv.open_bucket(ring, number, sealed)
        except SealBroken:
            unlisted.add(number)
            unread.add(number)
            text = f"Part {number} of the list of what belongs in this journal is damaged."
            damage.append(Damage(what="bucket", message=text))
    if not lazily:
        for number, entries in tail.items():
            found.rows[number] = found.rows[number].with_all(entries)
    found.unread = frozenset(unread)
    return found, damage, unlisted


def _list(file: File, ring: KeyRing, wanted: bytes) -> tuple[list[bytes], list[Damage]]:
    """The digests of the buckets, from either copy of the list of format 3, and what is wrong with the other. None of
    them where both are lost: then it cannot be told what the buckets vouch for."""
    stored = [value(file, f"SELECT v FROM {table} WHERE n = 0") for table in inv.LISTS]  # noqa: S608 - names of ours
    if wanted == bytes(32):  # no bucket was ever written, so there is no list
        text = "A list of what belongs in this journal was put in where none is named. It was not used."
        strange = [Damage(what="list", message=text)] if stored != [None, None] else []
        return [bytes(32)] * inv.BUCKETS, strange
    whole = [sealed for sealed in stored if sealed is not None and inv.digest(sealed) == wanted]
    damage = []
    if len(whole) < len(stored):
        which = "One of two copies of a" if whole else "A"
        text = f"{which} part of the list of what belongs in this journal is damaged or missing."
        damage.append(Damage(what="list", message=text))
    try:
        return list(inv.open_list(ring, whole[0])) if whole else [], damage
    except SealBroken:  # the manifest vouches for bytes that do not open
        return [], [Damage(what="list", message="A part of the list of what belongs in this journal does not open.")]


def _take_tail(file: File, ring: KeyRing, newest: Manifest, found: Inventory, damage: list[Damage]) -> bool:
    """The entries that are in no bucket yet, of format 3; returns whether all of them could be read."""
    nothing = [bytes(32)] * (inv.SEGMENTS - len(newest.segments))
    stored, entries, whole = _numbered(file, "segment", [*newest.segments, *nothing]), [], True
    for number in range(len(newest.segments)):
        sealed = stored.pop(number, None)
        try:
            if not sealed:
                raise SealBroken("not the segment the manifest names")
            entries.append(inv.open_segment(ring, number, sealed))
        except SealBroken:
            whole = False
            text = f"Segment {number} of the list of what belongs in this journal is damaged or missing."
            damage.append(Damage(what="segment", message=text))
    if any(sealed is not None for sealed in stored.values()):
        text = "A part of the list of what belongs in this journal was put back from an older copy."
        damage.append(Damage(what="segment", message=text))
    found.listed, found.segments, found.tail = newest.listed, newest.segments, b"".join(entries) + newest.pending
    found.pending = len(newest.pending) // inv.WIDTH
    return whole


def read_rows(
    file: File, ring: KeyRing, inventory: Inventory, unlisted: set[int]
) -> tuple[list[Revision], list[Damage]]:
    """Every row that opens and belongs, and what is wrong with the rest.

    `unlisted` are buckets that are damaged themselves: their rows count if they open.
    """
    good: list[Revision] = []
    damage: list[Damage] = []
    more: set[inv.Place] = set()  # that are not listed
    strange = 0
    left, digest, open_row = [rows_.read() for rows_ in inventory.rows], inv.digest, ring.open_row

    def take(eid: bytes, rev: bytes, sealed: bytes) -> None:
        place = (eid, rev)
        wanted = left[eid[0]].pop(place, None)
        if wanted is None:
            if place in more or place in inventory.rows[eid[0]]:  # pages that lead to a row twice
                return
            more.add(place)
        try:
            if wanted is not None and digest(sealed) != wanted:
                raise SealBroken("not the row the list names")
            opened = revision(eid, rev, open_row(eid, rev, sealed))
        except SealBroken:
            damage.append(_named("row", eid, rev, f"An entry is damaged and was left out. {_ASK}"))
            return
        if wanted is None and eid[0] not in unlisted:
            text = "A version of an entry was put back or added from outside, and was left out."
            damage.append(_named("extra", eid, rev, text))
            return
        good.append(opened)

    try:
        for eid, rev, sealed in file.each(_ROWS, (MAX_ROW,)):
            if type(eid) is type(rev) is type(sealed) is bytes and len(eid) == len(rev) == _ID:
                take(eid, rev, sealed)
            else:
                strange += 1
    except (DamagedJournal, StorageFailed):
        # Some page cannot be read. Each row that should be there is looked up by itself, past that page.
        damage.append(Damage(what="file", message=f"Some pages of the file cannot be read. {_ASK}"))
        for place in [place for rows_ in left for place in rows_]:
            stored = value(file, "SELECT v FROM rec WHERE eid = ? AND rev = ?", *place)
            if stored is not None:
                take(*place, stored)
    if strange:
        damage.append(Damage(what="row", message=f"Rows that no journal would hold were left out. {_ASK}"))
    for rows_ in left:
        damage += [_named("missing", *place, f"A version of an entry is missing. {_ASK}") for place in rows_]
    return good, damage


def read_drafts(file: File, ring: KeyRing) -> tuple[tuple[Draft, ...], list[Damage]]:
    """All drafts that open, and what is wrong with the others."""
    found: dict[bytes, Draft] = {}
    damage = []
    try:
        for key, sealed in file.each("SELECT eid, v FROM draft ORDER BY eid"):
            try:
                if not _is_id(key) or not isinstance(sealed, bytes):
                    raise SealBroken("a draft's key has 16 bytes")
                found[key] = rows.draft(key, ring.open_draft(key, sealed))
            except SealBroken:
                text = "An unsaved draft is damaged."
                damage.append(Damage(what="draft", eid=key.hex() if _is_id(key) else None, message=text))
    except (DamagedJournal, StorageFailed):
        damage.append(Damage(what="draft", message="Some unsaved drafts cannot be read."))
    return tuple(found.values()), damage


def _numbered(file: File, table: str, wanted: Sequence[bytes]) -> dict[int, bytes | None]:
    """The values of a table by their numbers, as the list names them: empty where one is not so, since what nobody
    vouches for is not held in memory."""
    found: dict[int, bytes | None] = {}

    def take(number: int, sealed: object) -> None:
        vouched = isinstance(sealed, bytes) and inv.digest(sealed) == wanted[number]
        found[number] = sealed if vouched else b""  # type: ignore[assignment]

    try:
        for n, sealed in file.each(_NUMBERED.format(table), (MAX_ROW, len(wanted) - 1)):
            take(n, sealed)
    except (DamagedJournal, StorageFailed):  # one by one, past the page that cannot be read
        for n in range(len(wanted)):
            sealed = value(file, f"SELECT v FROM {table} WHERE n = ?", n)  # noqa: S608 - names of ours
            if sealed is not None:
                take(n, sealed)
    return found


def _one_bucket(
    ring: KeyRing,
    buckets: dict[int, bytes | None],
    tail: dict[int, list[tuple[inv.Place, bytes]]],
    number: int,
) -> inv.Rows:
    """A bucket that was as the manifest names it when the file was opened, and what was to be folded into it."""
    sealed = buckets.get(number)
    try:
        rows_ = inv.Rows() if sealed is None else inv.open_bucket(ring, number, sealed)
        return rows_.with_all(tail.get(number, ()))
    except SealBroken:  # the manifest vouches for bytes that do not open
        raise DamagedJournal(detail="a bucket") from None


def _most(buckets: dict[int, bytes | None], tail: dict[int, list[tuple[inv.Place, bytes]]], number: int) -> int:
    return len(buckets.get(number) or b"") // inv.WIDTH + len(tail.get(number, ()))


def value(file: File, sql: str, *parameters: Any) -> bytes | None:
    """One stored value, or None where it is not there or its page cannot be read."""
    try:
        return file.value(sql, *parameters)
    except JournalBusy:
        raise
    except JournalError:
        return None


def _is_id(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == 16


def _named(what: str, eid: bytes, rev: bytes, message: str) -> Damage:
    return Damage(what=what, message=message, eid=eid.hex(), rev=rev.hex())
