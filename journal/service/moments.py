"""When something will fit, for quiet reminders: times and nothing else.

Only what took place has moments: a session that is planned reminds of nothing, since plans move, and one that was called
off must not be asked after. Each window after a session has one moment at most, and none once it was answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from journal.clock import in_utc, later
from journal.quiet import AHEAD, by_day
from journal.records import Commitment, HardMoment
from journal.service.due import standing
from journal.store import Items
from journal.windows import since

_LOOK_BACK = (7, 14)  # days after a commitment began
_MORNING = time(10)
_ASKED = timedelta(hours=12)  # how late a moment that the person chose may come


def moments(items: Items, now: datetime) -> tuple[datetime, ...]:
    """When reminders may come in the next weeks, the soonest first."""
    found = (by_day(at, ends, now.tzinfo) for at, ends in _wanted(items, now))
    ahead = {at for at in found if at is not None and timedelta(0) < since(now, at) <= AHEAD}
    return tuple(sorted(ahead, key=in_utc))


def _wanted(items: Items, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    at = standing(items, now)
    for span in at.open_spans():
        if span.holds(span.point):  # else the next session began before it
            yield span.point, span.ends
    happened = {one.eid for one in at.sessions if one.session.happened and since(one.session.starts.at, now) >= _NONE}
    for item in items.of_kind("commitment", "hard"):
        record = item.record
        if not isinstance(record, Commitment | HardMoment) or (record.session and record.session not in happened):
            continue
        if isinstance(record, HardMoment):
            if record.ask_again is not None and record.looked is None:
                yield record.ask_again.at, later(record.ask_again.at, _ASKED)
        elif record.outcome is None:
            yield _day_after(record.begins.at, _LOOK_BACK[0]), _day_after(record.begins.at, _LOOK_BACK[1])


def _day_after(begins: datetime, days: int) -> datetime:
    """The morning so many days of the calendar later."""
    return later(begins, timedelta(days=days)).replace(hour=_MORNING.hour, minute=0, second=0, microsecond=0)


_NONE = timedelta(0)
