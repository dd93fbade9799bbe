"""What is known of an entry without its text: enough for every list, and where to find the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import IntEnum

import msgspec

from journal.errors import InvalidRecord
from journal.records import (
    IntegrationNote,
    Moment,
    Record,
    UnknownRecord,
    Writing,
    decode,
)
from journal.store.lines import line_of, snippet_of
from journal.vault import Revision


class State(IntEnum):
    """Whether an entry is there to be seen."""

    HERE = 0
    REMOVED = 1  # every head of it is a deletion
    UNREADABLE = 2  # a later version wrote it: kept, and not shown
    NOTE = 3  # a list of what was removed for good: no entry


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An entry by its newest head. `heads` over 1: so many versions stand side by side.

    `snippet` is the beginning of the text on one line. `body` is the whole record, for kinds that have no long text;
    of what was written in the editor it is empty, and the text is opened when it is wanted.
    """

    eid: str
    rev: str
    kind: str
    changed: datetime
    state: State = State.HERE
    heads: int = 1
    listed: bool = False
    when: Moment | None = None
    title: str = ""
    snippet: str = ""
    session: str | None = None
    tags: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    source: str = ""
    body: bytes = b""

    @property
    def order(self) -> tuple[float, str]:
        """Where it stands in time; what has no time comes first."""
        return (self.when.at.timestamp() if self.when else float("-inf"), self.eid)


def heads_of(revisions: Sequence[Revision]) -> tuple[Revision, ...]:
    """Those that no other names as its parent, the one that is shown first."""
    if len(revisions) == 1:
        return (revisions[0],)
    parents = {parent for revision in revisions for parent in revision.parents}
    heads = [revision for revision in revisions if revision.rev not in parents]
    # Any fixed order will do, so that every machine shows the same one; deletions come last.
    return tuple(sorted(heads, key=lambda head: (head.deleted, -head.lamport, head.rev)))


def entry_of(revisions: Sequence[Revision]) -> Entry | None:
    """The entry that all its revisions make; None where no revision is a head."""
    heads = heads_of(revisions)
    if not heads:
        return None
    head = heads[0]
    if head.kind == "purged" and not head.deleted:
        return Entry(head.eid, head.rev, head.kind, head.at, State.NOTE)
    if head.deleted:
        removed = max(one.at for one in heads)
        written = any(not one.deleted for one in revisions)
        return Entry(head.eid, head.rev, head.kind, removed, State.REMOVED if written else State.NOTE)
    record = record_of(head)
    if record is None:
        return Entry(head.eid, head.rev, head.kind, head.at, State.UNREADABLE, body=head.body)
    count = 1 if len(heads) == 1 else len({(one.deleted, one.body) for one in heads})  # the same on both is one
    return _seen(head, record, count)


def record_of(revision: Revision) -> Record | UnknownRecord | None:
    """The record in a revision; None for a deletion, and where it cannot be read."""
    if revision.deleted:
        return None
    try:
        return decode(revision.body)
    except InvalidRecord:
        return None


def _seen(head: Revision, record: Record | UnknownRecord, heads: int) -> Entry:
    eid, rev, at, here = head.eid, head.rev, head.at, State.HERE
    if isinstance(record, Writing):
        modalities = record.modalities if isinstance(record, IntegrationNote) else ()
        title, snippet = (record.cover, "") if record.covered else (record.title, snippet_of(record))
        return Entry(
            eid, rev, record.kind, at, here, heads, True, record.at, title, snippet, record.session, record.tags,
            modalities, record.source,
        )  # fmt: skip
    line = line_of(record)
    when = record.when if isinstance(record, Record) else None
    session, source = getattr(record, "session", None), getattr(record, "source", "")
    return Entry(
        eid, rev, record.kind, at, here, heads, line.listed, when, line.title, line.snippet, session, (), (), source,
        head.body,
    )  # fmt: skip


def by_eid(revisions: Iterable[Revision]) -> dict[str, list[Revision]]:
    """Revisions by their entry."""
    found: dict[str, list[Revision]] = {}
    for revision in revisions:
        found.setdefault(revision.eid, []).append(revision)
    return found
