"""A process that has a vault written anew and dies at one boundary after the other: before each statement that
changes a file, and each call to the system that does.

    python dying.py FOLDER WAY WORDS     a copy of FOLDER/mine.vault for each boundary, in FOLDER/1, FOLDER/2, ...
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.journal.vault.child import say
from tests.journal.vault.samples import by_words

OTHER = "eleven loud geese"
WORDS = "abandon " * 14 + "address"
CALLS = ("open", "fsync", "replace", "rename", "unlink", "fchmod", "fchown")
READING = ("SELECT", "PRAGMA")


class Dying:
    """Ends the process at the boundary of this number."""

    def __init__(self, number: int) -> None:
        self.left = number

    def tick(self) -> None:
        self.left -= 1
        if self.left == 0:
            os._exit(9)

    def before(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def made(*args: Any, **options: Any) -> Any:
            if not any(isinstance(one, str) and one.startswith(READING) for one in args):
                self.tick()
            return call(*args, **options)

        return made

    @contextmanager
    def everywhere(self) -> Iterator[None]:
        """While this holds, every boundary counts."""
        real = {name: getattr(os, name) for name in CALLS if hasattr(os, name)}
        connect, before = sqlite3.connect, self.before

        class Connection(sqlite3.Connection):
            execute = before(sqlite3.Connection.execute)
            close = before(sqlite3.Connection.close)

        def connected(*args: Any, **options: Any) -> sqlite3.Connection:
            return connect(*args, **{**options, "factory": Connection})

        for name, call in real.items():
            setattr(os, name, before(call))
        sqlite3.connect = connected
        try:
            yield
        finally:
            sqlite3.connect = connect
            for name, call in real.items():
                setattr(os, name, call)


def renew(path: Path, way: str, words: str, dying: Dying) -> None:
    vault = by_words(path, words)
    # The connection there is counts as well: it is opened anew by the way that is taken.
    with dying.everywhere():
        if way == "rotate":
            vault.rotate(OTHER, words=WORDS)
        elif way == "purge":
            vault.purge([revision.eid for revision in vault.revisions() if revision.deleted])
        else:
            vault.compact()


def main(folder: Path, way: str, words: str) -> None:
    """One process for each boundary; the last of them gets to the end."""
    number, status = 0, -1
    while status != 0:
        number += 1
        path = folder / str(number) / "mine.vault"
        path.parent.mkdir()
        shutil.copy(folder / "mine.vault", path)
        child = os.fork()
        if child == 0:
            renew(path, way, words, Dying(number))
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        say(status)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
