"""Files to take in: a small export of our own, jrnl's, and all that can be wrong with one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from journal.clock import FixedClock

CLOCK = FixedClock(datetime(2026, 3, 12, 14, 5, tzinfo=UTC))
WORD = "canaryword"  # the person's own; no error may repeat it


def page(number: int = 1, **fields: Any) -> dict[str, Any]:
    """One entry of our own JSON."""
    at = {"at": "2026-03-01T09:30:00+01:00", "zone": "Europe/Berlin"}
    return {"eid": f"{number:032x}", "kind": "page", "at": at, "title": f"{WORD} {number}", "text": WORD, **fields}


def checkin(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {"eid": f"{number:032x}", "kind": "checkin", "at": {"at": "2026-03-01T09:30:00+01:00"}, **fields}


def ours(*records: Any, **head: Any) -> str:
    """A file of our own."""
    return json.dumps({"format": "integration-journal", "version": 1, "records": list(records), **head})


def jrnl_entry(**fields: Any) -> dict[str, Any]:
    """An entry as jrnl 2.5 and later write it."""
    return {
        "title": f"{WORD} in the morning.",
        "body": f"A {WORD} by the river. @walk",
        "date": "2026-03-01",
        "time": "09:30",
        "tags": ["@walk"],
        "starred": False,
        **fields,
    }


def jrnl(*entries: Any) -> str:
    """jrnl's export of a journal."""
    return json.dumps({"tags": {"@walk": len(entries)}, "entries": list(entries)}, indent=2)


def put(folder: Path, text: str | bytes, name: str = "in.json") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def _deep(levels: int) -> Any:
    value: Any = WORD
    for _ in range(levels):
        value = [value]
    return value


# What no entry is taken from, by name.
BAD: dict[str, bytes] = {
    name: text if isinstance(text, bytes) else text.encode()
    for name, text in {
        "nothing": "",
        "white space": " \n ",
        "plain text": f"{WORD} and more",
        "a picture": b"\x89PNG\r\n\x1a\n" + bytes(60),
        "a journal": b"SQLite format 3\0" + bytes(100),
        "a share": b"age-encryption.org/v1\n-> X25519 abc\n",
        "only a mark of UTF-8": b"\xef\xbb\xbf",
        "only NUL": bytes(200),
        "cut off": ours(page())[:-3],
        "cut off in a word": ours(page())[:160],
        "two values": ours(page()) + ours(page(2)),
        "a NUL that is not escaped": ours(page()).replace(WORD, f"{WORD}\0", 1),
        "no UTF-8": ours(page()).encode().replace(WORD.encode(), b"\xff\xfe\xfa", 1),
        "half a character of UTF-8": ours(page()).encode().replace(WORD.encode(), b"\xc3", 1),
        "half of UTF-16": ours(page()).encode("utf-16")[:-1],
        "a list": "[]",
        "a word": f'"{WORD}"',
        "a number": "3",
        "null": "null",
        "an object of something else": json.dumps({"notes": [WORD]}),
        "entries that are no list": '{"entries": {}}',
        "entries that are no objects": json.dumps({"entries": [WORD]}),
        "no version": '{"format": "integration-journal", "records": []}',
        "a version in words": ours(page(), version="1"),
        "a version that is true": ours(page(), version=True),
        "version 0": ours(page(), version=0),
        "a later version": ours(page(), version=2),
        "a version with a fraction": ours(page(), version=1.5),
        "no records": '{"format": "integration-journal", "version": 1}',
        "records that are no list": ours(records={}),
        "lists without end": "[" * 100_000,
        "objects without end": '{"a":' * 100_000,
        "deeper than any journal": ours(page(later=_deep(70))),
        "a number of 5,000 digits": ours(page()).replace('"version": 1', '"version": 1, "x": ' + "1" * 5000),
        "a number too large": ours(checkin()).replace('"kind"', '"mood": 1e999, "kind"'),
        "no number": ours(checkin(mood=float("nan"))),
        "an endless number": ours(checkin(mood=float("inf"))),
        "a negative endless number": ours(checkin(mood=float("-inf"))),
        "a name twice": ours(page()).replace('"kind"', f'"text": "{WORD} 2", "kind"'),
        "only entries that cannot be read": ours({"eid": "1"}, 3, None, page(text=5)),
        "jrnl without dates": jrnl(jrnl_entry(date="yesterday")),
        "jrnl cut off": jrnl(jrnl_entry())[:-4],
    }.items()
}  # fmt: skip
