"""Most entries, as a sealed snapshot has them: columns to look through, and lines that are opened when wanted.

Places count from the newest entry that stands in the list to the oldest, and then through those that stand in none.
What changed since is not in here; `Items` puts it over this.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Protocol

import msgspec

from journal.records.codec import known_fields
from journal.store.entries import Entry, State
from journal.vault.snapshot import NoSnapshot

LINES = 256  # in one part
_KEPT = 64  # parts that stay open
_ID = 16  # bytes
_RULES = 1  # one more whenever something else is made of the same records, such as other words to search for
# What is made of records depends on which there are, and the search on what SQLite and Python take for a word.
MADE_BY = f"{_RULES} {known_fields()} {sqlite3.sqlite_version} {unicodedata.unidata_version}"
_OTHER = 255  # the number of every kind that has none of its own


class Parts(Protocol):
    """Where a snapshot's parts come from."""

    def count(self, name: str) -> int: ...
    def part(self, name: str, n: int = 0) -> bytes: ...
    def whole(self, name: str) -> bytearray: ...


class _Columns(msgspec.Struct):
    """Of every place: the entry's id (16 bytes), time, kind, and session (0: none, else its number in `ids`)."""

    by: str  # what made it
    listed: int
    eids: bytes
    order: bytes  # uint32: places by the order of their ids
    when: bytes  # float64: seconds; -inf for what has no time
    kinds: bytes
    sessions: bytes  # uint32
    names: tuple[str, ...]  # of kinds
    ids: tuple[str, ...]  # of sessions
    apart: tuple[int, ...]  # places with several versions
    states: dict[int, int]  # of places that are not simply there
    tags: tuple[str, ...]
    tagged: bytes  # uint32: places, in order, each as often as it has tags
    tag_numbers: bytes  # uint32: which tag that is


_decode_lines = msgspec.json.Decoder(list[Entry]).decode  # JSON keeps the offset of a time; MessagePack does not
_encode_lines = msgspec.json.Encoder().encode
_decode_columns = msgspec.msgpack.Decoder(_Columns).decode
_encode = msgspec.msgpack.Encoder().encode


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """Entries as the places of a base count them."""
    listed = sorted((entry for entry in entries if entry.listed), key=lambda entry: entry.order, reverse=True)
    return listed + sorted((entry for entry in entries if not entry.listed), key=lambda entry: entry.eid)


def columns_of(entries: Sequence[Entry]) -> bytes:
    """The columns of entries that stand in their order."""
    names = tuple(dict.fromkeys(entry.kind for entry in entries))[:_OTHER]
    number = {name: place for place, name in enumerate(names)}
    ids = tuple(dict.fromkeys(entry.session for entry in entries if entry.session is not None))
    of_session = {eid: place for place, eid in enumerate(ids, start=1)}
    raw = [bytes.fromhex(entry.eid) for entry in entries]
    tagged = [(place, tag) for place, entry in enumerate(entries) if entry.state == State.HERE for tag in entry.tags]
    tags = {tag: number for number, tag in enumerate(dict.fromkeys(tag for _, tag in tagged))}
    return _encode(
        _Columns(
            by=MADE_BY,
            listed=sum(entry.listed for entry in entries),
            eids=b"".join(raw),
            order=array("I", sorted(range(len(raw)), key=raw.__getitem__)).tobytes(),
            when=array("d", (entry.order[0] for entry in entries)).tobytes(),
            kinds=bytes(number.get(entry.kind, _OTHER) for entry in entries),
            sessions=array("I", (of_session.get(entry.session or "", 0) for entry in entries)).tobytes(),
            names=names,
            ids=ids,
            apart=tuple(place for place, entry in enumerate(entries) if entry.heads > 1),
            states={place: entry.state for place, entry in enumerate(entries) if entry.state != State.HERE},
            tags=tuple(tags),
            tagged=array("I", (place for place, _ in tagged)).tobytes(),
            tag_numbers=array("I", (tags[tag] for _, tag in tagged)).tobytes(),
        )
    )


def lines_of(entries: Sequence[Entry]) -> bytes:
    """One part of lines."""
    return _encode_lines(entries)


class Base:
    """What a snapshot holds. `again` gives an entry anew from its rows, for a part that does not open any more."""

    def __init__(self, parts: Parts, again: Callable[[str], Entry | None]) -> None:
        """Raises `NoSnapshot`."""
        try:
            columns = _decode_columns(parts.part("columns"))
        except msgspec.DecodeError:
            raise NoSnapshot from None
        if columns.by != MADE_BY:  # another version may read what this one does not, and search in other ways
            raise NoSnapshot
        self._parts, self._again = parts, again
        self._asked: tuple[str, int | None] = ("", None)
        self._columns = columns
        self._order, self.when, self._sessions = array("I"), array("d"), array("I")
        self._order.frombytes(columns.order)
        self.when.frombytes(columns.when)
        self._sessions.frombytes(columns.sessions)
        self._tagged, self._tag_numbers = array("I"), array("I")
        self._tagged.frombytes(columns.tagged)
        self._tag_numbers.frombytes(columns.tag_numbers)
        self._open: OrderedDict[int, list[Entry]] = OrderedDict()
        self.listed, self.states, self.apart = columns.listed, columns.states, columns.apart

    def __len__(self) -> int:
        return len(self._columns.kinds)

    def eid(self, place: int) -> str:
        """The id of the entry at a place."""
        return self._columns.eids[place * _ID : place * _ID + _ID].hex()

    def place(self, eid: str) -> int | None:
        """Where an entry stands, if it is in here. Of one entry it is asked several times in a row."""
        if self._asked[0] != eid:
            self._asked = (eid, self._place(eid))
        return self._asked[1]

    def _place(self, eid: str) -> int | None:
        try:
            raw = bytes.fromhex(eid)
        except ValueError:
            return None
        if raw.hex() != eid:  # an id is written in one way
            return None
        eids, order = self._columns.eids, self._order
        found = bisect_left(order, raw, key=lambda place: eids[place * _ID : place * _ID + _ID])
        if found < len(order) and eids[order[found] * _ID : order[found] * _ID + _ID] == raw:
            return order[found]
        return None

    def kind(self, place: int) -> str:
        """The kind of the entry at a place."""
        code = self._columns.kinds[place]
        return self._columns.names[code] if code < len(self._columns.names) else self.entry(place).kind

    def entry(self, place: int) -> Entry:
        """The entry at a place."""
        number, within = divmod(place, LINES)
        lines = self._open.get(number)
        if lines is None:
            lines = self._open[number] = self._lines(number)
            if len(self._open) > _KEPT:
                self._open.popitem(last=False)
        return lines[within]

    def of_kind(self, *kinds: str) -> Iterator[int]:
        """The places of these kinds, in order."""
        codes = {code for code, name in enumerate(self._columns.names) if name in kinds}
        if len(self._columns.names) == _OTHER:
            codes.add(_OTHER)
        if not codes:
            return
        mask = bytes(code in codes for code in range(256))
        wanted = self._columns.kinds.translate(mask)
        place = wanted.find(1)
        while place >= 0:
            if self._columns.kinds[place] != _OTHER or self.entry(place).kind in kinds:
                yield place
            place = wanted.find(1, place + 1)

    def of_session(self, eid: str) -> Iterator[int]:
        """The places of what belongs to a session."""
        if eid not in self._columns.ids:
            return
        number, start = self._columns.ids.index(eid) + 1, 0
        while True:
            try:
                start = self._sessions.index(number, start)
            except ValueError:
                return
            yield start
            start += 1

    def tags_at(self, place: int) -> list[str]:
        """The tags of the entry at a place, if it is there to be seen."""
        first, last = bisect_left(self._tagged, place), bisect_left(self._tagged, place + 1)
        return [self._columns.tags[number] for number in self._tag_numbers[first:last]]

    def tag_counts(self) -> Counter[str]:
        """How often each tag is used."""
        counted = Counter(self._tag_numbers)
        return Counter({self._columns.tags[number]: count for number, count in counted.items()})

    def session_at(self, place: int) -> tuple[str, str] | None:
        """The session that the entry at a place belongs to, and its kind."""
        number = self._sessions[place]
        return (self._columns.ids[number - 1], self.kind(place)) if number else None

    def session_counts(self) -> Counter[tuple[str, str]]:
        """How much of each kind belongs to each session."""
        names, ids = self._columns.names, self._columns.ids
        counted = Counter(zip(self._sessions, self._columns.kinds, strict=True))
        return Counter({
            (ids[session - 1], names[code]): count
            for (session, code), count in counted.items()
            if session and code < len(names)
        })  # fmt: skip

    def _lines(self, number: int) -> list[Entry]:
        first = number * LINES
        wanted = min(LINES, len(self) - first)
        try:
            lines = _decode_lines(self._parts.part("lines", number))
            if len(lines) == wanted:
                return lines
        except (NoSnapshot, msgspec.DecodeError):
            pass
        return [self._anew(place) for place in range(first, first + wanted)]

    def _anew(self, place: int) -> Entry:
        eid = self.eid(place)
        found = self._again(eid)
        # Removed for good since: something stands over this place, and nobody sees it.
        return found if found is not None else Entry(eid, "", "", datetime.min.replace(tzinfo=UTC), State.NOTE)
