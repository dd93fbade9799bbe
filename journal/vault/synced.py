"""A folder that a sync program carries between computers: each device writes its own sealed copy there, and takes in
those of the others. The journal itself is never in it.

The copy is written like a backup: under a name of no meaning, synced, opened row by row, and only then renamed.
Drafts stay out of it: what is being typed belongs to the device it is typed on until it is saved.
"""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Iterator
from pathlib import Path

from journal.atomic import of_system, sync_folder
from journal.errors import DamagedJournal, JournalError, StorageFailed
from journal.vault import check
from journal.vault.backup import Limit, copy_whole
from journal.vault.inventory import Inventory
from journal.vault.keys import KeyRing
from journal.vault.schema import File, look, pages_ok
from journal.vault.structs import Report

ENDING = ".vault"
_HARMLESS = frozenset({"draft", "slot"})
LIVE = (
    "The journal itself is kept in this folder or in one within it. A sync program would exchange it while it is "
    "being written, and text could be lost. Choose another folder: only sealed copies are put there, and the journal "
    "stays where it is."
)
_NO_FOLDER = "The synced folder is not there just now. Nothing is lost; it is tried again."


class Syncing:
    """The part of the vault that keeps a copy of it in a folder."""

    path: Path
    report: Report
    _file: File
    _ring: KeyRing
    _inventory: Inventory

    @property
    def device_id(self) -> str:
        raise NotImplementedError

    @property
    def copy_name(self) -> str:
        """What this device's copy is called."""
        return self.device_id[:8] + ENDING

    @property
    def state(self) -> bytes:
        """What differs whenever anything of the journal does, but for drafts."""
        return self._inventory.previous

    def check_folder(self, folder: Path) -> None:
        """Refuse a folder that holds the journal itself, or is none. Raises `StorageFailed`."""
        real = self.path.resolve()
        if not folder.is_dir():
            raise StorageFailed(_NO_FOLDER)
        home = folder.resolve()
        if any(above == home or _same(above, home) for above in real.parents):
            raise StorageFailed(LIVE)

    def copies_in(self, folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The copies in a folder, this device's own too, and what tells a changed one from the same."""
        try:
            found = sorted(folder.iterdir())
        except OSError:
            raise StorageFailed(_NO_FOLDER) from None
        for path in found:
            if path.name.startswith(".") or path.suffix.lower() != ENDING:
                continue
            with contextlib.suppress(OSError):
                seen = path.lstat()
                if stat.S_ISREG(seen.st_mode):
                    yield path.name, (seen.st_size, seen.st_mtime_ns, seen.st_ino)

    def copy_is_current(self, folder: Path) -> bool:
        """Whether this device's copy in a folder is whole, and holds what the journal does, with the same ways in.

        It need not be of this very state: two computers of which one was cloned write the same file, and would
        write over each other for ever.
        """
        own = folder / self.copy_name
        try:
            look(own)
            with contextlib.closing(File(own, read_only=True)) as file:
                found, damage, _ = check.read_inventory(file, self._ring)
                same = [rows.keys() for rows in found.rows] == [rows.keys() for rows in self._inventory.rows]
                return same and found.header == self._inventory.header and not damage and pages_ok(file.connection)
        except JournalError:
            return False

    def write_copy(self, folder: Path, limit: Limit | None = None) -> None:
        """This device's copy, in place of the one before. Raises `StorageFull`, `StorageFailed`, `TookTooLong`, and
        `DamagedJournal` for a journal that is damaged itself; the copy before then stays."""
        if any(entry.what not in _HARMLESS for entry in self.report.damage):
            raise DamagedJournal("Parts of this journal are damaged, so no copy of it is given to other computers.")
        own = folder / self.copy_name
        temporary = folder / f".{self.device_id[:8]}.part"  # a name of our own: what a crash left is written over
        try:
            temporary.unlink(missing_ok=True)
            copy_whole(self._file, self._ring, temporary, self._inventory, limit)
            _without_drafts(temporary)
            temporary.replace(own)
            sync_folder(folder)
        except OSError as error:
            raise of_system(error) from None
        finally:
            for left in (temporary, temporary.with_name(temporary.name + "-journal")):
                with contextlib.suppress(OSError):
                    left.unlink(missing_ok=True)


def _without_drafts(copy: Path) -> None:
    with contextlib.closing(File(copy)) as file:
        if file.value("SELECT eid FROM draft") is None:
            return
        with file.change() as db:
            db.execute("DELETE FROM draft")
        if file.rows("SELECT count(*) FROM draft") != [(0,)] or not pages_ok(file.connection):
            raise StorageFailed(detail="the copy did not come back as it was written")


def _same(one: Path, other: Path) -> bool:
    with contextlib.suppress(OSError):
        return one.samefile(other)
    return False
