"""How many better times were still there: by hand, and against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.trends import Step, kaplan_meier
from tests.journal.trends.by_numpy import still_there


def compared(durations: list[tuple[float, bool]]) -> float | None:
    """Both ways; the median."""
    found = kaplan_meier(durations)
    steps, half = still_there(durations)
    assert [step.time for step in found.steps] == [time for time, _ in steps]
    assert [step.there for step in found.steps] == pytest.approx([there for _, there in steps], abs=1e-9)
    assert found.median == half
    assert found.count == len(durations)
    return found.median


def lists(last: int) -> st.SearchStrategy[list[tuple[float, bool]]]:
    return st.lists(st.tuples(st.integers(1, last).map(float), st.booleans()), min_size=1, max_size=60)


@given(lists(40))
def test_as_many_are_still_there_as_scipy_says(durations: list[tuple[float, bool]]) -> None:
    compared(durations)


@given(lists(4))
def test_as_scipy_says_where_many_end_and_are_lost_at_the_same_time(durations: list[tuple[float, bool]]) -> None:
    compared(durations)


def test_those_lost_where_one_ends_were_still_there() -> None:
    durations = [(5.0, False), (5.0, True), (7.0, True), (9.0, False)]
    assert compared(durations) == 7
    assert kaplan_meier(durations).steps == (Step(5, 4, 1, 0.75), Step(7, 2, 1, 0.375))


def test_half_and_no_less_is_the_median() -> None:
    assert compared([(3.0, True), (6.0, True), (8.0, False), (9.0, False)]) == 6


@pytest.mark.parametrize(
    "durations",
    [
        [(1.0, True), (2.0, False), (3.0, False), (4.0, False)],
        [(3.0, False), (9.0, False)],
        [(9.0, True), *[(9.0, False)] * 2],
        [(20.0, True), *[(30.0, False)] * 8],
    ],
)
def test_where_more_than_half_are_there_at_the_end_there_is_no_median(durations: list[tuple[float, bool]]) -> None:
    assert compared(durations) is None


def test_none_is_known_of_nothing() -> None:
    assert (kaplan_meier([]).count, kaplan_meier([]).steps, kaplan_meier([]).median) == (0, (), None)


def test_eighteen_days_come_out_as_eighteen_days() -> None:
    rng = np.random.default_rng(7)
    ends = rng.exponential(18 / np.log(2), 2000)
    assert kaplan_meier([(end, True) for end in ends]).median == pytest.approx(18, rel=0.06)
