"""A backup is a copy that was opened, row by row, before anyone called it one."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path

from journal.atomic import settle, temporary_beside
from journal.errors import StorageFailed
from journal.vault import check
from journal.vault.inventory import Inventory
from journal.vault.keys import KeyRing
from journal.vault.schema import File, pages_ok, translated
from journal.vault.structs import BackupReceipt


def write_backup(file: File, ring: KeyRing, dest: Path, inventory: Inventory) -> BackupReceipt:
    """Copy, sync, open every row, name. Raises `AlreadyThere`, `StorageFull`, `StorageFailed`."""
    with temporary_beside(dest) as temporary:
        os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with translated():
            copy = sqlite3.connect(temporary, isolation_level=None)
            try:
                copy.execute("PRAGMA journal_mode=OFF")  # the copy has no past to roll back to
                copy.execute("PRAGMA temp_store=MEMORY")
                file.connection.backup(copy, pages=1024)
            finally:
                copy.close()
        with temporary.open("rb+") as handle:
            os.fsync(handle.fileno())
        rows = _check(temporary, ring, inventory)
        data = hashlib.sha256()
        with temporary.open("rb") as handle:
            while block := handle.read(2**20):
                data.update(block)
        size = temporary.stat().st_size
        settle(temporary, dest)
    return BackupReceipt(path=dest, rows=rows, size=size, sha256=data.hexdigest())


def _check(path: Path, ring: KeyRing, wanted: Inventory) -> int:
    copy = File(path, read_only=True)
    try:
        inventory, damage, unlisted = check.read_inventory(copy, ring)
        good, broken = check.read_rows(copy, ring, inventory, unlisted)
        if damage or broken or not pages_ok(copy.connection) or inventory.previous != wanted.previous:
            raise StorageFailed(
                "The backup did not come back as it was written, so it was not kept. Try another place or disk."
            )
        return len(good)
    finally:
        copy.close()
