"""What was shared before: when, for whom, and which entries. It can be read here, not undone."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.change import Change
from journal.records import ShareReceipt
from journal.service import JournalService, Known
from journal.store import Item
from ui import words
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.review import phrases
from ui.theme import Theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card
from ui.widgets.labels import label, selectable
from ui.widgets.reading import ReadingView
from ui.widgets.share_address import ending

_HOW = {
    "passphrase": "Closed with words.",
    "html": "A page for any browser, closed with words.",
}
_NO_CONTACT = "an address that is no contact’s"


class LedgerPage(Page):
    """The list of shares, newest first."""

    title = "What I shared before"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        column = Column(name=self.title)
        self.body.addWidget(column)
        back = button(context.theme, "Back to sharing", self._on_back, kind="quiet", icon_name="arrow-left")
        column.body.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        column.body.addWidget(label(self.title, "display"))
        column.body.addWidget(
            label("Nothing can call a share back. This list is sealed in your journal like everything else.", "muted")
        )
        self.replies = button(context.theme, "Replies that came back", self._on_replies, kind="link")
        column.body.addWidget(self.replies, 0, Qt.AlignmentFlag.AlignLeft)
        self.banner = Banner(context.theme)
        column.body.addWidget(self.banner)
        self._list = column.body
        self._known: tuple[Known, ...] = ()
        self._start = self._list.count()  # what stands above the list stays

    def show_place(self, place: Place) -> None:
        self._ask()

    def refresh(self, change: Change) -> None:
        if change.touches("receipt", "reply", "contact"):
            self._ask()

    def _ask(self) -> None:
        self.context.tasks.ask(JournalService.contacts, self._on_contacts, self.banner.show_error)
        self.context.tasks.ask(_look, self._on_ledger, self.banner.show_error)

    def _on_contacts(self, known: tuple[Known, ...]) -> None:
        self._known = known

    def _on_ledger(self, found: tuple[tuple[Item, ...], dict[str, list[str]], int]) -> None:
        items, replies, new = found
        self.replies.setText(f"Replies that came back, {new} not read yet" if new else "Replies that came back")
        while self._list.count() > self._start:
            item = self._list.takeAt(self._start)
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        for entry in items:
            self._list.addWidget(self._receipt(entry.record, replies.get(entry.record.share, [])))
        if not items:
            frame, inside = card("well", padding=GAP["xl"])
            inside.addWidget(label("You have not shared anything from this journal.", "lead"))
            self._list.addWidget(frame)
        self._list.addStretch(1)

    @Slot()
    def _on_back(self) -> None:
        self.go.emit(Place("share"))

    @Slot()
    def _on_replies(self) -> None:
        self.go.emit(Place("replies"))

    def _on_reply(self, eid: str, _on: bool = False) -> None:
        self.go.emit(Place("replies", eid=eid))

    def _receipt(self, receipt: ShareReceipt, replies: list[str]) -> QWidget:
        frame, inside = _card(self.context.theme, receipt, self._known)
        for number, eid in enumerate(replies, start=1):
            text = "Reply" if len(replies) == 1 else f"Reply {number}"
            lead = button(self.context.theme, text, partial(self._on_reply, eid), kind="link")
            lead.setAccessibleName(f"{text} to the share of {words.day_short(receipt.made)}")
            inside.addWidget(lead, 0, Qt.AlignmentFlag.AlignLeft)
        return frame


def _look(service: JournalService) -> tuple[tuple[Item, ...], dict[str, list[str]], int]:
    """The ledger; the replies to each share by its id, oldest first; and how many were not read yet."""
    replies: dict[str, list[str]] = {}
    views = service.replies()
    for view in reversed(views):
        replies.setdefault(view.payload.share, []).append(view.eid)
    return service.ledger(), replies, sum(view.record.seen is None for view in views)


def _closed_for(receipt: ShareReceipt, known: tuple[Known, ...]) -> tuple[str, tuple[str, ...]]:
    """Whose address it is closed for: a contact's name as it is now, else that it is none's; and such addresses."""
    names = {one.contact.recipient: f"{one.contact.name}, {ending(one.contact.recipient)}" for one in known}
    readers = receipt.recipient.split(", ")
    none = tuple(one for one in readers if one not in names)
    return "Closed for " + "; ".join(names.get(one, _NO_CONTACT) for one in readers), none


def _card(theme: Theme, receipt: ShareReceipt, known: tuple[Known, ...]) -> tuple[QWidget, QVBoxLayout]:
    frame, inside = card()
    inside.addWidget(label(words.day(receipt.made), "eyebrow"))
    inside.addWidget(label(f"For {receipt.to}" if receipt.to else "For somebody without a name", "heading"))
    inside.addWidget(label(phrases.counted(receipt.counts) or "No entries"))
    how, addresses = (_HOW[receipt.how], ()) if receipt.how in _HOW else _closed_for(receipt, known)
    inside.addWidget(selectable(label(how, "small")))
    for address in addresses:  # no label breaks a word, and this one is wider than a small window
        reading = ReadingView(theme)
        reading.setAccessibleName("Their address")
        reading.show_text(address)
        inside.addWidget(reading)
    if receipt.left_out:
        count = len(receipt.left_out)
        inside.addWidget(label(words.counted(count, "passage was left out.", "passages were left out."), "small"))
    proofs = [*(["a proof for this reader"] if receipt.proved else []), *(["a signature"] if receipt.signed else [])]
    if proofs:
        inside.addWidget(label(f"With {' and '.join(proofs)} that it is from you.", "small"))
    return frame, inside
