"""New recovery words for the open journal, shown and typed back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from journal.errors import JournalError
from journal.service import JournalService
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.widgets.recovery_steps import ShowWords, TypeWords


class RecoveryDialog(Dialog):
    """Asks for new words at once; the window has asked the person before.

    Signals:
        done(): the new words were typed back.
    """

    done = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "", parent, width=600)
        self.setAccessibleName("New recovery words")
        self._context = context
        self._words = ""
        self.show_words = ShowWords(context.theme, context.prompter)
        self.type_words = TypeWords(context.theme, "Done")
        self.type_words.hide()
        for widget in (self.show_words, self.type_words):
            self.body.addWidget(widget)
        self.body.addWidget(self.banner)
        self.body.addStretch(1)
        self.show_words.next.setEnabled(False)
        self.show_words.done.connect(self._on_have)
        self.type_words.again.connect(self._on_again)
        self.type_words.typed.connect(self._on_typed)
        context.tasks.ask(JournalService.new_recovery_key, self._on_words, self._on_failed)

    def _on_words(self, words: str) -> None:
        self._words = words
        self.show_words.set_words(words)
        self.show_words.next.setEnabled(True)
        QTimer.singleShot(0, self.fit)  # once the words are laid out
        self.show_words.next.setFocus()

    def _on_failed(self, error: JournalError) -> None:
        self.banner.show_error(error)

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
    def _on_typed(self, words: str) -> None:
        self._context.tasks.ask(partial(_check, words=words), self._on_checked, self._on_failed)

    def _on_checked(self, right: bool) -> None:
        if right:
            self.done.emit()
            self.accept()
        else:
            self.type_words.refuse()


def _check(service: JournalService, *, words: str) -> bool:
    return service.check_recovery(words)
