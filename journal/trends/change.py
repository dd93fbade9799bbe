"""The answers before something changed, such as a medicine, beside those after it. Nothing says that one made the
other: a median stands only from three answers on, and the count always."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

import msgspec

from journal.clock import in_utc, later
from journal.trends.chart import Point

FORTNIGHT = timedelta(days=14)
FEWEST = 3  # answers that make a median


class Side(msgspec.Struct, frozen=True):
    """The answers on one side, in the order of time."""

    points: tuple[Point, ...]

    @property
    def median(self) -> float | None:
        """None under three answers."""
        return float(median(one.value for one in self.points)) if len(self.points) >= FEWEST else None


def before_and_after(points: Iterable[Point], at: datetime, within: timedelta = FORTNIGHT) -> tuple[Side, Side]:
    """Those up to `within` before `at`, and those from `at` on. A moment at `at` itself counts as after."""
    middle = in_utc(at)
    first, last = later(middle, -within), later(middle, within)
    ordered = sorted(points, key=lambda one: (in_utc(one.at), one.eid))
    return (
        Side(tuple(one for one in ordered if first <= in_utc(one.at) < middle)),
        Side(tuple(one for one in ordered if middle <= in_utc(one.at) <= last)),
    )
