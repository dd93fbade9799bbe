"""What a command says is true of what it did: names that pass, texts that stay out, sentences that end once."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from journal.records import Expense, Moment, Page
from journal.service import JournalService
from tests.journal.cli.commands import PASSWORD, WRITES_FILE, given, refused
from tests.journal.exchange.files import jrnl, jrnl_entry, put

PASSING = ("-journal", "-wal", "-shm", ".lock", ".part")


@pytest.mark.parametrize("ending", PASSING)
@pytest.mark.parametrize("name", WRITES_FILE)
def test_nothing_is_kept_under_a_name_that_is_removed_again(run, vault, password, name, ending):
    target = vault.with_name(vault.name + ending)
    line = refused(run(*given(name, vault, new=target), "--password-file", password))
    assert "Choose another name" in line
    assert not target.exists()


@pytest.mark.parametrize("ending", PASSING)
def test_no_journal_begins_under_such_a_name(run, tmp_path, password, ending):
    target = tmp_path / f"a.vault{ending}"
    assert "Choose another name" in refused(run("new", target, "--password-file", password))
    assert not target.exists()


def test_no_backup_becomes_a_journal_under_such_a_name(run, vault, password, tmp_path):
    target = tmp_path / "a.vault-journal"
    assert "Choose another name" in refused(run("restore", target, vault, "--password-file", password))
    assert not target.exists()


@pytest.mark.parametrize(("count", "said"), [(1, "1 unfinished text is"), (2, "2 unfinished texts are")])
def test_an_export_says_what_is_not_in_it(run, vault, password, tmp_path, count, said):
    service = JournalService.open(vault, password=PASSWORD, state_dir=tmp_path / "state")
    for number in range(count):
        draft = Page(at=Moment(datetime(2026, 3, 1, tzinfo=UTC)), text=f"not finished {number}")
        service.put_draft(service.new_eid(), draft)
    service.close()
    target = tmp_path / "out.json"
    done = run("export", vault, "--format", "json", "-o", target, "--password-file", password, "--json")
    assert done.status == 0
    assert f"{said} not in it." in done.err
    assert json.loads(done.out)["unfinished_left_out"] == count
    assert "not finished" not in target.read_text()


@pytest.mark.parametrize("format", ["json", "markdown"])
def test_costs_go_along_only_where_that_was_said(run, vault, password, tmp_path, format):
    service = JournalService.open(vault, password=PASSWORD, state_dir=tmp_path / "state")
    at = Moment(datetime(2026, 3, 1, tzinfo=UTC))
    service.save(Expense(at=at, what="the taxi", amount="350.00", currency="EUR"))
    service.close()
    secret = ("--password-file", password, "--json")
    done = run("export", vault, "--format", format, "-o", tmp_path / "without", *secret)
    assert "1 line of the cost log is not in it." in done.err
    assert json.loads(done.out)["costs_left_out"] == 1
    assert "the taxi" not in (tmp_path / "without").read_text()
    done = run("export", vault, "--format", format, "-o", tmp_path / "with", "--with-costs", *secret)
    assert json.loads(done.out)["costs_left_out"] == 0
    assert "the taxi" in (tmp_path / "with").read_text()
    done = run("export", vault, "--format", "costs", "-o", tmp_path / "costs.csv", *secret)
    assert json.loads(done.out)["records"] == 1
    assert "the taxi" in (tmp_path / "costs.csv").read_text()


def test_an_export_of_all_there_is_says_nothing_of_the_kind(run, vault, password, tmp_path):
    done = run("export", vault, "--format", "csv", "-o", tmp_path / "out.csv", "--password-file", password)
    assert "unfinished" not in done.err + done.out


def test_a_refused_entry_is_told_in_a_sentence_that_ends_once(run, vault, password, tmp_path):
    file = put(tmp_path, jrnl(jrnl_entry(body="half \ud800 a character"), jrnl_entry(body="whole")))
    done = run("import", vault, file, "--password-file", password)
    assert "cannot be kept exactly." in done.err
    assert ".." not in done.err
