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
from collections.abc import Callable, Iterator, Sequence

from journal.vault.keys import KeyRing
from journal.vault.sealing import SealBroken

BUCKETS = 256
_ENTRY = struct.Struct("16s16s32s")
_EMPTY = bytes(32)
_MAX_COUNTER = 2**62

Place = tuple[bytes, bytes]  # (eid, rev)


def digest(sealed: bytes) -> bytes:
    """SHA-256 of what is stored."""
    return hashlib.sha256(sealed).digest()


Rows = dict[Place, bytes]  # the digest of each row


class Buckets:
    """The rows by bucket. With `load`, each bucket is opened when it is first looked at."""

    def __init__(self, load: Callable[[int], Rows] | None = None, *, of: Buckets | None = None) -> None:
        """`of`: the same as others; what is changed in these stays as it is in those."""
        self._load = of._load if of is not None else load
        self._rows: list[Rows | None]
        self._rows = list(of._rows) if of is not None else [None if load else {} for _ in range(BUCKETS)]
        # Buckets as they were last written, and changed only by `insert`.
        self.plain: dict[int, bytes] = dict(of.plain) if of is not None else {}

    def insert(self, number: int, place: Place, value: bytes) -> None:
        """One more row."""
        self[number][place] = value
        plain = self.plain.get(number)
        if plain is not None:
            entry = _ENTRY.pack(*place, value)
            key, width = entry[:32], _ENTRY.size
            at = width * bisect_left(range(len(plain) // width), key, key=lambda n: plain[n * width : n * width + 32])
            over = plain[at : at + 32] == key
            self.plain[number] = plain[:at] + entry + plain[at + width * over :]

    def __getitem__(self, number: int) -> Rows:
        found = self._rows[number]
        if found is None:
            assert self._load is not None
            found = self._rows[number] = self._load(number)
        return found

    def look(self, number: int) -> Rows:
        """A bucket, not kept open for it."""
        found = self._rows[number]
        if found is None:
            assert self._load is not None
            found = self._load(number)
        return found

    def __setitem__(self, number: int, rows: Rows) -> None:
        self._rows[number] = rows
        self.plain.pop(number, None)

    def change(self, number: int) -> None:
        """This bucket may change from here on: it is no longer shared with a copy."""
        self._rows[number] = dict(self[number])

    def __len__(self) -> int:
        return BUCKETS

    def __iter__(self) -> Iterator[Rows]:
        return (self[number] for number in range(BUCKETS))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Buckets) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # it changes

    def copy(self) -> Buckets:
        """The same buckets; one that is changed here stays as it was there."""
        return Buckets(of=self)


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
        self.rows.insert(place[0][0], place, sealed_digest)

    def seal_bucket(self, ring: KeyRing, number: int) -> bytes:
        """The bucket's stored form; its digest is remembered for the next manifest."""
        plain = self.rows.plain.get(number)
        if plain is None:
            plain = b"".join(_ENTRY.pack(*place, value) for place, value in sorted(self.rows[number].items()))
            self.rows.plain[number] = plain
        sealed = ring.seal_list(b"buck", number, plain)
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

    def fork(self, buckets: set[int]) -> Inventory:
        """A copy in which these buckets may change; the original stays for a change that is not kept."""
        other = Inventory(self.rows.copy())
        other.counter, other.before, other.previous = self.counter, self.before, self.previous
        other.header = self.header
        for number in buckets:
            other.rows.change(number)
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


def open_bucket(ring: KeyRing, number: int, sealed: bytes) -> dict[Place, bytes]:
    """The rows of a bucket. Raises `SealBroken`."""
    plain = ring.open_list(b"buck", number, sealed)
    if len(plain) % _ENTRY.size:
        raise SealBroken("a bucket is a list of entries of fixed length")
    return {(eid, rev): value for eid, rev, value in _ENTRY.iter_unpack(plain)}
