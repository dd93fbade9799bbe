"""What somebody else sent, of any length: so much as is read at a glance, and the rest where one asks for it.

A reply may hold megabytes of words or a thousand comments: laid out at once they would hold up the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.reading import ReadingView

MOST = 2_000  # code points of a text that are shown at first
STEP = 30  # things that are shown at once


class Bounded(QWidget):
    """A text to read, or its first words with "Show all of it". `name` is what it is called when it is read out."""

    def __init__(self, theme: Theme, text: str, name: str) -> None:
        super().__init__()
        self._text = text
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        self.reading = ReadingView(theme)
        self.reading.setAccessibleName(name)
        self.reading.show_text(text if len(text) <= MOST else f"{text[:MOST]}…")
        body.addWidget(self.reading)
        if len(text) > MOST:
            self._more = button(theme, "Show all of it", self._on_more, kind="link")
            self._more.setAccessibleName(f"Show all of it: {name}")
            body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _on_more(self) -> None:
        self.reading.setFocus()  # before the button goes, or the focus would jump
        self._more.hide()
        self.reading.show_text(self._text)


class Portions(QWidget):
    """The first `STEP` of what `makes` make, and a button for those that follow. `what` names them: "comments"."""

    def __init__(self, theme: Theme, makes: Iterable[Callable[[], QWidget]], what: str, spacing: int) -> None:
        super().__init__()
        self._waiting, self._what = list(makes)[::-1], what
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(spacing)
        self._more = button(theme, "", self._on_more, kind="link")
        self._body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._add()

    @Slot()
    def _on_more(self) -> None:
        first = self._body.count() - 1
        self._add()
        if self._more.isHidden():  # else the focus stays on it
            self._body.itemAt(first).widget().setFocus()

    def _add(self) -> None:
        for _ in range(min(STEP, len(self._waiting))):
            self._body.insertWidget(self._body.count() - 1, self._waiting.pop()())
        self._more.setText(f"Show more: {len(self._waiting):,} {self._what}")
        self._more.setHidden(not self._waiting)
