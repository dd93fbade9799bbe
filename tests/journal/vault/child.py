"""What other processes do in these tests. Each line it prints is something that has happened."""

from __future__ import annotations

import hashlib
import itertools
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

from journal.clock import FixedClock
from journal.ids import new_id
from journal.records import encode
from journal.vault import FAST, NewRevision, Vault
from journal.vault.backups import Backups
from journal.vault.restore import recognised, use_instead
from tests.journal.vault.filing import LONG, noise, record_of
from tests.journal.vault.samples import CLOCK, PASSWORD, body


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def opened(path: Path) -> Vault:
    return Vault.open(path, password=PASSWORD, clock=CLOCK, state_dir=path.parent)


def hold(path: Path) -> None:
    """Keep the vault open until standard input ends."""
    vault = opened(path)
    say("open", vault.read_only)
    sys.stdin.read()
    vault.close()


def text(number: int) -> str:
    return f"{number} " + hashlib.sha256(str(number).encode()).hexdigest() * (1 + number % 40)


def save(path: Path, count: str) -> None:
    """Save so many entries, and say each one's id when saving it returned."""
    vault = opened(path)
    say("open")
    for number in range(int(count)):
        (written,) = vault.append([NewRevision(eid=new_id(), kind="page", body=body(text(number)))])
        say(number, written.eid, written.rev)
    vault.close()
    say("done")


def passwords(path: Path) -> None:
    """Change the password again and again; say what is tried and what was done."""
    vault = opened(path)
    for number in itertools.count():
        say("trying", f"password number {number}")
        vault.change_password(f"password number {number}")
        say("done", f"password number {number}")


def words(path: Path) -> None:
    """Make new recovery words again and again."""
    vault = opened(path)
    say("open")
    while True:
        say(vault.new_recovery_key())


def backups(path: Path) -> None:
    """Make one backup after another."""
    vault = opened(path)
    say("open")
    for number in itertools.count():
        vault.backup(path.parent / f"backup{number}.vault")
        say(number)


def generations(path: Path) -> None:
    """Save, back up, and let old backups go, one day an hour."""
    vault = opened(path)
    vault._clock = clock = FixedClock(CLOCK.at)
    backups = Backups(vault, path.parent / "backups")
    say("open")
    for number in itertools.count():
        clock.at += timedelta(hours=1)
        vault.append([NewRevision(eid=new_id(), kind="page", body=body(text(number)))])
        made = backups.take()
        say("made", number, made.path.name)
        backups.rotate()
        say("rotated", number)


def restores(path: Path) -> None:
    """Put one backup and another in the journal's place, again and again; `path` stands beside a.vault, b.vault."""
    say("open")
    for number in itertools.count():
        vault = opened(path)
        copy = recognised(vault, path.with_name("ab"[number % 2] + ".vault"))
        use_instead(vault, copy, aside=number % 3 == 0)
        say("done", number)


def creations(path: Path) -> None:
    """Make one vault after another beside `path`."""
    for number in itertools.count():
        vault, phrase = Vault.create(
            path.with_name(f"new{number}.vault"), PASSWORD, profile=FAST, clock=CLOCK, state_dir=path.parent
        )
        say(phrase)
        vault.close()


def merges(path: Path, *copies: str) -> None:
    """Take in one copy after another."""
    vault = opened(path)
    say("open")
    for copy in copies:
        vault.merge(vault.recognise(Path(copy)))
        say("merged", copy)
    vault.close()


def attachings(path: Path) -> None:
    """Add files of a few rows again and again, and say after each step what was done."""
    vault = opened(path)
    say("open")
    for number in itertools.count():
        data = noise(LONG, number)
        blob = vault.begin_blob()
        for start in range(0, LONG, 2**20):
            vault.add_to_blob(blob, data[start : start + 2**20])
            say("step")
        new = NewRevision(eid=new_id(), kind="attachment", body=encode(record_of(blob)))
        (written,) = vault.append([new], body=blob)
        say("added", number, written.eid)


def renewals(path: Path) -> None:
    """Have the vault written anew again and again: say which words will open it, then take room back."""
    vault = opened(path)
    say("open")
    for number in itertools.count():
        vault.rotate(f"password number {number}", ready=partial(say, "words"))
        vault.compact()


if __name__ == "__main__":
    every = (hold, save, passwords, words, backups, creations, merges, generations, restores, renewals, attachings)
    tasks = {task.__name__: task for task in every}
    tasks[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
