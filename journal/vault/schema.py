"""The SQLite file: its exact tables, its settings, and the checks before anything in it is believed."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from journal.atomic import confirm_folder, of_system, writable
from journal.errors import DamagedJournal, NewerFormat, NotAJournal, StorageFailed
from journal.sqlite import Database
from journal.vault.trouble import UNCONFIRMED, translated, while_writing

APPLICATION_ID = 0x494A564C  # "IJVL"
USER_VERSION, GROWING_VERSION = 1, 2  # the second has a table for each part of a list that grows (format 3)
MAX_FILE = 64 * 2**30
_MAX_VALUE = 8 * 2**20  # bytes of any one value: the largest row, with room
_LONGEST_PATH = 500  # bytes: SQLite takes 512, with what it appends
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_SECONDS = 120.0  # for any one statement on a file: a hostile one could ask for for ever

_NOT_ALLOWED = (
    "This file may not be read: it belongs to another user of this computer, or its permissions were changed. Change "
    "them, or open it as the user it belongs to."
)

TABLES = {
    "meta": "CREATE TABLE meta(k TEXT PRIMARY KEY, v BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "slot": (
        "CREATE TABLE slot(id BLOB NOT NULL, copy INTEGER NOT NULL CHECK(copy IN (0, 1)), v BLOB NOT NULL, "
        "PRIMARY KEY(id, copy)) STRICT, WITHOUT ROWID"
    ),
    "rec": (
        "CREATE TABLE rec(eid BLOB NOT NULL, rev BLOB NOT NULL, v BLOB NOT NULL, PRIMARY KEY(eid, rev)) "
        "STRICT, WITHOUT ROWID"
    ),
    "blob": (
        "CREATE TABLE blob(bid BLOB NOT NULL, n INTEGER NOT NULL, v BLOB NOT NULL, PRIMARY KEY(bid, n)) "
        "STRICT, WITHOUT ROWID"
    ),
    "bucket": (
        "CREATE TABLE bucket(n INTEGER PRIMARY KEY CHECK(n BETWEEN 0 AND 255), v BLOB NOT NULL) STRICT, WITHOUT ROWID"
    ),
    "manifest": (
        "CREATE TABLE manifest(n INTEGER PRIMARY KEY CHECK(n IN (0, 1)), v BLOB NOT NULL) STRICT, WITHOUT ROWID"
    ),
    "cache": (
        "CREATE TABLE cache(k TEXT NOT NULL, n INTEGER NOT NULL, v BLOB NOT NULL, PRIMARY KEY(k, n)) "
        "STRICT, WITHOUT ROWID"
    ),
    "draft": "CREATE TABLE draft(eid BLOB PRIMARY KEY, v BLOB NOT NULL) STRICT, WITHOUT ROWID",
}
GROWING_TABLES = {
    **TABLES,
    "list": "CREATE TABLE list(n INTEGER PRIMARY KEY CHECK(n = 0), v BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "list_copy": "CREATE TABLE list_copy(n INTEGER PRIMARY KEY CHECK(n = 0), v BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "segment": (
        "CREATE TABLE segment(n INTEGER PRIMARY KEY CHECK(n BETWEEN 0 AND 55), v BLOB NOT NULL) STRICT, WITHOUT ROWID"
    ),
}


def look(path: Path) -> None:
    """Look at a file's first bytes before SQLite does. Raises `NotAJournal`, `NewerFormat`, `StorageFailed`."""
    try:
        with plain_file(path) as file:
            size = os.fstat(file.fileno()).st_size
            head = file.read(100)
    except FileNotFoundError:
        raise StorageFailed("There is no journal at this place. Was it moved or renamed?") from None
    except IsADirectoryError:
        raise StorageFailed("This is a folder. Choose the journal's own file in it.") from None
    except PermissionError:
        raise StorageFailed(_NOT_ALLOWED) from None
    except OSError as error:
        raise StorageFailed(detail=type(error).__name__) from None
    if size == 0:
        raise DamagedJournal("This journal file is empty. Keep it, and open your newest backup.")
    if size > MAX_FILE:
        raise NotAJournal(detail="larger than any journal")
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0"):
        raise NotAJournal
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotAJournal
    if int.from_bytes(head[60:64], "big") > GROWING_VERSION:
        raise NewerFormat
    _look_beside(path)


def _look_beside(path: Path) -> None:
    """Refuse a rollback journal that this program cannot have left.

    One that ends in a name makes SQLite delete the file of that name; one that is a link is written through.
    """
    beside = _rollback_journal(path)
    try:
        if beside.is_symlink():
            raise NotAJournal(detail="the rollback journal is a link")
        with plain_file(beside) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - len(_JOURNAL_MAGIC)))
            end = file.read()
    except FileNotFoundError:
        return
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise StorageFailed("This file has too long a name. Give it a shorter one and open it then.") from None
        raise StorageFailed(detail=type(error).__name__) from None
    if size > len(_JOURNAL_MAGIC) and end == _JOURNAL_MAGIC:
        raise NotAJournal(
            "A file beside this one, its name ends in -journal, was not made by this program. Nothing was opened.",
            detail="the rollback journal names another file",
        )


@contextmanager
def plain_file(path: Path) -> Iterator[BinaryIO]:
    """A file open for reading. Raises `NotAJournal` for a pipe or a device: opening one could wait for ever."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        kind = os.fstat(handle).st_mode
        if stat.S_ISDIR(kind):
            raise IsADirectoryError
        if not stat.S_ISREG(kind):
            raise NotAJournal("This is no ordinary file, so it cannot be a journal. Choose the file itself.")
        with os.fdopen(handle, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(handle)


def _rollback_journal(path: Path) -> Path:
    real = path.resolve()
    return real.with_name(real.name + "-journal")


def too_long(path: Path) -> bool:
    """Whether the name has no room for that of the rollback journal beside it."""
    try:
        os.lstat(_rollback_journal(path))
    except OSError as error:
        return error.errno == errno.ENAMETOOLONG
    return False


def interrupted(path: Path) -> bool:
    """Whether a rollback journal lies beside the file: a save was cut off, or goes on elsewhere."""
    return _rollback_journal(path).exists()


def identity(path: Path) -> tuple[int, int] | None:
    """What tells the file of this name from any other."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class File:
    """The one connection to a vault file. `db` writes through sqlite-utils: no plugins, no inferred schema."""

    def __init__(
        self, path: Path, *, create: bool = False, read_only: bool = False, as_it_stands: bool = False
    ) -> None:
        """`as_it_stands`: without locks, and whether or not a save was cut off; for what no save changes."""
        self.path = path
        self.is_open = False  # set once all of it was read: what cannot be read later is no reason not to open it
        self.committed = False  # whether the last change is in the file, also where it was not said to be saved
        self.unconfirmed = False  # whether a power cut could still take the last changes back
        self.growing = create  # whether its list of what belongs grows at its end, as in every new file
        before = identity(path)
        mode = "rwc" if create else "ro" if read_only else "rw"
        # What nobody can write to, with no journal beside it, is read as it stands, even where there are no locks.
        alone = read_only and (as_it_stands or (not writable(path) and not _rollback_journal(path).exists()))
        uri = f"{path.resolve().as_uri()}?mode={mode}{'&immutable=1' if alone else ''}"
        if len(os.fsencode(path.resolve())) > _LONGEST_PATH:
            raise StorageFailed("The path to this file is too long. Choose a folder that does not lie so deep.")
        with translated():
            self.connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=2.0, cached_statements=64)
        self.connection.text_factory = _text
        self.connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE)
        self._deadline = 0.0
        self.connection.set_progress_handler(self._late, 100_000)
        try:
            with translated():
                self._settle(create=create, read_only=read_only)
        except BaseException:
            self.connection.close()
            raise
        self.db = Database(self.connection, execute_plugins=False)
        # Which file the connection writes to, whatever gets its name later; None where that cannot be told.
        self.identity = before if before == identity(path) else None

    def rows(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """What a statement returns."""
        with translated(open_=self.is_open):
            self._deadline = time.monotonic() + _SECONDS
            return self.connection.execute(sql, parameters).fetchall()

    def value(self, sql: str, *parameters: Any) -> bytes | None:
        """The first blob a statement returns. A damaged file can hold other types even in a STRICT table."""
        found = self.rows(sql, parameters)
        return found[0][0] if found and isinstance(found[0][0], bytes) else None

    def each(self, sql: str, parameters: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """What a statement returns, one by one."""
        with translated(open_=self.is_open):
            self._deadline = time.monotonic() + _SECONDS
            yield from self.connection.execute(sql, parameters)

    @contextmanager
    def change(self) -> Iterator[Database]:
        """One transaction, begun for writing, kept whole or not at all.

        Where it is kept and cannot be said to be, because the folder could not be synced, it raises as well; then
        `committed` is true, and what the file holds is what was to be written.
        """
        self.committed = False
        with translated():
            self._deadline = time.monotonic() + _SECONDS
            try:
                run = self.connection.execute  # these write nothing
                run("PRAGMA shrink_memory")  # what is compared next comes from the disk, not from a cache
                run("BEGIN IMMEDIATE")
                yield self.db
                self._commit()
                run("PRAGMA shrink_memory")  # nor does what is read back
            except BaseException as error:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise while_writing(error, self.path) from None

    def _commit(self) -> None:
        try:
            self.db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            # It is done but for the last step: that the rollback journal's removal lasts through a power cut.
            if error.sqlite_errorname != "SQLITE_IOERR_DIR_FSYNC":
                raise
            self.unconfirmed = True
        self.committed = True
        self.confirm()

    def confirm(self) -> None:
        """See to it that the last changes last through a power cut. Raises `StorageFailed`."""
        if self.unconfirmed:
            try:
                confirm_folder(self.path.resolve().parent)
            except OSError as error:
                raise StorageFailed(UNCONFIRMED, detail=of_system(error).detail) from None
            self.unconfirmed = False

    def close(self) -> None:
        """Close the connection. Idempotent."""
        self.connection.close()

    def _late(self) -> int:
        return int(bool(self._deadline) and time.monotonic() > self._deadline)

    def _settle(self, *, create: bool, read_only: bool) -> None:
        run = self.connection.execute
        self._deadline = time.monotonic() + _SECONDS
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "temp_store=MEMORY"):
            run(f"PRAGMA {pragma}")
        if run("PRAGMA temp_store").fetchone()[0] != 2:
            raise StorageFailed(detail="temp_store is not MEMORY")
        if create:
            run("PRAGMA page_size=16384")
            run("PRAGMA auto_vacuum=NONE")
        else:
            self.growing = check_schema(self.connection)
        if not read_only:
            if run("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
                raise StorageFailed(detail="the rollback journal is not to be had")
            # EXTRA: the folder is synced too, so that no power cut brings back the journal of a finished save.
            for pragma in ("synchronous=EXTRA", "secure_delete=ON", "fullfsync=ON"):
                run(f"PRAGMA {pragma}")
        if create:
            run("BEGIN IMMEDIATE")
            for sql in GROWING_TABLES.values():
                run(sql)
            run(f"PRAGMA application_id={APPLICATION_ID}")
            run(f"PRAGMA user_version={GROWING_VERSION}")
            run("COMMIT")


def check_schema(connection: sqlite3.Connection) -> bool:
    """Refuse a file whose tables are not letter for letter ours, or whose pages do not hang together. Returns whether
    its list of what belongs grows at its end."""
    run = connection.execute
    found = run("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    growing = len(found) == len(GROWING_TABLES)
    tables, version = (GROWING_TABLES, GROWING_VERSION) if growing else (TABLES, USER_VERSION)
    ours = {("table", name, name, sql) for name, sql in tables.items()}
    if set(found) != ours or len(found) != len(ours):
        if len(found) == len(ours) and all(row[0] == "table" for row in found):
            raise DamagedJournal(detail="a table is not as this program makes it")
        raise NotAJournal("This file does not have the form of a journal made by this program. It was not opened.")
    if run("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotAJournal
    if (now := run("PRAGMA user_version").fetchone()[0]) != version:
        raise NewerFormat if now > GROWING_VERSION else DamagedJournal(detail="tables of another version")
    return growing


def _text(data: bytes) -> str:
    return data.decode(errors="surrogateescape")  # a damaged name is another name, not a failure


def pages_ok(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds its own pages in order."""
    try:
        return [row[0] for row in connection.execute("PRAGMA quick_check(1)")] == ["ok"]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False
