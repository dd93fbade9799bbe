"""What stands for a line or a session in a legend: its stroke and its shape, as the figure draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ui.charts.figure import Figure, Line
from ui.charts.paper import Paper
from ui.charts.shapes import LINES, shape
from ui.theme import Theme

MOST = 12  # lines with a name of their own in a legend
_PALEST = 0.35


@dataclass(frozen=True)
class Swatch:
    """A shape by its number, in a colour; `stroke` is the width of the line behind it, or 0 where there is none."""

    number: int
    color: QColor
    stroke: float = 0.0


def line_color(line: Line, theme: Theme | Paper) -> QColor:
    """The colour that a line is drawn in."""
    if line.strong:
        return QColor(theme.color("ink"))
    color = QColor(theme.tokens.series[line.number % len(theme.tokens.series)])
    if line.quiet:
        color.setAlphaF(_PALEST + (0.95 - _PALEST) * line.order)
    return color


def line_width(line: Line) -> float:
    """How wide it is drawn."""
    return 3.2 if line.strong else 1.4 if line.quiet else 2.0


def of_line(line: Line, theme: Theme | Paper) -> Swatch:
    """What stands for a line."""
    return Swatch(line.number % LINES, line_color(line, theme), line_width(line))


def sorts(figure: Figure) -> tuple[tuple[str, int], ...]:
    """The ways in which the doses of the sessions shown were given, each with its shape."""
    return tuple(sorted({(mark.sort, mark.shape) for mark in figure.marks if mark.sort}, key=lambda one: one[1]))


def parted(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines that have a name of their own in a legend, and those that share one: summaries stay, and of all
    others the last ones, for the order is that of time."""
    if len(lines) <= MOST:
        return tuple(lines), ()
    room = MOST - 1 - sum(line.strong for line in lines)
    others = [line for line in lines if not line.strong]
    shared = others[: len(others) - room]
    keys = {line.key for line in shared}
    return tuple(line for line in lines if line.key not in keys), tuple(shared)


def draw(painter: QPainter, one: Swatch, box: QRectF) -> None:
    """Into `box`, which is wider than high where a stroke is to be seen."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle, side = box.center(), min(box.width(), box.height())
    if one.stroke and box.width() > side:
        painter.setPen(QPen(one.color, one.stroke * side / 14))
        painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(one.color)
    painter.drawPath(shape(one.number, side).translated(middle.x() - side / 2, middle.y() - side / 2))
    painter.restore()


def pixmap(one: Swatch, side: int) -> QPixmap:
    """The shape alone, for a button, with a little room before the words."""
    picture = QPixmap(round(side * 1.3), side)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        draw(painter, replace(one, stroke=0.0), QRectF(0, 0, side, side))
    return picture
