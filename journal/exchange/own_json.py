"""Our own JSON: everything, losing nothing. Exporting, importing and exporting again gives the same records.

    {"format": "integration-journal", "version": 1, "exported": "...", "records": [{"eid": "...", "kind": ...}]}

The secrets behind the journal's address and its signatures are never written; neither are edit history, and files
that were added to entries: a record of one without its contents would be of no use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from journal.clock import Clock
from journal.errors import ImportFailed, InvalidRecord
from journal.exchange.incoming import MAX_ENTRIES, Incoming
from journal.ids import is_id
from journal.records import Record, UnknownRecord, encode
from journal.records.codec import from_fields

FORMAT = "integration-journal"
VERSION = 1
_NEVER = {
    "identity": "an address's secret is never imported",
    "signing-key": "the secret that signs shares is never imported",
    "attachment": "it is a file that was added to an entry, and its contents are not here",
}
Pair = tuple[str, Record | UnknownRecord]


def dump(pairs: Iterable[Pair], clock: Clock) -> tuple[str, int]:
    """The file's text, and how many records are in it. Records stand in the order of their ids."""
    records = []
    for eid, record in sorted(pairs, key=_eid):
        if record.kind not in _NEVER:
            records.append({**json.loads(encode(record)), "eid": eid})  # no record has a field of this name
    lines = ",\n".join(json.dumps(record, ensure_ascii=False, sort_keys=True) for record in records)
    head = {"format": FORMAT, "version": VERSION, "exported": clock.now().isoformat()}
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{opening}, "records": [\n{lines}\n]}}\n', len(records)


def fits(value: Any) -> bool:
    """Whether parsed JSON is one of our files."""
    return isinstance(value, dict) and value.get("format") == FORMAT


def load(value: Any) -> Incoming:
    """The records of one of our files."""
    version = value.get("version")
    if type(version) is not int or version < 1:
        raise ImportFailed("This file does not say its version. Nothing was imported.")
    if version > VERSION:
        raise ImportFailed("This file was written by a newer version of the program. Nothing was imported.")
    records = value.get("records")
    if not isinstance(records, list) or len(records) > MAX_ENTRIES:
        raise ImportFailed("This file has no list of entries. Nothing was imported.")
    taken: list[Pair] = []
    refused: list[str] = []
    seen: set[str] = set()
    for number, fields in enumerate(records, start=1):
        eid = fields.pop("eid", None) if isinstance(fields, dict) else None
        if not isinstance(eid, str) or not is_id(eid) or eid in seen:
            refused.append(f"entry {number}: it has no id of its own")
            continue
        try:
            record = from_fields(fields)
        except (InvalidRecord, ValueError, TypeError, OverflowError, RecursionError):
            refused.append(f"entry {number}: it does not have the form of an entry")
            continue
        if record.kind in _NEVER:
            refused.append(f"entry {number}: {_NEVER[record.kind]}")
            continue
        seen.add(eid)
        taken.append((eid, record))
    return Incoming(FORMAT, tuple(taken), tuple(refused))


def _eid(pair: Pair) -> str:
    return pair[0]
