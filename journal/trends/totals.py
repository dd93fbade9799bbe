"""The totals of a questionnaire over time, and which of them a line may join.

A questionnaire looks back: a total stands for the days before it, and says nothing of those it does not reach. A line
goes on for up to twice as long as that, so that of the time between two totals at least half was looked back on; from
there on there is a gap, and so there is at a time it was filled in and came to no total.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from journal.clock import in_utc

_UNSAID = 14  # days that one looks back which does not say so: as most of the program's own do


class Total(msgspec.Struct, frozen=True):
    """The total of a questionnaire at a moment; None where there is none."""

    at: datetime
    value: float | None
    eid: str


def longest_line(recall_days: int) -> timedelta:
    """The longest time between two totals that a line may join. `recall_days`: 0 where it is not said."""
    return timedelta(days=2 * (recall_days or _UNSAID))


def in_time(totals: Iterable[Total]) -> list[Total]:
    """In the order of time, and of their ids."""
    return sorted(totals, key=lambda one: (in_utc(one.at), one.eid))


def runs_of(totals: Iterable[Total], longest: timedelta) -> tuple[tuple[Total, ...], ...]:
    """The stretches that a line may join, in the order of time; totals without a value are in none."""
    runs: list[tuple[Total, ...]] = []
    run: list[Total] = []
    for one in in_time(totals):
        if run and (one.value is None or in_utc(one.at) - in_utc(run[-1].at) > longest):
            runs.append(tuple(run))
            run = []
        if one.value is not None:
            run.append(one)
    return (*runs, tuple(run)) if run else tuple(runs)
