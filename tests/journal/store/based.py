"""Entries in memory, in a base that comes out of a real snapshot file, or some in one and some over it."""

from __future__ import annotations

import secrets
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from journal.errors import DamagedJournal
from journal.records import Page, Record, UnknownRecord
from journal.service.snapshots import _Making
from journal.store import Base, BaseIndex, Items, Looking, SearchIndex
from journal.store.words import fold, searchable
from journal.vault import Revision
from journal.vault.keys import KeyRing
from journal.vault.snapshot import Snapshot, SnapshotWriter
from tests.journal.store.revisions import AT, eid, written

IN_MEMORY, LOOKED, IN_A_BASE, MIXED = "in memory", "looked through", "in a base", "mixed"
WAYS = (IN_MEMORY, LOOKED, IN_A_BASE, MIXED)
REMOVED, PURGED = eid(0xFFFF), eid(0xFFFE)


class Rows:
    """Where revisions are read that are not held in memory."""

    def __init__(self, revisions: Iterable[Revision]) -> None:
        self.all = list(revisions)

    def revision(self, eid: str, rev: str) -> Revision:
        found = next((one for one in self.all if (one.eid, one.rev) == (eid, rev)), None)
        if found is None:
            raise DamagedJournal
        return found

    def revisions_of(self, eid: str) -> list[Revision]:
        return [one for one in self.all if one.eid == eid]


class Made:
    """Entries, and the search in them."""

    def __init__(self, items: Items, search: SearchIndex | Looking, snapshot: Snapshot | None = None) -> None:
        self.items, self.search, self.snapshot = items, search, snapshot

    def find(self, text: str) -> set[str]:
        """The ids of what is found."""
        hits = self.search.find(text)
        if hits.entries is not None:
            found = list(hits.entries)
            assert found == sorted(found, key=lambda entry: entry.order, reverse=True)
            return {entry.eid for entry in found}
        places = list(hits.places)
        assert places == sorted(set(places)), "the newest come first, and none twice"
        if self.items.base is None:
            assert not places
            return hits.over
        below = {self.items.base.eid(place) for place in places}
        assert below.isdisjoint(hits.over)
        return below | hits.over

    def take(self, *revisions: Revision) -> frozenset[str]:
        """Take in more, as the service does."""
        if isinstance(self.items._source, Rows):
            self.items._source.all += revisions
        touched = self.items.add(revisions)
        for one in touched:
            self.search.update(one)
        return touched

    def close(self) -> None:
        self.search.close()
        if self.snapshot is not None:
            self.snapshot.close()


def in_memory(revisions: Iterable[Revision], gone: Iterable[str] = (), *, looked: bool = False) -> Made:
    """All of it held here; with an index, or looked through."""
    items = Items(revisions)
    items.forget(gone)
    return Made(items, Looking(items) if looked else SearchIndex(items))


def over_a_base(
    before: Iterable[Revision], after: Sequence[Revision], folder: Path, gone: Iterable[str] = ()
) -> Made:
    """What was there `before` in a base, what came `after` over it."""
    before = list(before)
    ring = KeyRing.new(bytes(16))
    path = folder / f"{secrets.token_hex(8)}.cache"
    writer = SnapshotWriter(path, ring)
    assert _Making(Items(before), writer).go_on(None)
    writer.finish()
    snapshot = Snapshot(path, ring)
    path.unlink()
    rows = Rows([*before, *after])
    base = Base(snapshot, lambda eid: Items(rows.revisions_of(eid)).entry(eid))
    items = Items(base=base, source=rows)
    assert items.base is base
    items.add(after)
    items.forget(gone)
    weakref.finalize(items, snapshot.close)

    def text_of(place: int) -> str:
        return "" if items.hides(place) else fold(searchable(items.item(base.entry(place)).record))

    return Made(items, SearchIndex(items, BaseIndex(snapshot, base, text_of)), snapshot)


def entries(revisions: Sequence[Revision], way: str, folder: Path) -> Made:
    """Any revisions. Mixed: the second half of them came after the first was put into a base."""
    if way in (IN_MEMORY, LOOKED):
        return in_memory(revisions, looked=way == LOOKED)
    half = len(revisions) if way == IN_A_BASE else len(revisions) // 2
    return over_a_base(revisions[:half], revisions[half:], folder)


def made(records: Mapping[str, Record | UnknownRecord], way: str, folder: Path) -> Made:
    """Entries of one version each. Mixed: of three, one in the base, one in it and changed over it, one over it; what
    stood there before said all that the others say, and so did two that are gone."""
    final = [written(eid, record) for eid, record in records.items()]
    if way in (IN_MEMORY, LOOKED):
        return in_memory(final, looked=way == LOOKED)
    if way == IN_A_BASE:
        return over_a_base(final, [], folder)
    everything = "\n".join(searchable(record) for record in records.values())
    decoy = Page(at=AT, text=everything, tags=("decoy",), session=eid(1))
    before = [one for number, one in enumerate(final) if number % 3 == 0]
    before += [written(one.eid, decoy, "old") for number, one in enumerate(final) if number % 3 == 1]
    before += [written(REMOVED, decoy, "old"), written(PURGED, decoy, "old")]
    after = [
        written(eid, record, "r", "old", lamport=2)
        for number, (eid, record) in enumerate(records.items())
        if number % 3 == 1
    ]
    after += [one for number, one in enumerate(final) if number % 3 == 2]
    after.append(written(REMOVED, None, "gone", "old", lamport=2))
    return over_a_base(before, after, folder, [PURGED])
