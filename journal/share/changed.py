"""Which texts of a share are an earlier share's with other words: something was added, or put otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import msgspec

from journal.share.days import Waiting
from journal.share.known import said, stood_before
from journal.share.payload import Payload, SharedWriting

MOST_WORDS = 2_000_000  # that are looked up: a share may hold any number of texts of one day


class _Text(msgspec.Struct, frozen=True):
    """A text that may be an earlier one with other words: its place, and how often it has each word."""

    place: int
    writing: SharedWriting
    words: Counter[str]
    count: int


def changed_places(payload: Payload, earlier: Sequence[Payload], new: frozenset[int]) -> frozenset[int]:
    """Those places of `new` where a text stands of which an earlier share has the kind and the day with other words.

    A text has no id in a share: an earlier one that stands here as it was is not it, nor is one at another time, nor
    one with fewer than half of its words here. Each earlier text was changed into one. Behind `MOST_WORDS` and, of
    one day, `days.LOOKS` texts nothing is compared: what stands there stays new.
    """
    waiting: Waiting[_Text] = Waiting()
    left = 0
    for place, entry in enumerate(payload.entries):
        if place in new and isinstance(entry, SharedWriting):
            waiting.add(entry.kind, entry.day, payload.dates, _text(place, entry))
            left += 1
    if not left:
        return frozenset()
    mine, found = said(payload), set()
    budget = _Budget()
    for share in reversed(earlier):
        still = frozenset(stood_before(said(share), share.dates, mine, payload.dates))
        for at, one in enumerate(share.entries):
            if not isinstance(one, SharedWriting) or at in still or budget.left <= 0:
                continue
            fits = partial(budget.was, _text(at, one))
            if (here := waiting.take(one.kind, one.day, share.dates, fits)) is not None:
                found.add(here.place)
    return frozenset(found)


class _Budget:
    """Compares texts for as long as there are words left."""

    def __init__(self) -> None:
        self.left = MOST_WORDS

    def was(self, one: _Text, other: _Text) -> bool:
        """Whether the earlier text, of the same kind and day, may have become the other one."""
        if one.writing.at is not None and other.writing.at is not None and one.writing.at != other.writing.at:
            return False
        few, many = sorted((one.words, other.words), key=len)
        self.left -= len(few) + 1
        if self.left < 0:
            return False
        common = sum(min(times, many[word]) for word, times in few.items())
        return 2 * common >= min(one.count, other.count)


def _text(place: int, writing: SharedWriting) -> _Text:
    words = Counter(writing.text.split())
    return _Text(place, writing, words, words.total())
