"""What was covered shows its cover alone, until it is opened for this viewing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.records import Record, UnknownRecord, Writing
from ui import words
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.labels import label
from ui.widgets.reading import ReadingView


def seen(record: Record | UnknownRecord, most: int = 90, *, cover: Writing | None = None) -> str:
    """The words a list may show of something: its cover where it has one, else its title, else its first words.

    `cover` is the entry whose cover lies over it, where it may be another one's.
    """
    if isinstance(record, Writing) and record.covered:
        return record.cover
    if cover is not None:
        return cover.cover
    return getattr(record, "title", "") or _begun(" ".join(getattr(record, "text", "").split()), most)


def _begun(text: str, most: int) -> str:
    """The first words of a text, so that it is seen that it goes on."""
    if len(text) <= most:
        return text
    words_ = text[:most].rsplit(" ", 1)[0]
    return f"{words_.rstrip()}…"


def veiled(theme: Theme, record: Record | UnknownRecord, make: Callable[[], QWidget]) -> QWidget:
    """What `make` makes of a record; where that is covered, only once it was opened."""
    return Veil(theme, record, make) if isinstance(record, Writing) and record.covered else make()


def intention(theme: Theme, record: Writing) -> QWidget:
    """An intention, to stand beside what came after it."""
    return veiled(theme, record, partial(_intention, theme, record))


def _intention(theme: Theme, record: Writing) -> QWidget:
    frame, inside = card("accent-card", spacing=GAP["xs"])
    inside.addWidget(label("Your intention", "eyebrow"))
    if record.title:
        inside.addWidget(label(record.title, "heading"))
    reading = ReadingView(theme)
    reading.setAccessibleName("Your intention")
    reading.show_text(record.text, record.marks)
    inside.addWidget(reading)
    return frame


class Veil(QWidget):
    """The cover of an entry with "Open". What is under it is not made, or not shown, before."""

    def __init__(self, theme: Theme, record: Writing, make: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._make = make
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        kind = words.KIND_NAMES[record.kind]
        self._cover, inside = card(spacing=GAP["xs"])
        inside.addWidget(label(f"{kind}, {words.day(record.at)}", "small"))
        inside.addWidget(label(record.cover or "Covered", "heading"))
        self.open_ = button(theme, "Open", self._on_open, kind="link", icon_name="eye")
        self.open_.setAccessibleName(f"Open: {record.cover or kind}")
        inside.addWidget(self.open_, 0, Qt.AlignmentFlag.AlignLeft)
        self._body.addWidget(self._cover)

    @Slot()
    def _on_open(self) -> None:
        self._cover.hide()
        self._cover.deleteLater()
        if (made := self._make()) is not None:
            self._body.addWidget(made)
