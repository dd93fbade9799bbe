"""What is new in a client's share, and how things stand by now: for a reader with fifteen minutes.

Pure functions over the payloads of one client, the oldest first. An entry has no id in a share: it is known by what
it says: one that stood word for word in an earlier share is not new. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from journal.share.parts import SharedEffect, SharedHard, SharedMedicine, SharedScale, SharedStep
from journal.share.payload import Payload, SharedSession, kind_of


class ScaleLine(msgspec.Struct, frozen=True):
    """A questionnaire over all shares: the first total, the last of the earlier shares (`before`), the newest.

    Each is the questionnaire as it was shared; those without a total are passed over. `before` is None for what came
    with this share alone. `count` totals are known.
    """

    title: str
    scale: str
    version: int
    first: SharedScale
    last: SharedScale
    before: SharedScale | None
    count: int

    @property
    def since_first(self) -> float | None:
        """The last total less the first one, or None where there is only one."""
        return None if self.last is self.first else _difference(self.last, self.first)

    @property
    def since_before(self) -> float | None:
        """The last total less that of the last visit, or None where either is missing or they are one."""
        return None if self.before is None or self.before == self.last else _difference(self.last, self.before)


class Digest(msgspec.Struct, frozen=True):
    """What a share brought. `new` are places in its `entries`; `steps` of medicines that were not there before.

    `still` are side effects without an end, `talk` hard moments the person wants to talk about, `sessions` the new
    ones. `days_since` the last share was made; None for the first.
    """

    new: frozenset[int]
    scales: tuple[ScaleLine, ...]
    steps: tuple[tuple[SharedMedicine, SharedStep], ...]
    still: tuple[SharedEffect, ...]
    talk: tuple[SharedHard, ...]
    sessions: tuple[SharedSession, ...]
    days_since: int | None


def digest(payload: Payload, earlier: Sequence[Payload] = ()) -> Digest:
    """What `payload` brings beside the shares before it, the oldest first."""
    new = new_places(payload, earlier)
    entries = list(payload.entries)
    told = {
        (medicine.name, step) for share in earlier for medicine in share.medicines for step in medicine.steps
    }
    last = earlier[-1].made if earlier else None
    return Digest(
        new=new,
        scales=scale_lines(payload, earlier),
        steps=tuple(
            (medicine, step)
            for medicine in payload.medicines
            for step in medicine.steps
            if (medicine.name, step) not in told
        ),
        still=tuple(effect for effect in payload.effects if effect.gone is None),
        talk=tuple(moment for moment in payload.hard if moment.talk),
        sessions=tuple(
            entry for place, entry in enumerate(entries) if isinstance(entry, SharedSession) and place in new
        ),
        days_since=(payload.made - last).days if last is not None else None,
    )


def new_places(payload: Payload, earlier: Iterable[Payload] = ()) -> frozenset[int]:
    """The places of entries that stood in none of the earlier shares word for word."""
    known = {said for share in earlier for said in _said(share)}
    return frozenset(place for place, said in enumerate(_said(payload)) if said not in known)


def counts_at(payload: Payload, places: frozenset[int]) -> dict[str, int]:
    """How many of each kind stand at these places."""
    counts: dict[str, int] = {}
    for place, entry in enumerate(payload.entries):
        if place in places:
            counts[kind_of(entry)] = counts.get(kind_of(entry), 0) + 1
    return counts


def scale_lines(payload: Payload, earlier: Sequence[Payload] = ()) -> tuple[ScaleLine, ...]:
    """Each questionnaire with a total in `payload` or before, by title."""
    order: dict[tuple[str, int, str], list[SharedScale]] = {}
    visits: dict[tuple[str, int, str], SharedScale] = {}
    for share in (*earlier, payload):
        for scale in share.scales:
            if scale.total is None:
                continue
            key = (scale.scale, scale.version, scale.title)
            order.setdefault(key, []).append(scale)
            if share is not payload:
                visits[key] = max(visits.get(key, scale), scale, key=_day)
    lines = []
    for key, scales in sorted(order.items(), key=_title):
        once = list({(scale.day, scale.at, scale.total): scale for scale in scales}.values())
        once.sort(key=_day)
        lines.append(ScaleLine(key[2], key[0], key[1], once[0], once[-1], visits.get(key), len(once)))
    return tuple(lines)


def _said(share: Payload) -> Iterator[bytes]:
    """Each entry as it was said, in their order: without where it stands, and a session without its texts."""
    session = -1
    for entry in share.entries:
        fields = msgspec.to_builtins(entry)
        # A session that came with a later share gives an old entry its session and its window.
        for name in ("session", "window", "intentions", "experiences", "integrations"):
            fields.pop(name, None)
        if isinstance(entry, SharedSession):
            session += 1
            readings = [reading for reading in share.readings if reading.session == session]
            doses = [dose for dose in share.doses if dose.session == session]
            fields["beside"] = [{**msgspec.to_builtins(one), "session": 0} for one in (*readings, *doses)]
        yield type(entry).__name__.encode() + msgspec.json.encode(fields, order="sorted")


def _difference(last: SharedScale, first: SharedScale) -> float | None:
    return None if last.total is None or first.total is None else last.total - first.total


def _day(scale: SharedScale) -> tuple[date, str]:
    return (scale.day, scale.at.isoformat() if scale.at is not None else "")


def _title(pair: tuple[tuple[str, int, str], object]) -> tuple[str, int, str]:
    scale, version, title = pair[0]
    return (title.casefold(), version, scale)
