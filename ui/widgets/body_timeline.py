"""Medicines, side effects and sessions on one line of time: a lane each, nothing judged, nothing coloured by kind.

Days stand where the clock on the wall had them (ui/charts/wall.py). Left and right go from one thing told to the
next, Enter opens it. The table beside it says the very same.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from journal.service.body import BodyView
from ui import words
from ui.a11y import announce
from ui.charts import wall
from ui.models.body_lanes import Bar, Lane, Mark, lanes_of
from ui.models.body_table import Told
from ui.theme import Theme

_DAY = 86_400.0
_STEPS = (1, 2, 7, 14, 28, 56, 91, 182, 365, 730, 1826, 3652, 7305)  # days between labels
_WIDE = 620  # px at 100 %: from here on names stand beside their lanes


class BodyTimeline(QWidget):
    """The picture.

    Signals:
        read(str): what stands where the person is, in words; "" when nowhere.
        opened(str, str): they want to open it: the entry's id and kind.
    """

    read = Signal(str)
    opened = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[Told, ...] = ()
        self._lanes: list[Lane] = []
        self._now = 0.0
        self._every = (0.0, _DAY)
        self._range = (0.0, _DAY)
        self._at: int | None = None  # the line the person is at
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            "Medicines, side effects and sessions over time. Left and right go from one to the next, Enter opens it. "
            "As a table shows the same."
        )

    # -- what it shows -------------------------------------------------------------------------------------------

    def set_view(self, view: BodyView, lines: tuple[Told, ...]) -> None:
        """Show other things; `lines` are `told(view)`."""
        self._lines, self._at = lines, None
        self._now = wall.seconds(view.now)
        self._lanes = lanes_of(view, lines)
        times = [self._now]
        for lane in self._lanes:
            times += [mark.x for mark in lane.marks]
            times += [x for bar in lane.bars for x in (bar.begin, bar.end) if x is not None]
        self._every = (min(times), max(times))
        self.set_days(None)

    @property
    def days(self) -> float:
        """How many days there are from the first thing told to now."""
        return (self._every[1] - self._every[0]) / _DAY

    def set_days(self, days: int | None) -> None:
        """Show the days before now (and what lies ahead), or everything."""
        low, high = self._every
        if days is not None:
            low = self._now - days * _DAY
        room = max((high - low) * 0.03, _DAY / 2)
        self._range = (low - (room if days is None else 0), high + room)
        self._say(None)
        self._fit()
        self.update()

    def restyle(self) -> None:
        """The theme or the text size changed."""
        self._fit()
        self.update()

    def shown(self) -> list[int]:
        """The numbers of the lines that can be walked through now, in time."""
        low, high = self._range
        found = {mark.line for lane in self._lanes for mark in lane.marks if low <= mark.x <= high}
        for lane in self._lanes:
            found |= {bar.line for bar in lane.bars if bar.line >= 0 and self._reaches(bar)}
        return sorted(found)

    def _reaches(self, bar: Bar) -> bool:
        low, high = self._range
        return (bar.begin or low) <= high and (self._end(bar)) >= low

    def _end(self, bar: Bar) -> float:
        return bar.end if bar.end is not None else max(self._now, bar.begin or self._now)

    # -- hands -------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, lines = event.key(), self.shown()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.opened.emit(self._lines[self._at].eid, self._lines[self._at].kind)
        elif lines and key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            place = lines.index(self._at) if self._at in lines else None
            first, last = 0, len(lines) - 1
            if key == Qt.Key.Key_Home:
                place = first
            elif key == Qt.Key.Key_End or place is None:
                place = last
            else:
                place = min(last, max(first, place + (1 if key == Qt.Key.Key_Right else -1)))
            self._say(lines[place])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._say(self._near(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        line = self._near(event.position())
        if line is not None:
            self.opened.emit(self._lines[line].eid, self._lines[line].kind)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if near is not None else Qt.CursorShape.ArrowCursor)

    def _say(self, line: int | None) -> None:
        self._at = line
        text = self._lines[line].spoken if line is not None else ""
        self.setAccessibleDescription(text)
        self.read.emit(text)
        if text:
            announce(self, text)
        self.update()

    def _near(self, spot: QPointF) -> int | None:
        found: list[tuple[float, int]] = []
        for lane, top in self._placed():
            line = self._line_of(lane, top)
            if abs(spot.y() - line) > self._theme.px(18):
                continue
            found += [(abs(self._x(mark.x) - spot.x()), mark.line) for mark in lane.marks]
            for bar in lane.bars:
                if bar.line >= 0 and self._reaches(bar):
                    box = self._box(bar, line)
                    outside = max(box.left() - spot.x(), spot.x() - box.right(), 0.0)
                    found.append((outside, bar.line))
        near = min(found, default=None)
        return near[1] if near is not None and near[0] <= self._theme.px(12) else None

    # -- where things are ------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(420), self.minimumHeight())

    def _fit(self) -> None:
        needed = round(self._top() + sum(self._height(lane) for lane in self._lanes) + 6)
        if needed != self.height() or needed != self.minimumHeight():
            self.setFixedHeight(needed)

    def _beside(self) -> bool:
        return self.width() >= _WIDE * self._theme.scale / 100

    def _left(self) -> float:
        if not self._beside():
            return 10
        metrics = QFontMetrics(self._font(bold=True))
        widest = max((metrics.horizontalAdvance(lane.name) for lane in self._lanes), default=0)
        return min(widest + 26, self.width() * 0.28)

    def _top(self) -> float:
        return self._text() + 14

    def _text(self) -> int:
        return QFontMetrics(self._font()).height()

    def _height(self, lane: Lane) -> float:
        written = any(part.text for part in (*lane.bars, *lane.marks))
        above = self._text() + 2 if written else self._theme.px(8)
        name = 0 if self._beside() else self._text() + 2
        return name + above + self._theme.px(24)

    def _line_of(self, lane: Lane, top: float) -> float:
        return top + self._height(lane) - self._theme.px(13)

    def _placed(self) -> list[tuple[Lane, float]]:
        top, found = self._top(), []
        for lane in self._lanes:
            found.append((lane, top))
            top += self._height(lane)
        return found

    def _x(self, seconds: float) -> float:
        low, high = self._range
        left, right = self._left(), self.width() - 10.0
        return left + (seconds - low) / max(high - low, 1.0) * (right - left)

    def _box(self, bar: Bar, line: float) -> QRectF:
        low = self._range[0]
        left = self._x(max(bar.begin if bar.begin is not None else low, low))
        right = self._x(min(self._end(bar), self._range[1]))
        half = self._theme.px(6)
        return QRectF(left, line - half, max(right - left, self._theme.px(10)), 2 * half)

    def _font(self, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._theme.px("small"))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    # -- looks -----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_days(painter)
            for lane, top in self._placed():
                line = self._line_of(lane, top)
                self._paint_name(painter, lane, top, line)
                if lane.kind == "session":
                    self._paint_sessions(painter, lane, line)
                elif lane.kind == "medicine":
                    self._paint_medicine(painter, lane, line)
                else:
                    for bar in lane.bars:
                        if self._reaches(bar):
                            self._paint_effect(painter, bar, line)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self._theme.color("accent"), 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _paint_days(self, painter: QPainter) -> None:
        theme, (low, high) = self._theme, self._range
        years = high - low > 330 * _DAY
        form = words.day_short if years else words.date_brief
        metrics = QFontMetrics(self._font())
        room = metrics.horizontalAdvance("30 Sept 2026" if years else "30 Sept") + 24
        wanted = (high - low) / _DAY / max((self.width() - 10 - self._left()) / room, 1)
        step = next((days for days in _STEPS if days >= wanted), wanted) * _DAY
        at = -(-low // step) * step
        painter.setFont(self._font())
        while at <= high:
            x, text = self._x(at), form(wall.moment(at))
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(x, self._top() - 4), QPointF(x, self.height() - 4))
            painter.setPen(theme.color("muted"))
            wide = metrics.horizontalAdvance(text)
            left = min(max(x - wide / 2, 2), self.width() - wide - 2)
            painter.drawText(QRectF(left, 6, wide + 2, self._text()), Qt.AlignmentFlag.AlignLeft, text)
            at += step

    def _paint_name(self, painter: QPainter, lane: Lane, top: float, line: float) -> None:
        painter.setFont(self._font(bold=True))
        painter.setPen(self._theme.color("ink"))
        wide = self._left() - 18 if self._beside() else self.width() - 20.0
        text = QFontMetrics(self._font(bold=True)).elidedText(lane.name, Qt.TextElideMode.ElideRight, int(wide))
        above = line - self._text() / 2 if self._beside() else top
        painter.drawText(QRectF(10, above, wide + 2, self._text()), Qt.AlignmentFlag.AlignLeft, text)

    def _paint_sessions(self, painter: QPainter, lane: Lane, line: float) -> None:
        theme = self._theme
        for place, mark in enumerate(lane.marks):
            if not self._range[0] <= mark.x <= self._range[1]:
                continue
            x = self._x(mark.x)
            painter.setPen(QPen(theme.color("strong_line"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, line), QPointF(x, self.height() - 4))
            here = mark.line == self._at
            painter.setPen(QPen(theme.color("accent" if here else "ink"), theme.px(4 if here else 2)))
            painter.drawLine(QPointF(x, line - theme.px(7)), QPointF(x, line + theme.px(7)))
            self._write(painter, mark.text, x, line, lane.marks[place + 1 :], centred=True)

    def _paint_medicine(self, painter: QPainter, lane: Lane, line: float) -> None:
        theme = self._theme
        pen = QPen(theme.color("accent"), theme.px(3), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        low = self._range[0]
        for bar in lane.bars:
            if not self._reaches(bar):
                continue
            box = self._box(bar, line)
            pen.setStyle(Qt.PenStyle.SolidLine if bar.begin is not None else Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(box.left(), line), QPointF(box.right(), line))
            if bar.begin is not None and bar.begin < low:  # it began before what is shown
                self._write(painter, bar.text, box.left() + theme.px(5), line, lane.marks)
        for place, mark in enumerate(lane.marks):
            if low <= mark.x <= self._range[1]:
                self._paint_step(painter, mark, line)
                self._write(painter, mark.text, self._x(mark.x), line, lane.marks[place + 1 :])

    def _paint_step(self, painter: QPainter, mark: Mark, line: float) -> None:
        theme, x, side = self._theme, self._x(mark.x), self._theme.px(6)
        path = QPainterPath()
        if mark.shape == "start":
            path.moveTo(x - side * 0.8, line - side)
            path.lineTo(x + side, line)
            path.lineTo(x - side * 0.8, line + side)
        elif mark.shape == "change":
            path.moveTo(x, line - side)
            path.lineTo(x + side, line)
            path.lineTo(x, line + side)
            path.lineTo(x - side, line)
        else:
            path.addRect(QRectF(x - side * 0.8, line - side * 0.8, side * 1.6, side * 1.6))
        path.closeSubpath()
        painter.setBrush(theme.color("raised" if mark.shape == "stop" else "accent"))
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawPath(path)
        if mark.line == self._at:
            self._paint_here(painter, QRectF(x - side, line - side, 2 * side, 2 * side))

    def _paint_effect(self, painter: QPainter, bar: Bar, line: float) -> None:
        theme, box = self._theme, self._box(bar, line)
        painter.setBrush(theme.color("line"))
        painter.setPen(QPen(theme.color("strong_line"), 1))
        if bar.end is not None:
            painter.drawRoundedRect(box, theme.px(5), theme.px(5))
        else:  # open to the right: nobody said that it is gone
            box.setWidth(max(box.width(), theme.px(18)))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRect(box)
            painter.setPen(QPen(theme.color("strong_line"), 1))
            painter.drawPolyline([box.topRight(), box.topLeft(), box.bottomLeft(), box.bottomRight()])
            painter.setPen(QPen(theme.color("ink"), 2, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(box.right(), box.top()), QPointF(box.right(), box.bottom()))
        if bar.line == self._at:
            self._paint_here(painter, box)

    def _paint_here(self, painter: QPainter, box: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("ink"), 2))
        painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 6, 6)

    def _write(
        self, painter: QPainter, text: str, x: float, line: float, later: list[Mark], *, centred: bool = False
    ) -> None:
        """Words above a lane, as far as the next mark; where only a letter or two would fit, nothing."""
        metrics = QFontMetrics(self._font())
        following = [self._x(mark.x) for mark in later if self._x(mark.x) > x + 1]
        room = min([*following, self.width() - 4.0]) - x - (4 if centred else 10)
        wide = metrics.horizontalAdvance(text)
        if not text or room < min(wide, self._theme.px(34)):
            return
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room))
        left = max(x - wide / 2, self._left()) if centred and wide <= room else x - self._theme.px(5)
        painter.setFont(self._font())
        painter.setPen(self._theme.color("muted" if centred else "ink"))
        above = QRectF(left, line - self._theme.px(9) - self._text(), room + 8, self._text())
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft, shown)
