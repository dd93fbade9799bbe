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

A reply has a container of its own form: "reply" in its first line, and "comments" for "entries". Neither is taken for
the other.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from journal.errors import DamagedShare, NotAShare, ShareError
from journal.share.text import is_safe

MAX_SIZE = 64 * 2**20  # bytes of a share
MAX_PARTS = 64

_SECOND = "The next {} bytes are for reading; what follows them is for the program.\n\n"
_END = b"\n---- End of the page. What follows is for the program. ----\n"
_NUMBER = rb"(0|[1-9][0-9]{0,8})"
_FIRST_LINE = re.compile(rb"Integration Journal (share|reply), version ([1-9][0-9]{0,3})\n")
_LENGTH_LINE = re.compile(re.escape(_SECOND.encode()).replace(rb"\{\}", _NUMBER))
_PART_LINE = re.compile(rb"([a-z][a-z0-9-]{0,31}) " + _NUMBER + rb" ([0-9a-f]{64})\n")


class Form(NamedTuple):
    """What a container is of: its name in the first line, its part for the program, the versions that are known
    (those of the formats of that part), the most bytes, and what is said of one that is damaged, or too much."""

    name: str
    part: str
    versions: tuple[int, ...]
    most: int
    damaged: str
    too_much: str


SHARE = Form(
    "share",
    "entries",
    (1, 2),
    MAX_SIZE,
    DamagedShare.message,
    "This is too much for one share. Tick fewer entries, and make a second share of the rest.",
)
REPLY = Form(
    "reply",
    "comments",
    (1, 2),
    4 * 2**20,  # what a text in the journal may have, so that whatever was opened can be kept
    "This reply is damaged or incomplete. Ask the sender to make it again.",
    "This is too much for one reply. Choose fewer comments, and make a second reply of the rest.",
)
_FORMS = {form.name.encode(): form for form in (SHARE, REPLY)}


class Part(NamedTuple):
    """One part: its type, e.g. "entries", and its bytes."""

    type: str
    body: bytes


class Contents(NamedTuple):
    """An opened container: the page, the part for the program, and parts of further types (`others`)."""

    text: str
    body: bytes
    others: tuple[Part, ...] = ()
    version: int = 1
    form: Form = SHARE


def pack(contents: Contents) -> bytes:
    """The container's bytes. Raises `ShareError` if they would be more than its form may have."""
    form, page = contents.form, contents.text.encode()
    parts = (Part("text", page), Part(form.part, contents.body), *contents.others)
    listed = b"".join(
        f"{part.type} {len(part.body)} {hashlib.sha256(part.body).hexdigest()}\n".encode() for part in parts
    )
    container = b"".join(
        (
            f"Integration Journal {form.name}, version {contents.version}\n".encode(),
            _SECOND.format(len(page)).encode(),
            page,
            _END,
            listed,
            b"\n",
            *(part.body for part in parts[1:]),
        )
    )
    if len(container) > form.most:
        raise ShareError(form.too_much)
    unpack(container, form)  # what nobody could read must not be written
    return container


def form_of(container: bytes) -> Form:
    """What a container is of, by its first line. Raises `NotAShare` if it is something else."""
    first = _FIRST_LINE.match(container)
    if first is None:
        raise NotAShare("This file opened, but what is in it is not a share made by this program.")
    return _FORMS[first[1]]


def unpack(container: bytes, form: Form = SHARE) -> Contents:
    """The parts of a container of this form.

    Raises `NotAShare` if it is something else, `ShareError` if a later version made it, and `DamagedShare` for
    anything but the one canonical form.
    """
    if len(container) > form.most:
        raise DamagedShare(form.damaged, detail="the container is too long")
    if form_of(container) is not form:
        raise NotAShare("This file is a reply to a share." if form is SHARE else "This file is a share, not a reply.")
    first = _FIRST_LINE.match(container)
    assert first is not None
    if int(first[2]) not in form.versions:
        raise ShareError(
            f"A newer version of the program made this {form.name}. Please update, then open it again."
        )
    try:
        return _unpack(container, form, first.end(), int(first[2]))
    except DamagedShare as error:
        raise DamagedShare(form.damaged, detail=error.detail) from None


def _unpack(container: bytes, form: Form, at: int, version: int) -> Contents:
    length = _LENGTH_LINE.match(container, at)
    if length is None:
        raise DamagedShare(detail="no length of the page")
    start, end = length.end(), length.end() + int(length[1])
    if container[end : end + len(_END)] != _END:
        raise DamagedShare(detail="the page does not end where it should")
    sizes, at = _listed(container, end + len(_END), ("text", form.part))
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
    return Contents(_page(parts[0].body), parts[1].body, tuple(parts[2:]), version, form)


def _listed(container: bytes, at: int, required: tuple[str, str]) -> tuple[list[tuple[str, int, str]], int]:
    """The list of parts as (type, length, hash), and where it ends."""
    sizes: list[tuple[str, int, str]] = []
    while (line := _PART_LINE.match(container, at)) is not None:
        sizes.append((line[1].decode(), int(line[2]), line[3].decode()))
        at = line.end()
        if len(sizes) > MAX_PARTS:
            raise DamagedShare(detail="too many parts")
    if container[at : at + 1] != b"\n":
        raise DamagedShare(detail="the list of parts has no end")
    if tuple(type_ for type_, _, _ in sizes[:2]) != required:
        raise DamagedShare(detail="the first parts are not the page and the part for the program")
    if any(type_ in required for type_, _, _ in sizes[2:]) or len(set(sizes)) != len(sizes):
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
