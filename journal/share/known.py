"""Which entries of a share stood in an earlier one: known by what they say, also where less or more was told then.

A sender may switch exact times or notes on or off, or tell days by the week: the same entries then read otherwise,
and are no news. What a share gives of no entry of a kind was switched off in it, and is left out of the comparison;
days are the same where they may be. Each entry of the earlier share stands for one of the newer: two that read alike
are two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from journal.share.payload import Dates, Entry, Payload, SharedSession, SharedWriting

_DAYS = {"day", "gone"}
_TIMES = {"at", "gone_at", "onset"}  # where no time is told, neither is how nearly it is known
# A session that came with a later share gives an old entry its session and its window.
_ELSEWHERE = {"session", "window", "intentions", "experiences", "integrations"}
# What a switch gives or keeps back. Whatever else is empty was told to be empty.
_SWITCHED = {
    "at", "gone_at", "onset", "place", "people", "notes", "tags", "modalities", "note", "items", "reason", "where",
    "who", "beside",
}  # fmt: skip


class Said(msgspec.Struct, frozen=True):
    """What an entry says: its kind, its days in their order, and the rest by name."""

    kind: str
    days: tuple[date | None, ...]
    rest: dict[str, Any]


def said(share: Payload) -> list[Said]:
    """What each entry says, in their order."""
    places = iter(range(len(share.sessions)))
    return [_said(entry, share, next(places) if isinstance(entry, SharedSession) else -1) for entry in share.entries]


def steps(share: Payload) -> list[Said]:
    """What each step of each medicine says, in their order."""
    return [
        Said("step", (step.day,), {"name": medicine.name, "kind": step.kind, "dose": step.dose, "note": step.note})
        for medicine in share.medicines
        for step in medicine.steps
    ]


def stood_before(
    mine: Sequence[Said], dates: Dates, theirs: Sequence[Said], their_dates: Dates
) -> Iterator[int]:
    """The places in `mine` of what stands in `theirs` as well, where days are told as exactly as these say."""
    open_ = _open(mine) & _open(theirs)
    waiting: dict[bytes, list[Said]] = defaultdict(list)
    for one in theirs:
        waiting[_key(one, open_)].append(one)
    left: list[tuple[int, Said]] = []
    for exactly in (True, False):  # whatever is the same to the day finds its own first
        for place, one in enumerate(mine) if exactly else left:
            found = waiting[_key(one, open_)]
            for number, other in enumerate(found):
                if one.days == other.days if exactly else _may_be(one.days, dates, other.days, their_dates):
                    del found[number]
                    yield place
                    break
            else:
                if exactly and dates is not their_dates:
                    left.append((place, one))


def may_be_one(one: date, dates: Dates, other: date, their_dates: Dates) -> bool:
    """Whether two days that are told as exactly as these say may be the same."""
    return _may_be((one,), dates, (other,), their_dates)


def _may_be(
    days: Sequence[date | None], dates: Dates, others: Sequence[date | None], their_dates: Dates
) -> bool:
    if dates is their_dates:
        return tuple(days) == tuple(others)
    return len(days) == len(others) and all(
        (day is None and other is None)
        or (
            day is not None
            and other is not None
            and day <= last_day(other, their_dates)
            and other <= last_day(day, dates)
        )
        for day, other in zip(days, others, strict=True)
    )


def last_day(day: date, dates: Dates) -> date:
    """The last day that one told as exactly as `dates` says may be."""
    match dates:
        case Dates.DAY:
            return day
        case Dates.WEEK:
            return day + timedelta(days=min(6, (date.max - day).days))
        case Dates.MONTH:
            last = day.replace(day=28)
            while last < date.max and (last + timedelta(days=1)).month == day.month:
                last += timedelta(days=1)
            return last


def _said(entry: Entry, share: Payload, session: int) -> Said:
    fields = msgspec.structs.asdict(entry)
    days = [fields.pop(name) for name in ("day", "gone") if name in fields]
    for name in _ELSEWHERE:
        fields.pop(name, None)
    if "steps" in fields:
        days += [step.day for step in fields["steps"]]
        fields["note"] = tuple(step.note for step in fields["steps"] if step.note)
        fields["steps"] = tuple((step.kind, step.dose) for step in fields["steps"])
    if session >= 0:
        readings = (one for one in share.readings if one.session == session)
        fields["beside"] = [msgspec.structs.replace(one, session=0, at=None) for one in readings]
        fields["second"] = [one.dose for one in share.doses if one.session == session]
    kind = f"{type(entry).__name__} {entry.kind}" if isinstance(entry, SharedWriting) else type(entry).__name__
    return Said(kind, tuple(days), fields)


def _open(share: Iterable[Said]) -> set[tuple[str, str]]:
    """Which switched fields of which kind are given in a share."""
    return {(one.kind, name) for one in share for name, value in one.rest.items() if name in _SWITCHED and value}


def _key(one: Said, open_: set[tuple[str, str]]) -> bytes:
    fields = {
        name: value
        for name, value in one.rest.items()
        if name not in _SWITCHED
        or ((one.kind, "at") in open_ if name in _TIMES else (one.kind, name) in open_)
    }
    return one.kind.encode() + msgspec.json.encode(fields, order="sorted")
