"""Clients: those whose shares are read here. Who has something new stands first."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from journal.change import Change
from journal.service import JournalService
from journal.service.begun import NOTHING, Begun, begun
from journal.service.clients import ClientRow
from journal.service.whose import unproved
from ui import words
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.review import phrases
from ui.widgets import begun_lines
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card
from ui.widgets.file_drops import one_file
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.lines_list import Line, LinesList
from ui.widgets.words_line import WordsLine

_Found = tuple[tuple[ClientRow, ...], frozenset[str], dict[str, Begun]]

_HOW = (
    "A client makes a share in this program, or in any other that writes such files, and gives you the file and its "
    "words. Drop the file here, or choose it. Once it is read you can keep it with a client.",
    "Give a client your address (under “Read a share”), and their shares open here without words.",
)


class ClientsPage(Page):
    """One line a client: the last share, what is new in it, what they want to talk about, comments not sent."""

    title = "Clients"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAcceptDrops(True)
        theme = context.theme
        column = Column(width=860, name=self.title)
        self.body.addWidget(column)
        column.body.addWidget(label(self.title, "display"))
        told = "Those who share with you. What you keep of them is sealed in this journal, as your own words are."
        column.body.addWidget(label(told, "muted"))
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        self.words_line = WordsLine(context)
        self.words_line.wants.connect(self.wants)
        column.body.addWidget(self.words_line)
        self.read = button(theme, "Read a share…", self._on_read, kind="primary", icon_name="folder-open")
        self.add = button(theme, "Add a client", self._on_add, icon_name="plus")
        column.body.addWidget(_line(self.read, self.add))
        self._nobody, inside = card("well", padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("Nobody is here yet.", "heading"))
        for text in _HOW:
            inside.addWidget(label(text))
        self._nobody.hide()
        column.body.addWidget(self._nobody)
        self.list = LinesList(theme, self.title)
        self.list.set_whole(True)  # the page scrolls
        self.list.opened.connect(self._on_open)
        self.list.moved.connect(self._on_moved)
        column.body.addWidget(self.list)
        self.open = button(theme, "Open", self._on_open_this)
        self.open.setToolTip("Enter")
        self.change = button(theme, "Name and notes…", self._on_change, kind="quiet", icon_name="pencil-line")
        self.remove = button(theme, "Remove", self._on_remove, kind="quiet", icon_name="trash")
        self.doing = _line(self.open, self.change, self.remove)
        column.body.addWidget(self.doing)
        column.body.addStretch(1)
        self._column = column
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_remove)

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        self.words_line.look()
        for made in (self.add, self.change, self.remove):
            self.writes(made)
        self.read.setFocus()
        self._ask(focus=True)

    def refresh(self, change: Change) -> None:
        if change.touches("client", "received", "comment"):
            self._ask()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if one_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = one_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.go.emit(Place("review", kind=str(path)))

    def _ask(self, *, focus: bool = False) -> None:
        self.context.tasks.ask(_rows, partial(self._on_rows, focus), self.banner.show_error)

    def _on_rows(self, focus: bool, found: _Found) -> None:
        rows, doubted, waits = found
        self.list.set_lines([line_of(row, row.eid in doubted, waits.get(row.eid, NOTHING)) for row in rows])
        self._nobody.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.doing.setVisible(bool(rows))
        if focus and rows and self.isVisible():
            self.list.setFocus()

    @Slot(str)
    def _on_open(self, eid: str) -> None:
        self.go.emit(Place("client", eid=eid))

    @Slot(str)
    def _on_moved(self, _eid: str) -> None:
        place = self.list.visualRect(self.list.currentIndex())
        at = self.list.viewport().mapTo(self._column.widget(), place.center())
        self._column.ensureVisible(at.x(), at.y(), 0, place.height())

    @Slot()
    def _on_open_this(self) -> None:
        if self.list.key:
            self._on_open(self.list.key)

    @Slot()
    def _on_read(self) -> None:
        path = self.context.prompter.open_path(self, "Read a share", "Shares (*.age *.html);;All files (*)")
        if path is not None:
            self.go.emit(Place("review", kind=str(Path(path))))

    @Slot()
    def _on_add(self) -> None:
        self.go.emit(Place("edit-client"))

    @Slot()
    def _on_change(self) -> None:
        if self.list.key:
            self.go.emit(Place("edit-client", eid=self.list.key))

    @Slot()
    def _on_remove(self) -> None:
        if self.list.key and self.context.tasks.can_write:
            op = partial(JournalService.remove_client, client=self.list.key)
            name = next((line.title for line in self.list.lines.lines if line.key == self.list.key), "The client")
            self.context.tasks.ask(op, partial(self._on_removed, name), self.banner.show_error)

    def _on_removed(self, name: str, _change: Change) -> None:
        told = f"{name}: removed, with their shares, and your comments on them and replies to them."
        self.banner.show_note(told, actions=[("Undo", self._on_undo)])

    @Slot()
    def _on_undo(self) -> None:
        self.banner.hide()
        self.context.tasks.ask(JournalService.undo, None, self.banner.show_error)


def _rows(service: JournalService) -> _Found:
    return service.clients(), unproved(service), begun(service)


def line_of(row: ClientRow, doubted: bool = False, waits: Begun = NOTHING) -> Line:
    """A client as a line of the list. `doubted`: the newest share is not proved as others of theirs are; `waits`:
    what was begun and not brought to its end."""
    first = "No share yet"
    if row.last is not None:
        first = f"Last share {words.date_long(row.last.made)}{', not proved' if doubted else ''}"
        if row.new:
            first += f" · new in it: {phrases.counted(row.new)}"
        if row.changed:
            first += f" · changed in it: {phrases.counted(row.changed)}"
        if row.unread:
            first += " · it cannot be read here"
    beside = ["The last share is not proved to be theirs, as others are"] if doubted else []
    if row.wish:
        beside.append("Wrote what they want to talk about")
    if row.talk:
        beside.append(f"Wants to talk about {words.counted(row.talk, 'hard moment', 'hard moments')}")
    beside += [text for text, _place in begun_lines.told(waits)]
    text = "\n".join(part for part in (first, " · ".join(beside)) if part)
    return Line(row.eid, row.client.name or "Without a name", text, f"{row.unseen} new" if row.unseen else "")


def _line(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder)
    for made in widgets:
        flow.addWidget(made)
    return holder
