"""The picture says what the numbers say: no point more, no line over a gap, and every point can be read."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from journal.records import SLIDERS, Medicine, MedicineStep, Moment, Route, StepKind
from journal.service.body import MedicineLane, Span
from journal.trends import Answer, SessionMark, chart_of
from tests.ui.charts.conftest import START, Picture, all_but, answers_of, marks_of
from ui.charts import wall
from ui.charts.figure import LANES
from ui.charts.figures.over_time import over_time_figure
from ui.charts.shapes import shape
from ui.charts.view import FigureView
from ui.theme import Scheme, Theme

Key = Qt.Key
given_answers = st.lists(
    st.tuples(st.integers(0, 900).map(float), st.none() | st.integers(0, 10)),
    max_size=25,
    unique_by=lambda one: one[0],
)


def x(hours: float) -> float:
    return wall.seconds(START + timedelta(hours=hours))


@given(given_answers)
@settings(max_examples=25)
def test_the_picture_is_drawn_of_the_series_and_of_nothing_else(chart_once, moods) -> None:
    chart, picture = chart_once
    data = chart_of(answers_of(*moods), ())
    figure = over_time_figure(data)
    chart.set_figure(figure, all_but(figure, "mood"))
    chart.set_range()  # all of it in sight
    series = data.series[0]
    assert picture.points() == sorted((wall.seconds(point.at), point.value) for point in series.points)
    runs = [[(wall.seconds(point.at), point.value) for point in run] for run in series.runs if len(run) > 1]
    assert sorted(picture.lines()) == sorted(runs)


@pytest.fixture
def chart_once(draw) -> tuple[FigureView, Picture]:
    return draw()


def test_a_gap_is_not_bridged(draw) -> None:
    _, picture = draw(chart_of(answers_of((0, 3), (24, 5), (48, None), (60, 6), (72, 4), (200, 8)), ()))
    assert picture.lines() == [[(x(0), 3), (x(24), 5)], [(x(60), 6), (x(72), 4)]]
    assert len(picture.points()) == 5


def test_only_the_chosen_sliders_are_drawn(draw) -> None:
    data = chart_of([*answers_of((0, 3), (10, 4)), *answers_of((5, 9), (15, 8), number=2)], ())
    chart, picture = draw(data)
    assert {y for _, y in picture.points()} == {3, 4}
    figure = over_time_figure(data)
    chart.set_hidden(all_but(figure, "mood", "calm"))
    assert {y for _, y in picture.points()} == {3, 4, 8, 9}
    chart.set_hidden(all_but(figure, "calm"))
    assert {y for _, y in picture.points()} == {8, 9}


def test_sessions_are_marked_where_they_were(draw) -> None:
    chart, picture = draw(chart_of(answers_of((0, 3), (400, 4)), marks_of(12, 200)))
    assert picture.sessions() == [x(12), x(200)]
    assert [item.toPlainText() for item in picture.labels()] == ["Session 1", "Session 2"]
    assert chart.accessibleDescription() == (
        "Mood: 2 answers from Monday 2 March to Thursday 19 March, lowest 3, highest 4. 2 sessions marked."
    )


@pytest.mark.parametrize("scale", [100, 200])
def test_the_names_of_many_sessions_never_lie_over_each_other(draw, theme: Theme, scale: int) -> None:
    theme.apply(scale=scale)
    hours = [0, 30, 60, 200, 420, 430, 700, 1400]
    chart, picture = draw(chart_of(answers_of((0, 3), (1500, 4)), marks_of(*hours)))
    for end in (1500, 700, 100):
        chart.set_range(x(0), x(end))
        boxes = sorted(
            (item.mapRectToScene(item.boundingRect()) for item in picture.labels()), key=lambda box: box.left()
        )
        assert boxes
        for one, other in pairwise(boxes):
            assert one.right() <= other.left() + 3


# -- reading ---------------------------------------------------------------------------------------------------


def test_points_are_read_by_keys_in_the_order_of_time(qtbot, draw) -> None:
    chart, _ = draw(chart_of(answers_of((0, 3), (24, 0), (30, 10)), marks_of(10)))
    said: list[str] = []
    chart.read.connect(said.append)
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Home, Key.Key_Left, Key.Key_End):
        qtbot.keyClick(chart, key)
    first = "Mood 3 of 10 on Monday 2 March, 09:00"
    second = "Mood 0 of 10 on Tuesday 3 March, 09:00 · a day after Session 1"
    third = "Mood 10 of 10 on Tuesday 3 March, 15:00 · a day after Session 1"
    session = "Session 1, Monday 2 March"
    assert said == [first, session, second, third, first, first, third]
    assert chart.accessibleDescription() == third


def test_enter_opens_the_check_in_that_is_read(qtbot, draw) -> None:
    chart, _ = draw(chart_of(answers_of((0, 3), (24, 5)), ()))
    opened: list[str] = []
    chart.opened.connect(opened.append)
    qtbot.keyClick(chart, Key.Key_Return)
    assert opened == []
    qtbot.keyClick(chart, Key.Key_End)
    qtbot.keyClick(chart, Key.Key_Return)
    assert opened == [f"{1:032x}"]


def test_a_point_out_of_sight_is_brought_into_sight_when_it_is_read(qtbot, draw) -> None:
    chart, picture = draw(chart_of(answers_of((0, 3), (24, 5), (2000, 6)), ()))
    chart.set_range(x(0), x(24))
    qtbot.keyClick(chart, Key.Key_End)
    low, high = picture.plot.getViewBox().viewRange()[0]
    assert low <= x(2000) <= high


def test_the_mouse_reads_the_point_it_is_over(qtbot, draw) -> None:
    chart, picture = draw(chart_of(answers_of((0, 3), (48, 9)), ()))
    said: list[str] = []
    chart.read.connect(said.append)
    surface, shake = picture.plot.viewport(), cycle((0, 1))

    def reads(spot: QPoint, text: str) -> bool:  # moves that follow each other too fast are left out
        qtbot.mouseMove(surface, spot + QPoint(next(shake), 0))
        return said[-1:] == [text]

    qtbot.waitUntil(lambda: reads(picture.spot(x(48), 9), "Mood 9 of 10 on Wednesday 4 March, 09:00"))
    qtbot.waitUntil(lambda: reads(picture.spot(x(24), 1), ""))
    qtbot.waitUntil(lambda: reads(picture.spot(x(0), 3), "Mood 3 of 10 on Monday 2 March, 09:00"))
    QApplication.sendEvent(surface, QEvent(QEvent.Type.Leave))
    assert said[-1] == ""


def test_a_double_click_opens_the_check_in(qtbot, draw) -> None:
    chart, picture = draw(chart_of(answers_of((0, 3), (48, 9)), ()))
    surface, spot = picture.plot.viewport(), picture.spot(x(48), 9)
    with qtbot.waitSignal(chart.opened) as opened:
        qtbot.mouseMove(surface, spot)
        qtbot.mouseClick(surface, Qt.MouseButton.LeftButton, pos=spot)
        qtbot.mouseDClick(surface, Qt.MouseButton.LeftButton, pos=spot)
        qtbot.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=spot)
    assert opened.args == [f"{1:032x}"]


@pytest.mark.parametrize(
    ("held", "moves"), [(Qt.KeyboardModifier.NoModifier, False), (Qt.KeyboardModifier.ControlModifier, True)]
)
def test_a_wheel_scrolls_the_page_and_not_the_chart(draw, held: Qt.KeyboardModifier, moves: bool) -> None:
    _, picture = draw(chart_of(answers_of((0, 3), (480, 9)), ()))
    before = picture.plot.getViewBox().viewRange()[0]
    spot = QPointF(picture.plot.viewport().rect().center())
    event = QWheelEvent(
        spot, picture.plot.mapToGlobal(spot), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(picture.plot.viewport(), event)
    assert (picture.plot.getViewBox().viewRange()[0] != before) is moves


def test_no_time_is_read_out_where_none_was_told(qtbot, draw) -> None:
    chart, _ = draw(over_time_figure(chart_of(answers_of((0, 3)), ()), days_only=True))
    said: list[str] = []
    chart.read.connect(said.append)
    qtbot.keyClick(chart, Key.Key_Home)
    assert said == ["Mood 3 of 10 on Monday 2 March"]


@pytest.mark.parametrize("held", [Key.Key_Plus, Key.Key_Minus])
def test_it_is_zoomed_around_what_is_read(qtbot, draw, held: Qt.Key) -> None:
    chart, picture = draw(chart_of(answers_of((0, 3), (24, 5), (400, 6)), ()))
    qtbot.keyClick(chart, Key.Key_Home)
    qtbot.keyClick(chart, Key.Key_Right)
    before = picture.plot.getViewBox().viewRange()[0]
    qtbot.keyClick(chart, held)
    low, high = picture.plot.getViewBox().viewRange()[0]
    assert (high - low < before[1] - before[0]) is (held == Key.Key_Plus)
    assert (x(24) - low) / (high - low) == pytest.approx((x(24) - before[0]) / (before[1] - before[0]))


def test_a_cross_shows_what_is_read(qtbot, draw) -> None:
    chart, picture = draw(chart_of(answers_of((0, 3), (24, 5)), ()))
    assert picture.cross() == []
    qtbot.keyClick(chart, Key.Key_End)
    assert picture.cross() == [x(24), 5]


def test_up_and_down_read_the_sliders_of_one_check_in(qtbot, draw) -> None:
    values = (5, None, 8, None, None, 2, None)
    figure = over_time_figure(chart_of([Answer(START, "a", values)], ()))
    chart, _ = draw(figure)
    chart.set_hidden(all_but(figure, "mood", "calm", "distress"))
    said: list[str] = []
    chart.read.connect(said.append)
    for key in (Key.Key_Home, Key.Key_Up, Key.Key_Up, Key.Key_Up, Key.Key_Down):
        qtbot.keyClick(chart, key)
    assert [text.partition(" on ")[0] for text in said] == [
        "Distress 2 of 10", "Mood 5 of 10", "Calm 8 of 10", "Calm 8 of 10", "Mood 5 of 10",
    ]  # fmt: skip


def test_what_somebody_moved_to_stays_in_sight(qtbot, draw) -> None:
    data = chart_of(answers_of((0, 3), (24, 5), (400, 6)), ())
    chart, picture = draw(data)
    more = over_time_figure(chart_of(answers_of((0, 3), (24, 5), (400, 6), (900, 6)), ()))
    chart.set_figure(more, all_but(more))
    assert picture.plot.getViewBox().viewRange()[0][1] > x(900)  # everything, and there is more of it
    qtbot.keyClick(chart, Key.Key_Plus)
    seen = picture.plot.getViewBox().viewRange()[0]
    chart.set_figure(over_time_figure(data), all_but(more))
    assert picture.plot.getViewBox().viewRange()[0] == pytest.approx(seen)


# -- sessions by their way, and medicines ------------------------------------------------------------------------


def test_every_way_a_dose_is_given_has_a_shape_of_its_own() -> None:
    marks = [SessionMark(START, "Session", route, "s") for route in (*Route, None)]
    drawn = over_time_figure(chart_of(answers_of((0, 3)), marks)).marks
    assert len({mark.shape for mark in drawn}) == len({mark.sort for mark in drawn}) == len(Route) + 1
    outlines = {repr(shape(mark.shape, 100).toFillPolygon().toPolygon().toList()) for mark in drawn}
    assert len(outlines) == len(Route) + 1


def test_medicines_stand_below_with_what_was_noted_of_them(qtbot, draw) -> None:
    told = ((StepKind.START, 0), (StepKind.CHANGE, 48), (StepKind.STOP, 96))
    steps = tuple(MedicineStep(kind=kind, at=Moment(START + timedelta(hours=hours))) for kind, hours in told)
    spans = Span(steps[0].at, steps[1].at), Span(steps[1].at, steps[2].at)
    lane = MedicineLane("m", Medicine(name="A tablet", steps=steps), steps, spans)
    undated = MedicineLane("n", Medicine(name="Another"), (), (Span(None, None),))
    figure = over_time_figure(chart_of(answers_of((0, 3), (120, 5)), ()), [lane, undated])
    chart, picture = draw(figure)
    assert picture.rows() == ["A tablet"]  # and none of which no day was told
    (drawn,) = figure.lanes
    assert [(one.start, one.end) for one in drawn.stretches] == [(x(0), x(48)), (x(48), x(96))]
    assert len({number for _, _, number in drawn.steps}) == 3  # a shape each
    said: list[str] = []
    chart.read.connect(said.append)
    qtbot.keyClick(chart, Key.Key_Home)
    for key in (Key.Key_Right, Key.Key_Right):
        qtbot.keyClick(chart, key)
    assert [text.partition(" on ")[0] for text in said] == [
        "A tablet: started", "A tablet: changed", "A tablet: stopped",
    ]  # fmt: skip
    chart.set_hidden(all_but(figure) | {LANES})
    assert picture.rows() == []


def test_a_medicine_that_is_to_begin_later_is_not_drawn_before(draw) -> None:
    step = MedicineStep(kind=StepKind.START, at=Moment(START + timedelta(hours=500)))
    lane = MedicineLane("m", Medicine(name="Later", steps=(step,)), (step,), (Span(step.at, None),))
    _, picture = draw(over_time_figure(chart_of(answers_of((0, 3), (120, 5)), ()), [lane]))
    assert picture.rows() == ["Later"] and picture.lines() == [] == picture.stretches()


# -- looks -----------------------------------------------------------------------------------------------------


def test_another_theme_keeps_what_is_shown(draw, theme: Theme) -> None:
    chart, picture = draw(chart_of(answers_of((0, 3), (400, 9)), marks_of(5)))
    chart.set_range(x(0), x(50))
    before, points = picture.plot.getViewBox().viewRange()[0], picture.points()
    theme.apply(Scheme.DARK, 150)
    chart.restyle()
    after = Picture(chart)
    assert after.points() == points
    assert after.plot.getViewBox().viewRange()[0] == pytest.approx(before)
    assert after.plot.backgroundBrush().color() == theme.color("raised")


def test_each_slider_has_a_shape_of_its_own() -> None:
    outlines = {shape(number, 100).toFillPolygon().toPolygon().toList().__repr__() for number in range(len(SLIDERS))}
    assert len(outlines) == len(SLIDERS)


def test_no_two_days_on_the_axis_have_one_name(draw) -> None:
    chart, picture = draw(chart_of(answers_of((0, 3), (24 * 30, 9)), ()))
    axis = picture.plot.getAxis("bottom")
    for end in (24 * 30, 24 * 400, 24 * 4000):
        chart.set_range(x(0), x(end))
        low, high = picture.plot.getViewBox().viewRange()[0]
        names = []
        for spacing, values in axis.tickValues(low, high, 700):
            names += axis.tickStrings(values, 1, spacing)
        assert 1 <= len(names) <= 12
        assert len(set(names)) == len(names)
