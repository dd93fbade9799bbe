"""The person of tests/canary_driver.py after a session: lands, says what was hard, and meets what rests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ui.places import Place

LANDED = ("landing_words", "landing_stays", "landing_body", "hard_note", "hard_name", "hard_cover", "therapy")
SENTENCE = "sentence"


def land(person: Any, session: str) -> Iterator[Callable[[], Any]]:
    """Types a canary into every field on the way. Some of it is left to locking."""
    page = yield from person.go(Place("landing", session=session))
    for name in ("words", "stays", "body"):
        page.still.stop()
        yield page.text.isVisible
        person.type(page.text, person.words[f"landing_{name}"])
        person.look(f"landing {name}")
        page.next.click()
        yield person.quiet
    page = yield from person.go(Place("hard", session=session))
    page.choices._group.button(1).click()
    yield page.note.isVisible
    person.type(page.note, person.words["hard_note"])
    while page._step != "end":
        if page.part is not None:
            yield page.part.isVisible
        if page._step == "cover":
            person.type(page.part.cover_title, person.words["hard_cover"])
            page.part.cover.click()
        elif page._step == "tell":
            person.type(page.part.name, person.words["hard_name"])
            page.part.name.returnPressed.emit()
        elif page._step == "again":
            page.part.choices._group.button(2).click()
        person.look(f"hard {page._step}")
        yield person.quiet
        page.next.click()
        yield person.quiet
    page = yield from look_again(person, page._eid)
    page = yield from person.go(Place("preferences"))
    yield lambda: person.window.stack.place.name == "resting"
    page = person.window.stack.currentWidget()
    person.places.add("resting")
    person.type(page.sentence, person.words[SENTENCE])
    person.look("resting")


def look_again(person: Any, eid: str) -> Iterator[Callable[[], Any]]:
    """The day that was chosen has come."""
    page = person.window.stack.currentWidget()
    page._steps, page._eid = ["look", "bring", "end"], eid
    page._go("bring")
    yield page.part.isVisible
    person.type(page.part.words, person.words["therapy"])
    person.look("hard bring")
    page.part.add_.click()
    yield person.quiet
    return page
