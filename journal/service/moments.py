"""When something will fit, for quiet reminders: times and nothing else.

Only what took place has moments: a session that is planned reminds of nothing, since plans move, and one that was
called off must not be asked after. What the person asked to be asked about again has its moment whatever is noted of
its session: many a session is never ticked, and the first page asks then as well. Each window after a session has
one moment at most, and none once it was answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

from journal.clock import Clock, in_utc, later
from journal.quiet import AHEAD, LATE, by_day
from journal.records import Commitment, HardMoment, Settings
from journal.service.due import standing
from journal.store import Items
from journal.windows import since

_LOOK_BACK = (7, 14)  # days after a commitment began
_MORNING = time(10)
_ASKED = timedelta(hours=12)  # how late a moment that the person chose may come
_NONE = timedelta(0)


def moments(items: Items, now: datetime) -> tuple[datetime, ...]:
    """When reminders may come in the next weeks, the soonest first; with those whose time has only just come."""
    found = (by_day(at, ends, now.tzinfo) for at, ends in _wanted(items, now))
    ahead = {at for at in found if at is not None and -LATE <= since(now, at) <= AHEAD}
    return tuple(sorted(ahead, key=in_utc))


def _wanted(items: Items, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    at = standing(items, now)
    for span in at.open_spans():
        if span.holds(span.point):  # else the next session began before it
            yield span.point, span.ends
    happened = {one.eid for one in at.sessions if one.session.happened and since(one.session.starts.at, now) >= _NONE}
    newest: Commitment | None = None  # one at a time: it stands in place of those before
    for item in items.of_kind("commitment", "hard"):
        record = item.record
        if isinstance(record, Commitment) and (not record.session or record.session in happened):
            newest = record if newest is None or since(newest.begins.at, record.begins.at) > _NONE else newest
        elif isinstance(record, HardMoment) and record.ask_again is not None and _asks(record, record.ask_again.at):
            yield record.ask_again.at, later(record.ask_again.at, _ASKED)
    if newest is not None and newest.outcome is None:
        yield _day_after(newest.begins.at, _LOOK_BACK[0]), _day_after(newest.begins.at, _LOOK_BACK[1])


def _asks(record: HardMoment, at: datetime) -> bool:
    return record.looked is None or since(record.looked.at, at) > _NONE


def _day_after(begins: datetime, days: int) -> datetime:
    """The morning so many days of the calendar later."""
    return later(begins, timedelta(days=days)).replace(hour=_MORNING.hour, minute=0, second=0, microsecond=0)


class Reminding:
    """What the journal answers about reminders."""

    _items: Items
    clock: Clock
    settings: Callable[[], Settings]

    def reminders(self) -> tuple[bool, tuple[datetime, ...]]:
        """Whether the person wants any, and when they may come."""
        wanted = self.settings().reminders
        return wanted, moments(self._items, self.clock.now()) if wanted else ()
