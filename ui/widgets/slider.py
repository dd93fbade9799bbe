"""A slider from 0 to 10 that can stay without an answer, and shows that it has none."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

from journal.records import Slider
from ui.theme import Theme

_TOP = 10
_TYPING = 900  # ms in which 1 and 0 make 10


class RatingSlider(QSlider):
    """One of the check-in's sliders. Digits set it, arrows move it, Backspace takes the answer away.

    Signals:
        answered(): the answer changed, or was taken away.
    """

    answered = Signal()

    def __init__(self, theme: Theme, slider: Slider) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.slider = slider
        self._answer: int | None = None
        self._typed = QElapsedTimer()
        self.setRange(0, _TOP)
        self.setValue(5)  # where the arrows begin; not an answer
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{slider.title}: 0 is {slider.low}, 10 is {slider.high}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tell()

    @property
    def answer(self) -> int | None:
        """0 to 10, or None where there is no answer."""
        return self._answer

    def set_answer(self, answer: int | None) -> None:
        """Give it an answer, or take it away."""
        if answer is not None:
            answer = max(0, min(_TOP, answer))
            self.setValue(answer)
        changed = answer != self._answer
        self._answer = answer
        self._tell()
        self.update()
        if changed:
            self.answered.emit()

    # -- hands -------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            ten = key == Qt.Key.Key_0 and self._answer == 1 and self._typed.isValid()
            ten = ten and self._typed.elapsed() < _TYPING
            self.set_answer(_TOP if ten else key - Qt.Key.Key_0)
            self._typed.start()
        elif key in steps:
            mirrored = -1 if self.isRightToLeft() and key in (Qt.Key.Key_Left, Qt.Key.Key_Right) else 1
            self.set_answer(5 if self._answer is None else self._answer + mirrored * steps[key])
        elif key == Qt.Key.Key_Home:
            self.set_answer(0)
        elif key == Qt.Key.Key_End:
            self.set_answer(_TOP)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.set_answer(None)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.set_answer(self._at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.set_answer(self._at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling the page must not answer

    # -- looks -------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(44) + self._line() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, middle = self._theme, self._middle()
        left, right = self._ends()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            track = QPen(theme.color("strong_line"), 2)
            if self._answer is None:
                track.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(track)
            painter.drawLine(QPointF(left, middle), QPointF(right, middle))
            painter.setPen(Qt.PenStyle.NoPen)
            for value in range(_TOP + 1):
                at = QPointF(self._x(value), middle)
                painter.setBrush(theme.color("strong_line"))
                painter.drawEllipse(at, 2.5, 2.5)
            if self._answer is not None:
                self._paint_answer(painter, middle)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color("accent"), 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
            self._paint_words(painter)

    def _paint_answer(self, painter: QPainter, middle: float) -> None:
        theme = self._theme
        spot, zero = self._x(self._answer), self._x(0)
        painter.setPen(QPen(theme.color("accent"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(zero, middle), QPointF(spot, middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        radius = theme.px(14)
        painter.drawEllipse(QPointF(spot, middle), radius, radius)
        painter.setPen(theme.color("on_accent"))
        painter.setFont(self._font(bold=True))
        box = QRectF(spot - radius, middle - radius, 2 * radius, 2 * radius)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._answer))

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(self._font())
        painter.setPen(self._theme.color("muted"))
        metrics = QFontMetrics(self._font())
        half = self.width() // 2 - 8
        below = QRectF(10, self.height() - self._line() - 4, self.width() - 20, self._line())
        ends = (self.slider.low, self.slider.high)
        low, high = (metrics.elidedText(text, Qt.TextElideMode.ElideRight, half) for text in ends)
        if self.isRightToLeft():
            low, high = high, low
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, low)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, high)

    def _font(self, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._theme.px("small"))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _line(self) -> int:
        return QFontMetrics(self._font()).height()

    def _middle(self) -> float:
        return (self.height() - self._line()) / 2

    def _ends(self) -> tuple[float, float]:
        room = self._theme.px(18)
        return room, self.width() - room

    def _x(self, value: int) -> float:
        left, right = self._ends()
        share = value / _TOP
        return right - share * (right - left) if self.isRightToLeft() else left + share * (right - left)

    def _at(self, spot: QPointF) -> int:
        left, right = self._ends()
        share = (spot.x() - left) / max(right - left, 1)
        return round((1 - share if self.isRightToLeft() else share) * _TOP)

    def _tell(self) -> None:
        self.setAccessibleDescription("no answer" if self._answer is None else f"{self._answer} of 10")
        self.setToolTip("" if self._answer is None else "Backspace takes the answer away")
