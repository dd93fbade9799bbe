"""What a change is counted from, and which rule said so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from journal.trends import Point, Rule, Total, of_scale, of_slider
from tests.journal.trends.courses import points, times

T0 = datetime(2026, 5, 4, 10, tzinfo=UTC)


def before(*pairs: tuple[float, int]) -> list[Point]:
    return [Point(T0 - timedelta(hours=hours), value, f"{hours}") for hours, value in pairs]


def test_from_three_answers_on_the_median_of_the_week() -> None:
    found = of_slider(before((10, 2), (50, 4), (160, 9)), T0)
    assert (found.value, found.rule, found.count) == (4, Rule.MEDIAN, 3)


def test_of_an_even_number_the_middle_of_the_two() -> None:
    assert of_slider(before((1, 1), (2, 2), (3, 5), (4, 9)), T0).value == 3.5


def test_else_the_last_of_two_days() -> None:
    found = of_slider(before((47, 3), (2, 6)), T0)
    assert (found.value, found.rule, found.count) == (6, Rule.LAST, 1)
    assert of_slider(before((48, 3)), T0).value == 3


def test_else_none() -> None:
    assert of_slider(before((49, 3), (100, 4)), T0) is None
    assert of_slider([], T0) is None


def test_what_is_noted_at_the_dose_or_after_is_none_of_it() -> None:
    assert of_slider([Point(T0, 5, "a"), Point(T0 + timedelta(hours=1), 5, "b")], T0) is None


def test_a_week_is_a_week() -> None:
    assert of_slider(before((168, 1), (168, 1), (168, 1)), T0).rule is Rule.MEDIAN
    assert of_slider(before((168.01, 1), (168, 1), (168, 1)), T0) is None


def test_what_was_before_another_dose_counts_where_it_was_chosen_and_says_so() -> None:
    made = [*before((1, 1), (2, 1), (3, 1)), Point(T0 - timedelta(days=90), 7, "x")]
    found = of_slider(made, T0, pinned=T0 - timedelta(days=89))
    assert (found.value, found.rule, found.eids) == (7, Rule.PINNED, ("x",))


def test_where_nothing_was_before_what_was_chosen_there_is_nothing_to_count_from() -> None:
    assert of_slider(before((1, 1), (2, 1), (3, 1)), T0, pinned=T0 - timedelta(days=89)) is None


@given(points, times)
def test_the_same_as_worked_out_by_hand(made: tuple[Point, ...], dose: datetime) -> None:
    ages = [(dose.timestamp() - one.at.timestamp(), one.value) for one in made]
    week = [value for age, value in ages if 0 < age <= 7 * 86400]
    close = sorted((age, value) for age, value in ages if 0 < age <= 48 * 3600)
    found = of_slider(made, dose)
    if len(week) >= 3:
        assert (found.value, found.rule) == (median(week), Rule.MEDIAN)
    elif close:
        assert found.rule is Rule.LAST and found.value in {value for age, value in close if age == close[0][0]}
    else:
        assert found is None


def total(days: float, value: float | None) -> Total:
    return Total(T0 - timedelta(days=days), value, f"{days}")


def test_of_a_questionnaire_the_last_whole_total_of_two_weeks() -> None:
    found = of_scale([total(13, 17), total(3, 15), total(1, None), total(20, 3)], T0)
    assert (found.value, found.rule, found.eids) == (15, Rule.TOTAL, ("3",))


def test_none_where_it_is_older_or_later() -> None:
    assert of_scale([total(14.01, 17), total(0, 9), total(-1, 9)], T0) is None
    assert of_scale([total(14, 17)], T0).value == 17


def test_a_total_that_was_chosen() -> None:
    assert of_scale([total(2, 9)], T0, pinned=total(40, 21)).value == 21


@given(st.lists(st.tuples(st.floats(-5, 30), st.none() | st.integers(0, 27)), max_size=20))
def test_never_a_blank(pairs: list[tuple[float, int | None]]) -> None:
    found = of_scale([total(days, value) for days, value in pairs], T0)
    inside = [value for days, value in pairs if 0 < days <= 14 and value is not None]
    assert (found is None) or found.value in inside
