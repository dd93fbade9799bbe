"""The backups of the open journal, in the preferences: whether, where, which there are, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from journal.errors import JournalError
from ui import words
from ui.context import Context
from ui.widgets.backup_list import BackupList
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label, selectable

if TYPE_CHECKING:
    from journal.service import JournalService
    from journal.service.keeping import BackupState


class BackupCard(QWidget):
    """Signals:
    restore(Path): the person wants to come back from this backup, or from one of their choice (None).
    """

    restore = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme = context.theme
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        outer.addWidget(frame)
        inside.addWidget(label("Backups", "heading"))
        self.on = QCheckBox("Back up by itself after changes")
        self.on.toggled.connect(self._on_toggled)
        inside.addWidget(self.on)
        inside.addWidget(
            label(
                "Each is a sealed copy of the whole journal, opened entry by entry before it counts. Older ones are "
                "thinned out: what stays is the last day, a day each for two weeks, and a month each for two years.",
                "small",
            )
        )
        self.banner = Banner(theme)
        inside.addWidget(self.banner)
        self.state = label("", "muted")
        inside.addWidget(self.state)
        self.list = BackupList(theme)
        self.list.chosen.connect(self.restore)
        inside.addWidget(self.list)
        self.where = selectable(label("", "small"))
        self.where.setAccessibleName("Where the backups are")
        inside.addWidget(self.where)
        self.now = button(theme, "Back up now", self._on_now)
        self.back = button(theme, "Restore…", self._on_restore)
        self.elsewhere = button(theme, "Another folder…", self._on_elsewhere)
        self.usual = button(theme, "The usual folder", self._on_usual, kind="quiet")
        self.tidy = button(theme, "Let older ones go again", self._on_tidy, kind="quiet")
        holder = QWidget()
        flow = FlowLayout(holder, spacing=GAP["s"])
        for made in (self.now, self.back, self.elsewhere, self.usual, self.tidy):
            flow.addWidget(made)
        inside.addWidget(holder)

    def ask(self) -> None:
        """Look again."""
        self._context.tasks.ask(_state, self.show_state, self.banner.show_error)

    def show_state(self, state: BackupState) -> None:
        """Show how it stands."""
        now = self._context.clock.now()
        self.on.blockSignals(True)
        self.on.setChecked(state.on)
        self.on.blockSignals(False)
        newest = state.backups[0] if state.backups else None
        if state.trouble:
            since = f"No new backup since {words.moment(newest.at, now)}." if newest else "There is no backup yet."
            self.state.setText(f"{since} {state.trouble}")
        elif newest is not None:
            kept = words.counted(len(state.backups), "backup", "backups")
            self.state.setText(f"{kept}, the last one {words.moment(newest.at, now)}.")
        else:
            self.state.setText("There is no backup yet. One is made when you lock or close the journal.")
        self.list.set_backups(state.backups, now)
        self.list.setVisible(bool(state.backups))
        self.where.setText(f"Kept in {_breakable(state.folder)}")
        self.usual.setVisible(state.chosen)
        self.tidy.setVisible(state.held and not state.fewer)
        for made in (self.on, self.now, self.elsewhere, self.usual, self.tidy):
            made.setEnabled(state.writable)
        self._context.settings.note_backups(state.folder if state.chosen else None)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self._choose(partial(_choose, on=on))

    @Slot()
    def _on_elsewhere(self) -> None:
        folder = self._context.prompter.folder(self, "Where to keep backups")
        if folder is not None:
            self._choose(partial(_choose, folder=folder))

    @Slot()
    def _on_usual(self) -> None:
        self._choose(partial(_choose, usual=True))

    @Slot()
    def _on_tidy(self) -> None:
        self._choose(_tidy)

    @Slot()
    def _on_now(self) -> None:
        self.now.setEnabled(False)
        self.banner.show_note("Making the backup, and opening every entry in it…")
        self._context.tasks.ask(_back_up, self._on_made, self._on_refused)

    @Slot()
    def _on_restore(self) -> None:
        self.restore.emit(self.list.path())

    def _on_made(self, _receipt: object) -> None:
        self.banner.show_note("The backup was made. Every entry in it was opened and is as it should be.")
        self.ask()

    def _on_refused(self, error: JournalError) -> None:
        self.banner.show_error(error)
        self.ask()

    def _choose(self, op: Callable[[JournalService], Any]) -> None:
        self._context.tasks.ask(op, self._on_chosen, self._on_refused)

    def _on_chosen(self, state: BackupState) -> None:
        self.banner.dismiss()
        self.show_state(state)


def _state(service: JournalService) -> BackupState:
    return service.backups()


def _choose(service: JournalService, **choice: Any) -> BackupState:
    service.choose_backups(**choice)
    return service.keep_backups()


def _tidy(service: JournalService) -> BackupState:
    service.answer_fewer(keep=False)
    return service.keep_backups()


def _back_up(service: JournalService) -> object:
    return service.back_up_now()


def _breakable(path: Path) -> str:
    return str(path).replace("/", "/\u200b").replace("\\", "\\\u200b")
