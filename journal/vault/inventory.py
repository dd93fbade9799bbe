"""What should be in the file: a sealed list of every row, so that removal, swapping and replay can be named.

    bucket n   = every row whose entry id begins with byte n: eid (16) | rev (16) | SHA-256 of the sealed row (32)
    manifest   = counter (8) | SHA-256 of the previous manifest (32) | SHA-256 of the header (32)
                 | 256 x SHA-256 of the sealed bucket (32)

A bucket is rewritten with each row it gains; the manifest with each change, alternating between two places.
"""

from __future__ import annotations

import hashlib
import struct
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from journal.vault.keys import KeyRing
from journal.vault.sealing import SealBroken

BUCKETS = 256
_ENTRY = struct.Struct("16s16s32s")
_WIDTH, _KEY = _ENTRY.size, 32
_EMPTY = bytes(32)
_MAX_COUNTER = 2**62

Place = tuple[bytes, bytes]  # (eid, rev)


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
        return Rows(data[:at] + key + value + data[at + (_WIDTH if data[at : at + _KEY] == key else 0) :])

    def __getitem__(self, place: Place) -> bytes:
        key = place[0] + place[1]
        at = self._find(key)
        if len(key) != _KEY or self.data[at : at + _KEY] != key:
            raise KeyError(place)
        return self.data[at + _KEY : at + _WIDTH]

    def __iter__(self) -> Iterator[Place]:
        return ((eid, rev) for eid, rev, _ in _ENTRY.iter_unpack(self.data))

    def __len__(self) -> int:
        return len(self.data) // _WIDTH

    def __eq__(self, other: object) -> bool:
        return self.data == other.data if isinstance(other, Rows) else Mapping.__eq__(self, other)

    __hash__ = None  # type: ignore[assignment]

    def read(self) -> dict[Place, bytes]:
        """The same to look many of them up."""
        return {(eid, rev): value for eid, rev, value in _ENTRY.iter_unpack(self.data)}

    def _find(self, key: bytes) -> int:
        data = self.data
        return _WIDTH * bisect_left(range(len(self)), key, key=lambda n: data[n * _WIDTH : n * _WIDTH + _KEY])


class Buckets:
    """The rows by bucket. With `load`, each bucket is opened when it is first looked at."""

    def __init__(self, load: Callable[[int], Rows] | None = None, rows: Sequence[Rows | None] = ()) -> None:
        self._load = load
        self._rows = list(rows) or [None if load else Rows()] * BUCKETS

    def __getitem__(self, number: int) -> Rows:
        found = self._rows[number]
        if found is None:
            assert self._load is not None
            found = self._rows[number] = self._load(number)
        return found

    def __setitem__(self, number: int, rows: Mapping[Place, bytes]) -> None:
        self._rows[number] = rows if isinstance(rows, Rows) else Rows.of(rows)

    def __len__(self) -> int:
        return BUCKETS

    def __iter__(self) -> Iterator[Rows]:
        return (self[number] for number in range(BUCKETS))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Buckets) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # it changes

    def copy(self) -> Buckets:
        """The same buckets; one that is put in place here stays as it was there."""
        return Buckets(self._load, self._rows)


class Inventory:
    """The rows that belong to the file, by bucket, and the counter of changes."""

    def __init__(self, rows: Buckets | None = None) -> None:
        self.counter = 0
        self.previous = _EMPTY  # digest of the newest manifest as stored
        self.before = _EMPTY  # digest of the manifest before that
        self.header = _EMPTY  # digest of the header as stored
        self.rows = Buckets() if rows is None else rows
        self.bucket_digests: list[bytes] = [_EMPTY] * BUCKETS

    def add(self, place: Place, sealed_digest: bytes) -> None:
        number = place[0][0]
        self.rows[number] = self.rows[number].with_(place, sealed_digest)

    def seal_bucket(self, ring: KeyRing, number: int) -> bytes:
        """The bucket's stored form; its digest is remembered for the next manifest."""
        sealed = ring.seal_list(b"buck", number, self.rows[number].data)
        self.bucket_digests[number] = digest(sealed)
        return sealed

    def seal_manifest(self, ring: KeyRing) -> tuple[int, bytes]:
        """Where the next manifest goes, and its stored form. The counter goes up by one."""
        self.counter += 1
        plain = struct.pack(">Q", self.counter) + self.previous + self.header + b"".join(self.bucket_digests)
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
        other = Inventory(self.rows.copy())
        other.counter, other.before, other.previous = self.counter, self.before, self.previous
        other.header = self.header
        other.bucket_digests = list(self.bucket_digests)
        return other


class Manifest:
    """An opened manifest."""

    def __init__(self, ring: KeyRing, place: int, sealed: bytes) -> None:
        plain = ring.open_list(b"mani", place, sealed)
        if len(plain) != 8 + 32 + 32 + 32 * BUCKETS:
            raise SealBroken("a manifest has a fixed length")
        self.counter = struct.unpack_from(">Q", plain)[0]
        if self.counter % 2 != place or not 0 < self.counter < _MAX_COUNTER:
            raise SealBroken("a manifest's counter fits its place")
        self.digest = digest(sealed)
        self.previous, self.header = plain[8:40], plain[40:72]
        self.buckets = [plain[72 + 32 * number : 104 + 32 * number] for number in range(BUCKETS)]


def open_bucket(ring: KeyRing, number: int, sealed: bytes) -> Rows:
    """The rows of a bucket. Raises `SealBroken`."""
    plain = ring.open_list(b"buck", number, sealed)
    if len(plain) % _WIDTH:
        raise SealBroken("a bucket is a list of entries of fixed length")
    keys = [plain[at : at + _KEY] for at in range(0, len(plain), _WIDTH)]
    return Rows(plain) if all(one < two for one, two in pairwise(keys)) else Rows.of(Rows(plain).read())
