"""A day, and its time where somebody knows it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QLocale

from journal.records import Moment
from ui.widgets.moment_edit import DAY, MomentEdit, local_zone

_NOON = 12  # an hour that every day has, also where the clocks change


class DayEdit(MomentEdit):
    """Shows a moment as a day only, or with its time. Left as it is, it gives back the very same moment."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = False
        self.set_whole(True)

    @property
    def whole(self) -> bool:
        """Whether only the day is known."""
        return self._whole

    def set_whole(self, whole: bool) -> None:
        """Show only the day, or its time too."""
        if whole == self._whole:
            return
        self._whole = whole
        known = self._moment if self.dateTime() == self._shown else None
        clock = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
        self._filling = True  # it shows in another way what it did before
        self.setDisplayFormat(DAY if whole else f"{DAY}, {clock}")
        self._filling = False
        if known is not None:
            self.set_moment(known)  # what is not shown any more would be lost

    def moment(self) -> Moment:
        given = super().moment()
        return noon_of(given.at) if self._whole and given is not self._moment else given


def noon_of(at: datetime) -> Moment:
    """The day of `at` on this computer, of which no time is known."""
    wall = datetime(at.year, at.month, at.day, _NOON)
    return Moment(wall.astimezone(), local_zone())
