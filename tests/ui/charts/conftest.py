"""A chart on the screen, and what stands in its picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF

from journal.records import SLIDERS
from journal.trends import Answer, MoodChart, SessionMark, chart_of
from ui.charts.mood_chart import MoodChartView
from ui.theme import Theme

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Picture:
    """What is drawn in a chart, as numbers."""

    def __init__(self, chart: MoodChartView) -> None:
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
        return sorted(item.value() for item in self.plot.getPlotItem().items if isinstance(item, pg.InfiniteLine))

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


@pytest.fixture
def draw(qtbot: Any, theme: Theme) -> Iterator[Callable[..., tuple[MoodChartView, Picture]]]:
    """`draw(data)`: a chart of it on the screen, and its picture."""

    def show(data: MoodChart | None = None) -> tuple[MoodChartView, Picture]:
        chart = MoodChartView(theme)
        qtbot.addWidget(chart)
        chart.resize(800, 400)
        chart.set_data(data if data is not None else chart_of((), ()))
        with qtbot.waitExposed(chart):
            chart.show()
        return chart, Picture(chart)

    yield show
