"""Entries from revisions. A revision that no other names as its parent is a head; most entries have one.

Two heads mean that two copies were written to apart. Both are kept and can be seen; nothing is chosen by clock.
An entry is gone only when every head of it is a deletion.

What was read when the journal was opened is held here with its revisions; or most of it stands in a `Base`, and what
changed since stands over that. An entry's text is then opened when it is wanted, and the answers are the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from journal.errors import DamagedJournal, JournalError, NotFound
from journal.records import Record, UnknownRecord, Writing, decode
from journal.store.base import Base
from journal.store.entries import Entry, State, by_eid, entry_of, heads_of, record_of
from journal.vault import Revision

_DAMAGED = "This version of the entry is damaged or missing."


class Source(Protocol):
    """Where revisions are read that are not held in memory."""

    def revision(self, eid: str, rev: str) -> Revision: ...
    def revisions_of(self, eid: str) -> Sequence[Revision]: ...


class Item(msgspec.Struct, frozen=True, gc=False):
    """An entry as it stands: the record of its newest head. `heads` over 1: so many versions stand side by side."""

    eid: str
    rev: str
    record: Record | UnknownRecord
    changed: datetime
    heads: int = 1


class Version(msgspec.Struct, frozen=True):
    """One revision of an entry. `record` is None for a deletion, and where it cannot be read."""

    rev: str
    at: datetime
    deleted: bool
    record: Record | UnknownRecord | None


class RemovedItem(msgspec.Struct, frozen=True):
    """An entry that was taken out and can be brought back: what it was last, and when it was removed.

    `cover`: the entry whose cover lies over it, where somebody looked for that.
    """

    eid: str
    record: Record | UnknownRecord
    removed: datetime
    versions: int
    cover: Writing | None = None


class Items:
    """All entries, by id. Order of arrival makes no difference."""

    def __init__(
        self, revisions: Iterable[Revision] = (), *, base: Base | None = None, source: Source | None = None
    ) -> None:
        self._base, self._source = base, source
        self._revisions: dict[str, list[Revision]] = {}  # of these entries, all there are
        self._over: dict[str, Entry | None] = {}  # None: forgotten
        self._hidden: set[int] = set()  # places of the base that something stands over
        self._keys: list[tuple[float, str]] | None = None  # of what stands over and is listed, the oldest first
        self.add(revisions)

    @property
    def base(self) -> Base | None:
        """What most entries stand in, where they do."""
        return self._base

    # -- taking in ---------------------------------------------------------------------------------------------

    def add(self, revisions: Iterable[Revision]) -> frozenset[str]:
        """Take in revisions; returns the ids of entries that may look different now."""
        if self._base is None and not self._over and not self._revisions:  # as when a journal is opened
            self._revisions, self._keys = by_eid(revisions), None
            found = ((eid, entry_of(new)) for eid, new in self._revisions.items())
            self._over = {eid: entry for eid, entry in found if entry is not None}
            return frozenset(self._revisions)
        touched = set()
        for eid, new in by_eid(revisions).items():
            known = self._known(eid)
            revs = {revision.rev for revision in known}
            fresh = [revision for revision in new if revision.rev not in revs]
            if fresh or eid not in self._over:
                self._revisions[eid] = [*known, *fresh]
                touched.add(eid)
        for eid in touched:
            self._put(eid, entry_of(self._revisions[eid]))
        return frozenset(touched)

    def forget(self, eids: Iterable[str]) -> None:
        """Let go of entries with all their revisions."""
        for eid in eids:
            self._revisions.pop(eid, None)
            self._put(eid, None)

    def settle(self, base: Base, source: Source, since: Iterable[str]) -> None:
        """From now on most entries stand in `base`, but for those that changed `since` it was made."""
        over = {eid: self._over.get(eid) for eid in since}
        self._revisions = {eid: self._revisions[eid] for eid in over if eid in self._revisions}
        self._base, self._source = base, source
        self._over, self._hidden, self._keys = {}, set(), None
        for eid, entry in over.items():
            self._put(eid, entry)

    def _put(self, eid: str, entry: Entry | None) -> None:
        place = self._base.place(eid) if self._base is not None else None
        if place is not None:
            self._hidden.add(place)
        old = self._over.get(eid)
        if entry is None and place is None:
            self._over.pop(eid, None)
        else:
            self._over[eid] = entry
        if self._keys is not None:
            if old is not None and old.listed:
                del self._keys[bisect_left(self._keys, old.order)]
            if entry is not None and entry.listed:
                insort(self._keys, entry.order)

    def _known(self, eid: str) -> list[Revision]:
        held = self._revisions.get(eid)
        if held is not None:
            return held
        if self._source is None or self.entry(eid) is None:
            return []
        return list(self._source.revisions_of(eid))

    # -- one entry ---------------------------------------------------------------------------------------------

    def entry(self, eid: str | None) -> Entry | None:
        """An entry without its text, in whatever state it is."""
        if not eid:
            return None
        if eid in self._over:
            return self._over[eid]
        place = self._base.place(eid) if self._base is not None else None
        return self._base.entry(place) if self._base is not None and place is not None else None

    def here(self, eid: str | None) -> Entry | None:
        """An entry without its text, if it is there to be seen."""
        found = self.entry(eid)
        return found if found is not None and found.state == State.HERE else None

    def find(self, eid: str | None) -> Item | None:
        """The entry, or None. Raises `DamagedJournal` where its text cannot be opened any more."""
        found = self.here(eid)
        return self.item(found) if found is not None else None

    def get(self, eid: str) -> Item:
        """The entry. Raises `NotFound`."""
        found = self.find(eid)
        if found is None:
            raise NotFound("This entry is not in the journal any more.")
        return found

    def item(self, entry: Entry) -> Item:
        """An entry with all of it."""
        return Item(entry.eid, entry.rev, decode(self.body(entry)), entry.changed, entry.heads)

    def revisions(self, eid: str) -> tuple[Revision, ...]:
        """Every revision of an entry, in no order."""
        held = self._revisions.get(eid)
        if held is not None:
            return tuple(held)
        if self._source is None or self.entry(eid) is None:
            return ()
        return tuple(self._source.revisions_of(eid))

    def heads(self, eid: str) -> tuple[Revision, ...]:
        """The heads of an entry, the one that is shown first."""
        found = self.revisions(eid)
        return heads_of(found) if found else ()

    def versions(self, eid: str) -> tuple[Version, ...]:
        """All revisions of an entry, newest first."""
        known = sorted(self.revisions(eid), key=lambda revision: (-revision.lamport, revision.rev))
        return tuple(Version(rev.rev, rev.at, rev.deleted, record_of(rev)) for rev in known)

    def kinds(self, eid: str) -> frozenset[str]:
        """The kinds that the revisions of an entry have: one, as a rule."""
        found = frozenset(revision.kind for revision in self.revisions(eid))
        place = self._base.place(eid) if self._base is not None and not found else None
        if self._base is None or place is None or place in self._hidden:
            return found
        return frozenset([self._base.kind(place)])  # its rows are gone already: a copy said so

    def body(self, entry: Entry) -> bytes:
        """The record of an entry as JSON."""
        if entry.body:
            return entry.body
        for revision in self._revisions.get(entry.eid, ()):
            if revision.rev == entry.rev:
                return revision.body
        if self._source is None:
            raise DamagedJournal(_DAMAGED)
        return self._source.revision(entry.eid, entry.rev).body

    # -- many entries ------------------------------------------------------------------------------------------

    def every(self, lost: set[str]) -> Iterator[Revision]:
        """Every revision of every entry, in no order. `lost` gets the entries that cannot be read any more."""
        for entry in self.all_entries():
            try:
                found = self.revisions(entry.eid)
            except JournalError:
                lost.add(entry.eid)
            else:
                yield from found

    def removed(self) -> Iterator[RemovedItem]:
        """Entries of which every head is a deletion, in no order."""
        for entry in self._in_state(State.REMOVED):
            known = self.revisions(entry.eid)
            written = [revision for revision in known if not revision.deleted]
            if not written:
                raise DamagedJournal(_DAMAGED)
            last = max(written, key=lambda revision: (revision.lamport, revision.rev))
            record = record_of(last) or UnknownRecord(last.kind, last.body)
            yield RemovedItem(entry.eid, record, entry.changed, len(known))

    @property
    def unreadable(self) -> dict[str, UnknownRecord]:
        """Entries whose newest revision is no record to this version (a later one wrote it): kept, and not shown."""
        return {entry.eid: UnknownRecord(entry.kind, entry.body) for entry in self._in_state(State.UNREADABLE)}

    def __iter__(self) -> Iterator[Item]:
        return (self.item(entry) for entry in self._all() if entry.state == State.HERE)

    def __len__(self) -> int:
        over = sum(entry is not None and entry.state == State.HERE for entry in self._over.values())
        if self._base is None:
            return over
        gone = len(self._hidden | self._base.states.keys())
        return over + len(self._base) - gone

    def of_kind(self, *kinds: str) -> Iterator[Item]:
        """Entries of these kinds, in no order."""
        return (self.item(entry) for entry in self.entries(*kinds))

    def entries(self, *kinds: str) -> Iterator[Entry]:
        """Entries of these kinds without their texts: those that are over the base first, the others newest first."""
        for entry in self._over.values():
            if entry is not None and entry.state == State.HERE and entry.kind in kinds:
                yield entry
        if self._base is not None:
            for place in self._base.of_kind(*kinds):
                if place not in self._hidden and place not in self._base.states:
                    yield self._base.entry(place)

    def of_session(self, eid: str) -> Iterator[Entry]:
        """What belongs to a session, in no order."""
        for entry in self._over.values():
            if entry is not None and entry.state == State.HERE and entry.session == eid:
                yield entry
        if self._base is not None:
            for place in self._base.of_session(eid):
                if place not in self._hidden and place not in self._base.states:
                    yield self._base.entry(place)

    def session_counts(self) -> Counter[tuple[str, str]]:
        """How much of each kind belongs to each session, by (session, kind)."""
        counts: Counter[tuple[str, str]] = Counter()
        if self._base is not None:
            counts += self._base.session_counts()
            counts.subtract(filter(None, map(self._base.session_at, self._hidden)))
        counts.update(_belonging(self.over()))
        return counts

    def tags(self) -> Counter[str]:
        """How often each tag is used."""
        counts: Counter[str] = Counter()
        if self._base is not None:
            counts.update(self._base.tag_counts())
            counts.subtract(tag for place in self._hidden for tag in self._base.tags_at(place))
        counts.update(tag for entry in self._over.values() if entry is not None for tag in entry.tags)
        return counts

    def sources(self) -> set[str]:
        """Where imported entries came from."""
        return {entry.source for entry in self._all() if entry.source and entry.state == State.HERE}

    def apart(self) -> list[Entry]:
        """Listed entries of which several versions stand side by side, newest first."""
        found = [entry for entry in self._over.values() if entry is not None and entry.listed and entry.heads > 1]
        if self._base is not None:
            places = (place for place in self._base.apart if place not in self._hidden)
            found += [entry for entry in map(self._base.entry, places) if entry.listed]
        return sorted(found, key=lambda entry: entry.order, reverse=True)

    def newest(
        self, *, places: Iterable[int] | None = None, over: Iterable[str] | None = None, oldest_first: bool = False
    ) -> Iterator[Entry]:
        """Listed entries, newest first; of `places` (in order) and of the ids `over` the base, or all of them."""
        above = self._sorted() if over is None else self._sorted_of(over)
        if self._base is None:
            yield from map(self._entry_at, above if oldest_first else reversed(above))
            return
        below: Iterable[int] = range(self._base.listed) if places is None else places
        if oldest_first:
            below = reversed(below if isinstance(below, range) else list(below))
        listed = (place for place in below if place < self._base.listed and place not in self._hidden)
        yield from self._merged(listed, iter(above) if oldest_first else reversed(above), oldest_first=oldest_first)

    def newest_of(self, *kinds: str) -> Iterator[Entry]:
        """Listed entries of these kinds, newest first."""
        over = [entry.eid for entry in self.over() if entry.kind in kinds]
        return self.newest(places=self._base.of_kind(*kinds) if self._base is not None else None, over=over)

    def between(self, begin: datetime, end: datetime) -> Iterator[Entry]:
        """Listed entries from `begin` up to but not including `end`, in no order."""
        first, last = (begin.timestamp(), ""), (end.timestamp(), "")
        keys = self._sorted()
        yield from map(self._entry_at, keys[bisect_left(keys, first) : bisect_left(keys, last)])
        if self._base is not None:
            when, listed = self._base.when, self._base.listed
            # Places count backwards in time.
            start = bisect_right(range(listed), -last[0], key=lambda place: -when[place])
            stop = bisect_right(range(listed), -first[0], key=lambda place: -when[place])
            yield from (self._base.entry(place) for place in range(start, stop) if place not in self._hidden)

    def _merged(
        self, below: Iterator[int], above: Iterator[tuple[float, str]], *, oldest_first: bool
    ) -> Iterator[Entry]:
        assert self._base is not None
        base = self._base
        key = next(above, None)
        for place in below:
            while key is not None and (key < (base.when[place], base.eid(place))) == oldest_first:
                yield self._entry_at(key)
                key = next(above, None)
            yield base.entry(place)
        while key is not None:
            yield self._entry_at(key)
            key = next(above, None)

    def all_entries(self) -> list[Entry]:
        """Every entry, in whatever state."""
        return list(self._all())

    def over(self) -> Iterator[Entry]:
        """What stands over the base; everything where there is none."""
        return (entry for entry in self._over.values() if entry is not None)

    def hides(self, place: int) -> bool:
        """Whether something stands over this place of the base."""
        return place in self._hidden

    @property
    def changed(self) -> int:
        """How many entries stand over the base."""
        return len(self._over)

    def _entry_at(self, key: tuple[float, str]) -> Entry:
        found = self._over[key[1]]
        assert found is not None
        return found

    def _sorted(self) -> list[tuple[float, str]]:
        if self._keys is None:
            self._keys = sorted(entry.order for entry in self.over() if entry.listed)
        return self._keys

    def _sorted_of(self, eids: Iterable[str]) -> list[tuple[float, str]]:
        found = (self._over.get(eid) for eid in eids)
        return sorted(entry.order for entry in found if entry is not None and entry.listed)

    def _all(self) -> Iterator[Entry]:
        yield from list(self.over())
        if self._base is not None:
            hidden = frozenset(self._hidden)
            yield from (self._base.entry(place) for place in range(len(self._base)) if place not in hidden)

    def _in_state(self, state: State) -> Iterator[Entry]:
        yield from [entry for entry in self.over() if entry.state == state]
        if self._base is not None:
            for place, found in self._base.states.items():
                if found == state and place not in self._hidden:
                    yield self._base.entry(place)


def _belonging(entries: Iterable[Entry]) -> Counter[tuple[str, str]]:
    return Counter((entry.session, entry.kind) for entry in entries if entry.session and entry.state == State.HERE)
