"""The library: short texts with their sources, to look through and to read one at a time. None gives advice."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from journal import library
from journal.errors import StorageFailed
from journal.library import Text
from journal.records import Mark
from journal.records.base import Style
from ui import clipboard, words
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, clear, row, rule
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.reading import ReadingView

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
        self._text: Text | None = None
        self._links: dict[str, QPushButton] = {}
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack)
        self._list = self._make_list()
        self._column = self._make_text()
        self.stack.addWidget(self._list)
        self.stack.addWidget(self._column)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._on_find)

    # -- coming and going ---------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        before, self._text = self._text, library.text(place.kind) if place.kind else None
        if self._text is None:
            self.stack.setCurrentWidget(self._list)
            here = self._links.get(before.id) if before is not None else None
            (here or self.search).setFocus()
            if here is not None:
                self._list.ensureWidgetVisible(here, 0, GAP["xxl"])
            return
        self._show_text()
        self.stack.setCurrentWidget(self._column)
        self._column.verticalScrollBar().setValue(0)
        self.reading.setFocus()

    def restyle(self) -> None:
        for column in (self._list, self._column):
            column.inner.setMaximumWidth(self.context.theme.px(_WIDTH))

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
        clear(self._topics)
        self._links = {}
        found = library.find(self.search.text())
        for topic in found:
            section = QWidget()
            inside = QVBoxLayout(section)
            inside.setContentsMargins(0, GAP["s"], 0, 0)
            inside.setSpacing(0)
            inside.addWidget(label(topic.title, "eyebrow"))
            for one in topic.texts:
                link = self._link(one)
                self._links[one.id] = link
                inside.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self._topics.addWidget(section)
        if not found:
            self._topics.addWidget(label(_NOTHING, "muted"))

    @Slot()
    def _on_first(self) -> None:
        if self.search.text() and self._links:
            next(iter(self._links.values())).click()

    def _link(self, one: Text) -> QPushButton:
        made = button(self.context.theme, one.title, self._on_link, kind="link")
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

    def _make_list(self) -> Column:
        column = Column(width=self.context.theme.px(_WIDTH), name=self.title)
        column.body.addWidget(label(self.title, "display"))
        column.body.addWidget(label(_ABOUT, "muted"))
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search the texts")
        self.search.setAccessibleName("Search the texts")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_first)
        column.body.addWidget(self.search)
        self._topics = QVBoxLayout()
        self._topics.setSpacing(GAP["s"])
        column.body.addLayout(self._topics)
        column.body.addStretch(1)
        self._on_searched()
        return column

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
