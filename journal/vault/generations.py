"""Which backups stay. A pure rule over their times and their places in the journal's own count of changes.

Nothing here asks what time it is: every span is counted
back from the newest name, and days, weeks and months are counted only where there are backups. So a clock that was
set wrong for a while takes a few places and drives nothing out, and a journal that is rarely opened keeps more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import msgspec

NEWEST = 3  # kept whatever the rest of the rule says, by time and by the count of changes
RECENT = 10  # of the last day
DAY = timedelta(days=1)
BOUND = RECENT + 14 + 8 + 24 + 2 * NEWEST  # more than this never stay


class Place(msgspec.Struct, frozen=True, order=True):
    """Where a backup stands: when it was made, by the clock of then, and in the count of the journal's changes."""

    at: datetime
    epoch: int = 0
    counter: int = 0


def stay(places: Iterable[Place]) -> set[Place]:
    """The places that stay: the last day's (at most 10), one a day for 14 days, one a week for 8 weeks, one a month
    for 24 months, and always the newest three, both by time and by the count of changes."""
    by_time = sorted(set(places), reverse=True)
    if not by_time:
        return set()
    by_count = sorted(by_time, key=lambda place: (place.epoch, place.counter, place.at), reverse=True)
    newest = by_time[0].at
    kept = {*by_time[:NEWEST], *by_count[:NEWEST]}
    kept.update([place for place in by_time if newest - place.at < DAY][:RECENT])
    for label, count in ((_day, 14), (_week, 8), (_month, 24)):
        kept.update(_one_of_each(by_time, label, count))
    return kept


def _one_of_each(newest_first: list[Place], label: Callable[[datetime], tuple[int, ...]], count: int) -> list[Place]:
    found: dict[tuple[int, ...], Place] = {}
    for place in newest_first:
        found.setdefault(label(place.at), place)
        if len(found) == count:
            break
    return list(found.values())


def _day(at: datetime) -> tuple[int, ...]:
    return at.year, at.month, at.day


def _week(at: datetime) -> tuple[int, ...]:
    return tuple(at.isocalendar()[:2])


def _month(at: datetime) -> tuple[int, ...]:
    return at.year, at.month
