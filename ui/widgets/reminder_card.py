"""Quiet reminders, in the preferences: whether there are any, and whether the program waits for them in the tray."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui.context import Context
from ui.tray import TEXT, TITLE
from ui.widgets.cards import GAP, card
from ui.widgets.labels import label

_ABOUT = (
    "When a check-in would fit, or something you wanted to look at again: at most twice a day, never between 22:00 "
    "and 8:00, and only after sessions that took place. It works while this program runs, also while it is locked."
)
_SAYS = f"All it ever says is “{TITLE}: {TEXT}”"
_NO_TRAY = "This desktop has no tray where a reminder could be shown, so there are none on this computer."
_KEEP = "Keep the program in the tray when I close its window"
_KEPT = "Closing the window then locks the journal. “Quit” ends the program."


class ReminderCard(QWidget):
    """Signals:
    wanted(bool): the person wants reminders, or none.
    """

    wanted = Signal(bool)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        outer.addWidget(frame)
        inside.addWidget(label("Reminders", "heading"))
        self.remind = QCheckBox("Remind me quietly")
        self.remind.clicked.connect(self._on_remind)
        inside.addWidget(self.remind)
        inside.addWidget(label(_ABOUT, "muted"))
        inside.addWidget(label(_SAYS, "muted"))
        self.keep = QCheckBox(_KEEP)
        self.keep.setChecked(context.settings.keep_in_tray)
        self.keep.toggled.connect(self._on_keep)
        inside.addWidget(self.keep)
        self.kept = label(_KEPT, "muted")
        inside.addWidget(self.kept)
        self.nowhere = label(_NO_TRAY, "muted")
        inside.addWidget(self.nowhere)
        self.show_choice(False, writable=True)

    def show_choice(self, remind: bool, *, writable: bool) -> None:
        """Show what was chosen."""
        there = self._context.tray.is_there
        self.remind.setChecked(remind)
        self.remind.setEnabled(writable)
        self.keep.setEnabled(remind)
        self.keep.setVisible(there)
        self.kept.setVisible(there)
        self.nowhere.setVisible(not there)

    @Slot(bool)
    def _on_remind(self, on: bool) -> None:
        self.keep.setEnabled(on)
        self.wanted.emit(on)

    @Slot(bool)
    def _on_keep(self, keep: bool) -> None:
        self._context.settings.update(keep_in_tray=keep)
