"""Writing the bodies of attachments, a few rows a commit, so that what is typed meanwhile is saved as ever.

    blob = vault.begin_blob()
    vault.add_to_blob(blob, data)      # again and again: the rows that are full are committed, and read back
    while vault.fill_blob(blob):       # what hides the exact size
        pass
    vault.append([revision], body=blob)  # the last rows and the record that names them, in one commit

What a crash or a stop leaves is named by no revision, and goes at the next opening.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from journal.errors import DamagedJournal, InvalidRecord, JournalError, StorageFailed
from journal.records import MAX_ATTACHMENT
from journal.vault import slots
from journal.vault.access import Access
from journal.vault.bodies import (
    COUNT,
    INSERT,
    KIND,
    Bodies,
    Body,
    broken,
    carry,
    named_by,
    padded,
    read,
    stored_from,
    whole,
)
from journal.vault.inventory import Inventory, digest
from journal.vault.keys import KeyRing
from journal.vault.schema import File
from journal.vault.sealing import PIECE, SealBroken, row_lengths
from journal.vault.structs import Damage, NewRevision, Report, Revision
from journal.vault.unlock import HEADERS, read_headers

_AT_ONCE = 4  # rows in one commit: a save of what is typed never waits longer for one
_REMOVED_AT_ONCE = 16
_FIRST = "SELECT bid FROM blob ORDER BY bid LIMIT 1"
_AFTER = "SELECT bid FROM blob WHERE bid > ? ORDER BY bid LIMIT 1"
_SOME = "DELETE FROM blob WHERE bid = ? AND n IN (SELECT n FROM blob WHERE bid = ? ORDER BY n DESC LIMIT ?)"

_NOT_BACK = "The file could not be read back as it was written, so it was not added. Check the disk, and try again."
_GONE = "The journal was written anew while a file was being added, so it was not. Add the file again."
_COPY_CHANGED = "A file in the other copy could not be read to its end, so nothing was taken in. Try again."
_NOT_HERE = "What this file holds is not in this journal, so it was not added."
_TOO_LARGE = "This file is too large to be kept."


class Blob:
    """A body that is being written: what was taken in, and what of it is sealed and not stored yet."""

    def __init__(self, ring: KeyRing) -> None:
        self.ring, self.bid = ring, secrets.token_bytes(16)
        self.size = 0
        self.stored = 0  # rows
        self.stored_bytes = 0
        self.waiting: list[bytes] = []
        self._sealer, self._sha256, self._plain = ring.seal_blob(self.bid), hashlib.sha256(), bytearray()
        self._zeros: int | None = None  # that are still to come, once all of the file is here

    @property
    def name(self) -> str:
        """Its id, as a record names it."""
        return self.bid.hex()

    @property
    def head(self) -> bytes:
        """What stands before its first row."""
        return self._sealer.head

    @property
    def sha256(self) -> str:
        """Of the file's bytes so far."""
        return self._sha256.hexdigest()

    @property
    def body(self) -> Body:
        """What a record has to say of it, but for the attachment's id."""
        return Body(self.bid, self.size, self.sha256, "")

    def take(self, data: bytes) -> None:
        """More of the file."""
        if self._zeros is not None or self.size + len(data) > MAX_ATTACHMENT:
            raise InvalidRecord(_TOO_LARGE)
        self.size += len(data)
        self._sha256.update(data)
        self._plain += data

    def take_zeros(self, most: int) -> bool:
        """Some of what hides the exact size; whether more is to come."""
        if self._zeros is None:
            self._zeros = padded(self.size) - self.size
        some = min(most, self._zeros)
        self._plain += bytes(some)
        self._zeros -= some
        return self._zeros > 0

    def ready(self) -> list[bytes]:
        """The next few full rows, sealed."""
        self._seal_rows(_AT_ONCE - len(self.waiting))
        return self.waiting[:_AT_ONCE]

    def end(self) -> None:
        """Seal all that is left."""
        more = True
        while more:
            more = self.take_zeros(PIECE)
            self._seal_rows(len(self._plain))
        if len(self.waiting) + self.stored < len(row_lengths(padded(self.size))):
            self.waiting.append(self._sealer.last(bytes(self._plain)))
            self._plain.clear()

    def _seal_rows(self, most: int) -> None:
        for _ in range(min(most, len(self._plain) // PIECE)):
            self.waiting.append(self._sealer.row(bytes(self._plain[:PIECE])))
            del self._plain[:PIECE]

    def did(self, count: int) -> None:
        """So many rows are stored."""
        self.stored_bytes += sum(map(len, self.waiting[:count]))
        del self.waiting[:count]
        self.stored += count


class Blobs(Access):
    """The part of the vault that keeps bodies."""

    report: Report
    _bodies: Bodies
    _began: bool
    _brought = frozenset[bytes]()  # that a record may name from now on

    def begin_blob(self) -> Blob:
        """A new body. Nothing is written yet."""
        self._must_write()
        self._began = True
        return Blob(self._ring)

    def add_to_blob(self, blob: Blob, data: bytes) -> None:
        """More of a file. Rows that are full are committed, a few at a time, and read back.

        Raises `StorageFull`, `StorageFailed`, and `InvalidRecord` for more than any file may hold.
        """
        self._must_write()
        blob.take(data)
        self._store(blob)

    def fill_blob(self, blob: Blob) -> bool:
        """Once the whole file is in: a bounded piece of what hides its exact size. Whether there is more to come."""
        self._must_write()
        more = blob.take_zeros(_AT_ONCE * PIECE)
        self._store(blob)
        return more

    def drop_blob(self, blob: Blob) -> None:
        """Remove what was written of a body that no revision names; nothing happens if one does."""
        self._must_write()
        if blob.bid not in self._bodies:
            self._remove(blob.bid)

    def read_blob(self, bid: str, size: int) -> Iterator[bytes]:
        """A file's bytes in pieces of at most 1 MiB, each authenticated before it is given out.

        Raises `DamagedJournal` where one is damaged, or at the end where some are missing: whoever writes a copy
        gives it its name only after the last piece.
        """
        return read(self._file, self._ring, bytes.fromhex(bid), size)

    def bring_blobs(self, path: Path, ring: KeyRing, revisions: Iterable[Revision]) -> None:
        """Take bodies in from another copy that is open with `ring`, for records that are about to name them; what
        is here is passed over. All of them, or none. Raises `DamagedJournal` where one is not whole there."""
        self._must_write()
        bodies = [body for body in Bodies(revisions) if body.bid not in self._bodies]
        if not bodies:
            return
        pending = self._inventory.fork()

        def taken_up() -> None:
            self._inventory = pending
            self._seen.note(pending.counter, pending.previous)

        with self._change(taken_up) as db:
            self._bring_bodies(path, ring, bodies, pending)
            pending.store(db.execute, self._ring)
        self._bodies_were_brought(bodies)
        self._brought = self._brought | {body.bid for body in bodies}

    def look_at_bodies(self) -> Report:
        """Open every byte of every body; what is damaged is in the report from then on. Returns that."""
        self._remember(broken(self._file, self._ring, self._bodies))
        return self.report

    # -- what the other parts of the vault call ------------------------------------------------------------------

    def _remember(self, found: Sequence[Damage]) -> None:
        """Damage that opening could not see. What is being typed is still saved; no backup takes an older's place."""
        known = {(entry.what, entry.eid) for entry in self.report.damage}
        new = tuple(entry for entry in found if (entry.what, entry.eid) not in known)
        if new:
            self.report = msgspec.structs.replace(self.report, damage=(*self.report.damage, *new))

    def _refuse_bodiless(self, new: Iterable[NewRevision], body: Blob | None) -> None:
        """Nothing is written that names what is not here. Raises `InvalidRecord`."""
        if body is not None:
            body.end()
        for revision in new:
            named = named_by(revision) if revision.kind == KIND and not revision.deleted else None
            if named is None or named.bid in self._bodies or named.bid in self._brought:
                continue
            if body is None or named._replace(eid="") != body.body:
                raise InvalidRecord(_NOT_HERE)

    def _put_end(self, body: Blob, pending: Inventory) -> None:
        """Within the change that writes its record: the end of a body, and the header that says there are some."""
        self._put_rows(body, body.waiting)
        self._put_header(pending)

    def _put_header(self, pending: Inventory) -> None:
        """Within a change that brings a body: a header of the format that has some, if there is none yet."""
        if self._format >= slots.WITH_FILES:
            return
        now = next(copy[0] for copy in read_headers(self._file) if copy is not None)
        header = slots.stored_header(self._ring, msgspec.structs.replace(now, format=slots.WITH_FILES))
        for name in HEADERS:
            self._file.rows("INSERT OR REPLACE INTO meta(k, v) VALUES (?, ?)", (name, header))
        pending.header = digest(header)

    def _end_was_put(self, body: Blob) -> None:
        """After that change: what was written in it is read back and opened."""
        self._format = max(self._format, slots.WITH_FILES)
        self._compare(body, body.waiting)
        first = body.stored
        body.did(len(body.waiting))
        try:
            opener = self._ring.open_blob(body.bid, body.head)
            for n, sealed in stored_from(self._file, body.bid, first, body.stored - first):
                opener.row(n, sealed, final=n == body.stored - 1)
        except SealBroken:
            raise StorageFailed(_NOT_BACK) from None

    def _bring_bodies(self, path: Path, ring: KeyRing, bodies: list[Body], pending: Inventory) -> None:
        """Within the change that takes in another copy: the bodies that come along, each row opened."""
        if not bodies:
            return
        try:
            with contextlib.closing(File(path, read_only=True)) as source:
                for body in bodies:
                    self._clear(body.bid)
                    carry(source, ring, body, self._file, self._ring)
        except DamagedJournal as error:
            raise DamagedJournal(_COPY_CHANGED, detail=error.detail) from None
        self._put_header(pending)

    def _bodies_were_brought(self, bodies: list[Body]) -> None:
        """After that change: each of them is read back and opened."""
        if bodies:
            self._format = max(self._format, slots.WITH_FILES)
            if not all(whole(self._file, self._ring, body) for body in bodies):
                raise StorageFailed(detail="a file did not come back as it was written")

    def _remove_unnamed(self) -> None:
        """Bodies that a crash, a lock or a stop left. Only where all was read and nothing is damaged."""
        if self._bodies.sure:
            with contextlib.suppress(JournalError):  # it is tried again at the next opening
                found = self._file.rows(_FIRST)
                while found:
                    ((bid,),) = found
                    if bid not in self._bodies:
                        self._remove(bid)
                    found = self._file.rows(_AFTER, (bid,))

    def _remove(self, bid: bytes) -> None:
        more = True
        while more:
            with self._change() as db:
                more = db.execute(_SOME, (bid, bid, _REMOVED_AT_ONCE)).rowcount > 0

    def _clear(self, bid: bytes) -> None:
        """Within a change: remove a body, in statements none of which takes long."""
        ((count, _),) = self._file.rows(COUNT, (bid,))
        for _ in range(0, count, _REMOVED_AT_ONCE):
            self._file.rows(_SOME, (bid, bid, _REMOVED_AT_ONCE))

    # -- storing -------------------------------------------------------------------------------------------------

    def _store(self, blob: Blob) -> None:
        while sealed := blob.ready():
            with self._change():
                self._put_rows(blob, sealed)
            self._compare(blob, sealed)
            blob.did(len(sealed))

    def _put_rows(self, blob: Blob, sealed: Sequence[bytes]) -> None:
        there = self._file.rows(COUNT, (blob.bid,))
        if blob.ring is not self._ring or there != [(blob.stored, blob.stored_bytes)]:
            raise StorageFailed(_GONE)
        for n, row in enumerate(sealed, start=blob.stored):
            self._file.rows(INSERT, (blob.bid, n, row))

    def _compare(self, blob: Blob, sealed: Sequence[bytes]) -> None:
        self._file.rows("PRAGMA shrink_memory")  # what is compared comes from the disk, not from a cache
        back = stored_from(self._file, blob.bid, blob.stored, len(sealed))
        if list(back) != list(enumerate(sealed, start=blob.stored)):
            raise StorageFailed(_NOT_BACK)
