"""Pictures of all five kinds, laden with words wherever their forms have room for any. The words are never pixels."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import ExifTags, Image, ImageCms, PngImagePlugin

WORD = b"canary-4711-marzipan"
LEFT, RIGHT = (220, 20, 20), (20, 20, 220)


def image(wide: int = 80, high: int = 60, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    made = Image.new("RGB", (wide, high), LEFT)
    made.paste(RIGHT, (wide // 2, 0, wide, high))
    return made.convert(mode)


def encoded(made: Image.Image, form: str, **more: Any) -> bytes:
    """A picture as the bytes of a file."""
    held = io.BytesIO()
    made.save(held, form, **more)
    return held.getvalue()


def pixels(data: bytes) -> Image.Image:
    """What is in a file."""
    made = Image.open(io.BytesIO(data))
    made.load()
    return made


def exif(orientation: int = 1) -> bytes:
    """Words, a place, a camera, and a small picture whose comment are words too."""
    made = Image.Exif()
    made[ExifTags.Base.Orientation] = orientation
    made[ExifTags.Base.ImageDescription] = WORD.decode()
    made[ExifTags.Base.Artist] = WORD.decode()
    made[ExifTags.Base.Model] = WORD.decode()
    made.get_ifd(ExifTags.IFD.Exif).update(
        {ExifTags.Base.UserComment: b"UNICODE\0" + WORD.decode().encode("utf-16-le"), ExifTags.Base.MakerNote: WORD}
    )
    made.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS.GPSLatitude: (52.0, 31.0, 12.25), ExifTags.GPS.GPSAreaInformation: WORD}
    )
    return made.tobytes()


def icc() -> bytes:
    """A profile of colours with words behind it, which are read by no one."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + WORD


def xmp() -> bytes:
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d>' + WORD + b"</d></x:xmpmeta>"


def laden_jpeg(orientation: int = 1) -> bytes:
    whole = encoded(
        image(), "JPEG", quality=95, exif=exif(orientation), icc_profile=icc(), comment=WORD, xmp=xmp(),
        progressive=True,
    )  # fmt: skip
    photoshop = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(WORD)) + WORD
    segment = b"\xff\xed" + struct.pack(">H", len(photoshop) + 2) + photoshop
    return whole[:2] + segment + whole[2:] + WORD


def laden_png() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", WORD.decode())
    told.add_text("Packed", WORD.decode(), zip=True)
    told.add_itxt("XML:com.adobe.xmp", xmp().decode())
    told.add(b"prVt", WORD)
    whole = encoded(image(), "PNG", pnginfo=told, exif=exif(), icc_profile=icc())
    return whole + WORD


def laden_gif() -> bytes:
    whole = encoded(image().quantize(8), "GIF", comment=WORD)
    application = b"!\xff\x0bXMP DataXMP" + bytes([len(WORD)]) + WORD + b"\0"
    return whole[:-1] + application + b";" + WORD


def laden_webp() -> bytes:
    whole = encoded(image(), "WEBP", lossless=True, exif=exif(), icc_profile=icc(), xmp=xmp())
    chunk = b"prVt" + struct.pack("<I", len(WORD)) + WORD + b"\0" * (len(WORD) % 2)
    size = struct.unpack("<I", whole[4:8])[0] + len(chunk)
    return whole[:4] + struct.pack("<I", size) + whole[8:] + chunk + WORD


def laden_bmp() -> bytes:
    whole = encoded(image(), "BMP")
    at = struct.unpack("<I", whole[10:14])[0]
    gap = WORD.ljust(24, b"\0")
    return whole[:10] + struct.pack("<I", at + len(gap)) + whole[14:at] + gap + whole[at:] + WORD


LADEN = {
    "jpeg": laden_jpeg(), "png": laden_png(), "gif": laden_gif(), "webp": laden_webp(), "bmp": laden_bmp(),
}  # fmt: skip


def png(wide: int, high: int, *, depth: int = 8, colour: int = 0, data: bytes = b"") -> bytes:
    """A PNG that says it is so large, with whatever in it."""
    head = struct.pack(">IIBBBBB", wide, high, depth, colour, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(data)), (b"IEND", b""))
    told = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


def frames(form: str, *colours: tuple[int, int, int]) -> bytes:
    """A moving picture."""
    first, *others = (Image.new("RGB", (40, 30), colour) for colour in colours)
    return encoded(first, form, save_all=True, append_images=others)
