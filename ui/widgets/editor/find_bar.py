"""Finding words in the text one is writing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.theme import Theme
from ui.widgets.buttons import tool
from ui.widgets.cards import GAP
from ui.widgets.editor.editor import Editor
from ui.widgets.file_drops import Line
from ui.widgets.labels import label


class FindBar(QFrame):
    """Looks for words in an editor: Enter or F3 for the next, Shift with them for the one before, Esc to close.

    Signals:
        closed(): the person is done.
    """

    closed = Signal()

    def __init__(self, theme: Theme, editor: Editor) -> None:
        super().__init__()
        self._editor = editor
        self.setProperty("role", "well")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP["m"], GAP["s"], GAP["s"], GAP["s"])
        self.words = Line()
        self.words.setPlaceholderText("Find in this text")
        self.words.setAccessibleName("Find in this text")
        self.words.textChanged.connect(self._on_typed)
        self.words.returnPressed.connect(self.next)
        self.words.installEventFilter(self)
        layout.addWidget(self.words, 1)
        self.count = label("", "small", wrap=False)
        layout.addWidget(self.count)
        layout.addWidget(tool(theme, "The one before (Shift+F3)", "caret-up", self.previous))
        layout.addWidget(tool(theme, "The next (F3)", "caret-down", self.next))
        layout.addWidget(tool(theme, "Close (Esc)", "x", self.close_bar))
        for keys, slot in (("F3", self.next), ("Shift+F3", self.previous)):
            made = QShortcut(QKeySequence(keys), editor)
            made.setContext(Qt.ShortcutContext.WidgetShortcut)
            made.activated.connect(slot)
        self.hide()

    def open_bar(self) -> None:
        """Show the bar with what is selected as the words to find."""
        selected = self._editor.textCursor().selectedText()
        if selected and "\u2029" not in selected:
            self.words.setText(selected)
        self.show()
        self.words.setFocus()
        self.words.selectAll()
        self._count()

    @Slot()
    def close_bar(self) -> None:
        """Hide the bar; what was found stays selected."""
        self.hide()
        self._editor.setFocus()
        self.closed.emit()

    @Slot()
    def next(self) -> None:
        """Go to the next place, or round to the first."""
        self._find(QTextDocument.FindFlag(0), QTextCursor.MoveOperation.Start)

    @Slot()
    def previous(self) -> None:
        """Go to the place before, or round to the last."""
        self._find(QTextDocument.FindFlag.FindBackward, QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() == Qt.Key.Key_F3:
            self.previous() if back else self.next()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # A field takes Enter with Shift for Enter.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.previous()
                return True
        return False

    @Slot()
    def _on_typed(self) -> None:
        cursor = self._editor.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self._editor.setTextCursor(cursor)
        self._count()
        self.next()

    def _find(self, flag: QTextDocument.FindFlag, start: QTextCursor.MoveOperation) -> None:
        words = self.words.text()
        if words and not self._editor.find(words, flag):
            before = self._editor.textCursor()
            self._editor.moveCursor(start)
            if not self._editor.find(words, flag):
                self._editor.setTextCursor(before)

    def _count(self) -> None:
        words = self.words.text().casefold()
        count = self._editor.toPlainText().casefold().count(words) if words else 0
        texts = {0: "not found" if words else "", 1: "once"}
        self.count.setText(texts.get(count, f"{count} times"))
