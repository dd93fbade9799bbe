"""Other programs' stores, driven as libraries: what is written into them, and how they are opened, read and added to.

    python -m benchmarks.peers NAME PATH PASSWORD WORD MODE        the peak memory of one, in KiB

They do not promise the same as the journal, nor as each other:

- SQLCipher: one key for every page; no history, nothing that names a row that was removed or put back, no sealing of
  its own per entry. Here with FTS5, a write-ahead log and `synchronous=FULL`; its own PBKDF2.
- jrnl: one text file under one Fernet token, written whole each time and never synced; dates to the minute, no kinds.
- pykeepass: one KeePass 4 file, compressed, written whole each time and never synced; its own Argon2.

Nothing of the journal is imported here, so that the memory of a peer is its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import io
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_NOT_TEXT = {"kind", "title", "text", "tags", "session", "at", "starts", "started", "marks", "schema"}


def _parts(record: Any) -> tuple[str, str]:
    """A title and a text for programs that know nothing else."""
    texts = (getattr(record, name, "") for name in ("text", "notes", "note"))
    return getattr(record, "title", ""), next((text for text in texts if text), record.kind)


def _at(record: Any) -> Any:
    return record.when.at


class SqlCipher:
    """A table with a full-text index over it, every page encrypted."""

    name, package, file = "SQLCipher", "sqlcipher3-wheels", "sqlcipher.db"
    modes = {"list": "list + query", "text": "all text + query", "newest": "newest 200 + query"}

    def __init__(self, path: Path, password: str, *, raw: bool = False) -> None:
        from sqlcipher3 import dbapi2

        self.db: Any = dbapi2.connect(str(path), isolation_level=None)
        key = f"\"x'{password}'\"" if raw else f"'{password}'"
        self.db.execute(f"pragma key={key}")
        self.db.execute("pragma journal_mode=wal")
        self.db.execute("pragma synchronous=full")

    @staticmethod
    def raw_key(path: Path, password: str) -> str:
        """The key and the salt that the passphrase stands for, as SQLCipher 4 makes them."""
        with path.open("rb") as file:
            salt = file.read(16)
        return (hashlib.pbkdf2_hmac("sha512", password.encode(), salt, 256_000, 32) + salt).hex()

    def version(self) -> str:
        return f"{self.db.execute('pragma cipher_version').fetchone()[0]}, PBKDF2-SHA512 256,000"

    def make(self) -> None:
        self.db.execute(
            "create table entry(n integer primary key, eid blob, kind text, at text, title text, text text, "
            "tags text, session text, more text)"
        )
        self.db.execute("create index entry_at on entry(at)")
        self.db.execute(
            "create virtual table words using fts5(title, text, content='entry', content_rowid='n', "
            "tokenize='unicode61 remove_diacritics 2')"
        )

    def add_many(self, pairs: Iterable[tuple[str, Any]]) -> None:
        self.db.execute("begin immediate")
        for eid, record in pairs:
            title, text = _parts(record)
            names = (name for name in record.__struct_fields__ if name not in _NOT_TEXT)
            more = {name: value for name in names if (value := getattr(record, name)) not in (None, "", (), {})}
            row = (bytes.fromhex(eid), record.kind, _at(record).isoformat(), title, text,
                   " ".join(getattr(record, "tags", ())), getattr(record, "session", None),
                   json.dumps(more, default=str))  # fmt: skip
            place = self.db.execute(
                "insert into entry(eid, kind, at, title, text, tags, session, more) values(?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            ).lastrowid
            self.db.execute("insert into words(rowid, title, text) values(?, ?, ?)", (place, title, text))
        self.db.execute("commit")

    def read(self, word: str, mode: str) -> list[Any]:
        listed = {
            "list": "select eid, kind, at, title, tags, session from entry order by at desc",
            "text": "select * from entry order by at desc",
            "newest": "select eid, kind, at, title, substr(text, 1, 600), tags, session from entry "
            "order by at desc limit 200",
        }[mode]
        return [self.db.execute(listed).fetchall(), self.search(word)]

    def search(self, word: str) -> list[Any]:
        wanted = "select rowid from words where words match ? order by rowid desc limit 50"
        return list(self.db.execute(wanted, (" ".join(f'"{part}"*' for part in word.split()),)).fetchall())

    def close(self) -> None:
        self.db.close()


class Jrnl:
    """jrnl's own journal and encryption classes, without its command line."""

    name, package, file = "jrnl", "jrnl", "jrnl.txt"
    modes = {"list": "list + query"}

    def __init__(self, path: Path, password: str) -> None:
        from jrnl.encryption.Jrnlv3Encryption import Jrnlv3Encryption
        from jrnl.journals import Journal

        self.path, self.journal = path, Journal("bench", journal=str(path), encrypt=True)
        self.journal.encryption_method = Jrnlv3Encryption("bench", self.journal.config)
        self.journal.encryption_method.password = password
        if path.exists():
            self.journal.open(str(path))

    def version(self) -> str:
        return f"{importlib.metadata.version('jrnl')}, PBKDF2-SHA256 100,000"

    def make(self) -> None:
        pass

    def add_many(self, pairs: Iterable[tuple[str, Any]]) -> None:
        for _, record in pairs:
            self._entry(record)
        self.journal.write()

    def _entry(self, record: Any) -> None:
        from jrnl.journals import Entry

        title, text = _parts(record)
        tags = " ".join(f"@{tag}" for tag in getattr(record, "tags", ()))
        when = _at(record).replace(tzinfo=None)
        self.journal.entries.append(Entry(self.journal, date=when, text=f"{title or record.kind}.\n{text}\n{tags}\n"))

    def read(self, word: str, mode: str) -> list[Any]:
        return [[(entry.date, entry.title) for entry in self.journal.entries[-200:]], self.search(word)]

    def search(self, word: str) -> list[Any]:
        everything = self.journal.entries
        self.journal.filter(contains=[word])
        found, self.journal.entries = self.journal.entries[-50:], everything
        return list(found)

    def close(self) -> None:
        self.journal.entries = []


class KeePass:
    """A KeePass 4 file whose notes are the texts."""

    name, package, file = "pykeepass", "pykeepass", "keepass.kdbx"
    modes = {"list": "list + query"}

    def __init__(self, path: Path, password: str) -> None:
        import pykeepass

        make = pykeepass.PyKeePass if path.exists() else pykeepass.create_database
        self.file_: Any = make(str(path), password=password)

    def version(self) -> str:
        return f"{importlib.metadata.version('pykeepass')}, KeePass 4, {self.file_.kdf_algorithm}"

    def make(self) -> None:
        pass

    def add_many(self, pairs: Iterable[tuple[str, Any]]) -> None:
        group = None
        for number, (_, record) in enumerate(pairs):
            if number % 250 == 0:  # each entry is looked for among those of its group, and costs as much
                group = self.file_.add_group(self.file_.root_group, f"{_at(record):%Y-%m-%d %H:%M}")
            title, text = _parts(record)
            tags = list(getattr(record, "tags", ()))
            self.file_.add_entry(group, title, "", "", notes=text, tags=tags or None, force_creation=True)
        self.file_.save()

    def read(self, word: str, mode: str) -> list[Any]:
        listed = [(entry.ctime, entry.title) for entry in self.file_.entries[-200:]]
        return [listed, self.search(word)]

    def search(self, word: str) -> list[Any]:
        wanted = re.compile(re.escape(word), re.I)
        return [entry for entry in self.file_.entries if wanted.search(entry.notes or "")][-50:]

    def close(self) -> None:
        self.file_ = None


Peer = SqlCipher | Jrnl | KeePass
PEERS: dict[str, type[Peer]] = {"SQLCipher": SqlCipher, "jrnl": Jrnl, "pykeepass": KeePass}
_MODULES = {"SQLCipher": "sqlcipher3", "jrnl": "jrnl", "pykeepass": "pykeepass"}


def missing(name: str) -> str:
    """Why a peer is left out, or ""."""
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            __import__(_MODULES[name])
    except ImportError:
        return f"{name} is not installed and is left out (make bench-peers installs it)"
    return ""


def peak() -> int:
    """The most memory that this process ever held, in KiB."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))
    return int(found[1]) if found else 0


def main(name: str, path: str, password: str, word: str, mode: str) -> None:
    peer = PEERS[name](Path(path), password)
    kept = peer.read(word, mode)
    if not kept[1]:
        raise RuntimeError("the word was not found")
    print(peak())


if __name__ == "__main__":
    main(*sys.argv[1:])
