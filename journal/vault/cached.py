"""Opening by a snapshot: what it was made from is known, so only what came in since is read.

A snapshot names each row that it was made from. The list of what belongs, which the newest manifest vouches for, says
which rows there are now. Rows that came in since are opened; where one is gone, or anything else is not as it should
be, all rows are read instead. Reading every row to find damage goes on in steps, once the journal is open.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

import msgspec

from journal.errors import DamagedJournal, JournalError
from journal.vault import bodies, check, snapshot
from journal.vault.inventory import BUCKETS, Inventory, Place, digest, places
from journal.vault.keys import KeyRing
from journal.vault.lock import WriterLock
from journal.vault.merge import PURGED
from journal.vault.schema import File, pages_ok
from journal.vault.seen import Seen
from journal.vault.snapshot import NoSnapshot, Snapshot, SnapshotWriter
from journal.vault.structs import Report, Revision

SMALL = 2_000  # revisions: up to here reading all of them is as quick
_FEW = 500  # revisions that may have come in since, or a part of all
_PART = 10
SPECIAL = (PURGED, bodies.KIND)  # kinds that the vault itself has to know
_ID = 16  # bytes
_BUCKET = "SELECT eid, rev, v FROM rec WHERE eid >= ? AND eid < ?"
_LAST = "SELECT eid, rev, v FROM rec WHERE eid >= ?"


class _Made(msgspec.Struct, frozen=True, kw_only=True):
    """What a snapshot was made from, but for the rows, which have parts of their own."""

    rows: int
    lamport: int
    buckets: bytes  # their digests
    tail: bytes  # the entries of the list that were in no bucket yet
    special: tuple[tuple[bytes, bytes], ...]


_decode = msgspec.msgpack.Decoder(_Made).decode


class Cached:
    """The part of the vault that opens by a snapshot, makes one, and looks at every row afterwards."""

    report: Report
    snapshot: Snapshot | None = None
    newer: tuple[Revision, ...] = ()  # what came in since it was made
    _file: File
    _ring: KeyRing
    _seen: Seen
    _inventory: Inventory
    _lamport: int
    _rows: int
    _unread = BUCKETS  # from this bucket on, no row was looked at since the journal was opened
    _unread_pages = False  # nor were SQLite's own pages
    # Something was written and could not be read back, so whoever asked for it does not have it. What is made of the
    # entries now would lack it, and must not be taken for all there is.
    _doubt = False
    _began = False  # a file is going in, or was: its body may have no name yet
    _special: set[Place]
    _lock: WriterLock | None

    def revision(self, eid: str, rev: str) -> Revision:
        raise NotImplementedError

    def _read_anew(self) -> None:
        raise NotImplementedError

    def _know(self, revisions: Iterable[Revision]) -> None:
        raise NotImplementedError

    def _all_is_well(self) -> None:
        raise NotImplementedError

    def revisions_of(self, eid: str) -> tuple[Revision, ...]:
        """Every revision of an entry that is whole, opened. Raises `DamagedJournal` where there is none."""
        raw = bytes.fromhex(eid)
        places = [place for place in self._inventory.rows[raw[0]] if place[0] == raw]
        found, failed = [], None
        for place in places:
            try:
                found.append(self.revision(eid, place[1].hex()))
            except DamagedJournal as error:
                failed = error
        if failed is not None and not found:
            raise failed
        return tuple(found)

    # -- opening by it -------------------------------------------------------------------------------------------

    def _by_snapshot(self) -> bool:
        """Open by a snapshot; False where all rows have to be read."""
        try:
            found = Snapshot(self._seen.cache, self._ring)
        except NoSnapshot:
            return False
        try:
            taken = self._take(found)
        except (NoSnapshot, JournalError, msgspec.DecodeError):
            taken = False
        if not taken:
            found.close()
        return taken

    def _take(self, found: Snapshot) -> bool:
        made = _decode(found.part("vault"))
        inventory, damage, _ = check.read_inventory(self._file, self._ring, lazily=True)
        if damage or len(made.buckets) != 32 * BUCKETS:
            return False
        tail, before = places(inventory.tail), places(made.tail)
        same = {n for n, now in enumerate(inventory.bucket_digests) if now == made.buckets[32 * n : 32 * n + 32]}
        if any(place[0][0] in same for place in before - tail):
            return False
        new = [place for place in tail - before if place[0][0] in same]
        for number in range(BUCKETS):
            if number in same:
                continue
            known, present = _places(found.part("rows", number)), inventory.rows[number].keys()
            if not known <= present:
                return False  # something was taken out for good: what was made of it must go as well
            new += present - known
        if len(new) > max(_FEW, made.rows // _PART):
            return False
        self._inventory = inventory
        newer = tuple(self.revision(eid.hex(), rev.hex()) for eid, rev in new)
        self._special = set()
        self._know(self.revision(eid.hex(), rev.hex()) for eid, rev in made.special)
        self._know(newer)
        self._lamport = max([made.lamport, *(one.lamport for one in newer)])
        self._rows = made.rows + len(new)
        self.snapshot, self.newer, self._unread, self._unread_pages = found, newer, 0, True
        return True

    # -- making one ----------------------------------------------------------------------------------------------

    def wants_snapshot(self) -> bool:
        """Whether a snapshot would be of use, and no harm."""
        fit = not self.report.read_only and not self.report.damage and not self._doubt
        return fit and sum(map(len, self._inventory.rows)) > SMALL

    def begin_snapshot(self) -> SnapshotWriter | None:
        """A new snapshot of the rows as they are now; None where it cannot be kept here. What is added to it must be
        made of these rows. The vault's own part is in it already."""
        listed = [sorted(rows) for rows in self._inventory.rows]
        made = _Made(
            rows=sum(map(len, listed)),
            lamport=self._lamport,
            buckets=b"".join(self._inventory.bucket_digests),
            tail=self._inventory.tail,
            special=tuple(place for place in self._special if place in self._inventory.rows[place[0][0]]),
        )
        writer = None
        try:
            writer = SnapshotWriter(self._seen.cache, self._ring)
            writer.add("vault", msgspec.msgpack.encode(made))
            for of_bucket in listed:
                writer.add("rows", b"".join(eid + rev for eid, rev in of_bucket))
        except OSError:
            if writer is not None:
                writer.drop()
            return None
        return writer

    def finish_snapshot(self, writer: SnapshotWriter) -> Snapshot:
        """The new snapshot in the old one's place. Raises `NoSnapshot`."""
        self.forget_snapshot(keep_file=True)  # Windows puts no file in place of one that is open
        try:
            writer.finish()
        except OSError:
            writer.drop()
            raise NoSnapshot from None
        found = Snapshot(self._seen.cache, self._ring)
        if found.id != writer.id:  # another window, with another copy of this journal, was just as far
            found.close()
            raise NoSnapshot
        self.snapshot, self.newer = found, ()
        return found

    def forget_snapshot(self, *, keep_file: bool = False) -> None:
        """Let go of the snapshot, and remove it: it may hold what was taken out for good."""
        if self.snapshot is not None:
            self.snapshot.close()
            self.snapshot = None
        if not keep_file and self._lock is not None:  # what is open for reading may be an older copy
            snapshot.remove(self._seen.cache)

    def _clear_snapshots(self) -> None:
        """At opening, for writing: remove what a crash left, and a snapshot that is of no use any more."""
        if self.snapshot is None:
            snapshot.remove(self._seen.cache)
        else:
            snapshot.remove_part(self._seen.cache)

    # -- looking at every row, in steps --------------------------------------------------------------------------

    @property
    def checked(self) -> bool:
        """Whether every row was looked at since the journal was opened."""
        return self._unread >= BUCKETS and not self._unread_pages

    def check_some(self, seconds: float | None = None) -> bool:
        """Go on looking at every row, for so long (None: to the end); returns whether that is done.

        Each row has to be, to the byte, what the list says. Where anything is not, all of it is read anew as if there
        were no snapshot: `report` then names what is damaged, and the journal is open for reading only.
        """
        until = None if seconds is None else time.monotonic() + seconds
        while self._unread < BUCKETS:
            if not self._bucket_is_whole(self._unread) and self._stands():
                return self._without_snapshot()
            self._unread += 1
            if until is not None and time.monotonic() > until:
                return False
        if self._unread_pages and not pages_ok(self._file.connection) and self._stands():
            return self._without_snapshot()
        self._unread_pages = False
        self._all_is_well()
        return True

    def _without_snapshot(self) -> bool:
        self.forget_snapshot()
        self._read_anew()
        self._unread, self._unread_pages = BUCKETS, False
        return True

    def _stands(self) -> bool:
        """Whether the file is still in the state that is known here: in one that is open for reading, another window
        may have saved meanwhile."""
        return self._inventory.stands(check.manifests(self._file))

    def _bucket_is_whole(self, number: int) -> bool:
        try:
            listed = self._inventory.rows[number].read()
            end = (bytes([number + 1]),) if number + 1 < BUCKETS else ()
            # What stands before all buckets is no entry's id; the first of them would not be left out otherwise.
            start = bytes([number]) if number else b""
            for eid, rev, sealed in self._file.each(_BUCKET if end else _LAST, (start, *end)):
                if listed.pop((eid, rev), None) != digest(sealed):
                    return False
        except (JournalError, TypeError):
            return False
        return not listed


def _places(data: bytes) -> set[Place]:
    return {(data[at : at + _ID], data[at + _ID : at + 2 * _ID]) for at in range(0, len(data), 2 * _ID)}
