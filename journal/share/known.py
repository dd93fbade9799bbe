"""Which entries of a share stood in an earlier one: known by what they say, also where less or more was told then.

A sender may switch exact times or notes on or off, or tell days by the week: the same entries then read otherwise,
and are no news. What a share gives of no entry of a kind was switched off in it, and is left out of the comparison;
days are the same where they may be. Each entry of the earlier share stands for one of the newer: two that read alike
are two.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

import msgspec

from journal.share.days import Waiting, may_be_one
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
    beside: dict[int | None, list[Any]] = defaultdict(list)
    second: dict[int | None, list[Any]] = defaultdict(list)
    for reading in share.readings:
        beside[reading.session].append(msgspec.structs.replace(reading, session=0, at=None))
    for dose in share.doses:
        second[dose.session].append(dose.dose)
    places = iter(range(len(share.sessions)))
    found = []
    for entry in share.entries:
        one = _said(entry)
        if isinstance(entry, SharedSession):
            session = next(places)
            one.rest.update(beside=beside[session], second=second[session])
        found.append(one)
    return found


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
    exactly: dict[tuple[bytes, tuple[date | None, ...]], deque[int]] = defaultdict(deque)
    for number, one in enumerate(theirs):
        exactly[_key(one, open_), one.days].append(number)
    left: list[tuple[int, bytes, Said]] = []
    for place, one in enumerate(mine):  # whatever is the same to the day finds its own first
        key = _key(one, open_)
        if found := exactly.get((key, one.days)):
            found.popleft()
            yield place
        else:
            left.append((place, key, one))
    if dates is their_dates or not left:
        return
    waiting: Waiting[Said] = Waiting()
    for number, key in sorted((number, key) for (key, _), found in exactly.items() for number in found):
        other = theirs[number]
        waiting.add((key, len(other.days)), other.days[0] if other.days else None, their_dates, other)
    for place, key, one in left:
        day = one.days[0] if one.days else None
        if waiting.take((key, len(one.days)), day, dates, partial(_may_be, one.days, dates, their_dates)) is not None:
            yield place


def _may_be(days: Sequence[date | None], dates: Dates, their_dates: Dates, other: Said) -> bool:
    return all(may_be_one(one, dates, day, their_dates) for one, day in zip(days, other.days, strict=True))


def _said(entry: Entry) -> Said:
    fields = msgspec.structs.asdict(entry)
    days = [fields.pop(name) for name in ("day", "gone") if name in fields]
    for name in _ELSEWHERE:
        fields.pop(name, None)
    if "steps" in fields:
        days += [step.day for step in fields["steps"]]
        fields["note"] = tuple(step.note for step in fields["steps"] if step.note)
        fields["steps"] = tuple((step.kind, step.dose) for step in fields["steps"])
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
