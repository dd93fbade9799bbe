"""The only place that asks what time it is; tests pass a clock of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


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
