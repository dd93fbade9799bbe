"""How long after a dose something counts for a point: the one definition, for asking, for charts and for shares.

The time of a dose (its start; a second dose does not move it) is t = 0. A value counts for a point when it lies
within the point's window, its ends included; of several the nearest to the point counts. What was noted at or after
the next dose that took place belongs to that one: it ends the windows of the one before, and a window that would
begin after it is none.

Elapsed time is counted on the one line of absolute time. Python subtracts and compares two times of the same zone by
their wall clocks, which is an hour wrong over a night in which the clocks change; so all go through UTC first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from journal.clock import in_utc, later

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class Window(NamedTuple):
    """From `first` to `last` after a dose; `point` is what it stands for, `name` the short name that shares carry."""

    name: str
    point: timedelta
    first: timedelta
    last: timedelta

    def holds(self, since: timedelta) -> bool:
        """Whether it holds something noted so long after the dose."""
        return self.first <= since <= self.last


WINDOWS: tuple[Window, ...] = (
    Window("4 h", 4 * _HOUR, 2 * _HOUR, 8 * _HOUR),
    Window("24 h", 24 * _HOUR, 18 * _HOUR, 36 * _HOUR),
    Window("3 d", 3 * _DAY, 2 * _DAY, 4 * _DAY),
    Window("7 d", 7 * _DAY, 5 * _DAY, 9 * _DAY),
    Window("14 d", 14 * _DAY, 11 * _DAY, 18 * _DAY),
)
LAST = WINDOWS[-1].last


class Span(NamedTuple):
    """When a window stands open, in UTC. `cut`: the next dose ends it, at `ends`, which is no longer part of it."""

    window: Window
    begins: datetime
    point: datetime
    ends: datetime
    cut: bool = False

    def holds(self, at: datetime) -> bool:
        """Whether something noted at `at` counts for it."""
        moment = in_utc(at)
        return self.begins <= moment and (moment < self.ends if self.cut else moment <= self.ends)


def since(dose: datetime, at: datetime) -> timedelta:
    """How much time passed from the dose until `at`."""
    return in_utc(at) - in_utc(dose)


def window_of(passed: timedelta) -> Window | None:
    """The window of something noted so long after its dose."""
    return next((window for window in WINDOWS if window.holds(passed)), None)


def next_dose(dose: datetime, doses: Iterable[datetime]) -> datetime | None:
    """The first of `doses` (of sessions that took place) that came later."""
    mine = in_utc(dose)
    return min((other for other in map(in_utc, doses) if other > mine), default=None)


def spans(dose: datetime, following: datetime | None = None) -> tuple[Span, ...]:
    """The windows of a dose, as far as the next one, `following`, leaves them."""
    found = []
    end = in_utc(following) if following is not None else None
    start = in_utc(dose)
    for window in WINDOWS:
        begins, point, ends = (later(start, by) for by in (window.first, window.point, window.last))
        if end is None or ends < end:
            found.append(Span(window, begins, point, ends))
        elif begins < end:
            found.append(Span(window, begins, point, end, cut=True))
    return tuple(found)


def nearest(span: Span, times: Sequence[datetime]) -> int | None:
    """The place of the time that counts for a window: nearest to its point; of two as near, the earlier."""
    inside = [(abs(in_utc(at) - span.point), in_utc(at), place) for place, at in enumerate(times) if span.holds(at)]
    return min(inside)[2] if inside else None
