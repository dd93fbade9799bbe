"""Reading a share that somebody sent: open the file, give the words, read. Works with and without a journal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from journal import apart
from journal.errors import JournalError
from journal.service import Checked, JournalService
from journal.share import OpenedReply, OpenedShare, inspect_file, read_either, verify
from journal.share.who import Told, who_made, who_replied
from ui import clipboard
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.review.keep_reply import KeepReply, Opened, look
from ui.review.save_as import SaveAs
from ui.review.view import ReviewView
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card, row
from ui.widgets.file_drops import Line, one_file
from ui.widgets.form import Form
from ui.widgets.keep_share import KeepShare
from ui.widgets.labels import label


class ReviewPage(Page):
    """A share or a reply to one, read-only. Nothing of it is kept unless the reader keeps it, or keeps the file.

    Signals:
        needs_journal(Path, bool): a journal is wanted before this is read; whether nothing else opens it.
    """

    needs_journal = Signal(object, bool)
    title = "Read a share"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAcceptDrops(True)
        self._path: Path | None = None
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack)
        self._ask_page = self._make_ask()
        self.stack.addWidget(self._ask_page)
        self._read_page = QWidget()
        inside = QVBoxLayout(self._read_page)
        inside.setContentsMargins(0, GAP["s"], 0, 0)
        close = button(context.theme, "Close this share", self._on_close, kind="quiet", icon_name="arrow-left")
        self.saving = SaveAs(context, margin=GAP["l"])
        bar = row(close, None, self.saving.button)
        bar.setContentsMargins(GAP["l"], 0, GAP["l"], 0)
        inside.addLayout(bar)
        inside.addWidget(self.saving)
        self.keep = KeepShare(context)
        self.keep.go.connect(self.go)
        self.keep.say.connect(self.say)
        inside.addWidget(self.keep)
        _keeps(self._read_page, self.keep.keep_it)
        self.view = ReviewView(context.theme)
        inside.addWidget(self.view, 1)
        self.stack.addWidget(self._read_page)
        self._reply_page = QWidget()
        inside = QVBoxLayout(self._reply_page)
        inside.setContentsMargins(0, GAP["s"], 0, 0)
        close = button(context.theme, "Close this reply", self._on_close, kind="quiet", icon_name="arrow-left")
        bar = row(close, None)
        bar.setContentsMargins(GAP["l"], 0, GAP["l"], 0)
        inside.addLayout(bar)
        self.reply = KeepReply(context)
        self.reply.go.connect(self.go)
        self.reply.say.connect(self.say)
        inside.addWidget(self.reply, 1)
        _keeps(self._reply_page, self.reply.keep_it)
        self.stack.addWidget(self._reply_page)

    def show_place(self, place: Place) -> None:
        self._address_card.setVisible(self.context.tasks.is_open)
        if place.kind:  # whatever is shown: the file may be another by now, under the same name
            self.open_file(Path(place.kind))
        elif self.stack.currentWidget() is self._ask_page:
            self.choose.setFocus()
        else:
            self.keep.look()

    def restyle(self) -> None:
        self.view.restyle()

    def open_file(self, path: Path) -> None:
        """Take a share's file and ask for what it needs to be opened. One that was being read is closed."""
        self._on_close()
        self.banner.hide()
        self._path = path
        self._set_busy(True)
        self.context.tasks.run(
            partial(inspect_file, path), partial(self._on_inspected, path), partial(self._on_failed, path)
        )

    # -- opening ------------------------------------------------------------------------

    def _on_inspected(self, path: Path, kind: str) -> None:
        if path != self._path:
            return  # another file was chosen meanwhile
        self._set_busy(False)
        self._file.setText(self._path.name)
        self._file.show()
        if kind == "passphrase":
            self._words_form.show()
            self.open.show()
            self.journal_first.setVisible(not self.context.tasks.is_open)
            self.words.setFocus()
            return
        self._words_form.hide()
        self.open.hide()
        if not self.context.tasks.is_open:
            self.needs_journal.emit(path, True)
            return
        self._set_busy(True)
        self.context.tasks.ask(
            partial(JournalService.open_either, path=path),
            partial(self._on_opened, path),
            partial(self._on_failed, path),
        )

    @Slot()
    def _on_open(self) -> None:
        if self._path is None or not self.words.text().strip():
            return
        self.banner.hide()
        self._set_busy(True)
        job = partial(read_either, self._path, passphrase=self.words.text())  # as typed: reading makes allowances
        self.context.tasks.run(job, partial(self._on_opened, self._path), partial(self._on_failed, self._path))

    def _on_opened(self, path: Path, opened: OpenedShare | OpenedReply) -> None:
        if path != self._path:
            return
        if isinstance(opened, OpenedReply):
            self._on_reply(path, opened)
        elif self.context.tasks.is_open:
            op = partial(JournalService.check_share, opened=opened)
            done = partial(self._on_checked, path, opened)
            self.context.tasks.ask(op, done, partial(self._on_failed, path))
        else:
            self._show(opened, who_made(verify(opened.share, opened.proof)))

    def _on_checked(self, path: Path, opened: OpenedShare, checked: Checked) -> None:
        if path == self._path:
            self._show(opened, who_made(checked.finding, checked.seen), checked.finding.address)

    def _on_reply(self, path: Path, opened: OpenedReply) -> None:
        if self.context.tasks.is_open:
            done = partial(self._on_reply_checked, path, opened)
            self.context.tasks.ask(partial(look, opened=opened), done, partial(self._on_failed, path))
        else:
            self._show_reply(opened, who_replied(verify(opened.share, opened.proof, reply=opened.reply)))

    def _on_reply_checked(self, path: Path, opened: OpenedReply, found: Opened) -> None:
        if path == self._path:
            self._show_reply(opened, found.checked.told, found)

    def _show_reply(self, opened: OpenedReply, told: Told, found: Opened | None = None) -> None:
        self._set_busy(False)
        self.words.clear()
        self.reply.show_reply(opened, told, found)
        self.stack.setCurrentWidget(self._reply_page)
        self.reply.view.setFocus()

    def _show(self, opened: OpenedShare, told: Told, address: str = "") -> None:
        self._set_busy(False)
        self.words.clear()
        self.view.show_payload(opened.payload, told, spoiled=opened.spoiled)
        self.saving.set_payload(opened.payload, told.text)
        self.keep.offer(opened.payload, told.text, address)
        self.stack.setCurrentWidget(self._read_page)
        self.view.setFocus()

    def _on_failed(self, path: Path | None, error: JournalError) -> None:
        if path == self._path:
            self._set_busy(False)
            self.banner.show_error(error)

    @Slot()
    def _on_journal(self) -> None:
        if self._path is not None:
            self.needs_journal.emit(self._path, False)

    @Slot()
    def _on_choose(self) -> None:
        which = "Shares and replies (*.age *.html);;All files (*)"
        path = self.context.prompter.open_path(self, "Read a share", which)
        if path is not None:
            self.open_file(Path(path))

    def close_share(self) -> None:
        """Forget the share, its file and its words, and begin before the choice of a file."""
        apart.stop()
        self.banner.hide()
        self._set_busy(False)
        self._on_close()

    @Slot()
    def _on_close(self) -> None:
        self.stack.setCurrentWidget(self._ask_page)
        self.view.close_payload()
        self.reply.close_reply()
        self.saving.set_payload(None)
        self.keep.clear()
        self.words.clear()
        self._path = None
        for widget in (self._words_form, self.open, self.journal_first, self._file):
            widget.hide()
        self.choose.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if one_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_closable:
            self._on_close()
        else:
            super().keyPressEvent(event)

    @property
    def _is_closable(self) -> bool:
        """Whether a reply is read; without a journal the window itself closes what is read."""
        return self.context.tasks.is_open and self.stack.currentWidget() is self._reply_page

    def dropEvent(self, event: QDropEvent) -> None:
        path = one_file(event.mimeData())
        if path is not None:
            self.open_file(path)

    # -- the reader's own address ------------------------------------------------------------------------

    @Slot()
    def _on_address(self) -> None:
        self.context.tasks.ask(JournalService.identity, self._on_identity, self.banner.show_error)

    def _on_identity(self, recipient: str) -> None:
        self._address.setText(recipient)
        self._address.show()
        self._copy.show()
        self._make_address.hide()

    @Slot()
    def _on_copy(self) -> None:
        clipboard.copy(self._address.text())
        self.say.emit("Your address is in the clipboard.")

    @Slot()
    def _on_contacts(self) -> None:
        self.go.emit(Place("contacts"))

    # -- parts ------------------------------------------------------------------------

    def _make_ask(self) -> QWidget:
        theme = self.context.theme
        column = Column(name=self.title)
        column.body.addWidget(label("Read a share", "display"))
        told = (
            "Open a file that somebody made for you: a share, or a reply to one of yours. It is read here, and "
            "nothing of it is kept unless you say so."
        )
        column.body.addWidget(label(told, "muted"))
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        self.choose = button(theme, "Choose the file…", self._on_choose, kind="primary", icon_name="folder-open")
        inside.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(label("Or drop it anywhere on this page.", "small"))
        self._file = label("", "heading")
        self._file.hide()
        inside.addWidget(self._file)
        self._words_form = Form(theme)
        self.words = Line()
        self.words.setEchoMode(QLineEdit.EchoMode.Normal)
        self.words.returnPressed.connect(self._on_open)
        self._words_form.add("The words you were told", self.words, "Small or large letters make no difference.")
        self._words_form.hide()
        inside.addWidget(self._words_form)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Opening the file")
        self.progress.hide()
        inside.addWidget(self.progress)
        self.open = button(theme, "Read it", self._on_open)
        self.open.hide()
        inside.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self.journal_first = button(theme, "Open my journal first, to keep it", self._on_journal, kind="link")
        self.journal_first.hide()
        inside.addWidget(self.journal_first, 0, Qt.AlignmentFlag.AlignLeft)
        column.body.addWidget(frame)
        self._address_card = self._make_address_card()
        column.body.addWidget(self._address_card)
        column.body.addStretch(1)
        return column

    def _make_address_card(self) -> QWidget:
        theme = self.context.theme
        frame, inside = card("well", padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("Your own address", "heading"))
        inside.addWidget(
            label(
                "Give this to people who share with you. They make shares that only this journal can open, and no "
                "words need to be told."
            )
        )
        self._make_address = button(theme, "Show my address", self._on_address)
        inside.addWidget(self._make_address, 0, Qt.AlignmentFlag.AlignLeft)
        self._address = Line()
        self._address.setReadOnly(True)
        self._address.setAccessibleName("Your address")
        self._address.hide()
        inside.addWidget(self._address)
        self._copy = button(theme, "Copy the address", self._on_copy, kind="quiet", icon_name="copy")
        self._copy.hide()
        inside.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)
        told = "Those whose card you keep are recognised by what they share."
        inside.addWidget(label(told, "small"))
        contacts = button(theme, "Contacts, and my own card", self._on_contacts, kind="link")
        inside.addWidget(contacts, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _set_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.open.setEnabled(not busy)
        self.choose.setEnabled(not busy)


def _keeps(page: QWidget, slot: Callable[[], None]) -> None:
    """What is offered to be kept is, by the keys that keep everywhere."""
    for each in ("Ctrl+Return", "Ctrl+Enter"):
        made = QShortcut(QKeySequence(each), page)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(slot)
