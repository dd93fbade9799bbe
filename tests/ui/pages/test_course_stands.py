"""What a course says of where it stands, and its line of time, from left to right and from right to left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from journal.records import CoursePhase, Phase, Session
from tests.ui.conftest import quiet
from tests.ui.hands import go
from tests.ui.pages.hands import save
from tests.ui.pages.test_course import INDUCTION, course, days, texts
from ui import words
from ui.places import Place
from ui.widgets.timeline import StretchView
from ui.window import MainWindow


def test_a_phase_that_lies_ahead_is_told_from_its_day_and_the_whole_course_has_its_number(
    qtbot, window_open: MainWindow
) -> None:
    now, later = days(-9), days(21)
    first, second = CoursePhase(kind=INDUCTION, started=now, planned=2), CoursePhase(kind=Phase.PAUSE, started=later)
    eid = course(qtbot, window_open, first, second, planned=6)
    for day in (-8, -1):
        save(qtbot, window_open, Session(starts=days(day), happened=True, course=eid))
    said = texts(go(qtbot, window_open, Place("course")))
    assert any("2 of 2 planned" in text for text in said)
    assert "In the whole course: 2 of 6 planned" in said
    assert any(f"from {words.day_short(later)}" in text for text in said)
    assert not any(f"since {words.day_short(later)}" in text for text in said)


def test_a_new_course_leads_to_its_page_and_to_a_session_only_where_it_was_made_for_one(
    qtbot, window_open: MainWindow
) -> None:
    form = go(qtbot, window_open, Place("edit-course"))
    qtbot.keyClicks(form.name, "Autumn")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "course"
    assert "Autumn" in texts(window_open.stack.currentWidget())


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_line_of_time_runs_beside_what_is_read(qtbot, window_open: MainWindow, direction) -> None:
    eid = course(qtbot, window_open, CoursePhase(kind=INDUCTION, started=days(-9)))
    save(qtbot, window_open, Session(starts=days(-8), happened=True, course=eid, number=1))
    window_open.setLayoutDirection(direction)
    page = go(qtbot, window_open, Place("course"))
    (view,) = page.findChildren(StretchView)
    room = view.rect().width() - 20 if direction is Qt.LayoutDirection.RightToLeft else 20
    for made in view.findChildren(QWidget):
        assert not made.geometry().left() < room < made.geometry().right() or not made.isVisible()
