"""What the person of tests/canary_driver.py types about contacts: a card, the name on the own one, a word beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from journal.share import Card, encode_card, generate_identity
from ui.places import Place

WORDS = ("contact_name", "contact_note")
PASSING_WORDS = ("own_card_name",)  # it stands on the card that is given away, and is kept nowhere


def contacts(person: Any) -> Iterator[Any]:
    """Somebody's card comes in, and gets another name and a note."""
    page = yield from person.go(Place("contacts"))
    page.mine.show_it.click()
    yield page.mine.words.isVisible
    person.type(page.mine.name, person.words["own_card_name"])
    card = Card(name="Somebody", recipient=generate_identity().recipient)
    person.type(page.text, " ")
    page.text.setPlainText(encode_card(card))  # as pasted: a test presses no line feed
    person.look("contacts")
    page.paste.click()
    yield lambda: len(page._known) == 1
    page = yield from person.go(Place("edit-contact", eid=page._known[0].eid))
    person.type(page.name, person.words["contact_name"])
    person.type(page.note, person.words["contact_note"])
    person.look("edit-contact")
    page.save.click()
    yield lambda: person.window.stack.place.name != "edit-contact"
    yield person.quiet
