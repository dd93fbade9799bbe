"""What is known of an entry without its text: enough for every list, and where to find the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import IntEnum

import msgspec

from journal.errors import InvalidRecord
from journal.records import (
    SLIDERS,
    Attachment,
    CheckIn,
    Course,
    IntegrationNote,
    Moment,
    Record,
    Session,
    UnknownRecord,
    Writing,
    decode,
)
from journal.vault import Revision

SNIPPET = 200  # characters


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
        return Entry(
            eid, rev, record.kind, at, here, heads, True, record.at, record.title, one_line(record.text),
            record.session, record.tags, modalities, record.source,
        )  # fmt: skip
    title, snippet, session, source, listed = "", "", None, "", True
    if isinstance(record, CheckIn):
        snippet, session, source = checkin_line(record), record.session, record.source
    elif isinstance(record, Session):
        snippet = " · ".join(part for part in (record.dose, record.setting, record.people) if part)
        source = getattr(record, "source", "")
    elif isinstance(record, Course):
        title, snippet = record.title or "Course", one_line(record.notes)
    else:
        title, listed = record.name if isinstance(record, Attachment) else "", False
    when = record.when if isinstance(record, Record) else None
    return Entry(
        eid, rev, record.kind, at, here, heads, listed, when, title, snippet, session, (), (), source, head.body
    )


def checkin_line(checkin: CheckIn) -> str:
    """The answers of a check-in on one line: "Mood 6 · Calm 4"."""
    answers = [(slider.title, getattr(checkin, slider.name)) for slider in SLIDERS]
    parts = [f"{title} {value}" for title, value in answers if value is not None]
    return " · ".join([*parts, checkin.note] if checkin.note else parts)


def by_eid(revisions: Iterable[Revision]) -> dict[str, list[Revision]]:
    """Revisions by their entry."""
    found: dict[str, list[Revision]] = {}
    for revision in revisions:
        found.setdefault(revision.eid, []).append(revision)
    return found


def one_line(text: str) -> str:
    """The beginning of a text on one line, with one space for whatever stands between two words."""
    begin = text[: SNIPPET + SNIPPET // 16]  # as a rule there is little to fold
    plain = begin.replace("\n\n", " ").replace("\n", " ")
    simple = "  " not in plain and plain.isprintable()  # no other white space is
    short = plain.strip() if simple else " ".join(begin.split())
    if len(short) <= SNIPPET and len(begin) < len(text):
        short = " ".join(text[: 3 * SNIPPET].split())
    return short[:SNIPPET]
