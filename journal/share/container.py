"""What is inside the sealed file: a page for reading first, then the parts for the program.

    Integration Journal share, version 1
    The next 1834 bytes are for reading; what follows them is for the program.
    (an empty line)
    (the page: 1834 bytes of UTF-8)
    (an empty line)
    ---- End of the page. What follows is for the program. ----
    text 1834 (SHA-256 of the page, 64 hexadecimal digits)
    entries 5120 (SHA-256)
    (an empty line)
    (the parts after the page, in the order of the list, with nothing between or after them)

There is one way to write a given share, and `unpack` takes no other. Parts have types and no names, so no file
name can come in. Every length is checked against what is there before anything is read.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from journal.errors import DamagedShare, NotAShare, ShareError
from journal.share.text import is_safe

VERSIONS = (1, 2)  # as the formats of the entries in it
MAX_SIZE = 64 * 2**20  # bytes
MAX_PARTS = 64

_FIRST = b"Integration Journal share, version "
_SECOND = "The next {} bytes are for reading; what follows them is for the program.\n\n"
_END = b"\n---- End of the page. What follows is for the program. ----\n"
_NUMBER = rb"(0|[1-9][0-9]{0,8})"
_VERSION_LINE = re.compile(re.escape(_FIRST) + rb"([1-9][0-9]{0,3})\n")
_LENGTH_LINE = re.compile(re.escape(_SECOND.encode()).replace(rb"\{\}", _NUMBER))
_PART_LINE = re.compile(rb"([a-z][a-z0-9-]{0,31}) " + _NUMBER + rb" ([0-9a-f]{64})\n")
_REQUIRED = ("text", "entries")


class Part(NamedTuple):
    """One part: its type, e.g. "entries", and its bytes."""

    type: str
    body: bytes


class Contents(NamedTuple):
    """An opened container. `others` are parts of types that this version does not know."""

    text: str
    entries: bytes
    others: tuple[Part, ...] = ()
    version: int = 1


def pack(contents: Contents) -> bytes:
    """The container's bytes. Raises `ShareError` if they would be more than `MAX_SIZE`."""
    page = contents.text.encode()
    parts = (Part("text", page), Part("entries", contents.entries), *contents.others)
    listed = b"".join(
        f"{part.type} {len(part.body)} {hashlib.sha256(part.body).hexdigest()}\n".encode() for part in parts
    )
    container = b"".join(
        (
            _FIRST,
            f"{contents.version}\n".encode(),
            _SECOND.format(len(page)).encode(),
            page,
            _END,
            listed,
            b"\n",
            *(part.body for part in parts[1:]),
        )
    )
    if len(container) > MAX_SIZE:
        raise ShareError("This is too much for one share. Tick fewer entries, and make a second share of the rest.")
    unpack(container)  # what nobody could read must not be written
    return container


def unpack(container: bytes) -> Contents:
    """The parts of a container.

    Raises `NotAShare` if it is something else, `ShareError` if a later version made it, and `DamagedShare` for
    anything but the one canonical form.
    """
    if len(container) > MAX_SIZE:
        raise DamagedShare(detail="the container is too long")
    version = _VERSION_LINE.match(container)
    if version is None:
        raise NotAShare("This file opened, but what is in it is not a share made by this program.")
    if int(version[1]) not in VERSIONS:
        raise ShareError("A newer version of the program made this share. Please update, then open it again.")
    length = _LENGTH_LINE.match(container, version.end())
    if length is None:
        raise DamagedShare(detail="no length of the page")
    start, end = length.end(), length.end() + int(length[1])
    if container[end : end + len(_END)] != _END:
        raise DamagedShare(detail="the page does not end where it should")
    sizes, at = _listed(container, end + len(_END))
    if sizes[0][1] != end - start:
        raise DamagedShare(detail="the page's two lengths differ")
    if sum(size for _, size, _ in sizes[1:]) != len(container) - at:
        raise DamagedShare(detail="bytes are missing or left over")
    parts = []
    for type_, size, digest in sizes:
        first = start if type_ == "text" else at
        body = container[first : first + size]
        if hashlib.sha256(body).hexdigest() != digest:
            raise DamagedShare(detail="a part does not match its hash")
        if type_ != "text":
            at += size
        parts.append(Part(type_, body))
    return Contents(_page(parts[0].body), parts[1].body, tuple(parts[2:]), int(version[1]))


def _listed(container: bytes, at: int) -> tuple[list[tuple[str, int, str]], int]:
    """The list of parts as (type, length, hash), and where it ends."""
    sizes: list[tuple[str, int, str]] = []
    while (line := _PART_LINE.match(container, at)) is not None:
        sizes.append((line[1].decode(), int(line[2]), line[3].decode()))
        at = line.end()
        if len(sizes) > MAX_PARTS:
            raise DamagedShare(detail="too many parts")
    if container[at : at + 1] != b"\n":
        raise DamagedShare(detail="the list of parts has no end")
    if tuple(type_ for type_, _, _ in sizes[:2]) != _REQUIRED:
        raise DamagedShare(detail="the first parts are not the page and the entries")
    if any(type_ in _REQUIRED for type_, _, _ in sizes[2:]) or len(set(sizes)) != len(sizes):
        raise DamagedShare(detail="a part is there twice")
    return sizes, at + 1


def _page(body: bytes) -> str:
    try:
        page = body.decode()
    except UnicodeDecodeError:
        raise DamagedShare(detail="the page is not UTF-8") from None
    if not page.endswith("\n") or not is_safe(page):
        raise DamagedShare(detail="the page holds characters that could steer a terminal")
    return page
