"""Where an open journal begins: at Today, or at Clients for who reads what others share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from journal.change import Change
from journal.errors import JournalError
from ui.places import Place

if TYPE_CHECKING:
    from journal.service import JournalService
    from ui.window import MainWindow

TODAY, CLIENTS = Place("today"), Place("clients")


class Home(QObject):
    """Knows the place, and has the rail in its order."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.place = TODAY
        window.context.tasks.changed.connect(self._on_changed)

    def open(self) -> None:
        """The journal is open: go there."""
        self._window.context.tasks.ask(_is_therapist, self._on_opened, self._on_failed)

    def _on_opened(self, therapist: bool) -> None:
        self._on_told(therapist)
        if self._window.stack.place is None:  # nobody went somewhere meanwhile
            self._window.stack.go(self.place)

    def _on_failed(self, error: JournalError) -> None:
        self._window.stack.go(self.place)
        self._window.show_error(error)

    def _on_told(self, therapist: bool) -> None:
        self.place = CLIENTS if therapist else TODAY
        if self._window.rail is not None:
            self._window.rail.set_therapist(therapist)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.touches("settings"):
            self._window.context.tasks.ask(_is_therapist, self._on_told)


def _is_therapist(service: JournalService) -> bool:
    return service.settings().therapist
