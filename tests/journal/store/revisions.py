"""Revisions as the vault would give them."""

from __future__ import annotations

from datetime import UTC, datetime

from journal.records import Moment, Page, Record, UnknownRecord, encode
from journal.vault import Revision

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
AT = Moment(NOW)


def eid(name: int | str) -> str:
    """An id that is easy to tell from others: of a number, or of a letter."""
    return f"{name:032x}" if isinstance(name, int) else f"{ord(name):032x}"


def revision(
    eid: str, rev: str, *parents: str, lamport: int = 1, body: bytes | None = None, deleted: bool = False
) -> Revision:
    """A page that says its revision's name, unless `body` says otherwise."""
    record = body if body is not None else encode(Page(at=AT, text=rev))
    return Revision(
        eid=eid, rev=rev, parents=parents, lamport=lamport, device="d", at=NOW, kind="page",
        deleted=deleted, body=b"null" if deleted else record,
    )  # fmt: skip


def written(
    eid: str, record: Record | UnknownRecord | None, rev: str = "r", *parents: str, lamport: int = 1
) -> Revision:
    """A revision that says a record, or None: that the entry is removed."""
    return Revision(
        eid=eid, rev=rev, parents=parents, lamport=lamport, device="d", at=NOW,
        kind=record.kind if record is not None else "page", deleted=record is None,
        body=b"null" if record is None else encode(record),
    )  # fmt: skip
