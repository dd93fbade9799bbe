"""Backups to choose from: when each was made, and its size, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from ui import words
from ui.theme import Theme

if TYPE_CHECKING:
    from journal.vault.backups import Backup

_ROWS = 5  # that show without scrolling


class BackupList(QListWidget):
    """Signals:
    chosen(Path): a backup was opened by a double click or Enter.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "choices")
        self.setAccessibleName("Backups, newest first")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.itemActivated.connect(self._on_activated)

    def set_backups(self, backups: Sequence[Backup], now: datetime) -> None:
        """Show these; the one that was chosen stays so."""
        before = self.path()
        self.clear()
        for backup in backups:
            item = QListWidgetItem(line(backup, now))
            item.setData(Qt.ItemDataRole.UserRole, str(backup.path))
            self.addItem(item)
            if before is not None and backup.path == before:
                self.setCurrentItem(item)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)
        self._fit()

    def path(self) -> Path | None:
        """The backup that is chosen."""
        item = self.currentItem()
        return Path(item.data(Qt.ItemDataRole.UserRole)) if item is not None else None

    def _fit(self) -> None:
        rows = max(1, min(_ROWS, self.count()))
        height = self.sizeHintForRow(0) if self.count() else self._theme.px(24)
        self.setFixedHeight(rows * height + 2 * self.frameWidth() + self._theme.px(10))

    @Slot(QListWidgetItem)
    def _on_activated(self, item: QListWidgetItem) -> None:
        self.chosen.emit(Path(item.data(Qt.ItemDataRole.UserRole)))


def line(backup: Backup, now: datetime) -> str:
    """ "Yesterday, 14:02 · 1.2 MB"."""
    when = words.moment(backup.at, now)
    return f"{when[:1].upper()}{when[1:]} · {words.size(backup.size)}"
