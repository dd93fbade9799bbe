"""What this machine last saw of a journal, kept outside it: a put-back older file can be told from the newest.

The file is named by a hash of the journal's id and holds a counter, a hash and this device's id. It tells that a
journal exists, and nothing about it. On another machine, or when it is gone, there is no warning.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

import msgspec

from journal.paths import state_folder


class _Seen(msgspec.Struct):
    device: str
    counter: int = 0
    manifest: str = ""


_LENGTH = 192  # bytes of the note; what it does not fill is blank


class Seen:
    """The note about one journal."""

    _written = False  # by this process, with its full length
    _handle: int | None = None  # of the note, where that can be replaced while it is open
    _keep = hasattr(os, "pwrite")

    def __init__(self, folder: Path | None, vault: bytes) -> None:
        try:
            folder = state_folder() if folder is None else folder
        except OSError:  # a home that cannot be written to: no note, no warning
            folder = Path(os.devnull)
        self._path = folder / (hashlib.sha256(b"integration-journal/seen" + vault).hexdigest()[:32] + ".json")
        try:
            self._now = msgspec.json.decode(self._path.read_bytes()[:4096], type=_Seen)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            self._now = _Seen(secrets.token_hex(16))

    @property
    def cache(self) -> Path:
        """Where a snapshot of this journal is kept on this machine."""
        return self._path.with_suffix(".cache")

    @property
    def device(self) -> str:
        """A random id for this journal on this machine."""
        return self._now.device

    @property
    def counter(self) -> int:
        """The newest count of changes seen of this journal, 0 if none was."""
        return self._now.counter

    def older(self, counter: int, manifest: bytes) -> str | None:
        """A sentence if the file is older than, or parted from, what was seen here; else None."""
        now = self._now
        if counter < now.counter or (counter == now.counter and now.manifest not in ("", manifest.hex())):
            return (
                "This journal is older than the one last opened on this computer. If you put back a backup, that is "
                "what you see. If you did not, keep this file and look for the newer one before you write here."
            )
        return None

    def note(self, counter: int, manifest: bytes) -> None:
        """Remember the newest state. A failure is no harm: only the warning would be missed."""
        self._now = _Seen(self._now.device, counter, manifest.hex())
        data = msgspec.json.encode(self._now).ljust(_LENGTH)
        if self._written and self._over(data):
            return
        temporary = self._path.with_suffix(".part")
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            temporary.write_bytes(data)
            temporary.replace(self._path)
            self._written = True

    def _over(self, data: bytes) -> bool:
        """Write over what was written before: of the same length, in one call, as it happens with every save."""
        done = False
        with contextlib.suppress(OSError):
            if self._handle is None:
                flags = os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
                self._handle = os.open(self._path, flags)
            now = os.fstat(self._handle)
            if now.st_size == len(data) and now.st_nlink:  # no other window put another note in its place
                os.lseek(self._handle, 0, os.SEEK_SET)
                done = os.write(self._handle, data) == len(data)
        if not done or not self._keep:
            self._let_go()
        return done

    def close(self) -> None:
        """Hold nothing open any more. It can still be written to."""
        self._keep = False
        self._let_go()

    def _let_go(self) -> None:
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = None
