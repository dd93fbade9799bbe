"""The charts page: the picture and its table say what the journal says, and can be used without a mouse."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from journal.records import SLIDERS, CheckIn, Moment
from journal.service import JournalService
from tests.ui.charts.conftest import Picture
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.conftest import Course
from tests.ui.pages.hands import shown
from ui.charts import wall
from ui.charts.view import FigureView
from ui.pages.charts import ChartsPage
from ui.places import Place
from ui.theme import Scheme, Theme
from ui.window import MainWindow

Key = Qt.Key


@pytest.fixture
def charts(qtbot, course: Course) -> ChartsPage:
    return go(qtbot, course.window, Place("charts"))


def picture(page: ChartsPage) -> Picture:
    return Picture(page.findChild(FigureView))


def drawn_of(qtbot, window: MainWindow, *names: str) -> list[tuple[float, int]]:
    """The points of these sliders as the service knows them."""
    data = ask(qtbot, window, JournalService.chart)
    found = [
        (wall.seconds(point.at), point.value)
        for series in data.series
        if series.name in names
        for point in series.points
    ]
    return sorted(found)


def test_without_a_check_in_it_leads_to_one(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("charts"))
    shown(page, "Check in now").click()
    assert window_open.stack.place.name == "check-in"


def test_the_first_check_in_brings_the_chart(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("charts"))
    save = partial(JournalService.save, record=CheckIn(at=Moment(NOW), mood=7))
    ask(qtbot, window_open, save)
    quiet(qtbot, window_open.context.tasks)
    assert picture(page).points() == [(wall.seconds(NOW), 7)]
    chips = [made for made in page.findChildren(QPushButton) if made.text() in [one.title for one in SLIDERS]]
    assert [made.text() for made in chips if made.isEnabled()] == ["Mood"]  # the others have no answer to show


def test_the_picture_holds_what_the_journal_holds(qtbot, charts: ChartsPage, course: Course) -> None:
    data = ask(qtbot, course.window, JournalService.chart)
    assert picture(charts).points() == drawn_of(qtbot, course.window, "mood")
    assert picture(charts).sessions() == [wall.seconds(mark.at) for mark in data.marks]
    assert len(data.marks) == 6
    shown(charts, "Calm").click()
    assert picture(charts).points() == drawn_of(qtbot, course.window, "mood", "calm")
    runs = [run for series in data.series if series.name in ("mood", "calm") for run in series.runs if len(run) > 1]
    assert len(picture(charts).lines()) == len(runs)


def test_there_is_always_something_to_see(qtbot, charts: ChartsPage, course: Course) -> None:
    mood = shown(charts, "Mood")
    mood.click()
    assert mood.isChecked()
    assert picture(charts).points() == drawn_of(qtbot, course.window, "mood")


def test_the_table_has_the_same_numbers(qtbot, charts: ChartsPage, course: Course) -> None:
    shown(charts, "As a table").click()
    assert charts.panel.table.isVisible()
    model = charts.panel.table.model()
    data = ask(qtbot, course.window, JournalService.chart)
    for column, (slider, series) in enumerate(zip(SLIDERS, data.series, strict=True), start=3):
        assert model.headerData(column, Qt.Orientation.Horizontal) == slider.title
        cells = [model.index(row, column).data() for row in range(model.rowCount())]
        # Newest first; a dash where there was no answer, and never a zero.
        assert [int(cell) for cell in reversed(cells) if cell != "–"] == [point.value for point in series.points]
        assert cells.count("–") == model.rowCount() - len(series.points)
    every = ask(qtbot, course.window, JournalService.items)
    assert model.rowCount() == sum(isinstance(item.record, CheckIn) for item in every)


def test_the_table_is_copied_as_it_is_read(qtbot, charts: ChartsPage) -> None:
    shown(charts, "As a table").click()
    shown(charts, "Copy").click()
    lines = QGuiApplication.clipboard().text().splitlines()
    model = charts.panel.table.model()
    columns = range(model.columnCount())
    assert lines[0].split("\t") == ["Day", "Time", "After", *(slider.title for slider in SLIDERS)]
    assert [line.split("\t") for line in lines[1:]] == [
        [model.index(row, column).data() for column in columns] for row in range(model.rowCount())
    ]


def test_chosen_rows_are_copied_by_keys(qtbot, charts: ChartsPage, course: Course) -> None:
    shown(charts, "As a table").click()
    charts.panel.table.setFocus()
    charts.panel.table.selectRow(1)
    press(qtbot, course.window, "Ctrl+C")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 2
    assert lines[1].split("\t")[0] == charts.panel.table.model().index(1, 0).data()


def test_a_row_opens_its_check_in(qtbot, charts: ChartsPage, course: Course) -> None:
    shown(charts, "As a table").click()
    charts.panel.table.setFocus()
    charts.panel.table.setCurrentIndex(charts.panel.table.model().index(2, 0))
    qtbot.keyClick(charts.panel.table, Key.Key_Return)
    quiet(qtbot, course.window.context.tasks)
    place = course.window.stack.place
    assert place.name == "check-in"
    record = ask(qtbot, course.window, partial(JournalService.get, eid=place.eid)).record
    every = [item.record for item in ask(qtbot, course.window, JournalService.items)]
    newest = sorted((one.at.at for one in every if isinstance(one, CheckIn)), reverse=True)
    assert record.at.at == newest[2]


def test_points_are_read_below_the_picture(qtbot, charts: ChartsPage, course: Course) -> None:
    chart = charts.findChild(FigureView)
    chart.setFocus()
    qtbot.keyClick(chart, Key.Key_End)
    last = drawn_of(qtbot, course.window, "mood")[-1]
    assert charts.panel.reading.text().startswith(f"Mood {last[1]} of 10 on ")
    assert "after Session 6" in charts.panel.reading.text()
    qtbot.keyClick(chart, Key.Key_Return)
    quiet(qtbot, course.window.context.tasks)
    form = course.window.stack.currentWidget()
    assert form.sliders[0].answer == last[1]


@pytest.mark.parametrize(("name", "days"), [("Last 3 months", 92), ("Last 4 weeks", 28)])
def test_a_range_shows_these_days(qtbot, charts: ChartsPage, name: str, days: int) -> None:
    shown(charts, name).click()
    low, high = picture(charts).plot.getViewBox().viewRange()[0]
    assert low == pytest.approx(wall.seconds(NOW - timedelta(days=days)), abs=86_400 * 3)
    assert high == pytest.approx(wall.seconds(NOW), abs=86_400 * 3)
    points = picture(charts).points()
    shown(charts, "Everything").click()
    low, high = picture(charts).plot.getViewBox().viewRange()[0]
    assert low < points[0][0] < points[-1][0] < high


def test_a_range_stays_chosen_while_other_figures_are_looked_at(qtbot, charts: ChartsPage, course: Course) -> None:
    shown(charts, "Last 4 weeks").click()
    charts.show_figure("around")  # which has no days
    quiet(qtbot, course.window.context.tasks)
    assert "Last 4 weeks" not in [made.text() for made in charts.findChildren(QPushButton) if made.isVisible()]
    charts.show_figure("over-time")
    quiet(qtbot, course.window.context.tasks)
    low, high = picture(charts).plot.getViewBox().viewRange()[0]
    assert high - low < 86_400 * 31 and shown(charts, "Last 4 weeks").isChecked()


def test_since_the_last_session(qtbot, charts: ChartsPage) -> None:
    shown(charts, "Since the last session").click()
    low, _ = picture(charts).plot.getViewBox().viewRange()[0]
    marks = picture(charts).sessions()
    assert marks[-2] < low < marks[-1]


def test_a_change_elsewhere_is_drawn(qtbot, charts: ChartsPage, course: Course) -> None:
    before = picture(charts).points()
    ask(qtbot, course.window, partial(JournalService.save, record=CheckIn(at=Moment(NOW), mood=0)))
    quiet(qtbot, course.window.context.tasks)
    assert picture(charts).points() == sorted([*before, (wall.seconds(NOW), 0)])
    ask(qtbot, course.window, JournalService.undo)
    quiet(qtbot, course.window.context.tasks)
    assert picture(charts).points() == before


def test_the_theme_changes_under_an_open_chart(qtbot, charts: ChartsPage, theme: Theme) -> None:
    points = picture(charts).points()
    for scheme, scale in ((Scheme.DARK, 200), (Scheme.LIGHT, 100), (Scheme.DARK, 150)):
        theme.apply(scheme, scale)
        assert picture(charts).plot.backgroundBrush().color() == theme.color("raised")
    assert picture(charts).points() == points
    assert len(charts.findChildren(pg.PlotWidget)) == 1


def test_the_page_says_what_it_cannot_show(charts: ChartsPage) -> None:
    said = " ".join(made.text() for made in charts.findChildren(QLabel))
    assert "cannot show what caused a change" in said
    assert "not a validated questionnaire" in said
