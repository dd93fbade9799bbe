"""Thirty people who were made up, as published courses go.

Baselines about 17 (SD 4), three kinds of course (79, 11 and 10 of a hundred, as in Hull 2022,
doi:10.1016/j.jad.2022.07.004), back with a median of 18 days (Murrough 2013, Biol Psychiatry 74:250), a quarter of
the answers missing, one in ten gone early. None of it is of anybody.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np

from journal.trends import Point, Total

T0 = datetime(2026, 1, 5, 9, tzinfo=UTC)  # of the first dose of everybody
DAY = timedelta(days=1)
BEFORE = (-10, -3)  # days of the totals before the first dose
AFTER = (14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84)  # and after it; until day 31 is the end of the induction
_EVERY = 6  # hours between two moments at which a slider could be answered


class People(NamedTuple):
    """What each would have answered: a row a person, nan where nobody answered."""

    totals: np.ndarray  # of a questionnaire, a column for each of the days BEFORE and AFTER
    moods: np.ndarray  # of a slider, a column for each of `hours`
    hours: np.ndarray  # since the first dose


def people(seed: int, count: int = 30) -> People:
    draw = np.random.default_rng(seed)
    base = np.clip(np.round(draw.normal(17, 4, count)), 0, 27)
    share = draw.choice([0.62, 0.25, -0.1], p=[0.79, 0.11, 0.10], size=count)
    back = 14 + draw.exponential(18 / np.log(2), count)  # the day on which it is as it was
    gone = np.where(draw.random(count) < 0.1, draw.integers(20, 60, count), 999)

    def answered(days: np.ndarray, top: float, spread: float) -> np.ndarray:
        better = (days >= 0) & (days[None, :] < back[:, None])
        level = base[:, None] * (1 - share[:, None] * better) + draw.normal(0, spread, (count, len(days)))
        missing = (days[None, :] > gone[:, None]) | (draw.random(level.shape) < 0.25)
        return np.where(missing, np.nan, np.clip(np.round(level * top / 27), 0, top))

    hours = np.arange(-8 * 24, 60 * 24, _EVERY, dtype=float)
    hours = hours[draw.random(len(hours)) < 0.3]
    return People(
        answered(np.array(BEFORE + AFTER, dtype=float), 27, 1),
        10 - answered(hours / 24, 10, 1.5),
        hours,
    )


def totals_of(all_: People, row: int) -> list[Total]:
    """The totals of one person; one without a value was filled in and has none."""
    values = zip(BEFORE + AFTER, all_.totals[row], strict=True)
    return [Total(T0 + day * DAY, None if np.isnan(value) else float(value), f"{row} {day}") for day, value in values]


def moods_of(all_: People, row: int) -> tuple[Point, ...]:
    """The answers of one person to a slider."""
    values = zip(all_.hours, all_.moods[row], strict=True)
    return tuple(
        Point(T0 + timedelta(hours=hour), int(value), f"{row} {hour}")
        for hour, value in values
        if not np.isnan(value)
    )
