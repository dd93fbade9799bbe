"""An entry that was written on two computers: both versions in sight, and what can become of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError, NotFound
from journal.records import MODALITIES, IntegrationNote, Record, UnknownRecord, Writing
from journal.service import JournalService, Side
from ui import words
from ui.context import Context
from ui.page import Page
from ui.pages.history import told
from ui.places import Place
from ui.told import Asked, Names, asked_of, lines_of, names_of, rest_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, card, clear, row
from ui.widgets.covered import Veil
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.reading import ReadingView

_BESIDE = 720  # px at 100 %: from here on the versions stand side by side
_UNREADABLE = "This version was written by a newer version of the program, and cannot be shown before you update."


class _Loaded(msgspec.Struct, frozen=True):
    sides: tuple[Side, ...]
    read_only: bool
    names: Names = {}
    asked: Asked = {}
    covers: tuple[Writing | None, ...] = ()  # over each side


class TwoVersionsPage(Page):
    """Whatever is chosen, no version is lost: those that were not chosen stay among the earlier versions."""

    title = "Two versions"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._eid = ""
        self._loaded = _Loaded((), False)
        head = row(tool(theme, "Back (Esc)", "arrow-left", self.back), None)
        head.setContentsMargins(GAP["l"], GAP["m"], GAP["l"], 0)
        self.body.addLayout(head)
        self._column = Column(width=1040, name=self.title)
        self.body.addWidget(self._column, 1)
        body = self._column.body
        self.heading = label(self.title, "title")
        body.addWidget(self.heading)
        self.lead = label("", "lead")
        body.addWidget(self.lead)
        self.banner = Banner(theme)
        body.addWidget(self.banner)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(GAP["l"])
        body.addLayout(self._cards)
        self.together = button(theme, "Put them together", self._on_together)
        self.together.setToolTip("One entry with both texts, one after the other, to go on writing in")
        self.both = button(theme, "Keep both as two entries", self._on_both)
        self._choices = QWidget()
        flow = FlowLayout(self._choices, spacing=GAP["s"])
        flow.addWidget(self.together)
        flow.addWidget(self.both)
        body.addWidget(self._choices)
        self.note = label("Whatever you choose, nothing is lost: the rest stays among the earlier versions.", "small")
        body.addWidget(self.note)
        body.addStretch(1)
        self.keep: list[QWidget] = []

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        self._eid = place.eid or ""
        self._ask()

    def refresh(self, change: Change) -> None:
        if self._eid in change.eids or change.everything:
            self._ask()

    def restyle(self) -> None:
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _ask(self) -> None:
        self.context.tasks.ask(partial(_load, eid=self._eid), partial(self._on_loaded, self._eid), self._on_refused)

    def _on_loaded(self, eid: str, loaded: _Loaded) -> None:
        if eid == self._eid:
            self._loaded = loaded
            self._show()

    def _show(self) -> None:
        sides = self._loaded.sides
        clear(self._cards)
        self.keep = []
        if not sides:
            return
        kinds = {side.record.kind for side in sides if isinstance(side.record, Record)}
        name = words.KIND_NAMES.get(next(iter(kinds), ""), "Entry")
        settled = len(sides) < 2
        removed = any(side.record is None for side in sides)
        computers = "two computers" if len(sides) == 2 else "several computers"
        if settled:
            self.lead.setText("There is one version of this entry now.")
        elif removed:
            self.lead.setText("This was removed on one computer and written on another. Both are kept.")
        else:
            self.lead.setText(f"This was written on {computers}. Both are kept.".replace("Both", _both(len(sides))))
        self.heading.setText(f"{name}: {_number(len(sides))} versions" if not settled else name)
        for number, side in enumerate(sides):
            self._cards.addWidget(self._card(number, side, alone=settled), 1)
        offered = not settled and not self._loaded.read_only
        writings = [side for side in sides if isinstance(side.record, Writing)]
        living = [side for side in sides if side.record is not None]
        self.together.setVisible(offered and len(writings) == len(living) > 1)
        self.both.setVisible(offered and len(living) > 1)
        self.both.setText("Keep both as two entries" if len(living) == 2 else f"Keep all as {len(living)} entries")
        self.note.setVisible(offered)
        self._arrange()

    def _card(self, number: int, side: Side, *, alone: bool) -> QFrame:
        theme = self.context.theme
        frame, inside = card(spacing=GAP["s"], padding=GAP["xl"])
        where = "Written on this computer" if side.here else "Written on another computer"
        when = words.day_and_time(side.at.astimezone())
        if side.record is None:
            where = where.replace("Written", "Removed")
        inside.addWidget(label(where, "eyebrow"))
        inside.addWidget(label(when, "small"))
        frame.setAccessibleName(f"{where}, {when}")
        self._fill(inside.addWidget, side, self._loaded.covers[number])
        inside.addStretch(1)
        if not (alone or self._loaded.read_only):
            text = "Keep it removed" if side.record is None else "Keep this one" if number == 0 else "Keep the other"
            if number > 1 and side.record is not None:
                text = "Keep this one"
            made = button(theme, text, partial(self._on_keep, side.rev))  # alike: the program prefers neither
            made.setAccessibleDescription(f"{where}, {when}")
            inside.addLayout(row(made, None))
            self.keep.append(made)
        return frame

    def _fill(self, add: Callable[[QWidget], Any], side: Side, cover: Writing | None) -> None:
        record = side.record
        if isinstance(record, Record):
            make = partial(self._written if isinstance(record, Writing) else self._told, record)
            add(Veil(self.context.theme, cover, make) if cover is not None else make())
        elif isinstance(record, UnknownRecord):
            add(label(_UNREADABLE, "muted"))
        else:
            add(label("Here it is not in the journal any more.", "muted"))

    def _told(self, record: Record) -> QWidget:
        said = told(record, self._loaded.names, self._loaded.asked)
        return label(said) if said else label("Nothing is written in it.", "muted")

    def _written(self, record: Writing) -> QWidget:
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP["s"])
        if record.title:
            inside.addWidget(label(record.title, "heading"))
        reading = ReadingView(self.context.theme)
        reading.setAccessibleName("Text of this version")
        reading.show_text(record.text, record.marks)
        inside.addWidget(reading)
        names = dict(MODALITIES)
        codes = [names.get(one, one) for one in record.modalities] if isinstance(record, IntegrationNote) else ()
        if codes or record.tags:
            inside.addWidget(label(" · ".join((*codes, *record.tags)), "small"))
        inside.addWidget(label(lines_of(rest_of(record, self._loaded.names)), "small"))
        return holder

    def _arrange(self) -> None:
        beside = self.width() >= self.context.theme.px(_BESIDE) and len(self._loaded.sides) == 2
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    # -- choosing ------------------------------------------------------------------------------------------------

    def _on_keep(self, rev: str, _on: bool = False) -> None:
        op = partial(JournalService.keep_side, eid=self._eid, rev=rev)
        self.context.tasks.ask(op, partial(self._on_done, "Kept. The other is among the earlier versions."), self._no)

    @Slot()
    def _on_both(self) -> None:
        op = partial(JournalService.keep_sides_apart, eid=self._eid)
        self.context.tasks.ask(op, partial(self._on_done, "Each is an entry of its own now."), self._no)

    @Slot()
    def _on_together(self) -> None:
        self.context.tasks.ask(
            partial(JournalService.put_sides_together, eid=self._eid), self._on_together_done, self._no
        )

    def _on_done(self, text: str, _saved: object) -> None:
        self.back.emit()
        self.say.emit(text)  # going somewhere else clears the line

    def _on_together_done(self, _saved: object) -> None:
        self.go.emit(Place("write", eid=self._eid))
        self.say.emit("The texts are in one entry now. Each is among the earlier versions, too.")

    def _no(self, error: JournalError) -> None:
        self.banner.show_error(error)

    def _on_refused(self, error: JournalError) -> None:
        self._loaded = _Loaded((), False)
        self._show()
        self.lead.setText("This entry is not in the journal any more." if isinstance(error, NotFound) else str(error))
        for widget in (self.together, self.both, self.note):
            widget.hide()


def _load(service: JournalService, *, eid: str) -> _Loaded:
    sides = service.sides(eid)
    records = [side.record for side in sides]
    covers = tuple(service.cover_of(record) for record in records)
    return _Loaded(sides, service.read_only, names_of(service, records), asked_of(service, records), covers)


def _both(count: int) -> str:
    return "Both" if count == 2 else "All of them"


def _number(count: int) -> str:
    return {2: "two", 3: "three", 4: "four"}.get(count, str(count))
