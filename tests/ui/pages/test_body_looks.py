"""Pages of medicines, side effects, questions and commitments, full, in every size and scheme: all can be read."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from journal.records import Commitment, Medicine, Outcome, Question, Record, SideEffect, StepKind, Strength, Whom
from journal.service import JournalService
from tests.ui.conftest import quiet
from tests.ui.hands import ask, go
from tests.ui.pages.conftest import Course
from tests.ui.pages.test_looks import LOOKS
from tests.ui.pages.test_medicines import day, step
from ui import audit
from ui.places import Place
from ui.theme import Scheme, Theme

LONG = "a word after another, as people say it when somebody has time to listen to all of it"


def filled(qtbot, course: Course) -> dict[str, Place]:
    """Write long and short things of each kind; the pages that show them."""
    session = course.ids.sessions[2]
    records: dict[str, Record] = {
        "edit-medicine": Medicine(
            name=f"Sertraline, {LONG}", sort=LONG, reason=LONG, as_needed=True, notes=LONG,
            steps=(step(StepKind.START, -300, LONG), step(StepKind.CHANGE, -20, "two"), step(StepKind.STOP, -2)),
        ),
        "edit-side-effect": SideEffect(
            what=f"a hum, {LONG}", began=day(-25), strength=Strength.MILD, note=LONG, session=session
        ),
        "edit-question": Question(text=LONG, made=day(-3), whom=Whom.THERAPY, asked=day(-1), answer=LONG),
        "edit-commitment": Commitment(
            text=LONG, begins=day(-8), where=LONG, who=LONG, session=session, outcome=Outcome.PART, note=LONG
        ),
    }  # fmt: skip
    found = {}
    for name, record in records.items():
        eid = ask(qtbot, course.window, partial(JournalService.save, record=record)).eid
        found[name] = Place(name, eid=eid)
    more = [
        Medicine(name="A name"), Medicine(name="Now", steps=(step(StepKind.START, -90, "one"),)),
        SideEffect(what="nausea", began=day(-25), gone=day(-24), session=session),
        Question(text="Is it?", made=day(-1)),
    ]  # fmt: skip
    ask(qtbot, course.window, partial(JournalService.save_many, records=more))
    return {
        **found,
        "medicines": Place("medicines"),
        "questions": Place("questions"),
        "session": Place("session", eid=session),
        "new medicine": Place("edit-medicine"),
        "new side effect": Place("edit-side-effect"),
        "new question": Place("edit-question"),
        "new commitment": Place("edit-commitment"),
    }


@pytest.mark.parametrize(
    ("scheme", "scale", "size"),
    [*LOOKS, (Scheme.LIGHT, 100, (480, 720))],
    ids=["light", "dark 200", "small", "large", "narrow"],
)
def test_nothing_is_clipped_covered_or_nameless(
    qtbot, course: Course, theme: Theme, scheme: Scheme, scale: int, size: tuple[int, int]
) -> None:
    places = filled(qtbot, course)
    theme.apply(scheme, scale)
    course.window.resize(*size)
    found: dict[str, set[str]] = {}
    for name, place in places.items():
        page = go(qtbot, course.window, place)
        if name == "medicines":
            page.as_table.click()
            found["table"] = look(qtbot, course, page)
            page.as_table.click()
        found[name] = look(qtbot, course, page)
    assert {name: faults for name, faults in found.items() if faults} == {}


def look(qtbot, course: Course, page) -> set[str]:
    """What is wrong anywhere on a page, from its top to its end."""
    bar = page._column.verticalScrollBar()
    faults: set[str] = set()
    bar.setValue(0)
    while True:
        for _ in range(3):
            quiet(qtbot, course.window.context.tasks)
            QApplication.processEvents()
        faults |= set(audit.faults(course.window))
        if bar.value() >= bar.maximum():
            return faults
        bar.setValue(bar.value() + max(1, round(bar.pageStep() * 0.8)))


def test_another_size_while_looking_leaves_no_trace(qtbot, course: Course, theme: Theme) -> None:
    places = filled(qtbot, course)
    for name in ("medicines", "questions", "session", "edit-medicine"):
        for looks in (LOOKS[0], LOOKS[3], LOOKS[0]):
            theme.apply(*looks[:2])
            course.window.resize(*looks[2])
            page = go(qtbot, course.window, places[name])
            assert look(qtbot, course, page) == set(), (name, looks)
