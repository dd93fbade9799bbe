"""Entries from revisions. A revision that no other names as its parent is a head; most entries have one.

Two heads mean that two copies were written to apart. Both are kept and can be seen; nothing is chosen by clock.
An entry is gone only when every head of it is a deletion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from journal.errors import InvalidRecord, NotFound
from journal.records import Record, UnknownRecord, decode
from journal.vault import Revision


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
    """An entry that was taken out and can be brought back: what it was last, and when it was removed."""

    eid: str
    record: Record | UnknownRecord
    removed: datetime
    versions: int


class Items:
    """All entries, by id. Order of arrival makes no difference."""

    def __init__(self, revisions: Iterable[Revision] = ()) -> None:
        self._revisions: dict[str, list[Revision]] = {}
        self._items: dict[str, Item] = {}
        # Entries whose newest revision is no record to this version (a later one wrote it): kept, and not shown.
        self.unreadable: dict[str, UnknownRecord] = {}
        self.add(revisions)

    def add(self, revisions: Iterable[Revision]) -> frozenset[str]:
        """Take in revisions; returns the ids of entries that may look different now."""
        touched = set()
        for revision in revisions:
            known = self._revisions.setdefault(revision.eid, [])
            if all(other.rev != revision.rev for other in known):
                known.append(revision)
                touched.add(revision.eid)
        for eid in touched:
            self._settle(eid)
        return frozenset(touched)

    def revisions(self, eid: str) -> tuple[Revision, ...]:
        """Every revision of an entry, in no order."""
        return tuple(self._revisions.get(eid, ()))

    def every(self) -> tuple[Revision, ...]:
        """Every revision of every entry, in no order."""
        return tuple(revision for known in self._revisions.values() for revision in known)

    def heads(self, eid: str) -> tuple[Revision, ...]:
        """The heads of an entry, the one that is shown first."""
        known = self._revisions.get(eid, [])
        if len(known) == 1:
            return (known[0],)
        parents = {parent for revision in known for parent in revision.parents}
        heads = [revision for revision in known if revision.rev not in parents]
        # Any fixed order will do, so that every machine shows the same one; deletions come last.
        return tuple(sorted(heads, key=lambda head: (head.deleted, -head.lamport, head.rev)))

    def get(self, eid: str) -> Item:
        """The entry. Raises `NotFound`."""
        try:
            return self._items[eid]
        except KeyError:
            raise NotFound("This entry is not in the journal any more.") from None

    def find(self, eid: str | None) -> Item | None:
        """The entry, or None."""
        return self._items.get(eid) if eid else None

    def versions(self, eid: str) -> tuple[Version, ...]:
        """All revisions of an entry, newest first."""
        known = sorted(self._revisions.get(eid, []), key=lambda revision: (-revision.lamport, revision.rev))
        return tuple(Version(rev.rev, rev.at, rev.deleted, _record(rev)) for rev in known)

    def removed(self) -> Iterator[RemovedItem]:
        """Entries of which every head is a deletion, in no order."""
        for eid, known in self._revisions.items():
            heads = () if eid in self._items or eid in self.unreadable else self.heads(eid)
            written = [revision for revision in known if not revision.deleted]
            if heads and heads[0].deleted and written:
                last = max(written, key=lambda revision: (revision.lamport, revision.rev))
                record = _record(last) or UnknownRecord(last.kind, last.body)
                yield RemovedItem(eid, record, max(head.at for head in heads), len(known))

    def kinds(self, eid: str) -> frozenset[str]:
        """The kinds that the revisions of an entry have: one, as a rule."""
        return frozenset(revision.kind for revision in self._revisions.get(eid, ()))

    def forget(self, eids: Iterable[str]) -> None:
        """Let go of entries with all their revisions."""
        for eid in eids:
            self._revisions.pop(eid, None)
            self._items.pop(eid, None)
            self.unreadable.pop(eid, None)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def of_kind(self, *kinds: str) -> Iterator[Item]:
        """Entries of these kinds, in no order."""
        return (item for item in self._items.values() if item.record.kind in kinds)

    def _settle(self, eid: str) -> None:
        heads = self.heads(eid)
        self.unreadable.pop(eid, None)
        self._items.pop(eid, None)
        if not heads or heads[0].deleted or heads[0].kind == "purged":  # a list of what is gone is no entry
            return
        record = _record(heads[0])
        if record is None:
            self.unreadable[eid] = UnknownRecord(heads[0].kind, heads[0].body)
            return
        differing = {(head.deleted, head.body) for head in heads}  # the same done on both is one version
        self._items[eid] = Item(eid, heads[0].rev, record, heads[0].at, len(differing))


def _record(revision: Revision) -> Record | UnknownRecord | None:
    if revision.deleted:
        return None
    try:
        return decode(revision.body)
    except InvalidRecord:
        return None
