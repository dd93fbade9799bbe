"""Mood over time with the sessions marked: one line a slider, broken wherever there was no answer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from journal.records import SLIDERS
from journal.trends import MoodChart, Point, SessionMark
from ui import words
from ui.charts import wall
from ui.charts.axis import day_axis
from ui.charts.paint import fit_labels
from ui.charts.shapes import centred
from ui.theme import Theme

if TYPE_CHECKING:
    import pyqtgraph as pg

    from ui.charts.trace import Trace

DAY = 86_400.0


class MoodChartView(QWidget):
    """The chart. Left and Right walk through the points and read them; Home and End go to the first and last.

    Signals:
        read(str): the sentence that describes the point under the mouse or the keyboard; "" when there is none.
        opened(str): the id of the check-in whose point was activated (Enter or double click).
    """

    read = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._data: MoodChart | None = None
        self._shown: tuple[str, ...] = ("mood",)
        self._plot: pg.PlotWidget | None = None
        self._spots: list[tuple[float, int, str, Point]] = []  # axis seconds, value, title, point; in time
        self._current = -1
        self._days_only = False
        self._labels: list[tuple[SessionMark, Any]] = []
        self._traces: list[Trace] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Chart of check-ins over time")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(280)

    # -- what is shown ------------------------------------------------------------------------

    def set_data(self, data: MoodChart) -> None:
        """Show other answers."""
        self._data = data
        self._draw()

    def set_shown(self, names: tuple[str, ...]) -> None:
        """Show these sliders (names from `SLIDERS`)."""
        self._shown = names
        self._draw()

    def set_days_only(self, only: bool) -> None:
        """Whether the answers came without their times, so that no time is read out."""
        self._days_only = only

    def set_range(self, start: float | None, end: float | None) -> None:
        """Show from `start` to `end` in axis seconds; None for all there is."""
        if self._plot is None:
            return
        xs = [spot[0] for spot in self._spots] + [wall.seconds(mark.at) for mark in self._marks()]
        low = min(xs, default=0.0) if start is None else start
        high = max(xs, default=DAY) if end is None else end
        room = max((high - low) * 0.03, DAY / 2)
        self._plot.setXRange(low - room, high + room, padding=0)

    def restyle(self) -> None:
        """Draw again in the theme's colours and text size."""
        if self._plot is not None:
            # In place: pyqtgraph can end the process when a plot is taken down while it is shown.
            self._plot.setBackground(self._theme.color("raised"))
            self._style_axes()
            self._draw()

    def _marks(self) -> tuple[SessionMark, ...]:
        return self._data.marks if self._data else ()

    # -- drawing ------------------------------------------------------------------------

    def _ensure(self) -> pg.PlotWidget:
        if self._plot is None:
            import pyqtgraph as pg

            pg.setConfigOptions(antialias=True)
            axis = day_axis()
            plot = pg.PlotWidget(background=self._theme.color("raised"), axisItems={"bottom": axis})
            plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            plot.setFrameShape(plot.Shape.NoFrame)
            plot.setMenuEnabled(False)
            plot.hideButtons()
            plot.setMouseEnabled(x=True, y=False)
            plot.setYRange(-0.4, 11.2, padding=0)
            plot.getViewBox().setLimits(yMin=-0.4, yMax=11.2, minXRange=DAY / 2, maxXRange=DAY * 366 * 60)
            plot.scene().sigMouseMoved.connect(self._on_mouse)
            plot.scene().sigMouseClicked.connect(self._on_click)
            plot.getViewBox().sigXRangeChanged.connect(self._on_range)
            plot.getViewBox().sigResized.connect(self._on_range)
            plot.viewport().installEventFilter(self)
            self._plot = plot
            self._box.addWidget(plot)
            self._style_axes()
        return self._plot

    def _style_axes(self) -> None:
        plot, theme = self._plot, self._theme
        font = QFont(self.font())
        font.setPixelSize(theme.px("small"))
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(theme.color("line"))
            axis.setTextPen(theme.color("muted"))
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=8)
        left = plot.getAxis("left")
        left.setTicks([[(value, str(value)) for value in range(0, 11, 2)]])
        left.setWidth(theme.px(34))
        plot.getAxis("bottom").setHeight(theme.px(46))
        plot.showGrid(x=False, y=True, alpha=0.12)

    def _draw(self) -> None:
        if self._data is None:
            return
        import pyqtgraph as pg


        first = self._plot is None
        plot = self._ensure()
        plot.clear()
        self._spots, self._labels, self._traces, self._current = [], [], [], -1
        for mark in self._marks():
            self._draw_mark(pg, plot, mark)
        for number, slider in enumerate(SLIDERS):
            if slider.name in self._shown:
                self._draw_series(pg, plot, number)
        self._spots.sort(key=lambda spot: (spot[0], spot[2]))
        theme = self._theme
        self._ring = pg.ScatterPlotItem(
            size=theme.px(18), symbol="o", pen=pg.mkPen(theme.color("ink"), width=2), brush=None
        )
        self._ring.setZValue(20)
        plot.addItem(self._ring)
        if first:
            self.set_range(None, None)
        self._on_range()
        self.setAccessibleDescription(self.summary())

    def _draw_mark(self, pg: Any, plot: Any, mark: SessionMark) -> None:
        theme = self._theme
        pen = pg.mkPen(theme.color("warm"), width=1.4, style=Qt.PenStyle.DashLine)
        line = pg.InfiniteLine(wall.seconds(mark.at), angle=90, pen=pen)
        plot.addItem(line, ignoreBounds=True)
        text = pg.TextItem(mark.label, color=theme.color("warm"), anchor=(0.5, 0), fill=theme.color("raised"))
        font = QFont(self.font())
        font.setPixelSize(theme.px("small"))
        font.setWeight(QFont.Weight.DemiBold)
        text.setFont(font)
        text.setPos(wall.seconds(mark.at), 11.2)
        plot.addItem(text, ignoreBounds=True)
        self._labels.append((mark, text))

    def _draw_series(self, pg: Any, plot: Any, number: int) -> None:
        from ui.charts.trace import Trace  # numpy comes with it

        series = self._data.series[number]
        color = self._theme.tokens.series[number]
        xs = [wall.seconds(point.at) for point in series.points]
        dots = {
            "symbol": centred(number), "size": self._theme.px(10), "brush": pg.mkBrush(color),
            "pen": pg.mkPen(self._theme.tokens.raised, width=1.2),
        }  # fmt: skip
        runs = [[(wall.seconds(point.at), point.value) for point in run] for run in series.runs]
        self._traces.append(Trace(pg, plot, runs, pen=pg.mkPen(color, width=2), dots=dots))
        self._spots += [(x, point.value, series.title, point) for x, point in zip(xs, series.points, strict=True)]

    @Slot()
    def _on_range(self) -> None:
        """Draw what is in sight. Session labels are written in full where there is room, as a number where there is
        less, else not at all."""
        if self._plot is None:
            return
        box = self._plot.getViewBox()
        for trace in self._traces:
            trace.fit(*box.viewRange()[0], max(1, round(box.width())))
        marks = [(wall.seconds(mark.at), mark.label, text) for mark, text in self._labels]
        fit_labels(marks, box.viewPixelSize()[0], self._theme)

    # -- reading ------------------------------------------------------------------------

    def summary(self) -> str:
        """The chart in a sentence or two, for those who do not see it."""
        if self._data is None:
            return ""
        parts = []
        for series in self._data.series:
            if series.name in self._shown and series.points:
                values = [point.value for point in series.points]
                parts.append(
                    f"{series.title}: {len(values)} answers from {words.day(series.points[0].at)} to "
                    f"{words.day(series.points[-1].at)}, lowest {min(values)}, highest {max(values)}"
                )
        sessions = len(self._data.marks)
        parts.append(f"{sessions} session marked" if sessions == 1 else f"{sessions} sessions marked")
        return ". ".join(parts) + "."

    def sentence(self, spot: tuple[float, int, str, Point]) -> str:
        """One point in words."""
        _, value, title, point = spot
        when = words.day(point.at) if self._days_only else f"{words.day(point.at)}, {words.time(point.at)}"
        text = f"{title} {value} of 10 on {when}"
        before = [mark for mark in self._marks() if mark.at <= point.at]
        return f"{text} · {words.ago(before[-1].at, point.at)} {before[-1].label}" if before else text

    def _read(self, number: int) -> None:
        self._current = number
        if not 0 <= number < len(self._spots):
            self._ring.setData([], [])
            self.read.emit("")
            return
        spot = self._spots[number]
        self._ring.setData([spot[0]], [spot[1]])
        text = self.sentence(spot)
        self.setAccessibleDescription(text)
        self.read.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        key = event.key()
        if key in steps and self._spots:
            self._read(max(0, min(len(self._spots) - 1, self._current + steps[key])))
            self._show_current()
        elif key == Qt.Key.Key_Home and self._spots:
            self._read(0)
            self._show_current()
        elif key == Qt.Key.Key_End and self._spots:
            self._read(len(self._spots) - 1)
            self._show_current()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._current < len(self._spots):
            self.opened.emit(self._spots[self._current][3].eid)
        else:
            super().keyPressEvent(event)

    def _show_current(self) -> None:
        box = self._plot.getViewBox()
        (low, high), x = box.viewRange()[0], self._spots[self._current][0]
        if not low <= x <= high:
            half = (high - low) / 2
            self._plot.setXRange(x - half, x + half, padding=0)

    @Slot(object)
    def _on_mouse(self, at: QPointF) -> None:
        self._read(self._nearest(at))

    @Slot(object)
    def _on_click(self, event: Any) -> None:
        self.setFocus()
        number = self._nearest(event.scenePos())
        self._read(number)
        if event.double() and number >= 0:
            self.opened.emit(self._spots[number][3].eid)

    def _nearest(self, at: QPointF) -> int:
        box, reach = self._plot.getViewBox(), self._theme.px(22)
        ends = [box.mapSceneToView(QPointF(at.x() + by, at.y())).x() for by in (-reach, reach)]
        first = bisect_left(self._spots, min(ends), key=_x_of)
        last = bisect_right(self._spots, max(ends), key=_x_of)
        best, found = reach**2, -1
        for number in range(first, last):
            x, y, _, _ = self._spots[number]
            there = box.mapViewToScene(QPointF(x, y))
            distance = (there.x() - at.x()) ** 2 + (there.y() - at.y()) ** 2
            if distance < best:
                best, found = distance, number
        return found

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._plot is not None:
            self._read(-1)
        # A wheel over the chart scrolls the page unless Ctrl is held: charts should not trap a reading hand.
        if event.type() == QEvent.Type.Wheel and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _x_of(spot: tuple[float, int, str, Point]) -> float:
    return spot[0]
