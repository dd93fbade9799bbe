"""Entries that name others by their ids: a session its course, a note its session, a file its entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from journal.records import Record, Session, ShareReceipt, UnknownRecord

Pair = tuple[str, Record | UnknownRecord]
# Fields that hold one id, or None.
_ONE = ("entry", "session", "course", "provider", "experience", "client", "contact", "received")
_MANY = ("providers", "eids")  # fields that hold several


def under_new_ids(ids: Mapping[str, str], pairs: Sequence[Pair]) -> list[Pair]:
    """Entries under other ids where these say so, and whatever names them follows."""
    return [(ids.get(eid, eid), pointing(ids, record)) for eid, record in pairs]


def pointing(ids: Mapping[str, str], record: Record | UnknownRecord) -> Record | UnknownRecord:
    """A record that names entries by their new ids. What only a later version knows stays as it is."""
    if not ids or not isinstance(record, Record):
        return record
    found: dict[str, object] = {}
    for name in _ONE:
        eid = getattr(record, name, None)
        if isinstance(eid, str) and eid in ids:
            found[name] = ids[eid]
    for name in _MANY:
        several = getattr(record, name, ())
        if not ids.keys().isdisjoint(several) and record.kind != "purged":  # that list names what is gone
            found[name] = tuple(ids.get(eid, eid) for eid in several)
    if isinstance(record, Session) and any(one.medicine in ids for one in record.taken):
        found["taken"] = tuple(
            msgspec.structs.replace(one, medicine=ids.get(one.medicine, one.medicine)) for one in record.taken
        )
    if isinstance(record, ShareReceipt) and any(one.eid in ids for one in record.left_out):
        found["left_out"] = tuple(
            msgspec.structs.replace(one, eid=ids.get(one.eid, one.eid)) for one in record.left_out
        )
    return msgspec.structs.replace(record, **found) if found else record
