"""Search in an open journal: the newest 50 for words of all sorts, and as one types, letter by letter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from benchmarks import corpus
from benchmarks.measure import Line, absolute, compare, timed
from benchmarks.stores import Made, ready
from journal.service import JournalService
from journal.store import Query

TURNS = 15
GOAL = 0.002  # seconds, for the median and for the worst
ASKED = {
    "a rare word": corpus.RARE,
    "a common word": corpus.COMMON,
    "the beginning of a word": corpus.PREFIX,
    "two words": corpus.TWO,
}
TYPED = ("m", "mo", "mor", "morn", "morning", "morning l", "morning letter")


def lines(made: Made) -> Iterator[Line]:
    for size in made.sizes:
        with closing(ready(made.of(size).vault)) as service:
            yield from _newest(service, size)
    with closing(ready(made.of(10_000).vault)) as service:
        texts = [item.record.text.casefold() for item in service.items() if hasattr(item.record, "text")]
        for typed in TYPED:
            yield compare(
                f"search {typed!r} among 10,000 / a plain look through",
                lambda typed=typed: timed(lambda: service.rows(Query(text=typed))),
                lambda typed=typed: timed(lambda: [n for n, text in enumerate(texts) if typed in text]),
                9,
            )


def _newest(service: JournalService, size: int) -> Iterator[Line]:
    goal = GOAL if size == 100_000 else None
    for name, text in ASKED.items():
        query = Query(text=text, limit=50)
        times = [timed(lambda query=query: service.rows(query)) for _ in range(TURNS)]
        yield absolute(f"the newest 50 of {size:,} with {name}: median", times, goal=goal)
        yield absolute(f"the newest 50 of {size:,} with {name}: worst of {TURNS}", times, value=max(times), goal=goal)
