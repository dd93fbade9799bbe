"""A folder that cannot be synced, twice, when a save is done but for that. Run by `test_unconfirmed.py` with strace.

    strace -f -e inject=fdatasync:... -e inject=fsync:... python -m tests.faults.unconfirmed FOLDER ACTION COUNT

SQLite syncs with the one call and the program with the other, so both have to fail. Which of SQLite's syncs it is, is
not known beforehand: each fails in one of the runs, as in `failing.py`. Each run prints a line.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from journal.errors import JournalError
from journal.service import JournalService
from tests.faults.failing import _say, _use_up
from tests.journal.service.entries import page
from tests.journal.vault.samples import CLOCK

EID = "e" * 32


def save(service: JournalService, _work: Path) -> None:
    service.save(page("second"), EID)


def save_on(service: JournalService, _work: Path) -> None:
    """What is typed goes on between the one try and the next; the page still names the version that it opened."""
    opened, tries = service.versions(EID)[-1].rev, len(service.versions(EID))
    service.save(page("second" + ", and more" * tries), EID, opened)


def cover(service: JournalService, _work: Path) -> None:
    service.cover(EID)


def draft(service: JournalService, _work: Path) -> None:
    service.put_draft(EID, page("third"))


def password(service: JournalService, _work: Path) -> None:
    service.change_password("another quiet password")


def merge(service: JournalService, work: Path) -> None:
    service.merge(service.look_into(work / "other.vault").copy)


ACTIONS: dict[str, Callable[[JournalService, Path], None]] = {
    made.__name__: made for made in (save, save_on, cover, draft, password, merge)
}


def run(work: Path, action: str, place: int) -> dict[str, Any]:
    words = (work / "words").read_text()
    service = JournalService.open(work / "mine.vault", recovery_key=words, clock=CLOCK, state_dir=work / "state")
    (work / "scratch").write_bytes(b"xx")
    with (work / "scratch").open("rb+") as scratch:
        _use_up("fdatasync", scratch.fileno(), place)
    told: dict[str, Any] = {"work": str(work), "errors": [], "done": False, "afterwards": False}
    for _ in range(3):
        try:
            ACTIONS[action](service, work)
            told["done"] = True
            break
        except JournalError as error:
            told["errors"].append(str(error))
            if action == "password":
                break
    try:
        service.save(page("afterwards"))
        told["afterwards"] = True
    except JournalError as error:
        told["errors"].append(str(error))
    service.close()
    return told


def main(folder: Path, action: str, count: int) -> None:
    for place in range(count):
        work = folder / f"{action}-{place}"
        shutil.copytree(folder / "original", work)
        child = os.fork()
        if child == 0:
            _say(run(work, action, place))
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
