"""Pictures are drawn anew for a share, apart from the program: only pixels come back, whatever the file was."""

from __future__ import annotations

import io
import os
import resource
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from journal import apart
from journal.errors import ShareError, Stopped
from journal.share import redraw
from journal.share.jpeg import size_of
from journal.share.redrawer import MOST_BYTES, SIDE, _drawn
from tests.journal.share.laden import (
    LADEN,
    LEFT,
    RIGHT,
    WORD,
    encoded,
    frames,
    image,
    laden_jpeg,
    pixels,
    png,
)

BOMBS = {
    "fifty thousand by fifty thousand": png(50_000, 50_000),
    "a line of a hundred thousand": png(100_000, 1),
    "the largest there can be": png(2**31 - 1, 2**31 - 1),
    "a gif": b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\0\0\0;",
    "a bmp": b"BM" + struct.pack("<IHHI", 100, 0, 0, 54)
    + struct.pack("<IiiHHIIiiII", 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(60),
}  # fmt: skip
OTHERS = {
    "nothing": b"",
    "words": b"only words",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "a pdf that is called a png": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "a tiff": encoded(image(), "TIFF"),
    "an icon": encoded(image(32, 32), "ICO"),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
}


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 8 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", LADEN)
def test_nothing_but_pixels_comes_back_from_any_of_the_five_kinds(kind: str) -> None:
    assert WORD in LADEN[kind]
    made = redraw(LADEN[kind])
    assert (made.wide, made.high, made.several) == (80, 60, False)
    assert size_of(made.data) == (80, 60)
    for form in (WORD, WORD.decode().encode("utf-16-le"), WORD.decode().encode("utf-16-be"), WORD[:9]):
        assert form not in made.data
    shown = pixels(made.data)
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert near(shown.getpixel((9, 30)), LEFT) and near(shown.getpixel((70, 30)), RIGHT)


def test_the_same_pixels_give_the_same_bytes_whatever_stood_beside_them() -> None:
    plain = encoded(image(), "PNG")
    assert redraw(LADEN["png"]).data == redraw(plain).data == redraw(LADEN["bmp"]).data


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_stands_as_its_exif_says(turned: int) -> None:
    made = redraw(laden_jpeg(turned))
    assert (made.wide, made.high) == ((60, 80) if turned > 4 else (80, 60))
    shown = pixels(made.data)
    x, y = made.wide, made.high
    red = {1: (5, 5), 2: (x - 5, 5), 3: (x - 5, 5), 4: (5, 5), 5: (5, 5), 6: (5, 5), 7: (5, y - 5), 8: (5, y - 5)}
    assert near(shown.getpixel(red[turned]), LEFT)


def test_what_shines_through_stands_on_white() -> None:
    clear = image(mode="RGBA")
    clear.putalpha(0)
    gone = encoded(Image.new("P", (8, 8)), "GIF", transparency=0)
    for data in (encoded(clear, "PNG"), encoded(clear, "WEBP", lossless=True), gone):
        assert near(pixels(redraw(data).data).getpixel((2, 2)), (255, 255, 255))


def test_a_clear_colour_of_sixteen_bits_stands_on_white() -> None:
    """Only the very number is clear, and not what looks like it with eight bits."""
    clear, like, other = 0x1234, 0x1235, 0xC000
    numbers = [clear] * 8 + [like] * 8 + [other] * 8
    held = io.BytesIO()
    grey = Image.frombytes("I;16", (24, 16), struct.pack("<24H", *numbers) * 16)
    grey.save(held, "PNG", transparency=clear)
    made = Image.open(io.BytesIO(redraw(held.getvalue()).data))
    for x, value in ((3, 255), (12, 0x12), (20, 0xC0)):
        assert near(made.getpixel((x, 8)), (value,) * 3)


@pytest.mark.parametrize("wide", [16, 150, 160, 216])
def test_a_clear_colour_of_three_numbers_is_told_by_their_bits_and_not_by_the_size(wide: int) -> None:
    """Nothing but the clear colour is clear, also where the size of the picture looks like sixteen bits."""
    made = Image.new("RGB", (wide, 64), (255, 0, 0))
    made.paste((0, 0, 0), (0, 0, wide // 2, 64))
    drawn = pixels(redraw(encoded(made, "PNG", transparency=(255, 0, 0))).data)
    assert near(drawn.getpixel((2, 30)), (0, 0, 0))
    assert near(drawn.getpixel((wide - 3, 30)), (255, 255, 255))
    row = b"\0" + struct.pack(">3H", 0, 0, 0) * (wide // 2) + struct.pack(">3H", 0xFFFF, 0, 0) * (wide // 2)
    deep = png(wide, 64, depth=16, colour=2, data=row * 64)
    clear = b"tRNS" + struct.pack(">3H", 0xFFFF, 0, 0)
    chunk = struct.pack(">I", 6) + clear + struct.pack(">I", zlib.crc32(clear))
    drawn = pixels(redraw(deep[:33] + chunk + deep[33:]).data)
    assert near(drawn.getpixel((2, 30)), (0, 0, 0))
    assert near(drawn.getpixel((wide - 3, 30)), (255, 255, 255))


def test_the_fourth_byte_of_a_bmp_shines_through_where_anything_is_written_there() -> None:
    def drawn(*opacity: int) -> list[tuple[int, ...]]:
        held = io.BytesIO()
        image = Image.new("RGBA", (24, 16), (10, 20, 30, opacity[0]))
        image.paste((10, 20, 30, opacity[1]), (12, 0, 24, 16))
        image.save(held, "BMP")
        made = Image.open(io.BytesIO(redraw(held.getvalue()).data))
        return [made.getpixel((x, 8)) for x in (5, 19)]

    for opacity, wanted in (
        ((255, 0), [(10, 20, 30), (255,) * 3]),
        ((0, 255), [(255,) * 3, (10, 20, 30)]),
        ((0, 0), [(10, 20, 30)] * 2),  # most programs write nothing there, and all show such a picture whole
        ((255, 255), [(10, 20, 30)] * 2),
    ):
        assert all(near(*pair) for pair in zip(drawn(*opacity), wanted, strict=True)), opacity


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_first_goes_along_and_that_is_said(form: str) -> None:
    made = redraw(frames(form, (250, 0, 0), (0, 250, 0), (0, 0, 250)))
    assert made.several
    assert near(pixels(made.data).getpixel((5, 5)), (250, 0, 0))
    assert not redraw(frames(form, (250, 0, 0))).several


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_way_to_say_colours_gives_the_one_form(mode: str) -> None:
    made = Image.new("I;16", (80, 60), 50_000) if mode == "I;16" else image(mode=mode)
    drawn = redraw(encoded(made, "JPEG" if mode == "CMYK" else "PNG"))
    assert size_of(drawn.data) == (80, 60)
    if mode == "I;16":
        assert near(pixels(drawn.data).getpixel((5, 5)), (195, 195, 195))


def test_a_large_picture_becomes_small_and_keeps_its_shape() -> None:
    made = redraw(encoded(image(5000, 2500), "JPEG"))
    assert (made.wide, made.high) == (SIDE, SIDE // 2)
    assert redraw(encoded(image(4000, 1), "PNG")).high == 1


def test_what_no_quality_makes_small_becomes_smaller() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((SIDE, SIDE), 255) for _ in range(3)])
    made = redraw(encoded(noise, "PNG", compress_level=0))
    assert len(made.data) <= MOST_BYTES
    assert made.wide == made.high <= SIDE


@pytest.mark.parametrize("name", BOMBS)
def test_too_many_pixels_are_refused_before_one_is_made(name: str) -> None:
    with pytest.raises(ShareError, match=r"^This picture cannot go along: .*(too many pixels|not whole)"):
        redraw(BOMBS[name], memory=600 * 2**20)


def test_a_jpeg_of_a_gibibyte_is_refused() -> None:
    small = encoded(image(), "JPEG")
    at = small.index(b"\xff\xc0") + 5
    huge = small[:at] + struct.pack(">HH", 18_000, 20_000) + small[at + 4 :]
    with pytest.raises(ShareError, match="too many pixels"):
        redraw(huge)


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_none_of_the_five_kinds_is_not_tried(name: str) -> None:
    with pytest.raises(ShareError, match="no PNG, JPEG, GIF, WebP or BMP"):
        redraw(OTHERS[name])


def test_a_name_says_nothing_of_a_kind() -> None:
    for start in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM", b"GIF89a", b"RIFF\x20\0\0\0WEBP"):
        with pytest.raises(ShareError, match="not whole"):
            redraw(start + OTHERS["svg"])


def test_too_little_memory_or_time_is_a_sentence_and_no_hang() -> None:
    large = encoded(image(7000, 7000), "PNG")
    with pytest.raises(ShareError, match="cannot go along"):
        redraw(large, memory=200 * 2**20)
    with pytest.raises(ShareError, match=r"^Picture 2 of 3 cannot go along: drawing it anew took too long"):
        redraw(large, "Picture 2 of 3", seconds=0.05)


def test_the_program_itself_takes_no_picture_apart_and_keeps_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(Image, "open", None)  # the other process has its own
    assert redraw(LADEN["png"]).wide == 80
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_picture_being_drawn_ends_when_the_journal_is_left() -> None:
    large = encoded(image(7700, 7700), "PNG")
    with ThreadPoolExecutor(1) as pool:
        drawing = pool.submit(redraw, large, may_stop=True)
        while not apart._running and not drawing.done():
            os.sched_yield()
        apart.stop()
        with pytest.raises(Stopped):
            drawing.result(timeout=60)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(sorted(LADEN)), st.integers(0, 400), st.binary(max_size=12))
def test_whatever_comes_back_has_the_one_form(kind: str, place: int, put: bytes) -> None:
    """In this process, to be quick; the other one runs the same lines."""
    whole = LADEN[kind]
    names = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP", "bmp": "BMP"}
    for spoiled in (whole[:place], whole[:place] + put + whole[place + len(put) :]):
        try:
            answer = _drawn(spoiled, names[kind])
        except Exception:
            continue
        if answer[:1] == b"=":
            wide, high = struct.unpack(">II", answer[1:9])
            assert size_of(answer[10:]) == (wide, high)
            assert WORD not in answer
