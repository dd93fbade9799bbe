"""What a change is counted from. The rule that was used is said along with the value; nothing is chosen silently.

Sliders: the median of the seven days before the dose where there are at least three answers, else the last answer
within 48 hours before it, else none. Questionnaires look back over weeks, so there it is the last total within the
fourteen days before the first dose of the course. A person may pin another: what was before another dose, or another
total.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

import msgspec

from journal.clock import in_utc, later
from journal.trends.chart import Point
from journal.trends.totals import Total

WEEK, TWO_DAYS, FORTNIGHT = timedelta(days=7), timedelta(hours=48), timedelta(days=14)
FEWEST = 3  # answers that make a median


class Rule(StrEnum):
    """Which rule gave a baseline."""

    MEDIAN = "median of the 7 days before"
    LAST = "last answer in the 48 hours before"
    TOTAL = "last total in the 14 days before the first session"
    PINNED = "chosen"


class Baseline(msgspec.Struct, frozen=True):
    """A value to count from, by which rule, and from how many answers. `eids` are the entries that it came from."""

    value: float
    rule: Rule
    eids: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.eids)


def of_slider(points: Iterable[Point], dose: datetime, pinned: datetime | None = None) -> Baseline | None:
    """The baseline of one slider for a dose. `pinned`: the dose whose baseline was chosen in its place."""
    if pinned is not None:
        chosen = of_slider(points, pinned)
        return Baseline(chosen.value, Rule.PINNED, chosen.eids) if chosen is not None else None
    before = _before(points, dose, WEEK)
    if len(before) >= FEWEST:
        return Baseline(median(one.value for one in before), Rule.MEDIAN, tuple(one.eid for one in before))
    close = _before(before, dose, TWO_DAYS)
    return Baseline(close[-1].value, Rule.LAST, (close[-1].eid,)) if close else None


def of_scale(totals: Iterable[Total], first: datetime, pinned: Total | None = None) -> Baseline | None:
    """The baseline of one questionnaire for a course whose first dose was at `first`; or the total chosen for it."""
    if pinned is not None and pinned.value is not None:
        return Baseline(pinned.value, Rule.PINNED, (pinned.eid,))
    begin, end = in_utc(later(in_utc(first), -FORTNIGHT)), in_utc(first)
    whole = [one for one in totals if one.value is not None and begin <= in_utc(one.at) < end]
    last = max(whole, key=lambda one: (in_utc(one.at), one.eid), default=None)
    return Baseline(last.value, Rule.TOTAL, (last.eid,)) if last is not None and last.value is not None else None


def _before(points: Iterable[Point], dose: datetime, within: timedelta) -> list[Point]:
    end = in_utc(dose)
    begin = later(end, -within)
    inside = [one for one in points if begin <= in_utc(one.at) < end]
    return sorted(inside, key=lambda one: (in_utc(one.at), one.eid))
