"""Whoever goes to help from the hard path, and comes back, goes on where they were."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from journal.records import Experience, HardMoment, HowHard, Moment
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import go
from tests.ui.pages.hands import entries, save, shown
from tests.ui.pages.hard_hands import hard, path
from tests.ui.pages.landing_hands import choose, session, step
from ui.places import Place


@pytest.fixture
def experience(qtbot, window_open) -> str:
    at = session(qtbot, window_open)
    record = Experience(at=Moment(NOW), title="The corridor", text="a door that would not open", session=at)
    return save(qtbot, window_open, record)


def test_back_from_help_it_is_the_same_note(qtbot, window_open, experience):
    page = path(qtbot, window_open, eids=(experience,))
    choose(qtbot, window_open, page, "Very")
    qtbot.keyClicks(page.note, "all at once")
    go(qtbot, window_open, Place("help"))
    window_open.stack.back()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "hard"
    assert page.note.value() == "all at once"
    choose(qtbot, window_open, page, "A bit")
    quiet(qtbot, window_open.context.tasks)
    assert (hard(qtbot, window_open).how, hard(qtbot, window_open).note) == (HowHard.BIT, "all at once")


def test_back_from_help_one_goes_on_where_one_was_and_what_comes_after_the_end_is_another_note(
    qtbot, window_open, experience
):
    page = path(qtbot, window_open, eids=(experience,))
    choose(qtbot, window_open, page, "Very")
    while page._step != "end":
        step(qtbot, window_open, page)
    shown(page, "People to turn to").click()
    quiet(qtbot, window_open.context.tasks)
    window_open.stack.back()
    quiet(qtbot, window_open.context.tasks)
    assert (window_open.stack.place.name, page._step) == ("hard", "end")
    page.next.click()
    quiet(qtbot, window_open.context.tasks)
    page = path(qtbot, window_open, eids=(experience,))
    assert (page._step, page.choices.ticked) == ("how", "")
    choose(qtbot, window_open, page, "A bit")
    found = [one for one in entries(qtbot, window_open).values() if isinstance(one, HardMoment)]
    assert sorted(one.how.value for one in found) == ["bit", "very"]


def by_help_and_back(qtbot, window, page) -> None:
    go(qtbot, window, Place("help"))
    window.stack.back()
    quiet(qtbot, window.context.tasks)
    assert window.stack.currentWidget() is page


def test_back_from_help_a_note_opened_by_itself_is_where_one_was(qtbot, window_open, experience):
    eid = save(qtbot, window_open, HardMoment(at=Moment(NOW - timedelta(days=3)), how=HowHard.VERY, entry=experience))
    page = path(qtbot, window_open, eid=eid)
    while page._step != "tell":
        step(qtbot, window_open, page)
    by_help_and_back(qtbot, window_open, page)
    assert page._step == "tell"
    page.stop.click()
    quiet(qtbot, window_open.context.tasks)
    assert path(qtbot, window_open, eid=eid)._step == "how"


def test_back_from_help_a_look_again_goes_on_where_it_was(qtbot, window_open, experience):
    asked = Moment(NOW - timedelta(days=1))
    eid = save(qtbot, window_open, HardMoment(at=Moment(NOW - timedelta(days=3)), entry=experience, ask_again=asked))
    page = path(qtbot, window_open, eid=eid)
    choose(qtbot, window_open, page, "Yes")
    step(qtbot, window_open, page)
    assert page._step == "bring"
    by_help_and_back(qtbot, window_open, page)
    assert page._step == "bring"
    step(qtbot, window_open, page, 2)
    assert page._step == "end"


def test_the_same_note_opened_much_later_begins_at_its_beginning(qtbot, window_open, clock, experience):
    eid = save(qtbot, window_open, HardMoment(at=Moment(NOW), entry=experience))
    page = path(qtbot, window_open, eid=eid)
    step(qtbot, window_open, page, 2)
    go(qtbot, window_open, Place("today"))
    clock.at = NOW + timedelta(hours=2)
    assert path(qtbot, window_open, eid=eid)._step == "how"


def test_what_is_typed_after_a_tap_is_the_note(qtbot, window_open):
    page = path(qtbot, window_open, session=session(qtbot, window_open))
    choose(qtbot, window_open, page, "Very")
    qtbot.keyClicks(QApplication.focusWidget(), "the stairs")
    assert page.note.value() == "the stairs" and page.choices.ticked == "very"
