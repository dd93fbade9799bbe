"""Every page on the sample course, looked over in both schemes, in large text, and in a small window."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from journal.service import JournalService
from tests.ui.conftest import quiet
from tests.ui.hands import ask, go
from tests.ui.pages.conftest import Course
from ui import audit
from ui.places import Place
from ui.theme import Scheme, Theme

LOOKS = (
    (Scheme.LIGHT, 100, (1120, 760)),
    (Scheme.DARK, 200, (1120, 760)),
    (Scheme.DARK, 100, (900, 600)),
    (Scheme.LIGHT, 200, (900, 600)),
)


def places(course: Course) -> dict[str, Place]:
    ids = course.ids
    return {
        "today": Place("today"),
        "journey": Place("journey"),
        "journey of sessions": Place("journey", kind="session"),
        "earlier versions": Place("history", eid=ids.course),
        "session": Place("session", eid=ids.sessions[2]),
        "session ahead": Place("session", eid=ids.following),
        "new session": Place("edit-session"),
        "edit session": Place("edit-session", eid=ids.sessions[1]),
        "course": Place("course"),
        "edit course": Place("edit-course", eid=ids.course),
        "provider": Place("edit-provider", course=ids.course),
        "costs": Place("costs"),
        "cost": Place("edit-cost"),
        "what to prepare": Place("edit-checklist"),
        "intention": Place("write", kind="intention", session=ids.following),
        "page": Place("write", kind="page"),
        "check-in": Place("check-in", session=ids.sessions[-1]),
        "charts": Place("charts"),
        "share": Place("share"),
        "ledger": Place("ledger"),
        "review": Place("review"),
        "preferences": Place("preferences"),
        "help": Place("help"),
        "crisis lines": Place("help", kind="lines"),
        "person": Place("edit-person"),
        "library": Place("library"),
        "library text": Place("library", kind="medicines"),
    }


def faults_in(qtbot, course: Course) -> list[str]:
    for _ in range(3):  # what is laid out anew moves what stands beside it
        quiet(qtbot, course.window.context.tasks)
        QApplication.processEvents()
    return audit.faults(course.window)


@pytest.mark.parametrize(("scheme", "scale", "size"), LOOKS)
def test_nothing_is_clipped_covered_or_nameless(
    qtbot, course: Course, theme: Theme, scheme: Scheme, scale: int, size: tuple[int, int]
) -> None:
    theme.apply(scheme, scale)
    course.window.resize(*size)
    found = {}
    for name, place in places(course).items():
        go(qtbot, course.window, place)
        found[name] = faults_in(qtbot, course)
    page = course.window.stack.page("charts")
    go(qtbot, course.window, Place("charts"))
    page.panel.as_table.click()
    found["chart as a table"] = faults_in(qtbot, course)
    view = ask(qtbot, course.window, partial(JournalService.session, eid=course.ids.sessions[2]))
    page = go(qtbot, course.window, Place("write", eid=view.notes[0].eid))
    found["integration note"] = faults_in(qtbot, course)
    page.find.open_bar()
    found["finding"] = faults_in(qtbot, course)
    page = go(qtbot, course.window, Place("share"))
    page.choose.model.tick(page.choose.model.index(1, 0))
    page.next.click()
    page.reader.recipient_choice.click()
    page.next.click()
    assert page.reader.problem.text()
    found["for whom"] = faults_in(qtbot, course)
    page.reader.passphrase.click()
    page.next.click()
    found["preview"] = faults_in(qtbot, course)
    assert page.stack.currentWidget() is page.preview
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("before", "after"), [(LOOKS[0], LOOKS[3]), (LOOKS[3], LOOKS[0])])
def test_changing_the_looks_while_looking_leaves_no_trace(
    qtbot, course: Course, theme: Theme, before: tuple, after: tuple
) -> None:
    found = {}
    for name in ("today", "session", "page", "charts", "share"):
        theme.apply(*before[:2])
        course.window.resize(*before[2])
        go(qtbot, course.window, places(course)[name])
        theme.apply(*after[:2])
        course.window.resize(*after[2])
        found[name] = faults_in(qtbot, course)
    assert {name: faults for name, faults in found.items() if faults} == {}
