"""Replies on the command line: what waits, writing one, reading and keeping it, and what is refused."""

from __future__ import annotations

import json

import pytest

from journal.records import Client, Moment, Settings
from journal.service import JournalService
from journal.share import Selection
from journal.vault import FAST
from tests.journal.cli.commands import EXPERIENCE, PAGE, PASSWORD, WORD, refused
from tests.journal.exchange.files import CLOCK


@pytest.fixture
def secret(password):
    return ("--password-file", password)


@pytest.fixture
def theirs(tmp_path, vault, env):
    """The therapist's journal, closed: a share of the other one is kept in it, with two comments."""
    path, share = tmp_path / "theirs.vault", tmp_path / "share.age"
    state = {"clock": CLOCK, "state_dir": tmp_path / "state-theirs"}
    therapist, _ = JournalService.create(path, PASSWORD, profile=FAST, **state)
    therapist.save_settings(Settings(name="Dr Amsel", therapist=True))
    patient = JournalService.open(vault, password=PASSWORD, clock=CLOCK, state_dir=env.state_dir)
    for mine, other, name in ((patient, therapist, "Dr Amsel"), (therapist, patient, "Alex")):
        mine.add_card(other.own_card(name).card)
    selection = Selection(eids=frozenset({EXPERIENCE, PAGE}), sender="Alex")
    patient.write_share(selection, share, recipients=[therapist.identity()], prove=True)
    patient.close()
    opened = therapist.open_share(share)
    client = therapist.save(Client(name="Alex", added=Moment(CLOCK.now()))).eid
    address = therapist.check_share(opened).finding.address
    received = therapist.take_in(opened.payload, client, "", address).eid
    therapist.comment(received, "Which water?", (0, "text", len(WORD) + 7, len(WORD) + 12))
    therapist.comment(received, "All of this day.", (1, "", 0, 0))
    therapist.close()
    return path


def waiting(run, theirs, secret) -> dict:
    return json.loads(run("reply", "waiting", theirs, *secret, "--json").out)["shares"][0]


def test_a_reply_goes_there_and_back(run, vault, theirs, secret, tmp_path):
    share = waiting(run, theirs, secret)
    told = [(one["entry"], one["about"], one["sent"]) for one in share["comments"]]
    assert told == [(1, "water", None), (2, "", None)]
    assert (share["client"], share["replies"]) == ("Alex", [])
    assert "not sent  entry 1: “water”: Which water?" in run("reply", "waiting", theirs, *secret).out

    out = tmp_path / "reply.age"
    said = ("--all", "--text", "Thank you.", "--for", "Alex")
    command = ("reply", "write", theirs, share["id"], "-o", out, *said, *secret)
    shown = run(*command, "--preview")
    assert "Which water?" in shown.out and "Dr Amsel (as the sender typed it)" in shown.out
    assert not out.exists()
    done = json.loads((answered := run(*command, "--json")).out)
    assert (done["comments"], done["passphrase"], done["path"]) == (2, None, str(out))
    assert "For the address you keep as Alex." in answered.err
    after = waiting(run, theirs, secret)
    assert all(one["sent"] for one in after["comments"]) and len(after["replies"]) == 1
    again = ("reply", "write", theirs, share["id"], "-o", tmp_path / "2.age", "--all", *secret)
    assert "nothing to send" in refused(run(*again))

    read = run("read-share", out, "--vault", vault, *secret)
    assert read.status == 0
    assert read.err.startswith("Made with the address you keep as Dr Amsel. The words of their card were not")
    assert "All of this day." in read.out
    assert json.loads(run("read-share", out, "--vault", vault, *secret, "--json").out)["reply"] == done["reply"]

    kept = json.loads(run("reply", "keep", vault, out, *secret, "--json").out)
    assert (kept["again"], kept["sure"]) == (False, False)
    again = run("reply", "keep", vault, out, *secret)
    assert (again.out, again.err.splitlines()[-1]) == (f"{kept['id']}\n", "This reply was kept already.")
    (listed,) = json.loads(run("reply", "list", vault, *secret, "--json").out)["replies"]
    assert [(one["entry"], one["stands"]) for one in listed["comments"]] == [(EXPERIENCE, "passage"), (PAGE, "entry")]
    assert (listed["from"], listed["text"], listed["read"]) == ("Dr Amsel", "Thank you.", False)
    text = run("reply", "list", vault, *secret).out
    assert f"{EXPERIENCE}  “water”: Which water? (these words stand in the entry)" in text


def test_some_comments_words_alone_and_a_passphrase(run, vault, theirs, secret, tmp_path):
    share = waiting(run, theirs, secret)
    first = share["comments"][0]["id"]
    how = ("--comment", first, "--passphrase")
    words = run("reply", "write", theirs, share["id"], "-o", tmp_path / "1.age", *how, *secret)
    assert len(words.out.strip().split("-")) == 8
    assert "shown this once" in words.err
    put = tmp_path / "words"
    put.write_text(words.out)
    kept = run("reply", "keep", vault, tmp_path / "1.age", "--passphrase-file", put, *secret)
    assert "Nothing in this file proves who sent it." in kept.err
    assert "Nothing in this file proves" in run("read-share", tmp_path / "1.age", "--passphrase-file", put).err
    alone = run(
        "reply", "write", theirs, share["id"], "-o", tmp_path / "2.age", "--text", "Until Tuesday.",
        "--from", "A.", *secret, "--json",
    )  # fmt: skip
    assert json.loads(alone.out)["comments"] == 0
    assert [one["sent"] is not None for one in waiting(run, theirs, secret)["comments"]] == [True, False]
    assert "From     A. (as" in run("read-share", tmp_path / "2.age", "--vault", vault, *secret).out


def test_no_comment_goes_along_that_was_not_asked_for(run, vault, theirs, secret, tmp_path):
    """What was written for oneself stays there: neither the bare command nor words to all of the share take it along.
    """
    share = waiting(run, theirs, secret)
    command = ("reply", "write", theirs, share["id"], "-o", tmp_path / "r.age")
    for more in ((), ("--preview",), ("--text", " ")):
        said = run(*command, *more, *secret)
        assert (said.status, said.out) == (2, "")
        assert "Say what goes along" in said.err
    assert not (tmp_path / "r.age").exists()
    done = run(*command, "--text", "Until Tuesday.", *secret, "--json")
    assert json.loads(done.out)["comments"] == 0
    page = run("read-share", tmp_path / "r.age", "--vault", vault, *secret).out
    assert "Until Tuesday." in page and "Which water?" not in page and "All of this day." not in page
    assert all(one["sent"] is None for one in waiting(run, theirs, secret)["comments"])


def test_what_is_no_reply_and_no_share_is_refused(run, vault, theirs, secret, tmp_path):
    out = tmp_path / "r.age"
    assert "no longer there" in refused(run("reply", "write", theirs, PAGE, "-o", out, "--all", *secret))
    both = run("reply", "write", theirs, PAGE, "-o", out, "--comment", PAGE, "--all", *secret)
    assert both.status == 2
    assert run("reply", "waiting", vault, *secret) == (0, "", "")
    assert run("reply", "list", vault, *secret) == (0, "", "")
    own = run("share", vault, "--passphrase", "--entry", PAGE, "-o", tmp_path / "s.age", *secret)
    (tmp_path / "words").write_text(own.out)
    keep = run("reply", "keep", vault, tmp_path / "s.age", "--passphrase-file", tmp_path / "words", *secret)
    assert (keep.status, keep.out) == (1, "")
    assert "a share, not a reply" in keep.err
    run("reply", "write", theirs, waiting(run, theirs, secret)["id"], "-o", out, "--all", *secret)
    report = run("report", out, "--vault", vault, *secret, "--format", "md", "-o", tmp_path / "r.md")
    assert "a reply to a share" in refused(report)
    assert not (tmp_path / "r.md").exists()
