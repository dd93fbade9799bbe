"""One quiet line where no new backup could be made: since when, and why."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.errors import JournalError
from ui import words
from ui.context import Context
from ui.widgets.buttons import button
from ui.widgets.labels import label

if TYPE_CHECKING:
    from journal.service import JournalService


class BackupNote(QWidget):
    """Hidden as long as all is well.

    Signals:
        preferences(): the person wants to do something about it.
    """

    preferences = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        self.text = label("", "small")
        body.addWidget(self.text)
        self.go = button(context.theme, "Backups in the preferences", self.preferences, kind="link")
        body.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @Slot()
    def ask(self) -> None:
        """Look again."""
        self._context.tasks.ask(_trouble, self._on_trouble, self._on_none)

    def _on_trouble(self, found: tuple[str, datetime | None]) -> None:
        trouble, newest = found
        since = f" since {words.moment(newest, self._context.clock.now())}" if newest else ""
        self.text.setText(f"No new backup{since}. {trouble}" if trouble else "")
        self.setVisible(bool(trouble))

    def _on_none(self, _error: JournalError) -> None:
        self.hide()


def _trouble(service: JournalService) -> tuple[str, datetime | None]:
    return service.backup_trouble()
