"""What a person wants to talk about, over several shares: each hard moment once, as the newest share tells it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from journal.share.parts import SharedHard
from journal.share.payload import Dates, Payload


class _Told(NamedTuple):
    """A hard moment, with the first and the last day it may be of."""

    moment: SharedHard
    first: date
    last: date


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
    return [_Told(moment, moment.day, _last(moment.day, share.dates)) for moment in share.hard]


def _last(day: date, dates: Dates) -> date:
    if dates is Dates.MONTH:
        return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return day + timedelta(days=6) if dates is Dates.WEEK else day


def _same(one: _Told, other: _Told) -> bool:
    """Whether two shares tell of one moment: they have no ids, so by the words, the day and the time, where told."""
    if one.moment.note.strip() != other.moment.note.strip():
        return False
    if one.moment.at is not None and other.moment.at is not None and one.moment.at != other.moment.at:
        return False
    return one.first <= other.last and other.first <= one.last
