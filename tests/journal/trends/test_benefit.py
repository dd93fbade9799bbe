"""How long a better time lasted: by hand, and against numpy."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from journal.trends import End, Point, benefit, of_slider
from journal.windows import next_dose
from tests.journal.trends.by_numpy import lasted
from tests.journal.trends.courses import Course, course, courses, doses, points

T0 = datetime(2026, 5, 4, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def answers(*pairs: tuple[float, int]) -> list[Point]:
    return [Point(T0 + hours * HOUR, value, f"{hours}") for hours, value in pairs]


def test_over_at_the_first_of_two_that_are_back_and_not_before_the_last_that_was_not() -> None:
    found = benefit(answers((4, 6), (24, 8), (72, 7), (120, 5), (168, 4)), T0, 3)
    assert (found.best.value, found.gain) == (8, 5)
    assert (found.least, found.most, found.end) == (72 * HOUR, 120 * HOUR, End.SEEN)


def test_half_of_the_gain_is_back() -> None:
    assert benefit(answers((24, 8), (72, 6), (96, 6)), T0, 4).most == 72 * HOUR
    assert benefit(answers((24, 8), (72, 7), (96, 7)), T0, 4).most is None


def test_one_bad_day_is_not_the_end() -> None:
    found = benefit(answers((24, 8), (48, 3), (72, 8), (120, 4), (144, 4)), T0, 3)
    assert (found.least, found.most) == (72 * HOUR, 120 * HOUR)


def test_a_last_answer_that_is_back_alone_shows_nothing() -> None:
    found = benefit(answers((24, 8), (72, 8), (120, 3)), T0, 3)
    assert (found.least, found.most, found.end) == (72 * HOUR, None, End.NO_MORE)


def test_the_next_session_leaves_it_open() -> None:
    found = benefit(answers((24, 8), (72, 7), (100, 1), (110, 1)), T0, 3, T0 + 90 * HOUR)
    assert (found.least, found.most, found.end) == (72 * HOUR, None, End.NEXT_DOSE)


def test_nothing_better_within_72_hours_is_no_benefit() -> None:
    assert benefit(answers((4, 3), (24, 2), (73, 9)), T0, 3) is None
    assert benefit([], T0, 3) is None
    assert benefit(answers((72, 4)), T0, 3).least == 72 * HOUR


def test_of_distress_less_is_better() -> None:
    found = benefit(answers((24, 2), (72, 3), (120, 6), (168, 7)), T0, 8, up_is_better=False)
    assert (found.gain, found.least, found.most) == (6, 72 * HOUR, 120 * HOUR)


@given(points, doses, st.floats(0, 10))
def test_the_end_never_lies_before_the_best_nor_past_the_next_dose(made, starts, baseline: float) -> None:
    following = starts[1] if len(starts) > 1 else None
    found = benefit(made, starts[0], baseline, following)
    if found is None:
        return
    best = found.best.at - starts[0].astimezone(UTC)
    assert timedelta() <= best <= found.least <= (found.most or found.least)
    assert found.gain > 0
    if following is not None and found.most is not None:
        assert found.most < following.astimezone(UTC) - starts[0].astimezone(UTC)


def compared(made: Course, up: bool, chosen: float | None = None) -> list[str]:
    """Each session of a course both ways; how each of them ended."""
    ends = []
    for dose in made.doses:
        base = of_slider(made.points, dose)
        baseline = chosen if chosen is not None else base.value if base is not None else None
        if baseline is None:
            continue
        following = next_dose(dose, made.doses)
        found = benefit(made.points, dose, baseline, following, up_is_better=up)
        wanted = lasted(made.points, dose, baseline, following, up)
        if wanted is None:
            assert found is None
            ends.append("none")
            continue
        assert (found.best.eid, found.gain, found.least.total_seconds()) == wanted[:3]
        assert found.censored == np.isnan(wanted.most)
        if found.censored:
            assert found.end is (End.NEXT_DOSE if following is not None else End.NO_MORE)
        else:
            assert (found.most.total_seconds(), found.end) == (wanted.most, End.SEEN)
        ends.append(found.end.name)
    return ends


@given(courses, st.booleans(), st.none() | st.integers(0, 20).map(lambda halves: halves / 2))
def test_as_long_as_numpy_says(made: Course, up: bool, baseline: float | None) -> None:
    compared(made, up, baseline)


@given(points, doses, st.booleans(), st.integers(0, 20).map(lambda halves: halves / 2))
def test_as_long_as_numpy_says_where_answers_are_few(made, starts, up: bool, baseline: float) -> None:
    compared(Course(starts, made), up, baseline)


def test_of_four_hundred_courses_every_kind_of_end_is_compared() -> None:
    ends = Counter(end for seed in range(400) for end in compared(course(seed), up=seed % 3 > 0))
    assert set(ends) == {"none", *(end.name for end in End)}
    assert min(ends.values()) >= 40
