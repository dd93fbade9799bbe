"""The backups on the command line: a list, what differs, and the way back, whole or entry by entry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from journal.service import JournalService
from tests.journal.cli.commands import EXPERIENCE, PAGE, PASSWORD, files, refused, spoil_row
from tests.journal.exchange.files import CLOCK, WORD, jrnl, jrnl_entry, put


@pytest.fixture
def kept(env, vault):
    """A backup of the journal among its generations."""
    service = JournalService.open(vault, password=PASSWORD, clock=CLOCK, state_dir=env.state_dir)
    made = service.back_up_now()
    service.close()
    return made.path


@pytest.fixture
def secret(password):
    return ("--password-file", password)


def listed(run, vault, secret) -> set[str]:
    return {line[:32] for line in run("list", vault, *secret).out.splitlines()}


def test_backups_are_listed(run, vault, kept, secret):
    done = run("backups", vault, *secret)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[0].endswith(str(kept))
    value = json.loads(run("backups", vault, "--json", *secret).out)
    assert [one["path"] for one in value["backups"]] == [str(kept)]
    assert value["backups"][0]["bytes"] == kept.stat().st_size
    assert value["on"] is True


def test_without_one_the_folder_is_named(run, vault, secret):
    done = run("backups", vault, *secret)
    assert (done.status, done.out.count("\n")) == (0, 1)
    assert "no backup" in done.out


def test_what_differs_is_only_told(run, vault, kept, secret, tmp_path, env):
    run("import", vault, put(tmp_path, jrnl(jrnl_entry())), *secret)
    service = JournalService.open(vault, password=PASSWORD, clock=CLOCK, state_dir=env.state_dir)
    service.delete(PAGE)
    service.close()
    before = files(vault.parent)
    done = run("restore", vault, kept, "--what-differs", *secret)
    assert done.status == 0
    first, second, last = done.out.splitlines()
    assert first.startswith(f"{PAGE}  only there  page         {WORD}")
    assert "only here" in second
    assert last == "3 entries are the same in both."
    value = json.loads(run("restore", vault, kept, "--what-differs", "--json", *secret).out)
    assert [one["what"] for one in value["differences"]] == ["only there", "only here"]
    assert files(vault.parent) == before


def test_an_entry_comes_back(run, vault, kept, secret, env):
    service = JournalService.open(vault, password=PASSWORD, clock=CLOCK, state_dir=env.state_dir)
    service.delete(PAGE)
    service.delete(EXPERIENCE)
    service.close()
    done = run("restore", vault, kept, "--entries", PAGE, *secret)
    assert (done.status, done.out) == (0, "1 entry was brought back.\n")
    assert PAGE in listed(run, vault, secret)
    assert EXPERIENCE not in listed(run, vault, secret)
    refused(run("restore", vault, kept, "--entries", "e" * 32, *secret))


def test_the_whole_of_it_comes_back_and_the_present_is_a_backup_first(run, vault, kept, secret, tmp_path):
    before = listed(run, vault, secret)
    run("import", vault, put(tmp_path, jrnl(jrnl_entry())), *secret)
    after = listed(run, vault, secret)
    done = run("restore", vault, kept, "--json", *secret)
    assert done.status == 0
    assert json.loads(done.out)["kept"] is None
    assert listed(run, vault, secret) == before
    assert run("verify", vault, *secret).status == 0
    newest = json.loads(run("backups", vault, "--json", *secret).out)["backups"][0]["path"]
    assert listed(run, newest, secret) == after


def test_a_damaged_journal_is_replaced_and_kept(run, vault, kept, secret):
    spoil_row(vault, PAGE)
    damaged = vault.read_bytes()
    done = run("restore", vault, kept, "--json", *secret)
    assert done.status == 0, done
    assert Path(json.loads(done.out)["kept"]).read_bytes() == damaged
    assert run("verify", vault, *secret).status == 0


@pytest.mark.parametrize("ruin", ["cut", "gone"])
def test_what_cannot_be_opened_at_all_is_replaced_too(run, vault, kept, secret, ruin):
    before = listed(run, vault, secret)
    if ruin == "cut":
        vault.write_bytes(vault.read_bytes()[:16384])
    else:
        vault.unlink()
    done = run("restore", vault, kept, *secret)
    assert done.status == 0, done
    assert listed(run, vault, secret) == before
    assert len(files(vault.parent)) == (2 if ruin == "cut" else 1)


def test_a_backup_is_not_put_back_over_itself_or_another_journal(run, vault, kept, secret, tmp_path):
    other = tmp_path / "other.vault"
    run("new", other, "--password-file", secret[1])
    before = files(vault.parent)
    refused(run("restore", vault, other, *secret))
    refused(run("restore", vault, vault, *secret))
    refused(run("restore", vault, tmp_path / "nowhere.vault", *secret))
    refused(run("restore", tmp_path / "nowhere.vault", kept, "--what-differs", *secret))
    assert files(vault.parent) == before
