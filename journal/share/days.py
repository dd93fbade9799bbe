"""Days as exactly as a share tells them, and what waits to be found again by one: in bounded work, however many."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable
from datetime import date, timedelta
from heapq import merge
from itertools import islice
from typing import Generic, TypeVar

from journal.share.payload import Dates

LOOKS = 64  # how many that wait on a day are looked at for one; whoever made the share chose how many there are

_Thing = TypeVar("_Thing")


def last_day(day: date, dates: Dates) -> date:
    """The last day that one told as exactly as `dates` says may be."""
    match dates:
        case Dates.DAY:
            return day
        case Dates.WEEK:
            return day + timedelta(days=min(6, (date.max - day).days))
        case Dates.MONTH:
            last = (day.year, day.month) == (date.max.year, date.max.month)
            return date.max if last else _next_month(day) - timedelta(days=1)


def may_be_one(one: date | None, dates: Dates, other: date | None, their_dates: Dates) -> bool:
    """Whether two days that are told as exactly as these say may be the same; two that are not told are."""
    if one is None or other is None or dates is their_dates:
        return one == other
    return one <= last_day(other, their_dates) and other <= last_day(one, dates)


class Waiting(Generic[_Thing]):
    """What waits to be found again, each with what it must have in common, its day, and how exactly that is told."""

    def __init__(self) -> None:
        self._by_day: dict[tuple[Hashable, Dates, int | None], deque[tuple[int, _Thing]]] = defaultdict(deque)
        self._count = 0

    def add(self, key: Hashable, day: date | None, dates: Dates, thing: _Thing) -> None:
        """Let one more wait."""
        self._by_day[key, dates, day.toordinal() if day is not None else None].append((self._count, thing))
        self._count += 1

    def take(
        self, key: Hashable, day: date | None, dates: Dates, fits: Callable[[_Thing], bool]
    ) -> _Thing | None:
        """The first that waits with this key on what may be this day, and `fits`; it waits no more. Of many on one
        day only the first `LOOKS` are asked."""
        found = [
            there
            for theirs in Dates
            for number in _may_be(day, dates, theirs)
            if (there := self._by_day.get((key, theirs, number)))
        ]
        for one in islice(merge(*found, key=_number), LOOKS):
            if fits(one[1]):
                next(there for there in found if any(one is other for other in islice(there, LOOKS))).remove(one)
                return one[1]
        return None


def _number(one: tuple[int, object]) -> int:
    return one[0]


def _may_be(day: date | None, dates: Dates, theirs: Dates) -> range | tuple[None]:
    """The days, as `theirs` would tell them, that may be this one: 38 at most. Counted as `date.toordinal` does."""
    if day is None:
        return (None,)
    first = day.toordinal()
    if dates is theirs:
        return range(first, first + 1)
    end = last_day(day, dates).toordinal() + 1
    match theirs:
        case Dates.DAY:
            return range(first, end)
        case Dates.WEEK:
            return range(first - 6, end)
        case Dates.MONTH:
            return range(day.replace(day=1).toordinal(), end)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
