"""The answers before and after a change, against the same worked out with numpy; and the edges one by one."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from journal.trends import Point, before_and_after
from tests.journal.trends.courses import Course, columns, course, courses, points, times

T0 = datetime(2026, 5, 4, 10, tzinfo=UTC)
DAY = 86_400.0


def at(days: float, value: int = 5, eid: str = "") -> Point:
    return Point(T0 + timedelta(days=days), value, eid or f"{days}")


def compared(made: tuple[Point, ...], moment: datetime, within: timedelta) -> list[str]:
    """Both sides both ways; what there was on them."""
    stamps, values, eids = columns(made)
    since = stamps - moment.timestamp()
    reach = within.total_seconds()
    kinds = []
    for side, inside in zip(
        before_and_after(made, moment, within),
        ((since >= -reach) & (since < 0), (since >= 0) & (since <= reach)),
        strict=True,
    ):
        assert [one.eid for one in side.points] == eids[inside].tolist()
        assert [one.value for one in side.points] == values[inside].tolist()
        assert side.median == (float(np.median(values[inside])) if inside.sum() >= 3 else None)
        kinds.append("none" if not inside.any() else "few" if inside.sum() < 3 else "median")
    return kinds


@given(courses, st.integers(0, 30))
def test_around_each_session_of_a_course_the_same_as_numpy_says(made: Course, days: int) -> None:
    for dose in made.doses:
        compared(made.points, dose, timedelta(days=days))


@given(points, times, st.integers(0, 60 * 24).map(lambda hours: timedelta(hours=hours)))
def test_around_any_moment_the_same_as_numpy_says(made, moment: datetime, within: timedelta) -> None:
    compared(made, moment, within)


def test_of_two_hundred_courses_sides_with_and_without_a_median_are_compared() -> None:
    kinds = Counter(
        kind for seed in range(200) for dose in course(seed).doses
        for kind in compared(course(seed).points, dose, timedelta(days=3))
    )  # fmt: skip
    assert set(kinds) == {"none", "few", "median"} and min(kinds.values()) >= 40


def test_what_was_noted_at_the_change_itself_is_after_it() -> None:
    before, after = before_and_after([at(0), at(-1 / DAY, eid="a second before")], T0)
    assert [one.eid for one in before.points] == ["a second before"]
    assert [one.eid for one in after.points] == ["0"]


def test_two_weeks_each_way_and_not_a_second_more() -> None:
    second = 1 / DAY
    before, after = before_and_after([at(-14), at(-14 - second), at(14), at(14 + second)], T0)
    assert [one.at for one in before.points] == [T0 - timedelta(days=14)]
    assert [one.at for one in after.points] == [T0 + timedelta(days=14)]


def test_a_day_has_as_many_hours_as_passed_when_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    change = datetime(2026, 3, 29, 14, tzinfo=berlin)
    one = Point(datetime(2026, 3, 28, 14, tzinfo=berlin), 4, "23 hours before")
    other = Point(datetime(2026, 3, 28, 13, tzinfo=berlin), 4, "24 hours before")
    early = Point(datetime(2026, 3, 28, 12, 59, tzinfo=berlin), 4, "a minute more")
    before, _ = before_and_after([one, other, early], change, timedelta(days=1))
    assert [point.eid for point in before.points] == ["24 hours before", "23 hours before"]


def test_a_median_only_from_three_answers_on() -> None:
    two, three = before_and_after([at(-2, 1), at(-1, 9), at(1, 1), at(2, 9), at(3, 4)], T0)
    assert (two.median, three.median) == (None, 4.0)
