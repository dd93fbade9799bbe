"""What the tests of the window do with it: ask the journal, go somewhere, press keys."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from journal.service import JournalService
from tests.ui.conftest import PASSWORD, answer, quiet
from ui.places import Place
from ui.window import MainWindow


def ask(qtbot, window: MainWindow, op) -> object:
    return answer(qtbot, partial(window.context.tasks.ask, op))


def go(qtbot, window: MainWindow, place: Place) -> QWidget:
    window.stack.go(place)
    quiet(qtbot, window.context.tasks)
    return window.stack.currentWidget()


def reopened(path: Path) -> JournalService:
    return JournalService.open(path, password=PASSWORD, state_dir=path.parent / "state")


def press(qtbot, window: MainWindow, keys: str) -> None:
    """Press keys as a person does: at whatever has the focus."""
    window.activateWindow()
    combination = QKeySequence(keys)[0]
    target = QApplication.focusWidget() or window
    qtbot.keyClick(target, combination.key(), combination.keyboardModifiers())
