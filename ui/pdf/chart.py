"""Small charts on paper that say the same in grey: shapes, hatching and words carry what colour does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPen

from ui import words
from ui.charts import wall
from ui.charts.paper import broken
from ui.charts.shapes import shape
from ui.pdf.pages import Pages

_DAY = 86_400.0
_STEPS = (1, 2, 7, 14, 28, 56, 91, 182, 365, 730, 3652)  # days between two days named below a chart
_FEW = 16  # sessions marked in a chart
_YEARS = 300  # days in sight, from which on a day below a chart has its year


@dataclass(frozen=True)
class Curve:
    """Something drawn: runs of points that may be joined. `number` gives its shape and colour."""

    name: str
    number: int
    runs: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True)
class Range:
    """A published range behind it."""

    low: float
    high: float
    name: str


@dataclass(frozen=True)
class Chart:
    """`x` is in wall-clock seconds (see `ui.charts.wall`), or places 0, 1, ... of `names`; `marks` are sessions."""

    low: float
    high: float
    curves: tuple[Curve, ...]
    ranges: tuple[Range, ...] = ()
    marks: tuple[tuple[float, str], ...] = ()
    names: tuple[str, ...] = ()
    ends: tuple[str, str] = ("", "")  # what the lowest and the highest mean

    @property
    def empty(self) -> bool:
        return not any(curve.runs for curve in self.curves)


class Drawing:
    """One chart in its place."""

    def __init__(self, pages: Pages, chart: Chart, area: QRectF, *, size: float = 3.4) -> None:
        self._pages, self._chart, self._size = pages, chart, pages.pt(size)
        pt = pages.pt
        right = max((self._wide(one.name) for one in chart.ranges), default=0.0)
        top = pt(13) if chart.marks else pt(4)
        left = max(pt(20), max((self._wide(self._value(y)) for y in self._ticks()), default=0.0) + pt(6))
        self._plot = area.adjusted(left, top, -(right + pt(6)) if right else -pt(4), -pt(15))
        xs = [x for curve in chart.curves for run in curve.runs for x, _ in run] + [x for x, _ in chart.marks]
        if chart.names:
            self._first, self._last = -0.35, len(chart.names) - 0.65
        else:
            first, last = (min(xs), max(xs)) if xs else (0.0, _DAY)
            room = max((last - first) * 0.03, _DAY / 2)
            self._first, self._last = first - room, last + room

    def draw(self) -> None:
        """The hindmost first."""
        if self._pages.blank:
            return
        painter = self._pages.painter
        painter.save()
        for number, one in enumerate(self._chart.ranges):
            self._range(number, one)
        self._axes()
        self._marks()
        for curve in self._chart.curves:
            self._curve(curve)
        painter.restore()

    def _range(self, number: int, one: Range) -> None:
        pages, plot = self._pages, self._plot
        top, bottom = self._y(min(one.high + 0.5, self._chart.high)), self._y(max(one.low - 0.5, self._chart.low))
        area = QRectF(plot.left(), top, plot.width(), bottom - top)
        if number % 2:
            tint = QColor(pages.paper.color("warm"))
            tint.setAlphaF(0.10)
            pages.painter.fillRect(area, tint)
            self._hatch(area)
        self._words(one.name, plot.right() + pages.pt(4), area.center().y() - pages.pt(5))

    def _hatch(self, area: QRectF) -> None:
        """Thin slanted lines: a range is seen where there is no colour."""
        pages = self._pages
        painter, step = pages.painter, pages.pt(6)
        painter.save()
        painter.setClipRect(area)
        painter.setPen(QPen(pages.paper.color("line"), pages.pt(0.35)))
        x = area.left() - area.height()
        while x < area.right():
            painter.drawLine(QLineF(x, area.bottom(), x + area.height(), area.top()))
            x += step
        painter.restore()

    def _axes(self) -> None:
        pages, plot, pt = self._pages, self._plot, self._pages.pt
        painter = pages.painter
        for value in self._ticks():
            y = self._y(value)
            painter.setPen(QPen(pages.paper.color("line"), pt(0.4)))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            text = self._value(value)
            self._words(text, plot.left() - pt(4) - self._wide(text), y - pt(5))
        painter.setPen(QPen(pages.paper.color("muted"), pt(0.8)))
        painter.drawLine(QLineF(plot.left(), plot.bottom(), plot.right(), plot.bottom()))
        last = -1e18
        for x, text in self._below():
            wide = self._wide(text)
            left = min(max(self._x(x) - wide / 2, plot.left() - pt(12)), plot.right() - wide + pt(6))
            if left > last + pt(4):
                self._words(text, left, plot.bottom() + pt(2))
                last = left + wide

    def _marks(self) -> None:
        pages, plot, pt = self._pages, self._plot, self._pages.pt
        last = -1e18
        wide = pt(0.8 if len(self._chart.marks) <= _FEW else 0.3)  # many lines would hide what they stand behind
        for x, text in self._chart.marks:
            at = self._x(x)
            pages.painter.setPen(broken(QPen(pages.paper.color("muted"), wide, Qt.PenStyle.DashLine)))
            pages.painter.drawLine(QLineF(at, plot.top() - pt(2), at, plot.bottom()))
            for told in (text, text.partition(" ")[0]):  # the number alone where there is no room for the route
                half = self._wide(told) / 2
                if at - half > last + pt(3):
                    self._words(told, at - half, plot.top() - pt(12))
                    last = at + half
                    break

    def _curve(self, curve: Curve) -> None:
        pages = self._pages
        painter = pages.painter
        series = pages.paper.tokens.series
        color = QColor(series[curve.number % len(series)])
        style = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)[curve.number % 3]
        for run in curve.runs:
            points = [QPointF(self._x(x), self._y(y)) for x, y in run]
            painter.setPen(broken(QPen(color, pages.pt(1.3), style)))
            for one, other in pairwise(points):
                painter.drawLine(one, other)
            painter.setPen(QPen(pages.paper.color("ink"), pages.pt(0.4)))
            painter.setBrush(QBrush(color))
            side = self._size * 2
            for point in points:
                painter.drawPath(shape(curve.number, side).translated(point.x() - side / 2, point.y() - side / 2))

    def _below(self) -> list[tuple[float, str]]:
        if self._chart.names:
            return [(float(place), name) for place, name in enumerate(self._chart.names)]
        years = self._last - self._first > _YEARS * _DAY
        room = self._plot.width() / self._pages.pt(84 if years else 62)
        wanted = (self._last - self._first) / _DAY / max(room, 1)
        step = next((days for days in _STEPS if days >= wanted), _STEPS[-1]) * _DAY
        first = -(-self._first // _DAY) * _DAY
        days = [wall.moment(first + number * step) for number in range(int((self._last - first) // step) + 1)]
        return [
            (first + number * step, f"{words.date_brief(day)} {day.year}" if years else words.date_brief(day))
            for number, day in enumerate(days)
        ]

    def _ticks(self) -> list[float]:
        low, high = self._chart.low, self._chart.high
        step = next((one for one in (1, 2, 5, 10, 20, 50, 100) if (high - low) / one <= 6), (high - low) / 5 or 1)
        return [low + step * number for number in range(int((high - low) / step + 1e-9) + 1)]

    def _value(self, value: float) -> str:
        low, high = self._chart.ends
        meant = low if value == self._chart.low else high if value == self._chart.high else ""
        return f"{meant} {value:g}".strip()

    def _x(self, x: float) -> float:
        share = (x - self._first) / ((self._last - self._first) or 1)
        return self._plot.left() + share * self._plot.width()

    def _y(self, y: float) -> float:
        share = (y - self._chart.low) / ((self._chart.high - self._chart.low) or 1)
        return self._plot.bottom() - share * self._plot.height()

    def _wide(self, text: str) -> float:
        layout, (line, *_) = self._pages.lines(text, "small", self._pages.width)
        wide = line.naturalTextWidth()
        del layout
        return wide

    def _words(self, text: str, x: float, y: float) -> None:
        layout, (line, *_) = self._pages.lines(text, "small", self._pages.width)
        self._pages.draw(line, "small", x, y)
        del layout


def legend(pages: Pages, curves: Sequence[Curve]) -> None:
    """What each shape stands for, on one line."""
    pages.gap(3)
    pages.need(pages.pt(12))
    x, side = 0.0, pages.pt(6)
    for curve in curves:
        if not pages.blank:
            series = pages.paper.tokens.series
            pages.painter.setPen(QPen(pages.paper.color("ink"), pages.pt(0.4)))
            pages.painter.setBrush(QColor(series[curve.number % len(series)]))
            pages.painter.drawPath(shape(curve.number, side).translated(x, pages.y + pages.pt(2.5)))
        layout, (line, *_) = pages.lines(curve.name, "small", pages.width)
        pages.draw(line, "small", x + side + pages.pt(4), pages.y)
        x += side + pages.pt(16) + line.naturalTextWidth()
        del layout
    pages.y += pages.pt(12)
