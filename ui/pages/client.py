"""A client's review: contents, what is read, and own comments beside it. Everything can be done by keys."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError, NotFound
from journal.records import Comment, Received
from journal.service import JournalService
from journal.service.clients import ClientReview, Shared
from ui import words
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.review import contents
from ui.review.contents import SINCE, key_of, part_of
from ui.review.part_view import part_view, places_of
from ui.review.share_head import ShareHead
from ui.review.since import SinceView
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, clear, row, scrolling
from ui.widgets.comment_pane import CommentPane
from ui.widgets.file_drops import one_file
from ui.widgets.labels import label
from ui.widgets.lines_list import LinesList
from ui.widgets.moment_edit import moment_of
from ui.widgets.panes import BESIDE, READING, Panes
from ui.widgets.reading import ReadingView

NO_SHARE = "No share of theirs is kept here yet. Drop the file of one onto this page, or use “Read a share”."
_WHERE = "Go to a session or a text first, or select a passage of one."
_KEYS = "F6 goes from pane to pane, Ctrl+PgDown and Ctrl+PgUp through the contents, Ctrl+M writes beside a passage."


class _Loaded(msgspec.Struct, frozen=True):
    """What the page shows, and where in it: a share, or a comment."""

    review: ClientReview
    drafts: dict[str, Comment]
    share: str = ""
    comment: Comment | None = None
    comment_eid: str = ""


class ClientPage(Page):
    """One share of a client at a time, and one part of it."""

    title = "Client"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAcceptDrops(True)
        self._client = ""
        self._loaded: _Loaded | None = None
        self._shown: tuple[str, Shared] | None = None
        self.view: QWidget | None = None  # the part that is shown; those before it are on their way out
        theme = context.theme
        self.banner = Banner(theme)
        self.body.addWidget(self.banner)
        self.reading = Column(width=1280, name="Reading")
        self.reading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head = ShareHead(context)
        self.head.opened.connect(self._on_missed)
        reading = self.head.above(self.reading)
        self.comments = CommentPane(context)
        self.comments.chosen.connect(self._on_chosen)
        self.comments.wanted.connect(self.begin_comment)
        self.comments.say.connect(self.say)
        self.comments.missed.connect(self._on_missed)
        self.list = LinesList(theme, "Contents")
        self.list.moved.connect(self._on_moved)
        self.list.opened.connect(self._on_opened)
        panes = (("Contents", self._make_contents()), ("Reading", reading), ("Comments", self.comments))
        self.panes = Panes(theme, panes, (self.list, self.reading, self.comments.list))
        self.body.addWidget(self.panes, 1)
        for keys, slot in (
            ("Ctrl+PgDown", self._on_next), ("Ctrl+PgUp", self._on_previous), ("Ctrl+M", self.begin_comment),
        ):  # fmt: skip
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)
        self.restyle()

    # -- coming and going ------------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        for made in (self.seen, self.change):
            self.writes(made)
        self.list.setFocus()
        self._ask(place)

    def refresh(self, change: Change) -> None:
        if self._client and change.touches("client", "received", "comment"):
            self._ask(Place("client", eid=self._client))

    def leave(self) -> None:
        self.comments.leave()

    def seal(self) -> None:
        self.comments.seal()

    def restyle(self) -> None:
        self.comments.restyle()
        self.list.setMinimumHeight(self.context.theme.px(160))
        if self._shown is not None:
            key, self._shown = self._shown[0], None
            self._show(key)
        self.panes.fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if one_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = one_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.go.emit(Place("review", kind=str(path)))

    def _ask(self, place: Place) -> None:
        self.context.tasks.ask(partial(_load, place=place), self._on_loaded, self._on_not_loaded)

    def _on_not_loaded(self, error: JournalError) -> None:
        self._client, self._loaded, self._shown = "", None, None
        self._name.setText(self.title)
        self._summary.setText("")
        self.list.set_lines([])
        self._empty()
        self.head.show_share(None, None)
        self.comments.show_comments({}, {}, {})
        self.banner.show_note(str(error), actions=[("All clients", self._on_all)])

    def _on_loaded(self, loaded: _Loaded) -> None:
        review = loaded.review
        another = review.eid != self._client
        self._client, self._loaded = review.eid, loaded
        self._name.setText(review.client.name or "Without a name")
        self._summary.setText(contents.summary(review))
        self._notes.setText(review.client.notes)
        self._notes.setVisible(bool(review.client.notes.strip()))
        wanted = "" if another else self.list.key
        if review.shares and (another or loaded.share or not self.list.key):
            wanted = key_of(loaded.share or review.shares[-1].eid, SINCE)
        self.list.set_lines(contents.lines_of(review), wanted)
        self._show(self.list.key)
        if loaded.comment is not None:
            self._on_chosen(loaded.comment)  # its part is shown: the comment is in the list now
            self.comments.open(loaded.comment_eid)
            self.panes.go_to(BESIDE)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def shared(self) -> Shared | None:
        """The share that is shown."""
        return self._shown[1] if self._shown is not None else None

    def _show(self, key: str) -> None:
        """Show one part of one share. It alone is made: a share may hold a thousand entries."""
        if self._loaded is None:
            return
        received, part = part_of(key)
        shared = next((one for one in self._loaded.review.shares if one.eid == received), None)
        self.seen.setEnabled(shared is not None and shared.received.seen is None)
        if shared is None:
            self._shown = None
            self._empty()
            self.reading.body.addWidget(label(NO_SHARE, "muted"))
            self.reading.body.addStretch(1)
        elif self._shown is None or self._shown[0] != key or self._shown[1].digest != shared.digest:
            self._fill(shared, part)
        if shared is not None:
            self._shown = (key, shared)
        self._show_comments()

    def _fill(self, shared: Shared, part: int | str) -> None:
        theme, body = self.context.theme, self.reading.body
        self._empty()
        if self.banner.text == _WHERE:
            self.banner.hide()  # they went there
        body.addWidget(label(f"Share of {words.date_long(shared.received.made)}", "small"))
        view = (
            SinceView(theme, shared) if part == SINCE else part_view(theme, shared.payload, part, shared.digest.new)
        )
        self.view = view
        for reading in self.readings():
            reading.selectionChanged.connect(self._on_selected)
        body.addWidget(view)
        body.addStretch(1)
        body.activate()
        self.reading.verticalScrollBar().setValue(0)

    def _empty(self) -> None:
        self.view = None
        clear(self.reading.body)

    def readings(self) -> list[ReadingView]:
        """The texts that are shown."""
        return self.view.findChildren(ReadingView) if self.view is not None else []

    def _show_comments(self) -> None:
        shared = self.shared()
        self.head.show_share(self._loaded.review if self._loaded is not None else None, shared)
        if shared is None or self._loaded is None:
            self.comments.show_comments({}, {}, {})
            return
        part = part_of(self._shown[0])[1]
        places = places_of(shared.payload).get(part)  # none where all of the share is told about
        kept = {item.eid: item.record for item in self._loaded.review.comments[shared.eid]}
        drafts = {eid: one for eid, one in self._loaded.drafts.items() if one.received == shared.eid}
        mine = [
            {eid: one for eid, one in group.items() if places is None or one.place in places}
            for group in (kept, drafts)
        ]
        self.comments.show_comments(mine[0], mine[1], contents.names_of(shared.payload))

    @Slot(str)
    def _on_moved(self, key: str) -> None:
        if key:
            self._show(key)

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self._show(key)
        self.panes.go_to(READING)

    @Slot()
    def _on_next(self) -> None:
        self._show(self.list.step(1))

    @Slot()
    def _on_previous(self) -> None:
        self._show(self.list.step(-1))

    # -- comments --------------------------------------------------------------------------------------------------

    def passage(self) -> tuple[int, str, int, int] | None:
        """What a comment would be about: the passage that is selected, else the entry that has the focus, else the
        session or the part that is shown; None where all of the share is told about."""
        for reading in self.readings():
            selected = reading.selection()
            if selected is not None and reading.spot is not None:
                return (*reading.spot, *selected)
        focus = QApplication.focusWidget()
        if isinstance(focus, ReadingView) and self.reading.isAncestorOf(focus) and focus.spot is not None:
            return (focus.spot[0], "", 0, 0)
        if self._shown is None:
            return None
        places = places_of(self._shown[1].payload).get(part_of(self._shown[0])[1])
        return (min(places), "", 0, 0) if places else None

    @Slot()
    def begin_comment(self) -> None:
        """Write beside what is selected, or shown."""
        if not self.context.tasks.can_write or self._shown is None:
            return
        passage = self.passage()
        if passage is None:
            self.banner.show_note(_WHERE)
            return
        place, field, start, end = passage
        shared = self._shown[1]
        words_ = str(getattr(list(shared.payload.entries)[place], field))[start:end] if field else ""
        made = moment_of(self.context.clock.now())
        self.panes.show_pane(BESIDE)
        self.comments.begin(
            Comment(
                received=shared.eid, place=place, text="", made=made, field=field, start=start, end=end, words=words_
            )
        )

    @Slot(object)
    def _on_chosen(self, comment: Comment) -> None:
        """Show what a comment is about, and select its passage."""
        shared = next((one for one in self._loaded.review.shares if one.eid == comment.received), None)
        part = contents.part_holding(shared.payload, comment.place) if shared is not None else None
        if shared is None or part is None:
            return
        key = key_of(shared.eid, part)
        if self._shown is None or self._shown[0] != key:
            self.list.stand_on(key)
            self._show(key)
        for reading in self.readings():
            if reading.spot == (comment.place, comment.field) and comment.end:
                reading.select(comment.start, comment.end)
                self.reading.ensureWidgetVisible(reading)

    @Slot()
    def _on_selected(self) -> None:
        """One passage at a time: what was selected elsewhere is let go."""
        chosen = self.sender()
        if not isinstance(chosen, ReadingView) or not chosen.textCursor().hasSelection():
            return
        for reading in self.readings():
            cursor = reading.textCursor()
            if reading is not chosen and cursor.hasSelection():
                cursor.clearSelection()
                reading.setTextCursor(cursor)

    @Slot(str)
    def _on_missed(self, received: str) -> None:
        self.go.emit(Place("client", eid=received, kind="received"))

    # -- what the person does --------------------------------------------------------------------------------------

    @Slot()
    def _on_seen(self) -> None:
        shared = self.shared()
        if shared is not None:
            op = partial(JournalService.mark_seen, received=shared.eid)
            self.context.tasks.ask(op, self._on_marked, self.banner.show_error)

    def _on_marked(self, _saved: object) -> None:
        self.say.emit("Marked as looked through.")

    @Slot()
    def _on_compare(self) -> None:
        at = self._shown[0] if self._shown is not None and isinstance(part_of(self._shown[0])[1], int) else ""
        self.go.emit(Place("compare", eid=self._client, kind=at))

    @Slot()
    def _on_change(self) -> None:
        self.go.emit(Place("edit-client", eid=self._client))

    @Slot()
    def _on_all(self) -> None:
        self.go.emit(Place("clients"))

    # -- parts -----------------------------------------------------------------------------------------------------

    def _make_contents(self) -> QWidget:
        theme = self.context.theme
        holder = QFrame()
        body = QVBoxLayout(holder)
        body.setContentsMargins(GAP["m"], GAP["m"], GAP["m"], GAP["m"])
        body.setSpacing(GAP["s"])
        self._name = label(self.title, "heading")
        body.addLayout(row(tool(theme, "All clients", "arrow-left", self._on_all), self._name))
        self._summary = label("", "small")
        body.addWidget(self._summary)
        self._notes = label("", "muted")
        self._notes.hide()
        body.addWidget(self._notes)
        self.list.setToolTip(_KEYS)
        self.list.setAccessibleDescription(_KEYS)
        body.addWidget(self.list, 1)
        self.seen = button(theme, "Looked through", self._on_seen, icon_name="check")
        self.seen.setToolTip("Mark the share that is shown as looked through")
        body.addWidget(self.seen)
        self.compare = button(theme, "Compare two…", self._on_compare, kind="link")
        self.compare.setToolTip("Two sessions side by side")
        self.change = button(theme, "Name and notes…", self._on_change, kind="link")
        for made in (self.compare, self.change):
            body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        pane = scrolling(holder)
        pane.setProperty("role", "rail")
        return pane


def _load(service: JournalService, *, place: Place) -> _Loaded:
    drafts = {draft.eid: draft.record for draft in service.drafts() if isinstance(draft.record, Comment)}
    eid, share, comment, begun = place.eid or "", "", None, place.eid or ""
    if place.kind == "comment":
        item = service.find(eid)
        found = drafts.get(eid) or (item.record if item is not None else None)
        comment = found if isinstance(found, Comment) else None
        eid = comment.received if comment is not None else ""
    if place.kind in ("comment", "received"):
        record = service.get(eid).record if service.find(eid) is not None else None
        share, eid = eid, record.client if isinstance(record, Received) else ""
    if service.find(eid) is None:
        raise NotFound("This client is not here.")
    return _Loaded(service.review(eid), drafts, share, comment, begun)
