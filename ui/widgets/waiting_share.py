"""A share, or a reply, that waits until a journal is open, said above the password: it opens by itself then."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card, row
from ui.widgets.labels import label

_ADDRESS = "It opens once the journal with its address is open. If another window has that open, drop the file there."
_ANY = "It opens once your journal is open. If another window has that open, drop the file there."
BUSY = (
    "This journal is open in another window of this program. Drop the file that waits onto that window, or choose it "
    "there under “Read a share”. Opened here for reading only, it can be read but not kept."
)


class WaitingShare(QWidget):
    """Hidden until a share waits. `path` is its file; it is not looked into here."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, GAP["l"])
        frame, inside = card("well", padding=GAP["l"], spacing=GAP["xs"])
        body.addWidget(frame)
        self._name = label("", "heading")
        # Without an icon: those are loaded after the first picture.
        self.forget = button(theme, "Not now", self._on_forget, kind="link")
        across = row(self._name, self.forget)
        across.setStretch(0, 1)
        inside.addLayout(across)
        self._why = label("", "small")
        inside.addWidget(self._why)
        self.hide()

    def show_path(self, path: Path, *, for_address: bool) -> None:
        """Say that this share waits. `for_address`: no words open it, but the journal with the address."""
        self.path = path
        self._name.setText(f"A file waits: {path.name}")
        self._why.setText(_ADDRESS if for_address else _ANY)
        self.show()

    def take(self) -> Path | None:
        """What waited; nothing waits any more."""
        path, self.path = self.path, None
        self.hide()
        return path

    @Slot()
    def _on_forget(self) -> None:
        self.take()
