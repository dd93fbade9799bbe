"""What SQLite and the system say when they fail, in words of ours: what happened, what is safe, what to do."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from journal.errors import DamagedJournal, JournalBusy, JournalError, ReadOnlyJournal, StorageFailed, StorageFull

_DAMAGE = {  # ERROR too: our own statements are right, so it is the file that they do not fit
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_SCHEMA,
    sqlite3.SQLITE_TOOBIG,
    sqlite3.SQLITE_ERROR,
}

CHANGED_OUTSIDE = (
    "The journal's file was changed from outside while it was open, so nothing was written over it. Keep a copy of "
    "it and lock the journal: everything that is open here can then be kept in a new file."
)

_IN_USE = (
    "Another program is using this journal's file just now, or the place it is kept in gives no locks. Try again in "
    "a moment; if that does not help, copy the file to a disk of this computer and open it there."
)
GONE = (
    "The journal's file is not in its place any more: it was moved or removed, or its disk was taken out. Nothing "
    "more can be saved in it. Put it back and save again, or lock the journal: everything that is open here can then "
    "be kept in a new file."
)
NOT_READ = (
    "Part of the journal's file could not be read just now. What was saved before is safe. Try again; if it goes on, "
    "check the disk, and lock and unlock the journal."
)
UNCONFIRMED = (
    "The disk did not confirm what was written, so it does not count as saved yet. What was saved before is safe. "
    "Check the disk, and save again."
)
_NOT_SAVED: dict[type[JournalError], str] = {  # of a journal that was open for writing until now
    DamagedJournal: (
        "Part of the journal's file could not be read, so this was not saved yet. What was saved before is safe. Try "
        "again; if it goes on, check the disk, and lock and unlock the journal."
    ),
    JournalBusy: (
        "Another program is using the journal's file just now, so this was not saved yet. What was saved before is "
        "safe. Try again in a moment."
    ),
    ReadOnlyJournal: (
        "The journal's file has become write-protected, so this was not saved yet. What was saved before is safe. "
        "Look whether the disk or the file is write-protected, and try again."
    ),
}


class translated:  # noqa: N801 - a class, since every statement of a save goes through it
    """SQLite's errors as ours. `open_`: of a file that was read when it was opened, in words that say so."""

    __slots__ = ("_open",)

    def __init__(self, *, open_: bool = False) -> None:
        self._open = open_

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        found = error
        if isinstance(error, sqlite3.Error):
            found = of_sqlite(error)
        elif isinstance(error, UnicodeDecodeError):  # SQLite's own message, which quotes the damaged text
            found = DamagedJournal(detail="undecodable message")
        if self._open and isinstance(found, DamagedJournal) and str(found) == found.message:
            found = DamagedJournal(NOT_READ, detail=found.detail)
        if found is not None and found is not error:
            raise found from None


def while_writing(error: BaseException, path: Path) -> BaseException:
    """What a change that was begun failed with, in words that say so."""
    if not isinstance(error, sqlite3.Error | DamagedJournal | JournalBusy | StorageFailed):
        return error
    found = of_sqlite(error) if isinstance(error, sqlite3.Error) else error
    if isinstance(found, StorageFailed) and not os.path.lexists(path):
        return StorageFailed(GONE, detail=found.detail)
    plain = found is not error or str(found) in (found.message, NOT_READ, _IN_USE)
    text = _NOT_SAVED.get(type(found)) if plain else None
    return found if text is None else StorageFailed(text, detail=found.detail)


def of_sqlite(error: sqlite3.Error) -> JournalError:
    """An error of ours for one of SQLite's."""
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    if code == sqlite3.SQLITE_FULL:
        return StorageFull(detail=name)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return JournalBusy(_IN_USE, detail=name)
    if name == "SQLITE_READONLY_DBMOVED":
        return StorageFailed(CHANGED_OUTSIDE, detail=name)
    if name == "SQLITE_READONLY_ROLLBACK":
        return StorageFailed(
            "A save was cut off here, and must be undone before this journal can be read. Copy it, and the file "
            "beside it whose name ends in -journal, to a folder that can be written to, and open it there.",
            detail=name,
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return ReadOnlyJournal(detail=name)
    if code in _DAMAGE:
        return DamagedJournal(detail=name)
    if code == sqlite3.SQLITE_INTERRUPT:
        return DamagedJournal("This file took too long to read and was left alone.", detail=name)
    return StorageFailed(detail=name)
