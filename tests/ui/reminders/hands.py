"""What the tests of reminders do: choose settings, touch the window, let the clock go on."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from journal.clock import FixedClock
from journal.service import JournalService
from tests.ui.conftest import quiet
from tests.ui.hands import ask
from ui.tray import Tray
from ui.window import MainWindow

HOUR = timedelta(hours=1)


class FakeTray(Tray):
    """A desktop with a tray: what was shown on it. `gone` takes it away."""

    def __init__(self) -> None:
        super().__init__()
        self.gone = self.shown = False
        self.told = 0

    @property
    def is_there(self) -> bool:
        return not self.gone

    def show(self) -> None:
        self.shown = True

    def hide(self) -> None:
        self.shown = False

    def tell(self) -> None:
        self.told += 1


class Handed:
    """Stands for the process that locking becomes: what it was given."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.how: dict[str, Any] | None = None

    def __call__(self, path: Path | None, **how: Any) -> None:
        self.path, self.how = path, how


def wish(qtbot, window: MainWindow, **changes: object) -> None:
    """Choose settings, as Preferences do."""
    old = ask(qtbot, window, JournalService.settings)
    op = partial(JournalService.save_settings, settings=msgspec.structs.replace(old, **changes))
    ask(qtbot, window, op)
    quiet(qtbot, window.context.tasks)


def save(qtbot, window: MainWindow, record: object) -> str:
    eid = ask(qtbot, window, partial(JournalService.save, record=record)).eid
    quiet(qtbot, window.context.tasks)
    return eid


def untouched(window: MainWindow) -> None:
    """Nobody touched the window for a while."""
    window.idle._touched = tuple(at - 600 for at in window.idle._now())


def touch() -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(QApplication.instance(), event)


def look(window: MainWindow, clock: FixedClock, at: datetime) -> None:
    """The clock goes on, and the window looks at it."""
    clock.at = at
    window.commands.reminders.timer.timeout.emit()
