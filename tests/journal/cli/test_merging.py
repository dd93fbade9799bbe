"""`merge` and `sync` on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from journal.records import Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from tests.journal.cli.commands import PAGE, PASSWORD, files, refused, spoil_row
from tests.journal.exchange.files import CLOCK


@pytest.fixture
def other(vault: Path, tmp_path: Path) -> Path:
    """A copy on another computer, with one entry more and one that says something else."""
    path = tmp_path / "elsewhere" / "other.vault"
    path.parent.mkdir()
    shutil.copy(vault, path)
    service = JournalService.open(path, password=PASSWORD, clock=CLOCK, state_dir=path.parent)
    service.save(JournalPage(at=Moment(CLOCK.now()), text="only there"))
    service.save(JournalPage(at=Moment(CLOCK.now()), text="edited there"), PAGE)
    service.close()
    return path


def edit(vault: Path, tmp_path: Path, text: str) -> None:
    service = JournalService.open(vault, password=PASSWORD, clock=CLOCK, state_dir=tmp_path / "state")
    service.save(JournalPage(at=Moment(CLOCK.now()), text=text), PAGE)
    service.close()


def test_merge_says_what_came_in(run, vault, other, password, tmp_path):
    edit(vault, tmp_path, "edited here")
    looked = run("merge", vault, other, "--password-file", password, "--look", "--json")
    assert json.loads(looked.out) == {
        "new": 1, "changed": 0, "two_versions": 1, "removed": 0, "gone": 0, "others": 0, "drafts": 0, "left": 0,
    }  # fmt: skip
    before = files(other.parent)
    done = run("merge", vault, other, "--password-file", password)
    assert (done.status, done.err) == (0, "")
    assert done.out == "2 versions of entries came in; 1 entries have two versions now.\n"
    assert files(other.parent) == before
    again = json.loads(run("merge", vault, other, "--password-file", password, "--json").out)
    assert again == {"versions": 0, "drafts": 0, "two_versions": 1, "removed_for_good": 0, "left": 0}


def test_merge_names_what_is_damaged_and_takes_the_rest(run, vault, other, password):
    service = JournalService.open(other, password=PASSWORD, clock=CLOCK, state_dir=other.parent)
    new = service.save(JournalPage(at=Moment(CLOCK.now()), text="damaged soon")).eid
    service.close()
    spoil_row(other, new)
    done = run("merge", vault, other, "--password-file", password, "--json")
    assert json.loads(done.out)["versions"] == 2
    line = "Left there: A version of an entry is damaged in the other copy, and was left there."
    assert done.err == f"{line} (entry {new})\n"


def test_merge_refuses_in_one_line(run, vault, other, password, tmp_path):
    run("new", tmp_path / "x.vault", "--password-file", password)
    assert "another journal" in refused(run("merge", vault, tmp_path / "x.vault", "--password-file", password))
    assert "very journal" in refused(run("merge", vault, vault, "--password-file", password))
    refused(run("merge", vault, tmp_path / "nowhere", "--password-file", password))
    assert run("merge", vault, tmp_path, "--password-file", password).status == 2


def test_merge_asks_for_the_other_password_where_it_needs_one(run, vault, other, password, tmp_path):
    service = JournalService.open(other, password=PASSWORD, clock=CLOCK, state_dir=other.parent)
    service.rotate("quite another password")
    service.close()
    assert "another key" in refused(run("merge", vault, other, "--password-file", password))
    typed = run("merge", vault, other, "--look", stdin=f"{PASSWORD}\nquite another password\n")
    assert typed.out.splitlines()[-5:] == ["1 new", "1 changed", "0 two versions", "0 removed", "0 gone"]
    file = tmp_path / "other-password"
    file.write_text("quite another password\n")
    done = run("merge", vault, other, "--password-file", password, "--other-password-file", file, "--json")
    assert json.loads(done.out)["versions"] == 2


def test_sync_does_one_round(run, vault, other, password, tmp_path):
    folder = tmp_path / "synced"
    folder.mkdir()
    shutil.copy(other, folder / "theirs.vault")
    done = run("sync", vault, folder, "--password-file", password)
    assert done.out == (
        "2 versions of entries came in; 0 entries have two versions now. This computer's copy was written.\n"
    )
    (folder / "theirs.vault").write_bytes(other.read_bytes()[:50_000])
    answer = json.loads(run("sync", vault, folder, "--password-file", password, "--json").out)
    assert answer == {
        "versions": 0, "two_versions": 0, "removed_for_good": 0, "wrote": False, "waiting": ["theirs.vault"],
        "closed": [],
    }  # fmt: skip
    assert "Choose another folder" in refused(run("sync", vault, vault.parent, "--password-file", password))
    assert "not there" in refused(run("sync", vault, tmp_path / "nowhere", "--password-file", password))
