"""A whole new file in place of the old one, in one step: to leave entries out for good, to seal everything under a
new key, or to give room back.

The new file is written beside the old one, synced, and opened row by row, draft by draft, against what should be in
it. Only then it takes the old one's name. Cut off at any moment, the whole old file or the whole new one is there; a
new file that got no name has one that tells whose it is, and is removed when that journal is opened next.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from journal.atomic import of_system, sync_folder
from journal.errors import DamagedJournal, Stopped, StorageFailed, StorageFull
from journal.vault import check, slots
from journal.vault.bodies import Bodies, Body, carry, opened
from journal.vault.inventory import Inventory, Place, digest
from journal.vault.keys import KeyRing
from journal.vault.rows import draft
from journal.vault.schema import File, pages_ok
from journal.vault.sealing import SealBroken
from journal.vault.trouble import translated
from journal.vault.unlock import HEADERS, recheck

Watch = Callable[[int, int], bool]  # told how much is done, and of how much; says whether to go on
_ROW = "SELECT v FROM rec WHERE eid = ? AND rev = ?"
_DRAFT = "SELECT v FROM draft WHERE eid = ?"
_EVERY = 16  # rows between two looks at `watch`

NO_ROOM = (
    "There is not enough room on the disk: for a moment this needs space for a second copy of the journal. Nothing "
    "was changed. Free some space and try again."
)
NOT_WRITTEN = "The new file could not be written, so the old one stays as it is. Nothing was lost; check the disk."
NOT_THE_SAME = (
    "The new file did not come back as it was written, so the old one stays as it is. Nothing was lost; check the "
    "disk."
)
_NOT_READ = "Part of the journal could not be read, so nothing was changed. Lock the journal and unlock it again."
_FILE_DAMAGED = (
    "A file that was added to an entry is damaged, so nothing was changed. Check the journal: what is damaged is "
    "named there, and can be brought back from a backup."
)
_NEWER = "This journal holds what a newer version of this program put in it. Update to do this. Nothing was changed."
_NOT_OURS = (
    "The journal's file belongs to another user of this computer, so it was not replaced. Nothing was changed."
)


class Held(NamedTuple):
    """What there is now: a file, its keys, and what belongs in it."""

    file: File
    ring: KeyRing
    inventory: Inventory
    bodies: Bodies


class Wanted(NamedTuple):
    """What there is to be: under which keys, by which ways, without which entries, with which new rows."""

    ring: KeyRing
    slots: dict[bytes, bytes]
    without: Collection[bytes] = ()
    more: Sequence[tuple[Place, bytes]] = ()  # where, and the padded plaintext


class Made(NamedTuple):
    """What the new file holds, as read back from it."""

    inventory: Inventory
    rows: int
    drafts: int


def place_beside(path: Path, vault: bytes) -> Path:
    """Where the new file of this journal is written. No other file has this name."""
    real = path.resolve()
    name = hashlib.sha256(b"integration-journal/rewrite" + vault + os.fsencode(real.name)).hexdigest()[:32]
    return real.with_name(f".{name}.rewrite")


def remove_leftovers(path: Path, vault: bytes) -> None:
    """Remove what a rewriting of this journal left when it was cut off. The writer's lock must be held."""
    beside = place_beside(path, vault)
    for left in (beside, beside.with_name(beside.name + "-journal")):
        with contextlib.suppress(OSError):
            if stat.S_ISREG(left.lstat().st_mode):
                left.unlink()


def replace(old: Path, new: Path) -> None:
    """The new file under the old one's name, for good."""
    new.replace(old)
    sync_folder(old.parent)


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """Errors while the old file still stands, in words that say so."""
    try:
        with translated():
            yield
    except StorageFull as error:
        raise StorageFull(NO_ROOM, detail=error.detail) from None
    except StorageFailed as error:
        plain = str(error) == StorageFailed.message
        raise StorageFailed(NOT_WRITTEN if plain else str(error), detail=error.detail) from None
    except OSError as error:
        found = of_system(error)
        if isinstance(found, StorageFull):
            raise StorageFull(NO_ROOM, detail=found.detail) from None
        raise StorageFailed(NOT_WRITTEN, detail=found.detail) from None


class Rewriting:
    """One new file. Rows are carried over one at a time."""

    def __init__(self, old: Held, wanted: Wanted, to: Path, watch: Watch | None = None) -> None:
        self._old, self._wanted, self._to, self._watch = old, wanted, to, watch
        self._same_key = wanted.ring is old.ring
        self._without = frozenset(wanted.without)
        self._without_hex = {eid.hex() for eid in self._without}
        self._kept = [sorted(place for place in rows if place[0] not in self._without) for rows in old.inventory.rows]
        self._drafts = list(self._kept_drafts())
        self._bodies = list(self._kept_bodies())
        self._inventory = Inventory()
        self._done = 0
        pieces = sum(len(body.lengths) for body, _ in self._bodies)
        self._all = 2 * (sum(map(len, self._kept)) + len(self._drafts) + len(wanted.more) + pieces)

    def make(self) -> Made:
        """Write the new file, sync it, and open all of it. Raises `StorageFull`, `StorageFailed`, `DamagedJournal`,
        `Stopped`; the old file is never touched."""
        if not self._old.bodies.sure:
            raise StorageFailed(_NEWER, detail="an attachment of a later form")
        self._step(0)
        self._make_file()
        with contextlib.closing(File(self._to, create=True)) as new:
            new.rows("PRAGMA journal_mode=OFF")  # a new file has no past to roll back to
            new.rows("BEGIN IMMEDIATE")
            self._write_rows(new)
            self._write_drafts(new)
            self._write_bodies(new)
            self._write_lists(new)
            new.rows("COMMIT")
        with self._to.open("rb+") as handle:
            os.fsync(handle.fileno())
        return self._check()

    # -- writing -----------------------------------------------------------------------------------------------

    def _make_file(self) -> None:
        """An empty file with the rights and the owner of the old one."""
        now = self._old.file.path.stat()
        handle = os.open(self._to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            mine = os.fstat(handle)
            if hasattr(os, "fchown") and (mine.st_uid, mine.st_gid) != (now.st_uid, now.st_gid):
                try:
                    os.fchown(handle, now.st_uid, now.st_gid)
                except OSError as error:
                    if mine.st_uid != now.st_uid:
                        raise StorageFailed(_NOT_OURS, detail=type(error).__name__) from None
            if hasattr(os, "fchmod"):
                os.fchmod(handle, stat.S_IMODE(now.st_mode) | 0o600)
        finally:
            os.close(handle)

    def _write_rows(self, new: File) -> None:
        for places in self._kept:
            for place in places:
                sealed = self._row(place)
                if not self._same_key:
                    sealed = self._wanted.ring.seal_row(*place, self._plain(place, sealed))
                self._put_row(new, place, sealed)
        for place, plain in self._wanted.more:
            self._put_row(new, place, self._wanted.ring.seal_row(*place, plain))

    def _put_row(self, new: File, place: Place, sealed: bytes) -> None:
        new.rows("INSERT INTO rec(eid, rev, v) VALUES (?, ?, ?)", (*place, sealed))
        self._inventory.add(place, digest(sealed))
        self._step()

    def _write_drafts(self, new: File) -> None:
        for key in self._drafts:
            sealed = self._old.file.value(_DRAFT, key) or b""
            if not self._same_key:
                sealed = self._wanted.ring.seal_draft(key, self._old.ring.open_draft(key, sealed))
            new.rows("INSERT INTO draft(eid, v) VALUES (?, ?)", (key, sealed))
            self._step()

    def _write_bodies(self, new: File) -> None:
        for body, source in self._bodies:
            try:
                carry(source, self._old.ring, body, new, self._wanted.ring, self._step)
            except DamagedJournal:
                raise DamagedJournal(_FILE_DAMAGED) from None

    def _write_lists(self, new: File) -> None:
        ring, inventory = self._wanted.ring, self._inventory
        header = slots.new_header(ring, self._wanted.slots)
        for slot, body in self._wanted.slots.items():
            for copy in (0, 1):
                new.rows("INSERT INTO slot(id, copy, v) VALUES (?, ?, ?)", (slot, copy, body))
        for name in HEADERS:
            new.rows("INSERT INTO meta(k, v) VALUES (?, ?)", (name, header))
        inventory.header = digest(header)
        # The count goes on, so that the old file put back is noticed. Two manifests: each file has its own pair.
        inventory.counter, inventory.previous = self._old.inventory.counter, self._old.inventory.previous
        for _ in range(2):
            inventory.store(new.connection.execute, ring, fold=True)

    # -- reading back ------------------------------------------------------------------------------------------

    def _check(self) -> Made:
        """Open all that is in the new file, from the disk, and compare it with what should be there."""
        with contextlib.closing(File(self._to, read_only=True)) as new:
            ring = self._wanted.ring
            found, damage, unlisted = check.read_inventory(new, ring)
            same = found.rows == self._inventory.rows and found.previous == self._inventory.previous
            if damage or unlisted or not same or recheck(new, ring) or not pages_ok(new.connection):
                raise StorageFailed(NOT_THE_SAME, detail="lists")
            more = dict(self._wanted.more)
            for places in found.rows:
                for place in places:
                    self._compare_row(new, found, place, more.get(place))
            for key in self._drafts:
                self._compare_draft(new, key)
            for body, source in self._bodies:
                self._compare_body(new, body, source)
            rows, pieces = sum(map(len, found.rows)), sum(len(body.lengths) for body, _ in self._bodies)
            wanted = (rows, len(self._drafts), pieces)
            if (_count(new, "rec"), _count(new, "draft"), _count(new, "blob")) != wanted:
                raise StorageFailed(NOT_THE_SAME, detail="count")
            found.before = self._inventory.before
            return Made(found, rows, len(self._drafts))

    def _compare_row(self, new: File, found: Inventory, place: Place, more: bytes | None) -> None:
        sealed = new.value(_ROW, *place) or b""
        try:
            plain = self._wanted.ring.open_row(*place, sealed)
        except SealBroken:
            raise StorageFailed(NOT_THE_SAME, detail="row") from None
        wanted = self._plain(place, self._row(place)) if more is None else more
        if digest(sealed) != found.rows[place[0][0]][place] or plain != wanted:
            raise StorageFailed(NOT_THE_SAME, detail="row")
        self._step()

    def _compare_draft(self, new: File, key: bytes) -> None:
        sealed, old = new.value(_DRAFT, key) or b"", self._old.file.value(_DRAFT, key) or b""
        try:
            same = sealed == old or self._wanted.ring.open_draft(key, sealed) == self._old.ring.open_draft(key, old)
        except SealBroken:
            same = False
        if not same:
            raise StorageFailed(NOT_THE_SAME, detail="draft")
        self._step()

    def _compare_body(self, new: File, body: Body, source: File) -> None:
        """Every row of a body, opened in both files."""
        old = opened(source, self._old.ring, body.bid, body.size)
        try:
            for (_, _, plain), (_, _, wanted) in zip(
                opened(new, self._wanted.ring, body.bid, body.size), old, strict=True
            ):
                if plain != wanted:
                    raise StorageFailed(NOT_THE_SAME, detail="body")
                self._step()
        except DamagedJournal:
            raise StorageFailed(NOT_THE_SAME, detail="body") from None

    # -- the old file ------------------------------------------------------------------------------------------

    def _row(self, place: Place) -> bytes:
        """A row as the old file holds it and its list names it."""
        sealed = self._old.file.value(_ROW, *place)
        if sealed is None or digest(sealed) != self._old.inventory.rows[place[0][0]][place]:
            raise DamagedJournal(_NOT_READ)
        return sealed

    def _plain(self, place: Place, sealed: bytes) -> bytes:
        try:
            return self._old.ring.open_row(*place, sealed)
        except SealBroken:
            raise DamagedJournal(_NOT_READ) from None

    def _kept_drafts(self) -> Iterator[bytes]:
        """The drafts that stay. One that does not open stays as it is, and is left behind under a new key."""
        for (key,) in self._old.file.rows("SELECT eid FROM draft WHERE length(eid) = 16"):
            if not isinstance(key, bytes) or key in self._without:
                continue
            try:
                sealed = self._old.file.value(_DRAFT, key) or b""
                if draft(key, self._old.ring.open_draft(key, sealed)).eid not in self._without_hex:
                    yield key
            except SealBroken:
                if self._same_key:
                    yield key

    def _kept_bodies(self) -> Iterator[tuple[Body, File]]:
        """The bodies that an entry names that stays, and where each is read. What nothing names stays behind."""
        return ((body, self._old.file) for body in self._old.bodies.without(self._without_hex))

    def _step(self, by: int = 1) -> None:
        self._done += by
        looks = self._done % _EVERY == 0 or self._done == self._all
        if self._watch is not None and looks and not self._watch(self._done, self._all):
            raise Stopped


def _count(file: File, table: str) -> int:
    return int(file.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - names of ours
