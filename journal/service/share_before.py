"""What was left out for a reader before, so that it does not go along the next time unseen.

A receipt holds places only. The words are those that the entry's version of then has at them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from journal.errors import JournalError, ShareError
from journal.records import Moment, ShareReceipt
from journal.records.own import LeftOut
from journal.share import Hidden, Selection
from journal.share.selection import found
from journal.store import Items


class EntryLeftOutOf(msgspec.Struct, frozen=True):
    """An entry that went to a reader without some of its passages: its kind, when it was, and of the last share that
    it went into, the day. `hidden` are these passages where they stand now; `lost`: one of them is not found."""

    eid: str
    kind: str
    when: Moment | None
    shared: Moment
    hidden: tuple[Hidden, ...] = ()
    lost: bool = False


class SharedBefore:
    """The part of the service that knows it."""

    _items: Items

    def left_out_before(
        self, eids: Collection[str], *, to: str = "", recipients: Collection[str] = ()
    ) -> tuple[EntryLeftOutOf, ...]:
        """What of these entries was left out of the last share that each of them went into, for this reader.

        A reader is known by an address or by the name, whichever fits: rather left out once more than told.
        """
        found_ = []
        for eid, receipt in sorted(self._last_shares(to, recipients).items()):
            passages = [one for one in receipt.left_out if one.eid == eid] if eid in eids else []
            item = self._items.find(eid) if passages else None
            if item is None:
                continue
            now = [self._spans_now(one, getattr(item.record, one.field, None)) for one in passages]
            hidden = tuple(dict.fromkeys(one for spans in now for one in spans))
            record = item.record
            found_.append(EntryLeftOutOf(eid, record.kind, record.when, receipt.made, hidden, not all(now)))
        return tuple(found_)

    def _last_shares(self, to: str, recipients: Collection[str]) -> dict[str, ShareReceipt]:
        """By entry, the last share with this reader that it was in."""
        receipts = [item.record for item in self._items.of_kind("receipt") if isinstance(item.record, ShareReceipt)]
        last: dict[str, ShareReceipt] = {}
        for receipt in sorted(receipts, key=_made):
            if _for_reader(receipt, to, recipients):
                last |= dict.fromkeys(receipt.eids, receipt)
        return last

    def _spans_now(self, one: LeftOut, now: object) -> tuple[Hidden, ...]:
        """Where a passage of then stands in the text of now; nowhere, where its words are not known or not there."""
        before = next((text for rev, text in self._texts(one.eid, one.field) if rev == one.rev), "")
        words = before[one.start : one.end]
        if not words or not isinstance(now, str):
            return ()
        try:
            spans = found(Hidden(one.eid, one.start, one.end, one.field, words), now)
        except ShareError:
            return ()
        return tuple(Hidden(one.eid, start, end, one.field, words) for start, end in spans)

    def _places_left_out(self, selection: Selection, eids: Collection[str]) -> tuple[LeftOut, ...]:
        """The hidden passages of these entries, for a receipt."""
        places = [place for one in selection.hidden if one.eid in eids for place in self._left_out_at(one)]
        return tuple(dict.fromkeys(places))

    def _left_out_at(self, hidden: Hidden) -> tuple[LeftOut, ...]:
        """Every place of it: words that had come to stand twice were left out at both."""
        for rev, text in self._texts(hidden.eid, hidden.field):
            try:
                spans = found(hidden, text)
            except ShareError:  # the entry was changed since it was looked at
                continue
            return tuple(LeftOut(hidden.eid, rev, hidden.field, start, end) for start, end in spans)
        return (LeftOut(hidden.eid, "", hidden.field, hidden.start, hidden.end),)

    def _texts(self, eid: str, field: str) -> Iterable[tuple[str, str]]:
        """The versions of a text, newest first; none where they cannot be read."""
        try:
            versions = self._items.versions(eid)
        except JournalError:
            return
        for version in versions:
            text = getattr(version.record, field, None)
            if isinstance(text, str):
                yield version.rev, text


def _for_reader(receipt: ShareReceipt, to: str, recipients: Collection[str]) -> bool:
    name = to.strip().casefold()
    known = receipt.recipient.split(", ") if receipt.recipient else []
    return any(one in known for one in recipients) or (bool(name) and receipt.to.strip().casefold() == name)


def _made(receipt: ShareReceipt) -> Moment:
    return receipt.made
