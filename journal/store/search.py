"""Search as one types: an FTS5 index in memory, never on disk, built when it is first needed.

Every word must begin some word of the entry; accents and case make no difference. What FTS5 cannot divide into
words (emoji, scripts without spaces, the middle of a word) is found by looking through the texts themselves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import sqlite_utils

from journal.errors import StorageFailed
from journal.records import CheckIn, Course, IntegrationNote, Session, Writing
from journal.store.items import Item

_TABLE = (
    "CREATE VIRTUAL TABLE texts USING fts5(words, content='', columnsize=0, "
    'tokenize="unicode61 remove_diacritics 2")'
)


class SearchIndex:
    """Which entries hold some words. Text is indexed, not kept a second time."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._db = sqlite_utils.Database(memory=True, execute_plugins=False)
        run = self._db.conn.execute
        run("PRAGMA temp_store=MEMORY")
        if run("PRAGMA temp_store").fetchone()[0] != 2:
            # Otherwise sorting and merging would write words to a temporary file.
            raise StorageFailed(detail="temp_store is not MEMORY")
        run(_TABLE)
        run("INSERT INTO texts(texts, rank) VALUES ('hashsize', 67108864)")
        self._texts: dict[str, str] = {}  # folded, and folded alike by FTS5: it has no words of its own for "ß"
        self._numbers: dict[str, int] = {}
        self._eids: list[str] = []
        with self._db.atomic():
            for item in items:
                self._add(item)

    def update(self, eid: str, item: Item | None) -> None:
        """An entry changed, or is gone (None)."""
        with self._db.atomic():
            old = self._texts.pop(eid, None)
            if old is not None:
                # SQLite before 3.43 cannot delete from such a table without being told the old words.
                self._db.conn.execute(
                    "INSERT INTO texts(texts, rowid, words) VALUES ('delete', ?, ?)", (self._numbers[eid], old)
                )
            if item is not None:
                self._add(item)

    def find(self, text: str) -> set[str]:
        """The ids of entries that hold every word of `text`. Any input is fine."""
        words = _fold(text.replace("\0", " ").encode(errors="ignore").decode()).split()
        if not words:
            return set()
        expressions = [_expression(word) for word in words]
        if all(expressions):
            rows = self._db.conn.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (" ".join(expressions),))
            found = {self._eids[number] for (number,) in rows}
            if found:
                return found
        return {eid for eid, kept in self._texts.items() if all(word in kept for word in words)}

    def close(self) -> None:
        """Let go of the index."""
        self._db.conn.close()
        self._texts.clear()

    def _add(self, item: Item) -> None:
        text = _fold(searchable(item))
        if not text:
            return
        number = self._numbers.get(item.eid)
        if number is None:
            number = self._numbers[item.eid] = len(self._eids)
            self._eids.append(item.eid)
        self._texts[item.eid] = text
        self._db.conn.execute("INSERT INTO texts(rowid, words) VALUES (?, ?)", (number, text))


def searchable(item: Item) -> str:
    """The words an entry can be found by. NUL would end a text for FTS5, so it is left out."""
    record = item.record
    parts: tuple[str, ...] = ()
    if isinstance(record, Writing):
        more = record.modalities if isinstance(record, IntegrationNote) else ()
        parts = (record.title, record.text, *record.tags, *more)
    elif isinstance(record, Session):
        parts = (record.dose, record.setting, record.people, record.notes)
    elif isinstance(record, Course):
        parts = (record.title, record.notes)
    elif isinstance(record, CheckIn):
        parts = (record.note,)
    return "\n".join(part for part in parts if part).replace("\0", " ")


def _expression(word: str) -> str:
    """A word as an FTS5 prefix, or "" where it holds nothing FTS5 would call a word."""
    if not any(char.isalnum() for char in word):
        return ""
    return '"' + word.replace('"', " ") + '"*'


class _Plain(dict[int, str]):
    """For `str.translate`: characters without their accents, filled as they are met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        self[code] = plain = "".join(part for part in parts if not unicodedata.combining(part))
        return plain


_PLAIN = _Plain()


def _fold(text: str) -> str:
    """Case and accents taken off."""
    if text.isascii():
        return text.lower()
    text = text.casefold()
    strange = {char for char in set(text) if not char.isascii()}
    if len(strange) > 40:
        return text.translate(_PLAIN)
    for char in strange:  # several times faster where they are few, as in most European languages
        text = text.replace(char, _PLAIN[ord(char)])
    return text
