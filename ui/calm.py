"""Landing mode: a dim warm light, and nothing in reach but going back, the night, the lock and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QPushButton

from ui.appearance import stored_scheme
from ui.places import Place
from ui.theme import Scheme
from ui.widgets.buttons import button

if TYPE_CHECKING:
    from journal.service import JournalService
    from ui.window import MainWindow

# What stays possible by its keys. The menus are out of sight.
_REACHABLE = frozenset({"back", "lock", "quit", "help", "undo", "redo", "larger", "smaller", "normal", "full-screen"})
_FROM_THERE = frozenset({"help", "hard", "resting"})  # seen in the same light by whoever comes from landing


class Calm(QObject):
    """Watches where one is. `on`: landing mode is on."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._theme = window, window.context.theme
        self.on = False
        self._came_dim = self._theme.choice is Scheme.LANDING  # locked while landing
        self._bright: Scheme | None = None
        self.way_back: QPushButton | None = None
        window.stack.moved.connect(self._on_moved)

    @property
    def how(self) -> dict[str, bool]:
        """How the process after this one shall begin: without a bright screen, where this one had none."""
        return {"dim": True} if self.on else {}

    @Slot(object)
    def _on_moved(self, place: Place) -> None:
        if self._came_dim:
            self._came_dim = False
            self._bright = stored_scheme(self._window.context.settings)
            self._window.context.tasks.ask(_to_go_on, self._on_to_go_on, self._on_nothing)
            return
        self._set(place.name == "landing" or (self.on and place.name in _FROM_THERE))
        self._show_way_back(self.on and place.name in ("help", "resting"))

    def _show_way_back(self, wanted: bool) -> None:
        """From help, or what rests, back to landing, for there is no rail to go by."""
        if wanted and self.way_back is None:  # late: its icon comes from a font that the first picture is without
            self.way_back = button(self._theme, "Back", self._window.stack.back, kind="calm", icon_name="arrow-left")
            self._window.above.insertWidget(0, self.way_back, 0, Qt.AlignmentFlag.AlignLeft)
        if self.way_back is not None:
            self.way_back.setVisible(wanted)

    def _on_to_go_on(self, eid: str | None) -> None:
        if eid is not None:
            self._window.stack.go(Place("landing", eid=eid))
        if not self.on:
            self._on_nothing()

    def _on_nothing(self, _error: object = None) -> None:
        if self._bright is not None and not self.on:
            self._theme.apply(self._bright)
            self._bright = None

    def _set(self, on: bool) -> None:
        if on == self.on:
            return
        self.on = on
        window, actions = self._window, self._window.menu_actions
        actions.limit(_REACHABLE if on else None)
        for name in _REACHABLE:  # the keys of a menu that is not seen do nothing
            (window.addAction if on else window.removeAction)(actions[name])
        for part in (window.menuBar(), window.status, window.rail):
            if part is not None:
                part.setVisible(not on)
        if on:
            self._bright = self._bright or self._theme.choice
            self._theme.apply(Scheme.LANDING)
        else:
            self._on_nothing()
        window.allow()


def _to_go_on(service: JournalService) -> str | None:
    return service.landing_to_go_on()
