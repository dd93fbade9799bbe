"""`verify` names what is damaged and ends with status 3; everything that is whole can still be had."""

from __future__ import annotations

import json

import pytest

from tests.journal.cli.commands import PAGE, SESSION, drop_row, given, refused, spoil_row
from tests.journal.exchange.files import WORD, jrnl, jrnl_entry, put


@pytest.mark.parametrize("spoil", [spoil_row, drop_row])
def test_a_damaged_entry_is_named(run, vault, password, spoil):
    spoil(vault, PAGE)
    before = vault.read_bytes()
    done = run("verify", vault, "--password-file", password)
    assert done.status == 3
    first, *damage = done.out.splitlines()
    assert first == "3 versions of entries were read and are whole."
    assert [line.startswith("Damaged: ") and PAGE in line for line in damage] == [True]
    assert WORD not in done.out + done.err
    answer = run("verify", vault, "--json", "--password-file", password)
    assert answer.status == 3
    value = json.loads(answer.out)
    assert (value["ok"], value["rows"], [found["entry"] for found in value["damage"]]) == (False, 3, [PAGE])
    assert vault.read_bytes() == before


def test_what_is_whole_can_be_read_and_nothing_is_written(run, vault, password, tmp_path):
    spoil_row(vault, PAGE)
    before = vault.read_bytes()
    secret = ("--password-file", password)
    listed = run("list", vault, *secret)
    assert listed.status == 0
    assert len(listed.out.splitlines()) == 3
    assert PAGE not in listed.out
    assert listed.err.startswith("Damaged: ")
    taken = run("export", vault, "--format", "json", "-o", tmp_path / "rest.json", *secret)
    assert taken.status == 0
    assert len(json.loads((tmp_path / "rest.json").read_bytes())["records"]) == 3
    for command in (
        ("import", vault, put(tmp_path, jrnl(jrnl_entry()))),
        given("share", vault, new=tmp_path / "s.age"),
        ("backup", vault, tmp_path / "copy.vault"),
    ):
        done = run(*command, *secret)
        assert done.status == 1
        assert done.out == ""
        assert len(done.err.splitlines()) == 2  # the damage, and the refusal
        assert WORD not in done.err
    assert not (tmp_path / "s.age").exists()
    assert not (tmp_path / "copy.vault").exists()
    assert vault.read_bytes() == before


def test_a_damaged_journal_tells_no_passphrase_of_a_share_that_is_not_there(run, vault, password, tmp_path):
    spoil_row(vault, PAGE)
    share = ("share", vault, "--passphrase", "--session", SESSION, "-o", tmp_path / "s.age")
    done = run(*share, "--password-file", password)
    assert (done.status, done.out) == (1, "")
    assert "reading only" in done.err.splitlines()[-1]


@pytest.mark.parametrize("part", ["nothing of it", "its first page", "half of it"])
def test_a_cut_file_is_damaged_and_kept(run, vault, password, part):
    whole = vault.read_bytes()
    length = {"nothing of it": 0, "its first page": 16384, "half of it": len(whole) // 2}[part]
    vault.write_bytes(whole[:length])
    done = run("verify", vault, "--password-file", password)
    assert done.status == 3
    assert done.out.strip()
    assert "Traceback" not in done.err
    answer = run("verify", vault, "--json", "--password-file", password)
    assert answer.status == 3
    assert json.loads(answer.out)["ok"] is False
    assert vault.read_bytes() == whole[:length]
    listed = run("list", vault, "--password-file", password)
    assert listed.status == 0 or refused(listed)


def test_an_older_file_put_back_is_told_from_the_newest(run, vault, password, tmp_path):
    older = vault.read_bytes()
    assert run("import", vault, put(tmp_path, jrnl(jrnl_entry())), "--password-file", password).status == 0
    vault.write_bytes(older)
    done = run("verify", vault, "--password-file", password)
    assert done.status == 0
    assert "older than the one last opened on this computer" in done.out
    assert "older than the one" in run("list", vault, "--password-file", password).err
    assert json.loads(run("verify", vault, "--json", "--password-file", password).out)["older_than_seen"]


def test_a_wrong_password_is_not_damage(run, vault):
    assert "not damaged" in refused(run("verify", vault, "--password-file", "-", stdin="not the password"))
