"""How many better times were still there after so long, by Kaplan and Meier (1958, J Am Stat Assoc 53:457).

An end that was seen counts at the answer that showed it; one that was not, as still there until then, and not known
afterwards. Shown only from five sessions on, with how many.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import msgspec

from journal.trends.benefit import Benefit

FEWEST = 5  # sessions
_DAY = timedelta(days=1)


class Step(msgspec.Struct, frozen=True):
    """After `time`, so large a part is still there; `at_risk` is how many were known to be there just before it."""

    time: float
    at_risk: int
    ended: int
    there: float


class Survival(msgspec.Struct, frozen=True):
    """The steps in order. `median` is the first time at which half or fewer are there, or None."""

    count: int
    steps: tuple[Step, ...]
    median: float | None


def kaplan_meier(durations: Iterable[tuple[float, bool]]) -> Survival:
    """From durations and whether their end was seen. Those that end where others are lost count first."""
    known = sorted(durations)
    there, steps, half = 1.0, [], None
    for time in sorted({length for length, seen in known if seen}):
        at_risk = sum(length >= time for length, _ in known)
        ended = sum(length == time and seen for length, seen in known)
        there *= 1 - ended / at_risk
        steps.append(Step(time, at_risk, ended, there))
        if half is None and there <= 0.5 + 1e-12:
            half = time
    return Survival(len(known), tuple(steps), half)


def survival_of(benefits: Iterable[Benefit]) -> Survival | None:
    """The same of better times, in days; None under five of them."""
    known = [((one.least if one.most is None else one.most) / _DAY, one.most is not None) for one in benefits]
    return kaplan_meier(known) if len(known) >= FEWEST else None
