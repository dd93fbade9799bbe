"""On the command line, too, some things rest after a session, and a typed sentence ends it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from journal.cli.common import Env
from journal.records import Moment
from journal.service import JournalService
from journal.service.landing import SENTENCE
from tests.journal.cli.commands import PASSWORD, given, refused
from tests.journal.cli.conftest import Run

RESTING = ("export", "share", "purge", "rotate")


@pytest.fixture
def landed(vault: Path, env: Env) -> Path:
    """A journal in which a landing began just now."""
    service = JournalService.open(vault, password=PASSWORD, clock=env.clock, state_dir=env.state_dir)
    service.land(None, Moment(env.clock.now()))
    service.close()
    return vault


@pytest.mark.parametrize("name", RESTING)
def test_what_rests_is_refused_until_the_sentence(landed: Path, run: Run, password: Path, name: str):
    new = landed.parent / "out"
    (landed.parent / "next-password").write_text("another four quiet words")
    command = [*given(name, landed, new=new, file=landed.parent / "next-password"), "--password-file", str(password)]
    before = landed.read_bytes()
    line = refused(run(*command))
    assert line.startswith("This rests until ") and not new.exists() and landed.read_bytes() == before
    done = run("wake", landed, "--password-file", password, "--sentence", SENTENCE)
    assert (done.status, done.out.strip()) == (0, "Nothing rests any more.")
    assert run(*command).status == 0


@pytest.mark.parametrize("name", ["list", "verify", "backup", "import", "attach"])
def test_the_rest_goes_on_as_ever(landed: Path, run: Run, password: Path, name: str):
    beside = landed.parent / "in.json"
    beside.write_text('{"format": "integration-journal", "version": 1, "records": []}')
    done = run(*given(name, landed, file=beside), "--password-file", password)
    assert "This rests" not in done.err


def test_the_sentence_is_asked_for(landed: Path, run: Run, password: Path):
    done = run("wake", landed, "--password-file", password, stdin="i am awake and i want to go on\n")
    assert done.status == 0 and SENTENCE in done.err
    done = run("wake", landed, "--password-file", password, "--json")
    assert json.loads(done.out) == {"woken": False, "resting_until": None}


def test_other_words_end_nothing(landed: Path, run: Run, password: Path):
    refused(run("wake", landed, "--password-file", password, "--sentence", "yes"))
    refused(run(*given("export", landed), "--password-file", password))
