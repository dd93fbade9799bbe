"""What the person of the canary test types about medicines, the body, questions and the week."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from journal.records import StepKind, Whom
from ui.places import Place

KEPT = (
    "medicine_name", "medicine_sort", "medicine_reason", "medicine_notes", "step_dose", "step_note", "effect_own",
    "effect_note", "question_text", "question_answer", "question_line", "commitment_text", "commitment_where",
    "commitment_who", "commitment_note", "integration_therapy",
)  # fmt: skip
DRAFTS = ("draft_line",)


def fill_body(person: Any) -> Iterator[Callable[[], Any]]:
    """Types into every field of these pages, saves, and leaves one line that was not entered."""
    words = person.words
    page = yield from person.go(Place("edit-medicine"))
    for field in ("name", "sort", "reason", "notes"):
        person.type(getattr(page, field), words[f"medicine_{field}"])
    page._on_add(StepKind.START)
    row = page._rows[0]
    yield row.dose.isVisible
    person.type(row.dose, words["step_dose"])
    person.type(row.note, words["step_note"])
    yield from _save(person, page, "edit-medicine")
    page = yield from person.go(Place("edit-side-effect"))
    person.type(page.own, words["effect_own"])
    person.type(page.note, words["effect_note"])
    yield from _save(person, page, "edit-side-effect")
    page = yield from person.go(Place("edit-question"))
    person.type(page.text, words["question_text"])
    page.asked.setChecked(True)
    person.type(page.answer, words["question_answer"])
    yield from _save(person, page, "edit-question")
    page = yield from person.go(Place("edit-commitment"))
    for field in ("text", "where", "who"):
        person.type(getattr(page, field), words[f"commitment_{field}"])
    eid = page._eid
    yield from _save(person, page, "edit-commitment")
    page = yield from person.go(Place("edit-commitment", eid=eid))
    person.type(page.note, words["commitment_note"])
    yield from _save(person, page, "edit-commitment")
    page = yield from person.go(Place("questions"))
    line = page.lines[Whom.PRESCRIBER]
    person.type(line.field, words["question_line"])
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    yield person.quiet
    person.type(page.lines[Whom.THERAPY].field, words["draft_line"])
    person.look("questions")
    page.copy.click()
    page = yield from person.go(Place("medicines"))
    page.as_table.click()
    page.copy.click()


def _save(person: Any, page: Any, name: str) -> Iterator[Callable[[], Any]]:
    person.look(name)
    page.save.click()
    yield lambda: person.window.stack.place.name != name
    yield person.quiet
