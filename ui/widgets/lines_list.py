"""A list of lines that wrap: a title, quiet words below it, and a word at its side. Arrows walk, Enter opens."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import Theme

_PAD = 10  # px around what is written
_MOST = 16_777_215  # Qt's own for any height
_KEPT = 1_000  # texts that are broken into lines and kept so


class Line(msgspec.Struct, frozen=True):
    """One of the list. `mark` is a word in a frame ("new"); `head`: a heading over others, which is not opened.

    `key` is what is told of it when it is opened; "" for a heading.
    """

    key: str
    title: str
    text: str = ""
    mark: str = ""
    head: bool = False

    @property
    def spoken(self) -> str:
        """The whole of it for a screen reader."""
        return ". ".join(part for part in (self.title, self.mark, *self.text.splitlines()) if part)


class Role(IntEnum):
    LINE = Qt.ItemDataRole.UserRole + 1


class LinesModel(QAbstractListModel):
    """Holds the lines."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show others."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if index.isValid() and self.lines[index.row()].head:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Role.LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        return line.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class LinesList(QListView):
    """The list. One click opens, as Enter does; the arrows only walk, unless `opens_at_once`.

    Signals:
        opened(str): the key of the line that is to be opened.
        moved(str): the key of the line one stands on; "" for none.
    """

    opened = Signal(str)
    moved = Signal(str)

    def __init__(self, theme: Theme, name: str, *, opens_at_once: bool = False) -> None:
        super().__init__()
        self._at_once = opens_at_once
        self._quiet = False
        self.whole = False  # whether it is as high as all its lines
        self.lines = LinesModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName(name)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._on_clicked)
        self.selectionModel().currentChanged.connect(self._on_current)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        theme.changed.connect(self._fit)

    @property
    def key(self) -> str:
        """The line one stands on, or ""."""
        index = self.currentIndex()
        return self.lines.lines[index.row()].key if index.isValid() else ""

    def set_lines(self, lines: Sequence[Line], key: str = "") -> None:
        """Show these, and stand on the one with this key, or where one stood, or on the first. Tells nobody."""
        wanted = key or self.key
        self._quiet = True
        if tuple(lines) != self.lines.lines:
            self.lines.set_lines(lines)
            self._fit()
        self._stand(wanted)
        self._quiet = False

    def stand_on(self, key: str) -> None:
        """Stand on the line with this key. Tells nobody."""
        self._quiet = True
        self._stand(key)
        self._quiet = False

    def set_whole(self, whole: bool, least: int = 0) -> None:
        """Be as high as all lines together, where what is around the list scrolls; or scroll, and be of any height
        from `least` on."""
        self.whole = whole
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(off if whole else needed)
        if whole:
            self._fit()
        else:
            self.setMinimumHeight(least)
            self.setMaximumHeight(_MOST)

    @Slot()
    def _fit(self) -> None:
        if self.whole:
            high = sum(self.sizeHintForRow(row) for row in range(len(self.lines.lines))) + 2 * self.frameWidth()
            self.setFixedHeight(max(high, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def step(self, by: int, *, marked: bool = False) -> str:
        """Go on by so many lines, headings left out, and no further than the ends. The key one stands on then.

        `marked`: only lines with a word at their side count; where there is none that way, one stays.
        """
        open_ = [line for line in self.lines.lines if not line.head]
        keys = [line.key for line in open_]
        at = keys.index(self.key) if self.key in keys else 0
        if marked:
            onward = range(at + 1, len(keys)) if by > 0 else range(at - 1, -1, -1)
            by = next((place for place in onward if open_[place].mark), at) - at
        if keys:
            self.stand_on(keys[max(0, min(len(keys) - 1, at + by))])
        return self.key

    def _stand(self, key: str) -> None:
        open_ = [(row, line.key) for row, line in enumerate(self.lines.lines) if not line.head]
        row = next((row for row, one in open_ if one == key), open_[0][0] if open_ else -1)
        self.setCurrentIndex(self.lines.index(row) if row >= 0 else QModelIndex())
        if row >= 0:
            self.scrollTo(self.lines.index(row))

    def moveCursor(self, action: QListView.CursorAction, keys: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and the last line that can be opened: Qt's own stay where a heading is."""
        actions = QListView.CursorAction
        if action not in (actions.MoveHome, actions.MoveEnd):
            return super().moveCursor(action, keys)
        rows = [row for row, line in enumerate(self.lines.lines) if not line.head]
        if not rows:
            return QModelIndex()
        if action == actions.MoveHome:
            self.scrollToTop()  # what heads the first line is seen, too
        return self.lines.index(rows[0] if action == actions.MoveHome else rows[-1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.key:
                self.opened.emit(self.key)
            event.accept()
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if self.key and not self.lines.lines[index.row()].head:
            self.opened.emit(self.key)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet:
            self.moved.emit(self.key)
            if self._at_once and self.key:
                self.opened.emit(self.key)


class _Delegate(QStyledItemDelegate):
    """Draws lines. Nothing is cut: what is long wraps, and the line grows."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._laid: dict[tuple[str, str, bool, int, int], QTextLayout] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        wide = self._view.viewport().width()
        return QSize(wide, self._high(wide, index.data(Role.LINE)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        line: Line = index.data(Role.LINE)
        theme, state = self._theme, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if not line.head and (selected or state & QStyle.StateFlag.State_MouseOver):
            path = QPainterPath()
            path.addRoundedRect(option.rect.adjusted(2, 2, -2, -2), 8, 8)
            painter.fillPath(path, theme.color("accent_soft" if selected else "sunken"))
            if selected and state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(theme.color("accent"), 2))
                painter.drawPath(path)
        inner, wide, mark = self._room(option.rect, line)
        painter.setPen(theme.color("accent" if line.head else "ink"))
        title = self._lay(line, "title", wide)
        title.draw(painter, QPointF(inner.topLeft()))
        top = self._below(inner, title, mark)
        if line.text:
            painter.setPen(theme.color("muted"))
            self._lay(line, "text", inner.width()).draw(painter, QPointF(inner.left(), top))
        if line.mark:
            painter.setFont(self._font(line, "text"))
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.drawRoundedRect(mark, mark.height() / 2, mark.height() / 2)
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, line.mark)
        painter.restore()

    def _high(self, wide: int, line: Line) -> int:
        inner, beside, mark = self._room(QRect(0, 0, wide, 0), line)
        bottom = self._below(inner, self._lay(line, "title", beside), mark)
        if line.text:
            bottom += _height(self._lay(line, "text", inner.width()))
        return round(bottom) + (4 if line.head else _PAD)

    def _lay(self, line: Line, part: str, wide: int) -> QTextLayout:
        """What stands in a line, broken to its width. It is kept: while one scrolls, it is drawn again and again."""
        text = line.title if part == "title" else line.text
        key = (text, part, line.head, wide, self._theme.scale)
        if (found := self._laid.get(key)) is None:
            if len(self._laid) > _KEPT:
                self._laid.clear()
            found = self._laid[key] = _laid(text, self._font(line, part), wide)
        return found

    def _room(self, rect: QRect, line: Line) -> tuple[QRect, int, QRect]:
        """What is inside the edges, how much of it the title has beside the mark, and where the mark stands."""
        inner = rect.adjusted(_PAD, _PAD if not line.head else 2 * _PAD, -_PAD, 0)
        if not line.mark:
            return inner, inner.width(), QRect()
        small = QFontMetrics(self._font(line, "text"))
        width = small.horizontalAdvance(line.mark) + 2 * _PAD
        mark = QRect(inner.right() - width, inner.top(), width, small.height() + 4)
        return inner, inner.width() - width - _PAD, mark

    def _below(self, inner: QRect, title: QTextLayout, mark: QRect) -> float:
        bottom = inner.top() + _height(title)
        return (max(bottom, mark.bottom()) if mark.isValid() else bottom) + 3

    def _font(self, line: Line, part: str) -> QFont:
        font = QFont(self._view.font())
        small = part == "text" or line.head
        font.setPixelSize(self._theme.px("small" if small else "body"))
        font.setWeight(QFont.Weight.DemiBold if part == "title" else QFont.Weight.Normal)
        return font


def _laid(text: str, font: QFont, wide: int) -> QTextLayout:
    """A text in lines: they end between words, and within one only where it is wider than the line."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(wide, 1))
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout


def _height(layout: QTextLayout) -> float:
    return sum(layout.lineAt(number).height() for number in range(layout.lineCount()))
