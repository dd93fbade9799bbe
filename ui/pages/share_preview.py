"""The third step of a share: exactly what its reader will see, and passages taken out of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journal.share import Payload
from ui import words
from ui.review.view import ReviewView
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.labels import label

_HOW = "Select words below, then leave them out. Where they stood, your reader sees […]."


class SharePreview(QWidget):
    """The page of the reader, and the way to leave out what is selected in it.

    Signals:
        hide_asked(object): leave out this passage, as `ReviewView.passage` gives it.
        back_asked(): put all passages back.
    """

    hide_asked = Signal(object)
    back_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        bar = QHBoxLayout()
        bar.setContentsMargins(GAP["xl"], GAP["s"], GAP["xl"], 0)
        self.note = label(_HOW, "small")
        self.out = button(theme, "Leave out what is selected", self._on_out, kind="quiet")
        self.out.setToolTip("Delete")
        self.put_back = button(theme, "Put them back", self.back_asked.emit, kind="quiet")
        bar.addWidget(self.note, 1)
        bar.addWidget(self.put_back)
        bar.addWidget(self.out)
        body.addLayout(bar)
        self.view = ReviewView(theme)
        body.addWidget(self.view, 1)
        self._delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self)
        self._delete.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._delete.activated.connect(self._on_out)
        self._hidden: int | None = None  # how many passages were left out when it was shown last
        self.set_hidden(0)

    def show_payload(self, payload: Payload, hidden: int) -> None:
        """Show what would be shared, with so many passages left out. Where only these changed, one stays in place."""
        self.view.show_payload(payload, stay=self._hidden is not None and self._hidden != hidden)
        self._hidden = hidden
        self.set_hidden(hidden)

    def leave(self) -> None:
        """The next share that is shown begins at its beginning."""
        self._hidden = None

    def set_hidden(self, count: int) -> None:
        """Say how many passages are left out."""
        self.put_back.setVisible(count > 0)
        left = words.counted(count, "passage is left out", "passages are left out")
        self.note.setText(f"{left[0].upper()}{left[1:]}." if count else _HOW)

    @Slot()
    def _on_out(self) -> None:
        passage = self.view.passage()
        if passage is None:
            self.note.setText("Nothing is selected. " + _HOW)
        else:
            self.hide_asked.emit(passage)
