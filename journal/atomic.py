"""Writing whole files: all of it or nothing, on the disk before anyone says so, readable by its owner only."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from journal.errors import AlreadyThere, JournalError, StorageFailed, StorageFull

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

    `mark` begins the name, for those who clear away what a killed process left. System errors inside become ours.
    """
    refuse_existing(path)
    temporary = path.with_name(f".{mark}{secrets.token_hex(8)}.part")  # fits wherever the name itself does
    try:
        yield temporary
    except OSError as error:
        raise of_system(error) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


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
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
        return StorageFailed("This folder is not there any more. Choose another; nothing was lost.", detail=detail)
    return StorageFailed(detail=detail)
