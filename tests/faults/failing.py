"""What a failing disk does to a journal. Run by `test_failing_disk.py` under `strace`, which makes system calls fail.

    strace -f -e inject=CALLS:error=NAME:when=STEP+STEP python -m tests.faults.failing FOLDER ACTION CALLS COUNT

For each place from 0 to COUNT a process of its own opens a fresh copy of the journal and uses up calls until the next
failure is that many calls away. So each call that the action makes fails in one of the runs. Each run prints a line.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from journal.atomic import write_new
from journal.errors import JournalError
from journal.vault import NewRevision, Vault
from journal.vault.restore import recognised, use_instead
from tests.journal.vault.samples import CLOCK, draft, page

STEP = 400  # calls from one failure to the next


def save(vault: Vault) -> str:
    vault.append([page("new " * 9_000)])
    return "new"


def keep_draft(vault: Vault) -> str:
    vault.put_draft(draft("typed"))
    return "typed"


def password(vault: Vault) -> str:
    vault.change_password("another quiet password")
    return "password"


def purge(vault: Vault) -> str:
    vault.purge([next(one.eid for one in vault.revisions() if b"purge me" in one.body)])
    return "purged"


def rotate(vault: Vault) -> str:
    vault.rotate("another quiet password", words=(vault.path.parent / "next words").read_text())
    return "rotated"


def backup(vault: Vault) -> str:
    vault.backup(vault.path.with_name("copy.vault"))
    return "backup"


def restore(vault: Vault) -> str:
    use_instead(vault, recognised(vault, vault.path.with_name("older.vault")), aside=True)
    return "restored"


def merge(vault: Vault) -> str:
    told = vault.merge(vault.recognise(vault.path.with_name("other.vault")))
    return "named as damaged" if told.damage else "there only"


def export(vault: Vault) -> str:
    write_new(vault.path.with_name("export.md"), b"words " * 9_000)
    return "export"


ACTIONS: dict[str, Callable[[Vault], str]] = {
    made.__name__: made for made in (save, keep_draft, password, purge, rotate, backup, restore, merge, export)
}
BURN: dict[str, Callable[[int], Any]] = {
    "fsync": os.fsync,
    "fdatasync": os.fdatasync,
    "pread64": lambda handle: os.pread(handle, 1, 0),
    "pwrite64": lambda handle: os.pwrite(handle, b"x", 0),
    "ftruncate": lambda handle: os.ftruncate(handle, 0),
    "rename": lambda handle: Path("/proc/nowhere").rename("/proc/there"),
    "link": lambda handle: os.link("/proc/nowhere", "/proc/there"),
    "unlink": lambda handle: Path("/proc/nowhere").unlink(),
}


def main(folder: Path, action: str, calls: list[str], count: int) -> None:
    for place in range(count):
        work = folder / f"{action}-{place}"
        shutil.copytree(folder / "original", work)
        child = os.fork()
        if child == 0:
            _say(run(work, action, calls, place))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            _say({"crashed": status})


def run(work: Path, action: str, calls: list[str], place: int) -> dict[str, Any]:
    words = (work / "words").read_text()
    vault = Vault.open(work / "mine.vault", recovery_key=words, clock=CLOCK, state_dir=work / "state")
    (work / "scratch").write_bytes(b"xx")
    with (work / "scratch").open("rb+") as scratch:
        for call in calls:
            _use_up(call, scratch.fileno(), place)
    told: dict[str, Any] = {"work": str(work), "said": [], "errors": []}
    for _ in range(3):  # the failure, and what a person does then
        try:
            told["said"].append(ACTIONS[action](vault))
            break
        except JournalError as error:
            told["errors"].append([type(error).__name__, str(error)])
    with contextlib.suppress(JournalError):
        vault.append([NewRevision(eid="ab" * 16, kind="page", body=b'{"text":"afterwards"}')])
        told["said"].append("afterwards")
    with contextlib.suppress(JournalError):
        vault.close()
    return told


def _say(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _use_up(call: str, handle: int, place: int) -> None:
    """Up to the failure that is due, and on until the next one is `place` calls away."""
    while not _fails(call, handle):
        pass
    for _ in range(STEP - 1 - place):
        assert not _fails(call, handle)


def _fails(call: str, handle: int) -> bool:
    try:
        BURN[call](handle)
    except OSError as error:
        return error.errno in (errno.EIO, errno.EBUSY, errno.EPERM)
    return False


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3].split(","), int(sys.argv[4]))
