"""Revisions as the vault would give them."""

from __future__ import annotations

from datetime import UTC, datetime

from journal.records import Moment, Page, Record, UnknownRecord, encode
from journal.store import Item
from journal.vault import Revision

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
AT = Moment(NOW)


def revision(
    eid: str, rev: str, *parents: str, lamport: int = 1, body: bytes | None = None, deleted: bool = False
) -> Revision:
    """A page that says its revision's name, unless `body` says otherwise."""
    record = body if body is not None else encode(Page(at=AT, text=rev))
    return Revision(
        eid=eid, rev=rev, parents=parents, lamport=lamport, device="d", at=NOW, kind="page",
        deleted=deleted, body=b"null" if deleted else record,
    )  # fmt: skip


def item(eid: str, record: Record | UnknownRecord, *, heads: int = 1) -> Item:
    return Item(eid, "r", record, NOW, heads)
