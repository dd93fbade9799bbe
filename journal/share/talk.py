"""What a person wants to talk about, over several shares: each hard moment once, as the newest share tells it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import NamedTuple

from journal.share.days import Waiting
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
        free: Waiting[_Told] = Waiting()  # within one share two moments are two, however alike
        for one in known:
            free.add(one.moment.note.strip(), one.moment.day, one.dates, one)
        for told in _told(shares[place]):
            mine = told.moment
            if free.take(mine.note.strip(), mine.day, told.dates, partial(_may_be_at, told)) is not None:
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


def _may_be_at(one: _Told, other: _Told) -> bool:
    """Whether two moments of one day and the same words are one: by their time, where both tell it."""
    mine, theirs = one.moment.at, other.moment.at
    return mine is None or theirs is None or mine == theirs
