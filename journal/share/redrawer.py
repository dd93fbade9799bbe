"""The small process that draws a picture anew for a share, so that nothing but its pixels can go along.

It is run by its path, apart from the program: `python -I -S redrawer.py FOLDER_OF_PILLOW BYTES SECONDS`. Standard
input holds the file. Standard output gets one letter (see below) and, after "=", width and height as four bytes each,
a byte that is 1 where the picture is the first of several, and a JPEG. Its limits are those of `opener.py`; it uses
nothing else of this program.

What comes out is made of pixels: no comment, no EXIF, XMP or ICC, no thumbnail, no name, nothing behind the end.
"""

from __future__ import annotations

import io
import runpy
import struct
import sys
from pathlib import Path
from typing import Any

DRAWN = b"="
NO_PICTURE = b"n"  # none of the five kinds
TOO_LARGE = b"l"  # more pixels than are taken apart
NOT_WHOLE = b"d"  # cut off, spoiled, or made in a way that is not known

HEAD = struct.Struct(">II?")  # width, height, the first of several
MOST_PIXELS = 60_000_000
LONGEST = 32_767  # pixels of a side
SIDE = 2048  # pixels: the longer side of what goes along
MOST_BYTES = 3 * 2**20  # of what goes along

_QUALITIES = (88, 76, 64)
_SMALLER = 0.8  # times its size, where no quality is enough
_TRIES = 12
_STARTS = ((b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"BM", "BMP"))


def main() -> None:
    sys.path.append(sys.argv[1])
    beside = runpy.run_path(str(Path(__file__).with_name("opener.py")))
    beside["_limit"](int(sys.argv[2]), int(sys.argv[3]))
    beside["_close_off"]()
    sys.stdout.buffer.write(_answer(sys.stdin.buffer.read()))
    sys.stdout.buffer.flush()


def _answer(data: bytes) -> bytes:
    kind = kind_of(data)
    if kind is None:
        return NO_PICTURE
    try:
        return _drawn(data, kind)
    except MemoryError:
        return TOO_LARGE
    except Exception:  # whatever a library says of a file that may come from anyone
        return NOT_WHOLE


def kind_of(data: bytes) -> str | None:
    """Which of the five kinds the first bytes say it is. Its name is not asked."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return next((kind for start, kind in _STARTS if data.startswith(start)), None)


def _drawn(data: bytes, kind: str) -> bytes:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # looked at here, before a pixel is made
    image: Any = Image.open(io.BytesIO(data), formats=(kind,))
    if max(image.size) > LONGEST or image.width * image.height > MOST_PIXELS:
        return TOO_LARGE
    several = bool(getattr(image, "is_animated", False))
    if several:
        image.seek(0)
    # How the pixels are packed says it, and nothing else of a part: its sizes and its place have numbers, too.
    deep = kind == "PNG" and any("16" in str(packed) for *_, packed in image.tile)
    beside = _opacity_beside(image, data)
    if kind == "JPEG":
        image.draft("RGB", (SIDE, SIDE))  # it is taken apart at half its size, or less, where that is enough
    image.load()
    profile = image.info.get("icc_profile")
    image = _with_what_is_clear(image, deep, beside)
    image = _on_white(_in_srgb(_small(_upright(image)), profile))
    made = _encoded(image)
    return DRAWN + HEAD.pack(*made[0], several) + made[1]


def _opacity_beside(image: Any, data: bytes) -> Any:
    """The fourth byte of each pixel of a BMP, which the library leaves out: how much shines through, but where all of
    it is nought; then a program wrote nothing there, and the picture is shown whole everywhere."""
    from PIL import Image

    if image.format not in ("BMP", "DIB") or image.mode != "RGB" or image.info.get("compression") != 0:
        return None
    (_, _, start, args) = image.tile[0]
    if args[0] != "BGRX":
        return None
    rows = memoryview(data)[start : start + args[1] * image.height]
    opacity = Image.frombytes("RGBA", image.size, bytes(rows), "raw", "BGRA", *args[1:]).getchannel("A")
    return opacity if opacity.getextrema()[1] else None


def _with_what_is_clear(image: Any, deep: bool, beside: Any) -> Any:
    """With an opacity where the library has none: for `beside`, and for a clear colour of sixteen bits (`deep`)."""
    from PIL import Image, ImageChops

    if beside is not None:
        image.putalpha(beside)
        return image
    clear = image.info.get("transparency")
    if deep and image.mode == "RGB" and isinstance(clear, tuple):
        image.info["transparency"] = tuple(value >> 8 for value in clear)  # as the pixels were
    elif isinstance(clear, int) and image.mode.startswith("I"):
        numbers = image.convert("I;16").tobytes()  # the low byte of each first
        low, high = (Image.frombytes("L", image.size, numbers[half::2]) for half in (0, 1))
        low = low.point([255 * (value != clear & 255) for value in range(256)])
        other = high.point([255 * (value != clear >> 8) for value in range(256)])
        whole = high.convert("LA")
        whole.putalpha(ImageChops.lighter(low, other))
        whole.info = {name: told for name, told in image.info.items() if name != "transparency"}  # how it is turned
        return whole
    return image


def _upright(image: Any) -> Any:
    """Turned as its EXIF says, where it says so in a way that can be read."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except Exception:
        return image


def _small(image: Any) -> Any:
    from PIL import Image

    if max(image.size) <= SIDE:
        return image
    scale = SIDE / max(image.size)
    size = tuple(max(1, round(side * scale)) for side in image.size)
    return _eight_bits(image).resize(size, Image.Resampling.LANCZOS)


def _eight_bits(image: Any) -> Any:
    """In a form that can be made smaller, with what shines through kept apart."""
    if image.mode.startswith("I;16"):
        image = image.convert("I")
    if image.mode == "I":  # sixteen bits of grey
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in ("RGB", "RGBA", "L", "LA", "CMYK"):
        clear = image.mode in ("RGB", "L") and "transparency" in image.info
        return image.convert("RGBA") if clear else image
    return image.convert("RGBA" if "transparency" in image.info or "A" in image.mode else "RGB")


def _in_srgb(image: Any, profile: bytes | None) -> Any:
    """With the colours it was meant to have; where its profile cannot be used, with the numbers that are there."""
    from PIL import Image, ImageCms

    image = _eight_bits(image)
    if not profile or image.mode in ("LA", "RGBA") or len(profile) > MOST_BYTES:
        return image
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made: Any = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except Exception:
        return image
    return made if isinstance(made, Image.Image) else image


def _on_white(image: Any) -> Any:
    """Without what shines through: on white paper, as it would be printed."""
    from PIL import Image

    if image.mode in ("LA", "RGBA"):
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
        paper.alpha_composite(image)
        image = paper
    return image.convert("RGB")


def _encoded(image: Any) -> tuple[tuple[int, int], bytes]:
    from PIL import Image, ImageFile

    ImageFile.MAXBLOCK = 4 * SIDE * SIDE * 2  # bytes: the library writes a picture in one go, or not at all
    plain = Image.new("RGB", image.size)  # nothing but pixels comes over from the old one
    plain.paste(image)
    for _ in range(_TRIES):
        for quality in _QUALITIES:
            held = io.BytesIO()
            plain.save(held, "JPEG", quality=quality, subsampling="4:4:4", optimize=True)
            if held.tell() <= MOST_BYTES:
                return plain.size, held.getvalue()
        wide, high = (max(1, int(side * _SMALLER)) for side in plain.size)
        plain = plain.resize((wide, high), Image.Resampling.LANCZOS)
    raise ValueError("too large")


if __name__ == "__main__":
    main()
