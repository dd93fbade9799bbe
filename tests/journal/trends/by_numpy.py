"""The same worked out a second time, from arrays of seconds; nothing here is the program's."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import numpy as np
from scipy.stats import CensoredData, ecdf

from journal.trends import Point
from tests.journal.trends.courses import columns

# first, point, last of each window, in hours
WINDOWS = {
    "4 h": (2, 4, 8),
    "24 h": (18, 24, 36),
    "3 d": (48, 72, 96),
    "7 d": (120, 168, 216),
    "14 d": (264, 336, 432),
}


class Lasted(NamedTuple):
    """Seconds since the dose; nan where there is none."""

    best: str
    gain: float
    least: float
    most: float


def lasted(
    made: tuple[Point, ...], dose: datetime, baseline: float, following: datetime | None, up: bool
) -> Lasted | None:
    """How long a better time lasted."""
    times, values, eids = columns(made)
    inside = (times >= dose.timestamp()) & (times < (following.timestamp() if following else np.inf))
    since, eids = times[inside] - dose.timestamp(), eids[inside]
    better = (values[inside] - baseline) * (1 if up else -1)
    early = np.flatnonzero(since <= 72 * 3600)
    if not early.size or better[early].max() <= 0:
        return None
    best = early[better[early].argmax()]
    gain = better[best]
    gone = 2 * better <= gain
    gone[: best + 1] = False
    twice = np.flatnonzero(gone[:-1] & gone[1:])
    still = np.flatnonzero(~gone[: twice[0]] if twice.size else ~gone)
    return Lasted(eids[best], gain, since[still[-1]], since[twice[0]] if twice.size else np.nan)


def still_there(durations: list[tuple[float, bool]]) -> tuple[list[tuple[float, float]], float | None]:
    """By scipy: the part that is there after each end that was seen, and when half or fewer are first."""
    sample = CensoredData(
        uncensored=[time for time, seen in durations if seen], right=[time for time, seen in durations if not seen]
    )
    there = ecdf(sample).sf
    ends = sorted({time for time, seen in durations if seen})
    half = there.quantiles[there.probabilities <= 0.5 + 1e-9]
    return [(time, float(there.evaluate(time))) for time in ends], float(half.min()) if half.size else None
