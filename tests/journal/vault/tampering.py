"""Altering vault files, and judging what the program makes of them.

The rule: whatever the bytes are, opening ends in an error of ours or in a report. What is shown is what was written.
What is not shown is named. A file with nothing named shows everything.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from journal.errors import JournalError
from journal.vault import Draft, Report, Revision, Vault
from journal.vault.inventory import Inventory
from journal.vault.structs import LISTS
from tests.journal.vault.samples import PASSWORD, create, draft, page

KEYS = {
    "meta": "k", "slot": "id, copy", "rec": "eid, rev", "bucket": "n", "list": "n", "list_copy": "n", "segment": "n",
    "manifest": "n", "draft": "eid",
}  # fmt: skip
WHOLE = ("file", *LISTS)  # damage that may hide rows without naming each


class Original(NamedTuple):
    """A vault as it was closed, and everything that is in it."""

    path: Path
    words: str
    older: Path  # a copy from before the last changes
    revisions: dict[tuple[str, str], Revision]
    drafts: dict[str, Draft]


@contextmanager
def small_lists(room: int = 2, most: int = 3) -> Iterator[None]:
    """Entries of the list become segments, and are folded, after a few saves, as after many otherwise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Inventory, "room", room)
        patch.setattr(Inventory, "most", most)
        yield


def build(folder: Path) -> Original:
    """A vault with a past: entries changed and deleted, a long one, drafts, secrets changed. Its list, and that of
    the older copy, has buckets, two segments, and entries that are in neither."""
    with small_lists():
        return _build(folder)


def _build(folder: Path) -> Original:
    vault, _ = create(folder)
    written = list(vault.append([page("a plain entry"), page("ünïcödé 🌊"), page("long " * 9_000)]))
    first = written[0]
    vault.compact()
    for _ in range(2):
        written += vault.append([page("one of three") for _ in range(3)])
    written += vault.append([page("a plain entry, changed", first.eid, (first.rev,))])
    vault.put_draft(draft("not finished", first.eid))
    vault.backup(folder / "older.vault")
    written += vault.append([page("", written[1].eid, (written[1].rev,), deleted=True), page("another")])
    vault.compact()
    for _ in range(2):
        written += vault.append([page("one more of three") for _ in range(3)])
    written += vault.append([page("the last")])
    vault.put_draft(draft("not finished, changed", first.eid))
    vault.put_draft(draft("a second draft"))
    words = vault.new_recovery_key()
    vault.change_password("eleven loud geese")
    vault.change_password(PASSWORD)
    drafts = {found.key: found for found in vault.drafts()}
    vault.close()
    revisions = {(one.eid, one.rev): one for one in written}
    return Original(folder / "mine.vault", words, folder / "older.vault", revisions, drafts)


class Verdict(NamedTuple):
    """What came of opening: the error's name or "", what was named, and the report."""

    error: str
    named: frozenset[str]
    report: Report | None

    @property
    def outcome(self) -> str:
        return "refused" if self.error else "named" if self.named else "clean"


def judge(path: Path, original: Original, *, read_only: bool = True, **secret: str) -> Verdict:
    """Open an altered file. Raises `AssertionError` where altered text is shown, or loss is not named; what is no
    error of ours comes through."""
    try:
        vault = Vault.open(
            path, read_only=read_only, state_dir=path.parent, **(secret or {"recovery_key": original.words})
        )
    except JournalError as error:
        return Verdict(type(error).__name__, frozenset(), None)
    try:
        report = vault.report
        shown = list(vault.revisions())
        drafts = vault.drafts()
    finally:
        vault.close()
    named = frozenset(damage.what for damage in report.damage)
    places = {(damage.eid, damage.rev) for damage in report.damage}
    seen = {(revision.eid, revision.rev) for revision in shown}
    assert all(original.revisions.get((one.eid, one.rev)) == one for one in shown), "altered text shown as good"
    assert len(shown) == len(seen) == report.rows, "a row shown twice"
    assert all(original.drafts.get(one.key) == one for one in drafts), "an altered draft shown as good"
    hidden = original.revisions.keys() - seen
    assert named.intersection(WHOLE) or hidden <= places, "a row is gone and not named"
    assert named or len(drafts) == len(original.drafts), "a draft is gone and not named"
    assert report.read_only or named <= {"draft", "slot"}, "a damaged file would be written to"
    return Verdict("", named, report)


def flipped(data: bytes, place: int, mask: int = 0) -> bytes:
    """The same bytes but for one: by default, one bit of it, another bit from place to place."""
    return b"".join((data[:place], bytes([data[place] ^ (mask or 1 << place * 5 % 8)]), data[place + 1 :]))


# -- rows -----------------------------------------------------------------------------------------------------


@contextmanager
def surgery(path: Path) -> Iterator[sqlite3.Connection]:
    """The file under plain SQLite; what is done to it is kept."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        yield db


def keys(path: Path, table: str) -> list[tuple[Any, ...]]:
    with surgery(path) as db:
        return db.execute(f"SELECT {KEYS[table]} FROM {table} ORDER BY {KEYS[table]}").fetchall()


def where(table: str) -> str:
    return " AND ".join(f"{name.strip()} = ?" for name in KEYS[table].split(","))


def value(path: Path, table: str, key: tuple[Any, ...]) -> bytes | None:
    with surgery(path) as db:
        found = db.execute(f"SELECT v FROM {table} WHERE {where(table)}", key).fetchone()
    return found[0] if found else None


def put(path: Path, table: str, key: tuple[Any, ...], sealed: bytes | None) -> None:
    """Store a value under a key, or remove the row."""
    with surgery(path) as db:
        db.execute(f"DELETE FROM {table} WHERE {where(table)}", key)
        if sealed is not None:
            marks = ", ".join("?" * (len(key) + 1))
            db.execute(f"INSERT INTO {table}({KEYS[table]}, v) VALUES ({marks})", (*key, sealed))


def put_back(path: Path, older: Path, *tables: str) -> None:
    """Whole tables from an older copy."""
    with surgery(path) as db:
        db.execute("ATTACH ? AS older", (str(older),))
        for table in tables:
            db.execute(f"DELETE FROM main.{table}")
            db.execute(f"INSERT INTO main.{table} SELECT * FROM older.{table}")


def copies(original: Original, folder: Path) -> Iterator[Path]:
    """Fresh copies to work on, one after another, under one name."""
    for number in itertools.count():
        work = folder / f"work{number % 2}.vault"
        shutil.copy(original.path, work)
        yield work


# -- slots and header, as one would write them who knows the format, but no secret ------------------------------


def with_header(path: Path, change: Any) -> None:
    """Both copies of the header with their JSON changed in place, and a fitting unkeyed hash."""
    stored = value(path, "meta", ("header",)) or b""
    content = json.loads(stored[4:-64])
    change(content)
    body = json.dumps(content).encode()
    signed = struct.pack(">I", len(body)) + body + stored[-64:-32]
    for name in ("header", "header_copy"):
        put(path, "meta", (name,), signed + hashlib.sha256(signed).digest())


def with_slots(path: Path, bodies: dict[bytes, bytes]) -> None:
    """These slots alone, listed in a header that fits them but for its HMAC."""
    with surgery(path) as db:
        db.execute("DELETE FROM slot")
    for slot, body in bodies.items():
        for copy in (0, 1):
            put(path, "slot", (slot, copy), body)
    with_header(path, lambda header: header.update(
        slots={slot.hex(): hashlib.sha256(body).hexdigest() for slot, body in bodies.items()}
    ))  # fmt: skip


def slot_of(path: Path, kind: int) -> tuple[bytes, bytes]:
    """Id and bytes of a slot: 1 for the password's, 2 for the recovery words'."""
    with surgery(path) as db:
        return next((slot, body) for slot, body in db.execute("SELECT id, v FROM slot") if body[0] == kind)


def costing(body: bytes, memory: int, passes: int, lanes: int) -> bytes:
    """A slot that asks for other costs, with a fitting unkeyed hash."""
    changed = body[:17] + struct.pack(">III", memory, passes, lanes) + body[29:-32]
    return changed + hashlib.sha256(changed).digest()
