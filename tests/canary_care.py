"""What the person of tests/canary_driver.py types about a course: its phases, the day of a session, who is part of
it, what it costs, what to prepare. A word of its own into every field; numbers where only numbers go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ui.places import Place

WORDS = (
    "course_target", "phase_name", "session_arriving", "session_support", "session_ride", "session_told",
    "session_prepared", "session_second", "provider_name", "provider_place", "provider_reach", "provider_notes",
    "cost_what", "cost_notes", "checklist_line",
)  # fmt: skip


def course(person: Any, page: Any) -> None:
    """The form of a course, besides its name and notes."""
    person.type(page.targets.own, person.words["course_target"])
    page.phases.add.click()
    person.type(page.phases.parts[0].name, person.words["phase_name"])


def session(person: Any, page: Any) -> None:
    """The form of a session, besides what was always asked."""
    for fold in page.folds.values():
        fold.set_open(True)
    for name in ("arriving", "support", "ride", "told", "prepared"):
        person.type(getattr(page, name), person.words[f"session_{name}"])
    person.type(page.second_dose, person.words["session_second"])
    for fields in page.vitals.fields.values():
        for field in fields.values():
            person.type(field, "72")


def beside(person: Any) -> Iterator[Any]:
    """Who is part of it, what it costs, what to prepare."""
    yield from person.go(Place("course"))
    person.look("course")
    page = yield from person.go(Place("edit-provider"))
    for field, name in ((page.name, "name"), (page.where, "place"), (page.reach, "reach"), (page.notes, "notes")):
        person.type(field, person.words[f"provider_{name}"])
    yield from _saved(person, page, "edit-provider")
    page = yield from person.go(Place("edit-cost"))
    person.type(page.what, person.words["cost_what"])
    person.type(page.notes, person.words["cost_notes"])
    for field in (page.amount, page.covered):
        person.type(field, "350")
    yield from _saved(person, page, "edit-cost")
    yield from person.go(Place("costs"))
    page = yield from person.go(Place("edit-checklist"))
    person.type(page.lines_of, person.words["checklist_line"])
    yield from _saved(person, page, "edit-checklist")


def _saved(person: Any, page: Any, name: str) -> Iterator[Any]:
    person.look(name)
    page.save.click()
    yield lambda: person.window.stack.place.name != name
    yield person.quiet
