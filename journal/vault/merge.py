"""Taking in another copy of the same journal: afterwards the open one holds what either held.

    copy = vault.recognise(path)   # or with that copy's password, where it is closed with another key
    vault.compare(copy)            # what would come in; nothing is written
    vault.merge(copy)              # all of it in one commit, each row read back

Revisions never change and their ids are random, so the union is the same whichever copy takes in the other, and
taking one in twice adds nothing. No clock is asked. What was removed for good in either copy is then in neither.
The other copy is only read: rows count where its own list vouches for them and they open; the rest is named.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from journal.errors import CopyNeedsPassword, DamagedJournal, InvalidRecord, JournalError, NotACopy
from journal.records import Purged, decode, encode
from journal.vault import check, kdf, rows
from journal.vault.blobs import Blobs
from journal.vault.bodies import KIND, Body, entry_named_by, named_by, whole
from journal.vault.drafts import Drafts
from journal.vault.inventory import Inventory, Manifest, Place, digest
from journal.vault.keys import KeyRing
from journal.vault.schema import File, look, pages_ok
from journal.vault.sealing import SealBroken
from journal.vault.seen import Seen
from journal.vault.structs import Damage, Draft, NewRevision, Revision
from journal.vault.unlock import read_headers, unlock

PURGED = "purged"
_TRIES = 5  # to read a copy that another window keeps writing to
_PAGES = "Some pages of the other copy cannot be read. What was on them was left."
_DAMAGED = "A version of an entry is damaged in the other copy, and was left there."
_MISSING = "A version of an entry is missing from the other copy."
_FILE_DAMAGED = "A file that was added to an entry is damaged or missing in the other copy, and was left there."
_FILE_LATER = "A newer version of this program added a file to the other copy. It was left there."
_STRANGE = "The other copy holds a version of an entry that its own list does not know. It was left there."
_NOTHING_READ = "The other copy is damaged, and nothing in it can be read. Nothing was changed. Try another copy."


class Copy(NamedTuple):
    """Another copy of the open journal, and the keys that open it."""

    path: Path
    ring: KeyRing


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy brings: revisions that were not here, how many drafts, which entries go because they were removed
    for good there, and what of the copy could not be taken."""

    revisions: tuple[Revision, ...] = ()
    drafts: int = 0
    gone: frozenset[str] = frozenset()
    damage: tuple[Damage, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to take in."""
        return not (self.revisions or self.drafts or self.gone)


class _Found(NamedTuple):
    """What was read from a copy: sealed for this journal, and opened."""

    rows: list[tuple[Place, bytes]]
    revisions: list[Revision]
    drafts: tuple[Draft, ...]
    damage: list[Damage]
    bodies: list[Body]


class Marks:
    """Which entries were removed for good, from the revisions that say so."""

    def __init__(self, revisions: Iterable[Revision] = ()) -> None:
        self._by_mark: dict[str, frozenset[str]] = {}
        self.take(revisions)

    def take(self, revisions: Iterable[Revision]) -> None:
        """Look whether revisions are such marks. Every revision of a mark counts: what was purged stays purged."""
        for revision in revisions:
            if revision.kind == PURGED and not revision.deleted:
                with contextlib.suppress(InvalidRecord):
                    record = decode(revision.body)
                    if isinstance(record, Purged):
                        known = self._by_mark.get(revision.eid, frozenset())
                        self._by_mark[revision.eid] = known.union(record.eids)

    def with_(self, revisions: Iterable[Revision]) -> Marks:
        """These and others."""
        other = Marks()
        other._by_mark = dict(self._by_mark)
        other.take(revisions)
        return other

    def eids(self) -> frozenset[str]:
        """The ids; a mark itself is never removed."""
        return frozenset().union(*self._by_mark.values()) - self._by_mark.keys()


def mark(eid: str, eids: Iterable[str]) -> NewRevision:
    """The revision that says these entries were removed for good; `eid` is an id of its own."""
    return NewRevision(eid=eid, kind=PURGED, body=encode(Purged(eids=tuple(sorted(eids)))))


class Merging(Drafts, Blobs):
    """The part of the vault that takes in other copies of it."""

    path: Path
    _seen: Seen
    _lamport: int
    _opened: list[Revision] | None
    _marks: Marks
    _doubt: bool
    _special: set[Place]

    def _know(self, revisions: Iterable[Revision]) -> None:
        raise NotImplementedError

    def forget_snapshot(self, *, keep_file: bool = False) -> None:
        raise NotImplementedError

    def revision(self, eid: str, rev: str) -> Revision:
        raise NotImplementedError

    def purged_eids(self) -> frozenset[str]:
        """The ids of entries that were removed for good, here or in a copy that was taken in."""
        return self._marks.eids()

    def recognise(self, path: Path, *, password: str | None = None, recovery_key: str | None = None) -> Copy:
        """A copy of this journal, by this journal's own key or by the copy's own secret.

        Raises `NotACopy`, `CopyNeedsPassword` where it has another key and no secret is given, `WrongPassword`,
        `NotAJournal`, `NewerFormat`, `DamagedJournal`, `StorageFailed`.
        """
        path = Path(path)
        look(path)
        with contextlib.suppress(OSError):
            if path.samefile(self.path):
                raise NotACopy("This is the very journal that is open. Choose the other copy of it.")
        if recovery_key is not None:
            kdf.recovery_entropy(recovery_key)
        with _of_the_copy(), contextlib.closing(File(path, read_only=True)) as file:
            try:
                ids = {copy[0].vault for copy in read_headers(file) if copy is not None}
            except DamagedJournal:
                ids = set()  # its list may still be whole, and of our key
            if _opens(file, self._ring):
                return Copy(path, self._ring)
            if not ids:
                raise DamagedJournal(_NOTHING_READ)
            if self._ring.vault.hex() not in ids:
                raise NotACopy
            if password is None and recovery_key is None:
                raise CopyNeedsPassword
            ring = unlock(file, password, recovery_key).ring
            if ring.vault != self._ring.vault:
                raise NotACopy
            return Copy(path, ring)

    def compare(self, copy: Copy) -> Incoming:
        """What taking in a copy would bring. Nothing is written."""
        found = self._read(copy)
        gone = self._gone(self._marks.with_(found.revisions))
        return self._told(found, self._new_drafts(found), gone)

    def merge(self, copy: Copy) -> Incoming:
        """Take in a copy: all of it in one commit, or nothing. Returns once each row was read back and opened."""
        self._must_write()
        found = self._read(copy)
        marks = self._marks.with_(found.revisions)
        gone, drafts = self._gone(marks), self._new_drafts(found)
        told = self._told(found, drafts, gone)
        if told.nothing:
            return told
        sealed_drafts = self._sealed(drafts)
        unsaved = [draft.key for draft in self.drafts() if not gone.isdisjoint({draft.key, draft.eid})]
        removed = {bytes.fromhex(eid) for eid in gone}
        bodies = self._bodies.without(gone, found.revisions)
        pending = self._inventory.fork()
        pending.remove(removed)
        for place, sealed in found.rows:
            pending.add(place, digest(sealed))

        def taken_up() -> None:
            self._opened, self._doubt = None, True
            self._inventory, self._marks, self._bodies = pending, marks, bodies
            self._know(found.revisions)
            if removed:
                self.forget_snapshot()
            self._lamport = max([self._lamport, *(revision.lamport for revision in found.revisions)])
            self._seen.note(pending.counter, pending.previous)

        doubt = self._doubt
        with self._change(taken_up) as db:
            for eid in removed:
                db.execute("DELETE FROM rec WHERE eid = ?", [eid])
            self._drop(db, unsaved)
            for body in self._bodies:
                if body.bid not in bodies:
                    self._clear(body.bid)
            self._bring_bodies(copy.path, copy.ring, found.bodies, pending)
            for place, sealed in found.rows:
                db.execute("INSERT INTO rec(eid, rev, v) VALUES (?, ?, ?)", (*place, sealed))
            self._put(db, sealed_drafts)
            pending.store(db.execute, self._ring, fold=True)
        self._bodies_were_brought(found.bodies)
        back = tuple(self.revision(eid.hex(), rev.hex()) for (eid, rev), _ in found.rows)
        self._must_be_back(sealed_drafts)
        self._doubt = doubt
        return msgspec.structs.replace(told, revisions=back)

    # -- reading the other copy ------------------------------------------------------------------------------

    def _read(self, copy: Copy) -> _Found:
        """What is in a copy and not here, as it stood at one moment."""
        with _of_the_copy(), contextlib.closing(File(copy.path, read_only=True)) as file:
            for _ in range(_TRIES):
                before = check.manifests(file)
                found = self._read_copy_once(file, copy.ring)
                if check.manifests(file) == before:
                    break  # else another window saved something meanwhile
        purged = self._marks.with_(found.revisions).eids()
        kept = [
            number
            for number, one in enumerate(found.revisions)
            if one.eid not in purged and entry_named_by(one) not in purged
        ]
        return _Found(
            [found.rows[number] for number in kept],
            [found.revisions[number] for number in kept],
            tuple(draft for draft in found.drafts if purged.isdisjoint({draft.key, draft.eid})),
            found.damage,
            found.bodies,
        )

    def _read_copy_once(self, file: File, ring: KeyRing) -> _Found:
        inventory, damage, _ = check.read_inventory(file, ring)
        if not pages_ok(file.connection):
            damage.append(Damage(what="file", message=_PAGES))
        found, opened = [], []
        for place, wanted in _listed(inventory):
            if place in self._inventory.rows[place[0][0]]:
                continue
            sealed = check.value(file, "SELECT v FROM rec WHERE eid = ? AND rev = ?", *place)
            if sealed is None:
                damage.append(_named("missing", place, _MISSING))
                continue
            try:
                if digest(sealed) != wanted or len(sealed) > rows.MAX_ROW:
                    raise SealBroken("not the row the list names")
                plain = ring.open_row(*place, sealed)
                opened.append(rows.revision(*place, plain))
            except SealBroken:
                damage.append(_named("row", place, _DAMAGED))
                continue
            # Sealed anew only under another key; a sealed row belongs to no file, only to its journal and epoch.
            found.append((place, sealed if ring is self._ring else self._ring.seal_row(*place, plain)))
        bodies, left = self._new_bodies(file, ring, opened, damage)
        drafts, broken = check.read_drafts(file, ring)
        return _Found(
            [row for row in found if row[0] not in left],
            [one for one in opened if (bytes.fromhex(one.eid), bytes.fromhex(one.rev)) not in left],
            drafts,
            [*damage, *_strange(file, inventory), *broken],
            bodies,
        )

    def _new_bodies(
        self, file: File, ring: KeyRing, opened: list[Revision], damage: list[Damage]
    ) -> tuple[list[Body], set[Place]]:
        """The bodies that come along with what a copy brings, each opened to its end; and the versions that stay
        there because theirs cannot be read."""
        purged = self._marks.with_(opened).eids()
        bodies: dict[bytes, Body] = {}
        bad: set[Body] = set()
        left: set[Place] = set()
        for one in opened:
            if one.kind != KIND or one.deleted or one.eid in purged or entry_named_by(one) in purged:
                continue
            place, body = (bytes.fromhex(one.eid), bytes.fromhex(one.rev)), named_by(one)
            if body is not None and (body.bid in self._bodies or body.bid in bodies):
                continue
            if body is not None and body not in bad and whole(file, ring, body):
                bodies[body.bid] = body
                continue
            if body is not None:
                bad.add(body)
            left.add(place)
            damage.append(_named("blob", place, _FILE_LATER if body is None else _FILE_DAMAGED))
        return list(bodies.values()), left

    def _new_drafts(self, found: _Found) -> list[Draft]:
        """Drafts of a copy that say what nothing here says. One whose key is taken gets a key of its own."""
        mine = {draft.key: draft for draft in self.drafts()}
        known = {(draft.kind, draft.body) for draft in mine.values()}
        new = []
        for draft in found.drafts:
            saved = {revision.body for revision in found.revisions if revision.eid == draft.key}
            if (draft.kind, draft.body) in known or draft.body in saved or self._says(draft.key, draft.body):
                continue
            if draft.key in mine:
                key = hashlib.sha256(b"draft" + bytes.fromhex(draft.key) + draft.body).hexdigest()[:32]
                # It still says whose text it is, so that it goes when that entry is removed for good.
                draft = msgspec.structs.replace(draft, key=key, eid=draft.eid or draft.key, base=None)
            known.add((draft.kind, draft.body))
            new.append(draft)
        return new

    def _says(self, eid: str, body: bytes) -> bool:
        """Whether some version of an entry here is this to the letter."""
        entry = bytes.fromhex(eid)
        places = [place for place in self._inventory.rows[entry[0]] if place[0] == entry]
        return any(self.revision(eid, rev.hex()).body == body for _, rev in places)

    def _gone(self, marks: Marks) -> frozenset[str]:
        """Entries that are here and were removed for good, and the files of such, wherever they were added."""
        purged = marks.eids()
        raw = {bytes.fromhex(eid) for eid in purged if len(eid) == 32}
        gone = {place[0].hex() for listed in self._inventory.rows for place in listed if place[0] in raw}
        for eid, rev in self._special if purged else ():
            if (eid, rev) in self._inventory.rows[eid[0]]:
                with contextlib.suppress(DamagedJournal):
                    if entry_named_by(self.revision(eid.hex(), rev.hex())) in purged:
                        gone.add(eid.hex())
        return frozenset(gone)

    def _told(self, found: _Found, drafts: list[Draft], gone: frozenset[str]) -> Incoming:
        return Incoming(revisions=tuple(found.revisions), drafts=len(drafts), gone=gone, damage=tuple(found.damage))


@contextlib.contextmanager
def _of_the_copy() -> Iterator[None]:
    """Damage to the copy, in words that do not mean the journal itself."""
    try:
        yield
    except DamagedJournal as error:
        if str(error) != error.message:
            raise
        raise DamagedJournal(_NOTHING_READ, detail=error.detail) from None


def _opens(file: File, ring: KeyRing) -> bool:
    """Whether a list of a copy opens with this key."""
    for place, sealed in enumerate(check.manifests(file)):
        with contextlib.suppress(SealBroken):
            if sealed is not None:
                Manifest(ring, place, sealed, growing=file.growing)
                return True
    return False


def _listed(inventory: Inventory) -> Iterator[tuple[Place, bytes]]:
    for listed in inventory.rows:
        yield from listed.items()


def _strange(file: File, inventory: Inventory) -> list[Damage]:
    """Rows that the copy's list does not know, and whether all could be looked at."""
    found = []
    try:
        for place in file.each("SELECT eid, rev FROM rec"):
            if not all(isinstance(part, bytes) and len(part) == 16 for part in place):
                found.append(Damage(what="row", message=_DAMAGED))
            elif place not in inventory.rows[place[0][0]]:
                found.append(_named("extra", place, _STRANGE))
    except JournalError:
        found.append(Damage(what="file", message=_PAGES))
    return found


def _named(what: str, place: Place, message: str) -> Damage:
    return Damage(what=what, message=message, eid=place[0].hex(), rev=place[1].hex())
