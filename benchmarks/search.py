"""Search as one types, among 10,000 entries, against looking through every text for the same letters."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import CLOCK, PASSWORD, Ratio, compare, page, timed
from journal.service import JournalService
from journal.store import Query
from journal.vault import FAST

TYPED = ("h", "ha", "har", "harb", "harbour", "harbour l", "harbour letter")


def ratios() -> Iterator[Ratio]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        service, _ = JournalService.create(folder / "j.vault", PASSWORD, profile=FAST, clock=CLOCK, state_dir=folder)
        service.save_many([page(number) for number in range(10_000)])
        texts = [item.record.text.casefold() for item in service.items()]
        first = timed(lambda: service.rows(Query(text="h", limit=200)))
        yield Ratio("the first search among 10,000 (makes the index)", f"{first * 1000:.0f} ms", "", "")
        for typed in TYPED:
            yield compare(
                f"search {typed!r} among 10,000 / a plain look through",
                lambda typed=typed: timed(lambda: service.rows(Query(text=typed))),
                lambda typed=typed: timed(lambda: [n for n, text in enumerate(texts) if typed in text]),
                9,
            )
        service.close()
