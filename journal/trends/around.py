"""One slider around each session: a line for each, on one axis of time since the dose.

A point is the answer nearest to it within its window (see `journal.windows`); where there is none, there is a gap. A
median over the sessions is given only where at least three of them have an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median

import msgspec

from journal.clock import in_utc, later
from journal.trends.baseline import WEEK, Baseline, of_slider
from journal.trends.chart import Point, Series, SessionMark
from journal.windows import LAST, WINDOWS, Window, nearest, next_dose, since, spans

FEWEST = 3  # sessions that make a median


class AtPoint(msgspec.Struct, frozen=True):
    """A window of one session: the answer that counts, or None. `expected`: the window has begun, and no next dose
    came before it."""

    window: Window
    value: int | None
    eid: str | None
    expected: bool


class Curve(msgspec.Struct, frozen=True):
    """One session. `answers` are all from seven days before until the next dose or the end of the last window, each
    with the time since the dose; `next_after` is when the next dose was, where that cut it off."""

    mark: SessionMark
    baseline: Baseline | None
    at: tuple[AtPoint, ...]
    answers: tuple[tuple[timedelta, Point], ...]
    next_after: timedelta | None


class Middle(msgspec.Struct, frozen=True):
    """A point over all sessions: how many answered, of how many that could have, and the median from three on.
    `window` is None for what was before the dose."""

    window: Window | None
    answered: int
    expected: int
    median: float | None


class Around(msgspec.Struct, frozen=True):
    """One slider around all sessions, in the order of time. `before` is of the baselines, `middle` of each window."""

    name: str
    title: str
    curves: tuple[Curve, ...]
    before: Middle
    middle: tuple[Middle, ...]

    @property
    def points(self) -> tuple[Middle, ...]:
        """Before the dose, and each window after it."""
        return (self.before, *self.middle)


def around(
    series: Series,
    marks: Iterable[SessionMark],
    now: datetime,
    doses: Iterable[datetime] | None = None,
    pinned: datetime | None = None,
) -> Around:
    """`marks` are the sessions to show, of those that took place; `doses` are of all that did, where that is more:
    any of them ends the windows of the one before. `pinned`: the dose whose baseline stands for all of them."""
    ordered = sorted(marks, key=lambda mark: (in_utc(mark.at), mark.eid))
    doses = [mark.at for mark in ordered] if doses is None else list(doses)
    curves = tuple(_curve(series.points, mark, next_dose(mark.at, doses), now, pinned) for mark in ordered)
    before = [curve.baseline.value for curve in curves if curve.baseline is not None]
    return Around(series.name, series.title, curves, _middle_of(None, before, len(curves)), _middles(curves))


def _curve(
    points: Sequence[Point], mark: SessionMark, following: datetime | None, now: datetime, pinned: datetime | None
) -> Curve:
    start = in_utc(mark.at)
    cut = following is not None and in_utc(following) <= later(start, LAST)
    end = in_utc(following) if cut and following is not None else later(start, LAST)
    begin = later(start, -WEEK)
    inside = ((in_utc(one.at), one) for one in points)
    mine = [one for at, one in inside if begin <= at < end or (at == end and not cut)]
    mine.sort(key=lambda one: (in_utc(one.at), one.eid))
    after = [one for one in mine if in_utc(one.at) >= start]
    return Curve(
        mark,
        of_slider(points, mark.at, pinned),
        _at_points(after, mark.at, following, now),
        tuple((since(mark.at, one.at), one) for one in mine),
        since(mark.at, following) if cut and following is not None else None,
    )


def _at_points(
    after: Sequence[Point], dose: datetime, following: datetime | None, now: datetime
) -> tuple[AtPoint, ...]:
    times = [one.at for one in after]
    open_ones = {span.window: span for span in spans(dose, following)}
    found = []
    for window in WINDOWS:
        span = open_ones.get(window)
        place = nearest(span, times) if span is not None else None
        one = after[place] if place is not None else None
        expected = span is not None and (span.begins <= in_utc(now) or one is not None)
        found.append(AtPoint(window, one.value if one else None, one.eid if one else None, expected))
    return tuple(found)


def _middles(curves: Sequence[Curve]) -> tuple[Middle, ...]:
    found = []
    for place, window in enumerate(WINDOWS):
        column = [curve.at[place] for curve in curves]
        values = [one.value for one in column if one.value is not None]
        found.append(_middle_of(window, values, sum(one.expected for one in column)))
    return tuple(found)


def _middle_of(window: Window | None, values: Sequence[float], expected: int) -> Middle:
    return Middle(window, len(values), expected, float(median(values)) if len(values) >= FEWEST else None)
