"""A save that a crash cut off, undone before the file is opened for reading only."""

from __future__ import annotations

from pathlib import Path

from journal.errors import JournalBusy
from journal.vault.lock import lock_or_reason
from journal.vault.schema import File, interrupted


def undo_interrupted(path: Path) -> None:
    """Before a file is opened for reading: undo a save that a crash cut off, where the file can be written."""
    if not interrupted(path):
        return
    try:
        lock, _ = lock_or_reason(path)
    except JournalBusy:
        return  # it is not cut off: another window is saving
    if lock is not None:
        try:
            File(path).close()
        finally:
            lock.free()
