"""Entries removed for good and everything sealed anew, on the command line."""

from __future__ import annotations

import json

import pytest

from journal.errors import WeakPassword, WrongPassword
from journal.service import JournalService
from journal.vault import verify_file
from tests.journal.cli.commands import CHECKIN, PAGE, PASSWORD, SESSION, files, refused
from tests.journal.exchange.files import WORD

OTHER = "another quiet garden word"


@pytest.fixture
def other(tmp_path):
    path = tmp_path / "secrets" / "other"
    path.write_text(OTHER + "\n")
    return path


@pytest.fixture
def removed(vault, tmp_path):
    """A journal with two removed entries."""
    service = JournalService.open(vault, password=PASSWORD, state_dir=tmp_path / "state")
    service.delete(PAGE)
    service.delete(CHECKIN)
    service.close()
    return vault


def test_rotating_prints_the_new_words_once_and_the_old_secrets_open_nothing(run, vault, password, other, tmp_path):
    done = run("rotate", vault, "--password-file", password, "--new-password-file", other)
    assert done.status == 0
    (words,) = done.out.splitlines()
    assert len(words.split()) == 15
    assert "still open with the old password" in done.err
    assert refused(run("list", vault, "--password-file", password)) == str(WrongPassword())
    assert PAGE in run("list", vault, "--password-file", other).out
    assert PAGE in run("list", vault, "--recovery-file", "-", stdin=words).out
    assert verify_file(vault, password=OTHER, state_dir=tmp_path / "state").ok
    assert sorted(files(vault.parent)) == ["mine.vault"]


def test_the_passwords_may_be_typed(run, vault):
    done = run("rotate", vault, "--json", stdin=f"{PASSWORD}\n{OTHER}\n{OTHER}\n")
    assert done.status == 0
    told = json.loads(done.out)
    assert told["vault"] == str(vault)
    assert len(told["recovery_words"].split()) == 15
    assert run("list", vault, "--password-file", "-", stdin=OTHER).status == 0


@pytest.mark.parametrize("new", ["short", PASSWORD])
def test_a_weak_password_or_the_same_one_changes_nothing(run, vault, password, new):
    before = files(vault.parent)
    done = run("rotate", vault, "--password-file", password, "--new-password-file", "-", stdin=new)
    assert refused(done).startswith(str(WeakPassword())[:6]) or "the password you have now" in done.err
    assert files(vault.parent) == before


def test_all_removed_entries_leave_the_file(run, removed, password):
    done = run("purge", removed, "--removed", "--yes", "--json", "--password-file", password)
    assert done.status == 0, done
    assert json.loads(done.out) == {"entries": 2, "versions": 4, "drafts": 0, "backups_removed": 0}
    again = run("purge", removed, "--removed", "--password-file", password)
    assert again.out == "0 entries left the file for good, with every version.\n"
    assert SESSION in run("list", removed, "--password-file", password).out


def test_one_entry_leaves_the_file_after_a_question(run, vault, password):
    before = files(vault.parent)
    done = run("purge", vault, "--entry", PAGE, "--password-file", password, stdin="n\n")
    assert done.status == 1
    assert "Remove 1 entry for good? This cannot be undone." in done.err
    assert files(vault.parent) == before
    done = run("purge", vault, "--entry", PAGE, "--entry", PAGE, "--password-file", password, stdin="y\n")
    assert done.out == "1 entry left the file for good, with every version.\n"
    assert WORD not in done.err
    assert "still hold them" in done.err
    assert PAGE not in run("list", vault, "--password-file", password).out


def test_an_id_that_is_none_removes_nothing(run, vault, password):
    before = files(vault.parent)
    for wrong in ("f" * 32, "x", ""):
        done = run("purge", vault, "--entry", PAGE, "--entry", wrong, "--yes", "--password-file", password)
        assert refused(done).startswith("There is no such entry.")
    assert files(vault.parent) == before


@pytest.mark.parametrize("arguments", [[], ["--removed", "--entry", PAGE]])
def test_one_of_the_two_has_to_be_chosen(run, vault, password, arguments):
    done = run("purge", vault, *arguments, "--password-file", password)
    assert (done.status, done.out) == (2, "")


def test_older_backups_go_along_if_wished(run, removed, password, other, tmp_path):
    service = JournalService.open(removed, password=PASSWORD, state_dir=tmp_path / "state")
    service.back_up_now()
    service.close()
    done = run("purge", removed, "--removed", "--yes", "--remove-backups", "--json", "--password-file", password)
    assert json.loads(done.out)["backups_removed"] == 1
    done = run("rotate", removed, "--remove-backups", "--password-file", password, "--new-password-file", other)
    assert "1 older" in done.err
    kept = json.loads(run("backups", removed, "--json", "--password-file", other).out)["backups"]
    assert len(kept) == 1
    assert verify_file(kept[0]["path"], password=OTHER, state_dir=tmp_path / "state").ok
