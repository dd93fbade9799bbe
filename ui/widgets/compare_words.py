"""Comparing the words of a contact's card with them, and saying so."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from journal.records import Compared
from journal.service import Known
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.flow import FlowLayout
from ui.widgets.key_words import KeyWords
from ui.widgets.labels import label

_WAYS = ((Compared.IN_PERSON, "In person"), (Compared.CALL, "On a call, by a voice I know"))
_NOT_CHOSEN = "Choose first where you heard them."
DIFFERENT = (
    "Then this is not their card, or it was changed on its way. Nothing is marked as compared. Ask them for the card "
    "again, by another way, and remove this one."
)


class CompareWords(QWidget):
    """The words of one contact, and what the person says of them.

    Signals:
        said(Known, object): how they were compared and found the same (`Compared`); None where they differ.
        closed(): not now.
    """

    said = Signal(object, object)
    closed = Signal()

    def __init__(self, theme: Theme, known: Known) -> None:
        super().__init__()
        self.known = known
        name = known.contact.name
        body = QVBoxLayout(self)
        body.setContentsMargins(0, GAP["s"], 0, 0)
        body.setSpacing(GAP["m"])
        body.addWidget(
            label(
                f"Ask {name} to read you the words of their own card: they stand under “Contacts”, at “My card”. All "
                "eight have to be the same, in this order. Hear them in the room, or on a call where you know the "
                "voice. A message could have been changed as the card could."
            )
        )
        self.words = KeyWords(theme, f"The words of {name}'s card")
        self.words.set_words(known.words)
        body.addWidget(self.words)
        self._group = QButtonGroup(self)
        self.ways: dict[Compared, QRadioButton] = {}
        for number, (how, text) in enumerate(_WAYS):
            self.ways[how] = QRadioButton(text)
            self._group.addButton(self.ways[how], number)
            body.addWidget(self.ways[how])
        self.note = label("", "warm")
        self.note.hide()
        body.addWidget(self.note)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        self.same = button(theme, "They are the same", self._on_same, kind="primary")
        self.differ = button(theme, "They differ", self._on_differ)
        self.close_ = button(theme, "Not now", self.closed, kind="quiet")
        for made in (self.same, self.differ, self.close_):
            flow.addWidget(made)
        body.addWidget(buttons)

    @Slot()
    def _on_same(self) -> None:
        number = self._group.checkedId()
        if number >= 0:
            self.said.emit(self.known, _WAYS[number][0])
        else:
            self.note.setText(_NOT_CHOSEN)
            self.note.show()
            self.ways[Compared.IN_PERSON].setFocus()

    @Slot()
    def _on_differ(self) -> None:
        self.said.emit(self.known, None)
