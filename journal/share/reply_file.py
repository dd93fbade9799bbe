"""A reply as a file; and whatever file it is, the one reader of both: a share or a reply."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import NamedTuple

from journal.share import container
from journal.share.authenticity import Author
from journal.share.file import OpenedShare, open_contents, unpack, write_sealed
from journal.share.reply import OpenedReply, ReplyPayload, pack_reply, unpack_reply


class WrittenReply(NamedTuple):
    """A reply that is on disk. `reply` is its id; `size` in bytes; `sha256` of the sealed file, hexadecimal."""

    path: Path
    reply: str
    size: int
    sha256: str


def default_reply_name(made: date) -> str:
    """A neutral file name, "reply-2026-11-23.age": it names no person and no contents."""
    return f"reply-{made.isoformat()}.age"


def write_reply(
    path: Path,
    payload: ReplyPayload,
    *,
    recipient: str = "",
    passphrase: str | None = None,
    identity: str | None = None,
    author: Author | None = None,
) -> WrittenReply:
    """Seal a reply to an address or to a passphrase, and write it to `path`, which must not be there yet. With an
    `author` it proves to the address who made it. Success and errors are those of `write_share`."""
    if bool(recipient) == (passphrase is not None):
        raise ValueError("either an address or a passphrase")
    contents = pack_reply(payload, author, recipient)
    sealed = write_sealed(
        path, contents, recipients=[recipient] if recipient else (), passphrase=passphrase, identity=identity
    )
    return WrittenReply(path, payload.reply, len(sealed), hashlib.sha256(sealed).hexdigest())


def read_either(
    path: Path, *, identity: str | None = None, passphrase: str | None = None
) -> OpenedShare | OpenedReply:
    """Open a share or a reply, whichever the file is. Errors as `read_share`."""
    contents = open_contents(path, identity=identity, passphrase=passphrase)
    return unpack_reply(contents) if container.form_of(contents) is container.REPLY else unpack(contents)
