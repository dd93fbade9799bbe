"""The commitment of the week: which one it is, and when it may be looked back at. Pure functions."""

from __future__ import annotations

from datetime import datetime

from journal.records import Commitment, Moment, Outcome
from journal.store import Item, Items

_WEEK, _REVIEW_FROM, _REVIEW_TO = 7, 6, 14  # days after a commitment began


def commitments(items: Items) -> tuple[Item, ...]:
    """Every commitment, oldest first."""
    found = [item for item in items.of_kind("commitment") if isinstance(item.record, Commitment)]
    return tuple(sorted(found, key=lambda item: (_when(item.record.when), item.eid)))


def current_commitment(items: Items, now: datetime) -> Item | None:
    """The commitment of this week: the newest that has begun, while its week lasts or it may be looked back at.

    One that was said to be no longer the person's is nobody's.
    """
    begun = [item for item in commitments(items) if _days_of(item, now) >= 0]
    if not begun:
        return None
    newest, days = begun[-1], _days_of(begun[-1], now)
    record = newest.record
    assert isinstance(record, Commitment)
    if record.outcome is Outcome.NOT_MINE:
        return None
    return newest if days < _WEEK or (record.outcome is None and days <= _REVIEW_TO) else None


def promised(items: Items, now: datetime) -> Item | None:
    """The commitment of this week, until it was looked back at."""
    item = current_commitment(items, now)
    return item if item is not None and getattr(item.record, "outcome", None) is None else None


def commitment_due(items: Items, now: datetime) -> Item | None:
    """The commitment that may be looked back at now: from its sixth to its fourteenth day. After that nobody asks."""
    item = current_commitment(items, now)
    return item if item is not None and may_look_back(item.record, now) else None


def may_look_back(record: object, now: datetime) -> bool:
    """Whether looking back at a commitment is offered now."""
    if not isinstance(record, Commitment) or record.outcome is not None:
        return False
    return _REVIEW_FROM <= _days(record, now) <= _REVIEW_TO


def _days_of(item: Item, now: datetime) -> int:
    assert isinstance(item.record, Commitment)
    return _days(item.record, now)


def _days(record: Commitment, now: datetime) -> int:
    """How many days of the calendar lie between: a night when the clocks change counts as one night."""
    return (now.date() - record.begins.at.date()).days


def _when(moment: Moment | None) -> float:
    return moment.at.timestamp() if moment is not None else float("-inf")
