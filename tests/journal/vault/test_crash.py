"""Killed at any moment, a vault keeps all that was said to be saved, and nothing half-written has a name."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import pytest

from journal.errors import WrongPassword
from journal.vault import Vault, verify_file
from tests.journal.vault.child import text
from tests.journal.vault.samples import PASSWORD, by_words, create, page, process, reopen, text_of, texts

SAVES = 200
RUNS = 12


def killed_after(child: subprocess.Popen[str], lines: int, chance: random.Random) -> list[str]:
    """Everything the child had said when it was killed, somewhere within the next thing it did."""
    said = [child.stdout.readline() for _ in range(lines)]
    moment = time.perf_counter() + chance.random() * 0.004
    while time.perf_counter() < moment:
        pass
    child.kill()
    said += child.stdout.readlines()
    child.wait()
    return [line.rstrip("\n") for line in said if line.endswith("\n")]


@pytest.fixture
def closed(tmp_path) -> tuple[Path, str]:
    """A closed vault with one entry, and its recovery words."""
    vault, words = create(tmp_path)
    vault.append([page("kept")])
    vault.close()
    return vault.path, words


def leftovers(folder: Path) -> set[str]:
    """Names in the folder that a person would see, but for the notes of what was seen."""
    return {found.name for found in folder.iterdir() if not found.name.startswith(".") and found.suffix != ".json"}


@pytest.mark.parametrize("run", range(RUNS))
def test_every_entry_that_was_said_to_be_saved_is_there_after_a_kill(closed, run):
    path, words = closed
    chance = random.Random(run)
    lines = 1 + run * SAVES // RUNS + chance.randrange(SAVES // RUNS)
    with process("save", path, str(SAVES)) as child:
        said = killed_after(child, lines, chance)
    saved = [line.split() for line in said if line[0].isdigit()]
    assert said[0] == "open"
    assert len(saved) >= lines - 1
    if run % 2:  # looked at before anyone writes to it
        assert verify_file(path, recovery_key=words, state_dir=path.parent).ok
    vault = by_words(path, words)
    assert vault.report.ok
    assert not vault.read_only
    assert not vault.report.older_than_seen
    found = {(revision.eid, revision.rev): text_of(revision) for revision in vault.revisions()}
    for number, eid, rev in saved:
        assert found.pop((eid, rev)) == text(int(number))
    assert set(found.values()) <= {"kept", text(len(saved))}  # at most the one that it was about to report
    vault.append([page("and on")])
    assert vault.verify().ok
    vault.close()


@pytest.mark.parametrize("run", range(5))
def test_killed_while_changing_the_password_one_of_the_two_opens_it(closed, run):
    path, words = closed
    with process("passwords", path) as child:
        said = killed_after(child, 1 + 2 * run, random.Random(run))
    done = [line.removeprefix("done ") for line in said if line.startswith("done")]
    tried = [line.removeprefix("trying ") for line in said if line.startswith("trying")]
    opening = []
    for password in {PASSWORD, *tried}:
        try:
            vault = reopen(path, password)
        except WrongPassword:
            continue
        assert vault.report.ok
        assert texts(vault) == ["kept"]
        vault.close()
        opening.append(password)
    assert len(opening) == 1
    assert opening[0] in {done[-1] if done else PASSWORD, tried[-1]}
    by_words(path, words).close()


@pytest.mark.parametrize("run", range(4))
def test_killed_while_making_new_recovery_words_the_vault_stays_whole(closed, run):
    path, words = closed
    with process("words", path) as child:
        said = killed_after(child, 1 + 7 * run, random.Random(run))
    vault = reopen(path)
    assert vault.report.ok
    assert texts(vault) == ["kept"]
    last = [words, *said[1:]][-1]
    older = [words, *said[1:]][:-1]
    assert not any(vault.check_recovery_key(phrase) for phrase in older)
    if not vault.check_recovery_key(last):  # the next words were in force, and never shown: so make others
        last = vault.new_recovery_key()
    vault.close()
    by_words(path, last).close()


@pytest.mark.parametrize("run", range(5))
def test_killed_while_backing_up_every_backup_with_a_name_is_whole(closed, run):
    path, words = closed
    vault = reopen(path)
    vault.append([page("x" * 100_000) for _ in range(10)])
    vault.close()
    with process("backups", path) as child:
        said = killed_after(child, 1 + run, random.Random(run))
    made = leftovers(path.parent) - {"mine.vault", "mine.vault.lock"}
    assert {f"backup{number}.vault" for number in said[1:]} <= made
    assert len(made) <= len(said)
    for name in made:
        report = verify_file(path.parent / name, recovery_key=words, state_dir=path.parent)
        assert (report.ok, report.rows) == (True, 11)
    vault = by_words(path, words)
    assert vault.report.ok
    assert vault.backup(path.parent / "afterwards.vault").rows == 11
    vault.close()


@pytest.mark.parametrize("run", range(4))
def test_killed_while_creating_a_vault_with_a_name_is_whole(tmp_path, run):
    with process("creations", tmp_path / "first.vault") as child:
        said = killed_after(child, run, random.Random(run))
    made = {name for name in leftovers(tmp_path) if name.endswith(".vault")}
    assert {f"new{number}.vault" for number in range(len(said))} <= made
    assert len(made) <= len(said) + 1
    for name in made:
        vault = Vault.open(tmp_path / name, password=PASSWORD, state_dir=tmp_path)
        assert vault.report.ok
        vault.append([page("first words")])
        vault.close()
