"""Whether some things rest, as the window knows it: a calm page is shown in their place, until they do no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from journal.change import Change
from journal.errors import JournalError, Resting
from ui.places import Place

if TYPE_CHECKING:
    from journal.service import JournalService
    from ui.window import MainWindow

# Actions of the menus that rest.
RESTS = ("export", "change-password", "new-words", "rotate")


class Rest(QObject):
    """Asks the journal when it is opened and whenever a landing or a choice changed. The journal itself refuses
    whatever would get past it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._tasks = window, window.context.tasks
        self._asked = False
        window.stack.moved.connect(self._on_moved)
        self._tasks.changed.connect(self._on_changed)
        self._tasks.refused.connect(self._on_refused)

    def guard(self, name: str, handler: Callable[..., Any]) -> Callable[..., None]:
        """The handler of an action that may rest."""
        return partial(self._on_action, name, handler)

    def _on_action(self, name: str, handler: Callable[..., Any], _on: bool = False) -> None:
        if self._window.stack.resting:
            self._window.stack.go(Place("resting", kind=name))
        else:
            handler()

    @Slot(object)
    def _on_moved(self, _place: Place) -> None:
        if not self._asked:
            self._asked = True
            self._ask()

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.touches("landing", "settings"):
            self._ask()

    def _ask(self) -> None:
        self._tasks.ask(_resting, self._on_answer, self._on_no_answer, quietly=True)

    def _on_answer(self, until: datetime | None) -> None:
        self._window.stack.resting = until is not None

    def _on_no_answer(self, _error: JournalError) -> None:
        return None

    @Slot(object)
    def _on_refused(self, error: JournalError) -> None:
        if isinstance(error, Resting):
            QTimer.singleShot(0, self._show)  # after whoever asked has said that nothing was changed

    @Slot()
    def _show(self) -> None:
        stack = self._window.stack
        if self._tasks.is_open and not self._window.leaving.under_way and stack.place != Place("resting"):
            stack.go(Place("resting"))


def _resting(service: JournalService) -> datetime | None:
    return service.resting()
