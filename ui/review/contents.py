"""The contents of all a client shared, as lines: the newest share first, each with its parts and what is new."""

from __future__ import annotations

from journal.service.clients import ClientReview, Shared
from journal.share import Payload
from ui import words
from ui.review import phrases, since
from ui.review.part_view import Part, parts_of, places_of
from ui.widgets.lines_list import Line

SINCE = "since"  # the part that tells what is new
OLDER = "Came in after a newer one"
NOT_SEEN = "Not looked through yet"


def key_of(received: str, part: Part) -> str:
    """What a line of the contents is known by."""
    return f"{received} {part}"


def part_of(key: str) -> tuple[str, Part]:
    """The share and the part that a line stands for."""
    received, _, part = key.partition(" ")
    return received, int(part) if part.isdigit() else part


def lines_of(review: ClientReview) -> list[Line]:
    """All lines."""
    found: list[Line] = []
    for shared in reversed(review.shares):
        seen = shared.received.seen
        state = NOT_SEEN if seen is None else f"Looked through {words.day_short(seen)}"
        if shared.late is not None:
            state += f"\n{OLDER}"
        if shared.unread:
            state = "It cannot be read here"
        found.append(Line("", f"Share of {words.date_long(shared.received.made)}", state, head=True))
        mark = "new" if seen is None and shared.late is None else ""
        found.append(Line(key_of(shared.eid, SINCE), since.title(shared), mark=mark))
        found += _parts(shared)
    return found


def part_holding(payload: Payload, place: int) -> Part | None:
    """The part that shows the entry at this place."""
    return next((part for part, places in places_of(payload).items() if place in places), None)


def names_of(payload: Payload) -> dict[int, str]:
    """What each entry's part is called."""
    places = places_of(payload)
    return {place: title for title, part in parts_of(payload) for place in places.get(part, ())}


def summary(review: ClientReview) -> str:
    """How many shares there are, and how many were not looked through."""
    if not review.shares:
        return "No share yet"
    told = words.counted(len(review.shares), "share", "shares")
    unseen = sum(shared.received.seen is None for shared in review.shares)
    return f"{told}, {unseen} not looked through" if unseen else f"{told}, all looked through"


def _parts(shared: Shared) -> list[Line]:
    places = places_of(shared.payload)
    found = []
    for title, part in parts_of(shared.payload):
        counts = _counts(shared, places.get(part, frozenset())) if shared.received.seen is None else []
        mark = counts[0] if counts else ""
        found.append(Line(key_of(shared.eid, part), title, "".join(counts[1:]), mark))  # two marks leave no room
    return found


def _counts(shared: Shared, places: frozenset[int]) -> list[str]:
    """How many of the entries at these places are new, or changed: "2 new", "1 changed"."""
    changed = places & shared.digest.changed
    counts = ((len(places & shared.digest.new - changed), phrases.NEW), (len(changed), phrases.CHANGED))
    return [f"{count} {word.lower()}" for count, word in counts if count]
