"""The time a PDF says it was made at. Qt writes the second and the clock's offset, which would tell a place.

Whether the clock was at UTC can still be seen: such a zone is written as Z, and a PDF knows where in it things
begin, so what takes the place of a stamp has to be as long.
"""

from __future__ import annotations

import re
from datetime import date

_STAMP = re.compile(rb"D:(\d{8})\d{6}(?:(Z)|[+-]\d\d'\d\d')")
_XMP_STAMP = re.compile(rb"(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:(Z)|[+-]\d\d:\d\d)")


def day_only(pdf: bytes, day: date | None = None) -> bytes:
    """The same PDF, made on `day` (None: the day that stands there) and at no time."""

    def stamp(found: re.Match[bytes]) -> bytes:
        told = f"{day:%Y%m%d}".encode() if day is not None else found[1]
        return b"D:" + told + b"000000" + (b"Z" if found[2] else b"+00'00'")

    def xmp(found: re.Match[bytes]) -> bytes:
        told = day.isoformat().encode() if day is not None else found[1]
        return told + b"T00:00:00" + (b"Z" if found[2] else b"+00:00")

    return _XMP_STAMP.sub(xmp, _STAMP.sub(stamp, pdf))
