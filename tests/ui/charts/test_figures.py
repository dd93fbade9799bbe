"""Figures as values: what is drawn, what the table says and what is read are the same; a gap stays a gap."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from journal.trends import SessionMark, around, before_and_after, benefit, kaplan_meier
from journal.windows import WINDOWS, next_dose
from tests.journal.trends.courses import doses, marks, points, series
from ui.charts.figure import Figure
from ui.charts.figures.around import around_figure, before_after_figure, lasted_figure
from ui.charts.figures.compare import change_figure, courses_figure
from ui.charts.figures.days import answered_figure, effects_figure

NOW = datetime(2027, 1, 1, tzinfo=UTC)
ADVICE = ("should", "recommend", "risk", "warning", "failed", "missed")


def sound(figure: Figure) -> None:
    """What holds of every figure."""
    assert figure.title and figure.said and figure.cannot
    assert len(figure.table.rows) == len(figure.table.eids)
    assert all(len(row) == len(figure.table.head) for row in figure.table.rows)
    assert figure.is_empty or figure.spots
    assert not figure.is_empty or figure.empty
    words = " ".join([figure.title, figure.said, figure.cannot, figure.empty, *figure.notes]).lower()
    assert not any(word in words for word in ADVICE)


@given(points, doses)
def test_around_the_dots_the_table_and_the_answers_are_the_same(made, starts) -> None:
    data = around(series(made), marks(starts), NOW)
    figure = around_figure(data)
    sound(figure)
    drawn = sorted(spot.eid for line in figure.lines if not line.strong for spot in line.spots if spot.x > 0)
    assert drawn == sorted(one.eid for curve in data.curves for one in curve.at if one.eid is not None)
    told = [cell for row in figure.table.rows if row[0].startswith("Session") for cell in row[2:] if cell != "–"]
    assert sorted(told) == sorted(
        str(one.value) for curve in data.curves for one in curve.at if one.value is not None
    )


@given(points, doses)
def test_around_no_line_crosses_a_gap(made, starts) -> None:
    for line in around_figure(around(series(made), marks(starts), NOW)).lines:
        for run in line.runs:
            assert [spot.x for spot in run] == list(range(int(run[0].x), int(run[0].x) + len(run)))


@given(points, doses)
def test_before_and_after_only_what_was_answered(made, starts) -> None:
    data = around(series(made), marks(starts), NOW)
    for after in range(len(WINDOWS)):
        figure = before_after_figure(data, after)
        sound(figure)
        for row in figure.table.rows:
            if "–" in row[1:3]:
                assert row[3] == "–"
            else:
                assert float(row[3]) == float(row[2]) - float(row[1])


@given(points, doses)
def test_how_long_a_bar_never_says_more_than_is_known(made, starts) -> None:
    data = around(series(made), marks(starts), NOW)
    found = [
        (curve, benefit(made, curve.mark.at, curve.baseline.value, next_dose(curve.mark.at, starts)))
        if curve.baseline
        else (curve, None)
        for curve in data.curves
    ]
    figure = lasted_figure("Mood", found, kaplan_meier([(1.0, True)] * 5))
    sound(figure)
    assert len(figure.bars) == sum(one is not None for _, one in found)
    for bar in figure.bars:
        assert bar.end >= 0 and (bar.soft is None or bar.soft >= bar.end) and bar.open_end == (bar.soft is None)


@given(points, doses)
def test_before_and_after_a_change(made, starts) -> None:
    before, after = before_and_after(made, starts[0])
    figure = change_figure("Mood", 0, "a medicine was started", before, after, 14)
    sound(figure)
    counts = [str(len(before.points)), str(len(after.points))]
    assert [row[1] for row in figure.table.rows] == ([] if figure.is_empty else counts)
    medians = [line for line in figure.lines if line.strong]
    assert bool(medians) == (before.median is not None or after.median is not None)


@given(points, doses)
def test_courses_show_medians_of_three_and_how_many(made, starts) -> None:
    data = around(series(made), marks(starts), NOW)
    figure = courses_figure("mood", [("One", data), ("Two", around(series(()), [], NOW))])
    sound(figure)
    cells = zip(data.middle, figure.table.rows[0][1:], strict=True)
    assert all(f"({middle.answered})" in cell for middle, cell in cells)


@pytest.mark.parametrize("figure", [
    around_figure(around(series(()), [], NOW)),
    before_after_figure(around(series(()), [], NOW), 1),
    lasted_figure("Mood", [], None),
    effects_figure((), ()),
    answered_figure({}, {}, date(2026, 3, 1)),
    courses_figure("mood", ()),
], ids=["around", "before-after", "lasted", "effects", "answered", "courses"])  # fmt: skip
def test_nothing_yet_says_what_it_waits_for(figure: Figure) -> None:
    sound(figure)
    assert figure.is_empty and figure.spots == ()


@pytest.mark.parametrize(("count", "looks"), [(7, 7), (8, 1)])
def test_up_to_seven_sessions_have_a_look_of_their_own(count: int, looks: int) -> None:
    from journal.trends import Point

    at = datetime(2026, 1, 4, 10, tzinfo=UTC)
    starts = [at + timedelta(days=20 * number) for number in range(count)]
    answers = [Point(start + timedelta(hours=hours), 5, f"{start}{hours}") for start in starts for hours in (-2, 24)]
    sessions = [SessionMark(start, "Session", None, f"{start}") for start in starts]  # all of one name
    data = around(series(tuple(answers)), sessions, NOW)
    for figure in (around_figure(data), before_after_figure(data, 1)):
        sound(figure)
        lines = [line for line in figure.lines if not line.strong]
        assert len({line.number for line in lines}) == looks
        assert len({line.key for line in figure.lines}) == len(figure.lines)
        assert len({line.order for line in lines}) == (1 if looks > 1 else count)
        assert ("the later, the darker" in figure.signs) is (looks == 1)


def test_one_session_with_one_answer_is_a_dot() -> None:
    at = datetime(2026, 5, 4, 10, tzinfo=UTC)
    from journal.trends import Point

    data = around(series((Point(at + timedelta(hours=24), 7, "a"),)), [SessionMark(at, "Session 1", None, "s")], NOW)
    figure = around_figure(data)
    assert [(spot.x, spot.y) for spot in figure.spots] == [(2, 7)]
    assert figure.table.rows[0] == ("Session 1", "–", "–", "7", "–", "–", "–")


def test_answered_days_are_fields_and_empty_days_are_none() -> None:
    today = date(2026, 3, 12)
    figure = answered_figure({date(2026, 3, 10): 2, date(2026, 3, 2): 1}, {date(2026, 3, 9): "Session 3"}, today)
    sound(figure)
    levels = {cell.text: cell.level for cell in figure.cells}
    assert levels["10 March 2026: 2 answers"] == 1.0
    assert levels["2 March 2026: 1 answer"] == 0.5
    assert levels["11 March 2026: 0 answers"] is None
    assert "9 March 2026: 0 answers; Session 3" in levels
