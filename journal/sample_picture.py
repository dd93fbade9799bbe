"""The picture in the sample: a drawing of waves under a low sun, made point by point. It is ours, like the words."""

from __future__ import annotations

import math
import struct
import zlib
from functools import cache

_WIDE, _HIGH = 400, 262
_SUN = (281.0, 80.0, 34.0)  # across, down, radius
_SKY, _GLOW, _PAPER = (246, 232, 214), (226, 168, 108), (250, 246, 238)
_WAVES = ((128, 170, 172), (92, 142, 148), (62, 112, 122), (38, 82, 94))


def drawing() -> bytes:
    """The drawing, as a PNG."""
    rows = b"".join(b"\0" + bytes(part for x in range(_WIDE) for part in _point(x, y)) for y in range(_HIGH))
    head = struct.pack(">IIBBBBB", _WIDE, _HIGH, 8, 2, 0, 0, 0)
    parts = (_part(b"IHDR", head), _part(b"IDAT", zlib.compress(rows, 9)), _part(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _point(x: int, y: int) -> tuple[int, int, int]:
    if not (9 <= x < _WIDE - 9 and 9 <= y < _HIGH - 9):
        return _PAPER
    away = math.hypot(x - _SUN[0], y - _SUN[1])
    colour = _mix(_GLOW, _SKY, _within((away - _SUN[2]) / 120))
    for number, wave in enumerate(_WAVES):
        below = y - _crest(number, x)
        if below > -1:
            colour = _mix(_mix(colour, wave, _within(below + 0.5)), _PAPER, _within(1.5 - abs(below - 0.8)))
    return colour


@cache
def _crest(number: int, x: int) -> float:
    return 128 + 33 * number + 8 * math.sin(x / (29 + 6 * number) + 1.7 * number)


def _within(share: float) -> float:
    return max(0.0, min(1.0, share))


def _mix(one: tuple[int, int, int], other: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    first, second, third = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return first, second, third


def _part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
