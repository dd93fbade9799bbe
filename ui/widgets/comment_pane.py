"""Own comments beside what a client shared: a list, and a place to write. What is typed is sealed as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from journal.errors import JournalError
from journal.ids import new_id
from journal.records import Comment
from journal.service import JournalService
from ui import words
from ui.context import Context
from ui.sealing import SealTimer, keeping
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.fields import TextArea
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.lines_list import Line, LinesList
from ui.widgets.list_pane import ListPane

NOTHING = "Nothing is written beside this. Select a passage and press Ctrl+M. Only you read it, unless you send it."
_SHORT = 90  # characters of a passage in the list
_WHOLE = "About the whole entry"
_SENT = "Sent on {}. If you change its words, they become a comment of their own."


class CommentPane(QFrame):
    """The pane.

    Signals:
        chosen(Comment): this one is shown: its passage may be selected.
        wanted(): a comment is to be begun on what is shown.
        say(str): something was done, in a sentence.
        missed(str): what was typed for this share could not be kept, and nobody is looking.
    """

    chosen = Signal(object)
    wanted = Signal()
    say = Signal(str)
    missed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kept: dict[str, Comment] = {}
        self._drafts: dict[str, Comment] = {}
        self._names: Mapping[int, str] = {}
        self._eid = ""  # what is written on; "" for nothing
        self._comment: Comment | None = None
        self._over = ""  # the version that what is written began from
        self._unsealed = self._filling = False
        self.sealing = SealTimer(self)
        self.sealing.due.connect(self.seal)
        self.setProperty("role", "well")
        theme = context.theme
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(GAP["m"], GAP["m"], GAP["m"], GAP["m"])
        body.setSpacing(GAP["s"])
        body.addWidget(label("My comments", "heading"))
        self.banner = Banner(theme)
        body.addWidget(self.banner)
        self._none = label(NOTHING, "muted")
        body.addWidget(self._none)
        self.list = LinesList(theme, "My comments")
        self.list.opened.connect(self.open)
        self._pane = ListPane(holder, self.list)
        outer.addWidget(self._pane)
        body.addWidget(self.list, 1)
        self._rest = QWidget()  # takes the room of the list where there is none
        body.addWidget(self._rest, 1)
        self.new = button(theme, "Comment", self.wanted, icon_name="chat-centered-text")
        self.new.setToolTip("Beside the passage that is selected (Ctrl+M)")
        body.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeft)
        self._desk = QWidget()
        desk = QVBoxLayout(self._desk)
        desk.setContentsMargins(0, 0, 0, 0)
        desk.setSpacing(GAP["s"])
        self.about = label("", "small")
        desk.addWidget(self.about)
        self.text = TextArea()
        self.text.setAccessibleName("Comment")
        self.text.textChanged.connect(self._on_edited)
        desk.addWidget(self.text)
        doing = QWidget()
        flow = FlowLayout(doing)
        self.keep = button(theme, "Keep", self._on_keep, kind="primary")
        self.keep.setToolTip("Keep this comment (Ctrl+Enter)")
        self.keep.setAccessibleName("Keep this comment")
        self.remove = button(theme, "Remove", self._on_remove, kind="quiet", icon_name="trash")
        self.remove.setAccessibleName("Remove this comment")
        flow.addWidget(self.keep)
        flow.addWidget(self.remove)
        desk.addWidget(doing)
        self._desk.hide()
        body.addWidget(self._desk)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            made = QShortcut(QKeySequence(keys), self._desk)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(self._on_keep)
        self.restyle()

    def restyle(self) -> None:
        """The text size changed."""
        self.text.setFixedHeight(self._context.theme.px(120))
        self._pane.set_least(self._context.theme.px(80))

    def show_comments(
        self, kept: Mapping[str, Comment], drafts: Mapping[str, Comment], names: Mapping[int, str]
    ) -> None:
        """List these: what is kept, what was begun. `names`: what the entries they are about are called."""
        self._kept, self._drafts, self._names = dict(kept), dict(drafts), names
        both = {**self._kept, **self._drafts}
        eids = sorted(both, key=lambda eid: (both[eid].place, both[eid].start, eid))
        self.list.set_lines([self._line(eid, both[eid], names) for eid in eids], self._eid)
        self._none.setVisible(not eids)
        self._rest.setVisible(not eids)
        self.list.setVisible(bool(eids))
        self.new.setVisible(self._context.tasks.can_write)
        self._pane.fit()

    def begin(self, comment: Comment) -> None:
        """Write beside a passage."""
        self.seal()
        self._put(new_id(), comment)
        self.text.setFocus()

    @Slot(str)
    def open(self, eid: str) -> None:
        """Go on with one that is there."""
        if eid != self._eid:
            self.seal()
            found = self._drafts.get(eid) or self._kept.get(eid)
            if found is None:
                return
            self._put(eid, found)
            op = partial(_began_from, eid=eid, comment=found)
            self._context.tasks.ask(op, partial(self._on_began_from, eid), self.banner.show_error)
        if self._comment is not None:
            self.chosen.emit(self._comment)

    def _on_began_from(self, eid: str, over: str) -> None:
        if eid == self._eid:
            self._over = over

    @Slot()
    def seal(self) -> None:
        """Seal what is being written, if anything."""
        self.sealing.stop()
        if not self._unsealed or self._comment is None:
            return
        self._unsealed = False
        if self.text.value().strip():
            op = keeping(JournalService.put_draft, self._eid, self._record, self._over)
        else:
            op = partial(JournalService.drop_draft, eid=self._eid)
        self._context.tasks.ask(op, None, partial(self._on_not_kept, self._eid, self._record(), self._over))

    def leave(self) -> None:
        """Another client, or another page: what is written here is sealed, and put away."""
        self.seal()
        if not self._unsealed:
            self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._comment is not None:
            eid, begun = self._eid, self._record()  # the comment is left first, and the client with the next press
            self.leave()
            if begun.text.strip() and eid not in self._kept:
                self._drafts[eid] = begun
                self.show_comments(self._kept, self._drafts, self._names)
            self.new.setFocus()
        else:
            super().keyPressEvent(event)

    def _record(self) -> Comment:
        text = self.text.value()
        sent = self._comment.sent if text == self._comment.text else None  # what was sent read otherwise
        return msgspec.structs.replace(self._comment, text=text, sent=sent)

    def _put(self, eid: str, comment: Comment) -> None:
        self._eid, self._comment, self._over, self._unsealed = eid, comment, "", False
        about = f"“{_short(comment.words)}”" if comment.words else _WHOLE
        sent = _SENT.format(words.day_short(comment.sent)) if comment.sent is not None else ""
        self.about.setText("\n".join(filter(None, (about, sent))))
        self._filling = True
        self.text.set_value(comment.text)
        self._filling = False
        self.remove.setVisible(eid in self._kept or eid in self._drafts)
        self._desk.setVisible(self._context.tasks.can_write)
        self.banner.hide()
        self._pane.fit()

    def _close(self) -> None:
        self.sealing.stop()
        self._eid, self._comment, self._unsealed = "", None, False
        self._filling = True
        self.text.set_value("")
        self._filling = False
        self._desk.hide()
        self._pane.fit()

    @Slot()
    def _on_edited(self) -> None:
        if not self._filling and self._comment is not None:
            self._unsealed = True
            self.sealing.touch()

    @Slot()
    def _on_keep(self) -> None:
        if self._comment is None:
            return
        if not self.text.value().strip():
            self.banner.show_note("A comment needs words. “Remove” takes one out.")
            return
        record = self._record()
        op = keeping(JournalService.save, self._eid, self._record, self._over)
        failed = partial(self._on_not_kept, self._eid, record, self._over)
        self._close()
        self._context.tasks.ask(op, self._on_kept, failed)
        self.new.setFocus()

    def _on_kept(self, _saved: object) -> None:
        self.banner.hide()
        self.say.emit("Comment kept.")

    def _on_not_kept(self, eid: str, comment: Comment, over: str, error: JournalError) -> None:
        """What could not be kept stays in its field; if another was begun meanwhile, that one is sealed first."""
        if eid != self._eid:
            self.seal()
            self._put(eid, comment)
            self._over = over
        self._unsealed = True
        self.sealing.try_again()
        self.banner.show_error(error)
        if not self.isVisible():
            self.missed.emit(comment.received)

    @Slot()
    def _on_remove(self) -> None:
        eid, kept = self._eid, self._eid in self._kept
        self._close()
        op = partial(JournalService.delete if kept else JournalService.drop_draft, eid=eid)
        self._context.tasks.ask(op, partial(self._on_removed, eid, kept), self.banner.show_error)

    def _on_removed(self, eid: str, kept: bool, _none: object) -> None:
        if kept:
            self.banner.show_note("The comment is removed.", actions=[("Undo", self._on_undo)])
        else:
            self._drafts.pop(eid, None)
            self.show_comments(self._kept, self._drafts, {})

    @Slot()
    def _on_undo(self) -> None:
        self.banner.hide()
        self._context.tasks.ask(JournalService.undo, None, self.banner.show_error)

    def _line(self, eid: str, comment: Comment, names: Mapping[int, str]) -> Line:
        about = f"“{_short(comment.words)}”" if comment.words else _WHOLE
        name = names.get(comment.place, "")
        sent = f"Sent {words.day_short(comment.sent)}" if comment.sent is not None else "Not sent"
        below = "\n".join(part for part in (about, f"{name} · {sent}" if name else sent) if part)
        return Line(eid, " ".join(comment.text.split()), below, "not kept yet" if eid in self._drafts else "")


def _began_from(service: JournalService, *, eid: str, comment: Comment) -> str:
    """The version that a comment as it is shown began from; another may have come in since. On the vault thread."""
    draft = service.draft(eid)
    if draft is not None:
        return draft.base
    return next((version.rev for version in service.versions(eid) if version.record == comment), "")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHORT else flat[: _SHORT - 1] + "…"
