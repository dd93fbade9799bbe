"""A day and a time to change, by keyboard or from a calendar."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime, QTimeZone, Signal, Slot
from PySide6.QtWidgets import QDateTimeEdit

from journal.records import Moment


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
        self.setCalendarPopup(True)
        # In UTC every hour of every day exists; in this computer's zone one may not that was lived in another.
        self.setTimeZone(QTimeZone(QTimeZone.Initialization.UTC))
        locale = QLocale()
        clock = locale.timeFormat(QLocale.FormatType.ShortFormat)
        self.setDisplayFormat(f"ddd d MMM yyyy, {clock}")
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
