"""Figures as values: what is drawn, what the table says and what is read are the same; a gap stays a gap."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.records import Moment, Onset, SideEffect
from journal.service.body import Effect
from journal.trends import Point, SessionMark, around, before_and_after, benefit, kaplan_meier
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
    told = [cell for row in figure.table.rows if row[0].startswith("Session") for cell in row[2:7] if cell != "–"]
    assert not figure.lines or figure.x.counts == tuple(f"{one.answered} of {one.expected}" for one in data.points)
    medians = [(spot.x, spot.y) for line in figure.lines if line.strong for spot in line.spots]
    assert medians == [(x, one.median) for x, one in enumerate(data.points) if one.median is not None]
    assert sorted(told) == sorted(
        str(one.value) for curve in data.curves for one in curve.at if one.value is not None
    )


@given(points, doses)
def test_around_no_line_crosses_a_gap(made, starts) -> None:
    for line in around_figure(around(series(made), marks(starts), NOW)).lines:
        for run in line.runs:
            assert [spot.x for spot in run] == list(range(int(run[0].x), int(run[0].x) + len(run)))


@given(points, doses)
def test_around_a_stroke_says_where_the_next_session_cut_a_line_off(made, starts) -> None:
    data = around(series(made), marks(starts), NOW)
    figure = around_figure(data)
    lines = {line.name: line for line in figure.lines}
    for curve in data.curves:
        line = lines.get(curve.mark.label)
        if line is None:
            continue
        assert (line.cut is not None) == (curve.next_after is not None)
        row = next(row for row in figure.table.rows if row[0] == curve.mark.label)
        assert (row[-1] == "–") == (line.cut is None)
        if line.cut is not None:
            last = line.spots[-1]
            assert line.cut.y == last.y and last.x < line.cut.x < len(figure.x.names)
            assert row[-1] in line.cut.text and line.cut in figure.spots
            assert line.cut not in line.spots  # it is no answer


@pytest.mark.parametrize(
    ("hours", "x"), [(2, 0.75), (4, 1.12), (14, 1.5), (30, 2.125), (24 * 7, 4), (24 * 10.5, 4.5), (24 * 17, 5.12)]
)
def test_a_stroke_stands_at_its_time_among_the_points(hours: float, x: float) -> None:
    at = datetime(2026, 5, 4, 10, tzinfo=UTC)
    answered = [Point(at + timedelta(hours=one), 7, f"{one}") for one in (-1, 3) if one < hours]
    starts = [at, at + timedelta(hours=hours)]
    line = around_figure(around(series(tuple(answered)), marks(starts), NOW)).lines[0]
    assert line.cut.x == pytest.approx(x)


@given(points, doses, st.lists(st.sampled_from(range(len(WINDOWS))), min_size=1, unique=True).map(sorted))
def test_before_and_after_only_what_was_answered(made, starts, after) -> None:
    data = around(series(made), marks(starts), NOW)
    figure = before_after_figure(data, after)
    sound(figure)
    curves = {curve.mark.label: curve for curve in data.curves}
    both = [0] * len(after)
    for row in figure.table.rows:
        curve = curves.pop(row[0])
        base = curve.baseline
        assert row[1] == (f"{base.value:g}" if base else "–")
        for pair, window in enumerate(after):
            value, change = row[2 + 2 * pair : 4 + 2 * pair]
            assert value == ("–" if curve.at[window].value is None else str(curve.at[window].value))
            if "–" in (row[1], value):
                assert change == "–"
            else:
                assert float(change) == float(value) - float(row[1])
                both[pair] += 1
    for curve in curves.values():  # none is left out that has something
        assert curve.baseline is None and all(curve.at[one].value is None for one in after)
    if figure.table.rows:
        expected = [data.middle[one].expected for one in after]
        of_each = [f"{some} of {could}" for some, could in zip(both, expected, strict=True)]
        assert [count for count in figure.x.counts if count] == of_each
        named = [name.removesuffix(" after") for name in figure.x.names if name not in ("", "before")]
        assert named == [WINDOWS[one].name for one in after]


@given(points, doses)
def test_before_and_after_joins_only_a_pair(made, starts) -> None:
    figure = before_after_figure(around(series(made), marks(starts), NOW), (1, 2, 3, 4))
    for line in figure.lines:
        for run in line.runs:
            assert [spot.x % 3 for spot in run] in ([0], [1], [0, 1])
            assert len({spot.x // 3 for spot in run}) == 1


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
    cells = zip(data.points, figure.table.rows[0][1:], strict=True)
    assert all(f"({point.answered})" in cell for point, cell in cells)
    assert figure.x.names[0] == figure.table.head[1] == "before"
    assert figure.x.counts == tuple(f"{point.answered} · 0" for point in data.points)
    drawn = [(spot.x, spot.y) for line in figure.lines for spot in line.spots]
    assert drawn == [(x, point.median) for x, point in enumerate(data.points) if point.median is not None]


@pytest.mark.parametrize("figure", [
    around_figure(around(series(()), [], NOW)),
    before_after_figure(around(series(()), [], NOW), (1, 2)),
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
    for figure in (around_figure(data), before_after_figure(data, (1,))):
        sound(figure)
        lines = [line for line in figure.lines if not line.strong]
        assert len({line.number for line in lines}) == looks
        assert len({line.key for line in figure.lines}) == len(figure.lines)
        assert len({line.order for line in lines}) == (1 if looks > 1 else count)
        assert ("the later, the darker" in figure.signs) is (looks == 1)


def test_one_session_with_one_answer_is_a_dot() -> None:
    at = datetime(2026, 5, 4, 10, tzinfo=UTC)
    data = around(series((Point(at + timedelta(hours=24), 7, "a"),)), [SessionMark(at, "Session 1", None, "s")], NOW)
    figure = around_figure(data)
    assert [(spot.x, spot.y) for spot in figure.spots] == [(2, 7)]
    assert figure.table.rows[0] == ("Session 1", "–", "–", "7", "–", "–", "–", "–")


def test_answered_days_are_fields_and_empty_days_are_none() -> None:
    today = date(2026, 3, 12)
    figure = answered_figure({date(2026, 3, 10): 2, date(2026, 3, 2): 1}, {date(2026, 3, 9): "Session 3"}, today)
    sound(figure)
    levels = {cell.text: cell.level for cell in figure.cells}
    assert levels["10 March 2026: 2 answers"] == 1.0
    assert levels["2 March 2026: 1 answer"] == 0.5
    assert levels["11 March 2026: 0 answers"] is None
    assert "9 March 2026: 0 answers; Session 3" in levels


def test_an_effect_that_began_at_no_known_time_has_no_length() -> None:
    at = datetime(2026, 5, 4, 10, tzinfo=UTC)

    def effect(eid: str, onset: Onset, hours: int | None) -> Effect:
        gone = Moment(at + timedelta(hours=hours)) if hours is not None else None
        began = Moment(at + timedelta(hours=1) if onset is Onset.TIME else at)
        return Effect(eid, SideEffect(what="nausea", began=began, gone=gone, session="s", onset=onset), "Session 1")

    effects = [effect("a", Onset.SESSION, 25), effect("b", Onset.SESSION, None), effect("c", Onset.TIME, 25),
               effect("d", Onset.TIME, None)]  # fmt: skip
    figure = effects_figure(effects, [SessionMark(at, "Session 1", None, "s")])
    sound(figure)
    assert [row[2:] for row in figure.table.rows] == [
        ("not said", "25 h"), ("not said", "–"), ("1 h", "25 h"), ("1 h", "–"),
    ]  # fmt: skip
    assert [bar.end - bar.start for bar in figure.bars] == [0, 0, 24, 0]
    assert [bar.open_end for bar in figure.bars] == [False, False, False, True]
    assert "when it began was not said" in figure.bars[0].text
    assert "2 of them not said to be gone" in figure.said
    assert "A row without a bar" in figure.signs
