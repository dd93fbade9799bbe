"""What a therapist began with a client and did not bring to its end, each with the way there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.service.begun import NOTHING, Begun
from ui import words
from ui.places import Place
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import clear


class BegunLines(QWidget):
    """A link a line; hidden where nothing waits.

    Signals:
        go(Place): to what was begun.
    """

    go = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown = NOTHING
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self.hide()

    def show_begun(self, begun: Begun) -> None:
        """Lead to these. A link that stays keeps the focus."""
        if begun == self._shown:
            return
        self._shown = begun
        clear(self._body)
        for text, place in told(begun):
            made = button(self._theme, text, partial(self._on_go, place), kind="link")
            self._body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
            made.show()  # its room is asked for at once
        self.setVisible(begun != NOTHING)

    def _on_go(self, place: Place, _on: bool = False) -> None:
        self.go.emit(place)


def told(begun: Begun) -> list[tuple[str, Place]]:
    """What waits, in words, and where each leads."""
    found = []
    if begun.replies:
        text = "A reply is begun" if len(begun.replies) == 1 else f"{len(begun.replies)} replies are begun"
        found.append((text, Place("reply", eid=begun.replies[0])))
    if begun.made:
        found.append(("The words of a reply are kept here", Place("reply", eid=begun.made[0])))
    if begun.comments:
        text = words.counted(len(begun.comments), "comment is begun", "comments are begun")
        found.append((text, Place("client", eid=begun.comments[0], kind="comment")))
    if begun.waiting:
        text = words.counted(len(begun.waiting), "comment not sent yet", "comments not sent yet")
        found.append((text, Place("client", eid=begun.waiting[0], kind="comment")))
    return found
