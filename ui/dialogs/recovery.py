"""New recovery words for the open journal: shown, typed back, and only then in place of the old.

Until then the old ones stay what opens the journal, whether the dialog is left, the journal locks or the power goes.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from journal.errors import JournalError
from journal.service import JournalService
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.widgets.labels import label
from ui.widgets.recovery_steps import ShowWords, TypeWords
from ui.widgets.recovery_words import words_of

_NOT_YET = "They count as soon as they are typed back. Until then the words you have do."


class RecoveryDialog(Dialog):
    """Shows words that open nothing yet; the window has asked the person before."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "", parent, width=600)
        self.setAccessibleName("New recovery words")
        self._context = context
        self._words = ""
        self.show_words = ShowWords(context.theme, context.prompter)
        self.type_words = TypeWords(context.theme, "Use these words from now on")
        self.type_words.hide()
        for widget in (self.show_words, self.type_words, label(_NOT_YET)):
            self.body.addWidget(widget)
        self.body.addWidget(self.banner)
        self.body.addStretch(1)
        self.show_words.next.setEnabled(False)
        self.show_words.done.connect(self._on_have)
        self.type_words.again.connect(self._on_again)
        self.type_words.typed.connect(self._on_typed)
        for step in (self.show_words, self.type_words):
            step.cancelled.connect(self.reject)
        context.tasks.ask(JournalService.new_words, self._on_words, self._on_failed)

    def done(self, result: int) -> None:
        """Closed, by whatever way: the words go out of the fields."""
        self._words = ""
        self.show_words.set_words("")
        self.type_words.expect("")
        super().done(result)

    def _on_words(self, words: str) -> None:
        self._words = words
        self.show_words.set_words(words)
        self.show_words.next.setEnabled(True)
        QTimer.singleShot(0, self.fit)  # once the words are laid out
        self.show_words.next.setFocus()

    def _on_failed(self, error: JournalError) -> None:
        self.type_words.next.setEnabled(True)
        self.banner.show_error(error)
        QTimer.singleShot(0, self.fit)  # once it is laid out

    @Slot()
    def _on_have(self) -> None:
        self.show_words.hide()
        self.type_words.expect(self._words)
        self.type_words.show()
        QTimer.singleShot(0, self.fit)  # once the words are laid out
        self.type_words.words.setFocus()

    @Slot()
    def _on_again(self) -> None:
        self.type_words.hide()
        self.show_words.show()
        QTimer.singleShot(0, self.fit)  # once the words are laid out

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        if not self.type_words.next.isEnabled():
            return
        if words_of(typed) != words_of(self._words):
            self.type_words.refuse()
            return
        self.banner.hide()
        self.type_words.next.setEnabled(False)
        op = partial(JournalService.take_words, words=self._words)
        self._context.tasks.ask(op, self._on_taken, self._on_failed)

    def _on_taken(self, _change: object) -> None:
        self.accept()
