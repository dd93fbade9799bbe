"""Numbers over time: a blank is never a zero, and no line is drawn where nothing was answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.records import SLIDERS, CheckIn, Moment, Route, decode, encode
from journal.trends import LONGEST_LINE, Answer, SessionMark, answer_of, chart_of

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
BLANK = (None,) * len(SLIDERS)


def answer(hours: float, mood: int | None = None, eid: str = "", at: datetime | None = None) -> Answer:
    when = at or START + timedelta(hours=hours)
    return Answer(when, eid or f"{int(hours * 3600):032x}", (mood, *BLANK[1:]))


def moods(*answers: Answer) -> list[list[int]]:
    """The stretches of the mood's line."""
    return [[point.value for point in run] for run in chart_of(answers, ()).series[0].runs]


def test_no_answers_make_an_empty_chart():
    chart = chart_of((), ())
    assert [series.name for series in chart.series] == [slider.name for slider in SLIDERS]
    assert all(series.points == series.runs == () for series in chart.series)
    assert (chart.answered, chart.blank, chart.marks) == (0, 0, ())


def test_a_zero_is_an_answer_and_a_blank_is_none():
    chart = chart_of([answer(0, 0), answer(1, None), answer(2, 10)], ())
    assert [point.value for point in chart.series[0].points] == [0, 10]
    assert (chart.answered, chart.blank) == (2, 3 * 7 - 2)
    assert [series.points for series in chart.series[1:]] == [()] * 6


def test_a_blank_ends_the_line():
    assert moods(answer(0, 3), answer(1, 4), answer(2), answer(3, 5)) == [[3, 4], [5]]
    assert moods(answer(0), answer(1, 4), answer(2)) == [[4]]


def test_a_slider_that_was_left_out_ends_only_its_own_line():
    answers = [Answer(START + timedelta(hours=n), str(n), (5, None if n == 1 else 5, *BLANK[2:])) for n in range(3)]
    mood, interest, *_ = chart_of(answers, ()).series
    assert [len(run) for run in mood.runs] == [3]
    assert [len(run) for run in interest.runs] == [1, 1]


def test_a_gap_of_more_than_72_hours_ends_the_line():
    assert timedelta(hours=72) == LONGEST_LINE
    assert moods(answer(0, 3), answer(72, 4)) == [[3, 4]]
    assert moods(answer(0, 3), answer(72 + 1 / 3600, 4)) == [[3], [4]]
    assert moods(answer(0, 3), answer(60, 4), answer(120, 5)) == [[3, 4, 5]]


def test_the_order_is_of_time_whatever_the_zone():
    tokyo = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=9)))
    london = datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert moods(answer(0, 2, "b", london), answer(0, 1, "a", tokyo)) == [[1, 2]]


def test_two_at_the_same_time_stand_in_the_order_of_their_ids():
    assert moods(answer(0, 2, "b"), answer(0, 1, "a"), answer(0, 3, "c")) == [[1, 2, 3]]


@pytest.mark.parametrize(
    ("first", "second", "hours"),
    [
        ("2026-03-28T12:00:00+01:00", "2026-03-31T12:00:00+02:00", 71),  # the clocks went forward between
        ("2026-03-28T12:00:00+01:00", "2026-03-31T13:00:00+02:00", 72),
        ("2026-10-24T12:00:00+02:00", "2026-10-27T11:00:00+01:00", 72),  # and back
        ("2026-10-24T12:00:00+02:00", "2026-10-27T12:00:00+01:00", 73),
    ],
)
def test_hours_are_counted_through_a_change_of_clocks(first, second, hours):
    """As they are after they were sealed and opened, with the offset they were lived in."""
    answers = []
    for eid, at in enumerate((first, second)):
        checkin = decode(encode(CheckIn(at=Moment(datetime.fromisoformat(at), "Europe/Berlin"), mood=5)))
        answers.append(answer_of(checkin, str(eid)))
    assert answers[1].at - answers[0].at == timedelta(hours=hours)
    assert len(moods(*answers)) == (1 if hours <= 72 else 2)


def test_the_hour_that_comes_twice_keeps_its_order():
    summer = datetime.fromisoformat("2026-10-25T02:30:00+02:00")
    winter = datetime.fromisoformat("2026-10-25T02:10:00+01:00")
    assert moods(answer(0, 2, "a", winter), answer(0, 1, "b", summer)) == [[1, 2]]


def test_a_check_in_is_an_answer_in_the_order_of_the_sliders():
    values = {slider.name: number for number, slider in enumerate(SLIDERS)}
    one = answer_of(CheckIn(at=Moment(START), **values), "a" * 32)
    assert one == Answer(START, "a" * 32, (0, 1, 2, 3, 4, 5, 6))


def test_sessions_are_marked_in_the_order_of_time():
    marks = [
        SessionMark(START + timedelta(days=7), "Session 2", Route.ORAL, "b"),
        SessionMark(START, "Session 1", None, "c"),
        SessionMark(START, "Session 0", Route.ORAL, "a"),
    ]
    assert [mark.label for mark in chart_of((), marks).marks] == ["Session 0", "Session 1", "Session 2"]


_answers = st.lists(
    st.builds(
        Answer,
        at=st.integers(0, 400).map(lambda hours: START + timedelta(hours=hours)),
        eid=st.text("abcdef", min_size=4, max_size=4),
        values=st.tuples(*[st.none() | st.integers(0, 10)] * len(SLIDERS)),
    ),
    max_size=12,
    unique_by=lambda one: one.eid,
)


@given(_answers, st.randoms(use_true_random=False))
def test_any_answers_make_a_true_chart(answers, random):
    chart = chart_of(answers, ())
    shuffled = list(answers)
    random.shuffle(shuffled)
    assert chart_of(shuffled, ()) == chart
    assert chart.answered + chart.blank == len(answers) * len(SLIDERS)
    ordered = sorted(answers, key=lambda one: (one.at, one.eid))
    for number, series in enumerate(chart.series):
        given_values = [(one.at, one.values[number], one.eid) for one in ordered if one.values[number] is not None]
        assert [(point.at, point.value, point.eid) for point in series.points] == given_values
        assert [point for run in series.runs for point in run] == list(series.points)
        assert all(series.runs)
        places = {one.eid: place for place, one in enumerate(ordered)}
        joined = {(one.eid, other.eid) for run in series.runs for one, other in pairwise(run)}
        for one, other in pairwise(series.points):
            next_to = places[other.eid] == places[one.eid] + 1
            near = other.at - one.at <= LONGEST_LINE
            assert ((one.eid, other.eid) in joined) == (next_to and near)
