"""Writing whole files: all of it or nothing, on the disk before anyone says so, readable by its owner only."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from journal.errors import AlreadyThere, JournalError, StorageFailed, StorageFull

_PART = re.compile(r"\.integration-journal-[0-9a-f]{16}\.part(-journal)?", re.ASCII)
_OURS = re.compile(r".*(-journal|-wal|-shm|\.lock|\.part|\.rewrite)", re.DOTALL | re.IGNORECASE)
_NAME_TAKEN = (
    "Names that end in “-journal”, “-wal”, “-shm”, “.lock”, “.part” or “.rewrite” belong to files that come and go "
    "beside a journal. Choose another name."
)
_NO_ROOM = "The disk is full, so this file was not written. Free some space and try again; nothing else was changed."
_ABANDONED = 3600  # seconds for which nobody wrote to a temporary file
# What systems say that do not sync folders.
_NOT_SYNCED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF, errno.EACCES, errno.EPERM}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def writable(path: Path) -> bool:
    """Whether this process, with the rights it has right now, may write to a file or into a folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def write_new(path: Path, data: bytes, check: Callable[[bytes], None] | None = None) -> None:
    """Write a file that must not exist yet. It is read back (and given to `check`) before it gets its name.

    Raises `AlreadyThere`, `StorageFull`, `StorageFailed`, or what `check` raises; then no file is left.
    """
    with temporary_beside(path) as temporary:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        back = temporary.read_bytes()
        if back != data:
            raise StorageFailed(detail="the file read back differs from what was written")
        if check is not None:
            check(back)
        settle(temporary, path)


@contextlib.contextmanager
def temporary_beside(path: Path, mark: str = "") -> Iterator[Path]:
    """A name for a temporary file in the folder of `path`; the file is gone at the end, whatever happens.

    `mark` begins the name, for those who clear away what a killed process left; without one, `clear_parts` does.
    System errors inside become ours.
    """
    refuse_passing(path)
    refuse_existing(path)
    temporary = path.with_name(f".{mark or 'integration-journal-'}{secrets.token_hex(8)}.part")
    try:
        yield temporary
    except OSError as error:
        found = of_system(error)
        raise StorageFull(_NO_ROOM, detail=found.detail) if isinstance(found, StorageFull) else found from None
    except StorageFull as error:  # of the database
        raise StorageFull(_NO_ROOM, detail=error.detail) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def clear_parts(beside: Path, now: float) -> None:
    """Remove temporary files of ours that a killed process left in the folder of `beside`.

    `now` is a time by the disk's own clock: of a file just written there. A second name of `beside` itself goes, and
    what nobody wrote to for an hour; another process may still be at work on the rest. Best effort.
    """
    with contextlib.suppress(OSError):
        this = beside.lstat()
        for path in beside.parent.iterdir():
            if _PART.fullmatch(path.name) is None:
                continue
            with contextlib.suppress(OSError):
                found = path.lstat()
                old = found.st_mtime < now - _ABANDONED
                if stat.S_ISREG(found.st_mode) and (old or os.path.samestat(found, this)):
                    path.unlink()


def refuse_passing(path: Path) -> None:
    """Raise `StorageFailed` for a name that only files have which are removed again: what is kept must not."""
    if _OURS.fullmatch(path.name):
        raise StorageFailed(_NAME_TAKEN)


def refuse_existing(path: Path) -> None:
    """Raise `AlreadyThere` where something has this name, and what fits where that cannot be told."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    except (OSError, ValueError) as error:
        raise of_system(error if isinstance(error, OSError) else OSError(errno.EINVAL, "not a name")) from None
    raise AlreadyThere


def settle(temporary: Path, path: Path) -> None:
    """Give a finished file its name, without ever overwriting another, and make the name last."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise AlreadyThere from None
    except OSError:  # a file system without hard links
        if path.exists():
            raise AlreadyThere from None
        temporary.rename(path)
    try:
        confirm_folder(path.parent)
    except OSError:
        path.unlink()  # it is ours, and nobody was told of it
        raise
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)
        clear_parts(path, path.lstat().st_mtime)


def confirm_folder(folder: Path) -> None:
    """Make names in a folder last through a power cut, where the system can. Raises `OSError` if the disk fails."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NOT_SYNCED:
            raise
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """The same, where nothing could be taken back any more if it failed."""
    with contextlib.suppress(OSError):
        confirm_folder(folder)


def of_system(error: OSError) -> JournalError:
    """An error of ours for one of the system's."""
    detail = errno.errorcode.get(error.errno or 0, type(error).__name__)
    if error.errno in _FULL:
        return StorageFull(detail=detail)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StorageFailed(
            "This place cannot be written to. Choose another folder; nothing was lost.", detail=detail
        )
    if error.errno == errno.ENAMETOOLONG:
        return StorageFailed("That name is too long for a file. Choose a shorter one.", detail=detail)
    if error.errno == errno.ENOENT:
        return StorageFailed("There is no such folder. Choose another; nothing was lost.", detail=detail)
    return StorageFailed(detail=detail)
