"""Totals over time: which of them a line may join, against numpy, and the edges one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.trends import Total, longest_line, runs_of
from tests.journal.trends.courses import ZONES

T0 = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def at(days: float, value: float | None = 9) -> Total:
    return Total(T0 + days * DAY, value, f"{days}")


def days(*runs: tuple[Total, ...]) -> list[list[str]]:
    return [[one.eid for one in run] for run in runs]


made = st.lists(
    st.tuples(st.integers(0, 400), st.none() | st.integers(0, 27), st.sampled_from(ZONES)), max_size=25
).map(
    lambda found: [
        Total((T0 + day * DAY / 2).astimezone(zone), value, f"{number:03}")
        for number, (day, value, zone) in enumerate(found)
    ]
)


@given(made, st.integers(0, 40))
def test_joined_is_what_numpy_joins(totals: list[Total], reach: int) -> None:
    times = np.array([one.at.timestamp() for one in totals], dtype=float)
    values = np.array([np.nan if one.value is None else one.value for one in totals], dtype=float)
    order = np.lexsort(([one.eid for one in totals], times)) if totals else np.array([], dtype=int)
    there = ~np.isnan(values[order])
    joins = there[:-1] & there[1:] & (np.diff(times[order]) <= reach * 86_400)
    wanted: list[list[str]] = []
    for place, one in enumerate(order):
        if there[place] and place and joins[place - 1]:
            wanted[-1].append(totals[one].eid)
        elif there[place]:
            wanted.append([totals[one].eid])
    assert days(*runs_of(totals, reach * DAY)) == wanted


def test_two_totals_a_year_apart_are_two_dots() -> None:
    assert days(*runs_of([at(0), at(365)], longest_line(14))) == [["0"], ["365"]]


def test_a_filling_without_a_total_is_a_gap() -> None:
    assert days(*runs_of([at(0), at(7, None), at(14), at(20)], longest_line(14))) == [["0"], ["14", "20"]]


@pytest.mark.parametrize(("recall", "longest"), [(14, 28), (30, 60), (7, 14), (1, 2), (0, 28)])
def test_a_line_is_at_most_twice_as_long_as_it_looks_back(recall: int, longest: int) -> None:
    reach = longest_line(recall)
    assert reach == longest * DAY
    assert len(runs_of([at(0), at(longest)], reach)) == 1
    assert len(runs_of([at(0), at(longest + 1 / 86_400)], reach)) == 2


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (datetime(2026, 3, 20, 9), datetime(2026, 4, 17, 10), 1),  # 28 days, of which one has 23 hours
        (datetime(2026, 3, 20, 9), datetime(2026, 4, 17, 10, 1), 2),
        (datetime(2026, 10, 10, 9), datetime(2026, 11, 7, 8), 1),  # and of which one has 25
        (datetime(2026, 10, 10, 9), datetime(2026, 11, 7, 8, 1), 2),
    ],
)
def test_days_are_counted_as_they_pass_when_the_clocks_change(first: datetime, second: datetime, joined: int) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    totals = [Total(at_.replace(tzinfo=berlin), 9, str(at_)) for at_ in (first, second)]
    assert len(runs_of(totals, 28 * DAY)) == joined
