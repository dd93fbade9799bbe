"""What SQLite takes for a word, and whether a text holds what is asked for, asked of SQLite itself: so that every way
to search gives the same answers as its full-text index does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from journal.store.words import TOKENIZER, memory

_BATCH = 64  # texts that are looked at together
_T = TypeVar("_T")


class Asked:
    """A full-text table that holds a few texts for a moment."""

    def __init__(self) -> None:
        self._db = memory().conn
        self._db.isolation_level = None
        self._db.execute(f"CREATE VIRTUAL TABLE texts USING fts5(words, {TOKENIZER})")
        self._db.execute("CREATE VIRTUAL TABLE pieces USING fts5vocab(texts, instance)")

    def pieces(self, word: str) -> list[str]:
        """What SQLite makes of a word: one piece, or several, or none."""
        self._db.execute("INSERT INTO texts(rowid, words) VALUES (0, ?)", (word,))
        try:
            return [piece for (piece,) in self._db.execute("SELECT term FROM pieces ORDER BY offset")]
        finally:
            self._db.execute("DELETE FROM texts")

    def holding(self, candidates: Iterable[_T], text_of: Callable[[_T], str], match: str) -> Iterator[_T]:
        """Those whose text is found by a question, in their order."""
        left = iter(candidates)
        while batch := list(islice(left, _BATCH)):
            self._db.executemany("INSERT INTO texts(rowid, words) VALUES (?, ?)", enumerate(map(text_of, batch)))
            try:
                asked = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid"
                found = [batch[number] for (number,) in self._db.execute(asked, (match,))]
            finally:
                self._db.execute("DELETE FROM texts")
            yield from found

    def close(self) -> None:
        """Let go of it."""
        self._db.close()
