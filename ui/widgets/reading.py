"""Text to read: formatted, selectable, as high as it is long. It loads nothing and follows nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from journal.records import Mark
from ui.theme import Theme
from ui.widgets.editor import marks as _marks
from ui.widgets.editor.fidelity import Carrier


class ReadingView(QTextEdit):
    """A text with its marks, read-only, without a scroll bar of its own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[str, tuple[Mark, ...]] = ("", ())
        self.setProperty("role", "reading")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._restyle)

    def show_text(self, text: str, marks: Iterable[Mark] = ()) -> None:
        """Show another text."""
        self._shown = (text, tuple(marks))
        _marks.fill(self.document(), text, self._shown[1], Carrier(text), self._theme)
        self._fit()

    def loadResource(self, _type: int, _name: Any) -> None:
        """Nothing is ever loaded."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls, not the text

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    @Slot()
    def _fit(self) -> None:
        height = round(self.document().size().height()) + 2
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(max(height, 1))

    @Slot()
    def _restyle(self) -> None:
        self.show_text(*self._shown)
