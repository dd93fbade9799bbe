"""The backups of one journal in one folder: taken when something changed, told apart from other files, and thinned
out by the rule in `generations`.

A file is one of ours when its name says so, it is a plain file (links are not followed), and its header names this
journal. Nothing else in the folder is ever touched, and nothing is removed before the newest backups were read and
found whole.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from journal import paths
from journal.atomic import of_system, sync_folder
from journal.clock import in_utc, later
from journal.errors import AlreadyThere, DamagedJournal, JournalError, StorageFailed
from journal.paths import backup_name, backup_time
from journal.vault import check, slots
from journal.vault.backup import Limit, living, write_backup
from journal.vault.bodies import Bodies, broken
from journal.vault.generations import NEWEST, Place, stay
from journal.vault.inventory import Manifest, digest
from journal.vault.keys import KeyRing
from journal.vault.schema import File, look, pages_ok
from journal.vault.sealing import SealBroken
from journal.vault.structs import BackupReceipt, Damage
from journal.vault.unlock import HEADERS, read_headers, recheck

if TYPE_CHECKING:
    from journal.vault.file import Vault

_SECOND = timedelta(seconds=1)
_TRIES = 600  # seconds to go forward for a name that is free
_STALE = timedelta(days=1)
_HARMLESS = frozenset({"draft", "slot"})


class Backup(msgspec.Struct, frozen=True):
    """One file of the folder. `at` is what its name says."""

    path: Path
    at: datetime
    size: int
    stamp: tuple[int, int, int] = (0, 0, 0)  # which file it was when it was looked at


def folder_for(vault: bytes, root: Path | None = None) -> Path:
    """Where backups go unless the person chooses: a folder of the program's own, named by 8 digits of the id."""
    return (paths.data_folder() / "backups" if root is None else root / "backups") / vault.hex()[:8]


def vault_of(path: Path) -> bytes:
    """The id in a journal's header, which is not sealed; no secret is needed, and nothing is proved by it.

    Raises `NotAJournal`, `DamagedJournal`, `NewerFormat`, `StorageFailed`.
    """
    return _ids(path)[0]


def listing(folder: Path, vault: bytes | None) -> tuple[Backup, ...]:
    """The backups of a journal (None: of any) in a folder, newest first. A folder that cannot be read has none."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            backup = _named(path)
            if backup is not None and _epoch(path, vault) is not None:
                found.append(backup)
    return tuple(sorted(found, key=lambda backup: backup.at, reverse=True))


def listing_of(journal: Path, chosen: Path | None = None, root: Path | None = None) -> tuple[Backup, ...]:
    """The backups of a closed journal, in the folder that was chosen or in the program's own, newest first.

    Where the journal is too damaged to say whose it is, those of every journal that has some here.
    """
    try:
        vault = vault_of(journal)
    except JournalError:
        usual = folder_for(b"", root)
        folders = [chosen] if chosen is not None else sorted(usual.iterdir()) if usual.is_dir() else []
        found = [backup for folder in folders for backup in listing(folder, None)]
        return tuple(sorted(found, key=lambda backup: backup.at, reverse=True))
    return listing(chosen or folder_for(vault, root), vault)


class Backups:
    """The backups of an open vault in `folder`. A folder the person chose (`chosen`) is never made: it may be on a
    stick that is not there."""

    def __init__(self, vault: Vault, folder: Path, *, chosen: bool = False) -> None:
        self._vault, self.folder, self._chosen = vault, folder, chosen
        self._whole: dict[Path, bool] = {}

    @property
    def _ring(self) -> KeyRing:
        return self._vault._ring

    def all(self) -> tuple[Backup, ...]:
        """Every backup of this vault, newest first."""
        return listing(self.folder, self._ring.vault)

    def newest(self) -> Backup | None:
        """The newest that is in order at a first look."""
        return next((backup for backup in self.all() if self._place(backup) is not None), None)

    def is_current(self, backup: Backup) -> bool:
        """Whether a backup holds all that the vault holds now, unsaved text included."""
        try:
            with contextlib.closing(File(backup.path, read_only=True)) as other:
                return _state(other) == _state(self._vault._file)
        except JournalError:
            return False

    def living(self, backup: Backup) -> int | None:
        """How many entries a backup holds; None where that cannot be told."""
        try:
            with contextlib.closing(File(backup.path, read_only=True)) as other:
                inventory, _, unlisted = check.read_inventory(other, self._ring)
                good, _ = check.read_rows(other, self._ring, inventory, unlisted)
                return living(good)
        except JournalError:
            return None

    def take(self, limit: Limit | None = None) -> BackupReceipt:
        """Make one more. Raises `StorageFull`, `StorageFailed`, `DamagedJournal`, and `TookTooLong` at its limit."""
        vault = self._vault
        if any(entry.what not in _HARMLESS for entry in vault.report.damage):
            raise DamagedJournal("Parts of this journal are damaged, so its older backups are kept as they are.")
        self._make_folder()
        at = in_utc(vault._clock.now())
        for _ in range(_TRIES):
            try:
                path = self.folder / backup_name(at)
                made = write_backup(vault._file, self._ring, path, vault._inventory, mark=self._mark, limit=limit)
            except AlreadyThere:
                at = later(at, _SECOND)
            else:
                self._whole[path] = True
                return made
        raise StorageFailed(detail="no free name for a backup")

    def rotate(self, held: str = "") -> tuple[Path, ...]:
        """Remove those that the rule lets go; returns them. `held` names the newest of those that stay regardless.

        Only what was found in order takes a place in the rule, and nothing goes unless the newest three are whole.
        """
        places = {backup: place for backup in self.all() if (place := self._place(backup)) is not None}
        bound = backup_time(held)
        while True:
            kept = stay(places.values())
            spare = [backup for backup, place in places.items() if place not in kept]
            leaving = [backup for backup in spare if bound is None or backup.at > bound]
            if not leaving:
                return ()
            broken = [backup for backup in _newest(places) if not self._is_whole(backup)]
            if not broken:
                break
            for backup in broken:  # it takes nobody's place, and stays where it is
                del places[backup]
        gone = tuple(backup.path for backup in leaving if self._remove(backup))
        sync_folder(self.folder)
        return gone

    def remove_all_but(self, kept: Path) -> tuple[Path, ...]:
        """Remove every other backup of this vault, once this one was found whole; returns those that are gone."""
        newest = next((backup for backup in self.all() if backup.path == kept), None)
        if newest is None or not self._is_whole(newest):
            return ()
        gone = tuple(one.path for one in self.all() if one.path != kept and self._remove(one))
        sync_folder(self.folder)
        return gone

    def clear_leftovers(self) -> None:
        """Remove what a killed process left of a backup of this vault. Only while this vault is open for writing."""
        pattern = re.compile(re.escape(f".{self._mark}") + r"[0-9a-f]{16}\.part(-journal)?")
        newest = max((backup.path.lstat().st_mtime for backup in self.all()), default=None)
        if newest is None:
            return
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                # Times of this folder's own disk are compared, whatever the machine's clock says.
                if pattern.fullmatch(path.name) and path.lstat().st_mtime < newest - _STALE.total_seconds():
                    path.unlink()

    # -- looking at one ------------------------------------------------------------------------------------------

    @property
    def _mark(self) -> str:
        return self._ring.vault.hex()[:8] + "-"

    def _place(self, backup: Backup) -> Place | None:
        """Where it stands, if its lists open and it has all its pages; None where it does not count."""
        epoch = _epoch(backup.path, self._ring.vault)
        if epoch is None:
            return None
        if epoch != self._ring.epoch:  # from before the key was changed: another key opens it
            return Place(backup.at, epoch)
        try:
            with contextlib.closing(File(backup.path, read_only=True)) as file:
                manifests = [
                    Manifest(self._ring, place, sealed, growing=file.growing)
                    for place, sealed in enumerate(check.manifests(file))
                    if sealed is not None
                ]
                newest = max(manifests, key=lambda manifest: manifest.counter)
                headers = [file.value("SELECT v FROM meta WHERE k = ?", name) for name in HEADERS]
                pages = file.rows("PRAGMA page_count")[0][0] * file.rows("PRAGMA page_size")[0][0]
        except (SealBroken, JournalError, ValueError):
            return None
        whole = all(header is not None and digest(header) == newest.header for header in headers)
        return Place(backup.at, epoch, newest.counter) if whole and pages == backup.size else None

    def _is_whole(self, backup: Backup) -> bool:
        """Whether every part of it is, byte for byte, what its sealed lists name. Remembered while this is open."""
        if backup.path not in self._whole:
            try:
                with contextlib.closing(File(backup.path, read_only=True)) as file:
                    self._whole[backup.path] = _whole(file, self._ring, files=len(self._vault._bodies) > 0)
            except JournalError:
                self._whole[backup.path] = False
        return self._whole[backup.path]

    def _make_folder(self) -> None:
        try:
            if not self._chosen:
                paths.private(self.folder)
            elif not self.folder.is_dir():
                raise StorageFailed(
                    "The folder for backups is not there. If it is on a stick or another disk, connect it; else "
                    "choose another folder."
                )
        except OSError as error:
            raise of_system(error) from None

    def _remove(self, backup: Backup) -> bool:
        try:
            if _stamp(backup.path.lstat()) != backup.stamp:
                return False  # something else has its name by now
            backup.path.unlink()
        except OSError:
            return False
        return True


def _newest(places: dict[Backup, Place]) -> set[Backup]:
    """The newest three, by time and by the count of changes."""
    by_time = sorted(places, key=lambda backup: backup.at, reverse=True)
    by_count = sorted(places, key=lambda backup: (places[backup].epoch, places[backup].counter), reverse=True)
    return {*by_time[:NEWEST], *by_count[:NEWEST]}


def _whole(file: File, ring: KeyRing, *, files: bool) -> bool:
    """`files`: whether the journal has attachments. Then, and where the backup has, its records say which belong."""
    damage: Iterable[Damage] = recheck(file, ring)
    if any(entry.what != "slot" for entry in damage) or not pages_ok(file.connection):
        return False
    headers = read_headers(file)
    if not any(header is not None and header[0].epoch == ring.epoch for header in headers):
        return True  # its pages and its header are in order; more cannot be told without its key
    inventory, damage, unlisted = check.read_inventory(file, ring)
    if damage:
        return False
    files = files or any(header is not None and header[0].format == slots.WITH_FILES for header in headers)
    if files or file.rows("SELECT 1 FROM blob LIMIT 1"):
        good, lost = check.read_rows(file, ring, inventory, unlisted)
        return not lost and not broken(file, ring, Bodies(good))
    listed = {place: value for bucket in inventory.rows for place, value in bucket.items()}
    for eid, rev, sealed in file.each("SELECT eid, rev, v FROM rec"):
        if listed.pop((eid, rev), None) != digest(sealed):
            return False
    return not listed


def _state(file: File) -> tuple[object, ...]:
    """What differs as soon as anything that is kept does: both manifests, and the unsaved text as it is sealed."""
    return (*check.manifests(file), *file.rows("SELECT eid, v FROM draft ORDER BY eid"))


def _named(path: Path) -> Backup | None:
    at = backup_time(path.name)
    if at is None:
        return None
    try:
        found = path.lstat()
    except OSError:
        return None
    return Backup(path, at, found.st_size, _stamp(found)) if stat.S_ISREG(found.st_mode) else None


def _stamp(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns


def _ids(path: Path) -> tuple[bytes, int]:
    look(path)
    with contextlib.closing(File(path, read_only=True, as_it_stands=True)) as file:
        header = next(copy[0] for copy in read_headers(file) if copy is not None)
    return bytes.fromhex(header.vault), header.epoch


def _epoch(path: Path, vault: bytes | None) -> int | None:
    """The epoch in the header of a backup of this journal (None: of any); None for any other file."""
    try:
        found, epoch = _ids(path)
    except JournalError:
        return None
    return epoch if vault in (None, found) else None
