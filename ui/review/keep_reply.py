"""A reply that was read from its file, and keeping it beside one's entries. What is here already is said so."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from journal.errors import JournalError
from journal.records import ShareReceipt
from journal.service import CheckedReply, JournalService, ReplyTakenIn
from journal.share import OpenedReply
from journal.share.who import Told
from ui import words
from ui.context import Context
from ui.places import Place
from ui.review.reply_sheet import ReplySheet
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.covered import seen
from ui.widgets.labels import label

READING_ONLY = "This journal is open for reading only, so this reply cannot be kept in it."
_KEEP = "Keep this reply beside your entries? It is sealed in this journal; the file stays as it is."
_KEEP_UNKNOWN = (
    "Keep this reply? It is sealed in this journal, and stands with your replies. It stands beside entries once this "
    "journal knows the share."
)
NO_JOURNAL = "A reply belongs to the journal that the share came from. Open that journal to see what it is about."


class Opened(msgspec.Struct, frozen=True):
    """What is known of a reply here, and what the entries are called that it is about, by their places."""

    checked: CheckedReply
    names: dict[int, str]


class KeepReply(QWidget):
    """The reply, and a line below it, so that the words of who answered come first.

    Signals:
        go(Place): to the reply among those that are kept.
        say(str): something was done, in a sentence.
    """

    go = Signal(object)
    say = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._opened: OpenedReply | None = None
        self._kept = ""
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        self.view = ReplySheet(context.theme)
        body.addWidget(self.view, 1)
        frame = QFrame()
        frame.setProperty("role", "well")
        frame.setAccessibleName("Keep this reply")
        line = QVBoxLayout(frame)
        line.setContentsMargins(GAP["l"], GAP["s"], GAP["l"], GAP["s"])
        line.setSpacing(GAP["s"])
        self.said = label("")
        line.addWidget(self.said)
        self.keep = button(context.theme, "Keep beside my entries", self._on_keep, kind="primary")
        self.keep.setToolTip("Keep this reply (Ctrl+Enter)")
        self.see = button(context.theme, "See it", self._on_see, kind="link")
        self.see.setAccessibleName("See this reply where it is kept")
        for made in (self.keep, self.see):
            line.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self.banner = Banner(context.theme)
        line.addWidget(self.banner)
        body.addWidget(frame)

    def show_reply(self, opened: OpenedReply, told: Told, found: Opened | None = None) -> None:
        """Show a reply. `found` is what the open journal knows of it; None where no journal is open."""
        self.banner.hide()
        self._opened = opened
        self._kept = found.checked.kept if found is not None else ""
        writable = self._context.tasks.can_write
        self.keep.setVisible(found is not None and writable and not self._kept)
        self.keep.setEnabled(True)
        self.see.setVisible(bool(self._kept))
        if found is None:
            self.said.setText(NO_JOURNAL)
        elif self._kept:
            self.said.setText("This reply is kept already.")
        elif not writable:
            self.said.setText(READING_ONLY)
        else:
            self.said.setText(_KEEP if found.checked.receipt is not None else _KEEP_UNKNOWN)
        names = found.names if found is not None else None
        self.view.read_reply(opened.payload, told, whom=_whom(opened, told, found), lines=_lines(found), names=names)

    def close_reply(self) -> None:
        """Let go of it."""
        self._opened, self._kept = None, ""
        self.view.close_reply()
        self.banner.hide()

    @Slot()
    def keep_it(self) -> None:
        """Keep it, where that is offered."""
        if self.keep.isVisible() and self.keep.isEnabled():
            self._on_keep()

    @Slot()
    def _on_keep(self) -> None:
        if self._opened is None:
            return
        self.keep.setEnabled(False)
        op = partial(JournalService.take_in_reply, opened=self._opened)
        self._context.tasks.ask(op, self._on_kept, self._on_not_kept)

    def _on_kept(self, taken: ReplyTakenIn) -> None:
        self.go.emit(Place("replies", eid=taken.eid))
        self.say.emit("Kept. The file is no longer needed here.")

    def _on_not_kept(self, error: JournalError) -> None:
        self.keep.setEnabled(True)
        self.banner.show_error(error)

    @Slot()
    def _on_see(self) -> None:
        self.go.emit(Place("replies", eid=self._kept))


def look(service: JournalService, *, opened: OpenedReply) -> Opened:
    """What the journal knows of a reply that was opened."""
    checked = service.check_reply(opened)
    receipt = checked.receipt.record if checked.receipt is not None else None
    eids = receipt.eids if isinstance(receipt, ShareReceipt) else ()
    names = {}
    for comment in opened.payload.comments:
        item = service.find(eids[comment.place]) if comment.place < len(eids) else None
        if item is not None:
            names[comment.place] = entry_name(item.record)
    return Opened(checked, names)


def entry_name(record: object) -> str:
    """What one's own entry is called: its kind and day, and its title or cover."""
    kind = words.KIND_NAMES.get(getattr(record, "kind", ""), "Entry")
    when = getattr(record, "when", None)
    title = seen(record, 60) if hasattr(record, "kind") else ""  # type: ignore[arg-type]
    day = f", {words.day(when)}" if when is not None else ""
    return f"{kind}{day} · {title}" if title else f"{kind}{day}"


def share_line(receipt: object) -> str:
    """Which share a reply answers, by one's own ledger."""
    if not isinstance(receipt, ShareReceipt):
        return ""
    whose = f" for {receipt.to}" if receipt.to else ""
    return f"It answers your share{whose}, made on {words.day_short(receipt.made)}."


def _whom(opened: OpenedReply, told: Told, found: Opened | None) -> str:
    """From whom, as far as that is certain; "" where no name is given."""
    contact = found.checked.finding.contact if found is not None else None
    if told.sure:
        return contact.name if contact is not None else opened.payload.sender
    return f"“{opened.payload.sender}”, not certain" if opened.payload.sender else ""


def _lines(found: Opened | None) -> tuple[str, ...]:
    receipt = found.checked.receipt if found is not None else None
    line = share_line(receipt.record) if receipt is not None else ""
    return (line,) if line else ()
