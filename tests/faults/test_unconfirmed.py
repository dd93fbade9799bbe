"""What is in the file and could not be confirmed by the disk is not said to be saved, and is not taken for somebody
else's change either: trying again works, and makes no second version of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from journal.errors import WrongPassword
from journal.service import JournalService
from journal.vault import FAST
from journal.vault.trouble import UNCONFIRMED
from tests.faults.failing import STEP
from tests.faults.unconfirmed import EID
from tests.journal.service.entries import PASSWORD, page
from tests.journal.vault.samples import CLOCK, ROOT

PLACES = 7  # of SQLite's syncs in one save, with some more


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a journal, and a copy of it that was written to apart."""
    made = tmp_path / "original"
    made.mkdir()
    options: dict[str, Any] = {"clock": CLOCK, "state_dir": made / "state"}
    service, words = JournalService.create(made / "mine.vault", PASSWORD, profile=FAST, **options)
    service.save(page("first"), EID)
    service.put_draft(EID, page("first, typing"))
    service.backup(made / "other.vault")
    service.close()
    (made / "words").write_text(words)
    there = JournalService.open(made / "other.vault", recovery_key=words, clock=CLOCK, state_dir=tmp_path)
    there.save(page("there only"))
    there.close()
    return tmp_path


def failing(folder: Path, action: str) -> list[dict[str, Any]]:
    run = [sys.executable, "-m", "tests.faults.unconfirmed", str(folder), action, str(PLACES)]
    fail = ["-e", "trace=fsync,fdatasync", "-e", f"inject=fdatasync:error=EIO:when={STEP}+{STEP}"]
    watch = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", *fail, "-e", "inject=fsync:error=EIO:when=1"]
    done = subprocess.run([*watch, *run], cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("action", ["save", "save_on", "cover", "draft", "password", "merge"])
def test_what_the_disk_did_not_confirm_can_be_saved_again(folder: Path, action: str) -> None:
    runs = failing(folder, action)
    assert len(runs) == PLACES
    assert any(UNCONFIRMED in told["errors"] for told in runs), "it was not met"
    for told in runs:
        assert told["done"] or action == "password"
        assert not [text for text in told["errors"] if "changed from outside" in text]
        work = Path(told["work"])
        held = JournalService.open(work / "mine.vault", recovery_key=(work / "words").read_text(), state_dir=work)
        try:
            assert held.report.ok
            assert held.rows()[0].heads == held.rows()[-1].heads == 1, "one wrote it, and nobody else"
            texts = [row.snippet or row.title for row in held.rows()]
            assert "afterwards" in texts or not told["afterwards"]
            entry = held.get(EID).record
            if action == "save":
                assert entry.text == "second" and len(held.versions(EID)) == 2
            if action == "save_on":
                assert entry.text.startswith("second, and more")
            if action == "cover":
                assert entry.covered and held.draft(EID).record.covered
                held.save(held.draft(EID).record, EID)
                assert held.get(EID).heads == 1
            if action == "draft":
                assert held.draft(EID).record.text == "third"
            if action == "merge":
                assert "there only" in texts
        finally:
            held.close()
        if action == "password":
            changed = "another quiet password" if told["done"] else PASSWORD
            JournalService.open(work / "mine.vault", password=changed, state_dir=work).close()
            with pytest.raises(WrongPassword):
                other = PASSWORD if told["done"] else "another quiet password"
                JournalService.open(work / "mine.vault", password=other, state_dir=work)
