"""What should be in the file: a sealed list of every row, so that removal, swapping and replay can be named.

    entry      = eid (16) | rev (16) | SHA-256 of the sealed row (32)
    bucket n   = the entry of every row whose eid begins with byte n, sorted
    manifest   = counter (8) | SHA-256 of the previous manifest (32) | SHA-256 of the header (32) | ...
      formats 1 and 2: ... 256 x SHA-256 of the sealed bucket (32)
      format 3:        ... SHA-256 of the sealed list (32) | segments (2) | pending entries (2)
                           | 56 x SHA-256 of the sealed segment (32) | 32 x entry, zeros in places that are not used
    list       = 256 x SHA-256 of the sealed bucket (32), kept twice
    segment    = entries, in the order they were written

The manifest is written with each change, alternating between two places. In formats 1 and 2 a bucket is rewritten
with each row it gains. In format 3 a row's entry stands in the manifest itself, which fits on a page with the one
before; when there is no room for more, the entries there become a segment, and when there is none for that, all are
folded into their buckets.
"""

from __future__ import annotations

import hashlib
import struct
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from journal.errors import StorageFailed
from journal.vault.keys import KeyRing
from journal.vault.sealing import SealBroken

BUCKETS = 256
PENDING, SEGMENTS = 32, 56  # so that a manifest is a cell that SQLite keeps on one page of 16 KiB: at most 4086 bytes
LISTS = ("list", "list_copy")  # tables, so that one page that is damaged does not lose it
_WAITING = 8  # rows that are not yet in their place in a bucket
MOST = 98_000  # rows of one bucket: sealed, a larger one would be a value that no reader takes (`rows.MAX_ROW`)
_LARGEST = 512  # entries that become a segment; where more come at once, the buckets are written as well
_ENTRY = struct.Struct("16s16s32s")
WIDTH, _KEY = _ENTRY.size, 32
_EMPTY = bytes(32)
_MAX_COUNTER = 2**62
_CROWDED = (
    "There are too many entries here whose ids begin alike, so nothing was written. What was saved before is safe. A "
    "file that brings such entries was not made by this program."
)
_FRONT = struct.Struct(">Q32s32s")
_GROWING = struct.Struct(f">32sHH{32 * SEGMENTS}s{WIDTH * PENDING}s")  # what follows the front in format 3

Place = tuple[bytes, bytes]  # (eid, rev)
Run = Callable[[str, tuple[Any, ...]], Any]  # runs a statement within a change


def digest(sealed: bytes) -> bytes:
    """SHA-256 of what is stored."""
    return hashlib.sha256(sealed).digest()


class Rows(Mapping[Place, bytes]):
    """The rows of one bucket and the digest of each, as they stand in it: sorted, 64 bytes a row. Never changed."""

    __slots__ = ("data",)

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    @classmethod
    def of(cls, rows: Mapping[Place, bytes]) -> Rows:
        """The same rows in their order."""
        return cls(b"".join(_ENTRY.pack(*place, value) for place, value in sorted(rows.items())))

    def with_(self, place: Place, value: bytes) -> Rows:
        """These and one more, or one in place of what it was."""
        key, data = place[0] + place[1], self.data
        at = self._find(key)
        return Rows(data[:at] + key + value + data[at + (WIDTH if data[at : at + _KEY] == key else 0) :])

    def __getitem__(self, place: Place) -> bytes:
        key = place[0] + place[1]
        at = self._find(key)
        if len(key) != _KEY or self.data[at : at + _KEY] != key:
            raise KeyError(place)
        return self.data[at + _KEY : at + WIDTH]

    def __iter__(self) -> Iterator[Place]:
        return ((eid, rev) for eid, rev, _ in _ENTRY.iter_unpack(self.data))

    def __len__(self) -> int:
        return len(self.data) // WIDTH

    def __eq__(self, other: object) -> bool:
        return self.data == other.data if isinstance(other, Rows) else Mapping.__eq__(self, other)

    __hash__ = None  # type: ignore[assignment]

    def read(self) -> dict[Place, bytes]:
        """The same to look many of them up."""
        return {(eid, rev): value for eid, rev, value in _ENTRY.iter_unpack(self.data)}

    def with_all(self, entries: Iterable[tuple[Place, bytes]]) -> Rows:
        """These and others."""
        found = self
        for place, value in entries:
            found = found.with_(place, value)
        return found

    def _find(self, key: bytes) -> int:
        data = self.data
        return WIDTH * bisect_left(range(len(self)), key, key=lambda n: data[n * WIDTH : n * WIDTH + _KEY])


class Buckets:
    """The rows by bucket. With `load`, each bucket is opened when it is first looked at; what is added to one is put
    in its place then, too."""

    def __init__(
        self,
        load: Callable[[int], Rows] | None = None,
        rows: list[Rows | None] | None = None,
        more: Mapping[int, tuple[tuple[Place, bytes], ...]] | None = None,
        most: Callable[[int], int] = lambda _: 0,
    ) -> None:
        """`most` tells how many rows one that was not opened yet may have."""
        self._load, self._most = load, most
        self._rows = rows or [None if load else Rows()] * BUCKETS
        self._mine = rows is None
        self._more = dict(more or {})

    def __getitem__(self, number: int) -> Rows:
        found = self._rows[number]
        if found is None:
            assert self._load is not None
            found = self._rows[number] = self._load(number)
        if number in self._more:
            found = found.with_all(self._more[number])
            self[number] = found
        return found

    def __setitem__(self, number: int, rows: Mapping[Place, bytes]) -> None:
        if not self._mine:
            self._rows, self._mine = list(self._rows), True
        self._more.pop(number, None)
        self._rows[number] = rows if isinstance(rows, Rows) else Rows.of(rows)

    def add(self, place: Place, value: bytes) -> None:
        """One more row, or one in place of what it was."""
        number = place[0][0]
        more = self._more[number] = (*self._more.get(number, ()), (place, value))
        if len(more) > _WAITING:
            self[number]

    def count(self, number: int) -> int:
        """How many rows a bucket has, or some more; it is not opened for that."""
        found = self._rows[number]
        return (self._most(number) if found is None else len(found)) + len(self._more.get(number, ()))

    def __len__(self) -> int:
        return BUCKETS

    def __iter__(self) -> Iterator[Rows]:
        return (self[number] for number in range(BUCKETS))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Buckets) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # it changes

    def copy(self) -> Buckets:
        """The same buckets; one that is put in place here, or there, stays as it was in the other."""
        self._mine = False
        return Buckets(self._load, self._rows, self._more, self._most)


class Inventory:
    """The rows that belong to the file, by bucket, and the counter of changes."""

    room, most = PENDING, SEGMENTS  # what is made use of; any program reads manifests with as much or less

    def __init__(self, rows: Buckets | None = None, *, growing: bool = True) -> None:
        self.growing = growing  # format 3
        self.counter = 0
        self.previous = _EMPTY  # digest of the newest manifest as stored
        self.before = _EMPTY  # digest of the manifest before that
        self.header = _EMPTY  # digest of the header as stored
        self.rows = Buckets() if rows is None else rows
        self.bucket_digests: list[bytes] = [_EMPTY] * BUCKETS
        self.listed = _EMPTY  # digest of the list of these digests as stored
        self.segments: tuple[bytes, ...] = ()  # their digests
        self.tail = b""  # the entries that are in no bucket yet; those at its end are in no segment either
        self.pending = 0  # how many those are
        self.unread: frozenset[int] = frozenset()  # buckets of which it cannot be told what all belongs in them
        self._new: list[bytes] = []  # entries that are nowhere in the file yet
        self._touched: set[int] = set()  # buckets that something was taken out of

    def add(self, place: Place, sealed_digest: bytes) -> None:
        """One more row that belongs, or another in its place. Raises `StorageFailed` where its bucket has no room:
        it would be written, and then refused by whoever reads it."""
        if self.rows.count(place[0][0]) >= MOST:
            raise StorageFailed(_CROWDED, detail="a bucket is full")
        self.rows.add(place, sealed_digest)
        self._new.append(place[0] + place[1] + sealed_digest)

    def remove(self, eids: Collection[bytes]) -> None:
        """These entries do not belong any more."""
        for number in {eid[0] for eid in eids}:
            self.rows[number] = {place: value for place, value in self.rows[number].items() if place[0] not in eids}
            self._touched.add(number)

    def store(self, run: Run, ring: KeyRing, *, fold: bool = False) -> None:
        """Write down what changed, and a new manifest: the last thing of each change. `fold`: leave nothing beside
        the buckets, where much is written anyway."""
        new = b"".join(self._new)
        if not self.growing:
            self._put_buckets(run, ring, self._touched | {entry[0] for entry in self._new})
        elif fold or self._touched or len(self._new) + self.pending > _LARGEST:
            self._fold(run, ring, new)
        elif len(self._new) + self.pending <= self.room:
            self.tail, self.pending = self.tail + new, self.pending + len(self._new)
        elif len(self.segments) < self.most:
            self._put_segment(run, ring, new)
        else:
            self._fold(run, ring, new)
        self._new, self._touched = [], set()
        put(run, "manifest", *self.seal_manifest(ring))

    def _put_segment(self, run: Run, ring: KeyRing, new: bytes) -> None:
        number, self.tail = len(self.segments), self.tail + new
        entries = self.tail[-WIDTH * self.pending - len(new) :]
        sealed = ring.seal_list(b"segm", number, entries)
        put(run, "segment", number, sealed)
        self.segments, self.pending = (*self.segments, digest(sealed)), 0

    def _fold(self, run: Run, ring: KeyRing, new: bytes) -> None:
        touched = self._touched | {entry[0] for entry in _entries(self.tail)} | {entry[0] for entry in _entries(new)}
        self._put_buckets(run, ring, touched)
        if self.segments:
            run("DELETE FROM segment", ())
        self.segments, self.tail, self.pending = (), b"", 0
        if touched:
            sealed = ring.seal_list(b"list", 0, b"".join(self.bucket_digests))
            for table in LISTS:
                put(run, table, 0, sealed)
            self.listed = digest(sealed)

    def _put_buckets(self, run: Run, ring: KeyRing, numbers: Iterable[int]) -> None:
        self.bucket_digests = list(self.bucket_digests)  # not those of what this was forked from
        for number in sorted(numbers):
            sealed = ring.seal_list(b"buck", number, self.rows[number].data)
            put(run, "bucket", number, sealed)
            self.bucket_digests[number] = digest(sealed)

    def seal_manifest(self, ring: KeyRing) -> tuple[int, bytes]:
        """Where the next manifest goes, and its stored form. The counter goes up by one."""
        self.counter += 1
        plain = _FRONT.pack(self.counter, self.previous, self.header)
        if self.growing:
            pending = self.tail[len(self.tail) - WIDTH * self.pending :]
            plain += _GROWING.pack(self.listed, len(self.segments), self.pending, b"".join(self.segments), pending)
        else:
            plain += b"".join(self.bucket_digests)
        place = self.counter % 2
        sealed = ring.seal_list(b"mani", place, plain)
        self.before, self.previous = self.previous, digest(sealed)
        return place, sealed

    def stands(self, stored: Sequence[bytes | None]) -> bool:
        """Whether both manifests, as stored, are the last two of this inventory's."""
        found = [_EMPTY if sealed is None else digest(sealed) for sealed in stored]
        return found[self.counter % 2] == self.previous and found[1 - self.counter % 2] == self.before

    def fork(self) -> Inventory:
        """A copy that may change; the original stays for a change that is not kept."""
        other = Inventory.__new__(Inventory)
        other.__dict__.update(self.__dict__)
        other.rows = self.rows.copy()
        other._new, other._touched = list(self._new), set(self._touched)
        return other


class Manifest:
    """An opened manifest."""

    buckets: Sequence[bytes] = ()  # their digests, in formats 1 and 2
    listed, segments, pending = _EMPTY, tuple[bytes, ...](), b""  # digests, and entries; in format 3

    def __init__(self, ring: KeyRing, place: int, sealed: bytes, *, growing: bool) -> None:
        plain = ring.open_list(b"mani", place, sealed)
        if len(plain) != _FRONT.size + (_GROWING.size if growing else 32 * BUCKETS):
            raise SealBroken("a manifest has a fixed length")
        self.counter, self.previous, self.header = _FRONT.unpack_from(plain)
        if self.counter % 2 != place or not 0 < self.counter < _MAX_COUNTER:
            raise SealBroken("a manifest's counter fits its place")
        self.digest = digest(sealed)
        if not growing:
            self.buckets = digests(plain[_FRONT.size :])
            return
        self.listed, segments, pending, named, entries = _GROWING.unpack_from(plain, _FRONT.size)
        if segments > SEGMENTS or pending > PENDING:
            raise SealBroken("a manifest names no more than it has room for")
        self.segments, self.pending = digests(named)[:segments], entries[: WIDTH * pending]


def digests(data: bytes) -> tuple[bytes, ...]:
    """Digests that stand one after the other."""
    return tuple(data[at : at + 32] for at in range(0, len(data), 32))


def places(data: bytes) -> set[Place]:
    """Where the rows of some entries stand."""
    return {(eid, rev) for eid, rev, _ in _ENTRY.iter_unpack(data)}


def by_bucket(data: bytes) -> dict[int, list[tuple[Place, bytes]]]:
    """Entries, by the bucket that they will be folded into."""
    found: dict[int, list[tuple[Place, bytes]]] = {}
    for eid, rev, value in _ENTRY.iter_unpack(data):
        found.setdefault(eid[0], []).append(((eid, rev), value))
    return found


def open_list(ring: KeyRing, sealed: bytes) -> tuple[bytes, ...]:
    """The digests of the buckets. Raises `SealBroken`."""
    plain = ring.open_list(b"list", 0, sealed)
    if len(plain) != 32 * BUCKETS:
        raise SealBroken("a list has a fixed length")
    return digests(plain)


def open_segment(ring: KeyRing, number: int, sealed: bytes) -> bytes:
    """The entries of a segment. Raises `SealBroken`."""
    plain = ring.open_list(b"segm", number, sealed)
    if len(plain) % WIDTH:
        raise SealBroken("a segment is a list of entries of fixed length")
    return plain


def put(run: Run, table: str, place: int, sealed: bytes) -> None:
    """A value in its place. A manifest is of the same length each time, so it is written over where it stands; where
    buckets are large, SQLite reads some whole to find one: it looks once."""
    if run(f"UPDATE {table} SET v = ? WHERE n = ?", (sealed, place)).rowcount == 0:  # noqa: S608 - ours
        run(f"INSERT INTO {table}(n, v) VALUES (?, ?)", (place, sealed))  # noqa: S608


def _entries(data: bytes) -> Iterator[bytes]:
    return (data[at : at + WIDTH] for at in range(0, len(data), WIDTH))


def open_bucket(ring: KeyRing, number: int, sealed: bytes) -> Rows:
    """The rows of a bucket. Raises `SealBroken`."""
    plain = ring.open_list(b"buck", number, sealed)
    if len(plain) % WIDTH:
        raise SealBroken("a bucket is a list of entries of fixed length")
    keys = [plain[at : at + _KEY] for at in range(0, len(plain), WIDTH)]
    return Rows(plain) if all(one < two for one, two in pairwise(keys)) else Rows.of(Rows(plain).read())
