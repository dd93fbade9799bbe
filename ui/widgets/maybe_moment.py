"""Moments that need not be said, and days without a clock."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime, time, timezone, tzinfo
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from journal.records import Moment
from ui.theme import Theme
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP
from ui.widgets.moment_edit import DAY, MomentEdit, local_zone

_LAST = time(23, 59)


class DayEdit(MomentEdit):
    """A day. A changed one is meant from its first minute, or to its last where `last` says so."""

    def __init__(self, *, last: bool = False) -> None:
        super().__init__()
        self._last = last
        self.setDisplayFormat(DAY)

    def moment(self) -> Moment:
        before = super().moment()
        if before is self._moment:
            return before
        return day_of(self.date(), last=self._last)


def day_of(day: QDate, *, last: bool = False) -> Moment:
    """The first minute of a day here, or its last."""
    clock = _LAST if last else time()
    wall = datetime(day.year(), day.month(), day.day(), clock.hour, clock.minute)
    return Moment(wall.astimezone(), local_zone())


def beside(moment: Moment, other: Moment) -> Moment:
    """The same wall clock as `moment`, where `other` was lived: a session is told in the time of its place."""
    wall = moment.at.replace(tzinfo=None)
    zone: tzinfo | None = other.at.tzinfo
    with contextlib.suppress(KeyError, ValueError, OSError):
        named = ZoneInfo(other.zone)
        zone = named if other.zone and other.at.astimezone(named).utcoffset() == other.at.utcoffset() else zone
    offset = wall.replace(tzinfo=zone).utcoffset()
    return Moment(wall.replace(tzinfo=timezone(offset) if offset else UTC), other.zone)


class MaybeMoment(QWidget):
    """A button that asks for a moment; pressed, it is a field with a way back to "not said".

    `offer` gives the moment that the field begins with. `there`: a moment whose zone a changed one is meant in.

    Signals:
        edited(): the person changed it.
    """

    edited = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        offer: Callable[[], Moment],
        *,
        ask: str = "Say when",
        day: str = "",
        there: Callable[[], Moment] | None = None,
    ) -> None:
        """`day`: "first" or "last" minute of a day where only a day is asked for."""
        super().__init__()
        self._offer, self._there, self._given, self._read_only = offer, there, False, False
        self._shown: Moment | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP["xs"])
        self.ask = button(theme, ask, self._on_ask, kind="link", icon_name="plus")
        self.ask.setAccessibleName(f"{name}: {ask.lower()}")
        self.field = DayEdit(last=day == "last") if day else MomentEdit()
        self.field.setAccessibleName(name)
        self.field.edited.connect(self.edited)
        self.clear = tool(theme, f"{name}: not said", "x", self._on_clear)
        for made in (self.ask, self.field, self.clear):
            across.addWidget(made)
        across.addStretch(1)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_moment(None)

    def set_moment(self, moment: Moment | None) -> None:
        """Show a moment, or that none was said."""
        self._given = moment is not None
        if moment is not None:
            self._shown = moment
            self.field.set_moment(moment)
        self._arrange()

    def moment(self) -> Moment | None:
        """What was said."""
        if not self._given:
            return None
        moment = self.field.moment()
        return moment if moment is self._shown or self._there is None else beside(moment, self._there())

    def set_read_only(self, read_only: bool) -> None:
        """Only to be looked at."""
        self._read_only = read_only
        self.field.setReadOnly(read_only)
        self._arrange()

    def _arrange(self) -> None:
        self.ask.setVisible(not self._given)
        self.ask.setEnabled(not self._read_only)
        self.field.setVisible(self._given)
        self.clear.setVisible(self._given and not self._read_only)

    @Slot()
    def _on_ask(self) -> None:
        self.set_moment(self._offer())
        self.field.setFocus()
        self.edited.emit()

    @Slot()
    def _on_clear(self) -> None:
        self.set_moment(None)
        self.ask.setFocus()
        self.edited.emit()
