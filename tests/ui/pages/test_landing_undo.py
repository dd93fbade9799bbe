"""Undo while landing: it takes back an answer, is seen on the question, and is about nothing else."""

from __future__ import annotations

from journal.records import Person
from tests.ui.conftest import quiet
from tests.ui.hands import press
from tests.ui.pages.hands import entries, save
from tests.ui.pages.landing_hands import choose, land, session, step, write


def undo(qtbot, window) -> None:
    press(qtbot, window, "Ctrl+Z")
    quiet(qtbot, window.context.tasks)


def test_undo_is_seen_on_the_question(qtbot, window_open):
    page = land(qtbot, window_open, session(qtbot, window_open))
    write(qtbot, window_open, page, "blue")
    step(qtbot, window_open, page, 3)
    choose(qtbot, window_open, page, "A bit")
    choose(qtbot, window_open, page, "Very")
    assert (page._step, page.choices.ticked, page.next.text()) == ("hard", "very", "Go on")
    undo(qtbot, window_open)
    assert page.choices.ticked == "bit"
    assert [made.text() for made in page.choices._group.buttons() if made.isChecked()] == ["A bit"]
    assert page._soothing.isVisible()
    undo(qtbot, window_open)
    assert (page.choices.ticked, page.next.text(), page._soothing.isVisible()) == ("", "Skip", False)
    press(qtbot, window_open, "Ctrl+Shift+Z")
    quiet(qtbot, window_open.context.tasks)
    assert page.choices.ticked == "bit"
    choose(qtbot, window_open, page, "No")
    step(qtbot, window_open, page)
    choose(qtbot, window_open, page, "7")
    undo(qtbot, window_open)
    assert (page._step, page.choices.ticked) == ("mood", "")


def test_undo_while_landing_is_about_nothing_else(qtbot, window_open):
    other = save(qtbot, window_open, Person(name="Ada"))
    page = land(qtbot, window_open, session(qtbot, window_open))
    step(qtbot, window_open, page, 3)
    choose(qtbot, window_open, page, "No")
    undo(qtbot, window_open)
    undo(qtbot, window_open)
    assert other in entries(qtbot, window_open)
    assert [one.kind for one in entries(qtbot, window_open).values()].count("session") == 1


def test_undo_of_words_is_seen_where_they_stand(qtbot, window_open):
    page = land(qtbot, window_open, session(qtbot, window_open))
    write(qtbot, window_open, page, "blue")
    step(qtbot, window_open, page)
    page.back_.click()
    quiet(qtbot, window_open.context.tasks)
    page.text.set_value("")
    write(qtbot, window_open, page, "green")
    step(qtbot, window_open, page)
    write(qtbot, window_open, page, "a lamp")
    page.next.setFocus()  # with the focus in the field, undo would be about what is typed in it
    undo(qtbot, window_open)
    assert page.text.value() == "a lamp"  # what is typed here stays
    page.back_.click()
    quiet(qtbot, window_open.context.tasks)
    assert page.text.value() == "blue"
