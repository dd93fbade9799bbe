"""Answering a share of a client: what goes along, a look at exactly what they will read, and the file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.service import JournalService, ReplyChoice, UnfinishedReply
from journal.share import ReplyPayload, default_reply_name, generate_passphrase
from ui import words
from ui.context import Context
from ui.page import Page
from ui.pages.reply_load import Desk, Made, look, unsaved, write
from ui.pages.share_steps import centred
from ui.places import Place
from ui.review.reply_sheet import ReplySheet
from ui.sealing import SealTimer
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, row, scrolling
from ui.widgets.labels import label
from ui.widgets.refocus import Refocus
from ui.widgets.reply_choose import NOTHING, ReplyChoose
from ui.widgets.reply_done import ReplyDone

CHOOSE, PREVIEW, DONE = range(3)
_HEADS = ("What goes into the reply", "Exactly what they will read", "The reply is made")
_LEADS = (
    "Nothing is sent. You will get a file, and you decide how it travels.",
    "This is the page that whoever opens the file will have. Nothing else is in it.",
    "",
)
_NEXT = ("Look at it", "Make the file…", "Done")
_SLOW = 500  # ms, from which on it is shown that something is under way
_READING = "This journal is open for reading only, so a reply could not be noted in it, and none can be made."


class ReplyPage(Page):
    """Two steps, and the file. What was chosen and typed is sealed, and back when the journal is open again; so are
    the words of a reply that was made, until they are put away with “Done”."""

    title = "Reply"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._received = ""
        self.looked = False  # whether what was kept before is here
        self._making = False
        self._kept: UnfinishedReply | None = None  # what is sealed; None where that is not known
        self._payload: ReplyPayload | None = None
        self._words = ""
        top, bottom = QWidget(), QWidget()
        above, below = QVBoxLayout(top), QVBoxLayout(bottom)
        above.setContentsMargins(GAP["xl"], GAP["m"], GAP["xl"], 0)
        above.setSpacing(GAP["s"])
        self.banner = Banner(theme)
        above.addWidget(self.banner)
        self._leads: list[QLabel] = []
        heads = [self._make_head(step) for step in (CHOOSE, PREVIEW, DONE)]
        self._above = heads[PREVIEW]  # the page of the reader scrolls by itself, and holds nothing that is not theirs
        above.addWidget(self._above)
        self.choose = ReplyChoose(theme)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP["xl"], GAP["m"], GAP["xl"], GAP["m"])
        column.setSpacing(GAP["m"])
        column.addWidget(heads[CHOOSE])
        column.addWidget(self.choose, 1)
        self._choosing = scrolling(centred(inner, 908))
        self.preview = ReplySheet(theme)
        self.done = ReplyDone(theme)
        self.done.column.body.insertWidget(0, heads[DONE])
        self.stack = QStackedWidget()
        for made in (self._choosing, self.preview, self.done):
            self.stack.addWidget(made)
        self.body.addWidget(centred(top, 908))
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(centred(bottom, 908))
        below.setContentsMargins(GAP["xl"], GAP["s"], GAP["xl"], GAP["m"])
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Working")
        self.progress.hide()
        below.addWidget(self.progress)
        self.reason = label("", "small")
        below.addWidget(self.reason)
        bar = QHBoxLayout()
        self.earlier = button(theme, "Back", self._on_earlier)
        self.next = button(theme, "", self._on_next, kind="primary")
        bar.addWidget(self.earlier)
        bar.addStretch(1)
        bar.addWidget(self.next)
        below.addLayout(bar)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW)
        self._slow.timeout.connect(self.progress.show)
        self.sealing = SealTimer(self)
        self.sealing.due.connect(self.seal)
        self.choose.changed.connect(self._on_edited)
        self.choose.unsaved_wanted.connect(self._on_unsaved)
        self.choose.not_given.connect(self._on_not_given)
        self._show(CHOOSE)

    # -- coming and going ------------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        self.setFocus()
        self._ask(place)

    def refresh(self, change: Change) -> None:
        told = change.touches("comment", "received", "client", "contact", "sent-reply", "settings")
        if self._received and told and self.stack.currentIndex() == CHOOSE and not self._making:
            self._ask(Place("reply", eid=self._received))

    def restyle(self) -> None:
        self.choose.restyle()

    @Slot()
    def seal(self) -> None:
        self.sealing.stop()
        if not self.looked or self._making or self.stack.currentIndex() == DONE or not self.context.tasks.can_write:
            return  # of a reply that is being made or was made, more is sealed than is written here
        unfinished = self.choose.unfinished(self._received)
        if unfinished == self._kept:
            return
        self._kept = unfinished
        if unfinished == UnfinishedReply(received=self._received):
            op = partial(JournalService.drop_reply, received=self._received)
        else:
            op = partial(JournalService.keep_reply, unfinished=unfinished)
        self.context.tasks.ask(op, None, self._on_not_kept)

    def _on_not_kept(self, error: JournalError) -> None:
        self._kept = None
        self.banner.show_error(error)
        self.sealing.try_again()

    # -- steps -----------------------------------------------------------------------------------------------------

    def _ask(self, place: Place) -> None:
        self.context.tasks.ask(partial(look, place=place), self._on_desk, self._on_no_desk)

    def _on_no_desk(self, error: JournalError) -> None:
        self.seal()  # undo may bring the share back
        self._received, self.looked = "", False
        self._start_anew()
        self.banner.show_note(str(error), actions=[("All clients", self._on_all)])

    def _on_desk(self, found: Desk) -> None:
        desk = found.desk
        if desk.eid != self._received:
            self._received, self.looked = desk.eid, False
            self._start_anew()
        day, name = words.date_long(desk.received.made), desk.to.name
        share = f"To what {name} shared on {day}." if name else f"To the share of {day}."
        for step in (CHOOSE, DONE):
            self._leads[step].setText(f"{share} {_LEADS[step]}".strip())
        focus = Refocus(self.choose)
        self.choose.show_desk(desk, found.names)
        focus.again()
        if not self.looked:
            self.looked = True
            self._kept = UnfinishedReply(received=self._received)
            if desk.unfinished is not None:
                self._bring_back(desk.unfinished)
        if not self.context.tasks.can_write:
            self.banner.show_note(_READING)
        self._show(self.stack.currentIndex())

    def _bring_back(self, unfinished: UnfinishedReply) -> None:
        self._kept = unfinished.begun()
        self.choose.bring_back(unfinished)
        if unfinished.made:
            self._kept = None
            self.done.show_reply(Path(unfinished.file), unfinished.words, self.choose.to.value().strip())
            self._show(DONE)
        else:
            anew = [("Start anew", self._on_anew)]
            self.banner.show_note("The reply that you had begun is here again.", actions=anew)

    @Slot()
    def _on_anew(self) -> None:
        self.banner.hide()
        self.choose.reset()
        self.seal()
        self._ask(Place("reply", eid=self._received))

    def _show(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self._above.setVisible(step == PREVIEW)
        self.earlier.setVisible(step == PREVIEW)
        self.next.setText(_NEXT[step])
        self._allow()

    def _allow(self) -> None:
        missing = self.stack.currentIndex() == CHOOSE and self.choose.empty
        able = self.context.tasks.can_write and bool(self._received) and not self._slow.isActive()
        self.next.setEnabled(able and not missing and self.progress.isHidden())
        self.reason.setText(NOTHING if missing and able else "")
        self.reason.setVisible(bool(self.reason.text()))
        self.next.setAccessibleDescription(self.reason.text())

    @Slot()
    def _on_edited(self) -> None:
        self._allow()
        if self.looked:
            self.sealing.touch()

    @Slot()
    def _on_next(self) -> None:
        step = self.stack.currentIndex()
        self.banner.hide()
        if step == CHOOSE:
            self.look_at_it()
        elif step == PREVIEW:
            self._make()
        else:
            self._put_away()

    @Slot()
    def _on_earlier(self) -> None:
        self.banner.hide()
        self._show(CHOOSE)
        self._ask(Place("reply", eid=self._received))  # a comment may have been changed meanwhile
        self.next.setFocus()

    def look_at_it(self) -> None:
        self._set_busy(True)
        op = partial(JournalService.preview_reply, choice=self._choice())
        self.context.tasks.ask(op, self._on_payload, self._on_failed)

    def _on_payload(self, payload: ReplyPayload) -> None:
        self._set_busy(False)
        self._payload = payload
        self.preview.show_reply(payload, proved=bool(self.choose.recipient))
        self._show(PREVIEW)
        self.preview.setFocus()

    def _make(self) -> None:
        name = default_reply_name(self.context.clock.now().date())
        path = self.context.prompter.save_path(self, "Keep the reply as", name, "Replies (*.age)")
        if path is None or self._payload is None:
            return
        recipient = self.choose.recipient
        self._words = "" if recipient else generate_passphrase()
        self._set_busy(True)
        self._making = True
        self._kept = None
        op = partial(
            write,
            choice=self._choice(),
            path=Path(path),
            payload=self._payload,
            recipient=recipient,
            passphrase=self._words or None,
            unfinished=self.choose.unfinished(self._received),
        )
        self.context.tasks.ask(op, self._on_written, self._on_not_written)

    def _on_written(self, made: Made) -> None:
        self._set_busy(False)
        self._making = False
        self.done.show_reply(made.written.path, self._words, self.choose.to.value().strip())
        self._words = ""
        self._show(DONE)
        self.next.setFocus()
        self.say.emit("The reply is made and was read back whole.")

    def _on_not_written(self, error: JournalError) -> None:
        self._words = ""
        self._making = False
        self._on_failed(error)
        self.sealing.touch()  # without the words of a file that is not there

    def _on_failed(self, error: JournalError) -> None:
        self._set_busy(False)
        self.banner.show_error(error)

    def _put_away(self) -> None:
        op = partial(JournalService.drop_reply, received=self._received)
        self.context.tasks.ask(op, self._on_put_away, self.banner.show_error)

    def _on_put_away(self, _none: object) -> None:
        received = self._received
        self._received, self.looked = "", False
        self._start_anew()
        self.go.emit(Place("client", eid=received, kind="received"))

    # -- what the person does ----------------------------------------------------------------------------------------

    @Slot()
    def _on_client(self) -> None:
        place = Place("client", eid=self._received, kind="received") if self._received else Place("clients")
        self.go.emit(place)

    @Slot()
    def _on_unsaved(self) -> None:
        self.context.tasks.ask(partial(unsaved, received=self._received), self._on_unsaved_found)

    def _on_unsaved_found(self, eid: str) -> None:
        if eid:
            self.go.emit(Place("client", eid=eid, kind="comment"))
        else:
            self._on_client()

    @Slot()
    def _on_all(self) -> None:
        self.go.emit(Place("clients"))

    @Slot(str)
    def _on_not_given(self, eid: str) -> None:
        op = partial(JournalService.mark_not_sent, eid=eid)
        self.context.tasks.ask(op, self._on_waits_again, self.banner.show_error)

    def _on_waits_again(self, _change: Change) -> None:
        told = "Noted: they do not have it. Its comments wait again. The file is where it was."
        self.banner.show_note(told, actions=[("Undo", self._on_undo)])

    @Slot()
    def _on_undo(self) -> None:
        self.banner.hide()
        self.take_back()

    def _make_head(self, step: int) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["s"])
        eyebrow = label(f"Reply · step {step + 1} of 2" if step < DONE else "Reply", "eyebrow")
        if step == PREVIEW:
            column.addWidget(eyebrow)
        else:
            back = tool(self.context.theme, "Back to the client", "arrow-left", self._on_client)
            column.addLayout(row(back, eyebrow))
        column.addWidget(label(_HEADS[step], "title" if step == PREVIEW else "display"))
        lead = label(_LEADS[step], "muted")
        self._leads.append(lead)
        column.addWidget(lead)
        return holder

    def _choice(self) -> ReplyChoice:
        choose = self.choose
        return ReplyChoice(
            received=self._received,
            comments=choose.chosen,
            text=choose.text.value(),
            sender=choose.sender.value(),
            to=choose.to.value(),
        )

    def _start_anew(self) -> None:
        self.choose.reset()
        self.done.forget()
        self.preview.close_reply()
        self._payload, self._kept, self._words = None, None, ""
        self._show(CHOOSE)

    def _set_busy(self, busy: bool) -> None:
        if busy:
            self._slow.start()
        else:
            self._slow.stop()
            self.progress.hide()
        self.earlier.setEnabled(not busy)
        self.choose.setEnabled(not busy)
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.ArrowCursor)
        self._allow()
