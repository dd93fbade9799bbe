"""How the parts of a figure look: lines with shapes, bars with soft ends, cells, bands, session marks, axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from ui.charts.axis import day_axis
from ui.charts.figure import Axis, Bar, Cell, Figure, Lane, Line, Mark
from ui.charts.paper import Paper, as_typed, broken
from ui.charts.shapes import LINES, centred, onward
from ui.charts.swatch import line_color, line_width
from ui.charts.trace import Trace
from ui.theme import Theme

_DAY = 86_400.0
LEAST_ROOM = {"days": _DAY / 2, "points": 0.45, "hours": 1.0, "number": 0.2, "names": 0.5}
_BAR = 0.56  # of a row
_MANY_ROWS = 7  # with fewer, bars take less of theirs
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_MOST_TICKS = 8
_ABOVE = 1.45  # of its height a name stands above the shape of its session, measured at its upper edge


def axes() -> dict[str, Any]:
    """The two axes of a plot. Made late: their base class comes with pyqtgraph."""
    return {"bottom": day_axis()}


def height(figure: Figure | None, y: float) -> float:
    """Where a value stands on the plot: rows count from above."""
    return figure.y.high - y if figure is not None and figure.y.kind == "names" else y


def extent(figure: Figure) -> tuple[float, float]:
    """From where to where the lower axis has something."""
    if figure.x.kind in ("points", "number", "names"):
        return figure.x.low, figure.x.high
    found = [spot.x for line in figure.lines for spot in line.spots] + [mark.x for mark in figure.marks]
    found += [value for bar in figure.bars for value in (bar.start, bar.soft or bar.end)]
    return (min(found), max(found)) if found else (0.0, _DAY)


class Label(NamedTuple):
    """The name of a session above its shape. `names`: all of it, then less, with their widths in px."""

    x: float
    names: dict[str, float]
    text: Any


class Brush:
    """Draws into one plot."""

    def __init__(self, pg: Any, plot: Any, theme: Theme | Paper, font: QFont) -> None:
        self._pg, self._plot, self._theme = pg, plot, theme
        self._font = as_typed(font) if isinstance(theme, Paper) else font
        self._width, self._size = (theme.line, theme.sign) if isinstance(theme, Paper) else (1.0, 1.0)
        self.traces: list[Trace] = []
        self.labels: list[Label] = []

    def pen(self, color: str | QColor, width: float = 1.0, **more: Any) -> Any:
        """A pen so many units wide."""
        made = self._pg.mkPen(color, width=width * self._width, **more)
        return broken(made) if isinstance(self._theme, Paper) else made

    def px(self, size: float) -> float:
        """The size of a shape."""
        return self._theme.px(size) * self._size

    def rim(self, color: str | QColor, width: float = 1.0) -> Any:
        """A pen for the rim of a shape, which grows with it."""
        return self._pg.mkPen(color, width=width * self._size)

    def axes(self, figure: Figure) -> None:
        """Both axes, for this figure."""
        plot, theme = self._plot, self._theme
        for side, axis in (("left", figure.y), ("bottom", figure.x)):
            item = plot.getAxis(side)
            item.setPen(self.pen(theme.color("line")))
            item.setTextPen(theme.color("muted"))
            item.setStyle(tickFont=self._font, tickLength=0, tickTextOffset=8)
            lanes = [(figure.lane_at(place), lane.name) for place, lane in enumerate(figure.lanes)]
            item.setTicks(self._ticks(axis, rows=side == "left", lanes=lanes if side == "left" else []))
            item.setLabel(axis.title if side == "bottom" and axis.kind != "days" else None)
            item.label.setFont(self._font)
        names = (*figure.y.names, *(lane.name for lane in figure.lanes))
        widest = max((len(name) for name in names), default=0)
        wide = min(28, widest) * theme.px("small") * 0.56 + theme.px(14) if widest else theme.px(34)
        plot.getAxis("left").setWidth(wide)
        right = plot.getAxis("right")
        plot.showAxis("right", bool(figure.bands))
        if figure.bands:  # their names stand where they can be read, beside what lies over them
            right.setPen(self.pen(theme.color("line")))
            right.setTextPen(theme.color("muted"))
            right.setStyle(tickFont=self._font, tickLength=0, tickTextOffset=6)
            right.setTicks([[((band.low + band.high) / 2, band.name) for band in figure.bands]])
            longest = max(len(band.name) for band in figure.bands)
            right.setWidth(longest * theme.px("small") * 0.56 + theme.px(14))
        below = theme.px(58 if figure.x.title and figure.x.kind != "days" else 46)
        plot.getAxis("bottom").setHeight(below + (round(theme.px("small") * 1.3) if figure.x.counts else 0))
        plot.showGrid(x=False, y=figure.y.kind != "names", alpha=0.12)
        low, high = (-0.6, figure.y.high + 0.6) if figure.y.kind == "names" else _room(figure)
        plot.setYRange(low, high, padding=0)
        limits = {"minXRange": LEAST_ROOM[figure.x.kind], "maxXRange": 366 * 60 * _DAY}
        plot.getViewBox().setLimits(yMin=low, yMax=high, **limits)

    def _ticks(self, axis: Axis, *, rows: bool, lanes: list[tuple[float, str]]) -> Any:
        if axis.kind == "days":
            return None  # as many as there is room for
        if axis.names:
            last = len(axis.names) - 1
            names = axis.names
            if axis.counts:
                names = tuple(f"{name}\n{count}" for name, count in zip(names, axis.counts, strict=True))
            return [[(last - place if rows else place, name) for place, name in enumerate(names)]]
        span = axis.high - axis.low
        step = next((one for one in _STEPS if span / one <= _MOST_TICKS), span / _MOST_TICKS or 1)
        count = int(span / step + 1e-9) + 1
        return [[(axis.low + step * place, f"{axis.low + step * place:g}") for place in range(count)] + lanes]

    def figure(self, figure: Figure) -> None:
        """Everything in it, the hindmost first."""
        for band in figure.bands:
            self._band(band.low, band.high, band.number)
        for mark in figure.marks:
            self._mark(mark, figure)
        for cell in figure.cells:
            self._cell(cell, figure)
        for bar in figure.bars:
            self._bar(bar, figure)
        self.traces = [self._line(line) for line in figure.lines]
        low, high = extent(figure)
        whole = low, high if figure.now is None else max(high, figure.now)
        for place, lane in enumerate(figure.lanes):
            self._lane(lane, figure.lane_at(place), whole)

    def _color(self, number: int) -> str:
        series = self._theme.tokens.series
        return series[number % len(series)]

    def _line(self, line: Line) -> Trace:
        pg, theme = self._pg, self._theme
        color, width = line_color(line, theme), line_width(line)
        dots = {
            "symbol": centred(line.number % LINES),
            "size": self.px(13 if line.strong else 9 if line.quiet else 10),
            "brush": pg.mkBrush(color),
            "pen": self.rim(theme.tokens.raised, 1.2),
        }
        runs = [[(spot.x + spot.aside, spot.y) for spot in run] for run in line.runs]
        trace = Trace(pg, self._plot, runs, pen=self.pen(color, width), dots=dots)
        for one, other in line.links:
            pen = self.pen(color, style=Qt.PenStyle.DotLine)
            self._plot.plot([one.drawn, other.drawn], [one.y, other.y], pen=pen)
        if line.cut is not None:
            stroke = {"symbol": "|", "size": self.px(16), "brush": pg.mkBrush(color), "pen": None}
            self._plot.addItem(pg.ScatterPlotItem([line.cut.drawn], [line.cut.y], **stroke), ignoreBounds=True)
        return trace

    def _bar(self, bar: Bar, figure: Figure) -> None:
        pg = self._pg
        color, y = QColor(self._color(bar.number)), height(figure, bar.row)
        thick = _BAR * min(1.0, (figure.y.high + 2) / _MANY_ROWS)
        solid = pg.BarGraphItem(x0=[bar.start], x1=[bar.end], y=[y], height=thick, brush=color, pen=None)
        self._plot.addItem(solid)
        if bar.soft is not None and bar.soft > bar.end:
            pale = QColor(color)
            pale.setAlphaF(0.3)
            pen = self.pen(color, style=Qt.PenStyle.DotLine)
            self._plot.addItem(pg.BarGraphItem(x0=[bar.end], x1=[bar.soft], y=[y], height=thick, brush=pale, pen=pen))
        if bar.open_end:
            size = self.px(34) * min(1.0, (_MANY_ROWS + 1) / (figure.y.high + 3))  # of many rows each is low
            arrow = pg.ScatterPlotItem([bar.end], [y], symbol=onward(), size=size, brush=color, pen=None)
            self._plot.addItem(arrow)

    def _cell(self, cell: Cell, figure: Figure) -> None:
        pg, theme, y = self._pg, self._theme, height(figure, cell.row)
        if cell.level is None:
            brush, pen = None, self.pen(theme.color("line"), style=Qt.PenStyle.DotLine)
        else:
            color = QColor(self._color(0))
            color.setAlphaF(0.12 + 0.88 * cell.level)
            brush, pen = color, None
        self._plot.addItem(
            pg.BarGraphItem(x=[cell.column], width=0.92, y=[y], height=0.86, brush=pg.mkBrush(brush), pen=pen)
        )
        dark = cell.level is not None and cell.level > 0.55
        text = pg.TextItem(cell.shown, color=theme.color("raised" if dark else "ink"), anchor=(0.5, 0.5))
        text.setFont(self._font)
        text.setPos(cell.column, y)
        self._plot.addItem(text, ignoreBounds=True)

    def _band(self, low: float, high: float, number: int) -> None:
        pg, theme = self._pg, self._theme
        color = QColor(theme.color("warm"))
        color.setAlphaF(0.04 + 0.05 * number)
        region = pg.LinearRegionItem((low, high), orientation="horizontal", movable=False, brush=color, pen=None)
        region.setZValue(-20)
        for line in region.lines:
            line.setPen(self.pen(theme.color("line"), style=Qt.PenStyle.DotLine))
        self._plot.addItem(region, ignoreBounds=True)

    def _lane(self, lane: Lane, y: float, whole: tuple[float, float]) -> None:
        pg, theme = self._pg, self._theme
        pen = self.pen(theme.color("muted"), theme.px(5), cap=Qt.PenCapStyle.FlatCap)
        for one in lane.stretches:
            ends = [whole[0] if one.start is None else one.start, whole[1] if one.end is None else one.end]
            if ends[0] < ends[1]:  # what is to begin later has no length yet
                self._plot.plot(ends, [y, y], pen=pen)
        steps = pg.ScatterPlotItem(
            [x for x, _, _ in lane.steps], [y] * len(lane.steps), size=self.px(11),
            symbol=[centred(shape) for _, _, shape in lane.steps],
            brush=pg.mkBrush(theme.color("raised")), pen=self.rim(theme.color("ink"), 1.4),
        )  # fmt: skip
        self._plot.addItem(steps, ignoreBounds=True)

    def _mark(self, mark: Mark, figure: Figure) -> None:
        pg, theme = self._pg, self._theme
        color = theme.color("warm")
        pen = self.pen(color, 1.4, style=Qt.PenStyle.DashLine)
        low, top = _room(figure)
        upto = (figure.mark_at - low) / (top - low)  # not through the name
        self._plot.addItem(pg.InfiniteLine(mark.x, angle=90, pen=pen, span=(0, upto)), ignoreBounds=True)
        shape = pg.ScatterPlotItem(
            [mark.x], [figure.mark_at], symbol=centred(mark.shape), size=self.px(11),
            brush=pg.mkBrush(color), pen=None,
        )  # fmt: skip
        self._plot.addItem(shape, ignoreBounds=True)
        text = pg.TextItem(mark.label, color=color, anchor=(0.5, _ABOVE))
        font = QFont(self._font)
        font.setWeight(QFont.Weight.DemiBold)
        text.setFont(font)
        metrics = QFontMetricsF(font)
        text.setPos(mark.x, figure.mark_at)
        self._plot.addItem(text, ignoreBounds=True)
        beside = 2 * text.textItem.document().documentMargin()
        names = {name: metrics.horizontalAdvance(name) + beside for name in (mark.label, _short(mark.label)) if name}
        self.labels.append(Label(mark.x, names, text))


def fit_labels(labels: Sequence[Label], seen: tuple[float, float], per_pixel: float, theme: Theme | Paper) -> None:
    """Write the names of sessions in full where there is room, as a number where there is less, else not at all. At
    either edge of what is seen a name moves in, so that it can be read."""
    gap = theme.px(4)
    low, high = (edge / max(per_pixel, 1e-9) for edge in seen)
    taken = low - 1e9
    for label in labels:
        x = label.x / max(per_pixel, 1e-9)
        for name, wide in label.names.items():
            left = x - wide / 2
            if low <= x <= high:
                left = max(min(left, high - wide), low)
            if left >= taken + gap:
                label.text.setText(name)
                label.text.setAnchor(((x - left) / wide, _ABOVE))
                taken = left + wide
                break
        else:
            label.text.setText("")


def _short(label: str) -> str:
    """The number in "Session 3"; nothing of a session that is known by its day, for a part of a day misleads."""
    first, _, number = label.rpartition(" ")
    return number if first == "Session" else ""


def _room(figure: Figure) -> tuple[float, float]:
    """The height of the plot: a little below the lowest, and room for the names of sessions above."""
    span = figure.span
    below = 0.04 if not figure.lanes else 0.08 + 0.09 * len(figure.lanes)
    return figure.y.low - below * span, figure.y.high + (0.2 if figure.marks else 0.05) * span
