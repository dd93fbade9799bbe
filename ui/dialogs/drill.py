"""Whether the recovery words can be found, and are the right ones."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from journal.change import Change
from journal.service import JournalService
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.recovery_words import WordsEdit

RIGHT = "These are the words. They open this journal, and they are where you could find them."


class _Tried(msgspec.Struct, frozen=True):
    """Whether the words are right; `change` tells Today of it."""

    right: bool
    change: Change


class DrillDialog(Dialog):
    """Types the words, and says whether they are right.

    Signals:
        proved(): they are.
        lost(): the person wants new ones.
    """

    proved = Signal()
    lost = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "Try your recovery words", parent)
        self._context = context
        self._about = label(
            "Type them from your paper, to see whether they would open the journal. The words stay as they are."
        )
        self.body.addWidget(self._about)
        self.words = WordsEdit(context.theme)
        self.words.submitted.connect(self._on_try)
        self.body.addWidget(self.words)
        self._hint = label("Capitals, numbers and line breaks do not matter.", "small")
        self.body.addWidget(self._hint)
        self.next = button(context.theme, "Try them", self._on_try, kind="primary")
        self.new = button(context.theme, "Make new words…", self._on_new)
        self.close_ = button(context.theme, "Close", self.reject, kind="quiet")
        self.new.hide()
        self.add_buttons(self.next, self.new, self.close_)
        self.words.setFocus()

    @Slot()
    def _on_try(self) -> None:
        if self.next.isEnabled():
            self.next.setEnabled(False)
            op = partial(_try, words=self.words.value())
            self._context.tasks.ask(op, self._on_tried, self._on_failed)

    def _on_tried(self, tried: _Tried) -> None:
        self.next.setEnabled(True)
        if tried.right:
            self.words.clear()
            for widget in (self._about, self.words, self._hint, self.new, self.next):
                widget.hide()
            self.banner.show_note(RIGHT)
            self.proved.emit()
            self.close_.setFocus()
        else:
            self.banner.show_note(
                "These words do not open this journal. Please look at the spelling and the order. If they cannot be "
                "found, make new ones now, while you can open the journal without them.",
                "warm",
            )
            self.new.show()
            self.words.setFocus()
        QTimer.singleShot(0, self.fit)  # once it is laid out

    def _on_failed(self, error: object) -> None:
        self.next.setEnabled(True)
        self.banner.show_error(error)

    @Slot()
    def _on_new(self) -> None:
        self.reject()
        self.lost.emit()


def _try(service: JournalService, *, words: str) -> _Tried:
    if not service.check_recovery(words):
        return _Tried(False, service.words_later(1))
    return _Tried(True, service.words_proved())
