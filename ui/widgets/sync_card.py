"""Another computer, in the preferences: which folder a sync program carries between them, and how it stands."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import words
from ui.context import Context
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label, selectable

if TYPE_CHECKING:
    from journal.service import JournalService, SyncState

CLOSED = (
    "is closed with another password, since everything was sealed anew on one computer. Merge it by hand, then copy "
    "the journal with the new password over to the other. Until then the two do not keep in step by themselves."
)


class SyncCard(QWidget):
    """Signals:
    changed(): another folder was chosen, or none.
    merge(): merge with a copy by hand.
    """

    changed = Signal()
    merge = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme = context.theme
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        outer.addWidget(frame)
        inside.addWidget(label("Another computer, through a synced folder", "heading"))
        inside.addWidget(
            label(
                "Choose a folder that a sync program of yours (Syncthing, Nextcloud, Dropbox) keeps the same on "
                "both. Each computer puts a sealed copy of the journal there and takes in what the other wrote. The "
                "journal itself stays where it is. What was written on both is kept twice, and you choose.",
                "small",
            )
        )
        self.where = selectable(label("", "small"))
        self.where.setAccessibleName("The synced folder")
        inside.addWidget(self.where)
        self.banner = Banner(theme)
        inside.addWidget(self.banner)
        self.state = label("", "muted")
        inside.addWidget(self.state)
        self.choose = button(theme, "Choose a folder…", self._on_choose)
        self.stop = button(theme, "Stop using it", self._on_stop, kind="quiet")
        self.by_hand = button(theme, "Merge with another copy…", self.merge, kind="quiet")
        holder = QWidget()
        flow = FlowLayout(holder, spacing=GAP["s"])
        for made in (self.choose, self.stop, self.by_hand):
            flow.addWidget(made)
        inside.addWidget(holder)
        self._journal = ""
        self.show_state(None)

    def ask(self) -> None:
        """Look again."""
        self._context.tasks.ask(_state, self.show_state, self.banner.show_error)

    def show_state(self, state: SyncState | None) -> None:
        """Show which folder it is and how it stands."""
        folder = state.folder if state is not None else None
        self._journal = state.journal if state is not None else ""
        text = str(folder).replace("/", "/\u200b").replace("\\", "\\\u200b") if folder is not None else ""
        self.where.setText(f"In step through {text}" if text else "")
        self.where.setVisible(bool(text))
        self.state.setText(self._sentence(state) if state is not None and folder is not None else "")
        self.state.setVisible(bool(self.state.text()))
        self.stop.setVisible(folder is not None)
        self.choose.setText("Choose a folder…" if folder is None else "Another folder…")
        for made in (self.choose, self.stop, self.by_hand):
            made.setEnabled(state is not None and state.writable)

    def _sentence(self, state: SyncState) -> str:
        if state.trouble or state.at is None or state.last is None:
            return state.trouble
        parts = [f"Last looked {words.moment(state.at, self._context.clock.now())}."]
        if state.last.waiting:
            parts.append("A copy there is not whole yet; it is read once it has arrived.")
        if state.last.closed:
            parts.append(f"A copy there {CLOSED}")
        return " ".join(parts)

    @Slot()
    def _on_choose(self) -> None:
        folder = self._context.prompter.folder(self, "The synced folder")
        if folder is not None:
            self._take(folder)

    @Slot()
    def _on_stop(self) -> None:
        self._take(None)

    def _take(self, folder: Path | None) -> None:
        self.banner.dismiss()
        op = partial(_choose, folder=folder)
        self._context.tasks.ask(op, self._on_taken, self.banner.show_error)

    def _on_taken(self, state: SyncState) -> None:
        self._context.settings.note_sync(state.journal, state.folder)
        self.show_state(state)
        self.changed.emit()


def _state(service: JournalService) -> SyncState:
    return service.sync_state()


def _choose(service: JournalService, *, folder: Path | None) -> SyncState:
    service.keep_in_step(folder)
    return service.sync_state()
