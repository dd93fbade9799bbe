"""What is written finds its session, is never overwritten by a slow answer, and undo never takes an entry unseen."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from journal.records import Experience, Intention, Moment, Session
from journal.records import Page as JournalPage
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from ui.places import Place
from ui.theme import Scheme
from ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def busy(window_open: MainWindow):
    """The journal has something else to do until `busy.set()`."""
    gate = threading.Event()
    window_open.context.tasks.run(gate.wait)
    yield gate
    gate.set()


def session(qtbot, window: MainWindow, days: float, *, happened: bool = True) -> str:
    record = Session(starts=Moment(NOW + timedelta(days=days)), happened=happened)
    return ask(qtbot, window, partial(JournalService.save, record=record)).eid


def test_what_is_typed_before_the_journal_answers_is_kept(qtbot, window_open: MainWindow, busy) -> None:
    window_open.stack.go(Place("write", kind="experience"))
    page = window_open.stack.currentWidget()
    QTest.keyClicks(page.editor, "before the answer")
    busy.set()
    quiet(qtbot, window_open.context.tasks)
    assert page.editor.toPlainText() == "before the answer"
    page.sealing.pause.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    (draft,) = ask(qtbot, window_open, JournalService.drafts)
    assert draft.record.text == "before the answer"


def test_a_new_page_never_shows_the_old_text(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("write", kind="page"))
    QTest.keyClicks(page.editor, "private and old")
    go(qtbot, window_open, Place("today"))
    gate = threading.Event()
    window_open.context.tasks.run(gate.wait)
    window_open.stack.go(Place("write", kind="experience"))
    assert page.editor.toPlainText() == ""
    gate.set()
    quiet(qtbot, window_open.context.tasks)
    assert page.editor.toPlainText() == ""


def test_an_entry_on_its_way_takes_no_keys(qtbot, window_open: MainWindow) -> None:
    record = JournalPage(at=Moment(NOW), text="as it is")
    eid = ask(qtbot, window_open, partial(JournalService.save, record=record)).eid
    gate = threading.Event()
    window_open.context.tasks.run(gate.wait)
    window_open.stack.go(Place("write", eid=eid, kind="page"))
    page = window_open.stack.currentWidget()
    QTest.keyClicks(page.editor, "lost?")
    gate.set()
    quiet(qtbot, window_open.context.tasks)
    assert page.editor.toPlainText() == "as it is"
    QTest.keyClicks(page.editor, ", now")
    assert page.editor.toPlainText() == "as it is, now"


def test_a_form_on_its_way_takes_no_keys(qtbot, window_open: MainWindow, busy) -> None:
    window_open.stack.go(Place("edit-session"))
    page = window_open.stack.currentWidget()
    QTest.keyClicks(page.dose, "lost?")
    busy.set()
    quiet(qtbot, window_open.context.tasks)
    assert page.dose.text() == ""
    assert page.dose.isEnabled()


def test_an_experience_from_the_menu_belongs_to_the_last_session(qtbot, window_open: MainWindow) -> None:
    older, last = session(qtbot, window_open, -9), session(qtbot, window_open, -0.1)
    coming = session(qtbot, window_open, 3, happened=False)
    for kind, wanted in (("experience", last), ("integration", last), ("intention", coming)):
        page = go(qtbot, window_open, Place("write", kind=kind))
        QTest.keyClicks(page.editor, kind)
        QTest.keyClick(page.editor, Qt.Key.Key_S, CTRL)
        quiet(qtbot, window_open.context.tasks)
        view = ask(qtbot, window_open, partial(JournalService.session, eid=wanted))
        found = {"experience": view.experiences, "integration": view.notes, "intention": view.intentions}[kind]
        assert [item.record.text for item in found] == [kind]
    assert older is not None


def test_another_session_or_none_can_be_chosen(qtbot, window_open: MainWindow) -> None:
    first = session(qtbot, window_open, -9)
    session(qtbot, window_open, -1)
    page = go(qtbot, window_open, Place("write", kind="experience"))
    page.editor.insertPlainText("of the first")
    choice = page.desk.session
    choice.setCurrentIndex(choice.findData(first))
    choice.activated.emit(choice.currentIndex())
    QTest.keyClick(page.editor, Qt.Key.Key_S, CTRL)
    quiet(qtbot, window_open.context.tasks)
    view = ask(qtbot, window_open, partial(JournalService.session, eid=first))
    assert [item.record.text for item in view.experiences] == ["of the first"]


def test_an_intention_written_before_there_was_a_session_is_offered_to_it(qtbot, window_open: MainWindow) -> None:
    at = Moment(NOW - timedelta(days=1))
    loose = ask(qtbot, window_open, partial(JournalService.save, record=Intention(at=at, text="to arrive"))).eid
    eid = session(qtbot, window_open, 0)
    page = go(qtbot, window_open, Place("session", eid=eid))
    page._on_put_here(loose)
    quiet(qtbot, window_open.context.tasks)
    view = ask(qtbot, window_open, partial(JournalService.session, eid=eid))
    assert [item.eid for item in view.intentions] == [loose]
    assert view.loose == ()


def test_undo_after_saving_is_about_the_text(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("write", kind="page"))
    QTest.keyClicks(page.editor, "stays")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    window_open.commands._on_undo()
    quiet(qtbot, window_open.context.tasks)
    rows = ask(qtbot, window_open, JournalService.rows)
    assert [row.snippet for row in rows] == ["stays"]


def test_undo_in_an_empty_search_field_is_about_the_journal(qtbot, window_open: MainWindow) -> None:
    saved = ask(qtbot, window_open, partial(JournalService.save, record=Experience(at=Moment(NOW), text="back")))
    ask(qtbot, window_open, partial(JournalService.delete, eid=saved.eid))
    journey = go(qtbot, window_open, Place("journey"))
    journey.search.setFocus()
    window_open.commands._on_undo()
    quiet(qtbot, window_open.context.tasks)
    assert ask(qtbot, window_open, partial(JournalService.get, eid=saved.eid)).record.text == "back"


def test_another_theme_leaves_undo_as_it_is(qtbot, window_open: MainWindow, theme) -> None:
    theme.apply(Scheme.LIGHT, 100)
    page = go(qtbot, window_open, Place("write", kind="page"))
    QTest.keyClicks(page.editor, "all of it")
    page.editor.selectAll()
    QTest.keyClick(page.editor, Qt.Key.Key_Delete)
    theme.apply(Scheme.DARK, 100)
    page.editor.undo()
    assert page.editor.toPlainText() == "all of it"


def test_tags_alone_are_something(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("write", kind="integration"))
    page.desk.more.setChecked(True)
    QTest.keyClicks(page.tags.words, "sleep")
    go(qtbot, window_open, Place("today"))
    assert ask(qtbot, window_open, JournalService.tags) == (("sleep", 1),)
