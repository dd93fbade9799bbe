"""The left pane of a client's review: whose it is, what there is to read, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from journal.service.begun import NOTHING, Begun
from journal.service.clients import ClientReview, Shared
from ui.context import Context
from ui.review import contents
from ui.widgets.begun_lines import BegunLines
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, row
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.lines_list import LinesList
from ui.widgets.list_pane import ListPane
from ui.widgets.reply_button import ReplyButton

_KEYS = (
    "F6 goes from pane to pane, Ctrl+PgDown and Ctrl+PgUp through the contents, with Shift to what is new, Ctrl+M "
    "writes beside a passage."
)
_LEAST = 160  # px at 100 %


class ContentsPane(ListPane):
    """The pane. What is wanted is told by the signals of its buttons, and those of `list`.

    Signals:
        back(): to all clients.
        go(Place): to a reply, or to what was begun.
    """

    back = Signal()
    go = Signal(object)

    def __init__(self, context: Context) -> None:
        holder = QFrame()
        self.list = LinesList(context.theme, "Contents")
        super().__init__(holder, self.list)
        self._context = context
        theme = context.theme
        self.setProperty("role", "rail")
        body = QVBoxLayout(holder)
        body.setContentsMargins(GAP["m"], GAP["m"], GAP["m"], GAP["m"])
        body.setSpacing(GAP["s"])
        self.name = label("Client", "heading")
        body.addLayout(row(tool(theme, "All clients", "arrow-left", self.back), self.name))
        self._summary = label("", "small")
        body.addWidget(self._summary)
        self.begun = BegunLines(theme)
        self.begun.go.connect(self.go)
        body.addWidget(self.begun)
        self._notes = label("", "muted")
        self._notes.hide()
        body.addWidget(self._notes)
        self.list.setToolTip(_KEYS)
        self.list.setAccessibleDescription(_KEYS)
        body.addWidget(self.list, 1)
        self._rest = QFrame()  # takes the room of the list where there is none
        self._rest.hide()
        body.addWidget(self._rest, 1)
        self.seen = button(theme, "Looked through", icon_name="check")
        self.seen.setToolTip("Mark the share that is shown as looked through")
        body.addWidget(self.seen)
        self.reply = ReplyButton(context)
        self.reply.go.connect(self.go)
        self.reply.told.connect(self.fit)
        body.addWidget(self.reply)
        self.compare = button(theme, "Compare two…", kind="link")
        self.compare.setToolTip("Two sessions side by side")
        self.change = button(theme, "Name and notes…", kind="link")
        self.remove = button(theme, "Remove this share", kind="link")
        more = QWidget()
        flow = FlowLayout(more, spacing=GAP["m"])
        for made in (self.compare, self.change, self.remove):
            flow.addWidget(made)
        body.addWidget(more)

    def show_review(self, review: ClientReview | None, wanted: str = "", waits: Begun = NOTHING) -> None:
        """Show whose it is, what `waits` and the contents, and stand on the line with this key. None: nobody is
        there."""
        self.name.setText("Client" if review is None else review.client.name or "Without a name")
        self._summary.setText("" if review is None else contents.summary(review))
        self.begun.show_begun(waits)
        notes = "" if review is None else review.client.notes.strip()
        self._notes.setText(notes)
        self._notes.setVisible(bool(notes))
        self.list.set_lines([] if review is None else contents.lines_of(review), wanted)
        some = review is not None and bool(review.shares)
        for made in (self.list, self.compare):
            made.setVisible(some)
        self._rest.setVisible(not some)
        self.fit()

    def show_shared(self, shared: Shared | None) -> None:
        """Offer what can be done with the share that is read, if any."""
        writable = self._context.tasks.can_write
        for made in (self.seen, self.reply, self.remove):
            made.setVisible(writable and shared is not None)
        self.change.setVisible(writable)
        self.seen.setEnabled(shared is not None and shared.received.seen is None)
        self.fit()

    def restyle(self) -> None:
        """The text size changed."""
        self.set_least(self._context.theme.px(_LEAST))
