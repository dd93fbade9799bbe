"""Every command as a person would give it, and what can be asked of any refusal."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from journal.records import CheckIn, Experience, Moment, Page, Record, Route, Session
from journal.share import generate_identity
from tests.journal.exchange.files import WORD

PASSWORD = "four quiet garden words"
READER = generate_identity()
PAGE, SESSION, EXPERIENCE, CHECKIN = ("7" * 32, "1" * 32, "4" * 32, "6" * 32)
# Every command that opens a journal, without its secret. {x} are files beside it.
COMMANDS: dict[str, tuple[str, ...]] = {
    "list": ("list", "{vault}"),
    "verify": ("verify", "{vault}"),
    "backup": ("backup", "{vault}", "{new}"),
    "backups": ("backups", "{vault}"),
    "restore": ("restore", "{vault}", "{file}"),
    "merge": ("merge", "{vault}", "{file}"),
    "sync": ("sync", "{vault}", "{folder}"),
    "purge": ("purge", "{vault}", "--entry", PAGE, "--yes"),
    "wake": ("wake", "{vault}"),
    "rotate": ("rotate", "{vault}", "--new-password-file", "{file}"),
    "import": ("import", "{vault}", "{file}"),
    "export": ("export", "{vault}", "--format", "json", "-o", "{new}"),
    "files": ("files", "{vault}"),
    "attach": ("attach", "{vault}", PAGE, "{file}"),
    "extract": ("extract", "{vault}", PAGE, "-o", "{new}"),
    "contact": ("contact", "list", "{vault}"),
    "share": ("share", "{vault}", "--entry", PAGE, "--to", READER.recipient, "-o", "{new}"),
    "report": ("report", "{vault}", "--entry", PAGE, "--format", "md", "-o", "{new}"),
    "reply": ("reply", "list", "{vault}"),
    "read-share": ("read-share", "{share}", "--vault", "{vault}"),
}
WRITES_FILE = ("backup", "export", "share", "report")


class Done(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


def entries() -> list[tuple[str, Record]]:
    at = Moment(datetime(2026, 3, 2, 14, tzinfo=timezone(timedelta(hours=1))))
    session = Session(starts=at, number=1, route=Route.ORAL, dose="50 mg", setting=WORD, happened=True)
    return [
        (SESSION, session),
        (EXPERIENCE, Experience(at=at, title=f"{WORD} blue", text=f"{WORD} under water", session=SESSION)),
        (PAGE, Page(at=at, title=f"{WORD} day", text=f"{WORD} by the river", tags=(WORD,))),
        (CHECKIN, CheckIn(at=at, mood=0, note=WORD, session=SESSION)),
    ]


def given(name: str, vault: Path, *, new: Path | None = None, file: Path | None = None) -> list[str]:
    """A command on `vault`, writing to `new` and reading `file`."""
    beside = vault.parent
    places = {
        "vault": vault,
        "new": new or beside / "new-file",
        "file": file or beside / "in.json",
        "share": file or beside / "in.age",
        "folder": file or beside / "folder",
    }
    return [argument.format(**places) for argument in COMMANDS[name]]


def refused(done: Done, status: int = 1) -> str:
    """The one clear line of a refusal. It has no traceback and no words of the person."""
    assert done.status == status, done
    assert done.out == ""
    (line,) = done.err.splitlines()
    assert line.strip() == line != ""
    assert "Traceback" not in line
    assert "Something went wrong" not in line
    assert WORD not in line
    return line


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with what is in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def spoil_row(vault: Path, eid: str) -> None:
    """Change one byte of an entry's sealed row."""
    with contextlib.closing(sqlite3.connect(vault)) as db:
        (sealed,) = db.execute("SELECT v FROM rec WHERE eid = ?", (bytes.fromhex(eid),)).fetchone()
        changed = bytearray(sealed)
        changed[len(changed) // 2] ^= 1
        db.execute("UPDATE rec SET v = ? WHERE eid = ?", (bytes(changed), bytes.fromhex(eid)))
        db.commit()


def drop_row(vault: Path, eid: str) -> None:
    with contextlib.closing(sqlite3.connect(vault)) as db:
        db.execute("DELETE FROM rec WHERE eid = ?", (bytes.fromhex(eid),))
        db.commit()
