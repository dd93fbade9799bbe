"""When a questionnaire fits: as far after the last time, and after a session, as it looks back.

Only an offer. One that is hard to read is never offered, and nothing is said of one that was left alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from journal.records import ScaleAnswers, Session, Settings
from journal.scales.known import known_packs
from journal.scales.pack import Pack
from journal.store import Items


class Fitting(Struct, frozen=True):
    """A questionnaire that would fit now: the id of its pack, what it is called, and how far it looks back."""

    pack: str
    title: str
    reason: str


def scales_fitting(items: Items, now: datetime) -> tuple[Fitting, ...]:
    """The questionnaires in use that would fit at `now` (aware)."""
    used = _used(items)
    if not used:
        return ()
    known = [one.pack for one in known_packs(items)]
    packs = [pack for pack in known if pack.id in used and _is_offered(pack)]
    family = {pack.id: pack.family for pack in known}
    answered: dict[str, datetime] = {}
    for item in items.of_kind("scale"):
        record = item.record
        if isinstance(record, ScaleAnswers):
            name = family.get(record.scale, record.scale)
            answered[name] = max(record.at.at, answered.get(name, record.at.at))
    session = max(
        (
            item.record.starts.at
            for item in items.of_kind("session")
            if isinstance(item.record, Session) and item.record.happened and item.record.starts.at <= now
        ),
        default=None,
    )
    return tuple(
        Fitting(pack.id, pack.title, _reason(pack))
        for pack in packs
        if all(
            last is None or now - last >= timedelta(days=pack.recall_days)
            for last in (answered.get(pack.family), session)
        )
    )


def _used(items: Items) -> frozenset[str]:
    found = min(items.of_kind("settings"), key=lambda item: item.eid, default=None)
    return frozenset(found.record.scales) if found is not None and isinstance(found.record, Settings) else frozenset()


def _is_offered(pack: Pack) -> bool:
    return pack.recall_days > 0 and not pack.sensitive


def _reason(pack: Pack) -> str:
    days = pack.recall_days
    back = "a day" if days == 1 else f"{days // 7} weeks" if days % 7 == 0 and days > 7 else f"{days} days"
    return f"It looks back over {'the last week' if days == 7 else back}."
