"""The only place that asks what time it is; tests pass a clock of their own."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def in_utc(at: datetime) -> datetime:
    """The same instant in UTC; at either end of what can be written, the end."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return _FIRST if at.year == 1 else _LAST


def in_zone(at: datetime, zone: tzinfo | None) -> datetime:
    """The same instant in another zone, where that has a date for it."""
    try:
        return at.astimezone(zone)
    except OverflowError:
        return at


def later(at: datetime, by: timedelta) -> datetime:
    """An instant so much later (or earlier), or the last (or first) there is in its zone."""
    try:
        return at + by
    except OverflowError:
        return (datetime.max if by > timedelta() else datetime.min).replace(tzinfo=at.tzinfo)


class Clock(Protocol):
    """Tells the time. Order and merging never depend on it."""

    def now(self) -> datetime:
        """The local time now, with its offset from UTC."""
        ...


def steady(clock: Clock) -> float | None:
    """Seconds by a clock that nobody can set, where `clock` has one: only how they differ means anything."""
    ask = getattr(clock, "steady", None)
    return None if ask is None else float(ask())


class SystemClock:
    """The machine's clock, in the zone the machine is set to."""

    def now(self) -> datetime:
        return datetime.now(UTC).astimezone().replace(microsecond=0)

    def steady(self) -> float:
        """Seconds by a clock that nobody can set, and that goes on during sleep where there is such a one."""
        if hasattr(time, "CLOCK_BOOTTIME"):  # Linux, whose other one stands still meanwhile
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        return time.monotonic()


class FixedClock:
    """A clock that stands where it is put. For samples, previews and tests."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at
