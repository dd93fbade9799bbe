"""The whole path on the command line: begin, take in, look, check, copy, share, read, take out."""

from __future__ import annotations

import json

import pytest

from journal.errors import WrongPassword
from journal.service import JournalService
from journal.share import read_share
from tests.journal.cli.commands import CHECKIN, EXPERIENCE, PAGE, PASSWORD, READER, SESSION, files, given, refused
from tests.journal.exchange.files import WORD, jrnl, jrnl_entry, ours, page, put


def test_a_journal_from_beginning_to_end(run, tmp_path, password):
    vault, secret = tmp_path / "j" / "new.vault", ("--password-file", password)
    made = run("new", vault, *secret)
    assert made.status == 0
    words = made.out.strip()
    assert len(words.split()) == 15
    assert words not in made.err
    source = put(tmp_path, jrnl(jrnl_entry(), jrnl_entry(body="two")))
    brought = run("import", vault, source, *secret)
    assert (brought.status, brought.err) == (0, "")
    assert brought.out == "2 entries added, 0 were there already, 0 could not be read.\n"
    assert run("import", vault, source, *secret).out.startswith("0 entries added, 2 were there already")
    lines = run("list", vault, *secret).out.splitlines()
    assert len(lines) == 2
    assert all("2026-03-01 09:30  page         " in line and WORD in line for line in lines)
    checked = run("verify", vault, *secret)
    assert (checked.status, checked.out) == (0, "2 versions of entries were read and are whole.\n")
    copied = run("backup", vault, tmp_path / "copy.vault", *secret)
    assert copied.out == f"{tmp_path / 'copy.vault'}: 2 versions of entries, each opened and whole.\n"
    assert run("list", tmp_path / "copy.vault", *secret).out.splitlines() == lines
    taken = run("export", vault, "--format", "json", "-o", tmp_path / "out.json", *secret)
    assert (taken.status, taken.out) == (0, f"{tmp_path / 'out.json'}: 2\n")
    assert "not encrypted" in taken.err

    recovery = tmp_path / "words"
    recovery.write_text(words.upper() + "\r\n")
    assert run("list", vault, "--recovery-file", recovery).out.splitlines() == lines
    opened = JournalService.open(vault, recovery_key=words, state_dir=tmp_path / "state")
    assert len(opened.items()) == 2
    opened.close()


def test_every_answer_can_be_had_as_json(run, vault, password, tmp_path):
    secret = ("--password-file", password, "--json")
    listed = json.loads(run("list", vault, *secret).out)
    assert {entry["eid"] for entry in listed["entries"]} == {SESSION, EXPERIENCE, PAGE, CHECKIN}
    verified = json.loads(run("verify", vault, *secret).out)
    assert verified == {"ok": True, "rows": 4, "damage": [], "older_than_seen": None}
    copied = json.loads(run("backup", vault, tmp_path / "copy", *secret).out)
    assert (copied["rows"], copied["bytes"]) == (4, (tmp_path / "copy").stat().st_size)
    brought = json.loads(run("import", vault, put(tmp_path, ours(page(), page(2, text=1))), *secret).out)
    assert (brought["added"], brought["already_there"]) == (1, 0)
    assert brought["refused"] == ["entry 2: it does not have the form of an entry"]
    taken = json.loads(run("export", vault, "--format", "csv", "-o", tmp_path / "out.csv", *secret).out)
    assert taken == {
        "path": str(tmp_path / "out.csv"), "format": "csv", "records": 1, "unfinished_left_out": 0,
        "costs_left_out": 0,
    }  # fmt: skip
    made = json.loads(run("new", tmp_path / "new.vault", *secret).out)
    assert len(made["recovery_words"].split()) == 15
    shared = json.loads(run(*given("share", vault, new=tmp_path / "s.age"), *secret).out)
    assert shared["passphrase"] is None
    identity = put(tmp_path, READER.secret, "identity")
    read = json.loads(run("read-share", tmp_path / "s.age", "--identity-file", identity, "--json").out)
    assert read["share"] == shared["share"]
    assert read["writings"][0]["title"] == f"{WORD} day"


def test_what_was_left_out_of_an_import_is_said_on_standard_error(run, vault, password, tmp_path):
    done = run("import", vault, put(tmp_path, ours(page(), page(2, text=1))), "--password-file", password)
    assert done.status == 0
    assert done.err == "Not imported: entry 2: it does not have the form of an entry.\n"
    assert done.out == "1 entries added, 0 were there already, 1 could not be read.\n"


def test_a_search_lists_only_what_it_finds(run, vault, password):
    done = run("list", vault, "--search", "RIVER", "--password-file", password)
    assert [line.split()[0] for line in done.out.splitlines()] == [PAGE]
    assert run("list", vault, "--search", '"; DROP', "--password-file", password) == (0, "", "")


def test_a_list_obeys_no_terminal_commands(run, vault, password, tmp_path):
    run("import", vault, put(tmp_path, ours(page(title="\x1b[2J\r\u202ered\n\x07"))), "--password-file", password)
    out = run("list", vault, "--password-file", password).out
    assert "red" in out
    assert not set(out) & set("\x1b\r\x07\u202e")
    assert len(out.splitlines()) == 5


def test_a_share_holds_what_was_asked_for_and_nothing_by_default(run, vault, password, tmp_path):
    secret = ("--password-file", password)
    to = ("--to", READER.recipient)
    empty = run("share", vault, *to, "-o", tmp_path / "0.age", *secret)
    assert "Nothing was chosen" in refused(empty)
    assert not (tmp_path / "0.age").exists()
    done = run("share", vault, *to, "--session", "all", "--check-ins", "-o", tmp_path / "1.age", *secret)
    assert (done.status, done.out, done.err) == (0, f"{tmp_path / '1.age'}\n", "")
    payload = read_share(tmp_path / "1.age", identity=READER.secret).payload
    assert payload.counts == {"session": 1, "checkin": 1}
    assert WORD not in read_share(tmp_path / "1.age", identity=READER.secret).text
    done = run("share", vault, *to, "--kind", "experience", "--place", "--session", SESSION, "--from", "Alex",
               "--exact-times", "-o", tmp_path / "2.age", *secret)  # fmt: skip
    assert done.status == 0
    page = read_share(tmp_path / "2.age", identity=READER.secret).text
    assert f"{WORD} under water" in page
    assert "Alex" in page
    assert "by the river" not in page
    late = run("share", vault, *to, "--kind", "page", "--since", "2026-03-03", "-o", tmp_path / "3.age", *secret)
    assert "Nothing was chosen" in refused(late)


def test_a_preview_shows_the_page_and_writes_nothing(run, vault, password, tmp_path):
    before = vault.read_bytes()
    done = run("share", vault, "--preview", "--entry", PAGE, "-o", tmp_path / "s.age", "--password-file", password)
    assert done.status == 0
    assert f"{WORD} by the river" in done.out
    assert not (tmp_path / "s.age").exists()
    assert vault.read_bytes() == before


def test_a_share_with_a_passphrase_and_its_reader(run, vault, password, tmp_path):
    done = run("share", vault, "--passphrase", "--entry", PAGE, "-o", tmp_path / "s.age", "--password-file", password)
    assert done.status == 0
    words = done.out.strip()
    assert len(words.split()) >= 7 or words.count("-") >= 6
    assert "another way than the file" in done.err
    read = run("read-share", tmp_path / "s.age", stdin=f"{words}\n")
    assert read.status == 0
    assert f"{WORD} by the river" in read.out


def test_a_share_for_a_browser_and_its_reader(run, vault, password, tmp_path):
    path, secret = tmp_path / "s.html", ("--password-file", password)
    made = run("share", vault, "--html", "--session", "all", "-o", path, *secret)
    assert made.status == 0
    words = made.out.strip()
    assert len(words.split("-")) == 9
    assert "another way" in made.err
    assert path.read_bytes().startswith(b"<!DOCTYPE html>")
    (tmp_path / "words").write_text(words + "\n")
    shown = run("read-share", path, "--passphrase-file", tmp_path / "words")
    assert (shown.status, shown.out) == (0, read_share(path, passphrase=words).text + "\n")
    both = run("share", vault, "--html", "--passphrase", "--session", "all", "-o", tmp_path / "t", *secret)
    assert (both.status, (tmp_path / "t").exists()) == (2, False)


def test_a_share_for_the_address_of_a_journal(run, vault, password, tmp_path):
    service = JournalService.open(vault, password=PASSWORD, state_dir=tmp_path / "state")
    address = service.identity()
    service.close()
    share = tmp_path / "s.age"
    secret = ("--password-file", password)
    to = ("--to", address, "--to", READER.recipient)
    assert run("share", vault, *to, "--entry", PAGE, "-o", share, *secret).status == 0
    assert f"{WORD} by the river" in run("read-share", share, "--vault", vault, *secret).out
    assert "--vault or --identity-file" in refused(run("read-share", share))


@pytest.mark.parametrize("content", [PASSWORD, f"{PASSWORD}\n", f"{PASSWORD}\r\n"])
def test_one_newline_at_the_end_of_a_password_is_ignored(run, vault, tmp_path, content):
    assert run("list", vault, "--password-file", put(tmp_path, content, "pw")).status == 0
    assert run("list", vault, "--password-file", "-", stdin=content).status == 0
    other = refused(run("list", vault, "--password-file", "-", stdin=f"{content} "))
    assert other == str(WrongPassword())


def test_a_password_is_asked_for_and_never_shown(run, vault, tmp_path):
    done = run("list", vault, stdin=f"{PASSWORD}\n")
    assert (done.status, len(done.out.splitlines())) == (0, 4)
    assert PASSWORD not in done.out + done.err
    made = run("new", tmp_path / "asked.vault", stdin=f"{PASSWORD}\n{PASSWORD}\n")
    assert (made.status, len(made.out.split())) == (0, 15)
    assert PASSWORD not in made.out + made.err
    assert run("list", tmp_path / "asked.vault", stdin=f"{PASSWORD}\n").status == 0
    stopped = run("new", tmp_path / "stopped.vault", stdin=f"{PASSWORD}\nsomething else\n")
    assert stopped.status == 1
    assert not (tmp_path / "stopped.vault").exists()


def test_words_lie_nowhere_but_in_what_was_asked_for(run, vault, password, tmp_path):
    """After all commands, only the file that is said to be in the clear holds the person's words in the clear."""
    secret = ("--password-file", password)
    out = tmp_path / "out"
    out.mkdir()
    run("import", vault, put(out, jrnl(jrnl_entry())), *secret)
    run("list", vault, "--search", WORD, *secret)
    run("verify", vault, *secret)
    run("backup", vault, out / "copy.vault", *secret)
    run("share", vault, "--entry", PAGE, "--to", READER.recipient, "-o", out / "s.age", *secret)
    for format in ("json", "markdown", "csv"):
        assert run("export", vault, "--format", format, "-o", out / format, *secret).status == 0
    holding = {name for name, data in files(tmp_path).items() if WORD.encode() in data}
    assert holding == {"out/in.json", "out/json", "out/markdown", "out/csv"}
    assert sorted(file.name for file in vault.parent.iterdir()) == ["mine.vault"]
    assert {file.name for file in out.iterdir()} == {"copy.vault", "csv", "in.json", "json", "markdown", "s.age"}
