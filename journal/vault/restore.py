"""Another file in place of the journal, in one step; what was there is kept aside under a new name.

The new file is written beside the old one under the name that `rewrite` clears away, synced, and opened row by row.
Only then the old one gets its second name, and the new one takes its place. Cut off at any moment, the journal's
name leads to the whole old file or to the whole new one.
"""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from journal.atomic import of_system, refuse_existing, refuse_passing, sync_folder
from journal.clock import Clock
from journal.errors import AlreadyThere, DamagedJournal, JournalError, NotACopy, ReadOnlyJournal
from journal.paths import backup_name
from journal.vault import check
from journal.vault.backup import copy_whole
from journal.vault.bodies import Bodies, broken, look
from journal.vault.inventory import Inventory
from journal.vault.lock import WriterLock
from journal.vault.merge import Copy
from journal.vault.rewrite import place_beside, plainly, remove_leftovers, replace
from journal.vault.schema import File, interrupted
from journal.vault.structs import Revision

if TYPE_CHECKING:
    from journal.vault.file import Vault

_LONGEST = 120  # bytes of a journal's name that are in the name it is kept under
OTHER_JOURNAL = "This is a backup of another journal. Nothing was changed."
_DAMAGED = (
    "This backup is damaged itself, so it was not put in the journal's place. Choose an older one, or bring back "
    "single entries from it. Nothing was changed."
)


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What is at `path` now, and where the file that was there is kept; None where it is among the backups."""

    path: Path
    rows: int
    aside: Path | None = None


def recognised(vault: Vault, path: Path, *, password: str | None = None, recovery_key: str | None = None) -> Copy:
    """A backup of this vault and its keys. Errors as `Vault.recognise`, in words about backups."""
    try:
        return vault.recognise(path, password=password, recovery_key=recovery_key)
    except NotACopy:
        raise NotACopy(OTHER_JOURNAL) from None


def of_other_key(vault: Vault, copy: Copy) -> bool:
    """Whether a backup opens with another password than the vault does, by its being sealed under another key."""
    return copy.ring is not vault._ring


def read_copy(copy: Copy) -> tuple[list[Revision], int]:
    """Every revision of a backup that opens and belongs, and how many parts of it are damaged."""
    with contextlib.closing(File(copy.path, read_only=True)) as file:
        inventory, damage, unlisted = check.read_inventory(file, copy.ring)
        good, lost = check.read_rows(file, copy.ring, inventory, unlisted)
        return good, len(damage) + len(lost) + len(look(file, Bodies(good)))


def use_instead(vault: Vault, copy: Copy, *, aside: bool) -> Restored:
    """A backup in the place of an open vault, which is closed by it. With `aside` the present file is kept beside.

    Raises `ReadOnlyJournal`, `DamagedJournal` for a damaged backup, `StorageFull`, `StorageFailed`.
    """
    must_replace(vault)
    real = vault.path.resolve()
    with beside(real, vault._ring.vault) as new:
        with contextlib.closing(File(copy.path, read_only=True)) as file, plainly():
            inventory = _sound(file, copy)
            rows = len(copy_whole(file, copy.ring, new, inventory))
        kept = put_in_place(vault, new, aside=aside)
    vault._seen.note(inventory.counter, inventory.previous)
    return Restored(path=vault.path, rows=rows, aside=kept)


def adopt(source: Vault, target: Path, *, clock: Clock) -> Restored:
    """A backup that was opened by itself as the journal at `target`. What is there, openable or not, is kept beside.

    Raises `JournalBusy`, `AlreadyThere` for the backup itself, and as `use_instead`.
    """
    target = Path(target)
    real = target.resolve()
    refuse_passing(real)
    with contextlib.suppress(OSError):
        if real.samefile(source.path):
            raise AlreadyThere("This is the backup itself. Choose another place; nothing was overwritten.")
    lock = WriterLock(real)
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        lock.take()
        with beside(real, source._ring.vault) as new:
            inventory = _sound(source._file, Copy(source.path, source._ring))
            rows = len(copy_whole(source._file, source._ring, new, inventory))
            kept = _keep_aside(real, clock) if os.path.lexists(real) else None
            replace(real, new)
    except OSError as error:
        raise of_system(error) from None
    finally:
        lock.free()
    source._seen.note(inventory.counter, inventory.previous)
    return Restored(path=target, rows=rows, aside=kept)


def clear_second_names(path: Path) -> None:
    """Remove the names that a restore gave this very file to keep it, and was cut off before another took its place:
    else what is written from now on is written under that name too. The writer's lock must be held."""
    real = path.resolve()
    with contextlib.suppress(OSError):
        if real.stat().st_nlink > 1:
            for kept in real.parent.glob(f"{glob.escape(_cut(real.stem))} kept *.vault"):
                if not kept.is_symlink() and kept.samefile(real):
                    kept.unlink()


# -- what salvage uses as well -------------------------------------------------------------------------------------


def must_replace(vault: Vault) -> None:
    """Raises `ReadOnlyJournal` where this process does not hold the file, e.g. because another window does."""
    if vault._lock is None:
        raise ReadOnlyJournal(f"{ReadOnlyJournal.message} {vault.report.why_read_only}".strip())


@contextlib.contextmanager
def beside(real: Path, vault: bytes) -> Iterator[Path]:
    """A name for the new file; it is gone at the end where it did not get the journal's."""
    with plainly():
        remove_leftovers(real, vault)
    try:
        yield place_beside(real, vault)
    finally:
        remove_leftovers(real, vault)


def put_in_place(vault: Vault, new: Path, *, aside: bool) -> Path | None:
    """Close the vault and give its name to a file that was written and opened; returns where the old one is kept."""
    real = vault.path.resolve()
    try:
        with plainly():
            vault._file.close()
            kept = _keep_aside(real, vault._clock) if aside else None
            replace(real, new)
        return kept
    finally:
        vault.close()


def _sound(file: File, copy: Copy) -> Inventory:
    """The inventory of a backup in which nothing is wrong."""
    inventory, damage, unlisted = check.read_inventory(file, copy.ring)
    if damage or unlisted:
        raise DamagedJournal(_DAMAGED)
    good, lost = check.read_rows(file, copy.ring, inventory, unlisted)
    if lost or broken(file, copy.ring, Bodies(good)):
        raise DamagedJournal(_DAMAGED)
    return inventory


def _keep_aside(real: Path, clock: Clock) -> Path:
    """A second name for the old file, or where there are no links a copy of it, synced."""
    if interrupted(real):  # a save was cut off: undo it while both names of it are known
        with contextlib.suppress(JournalError):
            File(real).close()
    stamp = backup_name(clock.now()).removesuffix(".vault")
    for number in range(1, 1000):
        more = "" if number == 1 else f" {number}"
        kept = real.with_name(f"{_cut(real.stem)} kept {stamp}{more}.vault")
        try:
            refuse_existing(kept)
        except AlreadyThere:
            continue
        break
    rolled = real.with_name(real.name + "-journal")
    try:
        os.link(real, kept)
    except OSError:
        _copy(real, kept)
    if rolled.exists():  # what could not be undone goes along; it must not be applied to the new file
        rolled.rename(kept.with_name(kept.name + "-journal"))
    sync_folder(real.parent)
    return kept


def _cut(stem: str) -> str:
    """A name that has room for more: file systems count bytes, of which a letter may have four."""
    while len(os.fsencode(stem)) > _LONGEST:
        stem = stem[:-1]
    return stem


def _copy(old: Path, new: Path) -> None:
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with old.open("rb") as read, os.fdopen(handle, "wb") as made:
            shutil.copyfileobj(read, made, 2**20)
            made.flush()
            os.fsync(made.fileno())
    except BaseException:
        new.unlink(missing_ok=True)
        raise
