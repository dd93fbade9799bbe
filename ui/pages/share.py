"""Making a share: what goes in, for whom, a look at exactly what they will see, and the file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.service import JournalService, Saved, UnfinishedShare
from journal.share import (
    HTML_WORDS,
    WORDS,
    Card,
    Drawn,
    Hidden,
    Payload,
    Selection,
    WrittenShare,
    generate_passphrase,
    tidy_name,
)
from ui import words
from ui.context import Context
from ui.models.share_tree import SHAREABLE
from ui.page import Page
from ui.pages.share_before import LeftBefore
from ui.pages.share_content import Content, content, preview, share_name
from ui.pages.share_fields import selection_of, unfinished_of
from ui.pages.share_kept import KeptChoices
from ui.pages.share_pictures import DrawnPictures
from ui.pages.share_preview import LittleRoom, SharePreview
from ui.pages.share_steps import CHOOSE, DONE, PREVIEW, READER, PreviewHead, centred, head, step
from ui.places import Place
from ui.review import phrases
from ui.review.save_as import SaveAs
from ui.sealing import SealTimer
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.share_choose import ShareChoose
from ui.widgets.share_done import ShareDone
from ui.widgets.share_reader import ShareReader

_FILES_STAY = "{} in the journal: of files, only pictures that are ticked go along."
_READING = "This journal is open for reading only, so a share could not be noted in it, and none can be made."


class SharePage(Page):
    """The four steps of a share. What was ticked and typed is sealed, and back when the journal is open again; so are
    the words of a share that was made, until they are put away with “Done”."""

    title = "Share"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self.banner = Banner(theme)
        self._above = PreviewHead()  # the page of the reader scrolls by itself, and holds nothing that is not theirs
        top, bottom = QWidget(), QWidget()
        above, below = QVBoxLayout(top), QVBoxLayout(bottom)
        above.setContentsMargins(GAP["xl"], GAP["m"], GAP["xl"], 0)
        above.addWidget(self.banner)
        above.addWidget(self._above)
        self.saving = SaveAs(context)
        above.addWidget(self.saving)

        self.choose = ShareChoose(theme)
        self.reader = ShareReader(theme)
        self.preview = SharePreview(theme)
        self.preview.hide_asked.connect(self._on_hide)
        self.preview.back_asked.connect(self._on_back)
        LittleRoom(theme, self, self._above, self.preview)
        self._hidden: tuple[Hidden, ...] = ()
        self._before = LeftBefore(context, self)
        self.done = ShareDone(theme)
        self.stack = QStackedWidget()
        self.done.column.body.insertWidget(0, head(DONE))
        for made in (step(CHOOSE, self.choose), step(READER, self.reader), self.preview, self.done):
            self.stack.addWidget(made)
        self.body.addWidget(centred(top))
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(centred(bottom))

        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Working")
        self.progress.hide()
        below.setContentsMargins(GAP["xl"], GAP["s"], GAP["xl"], GAP["m"])
        below.addWidget(self.progress)
        bar = QHBoxLayout()
        self.earlier = button(theme, "Back", self._on_earlier)
        self.ledger = button(theme, "What I shared before", self._on_ledger, kind="quiet", icon_name="list-bullets")
        self.next = button(theme, "Next", self._on_next, kind="primary")
        bar.addWidget(self.earlier)
        bar.addWidget(self.ledger)
        bar.addStretch(1)
        bar.addWidget(self.saving.button)
        bar.addWidget(self.next)
        below.addLayout(bar)
        self.choose.changed.connect(self._on_changed)
        self._drawing = DrawnPictures(context, self)
        self._sets = KeptChoices(context, self.choose, self.reader, self.banner)
        self._sets.say.connect(self.say)
        self._sets.did.connect(self.did)
        self.sealing = SealTimer(self)
        self.sealing.due.connect(self.seal)
        self.choose.changed.connect(self._on_edited)
        self.choose.captions.look_asked.connect(self.shows)
        self.reader.changed.connect(self._on_edited)
        self.reader.address.keep.connect(self._on_keep)
        self.reader.address.contacts.connect(self._on_contacts)
        self._kept: UnfinishedShare | None = UnfinishedShare()  # what is sealed; None where that is not known
        self._looked = False  # whether what was kept before is here
        self._making = False
        self._passphrase = ""
        self._payload: Payload | None = None
        self._offered: tuple[str, ...] = ()
        self._show(CHOOSE)

    def show_place(self, place: Place) -> None:
        self._offered = place.eids
        self._load()

    @Slot()
    def seal(self) -> None:
        self.sealing.stop()
        if not self._looked or self._making or self.stack.currentIndex() == DONE or not self.context.tasks.can_write:
            return  # of a share that is being made or was made, more is sealed than is written here
        unfinished = self._unfinished()
        if unfinished == self._kept:
            return
        self._kept = unfinished
        keep = partial(JournalService.keep_share, unfinished=unfinished)
        op = keep if unfinished != UnfinishedShare() else JournalService.drop_share
        self.context.tasks.ask(op, None, self._on_not_kept)

    def _on_not_kept(self, error: JournalError) -> None:
        self._kept = None
        self.banner.show_error(error)
        self.sealing.try_again()

    def refresh(self, change: Change) -> None:
        told = change.touches("session", "course", "settings", "shareset", "attachment", *SHAREABLE)
        if told and self.stack.currentIndex() == CHOOSE:
            self._load()
        elif change.touches("contact"):
            self.context.tasks.ask(JournalService.contacts, self.reader.address.set_contacts)

    def restyle(self) -> None:
        self.preview.view.restyle()

    # -- steps ------------------------------------------------------------------------

    def _load(self) -> None:
        self.context.tasks.ask(content, self._on_content, self.banner.show_error)

    def _on_content(self, content: Content) -> None:
        self.choose.set_content(content.sessions, content.rows, content.pictures)
        self.choose.sets.set_sets(content.sets)
        self.choose.reveal(self._offered)
        self.reader.address.set_contacts(content.contacts)
        if not self.reader.sender.text() and not self.reader.sender.isModified():  # taken out, it stays out
            self.reader.sender.setText(content.settings.name)
        if not self._looked:
            self._looked = True
            if content.unfinished is not None:
                self._bring_back(content.unfinished)
        if not self.context.tasks.can_write:
            self.banner.show_note(_READING)
        elif not content.rows and not content.sessions:
            self.banner.show_note(
                "There is nothing to share yet. What you write will stand here, ready to be ticked."
            )

    def _bring_back(self, unfinished: UnfinishedShare) -> None:
        self._kept = unfinished.begun()
        self.choose.bring_back(unfinished.eids, unfinished.options, unfinished.dates, unfinished.pictures)
        self.reader.bring_back(unfinished)
        self._hidden = unfinished.hidden
        if unfinished.made:
            self._kept = None
            file = Path(unfinished.file)
            self.done.show_share(file, unfinished.words, unfinished.to.strip(), browser=unfinished.browser)
            self._show(DONE)
        else:
            anew = [("Start anew", self._on_anew)]
            self.banner.show_note("What you had begun to share is here again.", actions=anew)

    @Slot()
    def _on_anew(self) -> None:
        self.banner.hide()
        self._start_anew()
        self._load()

    def _show(self, step: int) -> None:
        if step != PREVIEW:
            self.preview.leave()
        self._above.setVisible(step == PREVIEW)
        self.saving.button.setVisible(step == PREVIEW)
        self.saving.set_payload(self._payload if step == PREVIEW else None)
        self.stack.setCurrentIndex(step)
        self.earlier.setVisible(step in (READER, PREVIEW))
        self.ledger.setVisible(step in (CHOOSE, DONE))
        self.next.setText({CHOOSE: "Next", READER: "Look at it", PREVIEW: "Make the file…", DONE: "Done"}[step])
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        ready = bool(self.choose.model.ticked()) and self.context.tasks.can_write
        self.next.setEnabled(self.stack.currentIndex() != CHOOSE or ready)

    @Slot()
    def _on_edited(self) -> None:
        if self._looked:
            self.sealing.touch()

    @Slot()
    def _on_next(self) -> None:
        now = self.stack.currentIndex()
        self.banner.hide()
        if now == CHOOSE:
            self._show(READER)
            self.reader.to.setFocus()
        elif now == READER and self.reader.valid():
            self._before.ask(self.choose.model.ticked(), self.reader.said, self._hidden, self._hide, self._on_failed)
        elif now == PREVIEW:
            self._make()
        elif now == DONE:
            self._start_anew()
            self.choose.tree.setFocus()  # where the next one begins: the button that was pressed rests now
            self._load()

    @Slot()
    def _on_earlier(self) -> None:
        self.banner.hide()
        self._show(self.stack.currentIndex() - 1)
        if self.stack.currentIndex() == CHOOSE:
            self._load()  # something ticked may have been removed meanwhile

    def _look(self) -> None:
        try:
            selection = self._selection()
        except JournalError as error:  # a name that is too long, say
            self.banner.show_error(error)
            return
        self._set_busy(True)
        self._drawing.draw(selection.pictures, partial(self._on_drawn, selection), self._on_not_drawn)

    def _on_drawn(self, selection: Selection, drawn: dict[str, Drawn]) -> None:
        op = partial(preview, selection=selection, drawn=drawn)
        self.context.tasks.ask(op, self._on_payload, self._on_no_preview)

    def _on_not_drawn(self, eid: str, error: JournalError) -> None:
        self._set_busy(False)
        name = self.choose.model.names().get(eid, "")
        self.banner.show_note(f"“{name}”: {error}" if name else str(error), "warm")

    @Slot(object)
    def _on_hide(self, passage: tuple[int, str, int, int]) -> None:
        self._set_busy(True)
        op = partial(JournalService.hide_passage, selection=self._selection(), passage=passage, payload=self._payload)
        self.context.tasks.ask(op, self._on_hidden, self._on_failed)

    def _on_hidden(self, selection: Selection) -> None:
        self._hide(selection.hidden)

    @Slot()
    def _on_back(self) -> None:
        self._hide(())

    def _hide(self, hidden: tuple[Hidden, ...]) -> None:
        self._hidden = hidden
        self._on_edited()
        self._look()

    def _on_payload(self, made: tuple[Payload, int]) -> None:
        payload, files = made
        self._set_busy(False)
        self._payload = payload
        looking = self.stack.currentIndex() == PREVIEW
        told = phrases.who_will_see(prove=self.reader.prove, sign=self.reader.sign)
        ticked = self.choose.model.ticked()
        self.preview.show_payload(payload, sum(one.eid in ticked for one in self._hidden), told)
        self.preview.set_before(*self._before.told(self._hidden, ticked))
        self._show(PREVIEW)
        if not looking:
            self.preview.view.setFocus()
        if files:
            self.banner.show_note(_FILES_STAY.format(words.counted(files, "added file stays", "added files stay")))

    def _on_no_preview(self, error: JournalError) -> None:
        self._set_busy(False)
        if self._hidden:  # an entry they are in was changed, perhaps
            self.banner.show_note(error.message, actions=[("Put the passages back", self._on_back)])
        else:
            self.banner.show_error(error)

    def _make(self) -> None:
        browser = self.reader.browser.isChecked()
        ending = "html" if browser else "age"
        name = share_name(self._payload, ending)
        path = self.context.prompter.save_path(self, "Keep the share as", name, f"Shares (*.{ending})")
        if path is None:
            return
        recipients = self.reader.recipients
        self._passphrase = "" if recipients else generate_passphrase(HTML_WORDS if browser else WORDS)
        self._set_busy(True)
        self._making = True
        self._kept = None
        op = partial(
            JournalService.write_share,
            payload=self._payload,
            selection=self._selection(),
            path=Path(path),
            passphrase=self._passphrase or None,
            recipients=recipients,
            prove=self.reader.prove,
            sign=self.reader.sign,
            html=browser,
            unfinished=self._unfinished(),
        )
        self.context.tasks.ask(op, partial(self._on_written, Path(path)), self._on_not_written)

    def _on_written(self, path: Path, _written: WrittenShare) -> None:
        self._set_busy(False)
        self._making = False
        browser = self.reader.browser.isChecked()
        self.done.show_share(path, self._passphrase, self.reader.to.text().strip(), browser=browser)
        self._passphrase = ""
        self._show(DONE)
        self.say.emit("The share is made and was read back whole.")

    def _on_not_written(self, error: JournalError) -> None:
        self._passphrase = ""
        self._making = False
        self._on_failed(error)
        self.sealing.touch()  # without the words of a file that is not there

    def _on_failed(self, error: JournalError) -> None:
        self._set_busy(False)
        self.banner.show_error(error)

    @Slot()
    def _on_ledger(self) -> None:
        self.go.emit(Place("ledger"))

    @Slot()
    def _on_contacts(self) -> None:
        self.go.emit(Place("contacts", kind="share"))

    @Slot(str)
    def _on_keep(self, address: str) -> None:
        """Keep a pasted address under the name it was given above."""
        name = tidy_name(self.reader.to.text())
        try:
            card = Card(name=name, recipient=address)
        except JournalError as error:
            self.reader.say(str(error) if name else "Give the name above first: the contact is kept under it.")
            self.reader.to.setFocus()
            return
        self.context.tasks.ask(partial(JournalService.add_card, card=card), self._on_kept_contact, self._on_failed)

    def _on_kept_contact(self, _saved: Saved) -> None:
        self.say.emit("Kept as a contact. The words are still to be compared.")

    def _selection(self) -> Selection:
        return selection_of(self.choose, self.reader, self._hidden)

    def _unfinished(self) -> UnfinishedShare:
        """What stands in the fields."""
        return unfinished_of(self.choose, self.reader, self._hidden)

    def _start_anew(self) -> None:
        self.choose.reset()
        self._before.forget()
        self._drawing.forget()
        self._hidden = ()
        self.reader.reset()
        self.done.forget()
        self._payload = None
        self._show(CHOOSE)
        self._kept = None
        self.seal()

    def _set_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.next.setEnabled(not busy)
        self.earlier.setEnabled(not busy)
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.ArrowCursor)
