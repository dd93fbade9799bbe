"""Entries as rows of a list, sorted by the time they stand at, newest first."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from journal.records import Moment, Question
from journal.store.covers import question_line
from journal.store.entries import Entry
from journal.store.items import Items
from journal.store.lines import one_line


class Row(msgspec.Struct, frozen=True, gc=False):
    """One line of a list. `snippet` is the beginning of the text on one line."""

    eid: str
    kind: str
    when: Moment | None
    title: str
    snippet: str
    session: str | None = None
    tags: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    heads: int = 1


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows are wanted. Empty means all. `text`: every word must begin some word of the entry."""

    text: str = ""
    kinds: frozenset[str] = frozenset()
    session: str | None = None
    course: str | None = None
    tag: str | None = None
    limit: int | None = None
    newest_first: bool = True


class RowList:
    """Rows of entries that have a place in the list."""

    def __init__(self, items: Items, label: Callable[[str], str]) -> None:
        self._items = items
        self._label = label  # a session's name, which depends on the other sessions

    def get(self, eid: str) -> Row | None:
        """The row of an entry, if it has one."""
        entry = self._items.here(eid)
        return self.row(entry) if entry is not None and entry.listed else None

    def row(self, entry: Entry) -> Row:
        """A listed entry as a row."""
        title = self._label(entry.eid) if entry.kind == "session" else entry.title
        if entry.kind == "question":
            title = self._question(entry)
        return Row(
            entry.eid, entry.kind, entry.when, title, entry.snippet, entry.session, entry.tags, entry.modalities,
            entry.heads,
        )  # fmt: skip

    def _question(self, entry: Entry) -> str:
        item = self._items.find(entry.eid)
        if item is None or not isinstance(item.record, Question):
            return entry.title
        return one_line(question_line(self._items, item.record))
