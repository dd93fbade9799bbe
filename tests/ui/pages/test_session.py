"""One session from before to after, with its intention in sight."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from journal.records import CheckIn, Moment, Session
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.conftest import Course
from ui.pages.session import SessionPage
from ui.places import Place
from ui.widgets.reading import ReadingView
from ui.window import MainWindow


def texts(widget: QWidget) -> list[str]:
    found = [made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget)]
    return found + [view.toPlainText() for view in widget.findChildren(ReadingView) if view.isVisibleTo(widget)]


def buttons(widget: QWidget) -> dict[str, QPushButton]:
    return {made.text(): made for made in widget.findChildren(QPushButton) if made.isVisibleTo(widget)}


@pytest.fixture
def page(qtbot, course: Course) -> SessionPage:
    """The third session, in a window wide enough for two columns."""
    course.window.resize(1240, 820)
    return go(qtbot, course.window, Place("session", eid=course.ids.sessions[2]))


def test_each_thing_stands_in_its_part(page: SessionPage) -> None:
    parts = page._sections
    assert list(parts) == ["Before", "During", "After", "Integration"]
    assert "My father's coat" in texts(parts["Before"])
    during = texts(parts["During"])
    assert "0.75 mg/kg, as told" in during and "Intramuscular (IM)" in during
    assert "Dr Amsel, a nurse called Ilse" in during
    assert any("I saw the hook." in text for text in texts(parts["After"]))
    assert "Weather, not furniture" in texts(parts["Integration"])
    assert any("the man at the church" in text for text in texts(parts["Integration"]))


def test_the_intention_stays_beside_the_rest_where_there_is_room(qtbot, course: Course, page: SessionPage) -> None:
    assert page._side.isVisible()
    assert any("that I have not been able to give away" in text for text in texts(page._side))
    page.jump("Integration")
    assert page._side.isVisible()
    course.window.resize(900, 600)
    quiet(qtbot, page.context.tasks)
    assert page._side.isHidden()


def test_check_ins_are_told_by_their_distance_and_blanks_are_dashes(page: SessionPage) -> None:
    after = page._sections["After"]
    told = texts(after)
    assert told.count("before") == 1
    assert {"5 h", "1 day", "3 days"} <= set(told)
    assert "–" in told  # nobody asks for last night's sleep four hours after
    named = [made.accessibleName() for made in after.findChildren(QLabel)]
    assert "Sleep last night: no answer" in named


@pytest.mark.parametrize("name", ["Before", "During", "After", "Integration"])
def test_the_jumps_lead_to_their_parts(qtbot, page: SessionPage, name: str) -> None:
    bar = page._column.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qtbot.mouseClick(buttons(page)[name], Qt.MouseButton.LeftButton)
    section = page._sections[name]
    top = section.mapTo(page._column.viewport(), section.rect().topLeft()).y()
    assert abs(top) <= 2 or bar.value() == bar.maximum()


def test_from_session_to_session_by_keys_and_buttons(qtbot, course: Course, page: SessionPage) -> None:
    window = course.window
    press(qtbot, window, "Alt+Down")
    quiet(qtbot, window.context.tasks)
    assert window.stack.place.eid == course.ids.sessions[3]
    press(qtbot, window, "Alt+Up")
    quiet(qtbot, window.context.tasks)
    assert window.stack.place.eid == course.ids.sessions[2]
    go(qtbot, window, Place("session", eid=course.ids.sessions[0]))
    assert not page.before.isEnabled()
    go(qtbot, window, Place("session", eid=course.ids.following))
    assert not page.after.isEnabled()
    qtbot.mouseClick(page.before, Qt.MouseButton.LeftButton)
    assert window.stack.place.eid == course.ids.sessions[5]


def test_a_session_ahead_shows_what_could_be_written(qtbot, course: Course) -> None:
    page = go(qtbot, course.window, Place("session", eid=course.ids.following))
    assert any("planned" in text for text in texts(page))
    assert {"Write an intention", "Write about it", "Write an integration note", "Check in"} <= set(buttons(page))
    assert page._side.isHidden()
    qtbot.mouseClick(buttons(page)["Write an intention"], Qt.MouseButton.LeftButton)
    quiet(qtbot, course.window.context.tasks)
    write = course.window.stack.currentWidget()
    qtbot.keyClicks(write.editor, "to listen")
    press(qtbot, course.window, "Esc")
    quiet(qtbot, course.window.context.tasks)
    assert "to listen" in texts(page._sections["Before"])
    assert "Write an intention" not in buttons(page)


def test_an_entry_is_gone_on_with_from_here(qtbot, course: Course, page: SessionPage) -> None:
    edit = next(
        made for made in page._sections["Before"].findChildren(QToolButton) if "Go on" in made.accessibleName()
    )
    assert edit.accessibleName() == "Go on writing: My father's coat"
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    quiet(qtbot, course.window.context.tasks)
    assert course.window.stack.currentWidget().heading.text() == "My father's coat"


def test_checking_in_and_changing_the_session_from_here(qtbot, course: Course, page: SessionPage) -> None:
    qtbot.mouseClick(buttons(page)["Check in"], Qt.MouseButton.LeftButton)
    quiet(qtbot, course.window.context.tasks)
    assert course.window.stack.currentWidget().session.currentData() == course.ids.sessions[2]
    go(qtbot, course.window, Place("session", eid=course.ids.sessions[2]))
    qtbot.mouseClick(buttons(page)["Change"], Qt.MouseButton.LeftButton)
    quiet(qtbot, course.window.context.tasks)
    form = course.window.stack.currentWidget()
    assert form.dose.text() == "0.75 mg/kg, as told"


def test_a_change_keeps_the_place_one_was_reading_at(qtbot, course: Course, page: SessionPage) -> None:
    page.jump("After")
    place = page._column.verticalScrollBar().value()
    assert place > 0
    record = CheckIn(at=Moment(NOW), mood=5)
    ask(qtbot, course.window, partial(JournalService.save, record=record))
    quiet(qtbot, course.window.context.tasks)
    assert page._column.verticalScrollBar().value() == place


def test_what_was_not_said_takes_no_room(qtbot, window_open: MainWindow) -> None:
    record = Session(starts=Moment(NOW), happened=True)
    eid = ask(qtbot, window_open, partial(JournalService.save, record=record)).eid
    page = go(qtbot, window_open, Place("session", eid=eid))
    told = texts(page._sections["During"])
    assert not {"How it was given", "Dose, as told", "Where", "Who was there", "Notes"} & set(told)
    assert "Session 1" in texts(page)


def test_a_session_that_is_gone_says_so(qtbot, course: Course, page: SessionPage) -> None:
    ask(qtbot, course.window, partial(JournalService.delete, eid=course.ids.sessions[2]))
    quiet(qtbot, course.window.context.tasks)
    assert "not in the journal any more" in page.banner.text
    go(qtbot, course.window, Place("session", eid=course.ids.sessions[0]))
    assert page.banner.text == ""
    go(qtbot, course.window, Place("session", eid=course.ids.sessions[2]))
    assert "not in the journal any more" in page.banner.text
    assert buttons(page).keys() == {"Before", "During", "After", "Integration"}
    press(qtbot, course.window, "Alt+Down")
    assert course.window.stack.place.eid == course.ids.sessions[2]
    course.window.menu_actions["undo"].trigger()
    quiet(qtbot, course.window.context.tasks)
    assert "My father's coat" in texts(page._sections["Before"])
    assert page.banner.text == ""
