"""Everything in time: one list, a search that answers while one types, and a filter by kind."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from journal.change import Change
from journal.errors import JournalError
from journal.service import JournalService
from journal.store import Query, Row
from ui import words
from ui.context import Context
from ui.models.rows import Role, RowModel
from ui.page import Page
from ui.places import Place, place_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card, scrolling
from ui.widgets.fields import name_signs
from ui.widgets.file_drops import Line
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.row_delegate import RowDelegate

FILTERS: tuple[tuple[str, str], ...] = (
    ("", "Everything"),
    ("session", "Sessions"),
    ("intention", "Intentions"),
    ("experience", "Experiences"),
    ("integration", "Integration notes"),
    ("page", "Journal pages"),
    ("hard", "Hard moments"),
    ("checkin", "Check-ins"),
    ("scale", "Questionnaires"),
    ("medicine", "Medicines"),
    ("sideeffect", "Side effects"),
    ("commitment", "Commitments"),
    ("question", "Questions"),
    ("total", "Totals from a clinic"),
)
_LISTED = frozenset(kind for kind, _ in FILTERS if kind) | {"course"}
_TYPING_PAUSE = 90  # ms
_MOST_FOR_CHIPS = 0.2  # of the page's height
_BOX, _NARROW_BOX = 16, 8  # characters a box has room for at least


class JourneyPage(Page):
    """The list of everything, newest first."""

    title = "Journey"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._asked = 0
        self._kind = ""
        self._wanted: str | None = None  # the entry to select when rows arrive
        theme = context.theme

        inner = QWidget()
        inner.setMaximumWidth(860)
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP["xl"], GAP["xl"], GAP["xl"], 0)
        column.setSpacing(GAP["m"])
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(inner, 100)
        across.addStretch(1)
        self.body.addLayout(across)

        head = QHBoxLayout()
        head.addWidget(label("Journey", "display"), 1)
        self._new = button(theme, "New page", self._on_new, kind="primary", icon_name="pencil-line")
        self._new.setToolTip("Write a journal page that belongs to no session")
        head.addWidget(self.writes(self._new), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)

        self.search = Line()
        self.search.setPlaceholderText("Search titles, texts and tags")
        self.search.setAccessibleName("Search the journal")
        self.search.setClearButtonEnabled(True)
        name_signs(self.search)
        self.search.textChanged.connect(self._on_typed)
        column.addWidget(self.search)
        self._filters = self._make_filters()
        column.addWidget(self._filters)
        self.kind, self.tag = self._box("Only of this kind"), self._box("Only with this tag")
        for kind, text in FILTERS:
            self.kind.addItem(text, kind)
        self.kind.activated.connect(self._on_kind)
        self.tag.addItem("Any tag", None)
        self.tag.activated.connect(self._on_tag)
        self._boxes = QWidget()
        across = QHBoxLayout(self._boxes)
        across.setContentsMargins(0, 0, 0, 0)
        for made in (self.kind, self.tag):
            across.addWidget(made)
            made.hide()
        across.addStretch(1)
        column.addWidget(self._boxes)

        self.banner = Banner(theme)
        column.addWidget(self.banner)
        self.count = label("", "small")
        column.addWidget(self.count)

        self.model = RowModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self._delegate = RowDelegate(theme, self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setLayoutMode(QListView.LayoutMode.Batched)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName("Entries, newest first")
        self.view.activated.connect(self._on_open)
        self.view.clicked.connect(self._on_open)
        column.addWidget(self.view, 1)
        self._empty, self._empty_text, self._empty_button = self._make_empty()
        column.addWidget(self._empty, 1)
        column.addStretch(0)

        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._pause.timeout.connect(self._ask)
        self._shortcut(QKeySequence(QKeySequence.StandardKey.Find), self._on_find)
        self._shortcut(QKeySequence(Qt.Key.Key_Delete), self._on_delete, self.view)
        self._shortcut(QKeySequence(Qt.Key.Key_Down), self._on_down, self.search)
        self._shortcut(QKeySequence(Qt.Key.Key_Escape), self._on_escape, self.search)

    def show_place(self, place: Place) -> None:
        if place.kind != self._kind:
            self._choose(place.kind)
        self.banner.hide()  # its Undo was for what happened last, and that may be something else now
        self._ask()
        self.search.setFocus()

    def refresh(self, change: Change) -> None:
        if change.touches(*_LISTED):
            self.banner.hide()
            self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_filters()

    def _fit_filters(self) -> None:
        """Where the chips would take the room of the list, one box holds them all."""
        wide = self._filters.width() if self._filters.isVisible() else self._boxes.width() or self.width()
        low = self._filters.layout().heightForWidth(wide) > self.height() * _MOST_FOR_CHIPS
        policy = QSizePolicy.Policy
        for made in (self.kind, self.tag):  # side by side, and as wide as there is room
            made.setSizePolicy(policy.Expanding if low else policy.Maximum, policy.Fixed)
            made.setMinimumContentsLength(_NARROW_BOX if low else _BOX)
        self._filters.setVisible(not low)
        self.kind.setVisible(low)
        self._boxes.setVisible(low or self.tag.count() > 1)

    def restyle(self) -> None:
        self._fit_filters()
        self._delegate.restyle()
        self.model.layoutChanged.emit()

    # -- asking ------------------------------------------------------------------------

    @Slot()
    def _ask(self) -> None:
        self._asked += 1
        kinds = frozenset({self._kind}) if self._kind else _LISTED
        query = Query(text=self.search.text(), kinds=kinds, tag=self.tag.currentData())
        self.context.tasks.ask(
            partial(_rows, query=query), partial(self._on_rows, self._asked), partial(self._on_failed, self._asked)
        )
        self.context.tasks.ask(JournalService.tags, self._on_tags, quietly=True)

    def _on_tags(self, used: tuple[tuple[str, int], ...]) -> None:
        chosen = self.tag.currentData()
        tags = [tag for tag, _ in used]
        if [self.tag.itemData(place) for place in range(1, self.tag.count())] != tags:
            self.tag.clear()
            self.tag.addItem("Any tag", None)
            for tag in tags:
                self.tag.addItem(tag, tag)
            self.tag.setCurrentIndex(max(0, self.tag.findData(chosen)))
        self.tag.setVisible(bool(tags))
        self._fit_filters()

    @Slot(int)
    def _on_tag(self, _index: int) -> None:
        self._ask()

    def _on_rows(self, number: int, rows: tuple[Row, ...]) -> None:
        if number != self._asked:
            return  # an answer to something typed before
        current = self._wanted or self.view.currentIndex().data(Role.EID)
        self._wanted = None
        self.model.set_rows(rows)
        index = self.model.position(current) if current else QModelIndex()
        if index.isValid():
            self.view.setCurrentIndex(index)
        self._show_count(len(rows))

    def _on_failed(self, number: int, error: JournalError) -> None:
        if number == self._asked:
            self.banner.show_error(error)

    def _show_count(self, count: int) -> None:
        text = self.search.text().strip()
        self.view.setVisible(count > 0)
        self._empty.setVisible(count == 0)
        self.count.setVisible(count > 0 and bool(text or self._kind or self.tag.currentData()))
        self.count.setText(f"{count} entry" if count == 1 else f"{count:,} entries")
        if text:
            self._empty_text.setText("Nothing here has these words. Search looks at titles, texts and tags.")
            self._empty_button.setText("Clear the search")
        elif self.tag.currentData() is not None:
            self._empty_text.setText("Nothing of this kind has this tag.")
            self._empty_button.setText("Show everything")
        elif self._kind:
            name = dict(FILTERS)[self._kind].lower()
            self._empty_text.setText(f"No {name} yet. They will stand here in the order of time.")
            self._empty_button.setText("Show everything")
        else:
            self._empty_text.setText(
                "Everything you write will stand here in the order of time: intentions before a session, the "
                "experience after it, and the notes of the days and weeks that follow."
            )
            self._empty_button.setText("Write an intention")
        narrowed = bool(text or self._kind or self.tag.currentData())
        self._empty_button.setVisible(narrowed or self.context.tasks.can_write)

    # -- what the person does ------------------------------------------------------------------------

    @Slot()
    def _on_typed(self) -> None:
        self._pause.start()

    @Slot(QModelIndex)
    def _on_open(self, index: QModelIndex) -> None:
        row = index.data(Role.ITEM)
        if not isinstance(row, Row):
            return
        self.go.emit(place_of(row.eid, row.kind, row.heads))

    @Slot()
    def _on_new(self) -> None:
        self.go.emit(Place("write", kind="page"))

    @Slot()
    def _on_find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def _on_down(self) -> None:
        index = self.view.currentIndex()
        self.view.setCurrentIndex(index if index.isValid() else self.model.first())
        self.view.setFocus()

    @Slot()
    def _on_escape(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self.back.emit()

    @Slot()
    def _on_delete(self) -> None:
        row = self.view.currentIndex().data(Role.ITEM)
        if isinstance(row, Row) and self.context.tasks.can_write:
            self.context.tasks.ask(
                partial(JournalService.delete, eid=row.eid),
                partial(self._on_deleted, row.kind),
                self.banner.show_error,
            )

    def _on_deleted(self, kind: str, _change: Change) -> None:
        self.banner.show_note(f"{words.KIND_NAMES[kind]} removed.", actions=[("Undo", self._on_undo)])

    @Slot()
    def _on_undo(self) -> None:
        self.banner.hide()
        self.take_back()

    @Slot()
    def _on_empty(self) -> None:
        if self.search.text().strip():
            self.search.clear()
            self.search.setFocus()
        elif self._kind or self.tag.currentData() is not None:
            self.tag.setCurrentIndex(0)
            self._choose("")
            self._ask()
        else:
            self.go.emit(Place("write", kind="intention"))

    # -- parts ------------------------------------------------------------------------

    def _make_filters(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=GAP["s"])
        self._chips = QButtonGroup(self)
        self._chips.setExclusive(True)
        for number, (kind, text) in enumerate(FILTERS):
            chip = button(self.context.theme, text, kind="chip")
            chip.setProperty("filter", kind)
            chip.setChecked(not kind)
            self._chips.addButton(chip, number)
            flow.addWidget(chip)
        self._chips.idClicked.connect(self._on_chip)
        return holder

    @staticmethod
    def _box(name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(_BOX)
        return made

    @Slot(int)
    def _on_kind(self, number: int) -> None:
        self._choose(FILTERS[number][0])
        self._ask()

    @Slot(int)
    def _on_chip(self, number: int) -> None:
        self._choose(FILTERS[number][0])
        self._ask()

    def _choose(self, kind: str) -> None:
        self._kind = kind
        self.kind.setCurrentIndex(self.kind.findData(kind))
        for number, (name, _) in enumerate(FILTERS):
            if name == kind:
                self._chips.button(number).setChecked(True)

    def _make_empty(self) -> tuple[QWidget, QWidget, QWidget]:
        frame, layout = card("well", padding=GAP["xl"])
        text = label("", "lead")
        action = button(self.context.theme, "", self._on_empty)
        layout.addWidget(text)
        layout.addWidget(action, 0, Qt.AlignmentFlag.AlignLeft)
        inner = QWidget()
        below = QVBoxLayout(inner)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(frame)
        below.addStretch(1)
        area = scrolling(inner)
        area.hide()
        return area, text, action

    def _shortcut(self, keys: QKeySequence, slot: object, owner: QWidget | None = None) -> None:
        made = QShortcut(keys, owner or self)
        made.setContext(Qt.ShortcutContext.WidgetShortcut if owner else Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(slot)


def _rows(service: JournalService, *, query: Query) -> tuple[Row, ...]:
    return service.rows(query)
