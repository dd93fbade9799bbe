"""A table to read: one widget for all its cells, which wrap and can be selected. It scrolls with its page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import (
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QTextTableCellFormat,
    QTextTableFormat,
)

from journal.share.blocks import BLANK
from ui.theme import Theme
from ui.widgets.cards import GAP
from ui.widgets.reading import ReadingView

_WORD = 14  # characters of a cell that is not broken at a hyphen
Rows = Sequence[Sequence[str]]


class ReadingTable(ReadingView):
    """Rows of cells. The first row heads the columns (`heads`), or the first cell of each row names it.

    Rows with a number in `marked`, counted from 0 with the heads, begin with the word `mark`. `centred`: what is not
    a name stands in the middle of its column. Words are broken only where all of them do not fit side by side.
    """

    def __init__(
        self,
        theme: Theme,
        rows: Rows,
        *,
        heads: bool = True,
        centred: bool = False,
        mark: str = "",
        marked: frozenset[int] = frozenset(),
        name: str = "Table",
    ) -> None:
        super().__init__(theme)
        self._heads, self._centred = heads, centred
        self._rows = [(mark if row in marked else "", *cells) for row, cells in enumerate(rows)] if marked else rows
        self._first = 1 if marked else 0  # the column of the names
        self._tight = 0  # px: at this width and below, words are broken
        self.setProperty("role", "table")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a page of sixty tables has no sixty stops for Tab
        self.setAccessibleName(name)
        self.document().setUndoRedoEnabled(False)
        self._show_rows()

    def _show_rows(self) -> None:
        document = self.document()
        document.clear()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellSpacing(0)
        form.setCellPadding(0)
        table = cursor.insertTable(len(self._rows), len(self._rows[0]), form)
        room = QTextTableCellFormat()
        room.setRightPadding(GAP["l"])
        room.setBottomPadding(GAP["xs"])
        letters = {token: self._letters(token) for token in ("ink", "muted", "accent")}
        broken = self._tight >= self.viewport().width() > 0
        modes = QTextOption.WrapMode
        self.setWordWrapMode(modes.WrapAtWordBoundaryOrAnywhere if broken else modes.WordWrap)
        for row, cells in enumerate(self._rows):
            for column, text in enumerate(cells):
                cell = table.cellAt(row, column)
                cell.setFormat(room)
                at = cell.firstCursorPosition()
                lines = QTextBlockFormat()
                lines.setNonBreakableLines(not broken and len(text) <= _WORD and " " not in text)  # "2026-03-12"
                if self._centred and column > self._first:
                    lines.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                at.setBlockFormat(lines)
                at.insertText(text.replace("\n", "\u2028"), letters[self._token(row, column, text)])
        last = QTextCursor(document.lastBlock())  # a document goes on below its table: there it takes no room
        low = QTextBlockFormat()
        low.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        last.setBlockFormat(low)
        cursor.endEditBlock()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, needed = self.viewport().width(), self.document().size().width()
        if needed > wide + 1 and self._tight < wide:
            self._tight = wide
            self._show_rows()
        elif self._tight and (wide > self._tight) != (event.oldSize().width() > self._tight):
            self._show_rows()

    def _token(self, row: int, column: int, text: str) -> str:
        if column < self._first:
            return "accent"
        named = (row == 0) if self._heads else (column == self._first)
        return "muted" if named or text == BLANK else "ink"

    def _letters(self, token: str) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(self._theme.color(token))
        return made

    @Slot()
    def _restyle(self) -> None:
        self._show_rows()
