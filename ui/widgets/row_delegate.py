"""How a row of the journey is drawn: the day, a shape for the kind, the title, and two lines of text."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter, QPainterPath, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from journal.store import Row
from ui import words
from ui.icons import KIND_ICONS, icon
from ui.models.rows import TWO_VERSIONS, Month, Role, headline
from ui.theme import Theme


class RowDelegate(QStyledItemDelegate):
    """Draws rows and month headings. Heights follow the text size; nothing is clipped, only elided."""

    def __init__(self, theme: Theme, parent: object = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons: dict[tuple[str, str], QIcon] = {}

    def restyle(self) -> None:
        """Forget icons drawn in old colours."""
        self._icons.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        item = index.data(Role.ITEM)
        if isinstance(item, Month):
            return QSize(200, self._line("small") + 34)
        lines = self._line("body", bold=True) + 2 + self._line("small") * _text_lines(item)
        return QSize(200, max(lines, self._line("large") + self._line("small")) + 26)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        item = index.data(Role.ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, Month):
            self._paint_month(painter, option.rect, item)
        else:
            self._paint_row(painter, option, item)
        painter.restore()

    def _paint_month(self, painter: QPainter, rect: QRect, month: Month) -> None:
        painter.setFont(self._font("small", bold=True))
        painter.setPen(self._theme.color("accent"))
        painter.drawText(rect.adjusted(12, 18, -12, -6), Qt.AlignmentFlag.AlignVCenter, month.text)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        theme = self._theme
        rect = option.rect.adjusted(2, 2, -2, -2)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            path = QPainterPath()
            path.addRoundedRect(rect, 8, 8)
            painter.fillPath(path, theme.color("accent_soft" if selected else "sunken"))
            if selected and state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(theme.color("accent"), 2))
                painter.drawPath(path)
        inner = rect.adjusted(10, 10, -12, -10)
        text_left = self._paint_gutter(painter, inner, row)
        area = QRect(QPoint(text_left, inner.top()), inner.bottomRight())
        height = self._line("body", bold=True)
        taken = self._paint_mark(painter, area, height) if row.heads > 1 else 0
        font = self._font("body", bold=row.kind != "checkin")
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        wide = area.width() - taken
        title = QFontMetrics(font).elidedText(headline(row), Qt.TextElideMode.ElideRight, wide)
        painter.drawText(QRect(area.left(), area.top(), wide, height), Qt.AlignmentFlag.AlignVCenter, title)
        if row.snippet and headline(row) != row.snippet:
            painter.setPen(theme.color("muted"))
            below = QRect(area.left(), area.top() + height + 2, area.width(), 2 * self._line("small"))
            self._paint_snippet(painter, below, row.snippet)

    def _paint_mark(self, painter: QPainter, area: QRect, height: int) -> int:
        """Quietly, at the right: that there are two versions. Returns how much room it takes."""
        font = self._font("small")
        wide = QFontMetrics(font).horizontalAdvance(TWO_VERSIONS)
        painter.setFont(font)
        painter.setPen(self._theme.color("accent"))
        box = QRect(area.right() - wide, area.top(), wide + 1, height)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, TWO_VERSIONS)
        return wide + 16

    def _paint_gutter(self, painter: QPainter, inner: QRect, row: Row) -> int:
        """The day and the kind's shape. Returns where the text begins."""
        theme = self._theme
        wide = QFontMetrics(self._font("small")).horizontalAdvance("Wed 30") + 6
        if row.when:
            number, weekday = words.day_of_month(row.when), words.weekday_short(row.when)
            painter.setFont(self._font("large"))
            painter.setPen(theme.color("ink"))
            top = QRect(inner.left(), inner.top(), wide, self._line("large"))
            painter.drawText(top, Qt.AlignmentFlag.AlignCenter, number)
            painter.setFont(self._font("small"))
            painter.setPen(theme.color("muted"))
            below = QRect(inner.left(), top.bottom(), wide, self._line("small"))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, weekday)
        side = theme.px(20)
        left = inner.left() + wide + 12
        box = QRect(left, inner.top() + (self._line("body", bold=True) - side) // 2, side, side)
        self._icon(row.kind).paint(painter, box)
        return left + side + 14

    def _paint_snippet(self, painter: QPainter, rect: QRect, text: str) -> None:
        font = self._font("small")
        metrics = QFontMetrics(font)
        layout = QTextLayout(text[:400], font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        starts = []
        for _ in range(3):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(rect.width())
            starts.append(line.textStart())
        layout.endLayout()
        painter.setFont(font)
        # QTextLayout counts UTF-16 units; the text is cut the same way so that emoji do not shift the second line.
        units = text[:400].encode("utf-16-le")
        for number, start in enumerate(starts[:2]):
            end = starts[number + 1] if number == 0 and len(starts) > 1 else len(units) // 2
            piece = units[2 * start : 2 * end].decode("utf-16-le", "ignore").strip()
            shown = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, rect.width())
            line_rect = QRect(
                rect.left(), rect.top() + number * self._line("small"), rect.width(), self._line("small")
            )
            painter.drawText(line_rect, Qt.AlignmentFlag.AlignVCenter, shown)

    def _icon(self, kind: str) -> QIcon:
        token = "accent" if kind == "session" else "muted"
        if (kind, token) not in self._icons:
            self._icons[kind, token] = icon(self._theme, KIND_ICONS.get(kind, "note-blank"), token=token)
        return self._icons[kind, token]

    def _font(self, size: str, *, bold: bool = False) -> QFont:
        font = QFont(self.parent().font()) if self.parent() is not None else QFont()
        font.setPixelSize(self._theme.px(size))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _line(self, size: str, *, bold: bool = False) -> int:
        return round(QFontMetrics(self._font(size, bold=bold)).height() * 1.12)


def _text_lines(row: Row) -> int:
    if row.kind == "checkin":
        return 1
    return 2 if row.title and len(row.snippet) > 60 else 1
