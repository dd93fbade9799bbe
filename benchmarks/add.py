"""Saving one entry, against one bare durable commit of the same row.

The bare one is a SQLite file with one table, `rec(eid, rev, v)` without rowids and with random ids, as the journal's
own is; it holds a copy of the journal's own rows (`insert into rec select ... from` the vault). It is written through
one open connection with the settings that the vault writes with: 16 KiB pages, a rollback journal that is deleted,
`synchronous=EXTRA`, `secure_delete=ON`, `fullfsync=ON`. One commit is `begin immediate`, one insert of random bytes,
exactly as many as the row that the journal has just sealed, `commit`. It writes no inventory and reads nothing back.
The second bare one is the same with `synchronous=FULL`, which does not sync the folder.

The journals of all sizes are open at once, each with its list and search in use, and get the same entry in the same
turn. The last lines add what the window does next: to ask for the list again. Where the disk is busy with something
else, a bare commit waits for it as long as the journal's does, and the ratios say little; a line then says so.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path

from benchmarks import corpus
from benchmarks.measure import Line, absolute, ratio, settle, timed, turns
from benchmarks.stores import LIST, Made, copied, ready, sealed_length
from journal.records import Page
from journal.service import JournalService

TURNS = 300
_SETTINGS = ("page_size=16384", "journal_mode=delete", "secure_delete=on", "fullfsync=on")


class _Bare:
    """A plain file with the same rows."""

    def __init__(self, vault: Path) -> None:
        self.connection = sqlite3.connect(vault.parent / "bare.db", isolation_level=None)
        run = self.connection.execute
        for setting in (*_SETTINGS, "synchronous=off"):
            run(f"pragma {setting}")
        run("create table rec(eid blob not null, rev blob not null, v blob not null, primary key(eid, rev)) "
            "strict, without rowid")  # fmt: skip
        run("attach ? as vault", (str(vault),))
        run("insert into rec select eid, rev, v from vault.rec order by eid, rev")
        run("detach vault")

    def commit(self, length: int, synchronous: str) -> float:
        """Seconds for a row of so many bytes."""
        run, row = self.connection.execute, (os.urandom(16), os.urandom(16), os.urandom(length))
        run(f"pragma synchronous={synchronous}")

        def once() -> None:
            run("begin immediate")
            run("insert into rec values(?, ?, ?)", row)
            run("commit")

        return timed(once)


class _Side:
    """An open journal and the bare file beside it."""

    def __init__(self, service: JournalService, bare: _Bare) -> None:
        self.service, self.bare = service, bare
        self._pages, self._length = map(corpus.more, count()), 0

    def save(self) -> float:
        return self._time(self._pages, "")

    def save_and_list(self) -> float:
        return self._time(self._pages, "list")

    def extra(self) -> float:
        return self.bare.commit(self._length, "extra")

    def full(self) -> float:
        return self.bare.commit(self._length, "full")

    def _time(self, pages: Iterator[Page], then: str) -> float:
        page, eid = next(pages), self.service.new_eid()

        def once() -> None:
            self.service.save(page, eid)
            if then:
                self.service.rows(LIST)

        took = timed(once)
        self._length = sealed_length(self.service.path, eid)
        return took


def lines(made: Made) -> Iterator[Line]:
    with ExitStack() as stack:
        sides = []
        for size in made.sizes:
            vault = stack.enter_context(copied(made.of(size).vault, "add"))
            bare = _Bare(vault)
            stack.enter_context(closing(bare.connection))
            service = stack.enter_context(closing(ready(vault)))
            service.go_on(None)
            sides.append(_Side(service, bare))
        runs = [run for side in sides for run in (side.save, side.extra, side.full)]
        settle()
        found = turns(TURNS, *runs, tidy=False)
        saves, extras, fulls = found[::3], found[1::3], found[2::3]
        if any(statistics.median(times) > 3 * statistics.quantiles(times, n=20)[0] for times in extras):
            yield Line("THE DISK WAS BUSY with something else: the ratios to a bare commit look better than they are")
        for place, size in enumerate(made.sizes):
            yield absolute(f"a bare commit beside {size:,}, synchronous=EXTRA", extras[place])
            name = f"add one to {size:,} / a bare commit"
            # Asked for from 10,000 on, as everything else: with fewer there is less for either to look through.
            yield ratio(f"{name}, synchronous=EXTRA", saves[place], extras[place], 2 if size >= 10_000 else None)
            yield ratio(f"{name}, synchronous=FULL", saves[place], fulls[place])
        small, large = made.sizes[0], made.sizes[-1]
        yield ratio(f"add one to {large:,} / to {small:,}", saves[-1], saves[0], 1.25)
        late = statistics.quantiles(saves[-1], n=100)[-1]
        yield absolute(f"add one to {large:,}: the slowest in 100 of {TURNS}", saves[-1], value=late, goal=0.016)
        again = turns(60, *(side.save_and_list for side in sides), tidy=False)
        for size, times in zip(made.sizes, again, strict=True):
            yield absolute(f"add one to {size:,} and ask for the list again", times)
