"""Which texts of a share are an earlier share's with other words: something was added, or put otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from journal.share.known import may_be_one, said, stood_before
from journal.share.payload import Dates, Payload, SharedWriting


def changed_places(payload: Payload, earlier: Sequence[Payload], new: frozenset[int]) -> frozenset[int]:
    """Those places of `new` where a text stands of which an earlier share has the kind and the day with other words.

    A text has no id in a share: an earlier one that stands here as it was is not it, nor is one at another time, nor
    one with fewer than half of its words here. Each earlier text was changed into one.
    """
    entries = list(payload.entries)
    waiting = {place for place in new if isinstance(entries[place], SharedWriting)}
    found = set()
    for share in reversed(earlier):
        still = frozenset(stood_before(said(share), share.dates, said(payload), payload.dates))
        for at, one in enumerate(share.entries):
            if not isinstance(one, SharedWriting) or at in still:
                continue
            here = next((place for place in sorted(waiting) if _was(one, share.dates, entries[place], payload)), None)
            if here is not None:
                waiting.remove(here)
                found.add(here)
    return frozenset(found)


def _was(one: SharedWriting, dates: Dates, other: object, payload: Payload) -> bool:
    """Whether the earlier text may have become the other one."""
    if not isinstance(other, SharedWriting) or one.kind != other.kind:
        return False
    if one.at is not None and other.at is not None and one.at != other.at:
        return False
    if not may_be_one(one.day, dates, other.day, payload.dates):
        return False
    before, now = (Counter(text.text.split()) for text in (one, other))
    return 2 * (before & now).total() >= min(before.total(), now.total())
