"""A client's review: contents, what is read, and own comments beside it. Everything can be done by keys."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.records import Comment
from journal.service import JournalService
from journal.service.clients import Shared
from ui import words
from ui.context import Context
from ui.page import Page
from ui.pages.client_load import ClientLoaded, load
from ui.pages.client_pictures import KeptPictures
from ui.places import Place
from ui.review import contents
from ui.review.contents import SINCE, key_of, part_of
from ui.review.contents_pane import ContentsPane
from ui.review.part_view import part_view, places_of
from ui.review.share_head import ShareHead
from ui.review.since import SinceView
from ui.review.where import find, go_back, show_passage, where
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card, clear
from ui.widgets.comment_pane import CommentPane
from ui.widgets.file_drops import one_file
from ui.widgets.filled import Filled
from ui.widgets.labels import label
from ui.widgets.moment_edit import moment_of
from ui.widgets.panes import BESIDE, CONTENTS, READING, Panes
from ui.widgets.reading import ReadingView

NO_SHARE = "No share of theirs is kept here yet. Drop the file of one onto this page, or choose it."
REMOVED = "The share is removed, with your comments on it and your replies to it."
_WHERE = "Go to a session or a text first, or select a passage of one."


class ClientPage(Page):
    """One share of a client at a time, and one part of it."""

    title = "Client"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAcceptDrops(True)
        self._client = ""
        self._loaded: ClientLoaded | None = None
        self._shown: tuple[str, Shared] | None = None
        self.view: Filled | None = None  # the part that is shown; those before it are on their way out
        theme = context.theme
        self.banner = Banner(theme)
        self.body.addWidget(self.banner)
        self.reading = Column(width=1280, name="Reading", theme=theme)
        self.reading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reading.setProperty("role", "reading-pane")
        self.head = ShareHead(context)
        self.head.opened.connect(self._on_missed)
        self.comments = CommentPane(context)
        self.comments.chosen.connect(self._on_chosen)
        self.comments.wanted.connect(self.begin_comment)
        self.comments.say.connect(self.say)
        self.comments.missed.connect(self._on_missed)
        self.contents = ContentsPane(context)
        self.list, self.seen = self.contents.list, self.contents.seen
        self.compare, self.change = self.contents.compare, self.contents.change
        self.list.moved.connect(self._on_moved)
        self.list.opened.connect(self._on_opened)
        self.contents.back.connect(self._on_all)
        self.seen.clicked.connect(self._on_seen)
        self.compare.clicked.connect(self._on_compare)
        self.change.clicked.connect(self._on_change)
        self.contents.remove.clicked.connect(self._on_remove)
        self.reply = self.contents.reply
        self.contents.go.connect(self.go)
        reading = self.head.above(self.reading)
        panes = (("Contents", self.contents), ("Reading", reading), ("Comments", self.comments))
        self.panes = Panes(theme, panes, (self.list, self.reading, self.comments.list))
        self.body.addWidget(self.panes, 1)
        for keys, slot in (
            ("Ctrl+PgDown", self._on_next), ("Ctrl+PgUp", self._on_previous), ("Ctrl+M", self.begin_comment),
            ("Ctrl+Shift+PgDown", self._on_next_new), ("Ctrl+Shift+PgUp", self._on_previous_new),
        ):  # fmt: skip
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)
        self._pictures = KeptPictures(context, self)
        self._pictures.there.connect(self._on_pictures)
        self._pictures.failed.connect(self.banner.show_error)
        self._pictures.there.connect(self.head.on_pictures)
        self.head.within = self._pictures.within
        self.restyle()

    # -- coming and going ------------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        self.banner.hide()
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
        self.contents.restyle()
        if self._shown is not None:
            place, key, self._shown = where(self.reading, self.view), self._shown[0], None
            self._show(key)
            self.panes.fit()
            go_back(self.reading, self.view, place)
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
        self.context.tasks.ask(partial(load, place=place), self._on_loaded, self._on_not_loaded)

    def _on_not_loaded(self, error: JournalError) -> None:
        self._client, self._loaded, self._shown = "", None, None
        self.contents.show_review(None)
        self.contents.show_shared(None)
        self._empty()
        self.head.show_share(None, None)
        self.comments.show_comments({}, {}, {})
        self.banner.show_note(str(error), actions=[("All clients", self._on_all)])

    def _on_loaded(self, loaded: ClientLoaded) -> None:
        review = loaded.review
        another = review.eid != self._client
        self._client, self._loaded = review.eid, loaded
        wanted = "" if another else self.list.key
        if review.shares and (another or loaded.share or not self.list.key):
            wanted = key_of(loaded.share or review.shares[-1].eid, SINCE)
        self.contents.show_review(review, wanted, loaded.waits)
        if loaded.share and loaded.comment is None:
            self.panes.show_pane(READING)  # what is new, also where one pane alone has room
        elif another and self.panes.current == BESIDE:
            self.panes.show_pane(CONTENTS)
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
        self.contents.show_shared(shared)
        if shared is None:
            self._shown = None
            self._empty()
            self._show_nothing()
        elif self._shown is None or self._shown[0] != key or not shared.reads_as(self._shown[1]):
            self._fill(shared, part)
            self._pictures.ask(shared)
        if shared is not None:
            self._shown = (key, shared)
        self._show_comments()

    def _fill(self, shared: Shared, part: int | str) -> None:
        theme, body = self.context.theme, self.reading.body
        self._empty()
        if self.banner.text == _WHERE:
            self.banner.hide()  # they went there
        body.addWidget(label(f"Share of {words.date_long(shared.received.made)}", "small"))
        shared = msgspec.structs.replace(shared, payload=self._pictures.within(shared))
        since = part == SINCE
        self.view = SinceView(theme, shared) if since else part_view(theme, shared.payload, part, shared.digest)
        self.view.grown.connect(self._on_grown)
        self._on_grown()
        body.addWidget(self.view)
        body.addStretch(1)
        body.activate()
        self.reading.verticalScrollBar().setValue(0)

    @Slot(str)
    def _on_pictures(self, received: str) -> None:
        """They came later than the words: the part that is shown is made again with them."""
        if self._shown is None or self._shown[1].eid != received:
            return
        place = where(self.reading, self.view)
        self._fill(self._shown[1], part_of(self._shown[0])[1])
        go_back(self.reading, self.view, place)

    def _show_nothing(self) -> None:
        frame, inside = card("well", padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("No share yet", "heading"))
        inside.addWidget(label(NO_SHARE))
        self.read = button(self.context.theme, "Read a share…", self._on_read, icon_name="folder-open")
        inside.addWidget(self.read, 0, Qt.AlignmentFlag.AlignLeft)
        self.reading.body.addWidget(frame)
        self.reading.body.addStretch(1)
        if self.isVisible() and not self.comments.isAncestorOf(QApplication.focusWidget()):
            self.panes.show_pane(READING)
            self.read.setFocus()

    def _empty(self) -> None:
        self.view = None
        clear(self.reading.body)

    def readings(self) -> list[ReadingView]:
        """The texts that are shown, and may be commented on."""
        found = self.view.findChildren(ReadingView) if self.view is not None else []
        return [reading for reading in found if reading.spot is not None]

    @Slot()
    def _on_grown(self) -> None:
        for reading in self.readings():
            if not reading.watched:
                reading.watched = True
                reading.selectionChanged.connect(self._on_selected)

    def _show_comments(self) -> None:
        shared = self.shared()
        self.head.show_share(self._loaded.review if self._loaded is not None else None, shared)
        if shared is None or self._loaded is None:
            self.comments.show_comments({}, {}, {})
            self.reply.show_for("", ())
            return
        part = part_of(self._shown[0])[1]
        places = places_of(shared.payload).get(part)  # none where all of the share is told about
        kept = {item.eid: item.record for item in self._loaded.review.comments[shared.eid]}
        self.reply.show_for(shared.eid, kept.values())
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

    @Slot()
    def _on_next_new(self) -> None:
        self._show(self.list.step(1, marked=True))

    @Slot()
    def _on_previous_new(self) -> None:
        self._show(self.list.step(-1, marked=True))

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
        if comment.end and (reading := find(self.reading, self.view, (comment.place, comment.field))) is not None:
            show_passage(self.reading, reading, comment.start, comment.end)

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
    def _on_remove(self) -> None:
        shared = self.shared()
        if shared is not None:
            op = partial(JournalService.remove_share, received=shared.eid)
            self.context.tasks.ask(op, self._on_removed, self.banner.show_error)

    def _on_removed(self, _change: Change) -> None:
        self.banner.show_note(REMOVED, actions=[("Undo", self._on_undo)])

    @Slot()
    def _on_undo(self) -> None:
        self.banner.hide()
        self.context.tasks.ask(JournalService.undo, None, self.banner.show_error)

    @Slot()
    def _on_read(self) -> None:
        path = self.context.prompter.open_path(self, "Read a share", "Shares (*.age *.html);;All files (*)")
        if path is not None:
            self.go.emit(Place("review", kind=str(path)))

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
