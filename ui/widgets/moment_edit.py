"""A day and a time to change, by keyboard or from a calendar.

Qt takes the weekday for where one begins to type, lets Tab stop at each part, and wants months as letters. Here one
types "15 4 2026 9 30", with or without anything between, and Tab leaves the field.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime, QTimeZone, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QDateTimeEdit, QWidget

from journal.records import Moment

DAY = "ddd d MMM yyyy"  # how each such field shows a day
_PARTS = ("ddd", "d", "MMM", "yyyy")
_WEEKDAY, _DAY, _MONTH, _YEAR = range(4)
_DAYS, _MONTHS = 31, 12
_BETWEEN = frozenset("./-,: ")  # typed between the parts by one person or another
_BY_HAND = (
    Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason,
)  # fmt: skip


class MomentEdit(QDateTimeEdit):
    """Shows a moment's wall clock as it was lived. Left as it is, it gives back the very same moment.

    Signals:
        edited(): the person changed it.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._moment: Moment | None = None
        self._shown = QDateTime()
        self._filling = False
        self._typed = ""  # the digits of the part that is being typed
        self._wanted = 0  # the day that was typed, also where the month still shown is shorter
        self.setCalendarPopup(True)
        # In UTC every hour of every day exists; in this computer's zone one may not that was lived in another.
        self.setTimeZone(QTimeZone(QTimeZone.Initialization.UTC))
        locale = QLocale()
        clock = locale.timeFormat(QLocale.FormatType.ShortFormat)
        self.setDisplayFormat(f"{DAY}, {clock}")
        # Dates nobody means would only come from a slip of the hand.
        self.setDateRange(QDate(1900, 1, 1), QDate(2200, 12, 31))
        self.dateTimeChanged.connect(self._on_changed)

    def set_moment(self, moment: Moment) -> None:
        """Show a moment."""
        self._filling = True
        self._moment = moment
        at = moment.at
        wall = QTime(at.hour, at.minute)
        self.setDateTime(QDateTime(QDate(at.year, at.month, at.day), wall, self.timeZone()))
        self._shown = self.dateTime()
        self._filling = False

    def moment(self) -> Moment:
        """The moment shown; a changed one is in the zone this computer is in."""
        shown = self.dateTime()
        if self._moment is not None and shown == self._shown:
            return self._moment
        day, time = shown.date(), shown.time()
        wall = datetime(day.year(), day.month(), day.day(), time.hour(), time.minute())
        return Moment(wall.astimezone(), local_zone())

    # -- by keyboard -----------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._typed, self._wanted = "", 0
        if event.reason() not in _BY_HAND:
            self._go(_DAY)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return QWidget.focusNextPrevChild(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, part = event.text(), self.currentSectionIndex()
        if self.isReadOnly() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif text.isdecimal() and part <= _MONTH:
            self._type(max(part, _DAY), text, event)
        elif text and text in _BETWEEN:
            begun = self._typed if part <= _MONTH else not self.lineEdit().hasSelectedText()
            if begun:  # else it follows a part that was full, and the next one waits already
                self._go(part + 1)
        else:
            self._typed = ""
            super().keyPressEvent(event)

    def _type(self, part: int, digit: str, event: QKeyEvent) -> None:
        """A digit of the day or the month. What can be no more of this part begins the next one."""
        most = _DAYS if part == _DAY else _MONTHS
        if int(self._typed + digit) > most:
            self._go(part + 1)
            self.keyPressEvent(event)
            return
        self._typed += digit
        value, day = int(self._typed), self.date()
        if part == _DAY and value:
            self._wanted = value
            self._show(day.year(), day.month(), value)
        elif value:
            self._show(day.year(), value, self._wanted or day.day())
        if len(self._typed) == len(str(most)) or value * 10 > most:
            self._go(part + 1)
        else:
            self._select(part)

    def _show(self, year: int, month: int, day: int) -> None:
        self.setDate(QDate(year, month, min(day, QDate(year, month, 1).daysInMonth())))

    def _go(self, part: int) -> None:
        """To a part, which the next digit begins anew."""
        self._typed = ""
        self._select(min(part, self.sectionCount() - 1))

    def _select(self, part: int) -> None:
        self.setCurrentSectionIndex(part)
        if part > _YEAR:  # Qt finds those of the clock itself
            self.setSelectedSection(self.sectionAt(part))
            return
        shown = [self.locale().toString(self.date(), form) for form in _PARTS]
        self.lineEdit().setSelection(sum(len(text) + 1 for text in shown[:part]), len(shown[part]))

    @Slot()
    def _on_changed(self) -> None:
        if not self._filling:
            self.edited.emit()


def local_zone() -> str:
    """The IANA name of the zone this computer is in, or ""."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")


def moment_of(at: datetime) -> Moment:
    """A moment of this computer's clock, to the second, with its zone's name."""
    return Moment(at.replace(microsecond=0), local_zone())
