"""Search without an index: through the texts, the newest first, as far as is asked for.

For a large journal while its index is being made: nobody waits for that, and the answers are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from journal.store.asked import Asked
from journal.store.entries import Entry
from journal.store.items import Items
from journal.store.search import Hits
from journal.store.words import FOLDED, asked_for, beyond_ascii, expression, fold, searchable_in

_FEW, _LARGE = 32, 2**20  # records that are looked through together, and bytes that are not put together
_AS_IT_IS = re.compile(r'[^"\\/\x00-\x1f\x7f]+')  # what JSON writes in one way only
_NUMBERED = re.compile(rb"\\u").search  # or as its number; three times as fast as `in`
_Instead = tuple[bytes, bytes]


class Sieve:
    """Tells records that cannot hold some letters by their JSON, without reading it: folded as texts are, but for
    characters that make no difference to these letters."""

    def __init__(self, pieces: Sequence[str]) -> None:
        """`pieces` are folded, and stand in JSON as they are."""
        self._pieces, self._raw = pieces, [piece.encode() for piece in pieces]
        self._chars = frozenset("".join(pieces))
        self._instead: dict[str, _Instead | None] = {}

    def may_hold(self, json: bytes) -> bool:
        """Whether a record may hold all of the pieces; so of several, one after the other."""
        return self._holds(json) or _NUMBERED(json) is not None

    def _holds(self, json: bytes) -> bool:
        folded = json.lower()  # of ASCII alone
        if not folded.isascii():
            strange = beyond_ascii(folded)
            instead = [found for char in strange if (found := self._instead_of(char)) is not None]
            if instead and not all(part in folded for part in self._parts(instead)):
                return False
            for one in instead:
                folded = folded.replace(*one)
        return all(piece in folded for piece in self._raw)

    def _instead_of(self, char: str) -> _Instead | None:
        """What to put in place of a character; None where it is no part of any piece, whatever it becomes."""
        if char not in self._instead:
            plain = FOLDED[char]
            same = plain == char or (plain != "" and self._chars.isdisjoint(plain))
            self._instead[char] = None if same else (char.encode(), plain.encode())
        return self._instead[char]

    def _parts(self, instead: Sequence[_Instead]) -> Iterator[bytes]:
        """Of each piece the longest part that none of these can be in: to look for it costs less than to replace."""
        if all(plain for _, plain in instead):  # what becomes nothing may stand between any two
            made = b"".join(plain for _, plain in instead).decode()
            for piece in self._pieces:
                yield max("".join(" " if char in made else char for char in piece).split(" "), key=len).encode()


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
        candidates = (entry for entry in self._left(letters) if _all_found(self._text(entry), letters, begun))
        return self._asked.holding(candidates, self._text, " ".join(wanted))

    def _anywhere(self, words: Sequence[str]) -> Iterator[Entry]:
        letters = [max(_AS_IT_IS.findall(word), key=len, default="") for word in words]
        return (entry for entry in self._left(letters) if _all_in(self._text(entry), words))

    def _left(self, letters: Sequence[str]) -> Iterator[Entry]:
        """The entries that may hold these letters, newest first."""
        sieve, left = Sieve(letters), self._items.newest()
        while some := list(islice(left, _FEW)):
            bodies = list(map(self._items.body, some))
            if sum(map(len, bodies)) > _LARGE or sieve.may_hold(b"\n".join(bodies)):
                yield from (entry for entry, body in zip(some, bodies, strict=True) if sieve.may_hold(body))

    def _text(self, entry: Entry) -> str:
        return fold(searchable_in(entry.kind, self._items.body(entry)))


def _all_found(text: str, letters: Sequence[str], wanted: Sequence[re.Pattern[str]]) -> bool:
    return all(piece in text for piece in letters) and all(pattern.search(text) for pattern in wanted)


def _all_in(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _and(first: Entry, others: Iterator[Entry]) -> Iterator[Entry]:
    yield first
    yield from others
