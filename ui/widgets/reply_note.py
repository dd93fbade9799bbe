"""One quiet line on Today where a reply is kept that was not read yet. It names nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.errors import JournalError
from ui import words
from ui.context import Context
from ui.places import Place
from ui.widgets.buttons import button
from ui.widgets.labels import label

if TYPE_CHECKING:
    from journal.service import JournalService


class ReplyNote(QWidget):
    """Hidden as long as there is none.

    Signals:
        go(Place): to the reply, or to all of them.
    """

    go = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._place = Place("replies")
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        self.text = label("", "small")
        body.addWidget(self.text)
        self.open = button(context.theme, "Read it", self._on_open, kind="link")
        body.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @Slot()
    def ask(self) -> None:
        """Look again."""
        self._context.tasks.ask(_not_read, self._on_found, self._on_none)

    def _on_found(self, eids: tuple[str, ...]) -> None:
        told = words.counted(len(eids), "reply is kept here that was", "replies are kept here that were")
        self.text.setText(f"{told} not read yet." if eids else "")
        self.open.setText("Read it" if len(eids) == 1 else "See them")
        self._place = Place("replies", eid=eids[0]) if len(eids) == 1 else Place("replies")
        self.setVisible(bool(eids))

    def _on_none(self, _error: JournalError) -> None:
        self.hide()

    @Slot()
    def _on_open(self) -> None:
        self.go.emit(self._place)


def _not_read(service: JournalService) -> tuple[str, ...]:
    return tuple(view.eid for view in service.replies() if view.record.seen is None)
