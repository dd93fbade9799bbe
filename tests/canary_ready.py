"""What the person of the canary test types into questionnaires, questions to begin from, and templates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ui.places import Place

KEPT = (
    "scale_note", "total_name", "total_by", "total_note", "own_scale", "own_stem", "own_question", "own_answer",
    "set_title", "set_question", "template_title", "template_text", "cover",
)  # fmt: skip


def fill_ready(person: Any) -> Iterator[Callable[[], Any]]:
    """Types into every field of these pages, and saves."""
    words = person.words
    yield from person.go(Place("scales"))
    page = yield from person.go(Place("scale", kind="phq-9"))
    person.type(page.note, words["scale_note"])
    page.rows[0].set_answer(1)
    person.look("scale")
    page.save.click()  # it stays, and says what the answers add up to
    yield person.quiet
    page = yield from person.go(Place("edit-total"))
    person.type(page.name, words["total_name"])
    person.type(page.told_by, words["total_by"])
    person.type(page.note, words["total_note"])
    for field, value in ((page.total, "3"), (page.low, "0"), (page.high, "9")):
        person.type(field, value)
    yield from _save(person, page, "edit-total")
    page = yield from person.go(Place("edit-scale"))
    person.type(page.name, words["own_scale"])
    person.type(page.stem, words["own_stem"])
    person.type(page.questions, words["own_question"])
    person.type(page.answers, words["own_answer"])
    page.answers.setPlainText(f"0 No\n1 {words['own_answer']}")
    yield from _save(person, page, "edit-scale")
    yield from person.go(Place("prompts"))
    page = yield from person.go(Place("edit-prompts", kind="page"))
    person.type(page.name, words["set_title"])
    person.type(page.questions, words["set_question"])
    yield from _save(person, page, "edit-prompts")
    page = yield from person.go(Place("edit-template"))
    person.type(page.name, words["template_title"])
    person.type(page.editor, words["template_text"])
    yield from _save(person, page, "edit-template")
    page = yield from person.go(Place("write", kind="page"))
    page.desk.cover.choice.setChecked(True)
    person.type(page.desk.cover.words, words["cover"])
    page.editor.insertPlainText(words["page_text"])
    page.save.click()
    yield person.quiet


def _save(person: Any, page: Any, name: str) -> Iterator[Callable[[], Any]]:
    person.look(name)
    page.save.click()
    yield lambda: person.window.stack.place.name != name
    yield person.quiet
