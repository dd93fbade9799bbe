"""Two things measured in turns, and what their ratio is."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from journal.clock import FixedClock
from journal.records import Moment, Page

NOW = datetime(2026, 3, 12, 14, 5, tzinfo=UTC)
CLOCK = FixedClock(NOW)
PASSWORD = "four quiet garden words"
_WORDS = (  # noqa: SIM905
    "morning garden river window letter mother brother quiet heavy light coat station winter summer kitchen "
    "breath shoulder floor music colour water stone ladder harbour afraid glad tired still moving open closed "
    "remember forget across under behind before after almost nothing something everything someone nobody"
).split()


class Ratio(NamedTuple):
    """One line: what was measured, the journal's median with its unit, the median ratio, and the ratios' range."""

    what: str
    median: str
    ratio: str
    range: str


def timed(run: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def compare(what: str, ours: Callable[[], float], bare: Callable[[], float], turns: int) -> Ratio:
    """Both are called `turns` times, in turns; each gives the seconds that count."""
    pairs = [(ours(), bare()) for _ in range(turns)]
    ratios = sorted(mine / theirs for mine, theirs in pairs)
    median = statistics.median(mine for mine, _ in pairs)
    shown = f"{median * 1000:.1f} ms" if median < 1 else f"{median:.2f} s"
    return Ratio(what, shown, f"{statistics.median(ratios):.2f}", f"{ratios[0]:.2f} to {ratios[-1]:.2f}")


def page(number: int, words: int = 200) -> Page:
    """A journal page of about 1.2 KB, the same for the same number."""
    draw = random.Random(number)
    text = " ".join(draw.choice(_WORDS) for _ in range(words))
    return Page(at=Moment(NOW - timedelta(hours=7 * number)), title=f"Page {number}", text=text)
