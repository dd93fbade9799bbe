"""How a figure looks on paper and in files: the colours of the light scheme on white, whatever the window shows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPen

from ui.theme import SIZES
from ui.tokens import ON_PAPER, Tokens


def as_typed(font: QFont) -> QFont:
    """The same letters, each of which is copied from a PDF as it was typed. Some fonts draw the colon of "14:05" with
    a letter that stands for no character, and it would be copied as another."""
    made = QFont(font)
    made.setFeature(QFont.Tag("calt"), 0)
    return made


def broken(pen: QPen) -> QPen:
    """A dotted or dashed pen whose gaps are seen on paper: Qt would make each dot longer by its own width, and each
    gap shorter."""
    if pen.style() == Qt.PenStyle.DotLine:
        pen.setDashPattern([1.2, 2.4])
    if pen.style() != Qt.PenStyle.SolidLine:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


class Paper:
    """What `ui.charts.view` asks a theme for.

    pyqtgraph draws lines and shapes in dots of the device, however fine these are. `line` and `sign` say how many of
    them make a unit of the picture, for the width of a line and the size of a shape: a printer has ten in a pixel.
    """

    scale = 100
    tokens: Tokens = ON_PAPER

    def __init__(self, line: float = 1.0, sign: float = 1.0) -> None:
        self.line, self.sign = line, sign

    def color(self, name: str) -> QColor:
        """A token as a colour."""
        return QColor(getattr(self.tokens, name))

    def px(self, size: str | float) -> int:
        """Pixels of a named text size, or of a length, at 100 %."""
        return round(SIZES[size] if isinstance(size, str) else size)
