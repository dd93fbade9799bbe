"""A share as a file: written only when it was read back and found whole, read within limits."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from journal.atomic import write_new
from journal.errors import (
    DamagedShare,
    NotAShare,
    NotForThisKey,
    NotFound,
    ShareError,
    StorageFailed,
)
from journal.share import (
    authenticity,
    container,
    payload,
    picture,
)
from journal.share import html as web
from journal.share.authenticity import (
    Author,
    Proof,
)
from journal.share.envelope import Kind, inspect, open_sealed, seal_for_recipients, seal_with_passphrase
from journal.share.header import MAX_FILE
from journal.share.html.outer import is_page, outer
from journal.share.passphrase import HTML_WORDS, is_generated
from journal.share.payload import Payload
from journal.share.text import plain_page

_NOT_AS_WRITTEN = "The file did not come back as it was written, so it was not kept. Check the disk."


class WrittenShare(NamedTuple):
    """A share that is on disk. `share` is its id; `size` in bytes; `sha256` of the sealed file, hexadecimal."""

    path: Path
    share: str
    size: int
    sha256: str


class OpenedShare(NamedTuple):
    """A share as its reader has it.

    `text` is the page in it, safe to print. `unknown` names parts that this version does not know. `proof` is what it
    says of who made it, unchecked (`authenticity.verify`); `digest` the SHA-256 of the container, hexadecimal.
    `spoiled` pictures are not in `payload`: they are missing, or not in the form that pictures have.
    """

    payload: Payload
    text: str
    unknown: tuple[str, ...] = ()
    proof: Proof | None = None
    digest: str = ""
    spoiled: int = 0

    @property
    def share(self) -> str:
        """The share's own id."""
        return self.payload.share


def default_name(made: date, *, html: bool = False) -> str:
    """A neutral file name, "share-2026-11-23.age" or ".html": it names no person and no contents."""
    return f"share-{made.isoformat()}.{'html' if html else 'age'}"


def write_share(
    path: Path,
    shared: Payload,
    *,
    recipients: Sequence[str] = (),
    passphrase: str | None = None,
    identity: str | None = None,
    author: Author | None = None,
) -> WrittenShare:
    """Seal a payload to `recipients` or to a passphrase, and write it to `path`, which must not be there yet. With an
    `author` it proves to them who made it.

    Success means: the file was read back and is whole. A passphrase share, and one that `identity` can open, was
    also opened again. Takes some seconds for a passphrase. Raises `ShareError` for an empty or too large selection
    or a bad key, `AlreadyThere`, `StorageFull` or `StorageFailed`; then there is no file.
    """
    if bool(recipients) == (passphrase is not None):
        raise ValueError("either recipients or a passphrase")
    contents = _contents(shared, author, recipients)
    sealed = write_sealed(path, contents, recipients=recipients, passphrase=passphrase, identity=identity)
    return WrittenShare(path, shared.share, len(sealed), hashlib.sha256(sealed).hexdigest())


def write_sealed(
    path: Path,
    contents: bytes,
    *,
    recipients: Sequence[str] = (),
    passphrase: str | None = None,
    identity: str | None = None,
) -> bytes:
    """Seal a container and write it to `path`; returns what was written. It is opened again where that can be done.
    Errors as `write_share`."""
    if passphrase is not None:
        sealed = seal_with_passphrase(contents, passphrase)
    else:
        sealed = seal_for_recipients(contents, recipients)

    def check(written: bytes) -> None:
        if open_sealed(written, identity=own, passphrase=passphrase) != contents:
            raise StorageFailed(_NOT_AS_WRITTEN)

    own = identity if passphrase is None else None
    can_open = passphrase is not None or own is not None
    write_new(path, sealed, check if can_open else None)
    return sealed


def write_html_share(path: Path, shared: Payload, *, passphrase: str) -> WrittenShare:
    """Seal a payload as a page for a browser, with words of `generate_passphrase(HTML_WORDS)`, and write it.

    Success means: the file was read back, opened again, and holds what was meant. Takes some seconds. Errors as
    `write_share`, and `ValueError` for words that were not generated: nothing else keeps such a file closed.
    """
    if not is_generated(passphrase, HTML_WORDS):
        raise ValueError("the words of a share for a browser are made by generate_passphrase")
    contents = _contents(shared)
    plain = web.Plain(web.page(shared, _spans(shared, contents)), contents)
    file = outer(web.seal(plain, passphrase), pictures=bool(shared.pictures))

    def check(written: bytes) -> None:
        if web.unseal(web.find(written), passphrase) != plain:
            raise StorageFailed(_NOT_AS_WRITTEN)

    write_new(path, file, check)
    return WrittenShare(path, shared.share, len(file), hashlib.sha256(file).hexdigest())


def read_share(path: Path, *, identity: str | None = None, passphrase: str | None = None) -> OpenedShare:
    """Open a share with one of the two secrets, in either form: age, or a page for a browser.

    Raises `NotFound`, `StorageFailed`, or a `ShareError`: `WrongSharePassphrase`, `NotForThisKey`, `NotAShare`,
    `DamagedShare`; or `Stopped`, if `journal.apart.stop` was called meanwhile.
    """
    return unpack(open_contents(path, identity=identity, passphrase=passphrase))


def open_contents(path: Path, *, identity: str | None = None, passphrase: str | None = None) -> bytes:
    """What is sealed in a file: the container of a share or of a reply, not looked at yet. Errors as `read_share`."""
    data = _read(path)
    if not is_page(data):
        return open_sealed(data, identity=identity, passphrase=passphrase, may_stop=True)
    sealed = web.find(data)
    if passphrase is None:
        raise NotForThisKey("This file opens with a passphrase. Ask the sender for the passphrase.")
    return web.unseal(sealed, passphrase, may_stop=True).container


def inspect_file(path: Path) -> Kind:
    """Whether the file at `path` opens with a "passphrase" or as a "recipient". Errors as `read_share`."""
    data = _read(path)
    if not is_page(data):
        return inspect(data)
    web.find(data)
    return "passphrase"


def _contents(shared: Payload, author: Author | None = None, readers: Sequence[str] = ()) -> bytes:
    if shared.empty:
        raise ShareError("Nothing is ticked yet, so there is nothing to share.")
    return pack(shared, author, readers)


def pack(shared: Payload, author: Author | None = None, readers: Sequence[str] = ()) -> bytes:
    """The unsealed bytes of a share; with an `author`, what proves that author to the `readers` goes with them.

    Raises `ShareError` if they are too many, or for a bad key.
    """
    entries = payload.encode(shared)
    if len(entries) > payload.MAX_SIZE:
        raise ShareError("This is too much for one share. Tick fewer entries, and make a second share of the rest.")
    page = plain_page(shared, proved=author is not None)
    pictures = tuple(container.Part(picture.PART, body) for body in picture.bodies(shared.pictures, shared.share))
    bare = container.Contents(page, entries, pictures, shared.format)
    packed = container.pack(bare)
    if author is None:
        return packed
    proof = authenticity.prove(packed, shared.share, author, readers)
    return container.pack(bare._replace(others=(*pictures, container.Part(authenticity.PART, proof))))


def _spans(shared: Payload, contents: bytes) -> tuple[tuple[int, int], ...]:
    """Where in the container each picture's JPEG begins, and how long it is. They end it, where nothing is proved."""
    spans, at = [], len(contents)
    parts = picture.bodies(shared.pictures, shared.share)
    for one, body in zip(reversed(shared.pictures), reversed(parts), strict=True):
        spans.append((at - len(one.data), len(one.data)))
        at -= len(body)
    return tuple(reversed(spans))


def unpack(contents: bytes) -> OpenedShare:
    """A share from its unsealed bytes. Raises `NotAShare`, `DamagedShare`, or `ShareError` for a later version's."""
    opened = container.unpack(contents)
    known = (authenticity.PART, picture.PART)
    unknown = tuple(part.type for part in opened.others if part.type not in known)
    digest = hashlib.sha256(contents).hexdigest()
    shared = payload.decode(opened.body)
    if shared.format != opened.version:
        raise DamagedShare(detail="the format of the entries is not the container's")
    parts = [part.body for part in opened.others if part.type == picture.PART]
    pictures, spoiled = picture.read(parts, shared.share, shared.places_for_pictures)
    shared = msgspec.structs.replace(shared, pictures=pictures) if pictures else shared
    return OpenedShare(shared, opened.text, unknown, proof_in(opened), digest, spoiled)


def proof_in(opened: container.Contents) -> Proof | None:
    """The proof, which is the last part where there is one. Where there are two, or it stands elsewhere, there is one
    that fits nothing."""
    found = [part.body for part in opened.others if part.type == authenticity.PART]
    if not found:
        return None
    if len(found) > 1 or opened.others[-1].type != authenticity.PART:
        return Proof(b"", "")
    bare = container.pack(opened._replace(others=opened.others[:-1]))
    return Proof(found[0], hashlib.sha256(bare).hexdigest())


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
