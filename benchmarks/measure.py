"""Things measured in turns, what their ratio is, and whether that is good enough."""

from __future__ import annotations

import gc
import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
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


class Line(NamedTuple):
    """What was measured, the journal's median with its unit, the median ratio, the ratios' range, what it should be,
    and whether it is (None where nothing is asked)."""

    what: str
    median: str = ""
    ratio: str = ""
    range: str = ""
    goal: str = ""
    met: bool | None = None


def timed(run: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def settle() -> None:
    """All that was written until now is on the disk: else the next commit would wait for it."""
    getattr(os, "sync", lambda: None)()


def turns(count: int, *runs: Callable[[], float], tidy: bool = True) -> list[list[float]]:
    """What each run gave, turn by turn: A B C, A B C, ... `tidy`: nothing of one is left for the next to clear up."""
    found: list[list[float]] = [[] for _ in runs]
    for _ in range(count):
        for kept, run in zip(found, runs, strict=True):
            if tidy:
                gc.collect()
            kept.append(run())
    return found


def compare(
    what: str, ours: Callable[[], float], bare: Callable[[], float], count: int, goal: float | None = None
) -> Line:
    """Both are called `count` times, in turns; each gives the seconds that count."""
    return ratio(what, *turns(count, ours, bare, tidy=False), goal)


def ratio(what: str, ours: Sequence[float], theirs: Sequence[float], goal: float | None = None) -> Line:
    """The line for times that were taken in turns."""
    ratios = sorted(mine / other for mine, other in zip(ours, theirs, strict=True))
    middle = statistics.median(ratios)
    told = "" if goal is None else f"<= {goal:g}"
    spread = f"{_times(ratios[0])} to {_times(ratios[-1])}"
    return Line(what, shown(statistics.median(ours)), _times(middle), spread, told, goal and middle <= goal)


def absolute(what: str, times: Sequence[float], *, value: float | None = None, goal: float | None = None) -> Line:
    """The line for times alone, in seconds: their median, or the `value` that counts."""
    counts = statistics.median(times) if value is None else value
    told = "" if goal is None else f"<= {goal * 1000:g} ms"
    spread = f"{shown(min(times))} to {shown(max(times))}"
    return Line(what, shown(counts), "", spread, told, goal and counts <= goal)


def _times(found: float) -> str:
    return f"{found:.{2 if found >= 0.1 else 4}f}"


def shown(seconds: float) -> str:
    """A time with its unit."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1000:.{2 if seconds < 0.01 else 1}f} ms"


def page(number: int, words: int = 200) -> Page:
    """A journal page of about 1.2 KB, the same for the same number."""
    draw = random.Random(number)
    text = " ".join(draw.choice(_WORDS) for _ in range(words))
    return Page(at=Moment(NOW - timedelta(hours=7 * number)), title=f"Page {number}", text=text)
