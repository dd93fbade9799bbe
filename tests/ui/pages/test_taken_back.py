"""What undo says, and where the focus is once a page was made anew."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from journal.records import Experience, Moment, Session, SideEffect
from journal.records import Page as JournalPage
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.hands import TODAY, save, shown
from tests.ui.pages.test_medicines import day, named
from tests.ui.pages.test_side_effects import part
from ui.places import Place
from ui.window import MainWindow

STARTS = day(-1, 10)


@pytest.fixture
def session(qtbot, window_open: MainWindow) -> str:
    """A session of yesterday."""
    return save(qtbot, window_open, Session(starts=STARTS, happened=True))


def test_undo_and_redo_say_what_went_and_what_came_back(qtbot, window_open: MainWindow, session: str) -> None:
    page = go(qtbot, window_open, Place("session", eid=session))
    part(page).chips["headache"].click()
    quiet(qtbot, window_open.context.tasks)
    assert "Headache noted" in window_open.status.text
    press(qtbot, window_open, "Ctrl+Z")
    quiet(qtbot, window_open.context.tasks)
    assert window_open.status.text == "Taken back: adding the side effect, Headache."
    press(qtbot, window_open, "Ctrl+Shift+Z")
    quiet(qtbot, window_open.context.tasks)
    assert window_open.status.text == "Done again: adding the side effect, Headache."
    page = go(qtbot, window_open, Place("medicines"))
    named(page, "Headache: gone now").click()
    quiet(qtbot, window_open.context.tasks)
    shown(page.banner, "Undo").click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.status.text == "Taken back: changing the side effect, Headache."


def test_taking_back_says_no_word_that_is_covered(qtbot, window_open: MainWindow) -> None:
    entry = Experience(at=Moment(NOW), title="The stairs", text="down", covered=True, cover="Stone")
    save(qtbot, window_open, entry)
    go(qtbot, window_open, TODAY)
    press(qtbot, window_open, "Ctrl+Z")
    quiet(qtbot, window_open.context.tasks)
    assert window_open.status.text == "Taken back: adding the experience, Stone."
    for _ in range(2):  # and then there is nothing more
        press(qtbot, window_open, "Ctrl+Z")
        quiet(qtbot, window_open.context.tasks)
    assert window_open.status.text == "There is nothing to take back."


# -- the Undo beside what is told ------------------------------------------------------------------------------------


def test_what_was_removed_comes_back_beside_a_text_that_is_being_written(qtbot, window_open: MainWindow) -> None:
    """Ctrl+Z is about the text there, so the line that tells of the removal has its own way back."""
    kept = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="the one that stays"))
    gone = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="the one that goes"))
    page = go(qtbot, window_open, Place("write", eid=kept))
    go(qtbot, window_open, Place("write", eid=gone))
    page.desk.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert page.editor.content()[0] == "the one that stays"
    assert window_open.status.text == "Removed."
    qtbot.keyClicks(page.editor, "and ")
    press(qtbot, window_open, "Ctrl+Z")
    quiet(qtbot, window_open.context.tasks)
    assert page.editor.content()[0] == "the one that stays"
    assert ask(qtbot, window_open, partial(JournalService.find, eid=gone)) is None
    window_open.status.undo.click()
    quiet(qtbot, window_open.context.tasks)
    assert ask(qtbot, window_open, partial(JournalService.get, eid=gone)).record.text == "the one that goes"
    assert window_open.status.text.startswith("Taken back: removing the journal page")
    assert not window_open.status.undo.isVisible()


def test_an_undo_goes_once_something_else_was_done(qtbot, window_open: MainWindow) -> None:
    """It would take back that, and not what it stands beside."""
    eid = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="one"))
    page = go(qtbot, window_open, Place("write", eid=eid))
    page.desk.remove.click()
    quiet(qtbot, window_open.context.tasks)
    window_open.banner.show_note("1 entry was brought back.", actions=[("Undo", window_open.commands.take_back)])
    assert window_open.status.undo.isVisible()
    save(qtbot, window_open, JournalPage(at=Moment(NOW), text="two"))
    assert window_open.status.text == "Removed." and not window_open.status.undo.isVisible()
    assert not window_open.banner.isVisible()


# -- the focus -----------------------------------------------------------------------------------------------------


def named_in_focus() -> str:
    focus = QApplication.focusWidget()
    return "" if focus is None else focus.accessibleName() or focus.text()


@pytest.mark.parametrize("place", ["session", "medicines"])
def test_gone_now_leaves_the_focus_where_it_was(qtbot, window_open: MainWindow, session: str, place: str) -> None:
    for what in ("nausea", "headache", "tired"):
        save(qtbot, window_open, SideEffect(what=what, began=STARTS, session=session))
    page = go(qtbot, window_open, Place(place, eid=session if place == "session" else None))
    made = named(page, "Headache: gone now")
    made.setFocus()
    made.click()
    quiet(qtbot, window_open.context.tasks)
    at = QApplication.focusWidget()
    assert isinstance(at, QPushButton) and at.isVisible()
    assert place == "medicines" or named_in_focus() == "Headache: not gone after all"


def test_a_new_commitment_has_the_focus_once_it_is_saved(qtbot, window_open: MainWindow, session: str) -> None:
    page = go(qtbot, window_open, Place("session", eid=session))
    made = shown(page, "Write a commitment")
    made.setFocus()
    made.click()
    quiet(qtbot, window_open.context.tasks)
    form = window_open.stack.currentWidget()
    qtbot.keyClicks(form.text, "walk")
    press(qtbot, window_open, "Ctrl+S")
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is page
    assert named_in_focus() == "Open: walk"
