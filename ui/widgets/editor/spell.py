"""Words that a dictionary does not know get a quiet line below them; the text itself is not touched."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from ui.aside import Aside
from ui.spelling import Speller, words_in
from ui.theme import Theme
from ui.widgets.editor.editor import Editor

_PAUSE = 350  # ms of quiet before a text is looked through again
_MOST = 400  # words with a line below them at once


class SpellMarks(QObject):
    """Marks the words in sight, and offers others in the menu of a word.

    Signals:
        word_known(str): the person says that this is a word.
    """

    word_known = Signal(str)

    def __init__(self, theme: Theme, editor: Editor) -> None:
        super().__init__(editor)
        self._theme, self._editor = theme, editor
        self._speller: Speller | None = None
        self._known: frozenset[str] = frozenset()
        self._meant = (QTextCursor(), "")  # the word whose menu was opened last, and where it stands
        self._aside = Aside(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.look)
        editor.document().contentsChanged.connect(self._on_changed)
        editor.verticalScrollBar().valueChanged.connect(self._on_changed)
        editor.menu_wanted.connect(self._on_menu)

    def use(self, speller: Speller | None, known: frozenset[str]) -> None:
        """Look with this dictionary, or with none; `known` are the person's own words, case folded."""
        self._speller, self._known = speller, known
        self.look()

    @Slot()
    def look(self) -> None:
        """Mark what is in sight now."""
        self._pause.stop()
        marks: list[QTextEdit.ExtraSelection] = []
        if self._speller is not None and not self._editor.isReadOnly():
            form = QTextCharFormat()
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
            form.setUnderlineColor(self._theme.color("warm"))
            for cursor in self._unknown():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = cursor, form
                marks.append(mark)
                if len(marks) == _MOST:
                    break
        if marks or self._editor.extraSelections():
            self._editor.setExtraSelections(marks)

    def marked(self) -> tuple[str, ...]:
        """The words that have a line below them."""
        return tuple(mark.cursor.selectedText() for mark in self._editor.extraSelections())

    def _unknown(self) -> list[QTextCursor]:
        editor, found = self._editor, []
        view = editor.viewport().rect()
        block = editor.cursorForPosition(view.topLeft()).block()
        last = editor.cursorForPosition(view.bottomRight()).blockNumber()
        typing = editor.textCursor().position() if editor.hasFocus() else -1
        while block.isValid() and block.blockNumber() <= last:
            text = block.text()
            for start, end, word in words_in(text):
                if self._is_word(word):
                    continue
                first = block.position() + _units(text[:start])
                after = first + _units(text[start:end])
                if after == typing:
                    continue  # it is not finished yet
                cursor = QTextCursor(editor.document())
                cursor.setPosition(first)
                cursor.setPosition(after, QTextCursor.MoveMode.KeepAnchor)
                found.append(cursor)
            block = block.next()
        return found

    def _is_word(self, word: str) -> bool:
        assert self._speller is not None
        return word.casefold() in self._known or self._speller.is_word(word)

    @Slot()
    def _on_changed(self) -> None:
        if self._speller is not None:
            self._pause.start()

    @Slot(QMenu, QPoint)
    def _on_menu(self, menu: QMenu, place: QPoint) -> None:
        at = self._editor.cursorForPosition(place).position()
        for mark in self._editor.extraSelections():
            cursor = mark.cursor
            if self._speller is not None and cursor.selectionStart() <= at <= cursor.selectionEnd():
                self._offer(menu, QTextCursor(cursor), cursor.selectedText(), self._speller)
                return

    def _offer(self, menu: QMenu, cursor: QTextCursor, word: str, speller: Speller) -> None:
        first = menu.actions()[0] if menu.actions() else None
        waiting = QAction("Looking for other spellings…", menu)
        waiting.setEnabled(False)
        mine = _Word("This is a word of mine", word, menu)
        mine.chosen.connect(self._on_mine)
        for action in (waiting, mine):
            menu.insertAction(first, action)
        menu.insertSeparator(first)
        self._meant = (cursor, word)
        offered = _Offered(menu, waiting, self._put)
        self._aside.run(partial(speller.suggest, word), offered.show)

    @Slot(str)
    def _put(self, better: str) -> None:
        cursor, word = self._meant
        if cursor.selectedText() == word and not self._editor.isReadOnly():
            cursor.insertText(better)  # keeps the looks, and undo takes it back

    @Slot(str)
    def _on_mine(self, word: str) -> None:
        self._known |= {word.casefold()}
        self.word_known.emit(word)
        self.look()


class _Offered:
    """A menu that waits for suggestions; it may be gone before they come."""

    def __init__(self, menu: QMenu, waiting: QAction, put: Callable[[str], None]) -> None:
        self._menu, self._waiting, self._put = menu, waiting, put

    def show(self, found: object) -> None:
        """Put what was found where it said that it is looked for."""
        if not shiboken6.isValid(self._menu):
            return
        if not isinstance(found, tuple) or not found:
            self._waiting.setText("No other spelling was found")
            return
        for better in found:
            action = _Word(better, better, self._menu)
            action.chosen.connect(self._put)
            self._menu.insertAction(self._waiting, action)
        self._menu.removeAction(self._waiting)


class _Word(QAction):
    """An item of the menu that stands for a word."""

    chosen = Signal(str)

    def __init__(self, text: str, word: str, parent: QObject) -> None:
        super().__init__(text, parent)
        self._word = word
        self.triggered.connect(self._on_triggered)

    @Slot()
    def _on_triggered(self) -> None:
        self.chosen.emit(self._word)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
