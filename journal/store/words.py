"""Words: which an entry can be found by, what they are without case and accents, and how FTS5 is asked for them."""

from __future__ import annotations

import unicodedata

import msgspec

from journal.errors import StorageFailed
from journal.records import WRITINGS, IntegrationNote, Record, UnknownRecord, Writing, decode
from journal.sqlite import Database
from journal.store.lines import words_of

TOKENIZER = 'tokenize="unicode61 remove_diacritics 2"'


def searchable(record: Record | UnknownRecord) -> str:
    """The words an entry can be found by. NUL would end a text for FTS5, so it is left out."""
    if isinstance(record, Writing):
        more = record.modalities if isinstance(record, IntegrationNote) else ()
        parts: tuple[str, ...] = (record.title, record.text, record.cover, *record.tags, *more)
    else:
        parts = words_of(record)
    return "\n".join(part for part in parts if part).replace("\0", " ")


class _Written(msgspec.Struct):
    """Of a text's record no more than its words: a tenth of the time it takes to read, and to check, all of it."""

    title: str = ""
    text: str = ""
    cover: str = ""
    tags: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()


_decode_written = msgspec.json.Decoder(_Written).decode
_WRITTEN = frozenset(cls.kind for cls in WRITINGS)


def searchable_in(kind: str, body: bytes) -> str:
    """The same from a record's JSON, which was read before."""
    if kind not in _WRITTEN:
        return searchable(decode(body))
    found = _decode_written(body)
    parts = (found.title, found.text, found.cover, *found.tags, *found.modalities)
    return "\n".join(part for part in parts if part).replace("\0", " ")


def asked_for(text: str) -> list[str]:
    """The words of a question, folded. Any input is fine."""
    return fold(text.replace("\0", " ").encode(errors="ignore").decode()).split()


def expression(word: str) -> str:
    """A word as an FTS5 prefix, or "" where it holds nothing FTS5 would call a word."""
    if not any(char.isalnum() for char in word):
        return ""
    return '"' + word.replace('"', " ") + '"*'


def memory() -> Database:
    """A database that is never on a disk. Raises `StorageFailed` where SQLite would put parts of it there."""
    db = Database(memory=True, execute_plugins=False)
    db.conn.execute("PRAGMA temp_store=MEMORY")
    if db.conn.execute("PRAGMA temp_store").fetchone()[0] != 2:
        # Otherwise sorting and merging would write words to a temporary file.
        raise StorageFailed(detail="temp_store is not MEMORY")
    return db


class _Plain(dict[int, str]):
    """For `str.translate`: characters without their accents, filled as they are met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        self[code] = plain = "".join(part for part in parts if not unicodedata.combining(part))
        return plain


class _Folded(dict[str, str]):
    """Characters without case and accents, filled as they are met. What a character becomes stays as it is."""

    def __missing__(self, char: str) -> str:
        self[char] = plain = char.casefold().translate(_PLAIN)
        return plain


_PLAIN = _Plain()
FOLDED = _Folded()
_ASCII = bytes(range(128))
_MANY = 40


def fold(text: str) -> str:
    """Case and accents taken off."""
    if text.isascii():
        return text.lower()
    strange = beyond_ascii(text.encode(errors="surrogatepass"))
    others = [(char, plain) for char in strange if (plain := FOLDED[char]) != char]
    if len(others) > _MANY:
        return text.casefold().translate(_PLAIN)
    for char, plain in others:  # several times faster where they are few, as in most European languages
        text = text.replace(char, plain)
    # Of what is left only ASCII has case, and bytes know no other: `str.lower` would look every character up.
    return text.encode(errors="surrogatepass").lower().decode(errors="surrogatepass")


def beyond_ascii(utf8: bytes) -> set[str]:
    """Which characters there are that ASCII does not have."""
    return set(utf8.translate(None, _ASCII).decode(errors="surrogatepass"))
