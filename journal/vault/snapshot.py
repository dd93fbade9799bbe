"""A sealed snapshot of what was made of the rows, kept beside the machine's note: a cache, and never the truth.

The vault binds it to the rows it was made from; what stands in its parts is the store's. Whatever is wrong with it,
a stale, torn, foreign or missing one, the rows themselves are read, and a new one is made.

    file  = magic (8) | id (16) | part | part | ... | table | place of the table (8) | its length (4)
    part  = sealed under the key of purpose "cache", for this id and the part's number
    table = sealed as number 0: which names have which numbers, where each part begins, and how long it is
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import struct
from pathlib import Path
from typing import Any

import msgspec

from journal.vault.keys import KeyRing
from journal.vault.sealing import SealBroken

MAGIC = b"IJCACHE1"
PIECE = 2**20  # bytes: what is longer is kept in pieces
_HEAD = len(MAGIC) + 16
_END = struct.Struct(">QI")
_MAX_PART = 64 * 2**20
_Table = dict[str, list[tuple[int, int]]]  # name -> place and length of each part; numbers run through all of them
_decode_table = msgspec.msgpack.Decoder(_Table).decode


class NoSnapshot(Exception):
    """There is none that can be used."""


class Snapshot:
    """A snapshot that opens with these keys. Parts are opened when they are asked for; each may turn out torn."""

    def __init__(self, path: Path, ring: KeyRing) -> None:
        """Raises `NoSnapshot`."""
        self._ring = ring
        try:
            self._file = _opened(path)
        except OSError:
            raise NoSnapshot from None
        try:
            self._read_table()
        except (OSError, SealBroken, msgspec.DecodeError, struct.error, ValueError):
            self._file.close()
            raise NoSnapshot from None

    def count(self, name: str) -> int:
        """How many parts have this name."""
        return len(self._places.get(name, ()))

    def part(self, name: str, n: int = 0) -> bytes:
        """One part, opened. Raises `NoSnapshot` where it is not there or not as it was written."""
        try:
            place, length = self._places[name][n]
            return self._open(self._first[name] + n, place, length)
        except (KeyError, IndexError, OSError, SealBroken, ValueError):
            raise NoSnapshot from None

    def whole(self, name: str) -> bytearray:
        """All pieces of a long part, one after the other. Raises `NoSnapshot`."""
        found = bytearray()
        for n in range(self.count(name)):
            found += self.part(name, n)
        return found

    def close(self) -> None:
        """Let go of the file. Idempotent."""
        self._file.close()

    def _read_table(self) -> None:
        size = self._file.seek(0, os.SEEK_END)
        self._file.seek(0)
        head = self._file.read(_HEAD)
        if head[: len(MAGIC)] != MAGIC or size < _HEAD + _END.size:
            raise SealBroken("no snapshot")
        self.id = head[len(MAGIC) :]
        self._file.seek(size - _END.size)
        place, length = _END.unpack(self._file.read(_END.size))
        if place + length != size - _END.size:
            raise SealBroken("cut or lengthened")
        self._places = _decode_table(self._open(0, place, length))
        self._first: dict[str, int] = {}
        number = 1
        for name, places in self._places.items():
            self._first[name] = number
            number += len(places)

    def _open(self, number: int, place: int, length: int) -> bytes:
        if not 0 < length <= _MAX_PART:
            raise SealBroken("no length of a part")
        self._file.seek(place)
        return self._ring.open_cache(self.id, number, self._file.read(length))


class SnapshotWriter:
    """A new snapshot. It takes the old one's place when it is finished, and leaves nothing behind otherwise."""

    def __init__(self, path: Path, ring: KeyRing) -> None:
        """Raises `OSError` where no file can be made."""
        self._path, self._ring, self.id = path, ring, secrets.token_bytes(16)
        self._part = path.with_suffix(".cache-part")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            self._part.unlink()
        self._file = os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._places: _Table = {}
        self._number = 0
        self._at = 0
        self._put(MAGIC + self.id)

    def add(self, name: str, data: bytes) -> None:
        """One more part of this name. Parts of one name follow each other."""
        if name in self._places and next(reversed(self._places)) != name:
            raise ValueError("parts of one name stand together")
        self._number += 1
        sealed = self._ring.seal_cache(self.id, self._number, data)
        self._places.setdefault(name, []).append((self._at, len(sealed)))
        self._put(sealed)

    def add_long(self, name: str, data: bytes) -> None:
        """A long part, in pieces; `Snapshot.whole` gives it back."""
        for start in range(0, max(1, len(data)), PIECE):
            self.add(name, data[start : start + PIECE])

    def finish(self) -> None:
        """Give it its name. It is not synced: one that a power cut tears does not open, and is made anew."""
        table = self._ring.seal_cache(self.id, 0, msgspec.msgpack.encode(self._places))
        end = _END.pack(self._at, len(table))
        self._put(table + end)
        self._file.close()
        self._part.replace(self._path)

    def drop(self) -> None:
        """Leave nothing behind. Idempotent; nothing happens to one that is finished."""
        with contextlib.suppress(OSError):  # on a full disk closing fails as writing did
            self._file.close()
        with contextlib.suppress(OSError):
            self._part.unlink()

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)


def remove(path: Path) -> None:
    """Remove a snapshot, and what a crash left of one."""
    with contextlib.suppress(OSError):
        path.unlink()
    remove_part(path)


def remove_part(path: Path) -> None:
    """Remove what a crash left of a snapshot that was being made."""
    with contextlib.suppress(OSError):
        path.with_suffix(".cache-part").unlink()


def _opened(path: Path) -> Any:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("no plain file")
    return os.fdopen(handle, "rb")
