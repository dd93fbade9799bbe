"""What was intended beside what was written after, session by session. What is covered stays covered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from journal.records import Writing
from journal.service import JournalService
from journal.store import Item
from ui import words
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card, clear
from ui.widgets.covered import seen
from ui.widgets.labels import label

_LONG = 400  # characters of each text
_WIDE = 700  # px at 100 %: from here on both stand side by side


class Told(msgspec.Struct, frozen=True):
    """A session, and what was written before and after it."""

    eid: str
    label: str
    day: str
    before: tuple[Item, ...]
    after: tuple[Item, ...]


def told_of(service: JournalService, course: str | None, sessions: Sequence[str]) -> tuple[Told, ...]:
    """Every session with something written, newest first. Runs on the vault thread."""
    found = []
    for one in reversed(service.sessions(course)):
        if sessions and one.eid not in sessions:
            continue
        view = service.session(one.eid)
        after = (*view.experiences, *view.notes)
        if view.intentions or after:
            found.append(Told(one.eid, one.label, words.day_short(one.session.starts), view.intentions, after))
    return tuple(found)


class WordsPanel(QWidget):
    """A card a session. `opened` is called with its id."""

    def __init__(self, theme: Theme, opened: Callable[[str], None]) -> None:
        super().__init__()
        self._theme, self._opened = theme, opened
        self._told: tuple[Told, ...] = ()
        self._wide = False
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(GAP["l"])

    def set_told(self, told: tuple[Told, ...]) -> None:
        """Show these."""
        self._told = told
        clear(self._body)
        for one in told:
            self._body.addWidget(self._card(one))
        if not told:
            frame, inside = card("well", padding=GAP["xl"])
            inside.addWidget(label("It grows from intentions, and from what you write after a session.", "lead"))
            self._body.addWidget(frame)
        self._body.addStretch(1)

    def restyle(self) -> None:
        """The theme or the text size changed."""
        self._wide = self.width() >= self._theme.px(_WIDE)
        self.set_told(self._told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wide != (self.width() >= self._theme.px(_WIDE)):
            self.restyle()

    def _card(self, one: Told) -> QWidget:
        frame, inside = card(spacing=GAP["m"])
        inside.addWidget(label(f"{one.label}, {one.day}", "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP["xl"])
        wide = self._wide
        for place, (name, items) in enumerate((("Before", one.before), ("After", one.after))):
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(label(name, "eyebrow"))
            for item in items:
                column.addWidget(label(_said(item)))
            if not items:
                column.addWidget(label("Nothing was written.", "muted"))
            column.addStretch(1)
            grid.addWidget(holder, 0 if wide else place, place if wide else 0)
            if wide:
                grid.setColumnStretch(place, 1)
        inside.addLayout(grid)
        lead = button(self._theme, "Open the session", self._on_open, kind="link")
        lead.setAccessibleName(f"Open {one.label}")
        lead.setProperty("eid", one.eid)
        inside.addWidget(lead, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    @Slot()
    def _on_open(self) -> None:
        self._opened(self.sender().property("eid"))


def _said(item: Item) -> str:
    record = item.record
    assert isinstance(record, Writing)
    if record.covered:
        return record.cover or "Covered"
    text = seen(record, _LONG) if not record.title else f"{record.title}. {' '.join(record.text.split())[:_LONG]}"
    return text + ("…" if len(record.text) > _LONG else "")
