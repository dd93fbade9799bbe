"""A telephone number in large type: selected by mouse and keyboard, and copied by a button. Nothing dials."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import clipboard
from ui.theme import Theme
from ui.widgets.buttons import tool
from ui.widgets.cards import GAP
from ui.widgets.labels import label, selectable


class NumberLine(QWidget):
    """The number and the button beside it."""

    def __init__(self, theme: Theme, number: str, copied: Callable[[str], None]) -> None:
        super().__init__()
        self._copied = copied
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP["s"])
        self.number = selectable(label(number, "title"))
        self.number.setAccessibleName(number)
        self.copy = tool(theme, f"Copy {number}", "copy", self._on_copy)
        across.addWidget(self.number, 1)
        across.addWidget(self.copy)

    @Slot()
    def _on_copy(self) -> None:
        clipboard.copy(self.number.text())
        self._copied(self.number.text())


def number_line(theme: Theme, number: str, copied: Callable[[str], None]) -> NumberLine:
    """A number in a line."""
    return NumberLine(theme, number, copied)
