"""Which backup to open, before a journal is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.dialogs.base import Dialog
from ui.widgets.backup_list import BackupList
from ui.widgets.buttons import button
from ui.widgets.labels import label

if TYPE_CHECKING:
    from journal.vault.backups import Backup

JOURNALS = "Journals (*.vault);;All files (*)"


class BackupsDialog(Dialog):
    """Signals:
    chosen(Path): open this one.
    """

    chosen = Signal(object)

    def __init__(self, context: Context, backups: Sequence[Backup], parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "Open a backup", parent)
        self._context = context
        self.body.addWidget(
            label(
                "It opens for reading, with the password of the time it was made. Your journal stays as it is."
                if backups
                else "There is none in the usual folder. A backup on a stick or another disk can be opened as well."
            )
        )
        self.list = BackupList(context.theme)
        self.list.set_backups(backups, context.clock.now())
        self.list.setVisible(bool(backups))
        self.list.chosen.connect(self._on_chosen)
        self.body.addWidget(self.list)
        self.open_ = button(context.theme, "Open", self._on_open, kind="primary")
        self.open_.setVisible(bool(backups))
        self.add_buttons(
            self.open_,
            button(context.theme, "Another file…", self._on_another),
            button(context.theme, "Cancel", self.reject, kind="quiet"),
        )
        self.list.setFocus()

    @Slot()
    def _on_open(self) -> None:
        if self.list.path() is not None:
            self._on_chosen(self.list.path())

    @Slot()
    def _on_another(self) -> None:
        path = self._context.prompter.open_path(self, "Open a backup", JOURNALS)
        if path is not None:
            self._on_chosen(path)

    @Slot(object)
    def _on_chosen(self, path: Path) -> None:
        self.accept()
        self.chosen.emit(path)
