"""The line on recovery words that were never typed back, for who does not begin at Today."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.service import JournalService
from ui.context import Context
from ui.widgets import today_parts as parts
from ui.widgets.cards import clear


class WordsLine(QWidget):
    """Hidden once the words were typed back.

    Signals:
        wants(str): do what this action of the menus does.
    """

    wants = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self.hide()
        context.tasks.changed.connect(self._on_changed)

    def look(self) -> None:
        """Ask whether it is needed."""
        if self._context.tasks.can_write:
            self._context.tasks.ask(JournalService.words_unproved, self._on_told, self._on_not_told)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.touches("settings"):
            self.look()

    def _on_told(self, unproved: bool) -> None:
        clear(self._body)
        if unproved:
            self._body.addWidget(parts.unproved(self._context.theme, self._on_type, self._on_new))
        self.setVisible(unproved)

    def _on_not_told(self, _error: JournalError) -> None:
        self.hide()

    @Slot()
    def _on_type(self) -> None:
        self.wants.emit("try-words")

    @Slot()
    def _on_new(self) -> None:
        self.wants.emit("new-words")
