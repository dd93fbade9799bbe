"""Above a share that is kept, whatever part of it is read: what can be done with all of it, and that it is not proved
as the others of its client are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from journal.service import JournalService
from journal.service.clients import ClientReview, Shared
from journal.service.results import SavedMany
from journal.service.whose import clients_of, move_share
from journal.share import Payload
from journal.share.made_by import unlike
from ui.context import Context
from ui.review.save_as import SaveAs
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label

_NOBODY = "Client"


class ShareHead(QFrame):
    """Hidden where no share is read.

    Signals:
        opened(str): the person wants to see the client with this entry.
    """

    opened = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shared: Shared | None = None
        self.within: Callable[[Shared], Payload] = _payload_of  # a share with its pictures, as far as they are here
        self._to = ""
        self._told = False  # that one was moved, which its going away must not hide
        body = QVBoxLayout(self)
        body.setContentsMargins(GAP["xl"], GAP["s"], GAP["xl"], 0)
        body.setSpacing(GAP["xs"])
        self.banner = Banner(context.theme)  # stays while the share that was moved is read no more
        body.addWidget(self.banner)
        self._of_share = QWidget()
        inside = QVBoxLayout(self._of_share)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP["xs"])
        self.saving = SaveAs(context)
        self.move_to = button(context.theme, "Move to…", kind="quiet", icon_name="users")
        self.move_to.setToolTip("Keep this share with another client, with your comments on it")
        self.clients = QMenu(self.move_to)
        self.clients.triggered.connect(self._on_client)
        self.move_to.setMenu(self.clients)
        line = QWidget()
        flow = FlowLayout(line)
        for made in (self.saving.button, self.move_to):
            flow.addWidget(made)
        self.against = label("")
        inside.addWidget(self.against)
        inside.addWidget(line)
        inside.addWidget(self.saving)
        self._of_share.hide()
        body.addWidget(self._of_share)

    def above(self, reading: QWidget) -> QWidget:
        """A pane with this above what is read."""
        pane = QWidget()
        body = QVBoxLayout(pane)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self)
        body.addWidget(reading, 1)
        return pane

    def show_share(self, review: ClientReview | None, shared: Shared | None) -> None:
        """Show what this share is, or that none is read."""
        another = self._shared is None or shared is None or shared.eid != self._shared.eid
        anew = another or (shared is not None and self._shared is not None and shared.copy != self._shared.copy)
        if shared is not None and another:
            self.banner.setVisible(self._told)
            self._told = False
        self._shared = shared
        self._of_share.setVisible(shared is not None)
        if shared is None or review is None:
            self.saving.set_payload(None)
            return
        maker = shared.received.maker
        others = (one.received.maker for one in review.shares if one.eid != shared.eid)
        against = unlike(maker, others, review.client.name)
        self.against.setText(f"{against} {maker}".strip() if against else "")
        self.against.setVisible(bool(against))
        if anew:
            self.saving.set_payload(self.within(shared), maker)
        self.move_to.setVisible(self._context.tasks.can_write)
        if self._context.tasks.can_write:
            self._context.tasks.ask(clients_of, partial(self._on_clients, shared), self.banner.show_error)

    @Slot(str)
    def on_pictures(self, received: str) -> None:
        """The pictures of this share came after its words."""
        if self._shared is not None and self._shared.eid == received:
            self.saving.set_payload(self.within(self._shared), self._shared.received.maker)

    def _on_clients(self, shared: Shared, clients: dict[str, str]) -> None:
        if shared is not self._shared:
            return
        self.clients.clear()
        new = f"A new client: {shared.payload.sender.strip() or _NOBODY}"
        for eid, name in (*clients.items(), ("", new)):
            if eid != shared.received.client:
                action = QAction((name or "Without a name").replace("&", "&&"), self.clients)
                action.setData(eid)
                self.clients.addAction(action)

    @Slot(QAction)
    def _on_client(self, action: QAction) -> None:
        shared = self._shared
        if shared is None:
            return
        client = str(action.data()) or None
        called = shared.payload.sender.strip() or _NOBODY
        op = partial(move_share, received=shared.eid, client=client, called=called)
        name = called if client is None else action.text().replace("&&", "&")
        self._context.tasks.ask(op, partial(self._on_moved, shared.eid, name), self.banner.show_error)

    def _on_moved(self, received: str, name: str, _saved: SavedMany) -> None:
        self._to, self._told = received, True
        told = f"This share is kept with {name} now, with your comments on it."
        self.banner.show_note(told, actions=[("See it there", self._on_there), ("Undo", self._on_undo)])

    @Slot()
    def _on_there(self) -> None:
        self.banner.hide()
        self.opened.emit(self._to)

    @Slot()
    def _on_undo(self) -> None:
        self.banner.hide()
        self._context.tasks.ask(JournalService.undo, None, self.banner.show_error)


def _payload_of(shared: Shared) -> Payload:
    return shared.payload
