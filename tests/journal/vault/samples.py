"""Small vaults, and the hard conditions they are put under: another user, little room, another process."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from journal.clock import FixedClock
from journal.ids import new_id
from journal.vault import FAST, Draft, NewRevision, Revision, Vault

ROOT = Path(__file__).resolve().parents[3]
VAULTS = ROOT / "tests" / "vaults"
PASSWORD = "seven quiet herons"
CLOCK = FixedClock(datetime(2026, 11, 23, 17, 41, 53, tzinfo=UTC))


def create(folder: Path, name: str = "mine.vault") -> tuple[Vault, str]:
    """A new vault and its recovery words; its note of what was seen is in the same folder."""
    return Vault.create(folder / name, PASSWORD, profile=FAST, clock=CLOCK, state_dir=folder)


def reopen(path: Path, password: str = PASSWORD, *, read_only: bool = False) -> Vault:
    return Vault.open(path, password=password, read_only=read_only, clock=CLOCK, state_dir=path.parent)


def by_words(path: Path, words: str, *, read_only: bool = False) -> Vault:
    """Opened with the recovery words, which cost nothing to try."""
    return Vault.open(path, recovery_key=words, read_only=read_only, clock=CLOCK, state_dir=path.parent)


def body(text: str) -> bytes:
    return json.dumps({"text": text}, ensure_ascii=False, separators=(",", ":")).encode()


def text_of(revision: Revision | Draft) -> str:
    return str(json.loads(revision.body)["text"])


def page(text: str, eid: str = "", parents: tuple[str, ...] = (), *, deleted: bool = False) -> NewRevision:
    return NewRevision(eid=eid or new_id(), kind="page", body=body(text), parents=parents, deleted=deleted)


def draft(text: str, key: str = "") -> Draft:
    return Draft(key=key or new_id(), kind="page", body=body(text), at=CLOCK.now())


def texts(vault: Vault) -> list[str]:
    return sorted(text_of(revision) for revision in vault.revisions())


@contextlib.contextmanager
def room(size: int) -> Iterator[None]:
    """No file can grow beyond `size` bytes: what a full disk does, without one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextlib.contextmanager
def process(task: str, *arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    """A task of `child.py` in a process of its own, ended at the end."""
    command = [sys.executable, str(Path(__file__).with_name("child.py")), task, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdout": subprocess.PIPE, "stdin": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, env=environment) as child:
        try:
            yield child
        finally:
            child.kill()
