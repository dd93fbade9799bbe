"""Shapes, so that colour is never the only difference. Chart and legend use the same ones.

The first seven are for lines, one for each slider. All ten are for the ways a dose can be given.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from journal.trends import CIRCLE, SQUARE, corners

LINES = 7  # shapes that a line may have
_PLUS, _CROSS = 7, 8
BAR = 9


def shape(number: int, side: float = 1.0) -> QPainterPath:
    """The shape `number` in a square of `side`, its corner at the origin."""
    path = QPainterPath()
    if number == CIRCLE:
        path.addEllipse(QRectF(0.08 * side, 0.08 * side, 0.84 * side, 0.84 * side))
    elif number == SQUARE:
        path.addRect(QRectF(0.12 * side, 0.12 * side, 0.76 * side, 0.76 * side))
    elif number in (_PLUS, _CROSS):
        upright = QPainterPath()
        upright.addRect(QRectF(0.37 * side, 0.02 * side, 0.26 * side, 0.96 * side))
        lying = QPainterPath()
        lying.addRect(QRectF(0.02 * side, 0.37 * side, 0.96 * side, 0.26 * side))
        path = upright.united(lying)
        if number == _CROSS:
            half = side / 2
            path = QTransform().translate(half, half).rotate(45).translate(-half, -half).map(path)
    elif number == BAR:
        path.addRect(QRectF(0.02 * side, 0.34 * side, 0.96 * side, 0.32 * side))
    else:
        path.addPolygon(_polygon(number, side))
        path.closeSubpath()
    return path


def centred(number: int) -> QPainterPath:
    """The same shape in a square of 1 around the origin, as pyqtgraph wants its symbols."""
    return shape(number, 1.0).translated(-0.5, -0.5)


def onward() -> QPainterPath:
    """An arrow's head to the right of the origin: what stands before it goes on."""
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(0, -0.5), QPointF(0.48, 0), QPointF(0, 0.5)]))
    path.closeSubpath()
    return path


def _polygon(number: int, side: float) -> QPolygonF:
    half = side / 2
    return QPolygonF([QPointF(half + half * x, half + half * y) for x, y in corners(number)])
