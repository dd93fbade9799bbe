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
from ui.charts.figure import Figure
from ui.charts.paper import Paper
from ui.charts.walk import Walk
from ui.theme import Theme

if TYPE_CHECKING:
    import pyqtgraph as pg

_ALONG = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_UP = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class FigureView(QWidget):
    """One figure. Left and Right go to the moment before and after, Up and Down to what stands above and below at the
    same moment, Home and End to the first and last; + and - zoom; Enter opens the entry.

    Signals:
        read(str): the sentence for what is under the mouse or the keyboard; "" when nothing is.
        opened(str): the id of the entry whose point was opened.
    """

    read = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme | Paper, parent: QWidget | None = None, *, still: bool = False) -> None:
        """`still`: it stands on a page that scrolls, and is painted again only where it changes."""
        super().__init__(parent)
        self._still = still
        self._theme = theme
        self._whole: Figure | None = None
        self._figure: Figure | None = None  # what is shown of it
        self._hidden: frozenset[str] = frozenset()
        self._plot: pg.PlotWidget | None = None
        self._walk: Walk | None = None
        self._wanted: tuple[float | None, float | None] = (None, None)
        self._moved = False
        self._traces: list[Any] = []
        self._labels: list[Any] = []
        self._current = -1
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(280)

    def set_figure(self, figure: Figure, hidden: frozenset[str] = frozenset()) -> None:
        """Show another figure, without the lines of these keys. What somebody moved to stays in sight, where it is of
        the same kind."""
        if self._whole is None or self._whole.key != figure.key:
            self._wanted, self._moved = (None, None), False
        self._whole, self._hidden = figure, hidden
        self.setAccessibleName(figure.title)
        self._draw(keep=self._moved)

    def set_hidden(self, keys: frozenset[str]) -> None:
        """Leave out the lines of these keys."""
        self._hidden = keys
        self._draw(keep=True)

    @property
    def moved(self) -> bool:
        """Whether somebody moved or zoomed since a range was set."""
        return self._moved

    def set_range(self, start: float | None = None, end: float | None = None) -> None:
        """Show from `start` to `end` of the lower axis; None for all there is."""
        if self._plot is None or self._figure is None:
            return
        self._wanted, self._moved = (start, end), False
        low, high = paint.extent(self._figure)
        low, high = (low if start is None else start), (high if end is None else end)
        room = max((high - low) * 0.03, paint.LEAST_ROOM[self._figure.x.kind])
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
            from ui.charts.still import StillPlot

            plot = (StillPlot if self._still else pg.PlotWidget)(axisItems=paint.axes())
            plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            plot.setFrameShape(plot.Shape.NoFrame)
            plot.setMenuEnabled(False)
            plot.hideButtons()
            plot.setMouseEnabled(x=True, y=False)
            plot.scene().sigMouseMoved.connect(self._on_mouse)
            plot.scene().sigMouseClicked.connect(self._on_click)
            plot.getViewBox().sigXRangeChanged.connect(self._on_range)
            plot.getViewBox().sigResized.connect(self._on_range)
            plot.getViewBox().sigRangeChangedManually.connect(self._on_moved)
            plot.viewport().installEventFilter(self)
            self._plot = plot
            self._box.addWidget(plot)
        return self._plot

    def _draw(self, *, keep: bool) -> None:
        if self._whole is None:
            return
        import pyqtgraph as pg

        keep = keep and self._plot is not None
        plot = self._ensure()
        before = plot.getViewBox().viewRange()[0] if keep else None
        self._figure = self._whole.without(self._hidden)
        plot.clear()
        plot.setBackground(self._theme.color("raised"))
        font = QFont(self.font())
        font.setPixelSize(self._theme.px("small"))
        brush = paint.Brush(pg, plot, self._theme, font)
        brush.axes(self._figure)
        brush.figure(self._figure)
        self._traces, self._labels = brush.traces, brush.labels
        self._walk = Walk(self._figure)
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
            self.set_range(*self._wanted)
        else:
            plot.setXRange(*before, padding=0)
        self._on_range()
        self._read(-1)

    @Slot()
    def _on_range(self) -> None:
        """Draw what is in sight."""
        box = self._plot.getViewBox()
        low, high = box.viewRange()[0]
        for trace in self._traces:
            trace.fit(low, high, max(1, round(box.width())))
        paint.fit_labels(self._labels, (low, high), box.viewPixelSize()[0], self._theme)

    @Slot()
    def _on_moved(self) -> None:
        self._moved = True

    # -- reading -------------------------------------------------------------------------------------------------

    @property
    def reading(self) -> str:
        """What is read now, or ""."""
        return self._walk.spots[self._current].text if self._walk is not None and self._current >= 0 else ""

    def _read(self, place: int) -> None:
        self._current = place
        for line in self._cross:
            line.setVisible(place >= 0)
        if place < 0:
            self._ring.setData([], [])
            said = [line.said for line in self._figure.lines if line.said]
            self.setAccessibleDescription(" ".join([*said, self._figure.said]))
            self.read.emit("")
            return
        spot = self._walk.spots[place]
        height = paint.height(self._figure, spot.y)
        self._ring.setData([spot.drawn], [height])
        for line, value in zip(self._cross, (spot.drawn, height), strict=True):
            line.setValue(value)
        self.setAccessibleDescription(spot.text)
        self.read.emit(spot.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._walk is None or not self._walk.spots:
            super().keyPressEvent(event)
        elif key in _ALONG:
            self._go(self._walk.along(self._current, _ALONG[key]))
        elif key in _UP:
            self._go(self._walk.up(self._current, _UP[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else len(self._walk.spots) - 1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Equal):
            self._zoom(1.5 if key == Qt.Key.Key_Minus else 1 / 1.5)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            self._open(self._current)
        else:
            super().keyPressEvent(event)

    def _go(self, place: int) -> None:
        """Read what is at `place`, and bring it into sight."""
        self._read(place)
        (low, high), x = self._plot.getViewBox().viewRange()[0], self._walk.xs[place]
        if not low <= x <= high:
            half = (high - low) / 2
            self._plot.setXRange(x - half, x + half, padding=0)
            self._moved = True

    def _zoom(self, factor: float) -> None:
        low, high = self._plot.getViewBox().viewRange()[0]
        middle = self._walk.xs[self._current] if self._current >= 0 else (low + high) / 2
        self._plot.setXRange(middle - (middle - low) * factor, middle + (high - middle) * factor, padding=0)
        self._moved = True

    def _open(self, place: int) -> None:
        eid = self._walk.spots[place].eid
        if eid is not None:
            self.opened.emit(eid)

    @Slot(object)
    def _on_mouse(self, at: QPointF) -> None:
        if (place := self._nearest(at)) != self._current:
            self._read(place)

    @Slot(object)
    def _on_click(self, event: Any) -> None:
        self.setFocus()
        place = self._nearest(event.scenePos())
        self._read(place)
        if event.double() and place >= 0:
            self._open(place)

    def _nearest(self, at: QPointF) -> int:
        box, reach = self._plot.getViewBox(), self._theme.px(22)
        aside = 2 * reach  # what is drawn aside of where it is
        ends = [box.mapSceneToView(QPointF(at.x() + by, at.y())).x() for by in (-aside, aside)]
        first, last = bisect_left(self._walk.xs, min(ends)), bisect_right(self._walk.xs, max(ends))
        best, found = reach**2, -1
        for place in range(first, last):
            spot = self._walk.spots[place]
            there = box.mapViewToScene(QPointF(spot.drawn, paint.height(self._figure, spot.y)))
            distance = (there.x() - at.x()) ** 2 + (there.y() - at.y()) ** 2
            if distance < best:
                best, found = distance, place
        return found

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._plot is not None:
            self._read(-1)
        # A wheel over the chart scrolls the page unless Ctrl is held: charts should not trap a reading hand.
        if event.type() == QEvent.Type.Wheel and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
