"""Keeping a share that was read: with which client. What is here already is said so, with the day.

A share that has the id of a kept one and says something else is not kept. The program makes no two such shares, so
one of them was changed; and a comment, which names its share by the id, would come to stand beside other words.
"""

from __future__ import annotations

from datetime import date
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QSizePolicy, QVBoxLayout, QWidget

from journal.errors import JournalError
from journal.records import Client, Moment
from journal.service import JournalService
from journal.service.clients import KeptShare, TakenIn
from journal.service.share_copies import Better
from journal.service.whose import Whose, clients_of, whose
from journal.share import Payload
from ui import words
from ui.context import Context
from ui.places import Place
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.moment_edit import moment_of
from ui.widgets.whose_note import WhoseNote

READING_ONLY = "This journal is open for reading only, so this share cannot be kept in it."
_ASK = "Keep this share with a client? It is sealed in this journal; the file stays as it is."
_OLDER = "It is older than the newest one you keep of them, which was made on {day}."
_OTHER = (
    "This is not the share that you kept on {day}{client}, though it has the same number. This program never gives "
    "a number twice, so one of the two was changed by somebody. Ask the person which of them is theirs. The kept one "
    "stays as it is, and this one is only shown here. To keep this one, first remove the other."
)
_BETTER = {
    Better.PROVED: "You have this share already: kept{client} on {day}. Then it was not certain who made it; of this "
    "copy it is. It can take the place of the kept one, with its own pictures. Your comments stay.",
    Better.PICTURES: "You have this share already: kept{client} on {day}, with fewer pictures than this copy has. "
    "It can take the place of the kept one. Your comments stay.",
}
_NEW = ""  # what the list has for a client that is not there yet
_NOBODY = "Client"


class _Choices(msgspec.Struct, frozen=True):
    """What there is to choose from: clients by name, whose it probably is, where the share is kept already, and by
    client the day that the newest share was made."""

    clients: tuple[tuple[str, str], ...]
    whose: Whose
    kept: KeptShare | None
    newest: dict[str, date]


class KeepShare(QFrame):
    """A line above a share. Hidden where no journal is open.

    Signals:
        go(Place): to the client's review.
        say(str): something was done, in a sentence.
    """

    go = Signal(object)
    say = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._payload: Payload | None = None
        self._maker = self._address = ""
        self._kept: KeptShare | None = None
        self._newest: dict[str, date] = {}
        self.setProperty("role", "well")
        self.setAccessibleName("Keep this share")
        body = QVBoxLayout(self)
        body.setContentsMargins(GAP["l"], GAP["s"], GAP["l"], GAP["s"])
        body.setSpacing(GAP["s"])
        self.said = label("")
        body.addWidget(self.said)
        self._choosing = QWidget()
        flow = FlowLayout(self._choosing)
        self.who = QComboBox()
        self.who.setAccessibleName("The client to keep it with")
        self.who.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.keep = button(context.theme, "Keep it", self._on_keep)
        self.who.currentIndexChanged.connect(self._on_who)
        flow.addWidget(self.who)
        self.keep.setToolTip("Keep this share with the client (Ctrl+Enter)")
        flow.addWidget(self.keep)
        body.addWidget(self._choosing)
        self.whose = WhoseNote(self.who, self.keep)
        body.addWidget(self.whose)
        self.see = button(context.theme, "See the client", self._on_see, kind="link")
        body.addWidget(self.see, 0, Qt.AlignmentFlag.AlignLeft)
        self.banner = Banner(context.theme)
        body.addWidget(self.banner)
        self.hide()

    def offer(self, payload: Payload, maker: str, address: str = "") -> None:
        """Offer to keep a share. `maker`: what is known of who made it, in a sentence; `address`: with which address,
        as far as that is proved."""
        self.clear()
        self._payload, self._maker, self._address = payload, maker, address
        self.look()

    def look(self) -> None:
        """Look again what there is to choose from: since it was read, the share may have been kept, or moved."""
        payload = self._payload
        if payload is not None and self._context.tasks.is_open:
            op = partial(_choices, payload=payload, maker=self._maker, address=self._address)
            self._context.tasks.ask(op, partial(self._on_choices, payload), self.banner.show_error)

    def clear(self) -> None:
        """There is no share any more."""
        self._payload, self._kept = None, None
        self.who.clear()
        self.banner.hide()
        self.hide()

    def _on_choices(self, payload: Payload, found: _Choices) -> None:
        if payload is not self._payload:
            return
        writable = self._context.tasks.can_write
        self._kept, self._newest = found.kept, found.newest
        self.who.clear()
        for eid, name in found.clients:
            self.who.addItem(name or "Without a name", eid)
        self.who.addItem(f"A new client: {payload.sender.strip() or _NOBODY}", _NEW)
        self.whose.show_whose(found.whose, self._maker)
        changed = found.kept is not None and not found.kept.same
        self.said.setProperty("role", "warm" if changed else "")
        self.said.style().polish(self.said)
        if found.kept is not None:
            self.said.setText(_kept_text(found.kept))
        elif not writable:
            self.said.setText(READING_ONLY)
        else:
            self._on_who()
        better = found.kept is not None and bool(found.kept.better)
        self.keep.setText("Keep this copy instead" if better else "Keep it")
        self._choosing.setVisible((found.kept is None or better) and writable)
        self.who.setVisible(not better)
        if better:  # it stays with its client, so there is nothing to choose; who made it is said all the same
            self.who.setCurrentIndex(max(0, self.who.findData(found.kept.received.client)))
            self.whose.maker.setVisible(bool(self._maker))
        self.whose.setVisible((found.kept is None or better) and writable)
        self.see.setVisible(found.kept is not None)
        self.show()

    @Slot()
    def _on_who(self) -> None:
        """A share that is older than what is known of the client says so."""
        if self._payload is None or self._kept is not None or not self._context.tasks.can_write:
            return
        newest = self._newest.get(self.who.currentData() or "")
        older = newest is not None and self._payload.made < newest
        self.said.setText(f"{_ASK} {_OLDER.format(day=words.date_long(newest))}" if older else _ASK)

    @Slot()
    def keep_it(self) -> None:
        """Keep it as it is offered, if it is."""
        if self.keep.isVisible() and self.keep.isEnabled():
            self._on_keep()

    @Slot()
    def _on_keep(self) -> None:
        if self._payload is None or self.who.currentIndex() < 0:
            return
        self.keep.setEnabled(False)
        now = moment_of(self._context.clock.now())
        op = partial(
            _keep,
            payload=self._payload,
            client=self.who.currentData() or None,
            maker=self._maker,
            address=self._address,
            at=now,
        )
        self._context.tasks.ask(op, self._on_kept, self._on_not_kept)

    def _on_kept(self, taken: TakenIn) -> None:
        self.keep.setEnabled(True)
        self.hide()
        self.go.emit(Place("client", eid=taken.eid, kind="received"))
        self.say.emit("Kept. The file is no longer needed here.")

    def _on_not_kept(self, error: JournalError) -> None:
        self.keep.setEnabled(True)
        self.banner.show_error(error)

    @Slot()
    def _on_see(self) -> None:
        if self._kept is not None:
            self.go.emit(Place("client", eid=self._kept.eid, kind="received"))


def _choices(service: JournalService, *, payload: Payload, maker: str, address: str) -> _Choices:
    clients = tuple(clients_of(service).items())
    kept, newest = service.kept_share(payload, address, maker), service.newest_shares()
    return _Choices(clients, whose(service, payload, maker), kept, newest)


def _kept_text(kept: KeptShare) -> str:
    """Since when it is kept, and with whom; or that it is another."""
    day = words.day_short(kept.received.received)
    client = f" with {kept.client}" if kept.client else ""
    if not kept.same:
        return _OTHER.format(day=day, client=client)
    if kept.better:
        return _BETTER[kept.better].format(day=day, client=client)
    seen = kept.received.seen
    looked = f" You looked through it on {words.day_short(seen)}." if seen is not None else ""
    return f"You have this share already: kept{client} on {day}.{looked}"


def _keep(
    service: JournalService, *, payload: Payload, client: str | None, maker: str, address: str, at: Moment
) -> TakenIn:
    whose = client or Client(name=payload.sender.strip() or _NOBODY, added=at)
    return service.take_in(payload, whose, maker, address)
