"""Files of odd sizes, with odd rows, and of other users."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal.errors import StorageFailed
from journal.service import JournalService
from journal.vault import Vault
from journal.vault.inventory import digest
from journal.vault.rows import pad
from tests.journal.vault.samples import CLOCK, by_words, create, page, texts
from tests.privileges import as_anybody


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A journal with an entry, closed, and its recovery words."""
    tmp_path.chmod(0o755)
    vault, words = create(tmp_path)
    vault.append([page("kept")])
    vault.close()
    yield vault.path, words
    tmp_path.chmod(0o700)


@pytest.mark.parametrize("claimed", [False, True])
@pytest.mark.parametrize("read_only", [True, False])
def test_four_gibibytes_of_nothing_behind_it(closed: tuple[Path, str], claimed: bool, read_only: bool) -> None:
    """A sparse file; with `claimed`, its header says that all of it belongs."""
    path, words = closed
    with path.open("r+b") as file:
        file.truncate(4 * 2**30)
        if claimed:
            file.seek(28)
            file.write((4 * 2**30 // 16384).to_bytes(4, "big"))
    vault = by_words(path, words, read_only=read_only)
    assert texts(vault) == ["kept"]
    assert vault.report.ok != claimed
    vault.close()


# -- rows that somebody with the key put in -------------------------------------------------------------------------

BODIES = {
    "100,000 lists in one another": b"[" * 100_000 + b"]" * 100_000,
    "100,000 objects in one another": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "a number of 100,000 digits": b"1" * 100_000,
    "a field twice": b'{"kind":"page","kind":"session","text":"a","text":"b"}',
    "half a character": b'{"kind":"page","text":"\\ud800"}',
    "a zero": b'{"kind":"page","at":{"at":"2026-01-01T00:00:00Z"},"title":"\\u0000","text":"a\\u0000b"}',
    "letters that turn around": '{"kind":"page","at":{"at":"2026-01-01T00:00:00Z"},"title":"\u202etxt.exe"}'.encode(),
    "no JSON": b"words",
    "nothing": b"",
    "no UTF-8": b'"\xff\xfe"',
    "not a number": b"NaN",
}
FRAME = b'{"at":"2026-01-01T00:00:00Z","deleted":false,"device":"","kind":"page","lamport":1,"parents":[],"body":%s}'


def put_in(vault: Vault, plain: bytes) -> None:
    """A row as a program with the key would write it, listed as it should be."""
    eid, rev = os.urandom(16), os.urandom(16)
    inventory = vault._inventory.fork()
    sealed = vault._ring.seal_row(eid, rev, plain)
    inventory.add((eid, rev), digest(sealed))
    with vault._file.change() as db:
        db.execute("INSERT INTO rec VALUES (?, ?, ?)", (eid, rev, sealed))
        inventory.store(db.execute, vault._ring)
    vault._inventory = inventory


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_whatever_a_row_holds_the_others_are_shown(closed: tuple[Path, str], tmp_path: Path, body: bytes) -> None:
    path, words = closed
    vault = by_words(path, words)
    put_in(vault, pad(FRAME % body))
    vault.close()
    service = JournalService.open(path, recovery_key=words, clock=CLOCK, state_dir=tmp_path / "state")
    for look in (service.rows, service.today, service.chart, service.items, service.verify):
        look()
    for form in ("json", "markdown", "csv"):
        service.export(form, tmp_path / f"export.{form}")
    assert len(service.report.damage) + service.unreadable + len(service.items()) == 2
    service.close()
    again = by_words(path, words, read_only=True)
    assert b'{"text":"kept"}' in [one.body for one in again.revisions()]
    again.close()


# -- of other users ------------------------------------------------------------------------------------------------


def test_a_lock_of_another_user_is_told_from_a_protected_folder(closed: tuple[Path, str]) -> None:
    path, words = closed
    lock = path.with_name("mine.vault.lock")
    lock.write_text(" 1 elsewhere")
    lock.chmod(0)
    with as_anybody():
        vault = by_words(path, words)
        assert vault.read_only and "lock file beside it belongs to another user" in vault.report.why_read_only
        assert texts(vault) == ["kept"]
        vault.close()


def test_a_journal_of_another_user_says_whose_it_is(closed: tuple[Path, str]) -> None:
    path, words = closed
    shutil.copy(path, theirs := path.with_name("theirs.vault"))
    theirs.chmod(0)
    with as_anybody(), pytest.raises(StorageFailed, match="belongs to another user"):
        by_words(theirs, words)
