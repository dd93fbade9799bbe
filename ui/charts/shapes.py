"""A shape for each slider, so that colour is never the only difference. Chart and legend use the same ones."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from journal.trends import CIRCLE, SQUARE, corners


def shape(number: int, side: float = 1.0) -> QPainterPath:
    """The shape of slider `number` in a square of `side`, its corner at the origin."""
    path = QPainterPath()
    if number == CIRCLE:
        path.addEllipse(QRectF(0.08 * side, 0.08 * side, 0.84 * side, 0.84 * side))
    elif number == SQUARE:
        path.addRect(QRectF(0.12 * side, 0.12 * side, 0.76 * side, 0.76 * side))
    else:
        path.addPolygon(_polygon(number, side))
        path.closeSubpath()
    return path


def centred(number: int) -> QPainterPath:
    """The same shape in a square of 1 around the origin, as pyqtgraph wants its symbols."""
    return shape(number, 1.0).translated(-0.5, -0.5)


def _polygon(number: int, side: float) -> QPolygonF:
    half = side / 2
    return QPolygonF([QPointF(half + half * x, half + half * y) for x, y in corners(number)])
