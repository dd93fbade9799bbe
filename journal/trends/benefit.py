"""How long a better time lasted after a dose, for one slider and one session.

The gain is from the baseline to the best answer of the first 72 hours. It is over at the first answer after the best
one that is, together with the answer that follows, back by at least half of the gain. Between two answers nobody
knows: the end lies after the last answer that was still above, and not after the first that was back. Where the next
dose came before, or the answers stop, it lasted at least until the last answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from journal.clock import in_utc
from journal.trends.chart import Point
from journal.windows import since

FIRST = timedelta(hours=72)
_HALF = 0.5


class End(StrEnum):
    """How a better time ended, as far as the answers tell."""

    SEEN = "seen"  # two answers in a row were back
    NEXT_DOSE = "next session"
    NO_MORE = "no more answers"


class Benefit(msgspec.Struct, frozen=True):
    """It lasted at least until `least` and, where its end was seen, at most until `most` (times since the dose)."""

    best: Point
    gain: float
    least: timedelta
    most: timedelta | None
    end: End

    @property
    def censored(self) -> bool:
        """Whether its end was not seen."""
        return self.most is None


def benefit(
    points: Sequence[Point],
    dose: datetime,
    baseline: float,
    following: datetime | None = None,
    *,
    up_is_better: bool = True,
) -> Benefit | None:
    """None where nothing was better than the baseline within 72 hours. `following`: the next dose."""
    sign = 1 if up_is_better else -1
    start = in_utc(dose)
    end = in_utc(following) if following is not None else None
    mine = [one for one in points if in_utc(one.at) >= start and (end is None or in_utc(one.at) < end)]
    mine.sort(key=lambda one: (in_utc(one.at), one.eid))
    early = [one for one in mine if since(dose, one.at) <= FIRST]
    best = max(early, key=lambda one: sign * one.value, default=None)  # of several as good the first
    if best is None or (gain := sign * (best.value - baseline)) <= 0:
        return None
    rest = mine[mine.index(best) :]
    back = [sign * (one.value - baseline) <= gain * _HALF for one in rest]
    for place in range(1, len(rest) - 1):
        if back[place] and back[place + 1]:
            return Benefit(best, gain, since(dose, rest[place - 1].at), since(dose, rest[place].at), End.SEEN)
    # A last answer that is back, alone, does not show that it was over, and not that it went on either.
    last = next(one for one, gone in zip(reversed(rest), reversed(back), strict=True) if not gone)
    return Benefit(best, gain, since(dose, last.at), None, End.NEXT_DOSE if following is not None else End.NO_MORE)
