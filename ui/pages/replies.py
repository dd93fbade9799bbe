"""Replies that came back to one's own shares: all of them, and one with its comments."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from journal.change import Change
from journal.errors import JournalError, NotFound
from journal.records import Record, Writing
from journal.service import CommentView, JournalService, ReplyView, Stands
from journal.share.reply import KINDS
from ui import words
from ui.context import Context
from ui.page import Page
from ui.places import Place, place_of
from ui.review.keep_reply import entry_name, share_line
from ui.widgets.banner import Banner
from ui.widgets.beside import comment_view, who
from ui.widgets.bounded import Bounded, Portions
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, card, clear, row
from ui.widgets.covered import veiled
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.refocus import Refocus

_LEAD = "What came back to what you shared. It is sealed in your journal like everything else, and in no share."
_NONE = (
    "No reply is kept yet. When somebody gives you the file of one, open it under “Read a share”, and keep it. Then "
    "it stands here, and beside the entries it is about."
)
NOT_SEEN = "Not read yet"
_GONE = "The entry was removed for good, and cannot be brought back. The comment stays."


class _Entry(msgspec.Struct, frozen=True):
    """An entry that a comment is about: what it is now, and in how many versions; or what it was last, and when it
    was `removed`."""

    eid: str
    record: Record
    heads: int
    removed: datetime | None = None


class _Loaded(msgspec.Struct, frozen=True):
    """All replies, newest first; and the one that is shown, with the entries it is about by their ids."""

    all: tuple[ReplyView, ...]
    shown: ReplyView | None
    entries: dict[str, _Entry]
    gone: JournalError | None = None


class RepliesPage(Page):
    """The list, or one of it."""

    title = "Replies"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._eid = ""
        self._loaded: _Loaded | None = None  # what is shown: a reply may be long, and most changes are none of it
        self.banner = Banner(theme)
        self.body.addWidget(self.banner)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.list, self.reading = Column(name=self.title), Column(width=760, name="Reply")
        for made in (self.list, self.reading):
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the keys scroll it
            self.stack.addWidget(made)

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        self._eid = place.eid or ""
        self._loaded = None  # what was opened under a cover was opened for that viewing
        for made in (self.list, self.reading):
            made.verticalScrollBar().setValue(0)
        column = self.reading if self._eid else self.list
        self.stack.setCurrentWidget(column)
        column.setFocus()
        self._ask()

    def refresh(self, change: Change) -> None:
        self._ask()  # the entries they are about may have changed, or what is known of who wrote them

    def restyle(self) -> None:
        if self._loaded is not None:
            self._loaded = None
            self._ask()

    def _ask(self) -> None:
        eid = self._eid
        self.context.tasks.ask(partial(_look, eid=eid), partial(self._on_loaded, eid), self.banner.show_error)

    def _on_loaded(self, eid: str, loaded: _Loaded) -> None:
        if eid != self._eid:
            return
        if eid and loaded.shown is None:
            self._eid = ""
            self.stack.setCurrentWidget(self.list)
            if loaded.gone is not None:
                self.banner.show_error(loaded.gone)
        column = self.reading if loaded.shown is not None else self.list
        if loaded == self._loaded:
            return
        self._loaded = loaded
        at, focus = column.verticalScrollBar().value(), Refocus(column)
        clear(column.body)
        if loaded.shown is not None:
            self._fill_one(loaded.shown, loaded.entries)
        else:
            self._fill_all(loaded.all)
        column.body.addStretch(1)
        focus.again()
        column.body.activate()
        column.verticalScrollBar().setValue(at)

    # -- all of them -----------------------------------------------------------------------------------------------

    def _fill_all(self, views: tuple[ReplyView, ...]) -> None:
        theme, body = self.context.theme, self.list.body
        back = button(theme, "What I shared before", self._on_ledger, kind="quiet", icon_name="arrow-left")
        body.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(label(self.title, "display"))
        body.addWidget(label(_LEAD, "muted"))
        for view in views:
            body.addWidget(self._make_line(view))
        if not views:
            frame, inside = card("well", padding=GAP["xl"], spacing=GAP["m"])
            inside.addWidget(label(_NONE, "lead"))
            read = button(theme, "Read a share or a reply", self._on_read)
            inside.addWidget(read, 0, Qt.AlignmentFlag.AlignLeft)
            body.addWidget(frame)

    def _make_line(self, view: ReplyView) -> QWidget:
        frame, inside = card(spacing=GAP["xs"])
        state = NOT_SEEN if view.record.seen is None else f"Read on {words.day_short(view.record.seen)}"
        inside.addWidget(label(f"Made on {words.date_long(view.payload.made)} · {state}", "eyebrow"))
        inside.addWidget(label(f"From {who(view)}" if view.name else who(view), "heading"))
        for line in filter(None, (_answers(view), _held(view))):
            inside.addWidget(label(line, "muted"))
        read = button(self.context.theme, "Read it", partial(self._on_open, view.eid), kind="link")
        read.setAccessibleName(f"Read the reply of {words.date_long(view.payload.made)}")
        inside.addWidget(read, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    # -- one of them -----------------------------------------------------------------------------------------------

    def _fill_one(self, view: ReplyView, entries: dict[str, _Entry]) -> None:
        theme, body, payload = self.context.theme, self.reading.body, view.payload
        heading = label(f"From {who(view)}" if view.name else who(view), "title")
        body.addLayout(row(tool(theme, "All replies", "arrow-left", self._on_all), heading))
        frame, inside = card("well", padding=GAP["xl"], spacing=GAP["s"])
        inside.addWidget(label("A reply", "eyebrow"))
        inside.addWidget(label(view.checked.told.text, "" if view.sure else "warm"))
        made = f"Made on {words.date_long(payload.made)}, kept on {words.day_short(view.record.received)}."
        for line in filter(None, (_answers(view), made, _held(view))):
            inside.addWidget(label(line))
        doing = QWidget()
        flow = FlowLayout(doing)
        if view.record.seen is None:
            flow.addWidget(self.writes(button(theme, "I have read it", self._on_seen, icon_name="check")))
        remove = button(theme, "Remove", self._on_remove, kind="quiet", icon_name="trash")
        remove.setAccessibleName("Remove this reply")
        flow.addWidget(self.writes(remove))
        inside.addWidget(doing)
        doing.setVisible(self.context.tasks.can_write)
        body.addWidget(frame)
        if payload.text.strip():
            frame, inside = card(spacing=GAP["s"])
            inside.addWidget(label("To all of it", "eyebrow"))
            inside.addWidget(Bounded(theme, payload.text, "To all of it"))
            body.addWidget(frame)
        makes = (partial(self._make_one, comment, entries.get(comment.eid)) for comment in view.comments)
        body.addWidget(Portions(theme, makes, "comments", body.spacing()))

    def _make_one(self, comment: CommentView, entry: _Entry | None) -> QWidget:
        shown = partial(self._make_comment, comment, entry)
        covered = entry is not None and isinstance(entry.record, Writing) and entry.record.covered
        return veiled(self.context.theme, entry.record, shown) if covered and entry is not None else shown()

    def _make_comment(self, comment: CommentView, entry: _Entry | None) -> QWidget:
        frame, inside = card(spacing=GAP["s"])
        name = entry_name(entry.record) if entry is not None else KINDS[comment.comment.kind]
        inside.addWidget(label(name, "eyebrow"))
        if entry is not None and entry.removed is not None:
            inside.addWidget(label(f"The entry was removed on {self._day_of(entry.removed)}."))
        elif comment.stands is Stands.GONE:
            inside.addWidget(label(_GONE))
        inside.addWidget(comment_view(self.context.theme, comment))
        if entry is not None and comment.stands is Stands.REMOVED:
            back = button(self.context.theme, "Bring it back", partial(self._on_bring_back, entry.eid), kind="link")
            back.setAccessibleName(f"Bring the entry back: {name}")
            inside.addWidget(self.writes(back), 0, Qt.AlignmentFlag.AlignLeft)
        elif entry is not None and comment.stands not in (Stands.GONE, Stands.NOT_IN_SHARE):
            go = button(self.context.theme, "Go to the entry", partial(self._on_entry, entry), kind="link")
            go.setAccessibleName(f"Go to the entry: {name}")
            inside.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _day_of(self, at: datetime) -> str:
        return words.day_short(at.astimezone(self.context.clock.now().tzinfo))

    # -- what the person does ----------------------------------------------------------------------------------------

    def _on_open(self, eid: str, _on: bool = False) -> None:
        self.go.emit(Place("replies", eid=eid))

    def _on_entry(self, entry: _Entry, _on: bool = False) -> None:
        self.go.emit(place_of(entry.eid, entry.record.kind, entry.heads, getattr(entry.record, "session", None)))

    def _on_bring_back(self, eid: str, _on: bool = False) -> None:
        op = partial(JournalService.undelete, eid=eid)
        self.context.tasks.ask(op, self._on_brought_back, self.banner.show_error)

    def _on_brought_back(self, _change: Change) -> None:
        self.banner.show_note("The entry is back in the journal, as it was.", actions=[("Undo", self._on_undo)])

    @Slot()
    def _on_seen(self) -> None:
        op = partial(JournalService.mark_reply_seen, eid=self._eid)
        self.context.tasks.ask(op, self._on_marked, self.banner.show_error)

    def _on_marked(self, _saved: object) -> None:
        self.say.emit("Marked as read.")

    @Slot()
    def _on_remove(self) -> None:
        op = partial(JournalService.remove_reply, eid=self._eid)
        self._eid = ""  # what is shown next is the list, whatever is answered first
        self.context.tasks.ask(op, self._on_removed, self._on_not_removed)

    def _on_removed(self, _change: Change) -> None:
        self.go.emit(Place("replies"))
        self.banner.show_note("The reply is removed.", actions=[("Undo", self._on_undo)])

    def _on_not_removed(self, error: JournalError) -> None:
        self.go.emit(Place("replies"))
        self.banner.show_error(error)

    @Slot()
    def _on_undo(self) -> None:
        self.banner.hide()
        self.take_back()

    @Slot()
    def _on_all(self) -> None:
        self.go.emit(Place("replies"))

    @Slot()
    def _on_ledger(self) -> None:
        self.go.emit(Place("ledger"))

    @Slot()
    def _on_read(self) -> None:
        self.go.emit(Place("review"))


def _look(service: JournalService, *, eid: str) -> _Loaded:
    shown, gone = None, None
    if eid:
        try:
            shown = service.reply(eid)
        except NotFound:
            gone = NotFound("This reply is not kept any more.")
        except JournalError as error:
            gone = error
    entries = {}
    comments = shown.comments if shown is not None else ()
    for comment in comments:
        item = service.find(comment.eid) if comment.eid else None
        if item is not None and isinstance(item.record, Record):
            entries[comment.eid] = _Entry(item.eid, item.record, item.heads)
    away = {comment.eid for comment in comments if comment.stands is Stands.REMOVED}
    for one in service.removed() if away else ():
        if one.eid in away and isinstance(one.record, Record):
            entries[one.eid] = _Entry(one.eid, one.record, 0, one.removed)
    return _Loaded(service.replies(), shown, entries, gone)


def _answers(view: ReplyView) -> str:
    receipt = view.checked.receipt
    own = share_line(receipt.record) if receipt is not None else ""
    return own or f"It answers a share of {words.date_long(view.payload.shared)}."


def _held(view: ReplyView) -> str:
    """How much it holds."""
    parts = ["Words to all of it"] if view.payload.text.strip() else []
    if view.comments:
        parts.append(words.counted(len(view.comments), "comment", "comments"))
    return " and ".join(parts)
