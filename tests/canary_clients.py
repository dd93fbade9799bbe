"""What the person of tests/canary_driver.py types as one who reads shares: a client's name and notes, a comment, a
reply."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests import canary_replies
from ui.places import Place

WORDS = ("client_name", "client_notes", "client_comment", *canary_replies.WORDS)


def clients(person: Any) -> Iterator[Any]:
    """The share that is open is kept with a new client, commented on, and compared with itself."""
    review = person.window.stack.currentWidget()
    yield lambda: review.keep.keep.isVisible()
    review.keep.keep.click()
    yield lambda: person.window.stack.place.name == "client"
    yield person.quiet
    page = person.window.stack.currentWidget()
    yield lambda: page._loaded is not None
    client = page._client
    for row in range(len(page.list.lines.lines)):
        page.list.setCurrentIndex(page.list.lines.index(row))
        yield person.quiet
        if page.passage() is not None:
            break
    page.begin_comment()
    yield page.comments.text.isVisible
    person.type(page.comments.text, person.words["client_comment"])
    person.look("client")
    page.comments.keep.click()
    yield person.quiet
    yield from canary_replies.replies(person, page.shared().eid)
    page = yield from person.go(Place("edit-client", eid=client))
    person.type(page.name, person.words["client_name"])
    person.type(page.notes, person.words["client_notes"])
    person.look("edit-client")
    page.save.click()
    yield lambda: person.window.stack.place.name != "edit-client"
    yield person.quiet
    yield from person.go(Place("clients"))
    person.look("clients")
    yield from person.go(Place("compare", eid=client))
    person.look("compare")
    yield person.quiet
