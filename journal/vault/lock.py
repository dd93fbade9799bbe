"""One writer at a time: a lock beside the journal that the system takes back by itself when a process ends."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
from pathlib import Path

from journal.errors import JournalBusy

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class WriterLock:
    """Held from `take` to `free`. The lock file says which process on which machine holds it, and stays empty
    of anything else."""

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(path.name + ".lock")
        self._handle: int | None = None

    def take(self) -> None:
        """Take the lock. Raises `JournalBusy`, naming the holder, or `OSError` where no lock can be made."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise JournalBusy(_busy(holder_of(self.path))) from None
        self._handle = handle
        with contextlib.suppress(OSError):
            os.ftruncate(handle, 0)
            # One byte of room first: Windows locks it, and others must be able to read the rest.
            os.pwrite(handle, f" {os.getpid()} {platform.node()}".encode(), 0) if hasattr(os, "pwrite") else None

    def free(self) -> None:
        """Let go. Idempotent. The file is removed while the lock is still held, so nobody locks a dead name."""
        if self._handle is None:
            return
        with contextlib.suppress(OSError):
            self.path.unlink()
        os.close(self._handle)
        self._handle = None


def holder_of(lock_path: Path) -> str:
    """Process and machine named in a lock file, or ""."""
    try:
        return lock_path.read_text(encoding="utf-8", errors="replace")[:200].strip()
    except OSError:
        return ""


def _busy(holder: str) -> str:
    pid, _, machine = holder.partition(" ")
    if not machine:
        return JournalBusy.message
    where = "on this computer" if machine == platform.node() else f"on {machine}"
    return f"This journal is open in another window {where} (process {pid}). Close it there, then try again."
