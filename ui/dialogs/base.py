"""What every dialog has in common: a column that scrolls at any text size, Esc to close, nothing kept afterwards."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.banner import Banner
from ui.widgets.cards import GAP, Column
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label


class Dialog(QDialog):
    """A window over the main one. The heading is inside; the title bar says only the program's name."""

    def __init__(self, theme: Theme, heading: str, parent: QWidget | None = None, *, width: int = 520) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Integration Journal")
        self.setAccessibleName(heading)
        self.setModal(True)
        self._width = width
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._column = Column(width=2000, name=heading)
        outer.addWidget(self._column)
        self.body = self._column.body
        if heading:
            self.body.addWidget(label(heading, "title"))
        self.banner = Banner(theme)

    def add_buttons(self, *buttons: QWidget) -> None:
        """The banner and a line of buttons, at the end."""
        self.body.addWidget(self.banner)
        line = QWidget()
        flow = FlowLayout(line, spacing=GAP["s"])
        for made in buttons:
            flow.addWidget(made)
        self.body.addWidget(line)
        self.body.addStretch(1)

    def fit(self) -> None:
        """Take the size the content asks for now. Also called a moment later, when it may be closed already."""
        if not shiboken6.isValid(self):
            return
        inner = self._column.inner
        inner.setMinimumHeight(0)
        inner.layout().activate()
        self.resize(self.sizeHint())
        # Where the screen is too low for all of it, a scroll area gives wrapped text less than it needs.
        bar = self._column.verticalScrollBar().sizeHint().width()
        inner.setMinimumHeight(inner.layout().heightForWidth(max(1, inner.width() - bar)))

    def showEvent(self, event: QShowEvent) -> None:
        # Only now are the labels laid out, so that the height they need is known.
        self.fit()
        super().showEvent(event)

    def sizeHint(self) -> QSize:
        wide = self.theme.px(self._width)
        inner = self._column.widget()
        # Wrapping labels ask for more than they take; a scroll area believes them.
        tall = max(inner.heightForWidth(wide), inner.minimumSizeHint().height())
        screen = self.screen().availableGeometry() if self.screen() is not None else None
        most = QSize(screen.width() - 40, screen.height() - 80) if screen is not None else QSize(4000, 4000)
        return QSize(wide, tall + 4).boundedTo(most)
