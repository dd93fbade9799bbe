"""The place to write. Plain words go in by typing and pasting; formatting is done by keys or buttons, never shown
as markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent, QKeySequence, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit

from journal.records import Mark, Style
from ui.theme import Theme
from ui.widgets.editor import marks as _marks
from ui.widgets.editor.fidelity import Carrier
from ui.widgets.editor.runs import has_run
from ui.widgets.file_drops import files_of


class Editor(QTextEdit):
    """Text with bold, italic, headings, quotes and lists.

    Signals:
        edited(): the person changed something.
        styles_changed(): the cursor is in differently styled text now.
        files_pasted(tuple), picture_pasted(QImage): no words were pasted, but these.
        menu_wanted(QMenu, QPoint): the menu of this place is about to open; more may be put into it.
    """

    edited = Signal()
    styles_changed = Signal()
    files_pasted = Signal(object)
    picture_pasted = Signal(object)
    menu_wanted = Signal(QMenu, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._drawn = theme.scale
        self._carrier = Carrier("")
        self._filling = False
        self.setProperty("role", "editor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAutoFormatting(QTextEdit.AutoFormattingFlag.AutoNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Text")
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(2)
        self.document().setIndentWidth(theme.px(24))
        self.document().contentsChanged.connect(self._on_changed)
        self.cursorPositionChanged.connect(self.styles_changed)
        self.set_content("", ())

    def set_content(self, text: str, marks: Iterable[Mark]) -> None:
        """Put another text in. Undo begins anew."""
        self._filling = True
        self.document().clear()  # nothing is laid out twice
        self._break_at_words(not has_run(text))
        self._carrier = Carrier(text)
        _marks.fill(self.document(), text, marks, self._carrier, self._theme)
        self._filling = False
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.setCurrentCharFormat(_marks.char_format(_marks.line_style(self.textCursor().block()), self._theme))

    def content(self) -> tuple[str, tuple[Mark, ...]]:
        """The text and its marks as they stand."""
        return _marks.take(self.document(), self._carrier)

    def insert(self, text: str, marks: Iterable[Mark]) -> None:
        """Put a formatted text in where the cursor is, as one step of undo."""
        _marks.insert(self.textCursor(), self._carrier.to_document(text), text, marks, self._theme)
        self.ensureCursorVisible()

    def select(self, start: int, end: int) -> None:
        """Select from `start` up to `end`, in code points of the text as it stands."""
        text, cursor = self.content()[0], self.textCursor()
        cursor.setPosition(_marks.position_of(text, start))
        cursor.setPosition(_marks.position_of(text, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def word_count(self) -> int:
        """How many words there are."""
        return len(self.toPlainText().split())

    def restyle(self) -> None:
        """Draw in the theme's sizes, keeping text, cursor and whether it is changed.

        Formats hold sizes and no colours: as long as the size stays there is nothing to do, and undo stays as it is.
        """
        if self._drawn == self._theme.scale:
            return
        self._drawn = self._theme.scale
        text, marks = self.content()
        place, changed = self.textCursor().position(), self.document().isModified()
        self.set_content(text, marks)
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.document().setModified(changed)

    # -- formatting ----------------------------------------------------------------------------------------

    def toggle(self, style: Style) -> None:
        """Put a style on the selection (or what is typed next), or take it off."""
        if style.is_line:
            cursor = self.textCursor()
            cursor.beginEditBlock()
            _marks.set_line_style(cursor, None if self.has(style) else style, self._theme)
            cursor.endEditBlock()
        else:
            self.mergeCurrentCharFormat(_marks.inline_format(style, on=not self.has(style)))
        self.styles_changed.emit()
        self.edited.emit()

    def has(self, style: Style) -> bool:
        """Whether the style is on where the cursor is."""
        if style.is_line:
            return _marks.line_style(self.textCursor().block()) is style
        form = self.currentCharFormat()
        if style is Style.ITALIC:
            return form.fontItalic()
        return form.fontWeight() >= QFont.Weight.DemiBold and not self.has(Style.HEADING)

    # -- Qt's hooks ----------------------------------------------------------------------------------------

    def loadResource(self, _type: int, _name: Any) -> None:
        """Nothing is ever loaded."""

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasUrls() or source.hasImage()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain words only, whatever else the clipboard offers; files and pictures are for the page to take."""
        files = files_of(source)
        if files:
            self.files_pasted.emit(files)
        elif source.hasText():
            text = source.text().replace("\r\n", "\n")
            if has_run(text):
                self._break_at_words(False)
            self.textCursor().insertText(self._carrier.to_document(text))
            self.ensureCursorVisible()
        elif source.hasImage():
            self.picture_pasted.emit(source.imageData())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy plain words only: rich text would carry more than what is seen."""
        data = QMimeData()
        data.setText(self._carrier.from_document(self.textCursor().selection().toRawText()).replace("\u2029", "\n"))
        return data

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_wanted.emit(menu, event.pos())
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Bold):
            self.toggle(Style.BOLD)
        elif event.matches(QKeySequence.StandardKey.Italic):
            self.toggle(Style.ITALIC)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._on_enter(event)
        elif event.key() == Qt.Key.Key_Backspace and self._at_styled_start():
            self._clear_line_style()
        elif event.text() == " " and self._line_start_is_list():
            pass
        else:
            super().keyPressEvent(event)

    def _on_enter(self, event: QKeyEvent) -> None:
        block = self.textCursor().block()
        style = _marks.line_style(block)
        if style is not None and not block.text():
            self._clear_line_style()  # Enter on an empty line ends a list or a quote
            return
        super().keyPressEvent(event)
        if style is Style.HEADING:
            self._clear_line_style(join=True)  # what follows a heading is text

    def _at_styled_start(self) -> bool:
        cursor = self.textCursor()
        return not cursor.hasSelection() and cursor.atBlockStart() and _marks.line_style(cursor.block()) is not None

    def _clear_line_style(self, *, join: bool = False) -> None:
        cursor = self.textCursor()
        cursor.joinPreviousEditBlock() if join else cursor.beginEditBlock()
        _marks.set_line_style(cursor, None, self._theme)
        cursor.endEditBlock()
        self.setCurrentCharFormat(_marks.char_format(None, self._theme))
        self.styles_changed.emit()

    def _line_start_is_list(self) -> bool:
        """Whether "-", "*" or "1." was just typed at the start of a line: then a space makes it a list."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        style = {"-": Style.BULLET, "*": Style.BULLET, "1.": Style.NUMBER}.get(before)
        if style is None or _marks.line_style(cursor.block()) is not None or cursor.hasSelection():
            return False
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        _marks.set_line_style(cursor, style, self._theme)
        cursor.endEditBlock()
        self.styles_changed.emit()
        return True

    def _break_at_words(self, words: bool) -> None:
        """Break lines between words, or (where thousands of letters have no end of a word) wherever they end."""
        modes = QTextOption.WrapMode
        wanted = modes.WrapAtWordBoundaryOrAnywhere if words else modes.WrapAnywhere
        if self.wordWrapMode() != wanted:
            self.setWordWrapMode(wanted)

    @Slot()
    def _on_changed(self) -> None:
        if not self._filling:
            self.edited.emit()
