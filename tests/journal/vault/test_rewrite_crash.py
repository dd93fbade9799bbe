"""Cut off between any two steps, the whole old file or the whole new one is there, and nothing else is left."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from journal.errors import WrongPassword
from journal.vault import Vault
from tests.journal.vault.dying import OTHER, WORDS
from tests.journal.vault.samples import ROOT, by_words, create, draft, page, process, reopen, text_of
from tests.journal.vault.test_crash import killed_after

OLD = {"kept", "changed", "gone", ""}
NEW = {"rotate": OLD, "compact": OLD, "purge": {"kept", "changed"}}
DRAFTS = {"rotate": {"typed", "gone"}, "compact": {"typed", "gone"}, "purge": {"typed"}}


@pytest.fixture
def closed(tmp_path) -> tuple[Path, str]:
    """A closed vault with a removed entry and drafts, and its words."""
    vault, words = create(tmp_path)
    kept, gone = vault.append([page("kept"), page("gone")])
    vault.append([page("changed", kept.eid, (kept.rev,)), page("", gone.eid, (gone.rev,), deleted=True)])
    vault.put_draft(draft("typed", kept.eid))
    vault.put_draft(draft("gone", gone.eid))
    vault.close()
    return vault.path, words


def held(vault: Vault) -> tuple[set[str], set[str]]:
    shown = {text_of(one) for one in vault.revisions() if one.kind == "page"}
    return shown, set(map(text_of, vault.drafts()))


def judged(path: Path, words: str, way: str) -> str:
    """Which file is there: the old or the new one. It is whole, alone, and can be written to."""
    try:
        vault = by_words(path, words)
    except WrongPassword:
        assert way == "rotate"
        vault = by_words(path, WORDS)
        found = "new"
    else:
        found = "old"
    report = vault.report
    assert (report.ok, report.read_only, report.older_than_seen) == (True, False, None)
    shown = held(vault)
    if way != "rotate" and vault._inventory.counter > 3:
        found = "new"
    assert shown == ((NEW[way], DRAFTS[way]) if found == "new" else (OLD, {"typed", "gone"}))
    left = {one.name for one in path.parent.iterdir()} - {"mine.vault", "mine.vault.lock"}
    assert {name for name in left if not name.endswith(".json")} == set()
    vault.append([page("and on")])
    vault.close()
    again = by_words(path, WORDS if way == "rotate" and found == "new" else words)
    assert again.report.ok
    again.close()
    return found


@pytest.mark.parametrize("way", NEW)
def test_cut_off_at_every_boundary(closed, way):
    path, words = closed
    command = [sys.executable, str(Path(__file__).with_name("dying.py")), str(path.parent), way, words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=250)
    assert done.returncode == 0, done.stderr
    ends = done.stdout.split()
    assert set(ends[:-1]) == {"9"}
    assert ends[-1] == "0"
    assert len(ends) > 30
    found = [judged(path.parent / str(number) / path.name, words, way) for number in range(1, len(ends) + 1)]
    assert found == sorted(found, reverse=True)  # first the old one, from one boundary on the new one
    assert {"old", "new"} == set(found)


@pytest.mark.parametrize("run", range(6))
def test_killed_while_writing_anew_again_and_again(closed, run):
    path, words = closed
    with process("renewals", path) as child:
        said = killed_after(child, 1 + run, random.Random(run))
    secrets = [words, *(line.removeprefix("words ") for line in said if line.startswith("words"))]
    opening = []
    for phrase in secrets:
        try:
            vault = by_words(path, phrase)
        except WrongPassword:
            continue
        assert vault.report.ok
        assert held(vault)[0] >= {"kept", "changed"}
        vault.close()
        opening.append(phrase)
    assert len(opening) == 1
    assert opening[0] in secrets[-2:]


def test_the_new_password_is_in_force_when_it_was_said_to_be(closed):
    path, words = closed
    vault = by_words(path, words)
    vault.rotate(OTHER)
    vault.close()
    reopen(path, OTHER).close()
