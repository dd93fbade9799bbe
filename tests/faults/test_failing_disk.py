"""A disk that cannot read, write or sync; a folder another program holds; a file system without links.

The failures are real ones, of system calls of a process of its own, made by `strace` (see `failing.py`): each call of
an action fails once, in one run after the other. After each the journal has to open, whole, with everything that was
said to be saved, and what was refused has to work when it is tried again.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from journal.errors import WrongPassword
from journal.vault import FAST, Vault
from tests.faults.failing import STEP
from tests.journal.vault.samples import CLOCK, PASSWORD, ROOT, by_words, page, text_of

SYNC = "fsync,fdatasync"
TRIED = [  # action, calls, how they fail, so many places
    ("save", SYNC, "EIO", 9),
    ("password", SYNC, "EIO", 9),
    ("rotate", SYNC, "EIO", 3),
    ("export", SYNC, "EIO", 2),
    ("backup", SYNC, "EIO", 2),
    ("save", "pread64", "EIO", 14),
    ("keep_draft", "pread64", "EIO", 8),
    ("purge", "pread64", "EIO", 32),
    ("merge", "pread64", "EIO", 24),
    ("backup", "pread64", "EIO", 24),
    ("save", "pwrite64", "EIO", 12),
    ("backup", "pwrite64", "EIO", 12),
    ("save", "unlink", "EIO", 2),
    ("rotate", "rename", "EBUSY", 1),
    ("purge", "rename", "EBUSY", 1),
    ("restore", "rename", "EBUSY", 1),
    ("backup", "link", "EPERM", 1),
    ("export", "link", "EPERM", 1),
    ("restore", "link", "EPERM", 1),
]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a journal, an older copy of it and one that was written to apart."""
    folder = tmp_path_factory.mktemp("disk") / "original"
    (folder / "state").mkdir(parents=True)
    options = {"clock": CLOCK, "state_dir": folder / "state"}
    vault, words = Vault.create(folder / "mine.vault", PASSWORD, profile=FAST, **options)
    vault.append([page("purge me"), page("old")])
    vault.backup(folder / "older.vault")
    vault.backup(folder / "other.vault")
    vault.append([page("old too")])
    (folder / "words").write_text(words)
    (folder / "next words").write_text(vault.new_words())
    vault.close()
    apart = by_words(folder / "other.vault", words)
    apart.append([page("there only")])
    apart.close()
    return folder


def failing(folder: Path, action: str, calls: str, how: str, count: int) -> list[dict[str, Any]]:
    """What each run said."""
    fail = ["-e", f"trace={calls}", "-e", f"inject={calls}:error={how}:when={STEP}+{STEP}"]
    run = [sys.executable, "-m", "tests.faults.failing", str(folder), action, calls, str(count)]
    watch = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null"]
    done = subprocess.run([*watch, *fail, *run], cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("action", "calls", "how", "count"), TRIED)
def test_nothing_said_to_be_saved_is_lost(
    original: Path, tmp_path: Path, action: str, calls: str, how: str, count: int
) -> None:
    shutil.copytree(original, tmp_path / "original")
    runs = failing(tmp_path, action, calls, how, count)
    assert len(runs) == count
    met = 0
    for told in runs:
        assert "crashed" not in told
        met += bool(told["errors"])
        for kind, text in told["errors"]:
            assert kind in ("StorageFailed", "DamagedJournal"), told
            assert "safe" in text or "Nothing was lost" in text or "Try " in text, text
            assert "cannot be opened" not in text, "it is open"
            assert "changed from outside" not in text, "it was not"
        assert told["said"], "it did not work when it was tried again"
        holds(Path(told["work"]), set(told["said"]))
    assert met or calls == "link", "no failure was met"


def holds(work: Path, said: set[str]) -> None:
    """The journal opens, is whole, and holds what was said to be saved."""
    words = (work / ("next words" if "rotated" in said else "words")).read_text()
    vault = by_words(work / "mine.vault", words)
    try:
        assert vault.report.ok and not vault.read_only
        texts = {text_of(one)[:12] for one in vault.revisions() if one.kind == "page"}
        drafts = {text_of(one) for one in vault.drafts()}
    finally:
        vault.close()
    wanted = {"old"} | ({"old too"} if "restored" not in said else set())
    wanted |= {"new new new "} & {text * 3 for text in ("new ",) if "new" in said}
    assert wanted | said & {"afterwards", "there only"} <= texts | ({"afterwards"} if "restored" in said else set())
    assert said & {"typed"} <= drafts
    if "purged" in said:
        assert "purge me" not in texts
    if "password" in said:
        by_password(work / "mine.vault", "another quiet password")
        with pytest.raises(WrongPassword):
            by_password(work / "mine.vault", PASSWORD)
    if "backup" in said:
        by_words(work / "copy.vault", words).close()
    if (work / "export.md").exists():
        assert (work / "export.md").read_bytes() == b"words " * 9_000
    assert "export" not in said or (work / "export.md").exists()


def by_password(path: Path, password: str) -> None:
    Vault.open(path, password=password, read_only=True, state_dir=path.parent / "state").close()
