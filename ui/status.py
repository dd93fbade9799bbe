"""The line at the bottom: one calm sentence, and a bar while something takes longer than a moment."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ui import a11y
from ui.widgets.cards import GAP
from ui.widgets.labels import label

_PATIENCE = 500  # ms: what takes longer shows that it is under way


class StatusLine(QWidget):
    """`text` is what it says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        across = QHBoxLayout(self)
        across.setContentsMargins(GAP["l"], GAP["xs"], GAP["l"], GAP["s"])
        self._label = label("", "small")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(120)
        self.bar.setAccessibleName("Working")
        self.bar.hide()
        across.addWidget(self._label, 1)
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
        self._label.setText(text)
        a11y.announce(self._label, text)

    @Slot(bool)
    def on_busy(self, busy: bool) -> None:
        """Something began, or all of it is done."""
        if busy:
            self.patience.start()
        else:
            self.patience.stop()
            self.bar.hide()
