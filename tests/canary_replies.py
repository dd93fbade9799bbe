"""What the person of tests/canary_driver.py types into a reply; and that reply read, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from ui.pages.reply import DONE, PREVIEW
from ui.places import Place

WORDS = ("reply_text", "reply_to", "reply_sender")


def replies(person: Any, received: str) -> Iterator[Any]:
    """The share of this client is answered, closed with words; whoever shared it is the same person here."""
    file = Path(person.told["share"]).with_name("answer.age")
    page = yield from person.go(Place("reply", eid=received))
    yield lambda: page.looked and bool(page.choose.boxes)
    for box in page.choose.boxes.values():
        box.click()
    person.type(page.choose.text, person.words["reply_text"])
    for field, name in ((page.choose.to, "to"), (page.choose.sender, "sender")):
        field.selectAll()
        person.type(field, person.words[f"reply_{name}"])
    page.choose.by_words.click()
    person.look("reply")
    page.seal()
    yield person.quiet
    page.next.click()
    yield lambda: page.stack.currentIndex() == PREVIEW
    _name(person, file)
    page.next.click()  # goes on once the dialog was answered
    yield lambda: page.stack.currentIndex() == DONE
    person.reply_words = page.done.words.text()
    page.next.click()
    yield lambda: person.window.stack.place.name == "client"
    yield person.quiet
    page = yield from person.go(Place("review"))
    page.open_file(file)
    yield lambda: page.words.isVisible()
    person.type(page.words, person.reply_words)
    page.open.click()
    yield lambda: page.reply.keep.isVisible()
    page.reply.keep.click()
    yield lambda: person.window.stack.place.name == "replies"
    yield person.quiet
    page = yield from person.go(Place("replies"))
    person.look("replies")
    yield person.quiet


def _name(person: Any, file: Path) -> None:
    """Answer the dialog that comes next."""

    def again() -> None:
        person.name_path(file, again)

    QTimer.singleShot(0, again)
