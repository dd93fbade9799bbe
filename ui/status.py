"""The line at the bottom: one calm sentence, an Undo where it tells of a deed, and a bar while something takes longer
than a moment."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ui import a11y
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.labels import label

_PATIENCE = 500  # ms: what takes longer shows that it is under way


class StatusLine(QWidget):
    """`text` is what it says.

    The Undo is there beside the menu's: where something is being written, Ctrl+Z is about that text.

    Signals:
        undo_wanted(): take back what it tells of.
    """

    undo_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        across = self._across = QHBoxLayout(self)
        across.setContentsMargins(GAP["l"], GAP["xs"], GAP["l"], GAP["s"])
        self._label = label("", "small")
        self.undo = button(theme, "Undo", self._on_undo, kind="link")
        self.undo.hide()
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(120)
        self.bar.setAccessibleName("Working")
        self.bar.hide()
        across.addWidget(self._label, 1)
        across.addWidget(self.undo)
        across.addStretch(0)
        across.addWidget(self.bar)
        self.patience = QTimer(self)
        self.patience.setSingleShot(True)
        self.patience.setInterval(_PATIENCE)
        self.patience.timeout.connect(self.bar.show)

    @property
    def text(self) -> str:
        return self._label.text()

    @Slot(str)
    def say(self, text: str) -> None:
        """Say this until something else is said."""
        self.outdate()
        self._label.setText(text)
        a11y.announce(self._label, text)

    @Slot(str)
    def tell(self, text: str) -> None:
        """Say what was done last in the journal, and offer to take it back."""
        self.say(text)
        self._across.setStretch(0, 0)  # the button stands right after the words
        self._across.setStretch(2, 1)
        self.undo.show()

    def outdate(self) -> None:
        """Something else was done since: an Undo would take back that."""
        self.undo.hide()
        self._across.setStretch(0, 1)
        self._across.setStretch(2, 0)

    @Slot()
    def _on_undo(self) -> None:
        self.outdate()
        self.undo_wanted.emit()

    @Slot(bool)
    def on_busy(self, busy: bool) -> None:
        """Something began, or all of it is done."""
        if busy:
            self.patience.start()
        else:
            self.patience.stop()
            self.bar.hide()
