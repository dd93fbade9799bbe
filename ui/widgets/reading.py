"""Text to read: formatted, selectable, as high as it is long. It loads nothing and follows nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import QMimeData, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QTextEdit

from journal.records import Mark
from journal.store import Piece
from ui.theme import Theme
from ui.widgets.editor import marks as _marks
from ui.widgets.editor.fidelity import Carrier
from ui.widgets.laid import Laid


class ReadingView(QTextEdit):
    """A text with its marks, read-only, without a scroll bar of its own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[str, tuple[Mark, ...]] = ("", ())
        self._laid = Laid("")
        self._pieces: tuple[Piece, ...] = ()
        self._marked: tuple[tuple[int, int], ...] = ()
        self._rest: Iterator[int] = iter(())  # what is held back of the text
        self.whole = True  # whether all of the text is there
        self.spot: tuple[int, str] | None = None  # which entry of a share it shows, and which field of it
        self.watched = False  # whether somebody listens to what is selected in it
        self.setProperty("role", "reading")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._restyle)

    def show_text(self, text: str, marks: Iterable[Mark] = ()) -> None:
        """Show another text."""
        marks = tuple(marks)
        self._shown, self._pieces = (text, marks), ()
        self._rest, self.whole = iter(()), True
        self._laid = Laid(text)
        _marks.fill(self.document(), self._laid.text, self._laid.marks(marks), Carrier(text), self._theme)
        self._fit()

    def hold_text(self, text: str, marks: Iterable[Mark] = ()) -> None:
        """Show another text a few lines at a time, each time `take` is called."""
        self.show_text("")
        marks = tuple(marks)
        self._shown, self._laid = (text, marks), Laid(text)
        rest = _marks.fill_by_lines(self.document(), self._laid.text, self._laid.marks(marks), self._theme)
        self._rest, self.whole = rest, not text

    def take(self) -> int:
        """Put some more of the text in that is held back. How many characters; 0 where all of it was there."""
        size = next(self._rest, 0)
        self.whole = not size or self.whole
        if size:
            self._fit()
        return size

    def show_pieces(self, pieces: tuple[Piece, ...]) -> None:
        """Show how two texts differ: what only the older has is crossed out, what only the newer has underlined."""
        text = "".join(piece.text for piece in pieces)
        self.show_text(text)
        self._pieces = pieces
        cursor = QTextCursor(self.document())
        place = 0
        for piece in pieces:
            if piece.kind != "same":
                self._put(cursor, place, place + len(piece.text))
                cursor.mergeCharFormat(self._format(piece.kind == "removed"))
            place += len(piece.text)

    def mark_passages(self, passages: Iterable[tuple[int, int]]) -> None:
        """Lay a soft colour under these, from where to where in code points. The text itself stays as it is."""
        self._marked = tuple(passages)
        found = []
        for start, end in self._marked:
            laid = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            self._put(cursor, start, end)
            form = QTextCharFormat()
            form.setBackground(self._theme.color("accent_soft"))
            form.setFontUnderline(True)  # seen without colour as well
            laid.cursor, laid.format = cursor, form
            found.append(laid)
        self.setExtraSelections(found)

    def selection(self) -> tuple[int, int] | None:
        """From where to where the text is selected, in code points, or None."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start, end = (self._laid.place(at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
        return (start, end) if start < end else None

    def select(self, start: int, end: int) -> None:
        """Select from `start` up to `end`, in code points."""
        cursor = self.textCursor()
        self._put(cursor, start, end)
        self.setTextCursor(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What was given is copied, without the breaks it is shown with."""
        selected = self.selection()
        if not self._laid.is_broken or selected is None:
            return super().createMimeDataFromSelection()
        data = QMimeData()
        data.setText(self._shown[0][slice(*selected)])
        return data

    def _put(self, cursor: QTextCursor, start: int, end: int) -> None:
        """Let a cursor select from `start` up to `end`, in code points."""
        first, last = self._laid.span(start, end)
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)

    def _format(self, removed: bool) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFontStrikeOut(removed)
        made.setFontUnderline(not removed)
        made.setBackground(self._theme.color("warm_soft" if removed else "accent_soft"))
        return made

    def loadResource(self, _type: int, _name: Any) -> None:
        """Nothing is ever loaded."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls, not the text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A page down is the page's, as the wheel is; where the cursor is moved to is seen."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and not event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            at = self.mapTo(above.widget(), self.cursorRect().center())
            above.ensureVisible(at.x(), at.y(), 0, self.cursorRect().height())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    @Slot()
    def _fit(self) -> None:
        # Before it is shown it has no width that counts, and Qt forgets a height that is asked for on the way there.
        if not self.isVisible():
            return
        height = round(self.document().size().height()) + 2
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(max(height, 1))

    @Slot()
    def _restyle(self) -> None:
        if self._pieces:
            self.show_pieces(self._pieces)
        else:
            self.show_text(*self._shown)
            self.mark_passages(self._marked)
