"""The only place that asks what time it is; tests pass a clock of their own."""

from __future__ import annotations

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


class SystemClock:
    """The machine's clock, in the zone the machine is set to."""

    def now(self) -> datetime:
        return datetime.now(UTC).astimezone().replace(microsecond=0)


class FixedClock:
    """A clock that stands where it is put. For samples, previews and tests."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at
