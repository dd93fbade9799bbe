"""Draws a `Figure` with pyqtgraph, reads its points by mouse and keyboard, and shows which one is read.

pyqtgraph is imported here, when the first figure is drawn, and nowhere before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.charts import paint
from ui.charts.figure import Figure, Spot
from ui.charts.paper import Paper
from ui.theme import Theme

if TYPE_CHECKING:
    import pyqtgraph as pg

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class FigureView(QWidget):
    """One figure. Left and Right walk through what can be read, Up and Down through the lines above each other; Home
    and End go to the first and last; Enter opens the entry.

    Signals:
        read(str): the sentence for what is under the mouse or the keyboard; "" when nothing is.
        opened(str): the id of the entry whose point was opened.
    """

    read = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme | Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figure: Figure | None = None
        self._hidden: frozenset[str] = frozenset()
        self._plot: pg.PlotWidget | None = None
        self._spots: tuple[Spot, ...] = ()
        self._xs: list[float] = []
        self._traces: list[Any] = []
        self._labels: list[Any] = []
        self._current = -1
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(280)

    def set_figure(self, figure: Figure) -> None:
        """Show another figure. The part of it that is seen stays, where it is of the same kind."""
        same = self._figure is not None and self._figure.key == figure.key
        self._figure = figure
        self.setAccessibleName(figure.title)
        self._draw(keep=same)

    def set_hidden(self, names: frozenset[str]) -> None:
        """Leave out the lines with these names."""
        self._hidden = names
        self._draw(keep=True)

    def set_range(self, start: float | None = None, end: float | None = None) -> None:
        """Show from `start` to `end` of the lower axis; None for all there is."""
        if self._plot is None or self._figure is None:
            return
        low, high = paint.extent(self._figure)
        low, high = (low if start is None else start), (high if end is None else end)
        room = max((high - low) * 0.04, paint.LEAST_ROOM[self._figure.x.kind])
        if self._figure.cells:
            room = 0.55  # half a field, and a little
        self._plot.setXRange(low - room, high + room, padding=0)

    def scene(self) -> Any:
        """What is drawn, for export."""
        return self._plot.scene() if self._plot is not None else None

    def restyle(self) -> None:
        """Draw again in the theme's colours and text size."""
        if self._plot is not None:
            # In place: pyqtgraph can end the process when a plot is taken down while it is shown.
            self._draw(keep=True)

    # -- drawing -------------------------------------------------------------------------------------------------

    def _ensure(self) -> pg.PlotWidget:
        if self._plot is None:
            import pyqtgraph as pg

            pg.setConfigOptions(antialias=True)
            plot = pg.PlotWidget(axisItems=paint.axes())
            plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            plot.setFrameShape(plot.Shape.NoFrame)
            plot.setMenuEnabled(False)
            plot.hideButtons()
            plot.setMouseEnabled(x=True, y=False)
            plot.scene().sigMouseMoved.connect(self._on_mouse)
            plot.scene().sigMouseClicked.connect(self._on_click)
            plot.getViewBox().sigXRangeChanged.connect(self._on_range)
            plot.getViewBox().sigResized.connect(self._on_range)
            plot.viewport().installEventFilter(self)
            self._plot = plot
            self._box.addWidget(plot)
        return self._plot

    def _draw(self, *, keep: bool) -> None:
        if self._figure is None:
            return
        import pyqtgraph as pg

        plot = self._ensure()
        before = plot.getViewBox().viewRange()[0] if keep else None
        plot.clear()
        plot.setBackground(self._theme.color("raised"))
        font = QFont(self.font())
        font.setPixelSize(self._theme.px("small"))
        brush = paint.Brush(pg, plot, self._theme, font)
        brush.axes(self._figure)
        brush.figure(self._figure, self._hidden)
        self._traces, self._labels = brush.traces, brush.labels
        self._spots = self._shown_spots()
        self._xs = [spot.x for spot in self._spots]
        self._current = -1
        self._ring = pg.ScatterPlotItem(
            size=self._theme.px(18), symbol="o", pen=pg.mkPen(self._theme.color("ink"), width=2), brush=None
        )
        self._ring.setZValue(20)
        plot.addItem(self._ring)
        pen = pg.mkPen(self._theme.color("strong_line"), width=1, style=Qt.PenStyle.DotLine)
        self._cross = [pg.InfiniteLine(angle=angle, pen=pen) for angle in (90, 0)]
        for line in self._cross:
            line.hide()
            plot.addItem(line, ignoreBounds=True)
        if before is None:
            self.set_range()
        else:
            plot.setXRange(*before, padding=0)
        self._on_range()
        self.setAccessibleDescription(self._figure.said)

    def _shown_spots(self) -> tuple[Spot, ...]:
        figure = self._figure
        if figure is None or not self._hidden:
            return figure.spots if figure is not None else ()
        away = {id(spot) for line in figure.lines if line.name in self._hidden for spot in line.readable}
        return tuple(spot for spot in figure.spots if id(spot) not in away)

    @Slot()
    def _on_range(self) -> None:
        """Draw what is in sight."""
        box = self._plot.getViewBox()
        low, high = box.viewRange()[0]
        for trace in self._traces:
            trace.fit(low, high, max(1, round(box.width())))
        paint.fit_labels(self._labels, box.viewPixelSize()[0], self._theme)

    # -- reading -------------------------------------------------------------------------------------------------

    @property
    def reading(self) -> str:
        """What is read now, or ""."""
        return self._spots[self._current].text if 0 <= self._current < len(self._spots) else ""

    def _read(self, number: int) -> None:
        self._current = number
        there = 0 <= number < len(self._spots)
        for line in self._cross:
            line.setVisible(there)
        if not there:
            self._ring.setData([], [])
            self.read.emit("")
            return
        spot = self._spots[number]
        height = paint.height(self._figure, spot.y)
        self._ring.setData([spot.x], [height])
        for line, value in zip(self._cross, (spot.x, height), strict=True):
            line.setValue(value)
        self.setAccessibleDescription(spot.text)
        self.read.emit(spot.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self._spots) - 1
        if last < 0:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._read(max(0, min(last, self._current + _STEPS[key])))
            self._show_current()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._read(0 if key == Qt.Key.Key_Home else last)
            self._show_current()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Equal):
            self._zoom(1.5 if key == Qt.Key.Key_Minus else 1 / 1.5)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._current <= last:
            self._open(self._current)
        else:
            super().keyPressEvent(event)

    def _zoom(self, factor: float) -> None:
        low, high = self._plot.getViewBox().viewRange()[0]
        middle = self._spots[self._current].x if self._current >= 0 else (low + high) / 2
        self._plot.setXRange(middle - (middle - low) * factor, middle + (high - middle) * factor, padding=0)

    def _open(self, number: int) -> None:
        eid = self._spots[number].eid
        if eid is not None:
            self.opened.emit(eid)

    def _show_current(self) -> None:
        (low, high), x = self._plot.getViewBox().viewRange()[0], self._spots[self._current].x
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
            self._open(number)

    def _nearest(self, at: QPointF) -> int:
        box, reach = self._plot.getViewBox(), self._theme.px(22)
        ends = [box.mapSceneToView(QPointF(at.x() + by, at.y())).x() for by in (-reach, reach)]
        first, last = bisect_left(self._xs, min(ends)), bisect_right(self._xs, max(ends))
        best, found = reach**2, -1
        for number in range(first, last):
            spot = self._spots[number]
            there = box.mapViewToScene(QPointF(spot.x, paint.height(self._figure, spot.y)))
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
