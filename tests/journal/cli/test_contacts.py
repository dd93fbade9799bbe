"""Contacts on the command line: a card there and back, the words typed as they were heard, a share that is known."""

from __future__ import annotations

import json

import pytest

from journal.service import JournalService
from journal.share import decode_card
from journal.vault import FAST
from tests.journal.cli.commands import PAGE, PASSWORD, refused


@pytest.fixture
def other(tmp_path, env):
    """The reader's journal, closed."""
    path = tmp_path / "theirs.vault"
    service, _ = JournalService.create(
        path, PASSWORD, profile=FAST, clock=env.clock, state_dir=tmp_path / "state-theirs"
    )
    service.close()
    return path


def test_two_people_come_to_know_each_other(run, vault, other, password, tmp_path):
    secret = ("--password-file", password)
    assert "needs a name" in refused(run("contact", "card", other, *secret))
    theirs, mine = tmp_path / "theirs.journal-contact", tmp_path / "mine.journal-contact"
    made = json.loads(run("contact", "card", other, "--name", "Dr Amsel", "-o", theirs, *secret, "--json").out)
    assert decode_card(theirs.read_bytes()).words == tuple(made["words"])
    printed = run("contact", "card", vault, "--name", "Alex", *secret)
    mine.write_text(printed.out)
    words = printed.err.removeprefix("Its words: ").strip()
    for journal, card, role in ((vault, theirs, "reads"), (other, mine, "writes")):
        added = run("contact", "add", journal, card, "--role", role, *secret)
        assert (added.status, added.err) == (0, "")
    assert "kept already" in refused(run("contact", "add", vault, theirs, *secret))
    wrong = run("contact", "compared", other, "Alex", "--how", "call", "--words", "acid " * 8, *secret)
    assert "Nothing was noted" in refused(wrong)
    right = run("contact", "compared", other, "Alex", "--how", "call", "--words", words.upper(), *secret)
    assert right.out == "Alex: the words were compared.\n"
    listed = run("contact", "list", other, *secret).out
    assert f"Alex  {words}  Words compared on" in listed
    assert json.loads(run("contact", "list", vault, *secret, "--json").out)["contacts"][0]["compared"] is None

    share = tmp_path / "s.age"
    done = run("share", vault, "--contact", "Dr Amsel", "--entry", PAGE, "-o", share, *secret)
    assert (done.status, done.err) == (0, "")
    read = run("read-share", share, "--vault", other, *secret)
    assert read.err.startswith("Made by Alex. Words compared on")
    assert "unsigned" not in read.out
    plain = tmp_path / "plain.age"
    run("share", vault, "--contact", "Dr Amsel", "--no-prove", "--entry", PAGE, "-o", plain, *secret)
    read = run("read-share", plain, "--vault", other, *secret)
    assert read.err == ""
    assert "unsigned" in read.out
    signed = tmp_path / "signed.age"
    run("share", vault, "--contact", "Dr Amsel", "--sign", "--entry", PAGE, "-o", signed, *secret)
    assert "not on the card you keep of Alex" in run("read-share", signed, "--vault", other, *secret).err


def test_what_is_no_card_and_nobody_is_refused(run, vault, password, tmp_path):
    secret = ("--password-file", password)
    (tmp_path / "x").write_text("hello")
    assert "not a contact card" in refused(run("contact", "add", vault, tmp_path / "x", *secret))
    nobody = run("share", vault, "--contact", "Nobody", "--entry", PAGE, "-o", tmp_path / "s.age", *secret)
    assert "no contact with this name" in refused(nobody)
    assert run("contact", "list", vault, *secret) == (0, "", "")
    both = run("share", vault, "--passphrase", "--prove", "--entry", PAGE, "-o", tmp_path / "s.age", *secret)
    assert both.status == 2
