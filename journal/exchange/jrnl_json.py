"""jrnl's JSON export, of a journal or of one entry: entries become journal pages.

jrnl writes local times without a zone; they are taken to be in this computer's zone. An entry's `source` is a hash
of what it says, so that importing a file twice does not double it.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from journal.errors import ImportFailed, InvalidRecord
from journal.exchange.incoming import MAX_ENTRIES, Incoming
from journal.ids import new_id
from journal.records import Moment, Page

FORMAT = "jrnl"
_ENTRY = {"title", "body", "date"}


def fits(value: Any) -> bool:
    """Whether parsed JSON is an export of jrnl."""
    entries = _entries(value)
    if entries is None:
        return False
    return all(isinstance(first, dict) and first.keys() >= _ENTRY for first in entries[:1])


def load(value: Any) -> Incoming:
    """The entries as journal pages."""
    entries = _entries(value)
    if entries is None or len(entries) > MAX_ENTRIES:
        raise ImportFailed("This file has no list of entries. Nothing was imported.")
    pages: list[tuple[str, Page]] = []
    refused: list[str] = []
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries, start=1):
        try:
            pages.append((new_id(), _page(entry, seen)))
        except InvalidRecord as error:
            refused.append(f"entry {number}: {str(error)[:1].lower()}{str(error)[1:].rstrip('.')}")
        except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
            refused.append(f"entry {number}: it lacks a title, a text or a date that can be read")
    return Incoming(FORMAT, tuple(pages), tuple(refused))


def _entries(value: Any) -> list[Any] | None:
    if not isinstance(value, dict):
        return None
    if "entries" not in value and value.keys() >= _ENTRY:  # jrnl writes one file an entry where it is given a folder
        return [value]
    entries = value.get("entries")
    return entries if isinstance(entries, list) else None


def _page(entry: Any, seen: dict[str, int]) -> Page:
    title, body = entry["title"], entry["body"]
    day, clock = entry["date"], entry.get("time", "00:00")
    tags = entry.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(text, str) for text in (title, body, day, clock, *tags)):
        raise TypeError
    at = datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H:%M").astimezone()
    names = [name for tag in tags if (name := tag.lstrip("@"))]
    if entry.get("starred") is True:
        names.append("starred")
    print_of = hashlib.sha256(json.dumps([day, clock, title, body]).encode()).hexdigest()[:32]
    # Two entries that say the same at the same minute are two entries, also when imported twice.
    seen[print_of] = seen.get(print_of, 0) + 1
    source = f"jrnl:{print_of}" if seen[print_of] == 1 else f"jrnl:{print_of}:{seen[print_of]}"
    short, text = _divide(title, body)
    return Page(at=Moment(at), title=short, text=text, tags=tuple(dict.fromkeys(names)), source=source)


def _divide(title: str, body: str) -> tuple[str, str]:
    """jrnl's title is the first sentence and may be long; what does not fit a title begins the text."""
    if len(title) <= 200 and "\n" not in title:
        return title, body
    return "", f"{title}\n{body}" if body else title
