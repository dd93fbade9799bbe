"""How long a better time lasted, and how many were still there: by hand, and against scipy."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from journal.trends import End, Point, benefit, kaplan_meier, of_slider
from journal.windows import next_dose
from tests.journal.trends.courses import Course, columns, course, courses, doses, points

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


class Known(NamedTuple):
    """The same by numpy: seconds since the dose, nan where there is none."""

    best: str
    gain: float
    least: float
    most: float


def by_numpy(made, dose, baseline: float, following, up: bool) -> Known | None:
    """Worked out again from arrays of seconds; nothing of it is the program's."""
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
    if twice.size:
        still = np.flatnonzero(~gone[: twice[0]])
        return Known(eids[best], gain, since[still[-1]], since[twice[0]])
    still = np.flatnonzero(~gone)
    return Known(eids[best], gain, since[still[-1]], np.nan)


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
        wanted = by_numpy(made.points, dose, baseline, following, up)
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


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=60))
def test_as_many_are_still_there_as_scipy_says(durations: list[tuple[int, bool]]) -> None:
    found = kaplan_meier([(float(time), seen) for time, seen in durations])
    sample = CensoredData(
        uncensored=[time for time, seen in durations if seen], right=[time for time, seen in durations if not seen]
    )
    theirs = ecdf(sample).sf
    for step in found.steps:
        assert step.there == pytest.approx(theirs.evaluate(step.time), abs=1e-9)
    below = theirs.quantiles[theirs.probabilities <= 0.5 + 1e-9]
    reached = [time for time in below if any(seen and length == time for length, seen in durations)]
    assert found.median == (min(reached) if reached else None)


def test_eighteen_days_come_out_as_eighteen_days() -> None:
    rng = np.random.default_rng(7)
    ends = rng.exponential(18 / np.log(2), 4000)
    assert kaplan_meier([(end, True) for end in ends]).median == pytest.approx(18, rel=0.06)


def test_none_is_known_where_none_ended() -> None:
    assert kaplan_meier([(3.0, False), (9.0, False)]).median is None
    assert kaplan_meier([]).count == 0
