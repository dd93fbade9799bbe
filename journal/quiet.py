"""When a reminder may be shown, and how its times travel. Plain rules on plain times, light enough for the start.

A reminder says nothing, and there are few: at most two a day, some hours apart, none in the night. One that could
not be shown soon after its time is let go. Times travel as bare numbers, seconds since 1970 in UTC, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo

from journal.clock import in_utc, in_zone, later

NIGHT = (time(22), time(8))
MOST = 2  # a day
APART = timedelta(hours=3)
LATE = timedelta(hours=2)  # after that a moment is let go
AHEAD = timedelta(days=30)
_LONGEST = 64  # times that travel
_YEARS = (0, 32503680000)  # 1970 to 3000


def is_night(at: datetime) -> bool:
    """Whether it is night by the wall clock of `at`."""
    wall = at.time()
    return wall >= NIGHT[0] or wall < NIGHT[1]


def may_show(now: datetime, given: Iterable[datetime]) -> bool:
    """Whether a reminder may be shown now; `given` are the times of those that were shown."""
    if is_night(now):
        return False
    times = [in_zone(at, now.tzinfo) for at in given]
    if sum(at.date() == now.date() for at in times) >= MOST:
        return False
    return all(abs(in_utc(now) - in_utc(at)) >= APART for at in times)


def by_day(at: datetime, ends: datetime, zone: tzinfo | None) -> datetime | None:
    """The moment for a reminder at `at`, or the morning where that is night; None where that is later than `ends`."""
    moment = in_zone(at, zone)
    if is_night(moment):
        day = moment if moment.time() < NIGHT[1] else later(moment, timedelta(days=1))
        moment = day.replace(hour=NIGHT[1].hour, minute=0, second=0, microsecond=0)
    return moment if in_utc(moment) <= in_utc(ends) else None


def packed(times: Iterable[datetime]) -> bytes:
    """Times as bare numbers."""
    seconds = sorted({round(in_utc(at).timestamp()) for at in times})
    return " ".join(map(str, seconds[:_LONGEST])).encode("ascii")


def unpacked(data: bytes) -> tuple[datetime, ...]:
    """The times in what travelled; anything else in it is passed over."""
    parts: Sequence[bytes] = data.split(b" ")[:_LONGEST]
    numbers = (int(part) for part in parts if part.isdigit() and len(part) < 12)
    return tuple(datetime.fromtimestamp(number, UTC) for number in numbers if _YEARS[0] <= number < _YEARS[1])
