"""On a session's page: the way into landing, and to what can be done where something was hard."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from journal.clock import in_utc
from journal.records import Session
from journal.service.landing import landing_fits
from ui.places import Place
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.flow import FlowLayout


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
