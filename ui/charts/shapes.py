"""A shape for each slider, so that colour is never the only difference. Chart and legend use the same ones."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF


def shape(number: int, side: float = 1.0) -> QPainterPath:
    """The shape of slider `number` in a square of `side`, its corner at the origin."""
    path = QPainterPath()
    if number == 0:
        path.addEllipse(QRectF(0.08 * side, 0.08 * side, 0.84 * side, 0.84 * side))
    elif number == 1:
        path.addRect(QRectF(0.12 * side, 0.12 * side, 0.76 * side, 0.76 * side))
    else:
        path.addPolygon(_polygon(number, side))
        path.closeSubpath()
    return path


def centred(number: int) -> QPainterPath:
    """The same shape in a square of 1 around the origin, as pyqtgraph wants its symbols."""
    return shape(number, 1.0).translated(-0.5, -0.5)


def _polygon(number: int, side: float) -> QPolygonF:
    corners, turn, inner = {
        2: (3, -pi / 2, 1.0),  # triangle
        3: (4, -pi / 2, 1.0),  # diamond
        4: (10, -pi / 2, 0.45),  # star
        5: (3, pi / 2, 1.0),  # triangle downwards
        6: (6, 0.0, 1.0),  # hexagon
    }[number]
    middle = side / 2
    points = []
    for corner in range(corners):
        reach = 0.5 * side * (inner if corner % 2 and inner < 1 else 1.0)
        angle = turn + 2 * pi * corner / corners
        points.append(QPointF(middle + reach * cos(angle), middle + reach * sin(angle)))
    return QPolygonF(points)
