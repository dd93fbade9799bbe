"""Search without an index: through the texts, the newest first, as far as is asked for.

For a large journal while its index is being made: nobody waits for that, and the answers are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from journal.store.asked import Asked
from journal.store.entries import Entry
from journal.store.items import Items
from journal.store.search import Hits
from journal.store.words import asked_for, expression, fold, searchable_in


class Looking:
    """Looks through the texts for words."""

    def __init__(self, items: Items) -> None:
        self._items, self._asked = items, Asked()

    def update(self, eid: str) -> None:
        """Nothing is kept that could be out of date."""

    def find(self, text: str) -> Hits:
        """The entries that hold every word of `text`, newest first. Any input is fine."""
        words = asked_for(text)
        if not words:
            return Hits(iter(()), set())
        begun = self._begin(words)
        first = next(begun, None)
        if first is None:
            return Hits(iter(()), set(), self._anywhere(words))
        return Hits(iter(()), set(), _and(first, begun))

    def close(self) -> None:
        """Let go of it."""
        self._asked.close()

    def _begin(self, words: Sequence[str]) -> Iterator[Entry]:
        wanted = [expression(word) for word in words]
        if not all(wanted):
            return iter(())
        # What cannot be there is passed over cheaply: no word begins after a letter or digit, nor ends before one.
        pieces = [found for word in words if (found := self._asked.pieces(word))]
        begun = [re.compile("(?<![a-z0-9])" + "[^a-z0-9]+".join(map(re.escape, found))) for found in pieces]
        letters = [max(found, key=len) for found in pieces]
        raw = [piece.encode() for piece in letters]
        left = (entry for entry in self._items.newest() if _may_hold(self._items.body(entry), raw))
        candidates = (entry for entry in left if _all_found(self._text(entry), letters, begun))
        return self._asked.holding(candidates, self._text, " ".join(wanted))

    def _anywhere(self, words: Sequence[str]) -> Iterator[Entry]:
        return (entry for entry in self._items.newest() if _all_in(self._text(entry), words))

    def _text(self, entry: Entry) -> str:
        return fold(searchable_in(entry.kind, self._items.body(entry)))


def _may_hold(body: bytes, letters: Sequence[bytes]) -> bool:
    """Whether a record may hold these letters; of most that do not, its JSON tells that at a tenth of the time."""
    if not body.isascii() or b"\\u" in body:
        return True
    body = body.lower()
    return all(piece in body for piece in letters)


def _all_found(text: str, letters: Sequence[str], wanted: Sequence[re.Pattern[str]]) -> bool:
    return all(piece in text for piece in letters) and all(pattern.search(text) for pattern in wanted)


def _all_in(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _and(first: Entry, others: Iterator[Entry]) -> Iterator[Entry]:
    yield first
    yield from others
