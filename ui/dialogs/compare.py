"""Comparing the words of a contact's card with them, and saying so."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from journal.errors import JournalError
from journal.records import Compared
from journal.service import JournalService, Known, Saved
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.widgets.buttons import button
from ui.widgets.key_words import KeyWords
from ui.widgets.labels import label

_WAYS = ((Compared.IN_PERSON, "In person"), (Compared.CALL, "By telephone or video, and I know their voice"))
_NOT_CHOSEN = "Choose first where you heard them."
DIFFERENT = (
    "Then this is not their card, or it was changed on its way. Nothing is marked as compared. Ask them for the card "
    "again, by another way, and remove this one."
)


class CompareDialog(Dialog):
    """Shows the words of one contact."""

    def __init__(self, context: Context, known: Known, parent: QWidget | None = None) -> None:
        name = known.contact.name
        super().__init__(context.theme, f"Compare the words with {name}", parent, width=560)
        self._context, self._known = context, known
        self.body.addWidget(
            label(
                f"Ask {name} to read the words of their own card to you. They find them under “Contacts”, beside "
                "“My card”. All eight have to be the same, in this order. Read them in the room, or on a call where "
                "you know the voice; not in a message, which somebody could have changed as they did the card."
            )
        )
        self.words = KeyWords(context.theme, f"The words of {name}'s card")
        self.words.set_words(known.words)
        self.body.addWidget(self.words)
        self._group = QButtonGroup(self)
        self.ways: dict[Compared, QRadioButton] = {}
        for number, (how, text) in enumerate(_WAYS):
            self.ways[how] = QRadioButton(text)
            self._group.addButton(self.ways[how], number)
            self.body.addWidget(self.ways[how])
        self.same = button(context.theme, "They are the same", self._on_same, kind="primary")
        self.differ = button(context.theme, "They differ", self._on_differ)
        self.close_ = button(context.theme, "Not now", self.reject, kind="quiet")
        self.add_buttons(self.same, self.differ, self.close_)
        self.ways[Compared.IN_PERSON].setFocus()

    @Slot()
    def _on_same(self) -> None:
        number = self._group.checkedId()
        if number < 0:
            self.banner.show_note(_NOT_CHOSEN)
            return
        self._mark(_WAYS[number][0], self._on_marked)

    @Slot()
    def _on_differ(self) -> None:
        if self._known.contact.checked is not None:
            self._mark(None, self._on_unmarked)
        else:
            self._on_unmarked()

    def _mark(self, how: Compared | None, done: object) -> None:
        self.same.setEnabled(False)
        known = self._known
        op = partial(JournalService.mark_compared, eid=known.eid, words=known.words, how=how)
        self._context.tasks.ask(op, done, self._on_failed)

    def _on_marked(self, _saved: Saved) -> None:
        self.accept()

    def _on_unmarked(self, _saved: Saved | None = None) -> None:
        for made in (*self.ways.values(), self.same, self.differ):
            made.setEnabled(False)
        self.banner.show_note(DIFFERENT, "warm")
        self.close_.setText("Close")
        self.close_.setFocus()
        self.fit()

    def _on_failed(self, error: JournalError) -> None:
        self.same.setEnabled(True)
        self.banner.show_error(error)
