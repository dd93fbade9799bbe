"""One writer at a time: a lock beside the journal that the system takes back by itself when a process ends."""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import sys
import unicodedata
from pathlib import Path

from journal.atomic import clear_parts, writable
from journal.errors import JournalBusy

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}
_TRIES = 100


class WriterLock:
    """Held from `take` to `free`. The lock file says which process on which machine holds it, and stays empty
    of anything else."""

    def __init__(self, path: Path) -> None:
        self._vault = path
        self.path = path.with_name(path.name + ".lock")
        self._handle: int | None = None

    def take(self) -> None:
        """Take the lock. Raises `JournalBusy`, naming the holder, or `OSError` where no lock can be made."""
        real = true_name(self._vault)  # two names of one file are one journal
        self.path = real.with_name(real.name + ".lock")
        for _ in range(_TRIES):
            # A link in place of the lock file could lead to any file of theirs: it is not followed.
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
            try:
                if sys.platform == "win32":
                    msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
                else:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                os.close(handle)
                if error.errno in _HELD:
                    raise JournalBusy(_busy(holder_of(self.path))) from None
                raise
            if self._names(handle):
                break
            os.close(handle)  # its holder removed it between our opening and our locking: that lock guards nothing
        else:
            raise JournalBusy
        self._handle = handle
        with contextlib.suppress(OSError):
            os.ftruncate(handle, 0)
            # One byte of room first: Windows locks it, and others must be able to read the rest.
            os.pwrite(handle, f" {os.getpid()} {platform.node()}".encode(), 0) if hasattr(os, "pwrite") else None

    def _names(self, handle: int) -> bool:
        """Whether the lock file's name still leads to the file that was locked."""
        try:
            return os.path.samestat(os.fstat(handle), self.path.lstat())
        except FileNotFoundError:
            return False

    def clear_parts(self) -> None:
        """Remove what processes that were killed left half written beside the journal. The lock must be held."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                real = self._vault.resolve()
                clear_parts(real, os.fstat(self._handle).st_mtime)

    def free(self) -> None:
        """Let go. Idempotent. The file is removed while the lock is still held, so nobody locks a dead name."""
        if self._handle is None:
            return
        with contextlib.suppress(OSError):
            if self._names(self._handle):
                self.path.unlink()
        os.close(self._handle)
        self._handle = None


def true_name(path: Path) -> Path:
    """The name that the folder itself gives a file: links followed, and capitals as they are written there.

    A disk that does not tell capitals apart may still give each way of writing a name a lock of its own.
    """
    real = path.resolve()
    try:
        names = [found.name for found in real.parent.iterdir()]
    except OSError:
        return real
    if real.name in names or not real.exists():
        return real
    same = [name for name in names if _folded(name) == _folded(real.name)]
    return real.with_name(same[0]) if len(same) == 1 else real


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def lock_or_reason(path: Path) -> tuple[WriterLock | None, str]:
    """The lock, taken; or None and why the file can only be read. Raises `JournalBusy`."""
    if not writable(path):
        return None, "The file is write-protected."
    lock = WriterLock(path)
    try:
        lock.take()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return None, "The disk is full."
        if error.errno in (errno.EACCES, errno.EPERM) and os.path.lexists(lock.path):
            return None, "The lock file beside it belongs to another user of this computer, who may have it open."
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return None, "Its folder is write-protected."
        return None, "The place it is kept in gives no locks, so another window could write to it as well."
    if not writable(lock.path.parent):  # a lock file was left there, but nothing else can be made
        lock.free()
        return None, "Its folder is write-protected."
    return lock, ""


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
