"""From a file and a secret to the keys, telling a wrong password from damage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from journal.errors import DamagedJournal, JournalBusy, JournalError, WrongPassword
from journal.vault import kdf, slots
from journal.vault.kdf import STANDARD, KdfProfile
from journal.vault.keys import KeyRing
from journal.vault.schema import File
from journal.vault.slots import Header
from journal.vault.structs import Damage

HEADERS = ("header", "header_copy")
# By the key, and up to the length it can have: nothing is believed yet, and any of it may be made to fill memory.
_HEADER = "SELECT CASE WHEN length(v) <= ? THEN v ELSE x'' END FROM meta WHERE k = ? LIMIT 1"
_SLOT = "SELECT copy, CASE WHEN length(v) <= ? THEN v ELSE x'' END FROM slot WHERE id = ? AND copy IN (0, 1) LIMIT 2"
_IDS = "SELECT CASE WHEN length(id) = 16 THEN id ELSE x'' END FROM slot LIMIT 64"
_NOWHERE = (  # places that the format has no use for
    "meta WHERE k NOT IN ('header', 'header_copy')", "slot WHERE copy NOT IN (0, 1)", "cache",
    "manifest WHERE n NOT IN (0, 1)", "bucket WHERE n NOT BETWEEN 0 AND 255",
)  # fmt: skip
_NOWHERE_GROWING = ("list WHERE n <> 0", "list_copy WHERE n <> 0", "segment WHERE n NOT BETWEEN 0 AND 55")
_Copy = tuple[Header, bytes, bytes] | None  # a header, its JSON and its HMAC; None where the bytes are damaged


class Unlocked(NamedTuple):
    """The keys, what is damaged about header and slots, and the slots that are whole."""

    ring: KeyRing
    damage: list[Damage]
    slots: dict[bytes, bytes]
    format: int

    @property
    def newer(self) -> bool:
        """Whether a later program wrote it, which says that this one can read it."""
        return self.format > slots.GROWING


def unlock(file: File, password: str | None, words: str | None) -> Unlocked:
    """From a secret to the keys. Raises `WrongPassword`, `DamagedJournal`, `NewerFormat`."""
    copies = read_headers(file)
    stored, damage, lost = _read_slots(file, copies)
    wanted = slots.PASSWORD if password is not None else slots.RECOVERY
    usable = {slot: body for slot, body in stored.items() if slots.kind(body) == wanted}
    if password is not None:
        kdf.check_work(slots.profile(body) for body in usable.values())
    ring = None
    for vault in {bytes.fromhex(copy[0].vault) for copy in copies if copy is not None}:
        for slot, body in usable.items():
            if ring is None:
                ring = slots.open_slot(vault, slot, body, password=password, words=words)
    if ring is None:
        if not usable or wanted in lost:
            raise DamagedJournal(
                "The part of this journal that knows your password is damaged. Try the recovery words, or open your "
                "newest backup."
            )
        raise WrongPassword
    format = max(copy[0].format for copy in copies if copy is not None)
    return Unlocked(ring, damage + _header_damage(ring, copies) + _added(file, format), stored, format)


def recheck(file: File, ring: KeyRing) -> list[Damage]:
    """What is damaged about header and slots of an open vault."""
    try:
        copies = read_headers(file)
    except DamagedJournal:
        return [Damage(what="header", message="The journal's first page is damaged or was changed.")]
    format = max(copy[0].format for copy in copies if copy is not None)
    return _read_slots(file, copies)[1] + _header_damage(ring, copies) + _added(file, format)


def read_headers(file: File) -> list[_Copy]:
    """Both copies of the header as they stand; nothing about them is proved. Raises `DamagedJournal`."""
    copies = [slots.read_header(file.value(_HEADER, slots.MAX_HEADER, name)) for name in HEADERS]
    if not any(copies):
        raise DamagedJournal(detail="both copies of the header")
    return copies


def _header_damage(ring: KeyRing, copies: Sequence[_Copy]) -> list[Damage]:
    if any(copy is None or not slots.header_true(ring, copy[1], copy[2]) for copy in copies):
        return [Damage(what="header", message="The journal's first page is damaged or was changed.")]
    return []


def _added(file: File, format: int) -> list[Damage]:
    """Rows where this format has none: they would be carried into every backup, and nobody reads them."""
    places = (*_NOWHERE, *(_NOWHERE_GROWING if file.growing else ()))
    if format > slots.GROWING or not any(_anything(file, place) for place in places):
        return []
    return [Damage(what="extra", message="Something that no journal holds was added to this file. It was not used.")]


def _anything(file: File, place: str) -> bool:
    try:
        return bool(file.rows(f"SELECT 1 FROM {place} LIMIT 1"))  # noqa: S608 - places of ours
    except JournalBusy:
        raise
    except JournalError:  # a page that cannot be read, which is found and named elsewhere
        return False


def _read_slots(file: File, copies: Sequence[_Copy]) -> tuple[dict[bytes, bytes], list[Damage], set[int]]:
    """The slots that a header lists and that are whole, from either copy, what is wrong with the others (`rev` is
    "copy" where no way to open the journal is lost), and of which kinds those that are lost say they were."""
    listed: dict[str, set[str]] = {}
    for header in (copy[0] for copy in copies if copy is not None):
        for slot, digest in header.slots.items():
            listed.setdefault(slot, set()).add(digest)
    whole: dict[bytes, bytes] = {}
    lost: set[int] = set()
    damage = []
    for slot, digests in listed.items():
        key = bytes.fromhex(slot)
        rows = file.rows(_SLOT, (slots.MAX_SLOT, key))
        found = {copy: body for copy, body in rows if isinstance(body, bytes)}
        intact = [found[copy] for copy in (0, 1) if slots.intact(found.get(copy), digests)]
        if intact:
            whole[key] = intact[0]
        else:
            lost |= {slots.kind(body) for body in found.values() if body}
        if len(intact) < 2:
            one = "One of two copies of a" if intact else "A"
            text = f"{one} way to open this journal is damaged or missing."
            damage.append(Damage(what="slot", eid=slot, rev="copy" if intact else None, message=text))
    ids = {slot for (slot,) in file.rows(_IDS)}
    if not ids <= {bytes.fromhex(slot) for slot in listed}:
        text = "A way to open this journal was added from outside. It was not used."
        damage.append(Damage(what="slot", rev="copy", message=text))
    kinds = {slots.kind(body) for body in whole.values()}
    for kind, name in ((slots.PASSWORD, "password"), (slots.RECOVERY, "recovery words")):
        if kind not in kinds and not damage:
            text = f"There is no {name} that could open this journal. Make a new one now."
            damage.append(Damage(what="slot", rev="copy", message=text))
    return whole, damage, lost


def profile_of(stored: dict[bytes, bytes]) -> KdfProfile:
    """The cost of the password slot, so that a changed password costs the same to guess."""
    return next((slots.profile(body) for body in stored.values() if slots.kind(body) == slots.PASSWORD), STANDARD)
