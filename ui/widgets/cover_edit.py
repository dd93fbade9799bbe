"""Whether an entry is covered, and what is shown in its place."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.buttons import tool
from ui.widgets.cards import GAP
from ui.widgets.fields import LineEdit
from ui.widgets.labels import label


class CoverEdit(QWidget):
    """The line for the cover's title, seen while `choice` (a button for the tool bar) is on.

    Signals:
        edited(): the person changed something.
    """

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["xs"])
        self.choice = tool(theme, "Cover this entry", "eye-slash")
        self.choice.setCheckable(True)
        self.words = LineEdit()
        self.words.setPlaceholderText("What stands in its place, if you like")
        self.words.setAccessibleName("What stands in the place of a covered entry")
        body.addWidget(label("Covered: lists show this line, and nothing of the text, until you open it.", "small"))
        body.addWidget(self.words)
        self.choice.toggled.connect(self._on_choice)
        self.words.textEdited.connect(self.edited)
        self._filling = False
        self.hide()

    def covered(self) -> bool:
        return self.choice.isChecked()

    def title(self) -> str:
        return self.words.value() if self.covered() else ""

    def set_values(self, covered: bool, title: str) -> None:
        """Show these."""
        self._filling = True
        self.choice.setChecked(covered)
        self.words.set_value(title)
        self.setVisible(covered)
        self._filling = False

    @Slot(bool)
    def _on_choice(self, covered: bool) -> None:
        self.setVisible(covered)
        if not self._filling:
            self.edited.emit()
            if covered:
                self.words.setFocus()
