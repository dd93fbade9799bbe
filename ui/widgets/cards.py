"""Frames that hold things: a card, a well, a thin rule, a column of reading width."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme

GAP = {"xs": 4, "s": 8, "m": 12, "l": 16, "xl": 24, "xxl": 32}


def card(role: str = "card", *, padding: int = GAP["l"], spacing: int = GAP["s"]) -> tuple[QFrame, QVBoxLayout]:
    """A frame and its layout. Roles: card, well, accent-card."""
    frame = QFrame()
    frame.setProperty("role", role)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(padding, padding, padding, padding)
    layout.setSpacing(spacing)
    return frame, layout


def rule() -> QFrame:
    """A thin line across."""
    frame = QFrame()
    frame.setProperty("role", "rule")
    return frame


def row(*widgets: QWidget | None, spacing: int = GAP["s"]) -> QHBoxLayout:
    """Widgets side by side; None stands for the space that stretches."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return layout


class Column(QScrollArea):
    """A page's scrolling column: centred, no wider than a comfortable measure, with room around it.

    With a `theme` it fills its own ground. While one scrolls, Qt then moves what was painted, and paints only what
    comes in: of long texts, a frame takes a fifth of the time.
    """

    def __init__(self, *, width: int = 760, name: str = "", theme: Theme | None = None) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        outer = QWidget() if theme is None else _Ground(theme)
        across = QHBoxLayout(outer)
        across.setContentsMargins(GAP["xl"], GAP["xl"], GAP["xl"], GAP["xxl"])
        inner = _Inner(self)
        inner.setMaximumWidth(width)
        for growing in (outer, inner):  # what comes in below does not paint again what is above it
            growing.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        across.addStretch(1)
        across.addWidget(inner, 100)
        across.addStretch(1)
        self.inner = inner
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GAP["l"])
        self.setWidget(outer)


class _Ground(QWidget):
    """A page's colour, with nothing to be seen through it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._theme.color("paper"))


class _Inner(QWidget):
    """What a column holds. Qt tells of a new height one parent a turn of its loop; until that has climbed to the
    scroll area, a page that fills its window is squeezed into the height it had, and what it says is cut. So from
    here up a greater height is told at once. A smaller one is not: a page that is being filled anew is empty for a
    moment, and would lose its place."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self._column = column

    def event(self, event: QEvent) -> bool:
        heard = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            outer = self.parentWidget()
            if outer is not None and outer.layout() is not None and self.heightForWidth(self.width()) > self.height():
                outer.layout().activate()
                QCoreApplication.sendEvent(self._column.viewport(), QEvent(QEvent.Type.LayoutRequest))
        return heard


def scrolling(widget: QWidget) -> QScrollArea:
    """A widget that scrolls where it is not given the height it needs: large text in a small window."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)  # type: ignore[arg-type]
