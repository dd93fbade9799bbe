"""A backup is a copy that was opened, row by row, before anyone called it one."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from journal.atomic import settle, temporary_beside
from journal.errors import DamagedJournal, StorageFailed
from journal.vault import check
from journal.vault.bodies import Bodies, broken
from journal.vault.bodies import same as same_bodies
from journal.vault.inventory import Inventory
from journal.vault.keys import KeyRing
from journal.vault.schema import File, pages_ok
from journal.vault.structs import BackupReceipt, Revision
from journal.vault.trouble import translated

_NOT_THE_SAME = "The backup did not come back as it was written, so it was not kept. Try another place or disk."
_FILE_DAMAGED = (
    "A file that was added to an entry is damaged in the journal, so no copy of it was made; older backups may still "
    "hold it whole. Check the journal: what is damaged is named there, and can be brought back."
)
_BLOCK = 2**20
_PAGES = 64  # of 16 KiB at a time: a copy that takes too long is given up between two of them
_UNLISTED = (  # what the list of what belongs does not vouch for
    "SELECT id, copy, v FROM slot ORDER BY id, copy",
    "SELECT eid, v FROM draft ORDER BY eid",
)


class TookTooLong(Exception):
    """The copy was given up; no file is left."""


class Limit:
    """A moment until which something has to be done. None: no hurry."""

    def __init__(self, seconds: float | None = None) -> None:
        self._until = None if seconds is None else time.monotonic() + seconds

    def look(self, *_of_sqlite: object) -> None:
        """Raises `TookTooLong` once the moment has passed."""
        if self._until is not None and time.monotonic() > self._until:
            raise TookTooLong


def write_backup(
    file: File, ring: KeyRing, dest: Path, inventory: Inventory, *, mark: str = "", limit: Limit | None = None
) -> BackupReceipt:
    """Copy, sync, open every row, name. Raises `AlreadyThere`, `StorageFull`, `StorageFailed`, `TookTooLong`."""
    limit = limit or Limit()
    with temporary_beside(dest, mark) as temporary:
        good = copy_whole(file, ring, temporary, inventory, limit)
        data = hashlib.sha256()
        with temporary.open("rb") as handle:
            while block := handle.read(_BLOCK):
                data.update(block)
                limit.look()
        size = temporary.stat().st_size
        settle(temporary, dest)
    return BackupReceipt(path=dest, rows=len(good), size=size, sha256=data.hexdigest(), entries=living(good))


def copy_whole(
    file: File, ring: KeyRing, temporary: Path, inventory: Inventory, limit: Limit | None = None
) -> list[Revision]:
    """A synced copy under a name of no meaning, every row of it opened. Raises as `write_backup`."""
    limit = limit or Limit()
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with translated():
        copy = sqlite3.connect(temporary, isolation_level=None)
        try:
            copy.execute("PRAGMA journal_mode=OFF")  # the copy has no past to roll back to
            copy.execute("PRAGMA temp_store=MEMORY")
            file.connection.backup(copy, pages=_PAGES, progress=limit.look)
        finally:
            copy.close()
    with temporary.open("rb+") as handle:
        os.fsync(handle.fileno())
    try:
        return _opened(temporary, ring, file, inventory, limit)
    except DamagedJournal as error:
        raise StorageFailed(_NOT_THE_SAME, detail=error.detail) from None


def living(revisions: Iterable[Revision]) -> int:
    """How many entries have a newest version that is no removal."""
    parents: set[tuple[str, str]] = set()
    written: list[tuple[str, str]] = []
    for revision in revisions:
        parents.update((revision.eid, parent) for parent in revision.parents)
        if not revision.deleted and revision.kind != "purged":
            written.append((revision.eid, revision.rev))
    return len({eid for eid, rev in written if (eid, rev) not in parents})


class _Hurried(File):
    """A file whose rows are read only as long as there is time."""

    limit = Limit()

    def each(self, sql: str, parameters: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        for row in super().each(sql, parameters):
            self.limit.look()
            yield row


def _opened(path: Path, ring: KeyRing, source: File, wanted: Inventory, limit: Limit) -> list[Revision]:
    copy = _Hurried(path, read_only=True)
    copy.limit = limit
    try:
        inventory, damage, unlisted = check.read_inventory(copy, ring)
        good, lost = check.read_rows(copy, ring, inventory, unlisted)
        same = all(_digest(copy, sql) == _digest(source, sql) for sql in _UNLISTED) and same_bodies(copy, source)
        if damage or lost or not same or not pages_ok(copy.connection) or inventory.previous != wanted.previous:
            raise StorageFailed(_NOT_THE_SAME)
        if broken(copy, ring, Bodies(good), limit.look):
            raise StorageFailed(_FILE_DAMAGED)
        return good
    finally:
        copy.close()


def _digest(file: File, sql: str) -> bytes:
    """Of all that a statement returns, in its order."""
    data = hashlib.sha256()
    for row in file.each(sql):
        for value in row:
            piece = value if isinstance(value, bytes) else repr(value).encode()
            data.update(len(piece).to_bytes(8, "big") + piece)
    return data.digest()
