"""On a session's page: the way into landing, and to what can be done where something was hard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.clock import in_utc
from journal.records import Session
from journal.records.path import HARD_NAMES
from journal.service.landing import landing_fits
from journal.service.views import HardSeen
from ui import words
from ui.places import Place
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label


def hard_moments(theme: Theme, found: Sequence[HardSeen], opened: Callable[..., None]) -> QWidget:
    """What was noted as hard, each with its day and its first words, or their cover. `opened` gets the note's id."""
    frame, inside = card(spacing=GAP["m"])
    inside.addWidget(label("What was hard", "heading"))
    for one in found:
        day, name = words.day_and_time(one.record.at), HARD_NAMES[one.record.how]
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(2)
        body.addWidget(label(f"{day} · {name[0].lower()}{name[1:]}", "small"))
        if one.text:
            body.addWidget(label(one.text))
        made = button(theme, "Open", partial(opened, one.eid), kind="link")
        made.setAccessibleName(f"Open: {name}, {day}")
        body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(holder)
    return frame


class SessionLanding(QWidget):
    """Two buttons: the first only while it fits, the second not for a session that lies ahead.

    Signals:
        go(Place): take the person there.
    """

    go = Signal(object)

    def __init__(self, theme: Theme, eid: str, session: Session, now: datetime) -> None:
        super().__init__()
        self._eid = eid
        flow = FlowLayout(self, spacing=GAP["s"])
        if landing_fits(session, now):
            self.land = button(theme, "Begin landing", self._on_land, icon_name="moon")
            flow.addWidget(self.land)
        if session.happened or in_utc(session.starts.at) <= in_utc(now):
            self.hard = button(theme, "This was hard", self._on_hard, kind="quiet", icon_name="cloud-rain")
            flow.addWidget(self.hard)
        if not flow.count():
            self.hide()

    @Slot()
    def _on_land(self) -> None:
        self.go.emit(Place("landing", session=self._eid))

    @Slot()
    def _on_hard(self) -> None:
        self.go.emit(Place("hard", session=self._eid))
