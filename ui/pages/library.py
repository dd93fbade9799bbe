"""The library: short texts with their sources, to look through and to read one at a time. None gives advice."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QShortcut, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from journal import library
from journal.errors import StorageFailed
from journal.records import Mark
from journal.records.base import Style
from ui import clipboard, words
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, row, rule
from ui.widgets.fields import name_signs
from ui.widgets.file_drops import Line
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.reading import ReadingView

_ID = Qt.ItemDataRole.UserRole
_WIDTH = 640  # px at 100 %: 60 to 75 characters
_ABOUT = "What is known and who says so, in a few words. No text here knows you, and none gives advice."
_NOTHING = "No text holds these words."


class _Paragraphs(ReadingView):
    """Lines that are paragraphs: set apart, and read from the first one on."""

    def show_text(self, text: str, marks: Iterable[Mark] = ()) -> None:
        super().show_text(text, marks)
        apart = QTextBlockFormat()
        apart.setBottomMargin(GAP["m"])
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(apart)
        self.moveCursor(QTextCursor.MoveOperation.Start)


class LibraryPage(Page):
    """A list with a search, and the text that was chosen."""

    title = "Library"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._text: library.Text | None = None
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack)
        self._list = self._make_list()
        self._column = self._make_text()
        self.stack.addWidget(self._list)
        self.stack.addWidget(self._column)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._on_find)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.list.setFocus)

    # -- coming and going ---------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        before, self._text = self._text, library.text(place.kind) if place.kind else None
        if self._text is not None:
            self._show_text()
            self.stack.setCurrentWidget(self._column)
            self._column.verticalScrollBar().setValue(0)
            self.reading.setFocus()
            return
        self.stack.setCurrentWidget(self._list)
        here = next((item for item in self._items() if before is not None and item.data(_ID) == before.id), None)
        if here is not None:
            self.list.setCurrentItem(here)
        (self.search if here is None else self.list).setFocus()

    def restyle(self) -> None:
        for inner in (self._inner, self._column.inner):
            inner.setMaximumWidth(self.context.theme.px(_WIDTH))
        self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._text is not None:
            self._on_all()
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_find(self) -> None:
        if self._text is not None:
            self._on_all()
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def _on_all(self) -> None:
        self.go.emit(Place("library"))

    @Slot()
    def _on_link(self) -> None:
        self.go.emit(Place("library", kind=self.sender().property("text_id")))

    # -- the list --------------------------------------------------------------------------------------------------

    @Slot()
    def _on_searched(self) -> None:
        self.list.clear()
        for topic in library.find(self.search.text()):
            head = QListWidgetItem(topic.title)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(head)
            for one in topic.texts:
                item = QListWidgetItem(one.title)
                item.setData(_ID, one.id)
                self.list.addItem(item)
        self._tint()
        self.list.setVisible(self.list.count() > 0)
        self.nothing.setVisible(self.list.count() == 0)
        if self.list.count() > 1:
            self.list.setCurrentRow(1)

    def _tint(self) -> None:
        """Headings in the accent, as elsewhere."""
        for item in self._items():
            if not item.data(_ID):
                font = self.list.font()
                font.setPixelSize(self.context.theme.px("small"))
                font.setWeight(QFont.Weight.DemiBold)
                item.setFont(font)
                item.setForeground(self.context.theme.color("accent"))

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    @Slot()
    def _on_enter(self) -> None:
        if self.list.currentItem() is not None:
            self._on_chosen(self.list.currentItem())

    @Slot(QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem) -> None:
        if item.data(_ID):
            self.go.emit(Place("library", kind=item.data(_ID)))

    def _link(self, one: library.Text) -> QPushButton:
        made = button(self.context.theme, one.title.partition(" (")[0], self._on_link, kind="link")
        made.setProperty("text_id", one.id)
        return made

    # -- one text --------------------------------------------------------------------------------------------------

    def _show_text(self) -> None:
        shown = self._text
        self.heading.setText(shown.title)
        self.reading.setAccessibleName(shown.title)
        self.reading.show_text("\n".join(shown.marked(paragraph) for paragraph in shown.paragraphs))
        head = "Where this is from"
        listed = "\n".join(shown.references())
        self.sources.show_text(f"{head}\n{listed}", (Mark(0, len(head), Style.HEADING),))
        self._read.setText(f"Sources read on {words.date_long(shown.read_on)}. What stands in ( ) are our words.")
        self.banner.hide()
        for made in self._see.findChildren(QPushButton):
            made.hide()
            made.deleteLater()
        while self._see_flow.takeAt(0) is not None:
            pass
        for other in filter(None, map(library.text, shown.see)):
            self._see_flow.addWidget(self._link(other))
        self._see.setVisible(bool(shown.see))

    @Slot()
    def _on_copy(self) -> None:
        clipboard.copy(self._text.plain())
        self.say.emit("The text is copied")

    @Slot()
    def _on_print(self) -> None:
        from ui.printing import print_text

        try:
            print_text(self, self._text.plain())
        except StorageFailed as error:
            self.banner.show_error(error)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _make_list(self) -> QWidget:
        page = QWidget()
        across = QHBoxLayout(page)
        across.setContentsMargins(GAP["xl"], GAP["xl"], GAP["xl"], GAP["m"])
        self._inner = QWidget()
        self._inner.setMaximumWidth(self.context.theme.px(_WIDTH))
        across.addStretch(1)
        across.addWidget(self._inner, 100)
        across.addStretch(1)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["m"])
        column.addWidget(label(self.title, "display"))
        column.addWidget(label(_ABOUT, "muted"))
        self.search = Line()
        self.search.setPlaceholderText("Search the texts")
        self.search.setAccessibleName("Search the texts")
        self.search.setClearButtonEnabled(True)
        name_signs(self.search)
        self.search.textChanged.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_enter)
        column.addWidget(self.search)
        self.nothing = label(_NOTHING, "muted")
        column.addWidget(self.nothing)
        self.list = QListWidget()
        self.list.setProperty("role", "versions")
        self.list.setAccessibleName("Texts")
        self.list.setWordWrap(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_chosen)
        self.list.itemActivated.connect(self._on_chosen)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        self._on_searched()
        return page

    def _make_text(self) -> Column:
        theme = self.context.theme
        column = Column(width=theme.px(_WIDTH), name=self.title)
        self.heading = label("", "title")
        column.body.addLayout(row(tool(theme, "All texts (Esc)", "arrow-left", self._on_all), self.heading))
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        self.reading, self.sources = _Paragraphs(theme), _Paragraphs(theme)
        self.sources.setAccessibleName("Where this is from")
        column.body.addWidget(self.reading)
        self._see = QWidget()
        beside = QVBoxLayout(self._see)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(label("Beside this", "eyebrow"))
        links = QWidget()
        self._see_flow = FlowLayout(links, spacing=GAP["l"])
        beside.addWidget(links)
        column.body.addWidget(self._see)
        column.body.addWidget(rule())
        column.body.addWidget(self.sources)
        self._read = label("", "small")
        column.body.addWidget(self._read)
        line = QWidget()
        flow = FlowLayout(line)
        flow.addWidget(button(theme, "Copy as plain text", self._on_copy, kind="quiet", icon_name="copy"))
        flow.addWidget(button(theme, "Print…", self._on_print, kind="quiet", icon_name="printer"))
        column.body.addWidget(line)
        column.body.addStretch(1)
        return column
