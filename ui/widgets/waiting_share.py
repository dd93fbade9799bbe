"""A share that waits until a journal is open, said above the password: it opens by itself then."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.labels import label

_ADDRESS = "It was made for the address of a journal. Once that journal is open, the share opens by itself."
_ANY = "Once your journal is open, the share opens by itself."
_ELSEWHERE = "If the journal is open in another window already, drop the file onto that window."
BUSY = (
    "This journal is open in another window of this program. Drop the file of the share onto that window, or choose "
    "it there under “Read a share”. Opened here for reading only, the share can be read but not kept."
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
        inside.addWidget(self._name)
        self._why = label("")
        inside.addWidget(self._why)
        inside.addWidget(label(_ELSEWHERE, "small"))
        self.forget = button(theme, "Not now", self._on_forget, kind="link")
        inside.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_path(self, path: Path, *, for_address: bool) -> None:
        """Say that this share waits. `for_address`: no words open it, but the journal with the address."""
        self.path = path
        self._name.setText(f"A share waits: {path.name}")
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
