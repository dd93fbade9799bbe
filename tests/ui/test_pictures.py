"""Pictures are decoded in memory, five kinds of them, and never at a cost that was not looked at first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from journal.errors import InvalidRecord
from journal.sample_picture import drawing
from tests.ui.pages.pictures import SVG, gif, image, picture, png, turned
from ui import pictures

WHOLE = {
    "png": picture("PNG"), "jpeg": picture("JPG"), "bmp": picture("BMP"), "webp": picture("WEBP"), "gif": gif(80, 60),
}  # fmt: skip
TOO_LARGE = {
    "a bomb": png(30_000, 30_000),
    "a line": png(50_000, 1),
    "the largest there can be": png(999_999, 999_999),
    "sixteen bits of four colours": png(7000, 7000, depth=16, colour=6),
    "a gif": gif(8, 8).replace(b"\x08\0\x08\0\x80", b"\xff\xff\xff\xff\x80", 1),
}
NONE = {
    "nothing": b"",
    "text": b"only words",
    "svg": SVG,
    "a tiff": b"II*\0" + bytes(100),
    "an icon": b"\0\0\1\0" * 9,
}


@pytest.mark.parametrize("kind", WHOLE)
def test_five_kinds_are_shown(qapp, kind: str) -> None:
    made = pictures.decode(WHOLE[kind])
    assert made.size() == QSize(80, 60)
    assert made.pixelColor(5, 5).red() > 200


def test_the_sample_is_a_picture(qapp) -> None:
    assert pictures.decode(drawing()).width() > 300


def test_a_picture_taken_on_its_side_stands_upright(qapp) -> None:
    made = pictures.decode(turned())
    assert made.size() == QSize(60, 80)
    assert made.pixelColor(30, 5).red() > 200 and made.pixelColor(30, 75).blue() > 200


def test_the_first_frame_of_a_gif_is_shown_whatever_follows(qapp) -> None:
    assert pictures.decode(gif(frames=3)).size() == QSize(8, 8)
    assert pictures.decode(gif(bad=True)).size() == QSize(8, 8)


@pytest.mark.parametrize("name", TOO_LARGE)
def test_too_many_pixels_are_refused_before_any_is_made(qapp, name: str) -> None:
    with pytest.raises(InvalidRecord, match="too many pixels"):
        pictures.decode(TOO_LARGE[name])


@pytest.mark.parametrize("name", NONE)
def test_what_is_none_of_them_is_not_tried(qapp, name: str) -> None:
    with pytest.raises(InvalidRecord, match="not a picture that can be shown"):
        pictures.decode(NONE[name])


def test_one_kind_cannot_pass_for_another(qapp) -> None:
    for start in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM", b"GIF89a"):
        with pytest.raises(InvalidRecord):
            pictures.decode(start + SVG)


@settings(max_examples=150)
@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 400), st.binary(max_size=12))
def test_a_spoiled_picture_is_shown_or_refused_and_nothing_else(qapp, kind: str, place: int, put: bytes) -> None:
    whole = WHOLE[kind]
    for spoiled in (whole[:place], whole[:place] + put + whole[place + len(put) :]):
        try:
            assert isinstance(pictures.decode(spoiled), QImage)
        except InvalidRecord as error:
            assert "Save a copy" in str(error) or "save a copy" in str(error)


def test_a_picture_from_the_clipboard_becomes_a_png_of_the_same_pixels(qapp) -> None:
    made = pictures.encode(image())
    assert made.startswith(b"\x89PNG")
    assert pictures.decode(made).pixelColor(70, 30) == QColor("blue")
    with pytest.raises(InvalidRecord):
        pictures.encode(QImage())
