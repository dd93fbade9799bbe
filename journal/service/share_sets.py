"""Choices for a share that are kept by a name, and what in them is new for their reader.

Nothing is shared by this: a set ticks entries, and the person looks at them and at the preview as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

import msgspec

from journal.clock import Clock, in_utc
from journal.records import Session, ShareReceipt, ShareSet
from journal.service.share_before import SharedBefore
from journal.store import Item, Items
from journal.store.covers import cover_of


class Ticks(msgspec.Struct, frozen=True):
    """What a kept choice ticks. Of the same kinds it leaves unticked so many `covered` entries, and so many that were
    there at the last share with this reader and were not in it (`passed_over`)."""

    eids: frozenset[str]
    covered: int = 0
    passed_over: int = 0


class ShareSets(SharedBefore):
    """The part of the service that knows them."""

    _items: Items
    clock: Clock

    def share_sets(self) -> tuple[Item, ...]:
        """The kept choices, by name."""
        found = (item for item in self._items.of_kind("shareset") if isinstance(item.record, ShareSet))
        return tuple(sorted(found, key=_by_name))

    def ticks_of(self, kept: ShareSet) -> Ticks:
        """What a kept choice ticks today, and what it leaves to the person."""
        receipts = [item.record for item in self._items.of_kind("receipt") if isinstance(item.record, ShareReceipt)]
        found = (item for kind in kept.kinds for item in self._items.of_kind(kind))
        return chosen(kept, found, receipts, self.clock.now(), self._is_covered)

    def _is_covered(self, item: Item) -> bool:
        return cover_of(self._items, item.record) is not None


def chosen(
    kept: ShareSet,
    items: Iterable[Item],
    receipts: Collection[ShareReceipt],
    now: datetime,
    covered: Callable[[Item], bool],
) -> Ticks:
    """What a kept choice ticks among `items` at `now`.

    A session that still lies ahead is not ticked: there is nothing to tell of it yet. A covered entry is ticked by
    the person alone. What this reader did not have, though it was there at the last share with them, was left out on
    purpose; it is new to them where it was changed since.
    """
    had = had_by(receipts, kept.to, kept.recipient) if kept.only_new else {}
    last = max(had.values(), default=None)
    first = in_utc(now) - timedelta(days=kept.days) if kept.days is not None else None
    ticked, under_cover, passed_over = set(), 0, 0
    for item in items:
        when = item.record.when
        if item.record.kind not in kept.kinds or (isinstance(item.record, Session) and not item.record.happened):
            continue
        if first is not None and when is not None and in_utc(when.at) < first:
            continue
        if item.eid in had and in_utc(item.changed) <= had[item.eid]:
            continue
        if covered(item):
            under_cover += 1
        elif item.eid not in had and last is not None and in_utc(item.changed) <= last:
            passed_over += 1
        else:
            ticked.add(item.eid)
    return Ticks(frozenset(ticked), under_cover, passed_over)


def had_by(receipts: Iterable[ShareReceipt], to: str, recipient: str) -> dict[str, datetime]:
    """What a reader was given, by id, and when last (UTC). A reader is known by their address, or else by name."""
    had: dict[str, datetime] = {}
    for receipt in receipts:
        if not _same(receipt, to, recipient):
            continue
        made = in_utc(receipt.made.at)
        for eid in receipt.eids:
            had[eid] = max(made, had.get(eid, made))
    return had


def _same(receipt: ShareReceipt, to: str, recipient: str) -> bool:
    if recipient:
        return recipient in receipt.recipient.split(", ")
    return bool(to.strip()) and receipt.to.strip().casefold() == to.strip().casefold()


def _by_name(item: Item) -> tuple[str, str]:
    return (item.record.name.casefold() if isinstance(item.record, ShareSet) else "", item.eid)
