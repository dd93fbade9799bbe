"""A picture in a share: its pixels in one form, the entry it belongs to, and the words under it.

In the container each is a part of its own, which programs that know no pictures name and do not show. The entries
stay as they are, so a share without pictures is what it always was.

    Integration Journal share, a picture, version 1
    share (the share's id)
    picture 1 of 2
    entry 4
    frame only
    caption "The door, from inside"
    (an empty line)
    (a JPEG in the one form of `journal.share.jpeg`)
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Sequence

import msgspec

from journal.errors import InvalidRecord
from journal.records.base import check_line
from journal.share.jpeg import size_of

PART = "picture"
MOST = 48  # in one share
SIDE = 2048  # pixels at most
MOST_BYTES = 3 * 2**20  # of one JPEG

_HEAD = re.compile(
    rb"Integration Journal share, a picture, version 1\n"
    rb"share ([0-9a-f]{32})\n"
    rb"picture ([1-9][0-9]?) of ([1-9][0-9]?)\n"
    rb"entry (0|[1-9][0-9]{0,8})\n"
    rb"frame (only|first)\n"
    rb'caption ("[ -~]{0,6000}")\n'
    rb"\n"
)


class SharedPicture(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`place` is that of its entry in `Payload.entries`; `wide` and `high` are pixels, `data` the JPEG.

    `several`: the file held more frames than this first one. `caption` is what the person typed for it, or "".
    """

    place: int
    wide: int
    high: int
    several: bool
    caption: str
    data: bytes

    def __post_init__(self) -> None:
        check_line(self.caption, "words under the picture")
        if self.place < 0 or not 1 <= self.wide <= SIDE or not 1 <= self.high <= SIDE:
            raise InvalidRecord("A picture needs its entry and its size.")
        if len(self.data) > MOST_BYTES or size_of(self.data) != (self.wide, self.high):
            raise InvalidRecord("A picture in a share has one form.")


def described(picture: SharedPicture) -> str:
    """What it is, for whoever cannot see it: "A picture, 800 by 600 pixels"."""
    text = f"A picture, {picture.wide} by {picture.high} pixels"
    return f"{text}, the first of several" if picture.several else text


def spoiled_text(count: int) -> str:
    """What is said where so many pictures of a share cannot be shown."""
    what = "1 picture of this share is" if count == 1 else f"{count} pictures of this share are"
    return f"{what} missing, or not in the form that pictures have in shares, and not shown. The rest is."


def bodies(pictures: Sequence[SharedPicture], share: str) -> list[bytes]:
    """The bytes of the parts, in the order of the pictures."""
    return [
        (
            "Integration Journal share, a picture, version 1\n"
            f"share {share}\n"
            f"picture {number} of {len(pictures)}\n"
            f"entry {picture.place}\n"
            f"frame {'first' if picture.several else 'only'}\n"
            f"caption {json.dumps(picture.caption)}\n"
            "\n"
        ).encode("ascii")
        + picture.data
        for number, picture in enumerate(pictures, start=1)
    ]


def read(parts: Sequence[bytes], share: str, places: Container[int]) -> tuple[tuple[SharedPicture, ...], int]:
    """The pictures that are as they should be, and how many others the share holds, or says that it held.

    `places`: those of entries that can have pictures. A picture of another share, at no entry, in another form or in
    the wrong order is not shown; the others are.
    """
    found: list[SharedPicture] = []
    last, meant = 0, len(parts)
    for body in parts:
        told = _read(body, share)
        if told is None:
            continue
        picture, number, of = told
        meant = max(meant, of)
        if not last < number <= of <= MOST or picture.place not in places:
            continue
        if not found or found[-1].place <= picture.place:
            found.append(picture)
            last = number
    return tuple(found), meant - len(found)


def _read(body: bytes, share: str) -> tuple[SharedPicture, int, int] | None:
    """The picture in a part, its number, and of how many; None where the part has another form."""
    head = _HEAD.match(body)
    if head is None or head[1].decode() != share:
        return None
    try:
        caption = json.loads(head[6])
        data = body[head.end() :]
        wide, high = size_of(data) or (0, 0)
        picture = SharedPicture(
            place=int(head[4]), wide=wide, high=high, several=head[5] == b"first", caption=caption, data=data
        )
    except (ValueError, InvalidRecord):
        return None
    if json.dumps(caption).encode("ascii") != head[6]:
        return None
    return picture, int(head[2]), int(head[3])
