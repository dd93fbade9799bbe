"""A chart on the screen, and what stands in its picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from journal.records import SLIDERS
from journal.trends import Answer, MoodChart, SessionMark, chart_of
from ui.charts.figure import Figure
from ui.charts.figures.over_time import over_time_figure
from ui.charts.view import FigureView
from ui.theme import Theme

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Picture:
    """What is drawn in a chart, as numbers."""

    def __init__(self, chart: FigureView) -> None:
        self.plot = chart.findChild(pg.PlotWidget)

    def lines(self) -> list[list[tuple[float, float]]]:
        """Every line that joins points."""
        found: list[list[tuple[float, float]]] = []
        for curve in self.plot.getPlotItem().items:
            if not isinstance(curve, pg.PlotDataItem) or curve.getData()[0] is None:
                continue
            points = list(zip(*map(list, curve.getData()), strict=True))
            run = points[:1]
            for before, point in zip(curve.opts["connect"], points[1:], strict=False):
                if before:
                    run.append(point)
                else:
                    found.append(run)
                    run = [point]
            found.append(run)
        return [run for run in found if len(run) > 1]

    def points(self) -> list[tuple[float, float]]:
        """Every point."""
        found = []
        for item in self.plot.getPlotItem().items:
            if isinstance(item, pg.ScatterPlotItem) and item.zValue() == 10:
                found += [(spot.pos().x(), spot.pos().y()) for spot in item.points()]
        return sorted(found)

    def sessions(self) -> list[float]:
        """Where sessions are marked."""
        lines = [item for item in self.plot.getPlotItem().items if isinstance(item, pg.InfiniteLine)]
        return sorted(item.value() for item in lines if item.pen.style() == Qt.PenStyle.DashLine)

    def cross(self) -> list[float]:
        """Where the two lines of the crosshair are, while something is read."""
        lines = [item for item in self.plot.getPlotItem().items if isinstance(item, pg.InfiniteLine)]
        return [item.value() for item in lines if item.pen.style() == Qt.PenStyle.DotLine and item.isVisible()]

    def rows(self) -> list[str]:
        """The names beside the picture that are no numbers."""
        ticks = self.plot.getAxis("left")._tickLevels or [[]]
        return [name for level in ticks for _, name in level if not name.isdigit()]

    def stretches(self) -> list[list[float]]:
        """From where to where medicines were taken."""
        curves = [item for item in self.plot.getPlotItem().items if isinstance(item, pg.PlotDataItem)]
        return [list(curve.getData()[0]) for curve in curves if curve.opts["pen"].width() > 4]

    def labels(self) -> list[pg.TextItem]:
        """The names at the marks that are shown."""
        found = [item for item in self.plot.getPlotItem().items if isinstance(item, pg.TextItem)]
        return [item for item in found if item.toPlainText()]

    def spot(self, x: float, y: float) -> QPoint:
        """Where a point is on the plot's surface."""
        scene = self.plot.getViewBox().mapViewToScene(QPointF(x, y))
        return self.plot.mapFromScene(scene)


def answers_of(*moods: tuple[float, int | None], number: int = 0) -> list[Answer]:
    """Answers of one slider, at hours from `START`."""
    found = []
    for place, (hours, value) in enumerate(moods):
        values: list[int | None] = [None] * len(SLIDERS)
        values[number] = value
        found.append(Answer(START + timedelta(hours=hours), f"{place:032x}", tuple(values)))
    return found


def marks_of(*hours: float) -> list[SessionMark]:
    """Sessions at hours from `START`."""
    return [
        SessionMark(START + timedelta(hours=one), f"Session {place}", None, f"s{place}")
        for place, one in enumerate(hours, 1)
    ]


def all_but(figure: Figure, *shown: str) -> frozenset[str]:
    """What is left out where only these lines are shown, or without any: those that nobody asked for."""
    return frozenset(line.key for line in figure.lines if not (line.key in shown if shown else line.shown))


@pytest.fixture
def draw(qtbot: Any, theme: Theme) -> Iterator[Callable[..., tuple[FigureView, Picture]]]:
    """`draw(data)`: the check-ins over time on the screen, and their picture; of a whole figure, that."""

    def show(data: MoodChart | Figure | None = None) -> tuple[FigureView, Picture]:
        figure = data if isinstance(data, Figure) else over_time_figure(data if data else chart_of((), ()))
        chart = FigureView(theme)
        qtbot.addWidget(chart)
        chart.resize(800, 400)
        chart.set_figure(figure, all_but(figure))
        with qtbot.waitExposed(chart):
            chart.show()
        return chart, Picture(chart)

    yield show
