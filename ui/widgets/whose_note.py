"""Beside the choice of a client for a share: who made it, and that it is not proved as the others of that client."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from journal.service.whose import Whose
from ui.widgets.cards import GAP
from ui.widgets.labels import label

CHOOSE = "Choose a client…"


class WhoseNote(QWidget):
    """Stands beneath `who`, and lets `keep` be pressed only once somebody is chosen in it."""

    def __init__(self, who: QComboBox, keep: QPushButton) -> None:
        super().__init__()
        self._who, self._keep = who, keep
        self._against: dict[str, str] = {}
        who.setPlaceholderText(CHOOSE)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["xs"])
        self.maker = label("", "small")
        self.against = label("")
        for made in (self.maker, self.against):
            made.hide()
            body.addWidget(made)
        who.currentIndexChanged.connect(self._on_who)

    def show_whose(self, found: Whose, maker: str) -> None:
        """Choose the client it is probably of, or none. `maker`: what is known of who made it."""
        self._against = found.against
        self._who.setCurrentIndex(-1 if found.guess is None else self._who.findData(found.guess))
        self.maker.setText(maker)
        self._on_who()

    @Slot()
    def _on_who(self) -> None:
        chosen = self._who.currentIndex() >= 0
        self._keep.setEnabled(chosen)
        # With nobody chosen, what speaks against any of them is why.
        told = [self._against.get(self._who.currentData() or "", "")] if chosen else self._against.values()
        self.against.setText("\n".join(text for text in told if text))
        self.against.setVisible(bool(self.against.text()))
        self.maker.setVisible(bool(self.against.text() and self.maker.text()))
