"""What goes wrong ends with one clear line and its status, and leaves everything as it was."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from journal.errors import AlreadyThere, NotAJournal, WeakPassword, WrongPassword
from journal.service import JournalService
from journal.share import bech32, generate_identity
from tests.journal.cli.commands import COMMANDS, PASSWORD, READER, WRITES_FILE, files, given, refused
from tests.journal.exchange.files import BAD, WORD, jrnl, jrnl_entry, put


@pytest.fixture
def beside(vault) -> Path:
    """The journal's folder, with a file to import and a share to read."""
    put(vault.parent, jrnl(jrnl_entry()))
    put(vault.parent, b"age-encryption.org/v1\n", "in.age")
    return vault.parent


def unchanged(folder: Path):
    """Check at the end that a folder is as it was."""
    before = files(folder)

    def check() -> None:
        assert files(folder) == before

    return check


@pytest.mark.parametrize("name", COMMANDS)
def test_a_wrong_password(run, vault, beside, name):
    check = unchanged(beside)
    done = run(*given(name, vault), "--password-file", "-", stdin="four quiet garden word")
    assert refused(done) == str(WrongPassword())
    check()


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("words", ["", "not the words", "abandon " * 15, "\0", "x" * 100_000])
def test_wrong_recovery_words(run, vault, beside, name, words):
    check = unchanged(beside)
    assert refused(run(*given(name, vault), "--recovery-file", "-", stdin=words))
    check()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_journal_that_is_not_there(run, tmp_path, password, name):
    check = unchanged(tmp_path)
    line = refused(run(*given(name, tmp_path / "none.vault"), "--password-file", password))
    assert line == "There is no journal at this place. Was it moved or renamed?"
    check()


def _foreign(kind: str, path: Path) -> None:
    if kind == "database":
        with closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE diary(text)")
            db.execute("INSERT INTO diary VALUES (?)", (WORD,))
            db.commit()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        contents = {"text": WORD.encode() * 100, "picture": b"\x89PNG\r\n\x1a\n" + bytes(200), "byte": b"a"}
        path.write_bytes(contents[kind])


@pytest.mark.parametrize("kind", ["text", "picture", "byte", "database", "pipe", "device"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_that_is_no_journal(run, vault, beside, password, name, kind):
    path = beside / "foreign"
    _foreign(kind, path)
    check = unchanged(beside) if kind != "device" else lambda: None
    assert refused(run(*given(name, path), "--password-file", password)).startswith(NotAJournal.message[:22])
    check()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_is_a_wrong_use(run, vault, password, name):
    done = run(*given(name, vault.parent), "--password-file", password)
    assert (done.status, done.out) == (2, "")
    assert "is a directory" in done.err


PASSWORD_FILES = {
    "not there": None,
    "not UTF-8": b"\xff\xfe\xfd",
    "empty": b"",
    "NUL": b"\0" * 50,
    "2 MB": b"x" * 2**21,
}


@pytest.mark.parametrize("name", PASSWORD_FILES)
def test_a_password_file_that_is_no_use(run, vault, tmp_path, name):
    source = tmp_path / "pw"
    if (content := PASSWORD_FILES[name]) is not None:
        source.write_bytes(content)
    refused(run("list", vault, "--password-file", source))
    refused(run("list", vault, "--recovery-file", source))


def test_a_password_from_a_folder_or_a_device_without_end(run, vault, tmp_path):
    assert "could not be read" in refused(run("list", vault, "--password-file", tmp_path))
    assert refused(run("list", vault, "--password-file", "/dev/zero")) == str(WrongPassword())


@pytest.mark.parametrize("name", ["import", "share"])
def test_a_journal_in_use_is_not_written_to(run, vault, beside, password, tmp_path, name):
    service = JournalService.open(vault, password=PASSWORD, state_dir=tmp_path / "state")
    held = len(service.items())
    line = refused(run(*given(name, vault), "--password-file", password))
    assert "open in another window" in line
    assert str(os.getpid()) in line
    service.close()
    again = JournalService.open(vault, password=PASSWORD, state_dir=tmp_path / "state")
    assert len(again.items()) == held
    again.close()
    assert sorted(file.name for file in beside.iterdir()) == ["in.age", "in.json", "mine.vault"]


@pytest.mark.parametrize("name", ["list", "verify", "backup", "export"])
def test_a_journal_in_use_can_be_read(run, vault, beside, password, tmp_path, name):
    service = JournalService.open(vault, password=PASSWORD, state_dir=tmp_path / "state")
    done = run(*given(name, vault), "--password-file", password)
    service.close()
    assert done.status == 0, done


@pytest.mark.parametrize("target", ["a file", "a link to a file", "a link to nowhere", "the journal itself"])
@pytest.mark.parametrize("name", [*WRITES_FILE, "new"])
def test_nothing_is_overwritten(run, vault, beside, password, name, target):
    new = beside / "mine.vault" if target == "the journal itself" else beside / "target"
    if target == "a file":
        new.write_bytes(b"mine")
    elif target != "the journal itself":
        new.symlink_to(beside / ("in.json" if target == "a link to a file" else "nowhere"))
    check = unchanged(beside)
    arguments = ["new", str(new)] if name == "new" else given(name, vault, new=new)
    assert refused(run(*arguments, "--password-file", password)) == str(AlreadyThere())
    check()
    assert sorted(file.name for file in beside.iterdir()) == sorted({"in.age", "in.json", "mine.vault", new.name})


@pytest.mark.parametrize("name", WRITES_FILE)
def test_a_folder_that_is_not_there(run, vault, beside, password, name):
    check = unchanged(beside)
    refused(run(*given(name, vault, new=beside / "none" / "file"), "--password-file", password))
    check()


def test_a_weak_password_makes_no_journal(run, tmp_path):
    for weak in ("", "short", "a" * 9):
        done = run("new", tmp_path / "weak.vault", "--password-file", "-", stdin=weak)
        assert refused(done) == str(WeakPassword())
    assert not (tmp_path / "weak.vault").exists()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_brings_nothing(run, vault, beside, password, name):
    bad = put(beside, BAD[name], "bad.json")
    check = unchanged(beside)
    assert "Nothing was imported." in refused(run("import", vault, bad, "--password-file", password))
    check()


def test_an_import_from_what_is_no_file(run, vault, beside, password):
    os.mkfifo(beside / "pipe")
    for source in (beside / "pipe", Path("/dev/zero")):
        refused(run("import", vault, source, "--password-file", password))
    assert run("import", vault, beside, "--password-file", password).status == 2
    refused(run("import", vault, beside / "none", "--password-file", password))
    line = refused(run("import", vault, beside / "in.json", "--from", "pdf", "--password-file", password))
    assert "json, jrnl" in line


@pytest.mark.parametrize("how", ["--identity-file", "--passphrase-file"])
@pytest.mark.parametrize(
    "content", [b"", b"\0" * 100, WORD.encode(), b"age-encryption.org/v1\n-> X25519 a\n", b"SQLite format 3\0"]
)
def test_a_file_that_is_no_share(run, tmp_path, how, content):
    secret = put(tmp_path, READER.secret if how == "--identity-file" else "some words", "secret")
    refused(run("read-share", put(tmp_path, content, "s.age"), how, secret))


def test_a_share_that_was_cut_or_changed_or_is_not_for_this_reader(run, vault, password, tmp_path):
    share = tmp_path / "s.age"
    assert run(*given("share", vault, new=share), "--password-file", password).status == 0
    identity = put(tmp_path, READER.secret, "identity")
    whole = share.read_bytes()
    for spoiled in (whole[:-1], whole[: len(whole) // 2], whole + b"x", whole[:-20] + bytes(20), whole[1:]):
        refused(run("read-share", put(tmp_path, spoiled, "spoiled.age"), "--identity-file", identity))
    assert WORD in run("read-share", share, "--identity-file", identity).out
    stranger = put(tmp_path, generate_identity().secret, "stranger")
    assert "another address" in refused(run("read-share", share, "--identity-file", stranger))
    assert "another address" in refused(run("read-share", share, "--vault", vault, "--password-file", password))
    refused(run("read-share", share, "--passphrase-file", "-", stdin="these are some wrong words"))
    refused(run("read-share", share, "--identity-file", put(tmp_path, WORD, "no-identity")))
    refused(run("read-share", tmp_path / "none.age", "--identity-file", identity))
    os.mkfifo(tmp_path / "pipe")
    assert "not a file" in refused(run("read-share", tmp_path / "pipe", "--identity-file", identity))


def test_a_share_for_nobody_makes_no_file(run, vault, beside, password):
    check = unchanged(beside)
    anybody = bech32.encode("age", bytes(32))  # whoever has the file could read it
    for bad in ("age1nobody", "AGE-SECRET-KEY-1", "", "ssh-ed25519 AAAA", anybody):
        refused(run("share", vault, "--to", bad, "--kind", "page", "-o", beside / "s", "--password-file", password))
    refused(run("share", vault, "--to", READER.recipient, "--entry", "f" * 32, "-o", beside / "s",
                "--password-file", password))  # fmt: skip
    check()


WRONG_USE = {
    "no such command": ["frobnicate"],
    "no journal": ["list"],
    "a password as an argument": ["list", "{vault}", "--password", PASSWORD],
    "no format": ["export", "{vault}", "-o", "{new}"],
    "no target": ["export", "{vault}", "--format", "json"],
    "nobody to share with": ["share", "{vault}", "--kind", "page", "-o", "{new}"],
    "an address and a passphrase": ["share", "{vault}", "--to", READER.recipient, "--passphrase", "-o", "{new}"],
    "an unknown kind": ["share", "{vault}", "--passphrase", "--kind", "dream", "-o", "{new}"],
    "a day that is none": ["share", "{vault}", "--passphrase", "--since", "yesterday", "-o", "{new}"],
    "too much": ["verify", "{vault}", "{new}"],
}


@pytest.mark.parametrize("name", WRONG_USE)
def test_a_wrong_use_ends_with_status_2(run, vault, tmp_path, name):
    check = unchanged(tmp_path)
    places = {"vault": vault, "new": tmp_path / "new"}
    done = run(*[argument.format(**places) for argument in WRONG_USE[name]], stdin=f"{PASSWORD}\n")
    assert (done.status, done.out) == (2, "")
    assert "Error: " in done.err
    assert "Traceback" not in done.err
    check()


_words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=10)


@pytest.mark.parametrize("name", COMMANDS)
@settings(max_examples=15)
@given_any(st.lists(_words, max_size=4))
def test_any_arguments_end_without_a_traceback(run, tmp_path, name, arguments):
    done = run(name, *arguments, "--password-file", tmp_path / "none")
    assert done.status in (0, 1, 2)
    assert done.status == 0 or done.err
    assert "Traceback" not in done.err
