"""The way from a share of a client to the reply to it: how many comments wait, and what is begun or still kept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.records import Comment
from journal.service import JournalService, UnfinishedReply
from ui import words
from ui.context import Context
from ui.places import Place
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.labels import label

NO_SHARE = "A reply is to a share. None of this client is shown."
_NO_COMMENT = "No comment waits. A reply can hold words to all of it."


class ReplyButton(QWidget):
    """Signals:
    go(Place): to the reply.
    told(): what it says is another, and may need more room.
    """

    go = Signal(object)
    told = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._received = ""
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["xs"])
        self.open = button(context.theme, "Reply…", self._on_open, icon_name="arrow-bend-up-left")
        self.said = label("", "small")
        body.addWidget(self.open)
        body.addWidget(self.said)
        self.show_for("", ())

    def show_for(self, received: str, comments: Iterable[Comment]) -> None:
        """Lead to the reply to this share ("" for none), which has these comments."""
        self._received = received
        waiting = sum(comment.sent is None for comment in comments)
        self.open.setEnabled(bool(received))
        self._say(words.counted(waiting, "comment waits", "comments wait") if waiting else _NO_COMMENT)
        if not received:
            self._say(NO_SHARE)
        elif self._context.tasks.is_open:
            op = partial(JournalService.unfinished_reply, received=received)
            self._context.tasks.ask(op, partial(self._on_unfinished, received), self._on_none)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.open.setAccessibleDescription(text)
        self.told.emit()

    def _on_unfinished(self, received: str, unfinished: UnfinishedReply | None) -> None:
        if unfinished is None or received != self._received:
            return
        if unfinished.words:
            self._say("The words of a reply that was made are kept here until you put them away.")
        else:
            self._say(f"{self.said.text()}. A reply is begun.".replace("..", "."))

    def _on_none(self, _error: object) -> None:
        """The page itself says what is wrong."""

    @Slot()
    def _on_open(self) -> None:
        self.go.emit(Place("reply", eid=self._received))
