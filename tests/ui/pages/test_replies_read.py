"""A reply as whom it came back to reads it from its file: whose it is, what it says, and how that was checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel

from journal.service import JournalService
from tests.ui.conftest import quiet
from tests.ui.hands import press
from tests.ui.pages.reply_hands import WORDS, answered, fill, on, opened, quick
from tests.ui.pages.sharing import texts
from ui.places import Place
from ui.widgets.reading import ReadingView
from ui.window import MainWindow


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)


@pytest.fixture
def mine(window_open: MainWindow, qtbot) -> MainWindow:
    """The patient's, with a session to share."""
    on(qtbot, window_open, fill)
    return window_open


def top(sheet: Any, begins: str) -> int:
    """How far down the one text stands that begins so, in px."""
    made = [(one, one.text()) for one in sheet.findChildren(QLabel)]
    made += [(one, one.toPlainText()) for one in sheet.findChildren(ReadingView)]
    (found,) = [one for one, text in made if text.startswith(begins)]
    return found.mapTo(sheet.widget(), QPoint()).y()


def test_who_answered_and_their_words_stand_first_and_the_proof_last(qtbot, mine: MainWindow, tmp_path: Path) -> None:
    path = on(qtbot, mine, answered, tmp_path / "amsel", text="Thank you for these.")
    sheet = opened(qtbot, mine, path).reply.view
    order = ("From Dr Amsel", "Made on 12", "Thank you for these.", "What is behind it?", "Made by Dr Amsel.")
    places = [top(sheet, text) for text in order]
    assert places == sorted(set(places))
    told = "\n".join(texts(sheet))
    assert "Not on this page" not in told and "Nobody watches it for emergencies." in told


def test_what_is_not_certain_stands_before_the_words(qtbot, mine: MainWindow, tmp_path: Path) -> None:
    path = on(qtbot, mine, answered, tmp_path / "amsel", known=False)
    sheet = opened(qtbot, mine, path, WORDS).reply.view
    assert "From “Dr Amsel”, not certain" in "\n".join(texts(sheet))
    assert top(sheet, "Nothing in this file proves who sent it") < top(sheet, "What is behind it?")


def test_by_keys_a_reply_is_closed_and_kept(qtbot, mine: MainWindow, tmp_path: Path) -> None:
    file = on(qtbot, mine, answered, tmp_path / "amsel")
    page = opened(qtbot, mine, file)
    press(qtbot, mine, "Esc")
    assert page.stack.currentWidget() is page._ask_page and not texts(page.reply.view)
    assert on(qtbot, mine, JournalService.replies) == ()
    page = opened(qtbot, mine, file)
    for reading in page.reply.view.findChildren(ReadingView)[:1]:
        reading.setFocus()  # also from within the words
    press(qtbot, mine, "Ctrl+Return")
    quiet(qtbot, mine.context.tasks)
    assert mine.stack.place == Place("replies", eid=on(qtbot, mine, JournalService.replies)[0].eid)
    press(qtbot, mine, "Esc")
    assert mine.stack.place == Place("review"), "back to where it was read"
