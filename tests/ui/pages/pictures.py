"""Pictures that tests make up: whole ones, and hostile ones."""

from __future__ import annotations

import struct
import zlib

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage


def image(wide: int = 80, high: int = 60) -> QImage:
    """Red on the left, blue on the right."""
    made = QImage(wide, high, QImage.Format.Format_RGB32)
    made.fill(QColor("red"))
    for x in range(wide // 2, wide):
        for y in range(high):
            made.setPixelColor(x, y, QColor("blue"))
    return made


def picture(form: str = "PNG", wide: int = 80, high: int = 60) -> bytes:
    """A small picture in a form that Qt writes."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image(wide, high).save(buffer, form, 100)
    return bytes(held.data())


def png(wide: int, high: int, *, depth: int = 8, colour: int = 0, data: bytes = b"") -> bytes:
    """A PNG that says it is so large, with whatever in it."""
    head = struct.pack(">IIBBBBB", wide, high, depth, colour, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(data)), (b"IEND", b""))
    told = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


def turned() -> bytes:
    """A JPEG of 80 by 60 pixels that says it lies on its side (EXIF orientation 6)."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0)
    exif = b"Exif\0\0" + b"MM\0*" + struct.pack(">I", 8) + struct.pack(">H", 1) + entry + struct.pack(">I", 0)
    whole = picture("JPG")
    return whole[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + whole[2:]


def gif(wide: int = 8, high: int = 8, *, frames: int = 1, bad: bool = False) -> bytes:
    """A GIF of one colour; `bad`: its second frame claims more than the screen and breaks off."""
    head = b"GIF89a" + struct.pack("<HH", wide, high) + b"\x80\0\0" + b"\xff\0\0" + b"\0\0\xff"
    # Every pixel as a nine-bit-free code: clear, zero, and so on, in the smallest code size.
    bits = "".join(f"{code:03b}"[::-1] for code in [v for _ in range(wide * high) for v in (4, 0)] + [5])
    packed = bytes(int(bits[start : start + 8][::-1], 2) for start in range(0, len(bits), 8))
    blocks = b"".join(bytes([len(packed[n : n + 255])]) + packed[n : n + 255] for n in range(0, len(packed), 255))
    frame = b"," + struct.pack("<HHHH", 0, 0, wide, high) + b"\0" + b"\x02" + blocks + b"\0"
    second = b"," + struct.pack("<HHHH", 60000, 60000, 65535, 65535) + b"\0\x0c\xff\xff" if bad else b""
    return head + frame * frames + (second if bad else b";")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
