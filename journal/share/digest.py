"""What is new in a client's share, and how things stand by now: for a reader with fifteen minutes.

Pure functions over the payloads of one client, the oldest first. An entry has no id in a share: it is known by what
it says (`known`): one that stood in an earlier share is not new. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

import msgspec

from journal.share.changed import changed_places
from journal.share.days import Waiting, last_day
from journal.share.known import Said, said, steps, stood_before
from journal.share.parts import SharedEffect, SharedMedicine, SharedScale, SharedStep
from journal.share.payload import Dates, Payload, SharedSession, kind_of

_Key = tuple[str, int, str, float | None, float | None]  # what is one questionnaire: pack, version, title, range


class ScaleLine(msgspec.Struct, frozen=True):
    """A questionnaire over all shares: the first total, the last of the earlier shares (`before`), the newest.

    Each is the questionnaire as it was shared; those without a total are passed over. `before` is None for what came
    with this share alone. `count` totals are known. Totals of another questionnaire, version or range stand in a line
    of their own: nothing is subtracted from them. `days` says how exactly the days of the three are told.
    """

    title: str
    scale: str
    version: int
    first: SharedScale
    last: SharedScale
    before: SharedScale | None
    count: int
    days: tuple[Dates, Dates, Dates] = (Dates.DAY,) * 3  # of first, before, last

    @property
    def since_first(self) -> float | None:
        """The last total less the first one, or None where there is only one."""
        return None if self.last is self.first else _difference(self.last, self.first)

    @property
    def since_before(self) -> float | None:
        """The last total less that of the share before, or None where either is missing or they are one."""
        return None if self.before is None or self.before == self.last else _difference(self.last, self.before)


class Digest(msgspec.Struct, frozen=True):
    """What a share brought. `new` are places in its `entries`; `steps` of medicines that were not there before.
    `changed` are those of `new` where a text stands that an earlier share has with other words.

    `still` are side effects without an end, `sessions` the new ones. `days_since` the last share was made; None for
    the first.
    """

    new: frozenset[int]
    scales: tuple[ScaleLine, ...]
    steps: tuple[tuple[SharedMedicine, SharedStep], ...]
    still: tuple[SharedEffect, ...]
    sessions: tuple[SharedSession, ...]
    days_since: int | None
    changed: frozenset[int] = frozenset()


def digest(
    payload: Payload, earlier: Sequence[Payload] = (), known: Sequence[Payload] | None = None
) -> Digest:
    """What `payload` brings beside the shares made before it, the oldest first.

    `known` are the shares that the reader had by then, where those are others: one may come in late.
    """
    had = earlier if known is None else known
    new = new_places(payload, had)
    entries = list(payload.entries)
    every = [(medicine, step) for medicine in payload.medicines for step in medicine.steps]
    told = _known(payload, had, steps)
    last = earlier[-1].made if earlier else None
    return Digest(
        new=new,
        scales=scale_lines(payload, earlier),
        steps=tuple(pair for place, pair in enumerate(every) if place not in told),
        still=tuple(effect for effect in payload.effects if effect.gone is None),
        sessions=tuple(
            entry for place, entry in enumerate(entries) if isinstance(entry, SharedSession) and place in new
        ),
        days_since=(payload.made - last).days if last is not None else None,
        changed=changed_places(payload, had, new),
    )


def new_places(payload: Payload, earlier: Iterable[Payload] = ()) -> frozenset[int]:
    """The places of entries that stood in none of the earlier shares."""
    return frozenset(range(sum(1 for _ in payload.entries))) - _known(payload, earlier, said)


def _known(payload: Payload, earlier: Iterable[Payload], what: Callable[[Payload], list[Said]]) -> frozenset[int]:
    """The places of what stood in one of the earlier shares."""
    mine = what(payload)
    return frozenset(
        place for share in earlier for place in stood_before(mine, payload.dates, what(share), share.dates)
    )


def new_rows(payload: Payload, found: Digest) -> dict[str, frozenset[int]]:
    """By the name of a part, which rows of its table are new, counted from 0: an answered questionnaire has a row, a
    side effect too, and of a medicine each step; a medicine without one has a row of its own."""
    place = sum(1 for _ in payload.entries) - sum(1 for _ in payload.parts)
    rows: dict[str, frozenset[int]] = {}
    for name in ("scales", "medicines", "effects"):
        entries = getattr(payload, name)
        if name == "medicines":
            steps = {(medicine.name, step) for medicine, step in found.steps}
            told = [
                (one.name, step) in steps if step is not None else at in found.new
                for at, one in enumerate(entries, start=place)
                for step in one.steps or (None,)
            ]
        else:
            told = [at in found.new for at, _ in enumerate(entries, start=place)]
        rows[name] = frozenset(row for row, fresh in enumerate(told) if fresh)
        place += len(entries)
    return rows


def counts_at(payload: Payload, places: frozenset[int]) -> dict[str, int]:
    """How many of each kind stand at these places."""
    counts: dict[str, int] = {}
    for place, entry in enumerate(payload.entries):
        if place in places:
            counts[kind_of(entry)] = counts.get(kind_of(entry), 0) + 1
    return counts


def scale_lines(payload: Payload, earlier: Sequence[Payload] = ()) -> tuple[ScaleLine, ...]:
    """Each questionnaire with a total in `payload` or before, by title."""
    order: dict[_Key, list[_Told]] = {}
    for share in (*earlier, payload):
        here: dict[_Key, list[_Told]] = {}
        for scale in share.scales:
            if scale.total is not None:
                key = (scale.scale, scale.version, scale.title, scale.low, scale.high)
                here.setdefault(key, []).append(_Told(scale, share.dates, share.made, share is not payload))
        for key, found in here.items():
            _take_in(order.setdefault(key, []), found)
    lines = []
    for key, once in sorted(order.items(), key=_title):
        once.sort(key=_when)
        first, last = once[0], once[-1]
        before = next((told for told in reversed(once) if told.earlier), None)
        days = (first.dates, before.dates if before is not None else Dates.DAY, last.dates)
        beside = before.scale if before is not None else None
        lines.append(ScaleLine(key[2], key[0], key[1], first.scale, last.scale, beside, len(once), days))
    return tuple(lines)


def _difference(last: SharedScale, first: SharedScale) -> float | None:
    return None if last.total is None or first.total is None else last.total - first.total


class _Told:
    """A total, how exactly its day is told, and whether it stood in an earlier share already."""

    def __init__(self, scale: SharedScale, dates: Dates, made: date, earlier: bool) -> None:
        self.scale, self.dates, self.earlier = scale, dates, earlier
        # A total of a week or a month may be of its last day, but of none after the share was made.
        self.until = max(scale.day, min(last_day(scale.day, dates), made))

    @property
    def nearness(self) -> tuple[timedelta, bool]:
        """The less, the more exactly it is known when it was."""
        return self.until - self.scale.day, self.scale.at is None

    @property
    def what(self) -> tuple[float | None, int, bool]:
        """What the total of another share must have in common with this one, to be it."""
        return self.scale.total, self.scale.answered, self.scale.told

    def may_be_at(self, other: _Told) -> bool:
        """Whether the other one of this day is this one: by their time, where both tell it."""
        mine, theirs = self.scale.at, other.scale.at
        return mine is None or theirs is None or mine == theirs


def _take_in(once: list[_Told], found: Iterable[_Told]) -> None:
    """The totals of one more share: each that is known already stays one, as it was told most exactly."""
    waiting: Waiting[_Told] = Waiting()
    for one in once:
        waiting.add(one.what, one.scale.day, one.dates, one)
    for told in found:
        known = waiting.take(told.what, told.scale.day, told.dates, told.may_be_at)
        if known is None:
            once.append(told)
        elif told.nearness < known.nearness:
            known.scale, known.dates, known.until = told.scale, told.dates, told.until


def _when(told: _Told) -> tuple[date, str]:
    return (told.until, told.scale.at.isoformat() if told.scale.at is not None else "")


def _title(pair: tuple[_Key, object]) -> tuple[object, ...]:
    scale, version, title, low, high = pair[0]
    return (title.casefold(), version, scale, low is not None, low or 0, high is not None, high or 0)
