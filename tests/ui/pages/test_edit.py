"""The forms of a session and a course: everything kept as it was put in, nothing let go, little asked."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from journal.records import Course as CourseRecord
from journal.records import Moment, Phase, Route, Session
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.conftest import Course
from ui.places import Place
from ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def records(qtbot, window: MainWindow, kind: type) -> list:
    items = ask(qtbot, window, JournalService.items)
    return [item.record for item in items if isinstance(item.record, kind)]


def choose(box: QComboBox, data: object) -> None:
    """Choose as a person does: the box tells that it was them."""
    index = box.findData(data)
    assert index >= 0
    box.setCurrentIndex(index)
    box.activated.emit(index)


# -- a session ------------------------------------------------------------------------------------------------


def test_only_the_time_is_needed(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-session"))
    assert page.heading.text() == "A new session"
    assert page.remove.isHidden()
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, window_open.context.tasks)
    (record,) = records(qtbot, window_open, Session)
    assert (record.starts.at, record.number, record.happened) == (NOW, 1, False)
    assert (record.dose, record.setting, record.people, record.notes, record.route) == ("", "", "", "", None)
    assert window_open.stack.place.name == "session"
    assert window_open.status.text.startswith("Session saved")


def test_everything_is_kept_as_it_was_put_in(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-session"))
    qtbot.keyClicks(page.dose, "two lozenges, 100 mg?")
    qtbot.keyClicks(page.setting, " the small room ")
    qtbot.keyClicks(page.people, "Dr A.; R.")
    page.notes.setFocus()
    qtbot.keyClicks(page.notes, "a first line")
    qtbot.keyClick(page.notes, Key.Key_Return)
    qtbot.keyClicks(page.notes, "a second")
    choose(page.route, Route.SUBLINGUAL)
    page.happened.click()
    page.number.setFocus()
    page.number.selectAll()
    qtbot.keyClicks(page.number, "12")
    press(qtbot, window_open, "Ctrl+S")
    quiet(qtbot, window_open.context.tasks)
    (record,) = records(qtbot, window_open, Session)
    assert (record.dose, record.setting, record.people) == ("two lozenges, 100 mg?", " the small room ", "Dr A.; R.")
    assert record.notes == "a first line\na second"
    assert (record.route, record.happened, record.number) == (Route.SUBLINGUAL, True, 12)


def test_the_next_number_and_the_newest_course_are_offered(qtbot, course: Course) -> None:
    page = go(qtbot, course.window, Place("edit-session"))
    assert page.course.currentData() == course.ids.course
    assert page.number.value() == 8
    page.number.setValue(0)
    assert page.number.text() == "Not numbered"
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, course.window.context.tasks)
    new = [one for one in records(qtbot, course.window, Session) if one.starts.at == NOW]
    assert [one.number for one in new] == [None]


def test_looking_at_a_session_changes_nothing(qtbot, course: Course) -> None:
    eid = course.ids.sessions[1]
    page = go(qtbot, course.window, Place("edit-session", eid=eid))
    go(qtbot, course.window, Place("journey"))
    assert len(ask(qtbot, course.window, partial(JournalService.versions, eid=eid))) == 1
    page = go(qtbot, course.window, Place("edit-session", eid=eid))
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, course.window.context.tasks)
    assert len(ask(qtbot, course.window, partial(JournalService.versions, eid=eid))) == 1
    assert ask(qtbot, course.window, JournalService.drafts) == ()


def test_what_was_begun_is_kept_without_saving(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-session"))
    qtbot.keyClicks(page.dose, "half a dose")
    page.sealing.pause.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    qtbot.keyClicks(page.people, "nobody")
    go(qtbot, window_open, Place("charts"))
    (draft,) = ask(qtbot, window_open, JournalService.drafts)
    assert (draft.record.dose, draft.record.people) == ("half a dose", "nobody")
    page = go(qtbot, window_open, Place("edit-session", eid=draft.eid))
    assert (page.dose.text(), page.people.text()) == ("half a dose", "nobody")
    assert "kept for you" in page.banner.text
    assert records(qtbot, window_open, Session) == []


def test_removing_a_session_keeps_what_was_written_for_it(qtbot, course: Course) -> None:
    eid = course.ids.sessions[1]
    page = go(qtbot, course.window, Place("edit-session", eid=eid))
    qtbot.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    quiet(qtbot, course.window.context.tasks)
    assert course.window.stack.place.name == "journey"
    assert "what you wrote for it stays" in course.window.status.text
    titles = [getattr(item.record, "title", "") for item in ask(qtbot, course.window, JournalService.items)]
    assert "The house with no stairs" in titles
    course.window.stack.currentWidget().view.setFocus()
    press(qtbot, course.window, "Ctrl+Z")
    quiet(qtbot, course.window.context.tasks)
    assert ask(qtbot, course.window, partial(JournalService.find, eid=eid)) is not None


def test_a_full_disk_keeps_the_form(qtbot, window_open: MainWindow, full_disk) -> None:
    page = go(qtbot, window_open, Place("edit-session"))
    qtbot.keyClicks(page.dose, "as told")
    with full_disk():
        qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
        quiet(qtbot, window_open.context.tasks)
    assert "What was saved before is safe" in page.banner.text
    assert (page.dose.text(), page.save.isEnabled()) == ("as told", True)
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, window_open.context.tasks)
    assert [one.dose for one in records(qtbot, window_open, Session)] == ["as told"]


# -- a course -------------------------------------------------------------------------------------------------


def test_a_new_course_leads_to_its_page_from_where_a_session_is_noted(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-course"))
    qtbot.keyClicks(page.name, "Autumn")
    choose(page.phase, Phase.INDUCTION)
    page.planned.setValue(6)
    qtbot.keyClicks(page.notes, "six, then we look")
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, window_open.context.tasks)
    (record,) = records(qtbot, window_open, CourseRecord)
    assert (record.title, record.phase, record.planned) == ("Autumn", Phase.INDUCTION, 6)
    assert record.notes == "six, then we look"
    assert window_open.stack.place.name == "course"
    form = go(qtbot, window_open, Place("edit-session"))
    assert form.course.currentText() == "Autumn"


def test_a_course_needs_no_name_and_no_number(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-course"))
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, window_open.context.tasks)
    (record,) = records(qtbot, window_open, CourseRecord)
    assert (record.title, record.planned) == ("", None)
    form = go(qtbot, window_open, Place("edit-session"))
    assert form.course.currentText() == "A course without a name"


def test_a_course_changed_and_removed_keeps_its_sessions(qtbot, course: Course) -> None:
    page = go(qtbot, course.window, Place("edit-course", eid=course.ids.course))
    assert page.name.text() == "Autumn"
    page.name.selectAll()
    qtbot.keyClicks(page.name, "Winter")
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, course.window.context.tasks)
    assert [one.title for one in records(qtbot, course.window, CourseRecord)] == ["Winter"]
    page = go(qtbot, course.window, Place("edit-course", eid=course.ids.course))
    qtbot.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    quiet(qtbot, course.window.context.tasks)
    assert records(qtbot, course.window, CourseRecord) == []
    assert len(records(qtbot, course.window, Session)) == 7


def test_a_course_made_from_a_session_s_form_loses_nothing(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-session"))
    qtbot.keyClicks(page.dose, "told before the course was there")
    choose(page.course, "new")
    quiet(qtbot, window_open.context.tasks)
    form = window_open.stack.currentWidget()
    assert window_open.stack.place.name == "edit-course"
    qtbot.keyClicks(form.name, "Spring")
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, window_open.context.tasks)
    begun = [draft.record for draft in ask(qtbot, window_open, JournalService.drafts)]
    assert [one.dose for one in begun if isinstance(one, Session)] == ["told before the course was there"]


@pytest.mark.parametrize("name", ["edit-session", "edit-course"])
def test_the_limits_of_a_line_are_kept_while_typing(qtbot, window_open: MainWindow, name: str) -> None:
    page = go(qtbot, window_open, Place(name))
    field = page.dose if name == "edit-session" else page.name
    field.setText("x" * 499)
    qtbot.keyClicks(field, "yz")
    assert field.text() == "x" * 499 + "y"
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, window_open.context.tasks)
    kind = Session if name == "edit-session" else CourseRecord
    (record,) = records(qtbot, window_open, kind)
    assert (record.dose if kind is Session else record.title) == "x" * 499 + "y"


def test_an_unfinished_course_is_shown_as_it_was_left(qtbot, window_open: MainWindow) -> None:
    record = CourseRecord(title="as saved", started=Moment(NOW))
    eid = ask(qtbot, window_open, partial(JournalService.save, record=record)).eid
    page = go(qtbot, window_open, Place("edit-course", eid=eid))
    qtbot.keyClicks(page.notes, "begun")
    go(qtbot, window_open, Place("charts"))
    page = go(qtbot, window_open, Place("edit-course", eid=eid))
    assert page.notes.toPlainText() == "begun"
    assert page.name.text() == "as saved"
    qtbot.keyClick(page.notes, Key.Key_S, CTRL)
    quiet(qtbot, window_open.context.tasks)
    assert [one.notes for one in records(qtbot, window_open, CourseRecord)] == ["begun"]
