"""What a person wants to talk about, over several shares: each hard moment once, as the newest share tells it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from journal.share.known import may_be_one
from journal.share.parts import SharedHard
from journal.share.payload import Dates, Payload


class _Told(NamedTuple):
    """A hard moment, and how exactly its day is told."""

    moment: SharedHard
    dates: Dates


def wanted(shares: Sequence[Payload], waiting: Collection[int]) -> tuple[SharedHard, ...]:
    """The hard moments the person wants to talk about, of those of `shares` (the oldest first) that are `waiting`, by
    their places. One that a newer share tells again is not taken from the older one: there it may be told otherwise.
    """
    known: list[_Told] = []
    found = []
    for place in reversed(range(len(shares))):
        free = list(known)  # within one share two moments are two, however alike
        for told in _told(shares[place]):
            again = next((one for one in free if _same(one, told)), None)
            if again is not None:
                free.remove(again)
                continue
            known.append(told)
            if place in waiting and told.moment.talk:
                found.append(told.moment)
    return tuple(found)


def wish(shares: Sequence[Payload]) -> bool:
    """Whether words of what they want to talk about stand in any of these."""
    return any(share.talk_about.strip() for share in shares)


def _told(share: Payload) -> list[_Told]:
    return [_Told(moment, share.dates) for moment in share.hard]


def _same(one: _Told, other: _Told) -> bool:
    """Whether two shares tell of one moment: by its words and its day, and its time where both tell it."""
    mine, theirs = one.moment, other.moment
    if mine.at is not None and theirs.at is not None and mine.at != theirs.at:
        return False
    return mine.note.strip() == theirs.note.strip() and may_be_one(mine.day, one.dates, theirs.day, other.dates)
