"""A figure with its legend and its table: lines are known by their keys, and nothing that is known is hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from journal.trends import chart_of
from tests.ui.charts.conftest import Picture, answers_of, marks_of
from ui.charts.figure import Axis, Figure, Line, Spot, Table
from ui.charts.figures.over_time import over_time_figure
from ui.theme import Scheme, Theme
from ui.widgets.figure_panel import FigurePanel

Show = Callable[[Figure], FigurePanel]
TABLE = Table(("Session", "Value"), (("Session 1", "–"),), (None,))


@pytest.fixture
def show(qtbot, theme: Theme) -> Show:
    panel = FigurePanel(theme)
    qtbot.addWidget(panel)
    panel.resize(900, 700)

    def made(figure: Figure) -> FigurePanel:
        panel.set_figure(figure)
        panel.show()
        QApplication.processEvents()
        return panel

    return made


def lines(count: int, name: str = "Course", **more) -> Figure:
    drawn = tuple(Line(name, n, ((Spot(0, n, f"{n}"), Spot(1, n, f"{n}")),), key=f"k{n}") for n in range(count))
    axis = Axis("points", "", ("before", "after"), 0, 1)
    return replace(Figure("f", "F", "said", "cannot", axis, Axis("number"), TABLE, lines=drawn), **more)


def chips(panel: FigurePanel) -> list[QPushButton]:
    return [made for made in panel.legend.findChildren(QPushButton) if made.isVisible()]


def heights(panel: FigurePanel) -> set[float]:
    return {y for _, y in Picture(panel.view).points()}


def test_two_lines_of_one_name_are_left_out_one_by_one(show: Show) -> None:
    panel = show(lines(2))
    chips(panel)[1].click()
    assert heights(panel) == {0} and panel.hidden == {"k1"}
    chips(panel)[0].click()  # a figure of nothing helps nobody
    assert heights(panel) == {0} and chips(panel)[0].isChecked()
    chips(panel)[1].click()
    assert heights(panel) == {0, 1}


def test_of_very_many_lines_the_first_share_a_button(show: Show) -> None:
    figure = lines(20)
    median = Line("Median", 0, ((Spot(0, 9.5, "m"),),), strong=True, key="median")
    panel = show(replace(figure, lines=(*figure.lines, median)))
    assert len(chips(panel)) == 12
    assert [chips(panel)[0].text(), chips(panel)[-1].text()] == ["10 others", "Median"]
    chips(panel)[0].click()
    assert heights(panel) == {*range(10, 20), 9.5}
    chips(panel)[-1].click()
    assert heights(panel) == set(range(10, 20))


def test_a_line_without_an_answer_can_not_be_chosen(show: Show) -> None:
    panel = show(over_time_figure(chart_of(answers_of((0, 3), (9, 4), number=2), ())))
    assert [(chip.text(), chip.isChecked()) for chip in chips(panel) if chip.isEnabled()] == [("Calm", True)]


def test_focus_stays_in_the_legend_when_an_answer_comes(qtbot, show: Show) -> None:
    panel = show(over_time_figure(chart_of(answers_of((0, 3)), ())))
    panel.activateWindow()
    chips(panel)[0].setFocus()
    panel.set_figure(over_time_figure(chart_of(answers_of((0, 3), (5, 6)), ())))
    QApplication.processEvents()
    assert panel.focusWidget() is chips(panel)[0]


def test_where_nothing_can_be_drawn_the_rows_are_there(show: Show) -> None:
    panel = show(lines(0, empty="It needs more."))
    shown = [made.text() for made in panel.findChildren(QLabel) if made.isVisible()]
    assert panel.table.isVisible() and "It needs more." in shown
    assert not panel.as_table.isVisible() and not panel.print.isVisible() and panel.save.isVisible()
    panel.save.click()
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()] == ["Table (CSV)…"]
    menu.close()
    panel.set_figure(lines(0, empty="It needs more.", table=Table(("A",))))
    assert not panel.table.isVisible() and not panel.save.isVisible()
    panel.set_figure(lines(2))
    assert panel.view.isVisible() and not panel.table.isVisible()


@pytest.mark.parametrize("writes", [True, False])
def test_an_empty_figure_leads_to_its_beginning(qtbot, theme: Theme, writes: bool) -> None:
    panel = FigurePanel(theme, can_write=writes)
    qtbot.addWidget(panel)
    panel.set_figure(over_time_figure(chart_of((), ())))
    panel.show()
    begin = next(made for made in panel.findChildren(QPushButton) if made.text() == "Check in now")
    assert begin.isVisible() is writes
    begun: list[str] = []
    panel.begun.connect(begun.append)
    begin.click()
    assert begun == ["check-in"]


@pytest.mark.parametrize("scale", [100, 200])
def test_the_names_of_sessions_at_the_edges_can_be_read(show: Show, theme: Theme, scale: int) -> None:
    theme.apply(Scheme.LIGHT, scale)
    panel = show(over_time_figure(chart_of(answers_of((0, 3), (900, 4)), marks_of(0, 300, 900))))
    panel.restyle()
    QApplication.processEvents()
    picture = Picture(panel.view)
    inside = picture.plot.getViewBox().sceneBoundingRect()
    boxes = [item.mapRectToScene(item.boundingRect()) for item in picture.labels()]
    boxes.sort(key=lambda box: box.left())
    assert len(boxes) == 3
    for box in boxes:
        assert inside.adjusted(-1, -1, 1, 1).contains(box)
    assert all(one.right() <= other.left() for one, other in pairwise(boxes))


def test_the_legend_says_what_the_shapes_of_sessions_stand_for(show: Show) -> None:
    panel = show(over_time_figure(chart_of(answers_of((0, 3)), marks_of(0, 9))))
    shown = [made.text() for made in panel.legend.findChildren(QLabel) if made.isVisible()]
    assert "Sessions:" in shown and "Way not noted" in shown
    assert all(made.textFormat() == Qt.TextFormat.PlainText for made in panel.legend.findChildren(QLabel))
