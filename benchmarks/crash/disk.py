"""A folder as the disk has it: what was written, what was synced, and what a power cut may make of the difference.

Data and names are two things. A file's bytes are safe once the file was synced. A name (made, moved, removed) is safe
once its folder was synced; until then the newest changes of names may be lost, in the order they were made, which is
what journaling file systems do.
"""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from benchmarks.crash.trace import Call

SECTOR = 512
_HERE = "AT_FDCWD"


@dataclass(eq=False)
class File:
    """One file, whatever its name: bytes that are safe, and the changes since."""

    safe: bytes = b""
    since: list[tuple[str, int, bytes]] = field(default_factory=list)  # ("write", offset, data), ("cut", length, b"")

    def now(self) -> bytes:
        return _applied(self.safe, self.since)


@dataclass(frozen=True)
class State:
    """A folder to be looked at: names and bytes."""

    files: tuple[tuple[str, bytes], ...]

    def write(self, folder: Path) -> None:
        folder.mkdir()
        for name, data in self.files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def remove(self, folder: Path) -> None:
        shutil.rmtree(folder)


class Disk:
    """Follows the calls of a process in one folder and the folders below it."""

    def __init__(self, root: Path) -> None:
        self._root = os.fsencode(root.resolve()) + b"/"
        self._names: dict[bytes, File] = {
            os.fsencode(path.relative_to(root.resolve())): File(path.read_bytes())
            for path in root.resolve().rglob("*")
            if path.is_file()
        }
        self._safe_names = dict(self._names)
        self._names_since: list[dict[bytes, File]] = []  # the names after each change since the folder's last sync
        self._fds: dict[int, tuple[File | None, int]] = {}  # None: the folder itself
        self.touched = False

    def apply(self, call: Call) -> str | None:
        """Follow one call; `touched` says whether it concerned the folder. A line on standard output is returned."""
        self.touched = False
        handler = getattr(self, "_" + call.name, None)
        return handler(*call.arguments, result=call.result) if handler is not None else None

    def state(self, kind: Literal["all", "none", "some"], draw: random.Random) -> State | None:
        """The folder after a power cut now; None where this kind is the same as "all"."""
        waiting = any(file.since for file in {*self._names.values(), *self._safe_names.values()})
        if kind == "all":
            names = self._names
        elif not waiting and not self._names_since:
            return None
        elif kind == "none":
            names = self._safe_names
        else:
            names = draw.choice([self._safe_names, *self._names_since])
        made = []
        for name, file in sorted(names.items()):
            made.append((os.fsdecode(name), _after(file, kind, draw)))
        return State(tuple(made))

    # -- names -------------------------------------------------------------------------------------------------------

    def _inside(self, path: bytes | str) -> bytes | None:
        if not isinstance(path, bytes) or not path.startswith(self._root):
            return None
        self.touched = True
        return path[len(self._root) :]

    def _renamed(self) -> None:
        self._names_since.append(dict(self._names))

    def _openat(self, folder: str, path: bytes | str, flags: str, *_mode: str, result: int) -> None:
        below = isinstance(path, bytes) and path.startswith(self._root)
        if path == self._root[:-1] or (below and "O_DIRECTORY" in flags):
            self._fds[result] = (None, 0)
            return
        name = self._inside(path)
        if name is None:
            self._fds.pop(result, None)
            return
        if name not in self._names:
            if "O_CREAT" not in flags:  # a folder opened to be synced
                self._fds[result] = (None, 0)
                self.touched = False
                return
            self._names[name] = File()
            self._renamed()
        else:
            self.touched = "O_TRUNC" in flags
        file = self._names[name]
        if "O_TRUNC" in flags:
            file.since.append(("cut", 0, b""))
        self._fds[result] = (file, len(file.now()) if "O_APPEND" in flags else 0)

    def _open(self, path: bytes | str, flags: str, *mode: str, result: int) -> None:
        self._openat(_HERE, path, flags, *mode, result=result)

    def _close(self, fd: str, result: int) -> None:
        self._fds.pop(int(fd), None)

    def _dup(self, fd: str, result: int) -> None:
        if int(fd) in self._fds:
            self._fds[result] = self._fds[int(fd)]

    def _fcntl(self, fd: str, command: str, *_rest: str, result: int) -> None:
        if command.startswith("F_DUPFD"):
            self._dup(fd, result)

    def _rename(self, old: bytes | str, new: bytes | str, result: int) -> None:
        source, target = self._inside(old), self._inside(new)
        if source is not None and source in self._names and target is not None:
            self._names[target] = self._names.pop(source)
            self._renamed()

    def _renameat(self, _a: str, old: bytes | str, _b: str, new: bytes | str, *_flags: str, result: int) -> None:
        self._rename(old, new, result)

    _renameat2 = _renameat

    def _link(self, old: bytes | str, new: bytes | str, result: int) -> None:
        source, target = self._inside(old), self._inside(new)
        if source is not None and target is not None:
            self._names[target] = self._names[source]
            self._renamed()

    def _linkat(self, _a: str, old: bytes | str, _b: str, new: bytes | str, *_flags: str, result: int) -> None:
        self._link(old, new, result)

    def _unlink(self, path: bytes | str, result: int) -> None:
        name = self._inside(path)
        if name is not None and self._names.pop(name, None) is not None:
            self._renamed()

    def _unlinkat(self, _folder: str, path: bytes | str, *_flags: str, result: int) -> None:
        self._unlink(path, result)

    # -- bytes -------------------------------------------------------------------------------------------------------

    def _put(self, fd: int, offset: int | None, data: bytes) -> None:
        if (known := self._fds.get(fd)) is None or known[0] is None:
            return
        self.touched = True
        file, at = known
        file.since.append(("write", at if offset is None else offset, data))
        if offset is None:
            self._fds[fd] = (file, at + len(data))

    def _write(self, fd: str, data: bytes | str, _count: str, result: int) -> str | None:
        if int(fd) == 1 and isinstance(data, bytes):
            return data.decode()
        self._put(int(fd), None, bytes(data)[:result] if isinstance(data, bytes) else b"")
        return None

    def _pwrite64(self, fd: str, data: bytes | str, _count: str, offset: str, result: int) -> None:
        self._put(int(fd), int(offset), data[:result] if isinstance(data, bytes) else b"")

    def _lseek(self, fd: str, _offset: str, _whence: str, result: int) -> None:
        if (known := self._fds.get(int(fd))) is not None:
            self._fds[int(fd)] = (known[0], result)

    def _ftruncate(self, fd: str, length: str, result: int) -> None:
        if (known := self._fds.get(int(fd))) is not None and known[0] is not None:
            self.touched = True
            known[0].since.append(("cut", int(length), b""))

    def _sendfile(self, out: str, source: str, offset: str, _count: str, result: int) -> None:
        known = self._fds.get(int(source))
        if known is None or known[0] is None or offset != "NULL":
            if self._fds.get(int(out)) is not None:
                raise ValueError("bytes from outside the folder cannot be followed")
            return
        file, at = known
        self._put(int(out), None, file.now()[at : at + result])
        self._fds[int(source)] = (file, at + result)

    def _fsync(self, fd: str, result: int) -> None:
        if (known := self._fds.get(int(fd))) is None:
            return
        self.touched = True
        if known[0] is None:
            self._safe_names, self._names_since = dict(self._names), []
        else:
            known[0].safe, known[0].since = known[0].now(), []

    _fdatasync = _fsync

    def _unknown(self, *_arguments: bytes | str, result: int) -> None:
        raise ValueError("a call that is not followed")

    _pwritev = _writev = _copy_file_range = _fallocate = _unknown


def _applied(data: bytes, changes: list[tuple[str, int, bytes]]) -> bytes:
    made = bytearray(data)
    for what, at, piece in changes:
        if what == "cut":
            del made[at:]
            made.extend(bytes(at - len(made)))
        else:
            made.extend(bytes(max(0, at - len(made))))
            made[at : at + len(piece)] = piece
    return bytes(made)


def _after(file: File, kind: str, draw: random.Random) -> bytes:
    if kind == "all":
        return file.now()
    if kind == "none" or not file.since:
        return file.safe
    kept = [change for change in file.since if draw.random() < 0.6]
    if kept and draw.random() < 0.7:
        place = draw.randrange(len(kept))
        what, at, piece = kept[place]
        if what == "write" and len(piece) > SECTOR:
            sectors = [
                ("write", at + start, piece[start : start + SECTOR])
                for start in range(0, len(piece), SECTOR)
                if draw.random() < 0.5
            ]
            kept[place : place + 1] = sectors
    return _applied(file.safe, kept)
