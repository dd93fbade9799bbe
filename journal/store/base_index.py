"""The search index of a base: made once, sealed with the snapshot, and only looked at after that.

It keeps which words an entry has and not where they stand, which makes it small; so what is typed with a hyphen or
an apostrophe in it is looked up by its pieces first, then in the texts themselves. Its numbers are the base's places,
so that the newest entries come first without looking at the others.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from sqlite3 import ProgrammingError

from journal.store.asked import Asked
from journal.store.base import Base, Parts
from journal.store.words import TOKENIZER, expression, memory
from journal.vault.snapshot import NoSnapshot

PLACES = 16_384  # in one segment
_TERMS = 200  # in one question
_NAMED = 200  # words that begin alike, and are asked for one by one
PREFIXES = 2  # letters: beginnings up to here have an index of their own
_ASK = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid"


class IndexMaker:
    """A segment being made. Places come in their order."""

    def __init__(self) -> None:
        self._db = memory().conn
        self._db.isolation_level = None
        self._db.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(words, content='', columnsize=0, detail=none, "
            f"prefix='1 2', {TOKENIZER})"
        )
        self._db.execute("INSERT INTO texts(texts, rank) VALUES ('hashsize', 67108864)")
        self._db.execute("BEGIN")

    def add(self, texts: Sequence[tuple[int, str]]) -> None:
        """Folded texts by their places."""
        self._db.executemany("INSERT INTO texts(rowid, words) VALUES (?, ?)", texts)

    def finish(self) -> tuple[bytes, bytes]:
        """The segment, and the list of its words."""
        self._db.execute("INSERT INTO texts(texts) VALUES ('optimize')")
        self._db.execute("COMMIT")
        self._db.execute("CREATE VIRTUAL TABLE temp.found USING fts5vocab(main, texts, row)")
        terms = "\n".join(term for (term,) in self._db.execute("SELECT term FROM temp.found"))
        self._db.execute("DROP TABLE temp.found")
        self._db.execute("VACUUM")
        return self._db.serialize(), terms.encode()

    def close(self) -> None:
        """Let go of it. What was given up half made may be let go of by another thread, which may not close it: then
        it goes with this object."""
        with contextlib.suppress(ProgrammingError):
            self._db.close()


class BaseIndex:
    """The index as it came with a snapshot, in segments that are opened when the search gets so far back in time.
    `text_of` gives the folded text at a place."""

    def __init__(self, parts: Parts, base: Base, text_of: Callable[[int], str]) -> None:
        self._parts, self._base, self._text_of = parts, base, text_of
        self._asked = Asked()
        self._open: dict[int, _Segment] = {}

    def begin(self, words: Sequence[str]) -> Iterator[int]:
        """Places where every word begins some word, in order. Raises `NoSnapshot` on the way."""
        wanted = [expression(word) for word in words]
        if not all(wanted):
            return iter(())
        pieces = [self._asked.pieces(word) for word in words]
        whole = [piece for found in pieces for piece in found[:-1]]
        begun = [found[-1] for found in pieces if found]
        if not begun:
            candidates: Iterator[int] = iter(range(len(self._base)))
        else:
            candidates = chain.from_iterable(segment.begin(whole, begun) for segment in self._segments())
        if all(len(found) == 1 for found in pieces):
            return candidates
        return self._asked.holding(candidates, self._text_of, " ".join(wanted))

    def anywhere(self, words: Sequence[str]) -> Iterator[int]:
        """Places in whose text every word stands, wherever, in order. Raises `NoSnapshot` on the way."""
        others = [word for word in words if self._asked.pieces(word) != [word]]
        # Of a word with a hyphen in it, the longest piece stands in some word of the text as well.
        letters = [max(pieces, key=len) for word in words if (pieces := self._asked.pieces(word))]
        if not letters:
            candidates: Iterator[int] = iter(range(len(self._base)))
        else:
            candidates = chain.from_iterable(segment.anywhere(letters) for segment in self._segments())
        if not others:
            return candidates
        return (place for place in candidates if _all_in(self._text_of(place), others))

    def close(self) -> None:
        """Let go of it."""
        for segment in self._open.values():
            segment.close()
        self._open.clear()
        self._asked.close()

    def _segments(self) -> Iterator[_Segment]:
        for number in range((len(self._base) + PLACES - 1) // PLACES):
            if number not in self._open:
                self._open[number] = _Segment(self._parts, number)
            yield self._open[number]


class _Segment:
    """The index of some places, and its words, sorted."""

    def __init__(self, parts: Parts, number: int) -> None:
        """Raises `NoSnapshot`."""
        self._db = memory().conn
        try:
            self._db.deserialize(parts.whole(f"index {number}"))
            self._terms = "\n" + parts.whole(f"terms {number}").decode() + "\n"
        except UnicodeDecodeError:
            raise NoSnapshot from None

    def begin(self, whole: Sequence[str], begun: Sequence[str]) -> Iterator[int]:
        """Places with all these words, and words that begin so."""
        return self._ask(" AND ".join([*(f'"{piece}"' for piece in whole), *map(self._beginning, begun)]))

    def anywhere(self, letters: Sequence[str]) -> Iterator[int]:
        """Places with words that hold all these letters."""
        found: set[int] | None = None
        for holding in sorted(map(self._holding, letters), key=len):
            places: set[int] = set()
            for start in range(0, len(holding), _TERMS):
                places.update(self._ask(" OR ".join(f'"{term}"' for term in holding[start : start + _TERMS])))
            found = places if found is None else found & places
            if not found:
                break
        return iter(sorted(found or ()))

    def close(self) -> None:
        """Let go of it."""
        self._db.close()
        self._terms = ""

    def _ask(self, match: str) -> Iterator[int]:
        return (place for (place,) in self._db.execute(_ASK, (match,)))

    def _beginning(self, piece: str) -> str:
        """An expression for words that begin so. Where they are few they are named: FTS5 then gives the first places
        without gathering all of them."""
        if len(piece) <= PREFIXES:
            return f'"{piece}"*'
        found: list[str] = []
        at = self._terms.find("\n" + piece)
        while at >= 0 and self._terms.startswith(piece, at + 1) and len(found) <= _NAMED:
            end = self._terms.find("\n", at + 1)
            found.append(f'"{self._terms[at + 1 : end]}"')
            at = end
        return f'"{piece}"*' if not found or len(found) > _NAMED else f"({' OR '.join(found)})"

    def _holding(self, word: str) -> list[str]:
        """Words of the index that hold these letters."""
        found: list[str] = []
        at = self._terms.find(word)
        while at >= 0:
            start, end = self._terms.rfind("\n", 0, at) + 1, self._terms.find("\n", at)
            found.append(self._terms[start:end])
            at = self._terms.find(word, end)
        return found


def _all_in(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)
