"""The one form of JPEG that is in shares: pixels and what is needed to read them, and no room for anything else.

SOI, JFIF without a thumbnail, two tables of quantities, a baseline frame of three colours, four tables of codes,
one scan, EOI; in this order, and nothing before, between or after
"""

from __future__ import annotations

import re
import struct

# SOI, and JFIF 1.1 without a density and a thumbnail.
_START = bytes.fromhex("ffd8 ffe0 0010 4a464946 00 0101 00 0001 0001 00 00")
_TABLES = (0, 1)  # of quantities, by their numbers
_CODES = (0x00, 0x10, 0x01, 0x11)  # tables of codes, by class and number
_FRAME = struct.Struct(">BHHB9s")  # bits, height, width, how many colours, and how each stands
_COLOURS = bytes.fromhex("01 11 00 02 11 01 03 11 01")  # YCbCr, none of them at half its size
_SCAN = bytes.fromhex("03 01 00 02 11 03 11 00 3f 00")
_MARK = re.compile(rb"\xff[^\x00]", re.DOTALL)  # in a scan only the end may look like this
_END = b"\xff\xd9"


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a JPEG in this form; None for anything else. Nothing is decoded."""
    if not data.startswith(_START):
        return None
    at = len(_START)
    for number in _TABLES:
        body, at = _segment(data, at, 0xDB)
        if len(body) != 65 or body[0] != number:
            return None
    body, at = _segment(data, at, 0xC0)
    if len(body) != _FRAME.size:
        return None
    bits, high, wide, colours, standing = _FRAME.unpack(body)
    if (bits, colours, standing) != (8, 3, _COLOURS) or not wide or not high:
        return None
    for number in _CODES:
        body, at = _segment(data, at, 0xC4)
        if len(body) < 17 or body[0] != number or len(body) != 17 + sum(body[1:17]):
            return None
    body, at = _segment(data, at, 0xDA)
    if body != _SCAN:
        return None
    end = _MARK.search(data, at)
    if end is None or end[0] != _END or end.end() != len(data) or end.start() == at:
        return None
    return wide, high


def _segment(data: bytes, at: int, marker: int) -> tuple[bytes, int]:
    """The body of the segment that must stand there, and where it ends; nothing where another stands there."""
    if data[at : at + 2] != bytes((0xFF, marker)) or len(data) < at + 4:
        return b"", at
    length = int.from_bytes(data[at + 2 : at + 4])
    return data[at + 4 : at + 2 + length], at + 2 + length
