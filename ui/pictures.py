"""Pictures, taken apart in memory. One may come from anyone: its kind and size are looked at before it is decoded.

Five kinds are decoded, each by its own reader, which is named by the first bytes and never guessed by Qt. What has a
program or an address in it (SVG, say) is not among them.
"""

from __future__ import annotations

import struct

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLoggingCategory, QSize
from PySide6.QtGui import QImage, QImageReader

from journal.errors import InvalidRecord
from journal.records.attachment import PICTURES

SHOWN = PICTURES
_MEMORY = 256  # MB of one picture, taken apart
_SIDE = 32_767  # px: more than Qt can paint
_MOST = 60_000_000  # pixels
_STARTS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"BM", "bmp"))

_NO_PICTURE = "This file is not a picture that can be shown here. Save a copy of it, and open that."
_NOT_WHOLE = (
    "This picture could not be shown: it is not whole, or made in a way this program does not know. The file itself "
    "is as it was added; you can save a copy of it."
)
_TOO_LARGE = "This picture has too many pixels to be shown here. Save a copy of it, and open that."

# What is wrong with a picture is said in the window; Qt would write it to standard error besides.
QLoggingCategory.setFilterRules("qt.gui.imageio*=false\nqt.gui.icc*=false")


class _Held(QBuffer):
    """Bytes that say no to a place beyond their end; Qt's own would also write of it to standard error."""

    def seek(self, pos: int) -> bool:
        return 0 <= pos <= self.size() and bool(super().seek(pos))


def decode(data: bytes) -> QImage:
    """The picture in `data`, the right way up. Runs on any thread. Raises `InvalidRecord`, which says what to do."""
    kind = _kind(data)
    held = QByteArray(data)
    buffer = _Held(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_MEMORY)
    reader = QImageReader(buffer, kind.encode())
    reader.setAutoDetectImageFormat(False)
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    size = QSize(*struct.unpack("<HH", data[6:10].ljust(4, b"\0"))) if kind == "gif" else reader.size()
    if not size.isValid():
        raise InvalidRecord(_NOT_WHOLE, detail=f"{kind}: no size")
    # How deep a PNG is stands in its head. Qt's own word for it is a number without meaning where a head is spoiled.
    deep = 8 if kind == "png" and data[24:25] == b"\x10" else 4
    if _too_large(size) or size.width() * size.height() * deep > _MEMORY * 2**20:
        raise InvalidRecord(_TOO_LARGE)
    image = reader.read()
    if image.isNull() or _too_large(image.size()):
        raise InvalidRecord(_NOT_WHOLE, detail=f"{kind}: {reader.error().name}")
    plain = QImage.Format.Format_ARGB32_Premultiplied if image.hasAlphaChannel() else QImage.Format.Format_RGB32
    return image.convertToFormat(plain)


def encode(image: QImage) -> bytes:
    """A picture as the bytes of a PNG. Runs on any thread. Raises `InvalidRecord`."""
    if image.isNull() or _too_large(image.size()):
        raise InvalidRecord(
            "The picture in the clipboard is too large, so it was not added. Save it as a file first."
        )
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):
        raise InvalidRecord("The picture in the clipboard could not be taken. Copy it again, or save it as a file.")
    return bytes(held.data())


def _kind(data: bytes) -> str:
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    raise InvalidRecord(_NO_PICTURE)


def _too_large(size: QSize) -> bool:
    return max(size.width(), size.height()) > _SIDE or size.width() * size.height() > _MOST
