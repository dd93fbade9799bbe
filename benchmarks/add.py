"""Saving one entry, against one bare durable commit of the same bytes (rollback journal, synchronous=FULL)."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarks.measure import CLOCK, PASSWORD, Ratio, compare, page, timed
from journal.records import encode
from journal.service import JournalService
from journal.vault import FAST


def ratios() -> Iterator[Ratio]:
    for held in (100, 10_000):
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:  # beside the project: /tmp may be in memory
            yield _ratio(Path(name), held)


def _ratio(folder: Path, held: int) -> Ratio:
    service, _ = JournalService.create(
        folder / "journal.vault", PASSWORD, profile=FAST, clock=CLOCK, state_dir=folder
    )
    service.save_many([page(number) for number in range(held)])
    service.chart(), service.rows()  # as in the open window
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("page_size=16384", "journal_mode=delete", "synchronous=full"):
        bare.execute(f"pragma {pragma}")
    bare.execute("create table rec(id blob primary key, sealed blob) without rowid")
    numbers, body = count(held), encode(page(1))

    def commit() -> None:
        bare.execute("insert into rec values(?, ?)", (os.urandom(16), body))

    made = compare(
        f"save one entry among {held:,} / a bare durable commit",
        lambda: timed(lambda: service.save(page(next(numbers)))),
        lambda: timed(commit),
        60,
    )
    bare.close()
    service.close()
    return made
