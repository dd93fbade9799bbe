"""Search as one types. Every word must begin some word of the entry; accents and case make no difference. Where no
entry has them so, words are found wherever they stand in a text, also in the middle of a word.

What stands over the base has an FTS5 index in memory, never on disk, made when it is first needed. The base has one
of its own (`journal.store.base_index`), which came with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from journal.store.base_index import BaseIndex
from journal.store.entries import Entry, State
from journal.store.items import Items
from journal.store.words import TOKENIZER, asked_for, expression, fold, memory, searchable_in


class Hits(NamedTuple):
    """What was found: places of the base, newest first and as they are asked for, and the ids of what is over it; or
    the listed entries themselves, newest first."""

    places: Iterator[int]
    over: set[str]
    entries: Iterator[Entry] | None = None


class SearchIndex:
    """Which entries hold some words. Text is indexed, not kept a second time."""

    def __init__(self, items: Items, base: BaseIndex | None = None) -> None:
        self._items, self._base = items, base
        self._db = memory()
        self._db.conn.execute(f"CREATE VIRTUAL TABLE texts USING fts5(words, content='', columnsize=0, {TOKENIZER})")
        self._db.conn.execute("INSERT INTO texts(texts, rank) VALUES ('hashsize', 67108864)")
        self._texts: dict[str, str] = {}  # folded, and folded alike by FTS5: it has no words of its own for "ß"
        self._numbers: dict[str, int] = {}
        self._eids: list[str] = []
        self._changed: dict[str, None] = {}
        with self._db.atomic():
            for entry in items.over():
                self._add(entry)

    def update(self, eid: str) -> None:
        """An entry changed, or is gone. It is looked at when somebody searches: saving does not wait for it."""
        self._changed[eid] = None

    def find(self, text: str) -> Hits:
        """The entries that hold every word of `text`. Any input is fine."""
        words = asked_for(text)
        if not words:
            return Hits(iter(()), set())
        self._catch_up()
        over, below = self._begin(words), _none()
        first: int | None = None
        if self._base is not None:
            below = self._shown(self._base.begin(words))
            first = next(below, None)
        if first is not None:
            return Hits(_and(first, below), over)
        if over:
            return Hits(iter(()), over)
        over = {eid for eid, kept in self._texts.items() if all(word in kept for word in words)}
        return Hits(self._shown(self._base.anywhere(words)) if self._base is not None else iter(()), over)

    def close(self) -> None:
        """Let go of the index."""
        self._db.conn.close()
        self._texts.clear()
        self._changed.clear()
        if self._base is not None:
            self._base.close()

    def _catch_up(self) -> None:
        if not self._changed:
            return
        with self._db.atomic():
            for eid in self._changed:
                old = self._texts.pop(eid, None)
                if old is not None:
                    # SQLite before 3.43 cannot delete from such a table without being told the old words.
                    self._db.conn.execute(
                        "INSERT INTO texts(texts, rowid, words) VALUES ('delete', ?, ?)", (self._numbers[eid], old)
                    )
                entry = self._items.here(eid)
                if entry is not None:
                    self._add(entry)
        self._changed.clear()

    def _begin(self, words: list[str]) -> set[str]:
        expressions = [expression(word) for word in words]
        if not all(expressions):
            return set()
        rows = self._db.conn.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (" ".join(expressions),))
        return {self._eids[number] for (number,) in rows}

    def _shown(self, places: Iterator[int]) -> Iterator[int]:
        return (place for place in places if not self._items.hides(place))

    def _add(self, entry: Entry) -> None:
        if entry.state != State.HERE:
            return
        text = fold(searchable_in(entry.kind, self._items.body(entry)))
        if not text:
            return
        number = self._numbers.get(entry.eid)
        if number is None:
            number = self._numbers[entry.eid] = len(self._eids)
            self._eids.append(entry.eid)
        self._texts[entry.eid] = text
        self._db.conn.execute("INSERT INTO texts(rowid, words) VALUES (?, ?)", (number, text))


def _none() -> Iterator[int]:
    return iter(())


def _and(first: int, others: Iterator[int]) -> Iterator[int]:
    yield first
    yield from others
