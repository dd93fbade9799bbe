"""Compare two sessions of a client, of one share or of two."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError, NotFound
from journal.service import JournalService
from journal.service.clients import ClientReview
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.review.compare_view import Choice, CompareView, choices, two_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import tool
from ui.widgets.cards import Column, clear, row
from ui.widgets.form import Form
from ui.widgets.labels import label, tip

_TOO_FEW = "Two sessions are needed for this. The shares of this client hold fewer."
_KEYS = "Ctrl+PgDown and Ctrl+PgUp change the second session, with Shift the first."


class ComparePage(Page):
    """Two lists to choose from, and the two sessions below."""

    title = "Compare two sessions"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._client = ""
        self._choices: tuple[Choice, ...] = ()
        theme = context.theme
        self._column = column = Column(width=1280, name=self.title, theme=theme)
        self.body.addWidget(column)
        self._heading = label(self.title, "title")
        column.body.addLayout(row(tool(theme, "Back (Esc)", "arrow-left", self.back), self._heading))
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        self._form = Form(theme)
        self.one, self.other = (self._make_choice(name) for name in ("First session", "Second session"))
        column.body.addWidget(self._form)
        self._keys = label(_KEYS, "small")
        column.body.addWidget(self._keys)
        self._holder = QWidget()
        inside = QVBoxLayout(self._holder)
        inside.setContentsMargins(0, 0, 0, 0)
        column.body.addWidget(self._holder)
        column.body.addStretch(1)
        self.view: CompareView | None = None
        for keys, slot in (
            ("Ctrl+PgDown", self._on_next), ("Ctrl+PgUp", self._on_previous),
            ("Ctrl+Shift+PgDown", self._on_first_next), ("Ctrl+Shift+PgUp", self._on_first_previous),
        ):  # fmt: skip
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        self._client = place.eid or ""
        self.one.setFocus()
        self._ask(place.kind)

    def refresh(self, change: Change) -> None:
        if self._client and change.touches("client", "received"):
            self._ask(self.one.currentData() or "", self.other.currentData() or "")

    def restyle(self) -> None:
        self._show()

    def _ask(self, *keys: str) -> None:
        """Ask for the client's sessions: to begin with the one with this key, if any, or to stay with two."""
        op = partial(_review, client=self._client)
        self.context.tasks.ask(op, partial(self._on_review, keys), self._on_not_found)

    def _on_not_found(self, error: JournalError) -> None:
        self._choices = ()
        self._fill("", "")
        self.banner.show_note(str(error), actions=[("All clients", self._on_all)])

    def _on_review(self, wanted: tuple[str, ...], review: ClientReview) -> None:
        self._heading.setText(f"{self.title} of {review.client.name}" if review.client.name else self.title)
        self._choices = choices(review)
        if len(self._choices) < 2:
            self.banner.show_note(_TOO_FEW)
        found = [one for key in wanted for one in self._choices if key == one.key or key in one.also]
        if len(found) < 2:
            found = two_of(self._choices, found[0] if found else None)
        self._fill(*[one.key for one in found[:2]], *[""] * (2 - len(found)))

    def _fill(self, one: str, other: str) -> None:
        for box, key in ((self.one, one), (self.other, other)):
            box.blockSignals(True)
            box.clear()
            for choice in self._choices:
                box.addItem(choice.name, choice.key)
                box.setItemData(box.count() - 1, tip(choice.name), Qt.ItemDataRole.ToolTipRole)
            box.setCurrentIndex(box.findData(key))
            box.blockSignals(False)
        for made in (self._form, self._keys):
            made.setVisible(len(self._choices) > 1)
        if len(self._choices) < 2 and self.isVisible():
            self.setFocus()  # else it would go to the rail
        self._show()

    @Slot()
    def _show(self) -> None:
        """Show the two that are chosen."""
        clear(self._holder.layout())
        self.view = None
        found = {choice.key: choice for choice in self._choices}
        one, other = (found.get(box.currentData() or "") for box in (self.one, self.other))
        if one is not None and other is not None:
            self.view = CompareView(self.context.theme, one, other)
            self._holder.layout().addWidget(self.view)

    def _step(self, box: QComboBox, by: int) -> None:
        """Go on to the next session that is not the one beside it, and no further than the ends."""
        beside = self.other if box is self.one else self.one
        at = box.currentIndex() + by
        if at == beside.currentIndex():
            at += by
        if 0 <= at < box.count():
            box.setCurrentIndex(at)

    @Slot()
    def _on_next(self) -> None:
        self._step(self.other, 1)

    @Slot()
    def _on_previous(self) -> None:
        self._step(self.other, -1)

    @Slot()
    def _on_first_next(self) -> None:
        self._step(self.one, 1)

    @Slot()
    def _on_first_previous(self) -> None:
        self._step(self.one, -1)

    @Slot()
    def _on_all(self) -> None:
        self.go.emit(Place("clients"))

    def _make_choice(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.currentIndexChanged.connect(self._show)
        self._form.add(name, box)
        return box


def _review(service: JournalService, *, client: str) -> ClientReview:
    if service.find(client) is None:
        raise NotFound("This client is not here.")
    return service.review(client)
