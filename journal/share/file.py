"""A share as a file: written only when it was read back and found whole, read within limits."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from journal.atomic import write_new
from journal.errors import DamagedShare, NotAShare, NotFound, ShareError, StorageFailed
from journal.share import container, payload
from journal.share.envelope import Kind, inspect, open_sealed, seal_for_recipients, seal_with_passphrase
from journal.share.header import MAX_FILE
from journal.share.payload import Payload
from journal.share.text import plain_page


class WrittenShare(NamedTuple):
    """A share that is on disk. `share` is its id; `size` in bytes; `sha256` of the sealed file, hexadecimal."""

    path: Path
    share: str
    size: int
    sha256: str


class OpenedShare(NamedTuple):
    """A share as its reader has it.

    `text` is the page in it, safe to print. `unknown` names parts that this version does not know.
    """

    payload: Payload
    text: str
    unknown: tuple[str, ...] = ()

    @property
    def share(self) -> str:
        """The share's own id."""
        return self.payload.share


def default_name(made: date) -> str:
    """A neutral file name, "share-2026-11-23.age": it names no person and no contents."""
    return f"share-{made.isoformat()}.age"


def write_share(
    path: Path,
    shared: Payload,
    *,
    recipients: Sequence[str] = (),
    passphrase: str | None = None,
    identity: str | None = None,
) -> WrittenShare:
    """Seal a payload to `recipients` or to a passphrase, and write it to `path`, which must not be there yet.

    Success means: the file was read back and is whole. A passphrase share, and one that `identity` can open, was
    also opened again. Takes some seconds for a passphrase. Raises `ShareError` for an empty or too large selection
    or a bad key, `AlreadyThere`, `StorageFull` or `StorageFailed`; then there is no file.
    """
    if bool(recipients) == (passphrase is not None):
        raise ValueError("either recipients or a passphrase")
    if shared.empty:
        raise ShareError("Nothing is ticked yet, so there is nothing to share.")
    contents = pack(shared)
    if passphrase is not None:
        sealed = seal_with_passphrase(contents, passphrase)
    else:
        sealed = seal_for_recipients(contents, recipients)

    def check(written: bytes) -> None:
        if open_sealed(written, identity=own, passphrase=passphrase) != contents:
            raise StorageFailed("The share did not come back as it was written, so it was not kept. Check the disk.")

    own = identity if passphrase is None else None
    can_open = passphrase is not None or own is not None
    write_new(path, sealed, check if can_open else None)
    return WrittenShare(path, shared.share, len(sealed), hashlib.sha256(sealed).hexdigest())


def read_share(path: Path, *, identity: str | None = None, passphrase: str | None = None) -> OpenedShare:
    """Open a share with one of the two secrets.

    Raises `NotFound`, `StorageFailed`, or a `ShareError`: `WrongSharePassphrase`, `NotForThisKey`, `NotAShare`,
    `DamagedShare`; or `Stopped`, if `journal.apart.stop` was called meanwhile.
    """
    return unpack(open_sealed(_read(path), identity=identity, passphrase=passphrase, may_stop=True))


def inspect_file(path: Path) -> Kind:
    """Whether the file at `path` opens with a "passphrase" or as a "recipient". Errors as `read_share`."""
    return inspect(_read(path))


def pack(shared: Payload) -> bytes:
    """The unsealed bytes of a share. Raises `ShareError` if they are too many."""
    entries = payload.encode(shared)
    if len(entries) > payload.MAX_SIZE:
        raise ShareError("This is too much for one share. Tick fewer entries, and make a second share of the rest.")
    return container.pack(container.Contents(plain_page(shared), entries, version=shared.format))


def unpack(contents: bytes) -> OpenedShare:
    """A share from its unsealed bytes. Raises `NotAShare`, `DamagedShare`, or `ShareError` for a later version's."""
    opened = container.unpack(contents)
    shared = payload.decode(opened.entries)
    if shared.format != opened.version:
        raise DamagedShare(detail="the format of the entries is not the container's")
    return OpenedShare(shared, opened.text, tuple(part.type for part in opened.others))


def _read(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotAShare("This is not a file.")
        with path.open("rb") as file:
            return file.read(MAX_FILE + 1)
    except FileNotFoundError:
        raise NotFound("There is no file with this name.") from None
    except (OSError, ValueError) as error:
        raise StorageFailed(
            "This file could not be read. Check the disk or folder.", detail=type(error).__name__
        ) from None
