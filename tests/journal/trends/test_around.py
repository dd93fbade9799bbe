"""One slider around each session, against the same worked out with numpy; and the rules one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given

from journal.trends import Point, Rule, around, of_slider
from tests.journal.trends.by_numpy import WINDOWS
from tests.journal.trends.courses import Course, courses, doses, in_order, marks, points, series

HOUR = 3600.0
NOW = datetime(2027, 1, 1, tzinfo=UTC)
T0 = datetime(2026, 5, 4, 10, tzinfo=UTC)


def at(hours: float, value: int, eid: str = "") -> Point:
    return Point(T0 + timedelta(hours=hours), value, eid or f"{hours}")


def values(found) -> dict[str, int | None]:
    return {one.window.name: one.value for one in found.curves[0].at}


@given(points, doses)
def test_the_same_as_numpy_says(made, starts) -> None:
    compared(made, starts)


@given(courses)
def test_the_same_as_numpy_says_where_sessions_are_close(made: Course) -> None:
    compared(in_order(made.points), made.doses)


def compared(made: tuple[Point, ...], starts: list[datetime]) -> None:
    stamps = np.array([one.at.timestamp() for one in made])
    starts_at = np.array([start.timestamp() for start in starts])
    found = around(series(made), marks(starts), NOW)
    columns = {name: [] for name in WINDOWS}
    for curve, start in zip(found.curves, starts_at, strict=True):
        later = starts_at[starts_at > start]
        end = later.min() if later.size else np.inf
        for one in curve.at:
            first, point, last = WINDOWS[one.window.name]
            since = (stamps - start) / HOUR
            inside = np.flatnonzero((since >= first) & (since <= last) & (stamps < end))
            wanted = None
            if inside.size:
                distance = np.abs(since[inside] - point)
                wanted = made[inside[np.lexsort((stamps[inside], distance))[0]]]
            assert (one.value, one.eid) == ((wanted.value, wanted.eid) if wanted else (None, None))
            assert one.expected == (start + first * HOUR < end)
            if one.value is not None:
                columns[one.window.name].append(one.value)
    bases = [curve.baseline.value for curve in found.curves if curve.baseline is not None]
    assert (found.before.window, found.before.answered, found.before.expected) == (None, len(bases), len(starts))
    assert found.before.median == (float(np.median(bases)) if len(bases) >= 3 else None)
    assert found.points == (found.before, *found.middle)
    for middle in found.middle:
        column = columns[middle.window.name]
        assert middle.answered == len(column)
        assert middle.median == (float(np.median(column)) if len(column) >= 3 else None)
        assert middle.answered <= middle.expected <= len(starts)


@given(points, doses)
def test_no_answer_belongs_to_two_sessions_after_their_doses(made, starts) -> None:
    found = around(series(made), marks(starts), NOW)
    after = [point.eid for curve in found.curves for passed, point in curve.answers if passed >= timedelta()]
    assert len(after) == len(set(after))


@given(courses)
def test_what_was_before_one_session_can_stand_for_all(made: Course) -> None:
    points_, own = in_order(made.points), of_slider(made.points, made.doses[0])
    found = around(series(points_), marks(made.doses), NOW, pinned=made.doses[0])
    plain = around(series(points_), marks(made.doses), NOW)
    wanted = (own.value, Rule.PINNED, own.eids) if own is not None else None
    for curve in found.curves:
        base = curve.baseline
        assert (None if base is None else (base.value, base.rule, base.eids)) == wanted
    assert [curve.at for curve in found.curves] == [curve.at for curve in plain.curves]  # and changes nothing else


def test_the_nearest_counts_and_of_two_as_near_the_earlier() -> None:
    found = around(series((at(3, 1), at(4.5, 2), at(3.5, 3))), marks([T0]), NOW)
    assert values(found)["4 h"] == 3


def test_the_ends_of_a_window_belong_to_it_and_a_second_more_does_not() -> None:
    inside = around(series((at(2, 1), at(36, 2))), marks([T0]), NOW)
    assert (values(inside)["4 h"], values(inside)["24 h"]) == (1, 2)
    outside = around(series((at(2 - 1 / 3600, 1), at(36 + 1 / 3600, 2))), marks([T0]), NOW)
    assert set(values(outside).values()) == {None}


def test_the_next_dose_cuts_and_what_comes_with_it_is_its_own() -> None:
    second = T0 + timedelta(hours=30)
    found = around(series((at(24, 5), at(30, 9), at(34, 7))), marks([T0, second]), NOW)
    assert values(found)["24 h"] == 5
    assert [one.expected for one in found.curves[0].at] == [True, True, False, False, False]
    assert found.curves[0].next_after == timedelta(hours=30)
    assert [point.value for _, point in found.curves[0].answers] == [5]
    assert found.curves[1].at[0].value == 7


def test_a_dose_after_the_last_window_cuts_nothing() -> None:
    found = around(series((at(300, 4),)), marks([T0, T0 + timedelta(days=19)]), NOW)
    assert found.curves[0].next_after is None
    assert values(found)["14 d"] == 4


def test_a_window_that_lies_ahead_is_not_expected_yet() -> None:
    found = around(series(()), marks([T0]), T0 + timedelta(hours=20))
    assert [one.expected for one in found.curves[0].at] == [True, True, False, False, False]


def test_hours_are_counted_as_they_pass_when_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    dose = datetime(2026, 3, 28, 14, tzinfo=berlin)
    next_day = datetime(2026, 3, 29, 14, tzinfo=berlin)  # 23 hours later
    point = Point(next_day, 6, "a")
    found = around(series((point,)), marks([dose]), NOW)
    assert found.curves[0].answers == ((timedelta(hours=23), point),)


def test_a_median_only_from_three_sessions_on() -> None:
    starts = [T0 + timedelta(days=20 * number) for number in range(3)]
    made = tuple(
        Point(start + timedelta(hours=4), value, f"{value}") for start, value in zip(starts, (2, 9, 4), strict=True)
    )
    two = around(series(made[:2]), marks(starts), NOW)
    assert (two.middle[0].answered, two.middle[0].expected, two.middle[0].median) == (2, 3, None)
    assert around(series(made), marks(starts), NOW).middle[0].median == 4.0


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_and_one_session_are_no_trouble(count: int) -> None:
    found = around(series(()), marks([T0][:count]), NOW)
    assert len(found.curves) == count
    assert all(middle.answered == 0 and middle.median is None for middle in found.middle)
