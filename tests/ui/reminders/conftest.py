"""A desktop with a tray of the test's own, and a window that has reminders to give."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from journal.records import Moment, Session
from tests.ui.conftest import NOW
from tests.ui.reminders.hands import HOUR, FakeTray, Handed, save, untouched, wish
from ui.window import MainWindow


@pytest.fixture
def tray() -> FakeTray:
    return FakeTray()


@pytest.fixture
def context(context: Any, tray: FakeTray) -> Any:
    return dataclasses.replace(context, tray=tray)


@pytest.fixture
def replaced() -> Any:
    handed = Handed()
    handed.append = handed  # the window's fixture calls it so
    return handed


@pytest.fixture
def reminded(qtbot, window_open: MainWindow) -> MainWindow:
    """A window with reminders on, one hour after a session, and nobody at the keyboard."""
    wish(qtbot, window_open, reminders=True)
    save(qtbot, window_open, Session(starts=Moment(NOW - HOUR), happened=True))
    untouched(window_open)
    return window_open


@pytest.fixture
def locked(window: MainWindow, tmp_path: Path) -> MainWindow:
    """The window of the process after: it stands before a closed journal, and was handed two times."""
    window.offer(tmp_path / "journal.vault")
    window.commands.reminders.take_over([NOW + 2 * HOUR], [NOW - 2 * HOUR])
    return window
