"""Pictures in the form for a browser: in their places, from the page's own memory, and gone when it is closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal.share import HTML_WORDS, generate_passphrase, read_share, write_html_share
from journal.share.file import _spans, pack
from journal.share.html import Plain, find, page, page_tree, seal, unseal
from journal.share.html.outer import outer
from journal.share.html.tree import encode, walk
from tests.chromium import Seen, open_page
from tests.journal.share.html.test_browser import OPENED, SAID, SHARE
from tests.journal.share.samples import everything
from tests.journal.share.test_pictures import with_pictures

WORDS = generate_passphrase(HTML_WORDS)
PAYLOAD = with_pictures()
CONTENTS = pack(PAYLOAD)
SPANS = _spans(PAYLOAD, CONTENTS)
WITH_WORDS = (("type", WORDS), ("key", "Return"), OPENED)
IMAGES = f"[...{SHARE}.querySelectorAll('img')]"
LOADED = f"{IMAGES}.length === 4 && {IMAGES}.every((one) => one.complete && one.naturalWidth)"
TOLD = (
    f"{IMAGES}.map((one) => [one.naturalWidth, one.naturalHeight, one.alt, one.src.slice(0, 5),"
    "(one.nextSibling || {}).textContent || ''])"
)
# What is painted on the left and on the right of the first picture.
COLOURS = (
    f"((one) => {{ const made = document.createElement('canvas'); made.width = 80; made.height = 60;"
    "const on = made.getContext('2d'); on.drawImage(one, 0, 0);"
    f"return [...on.getImageData(0, 30, 80, 1).data]; }})({IMAGES}[0])"
)


def write(path: Path, tree: list | None = None) -> Path:
    nodes = page_tree(PAYLOAD, SPANS) if tree is None else tree
    path.write_bytes(outer(seal(Plain(encode(nodes), CONTENTS), WORDS, rounds=3), pictures=True))
    return path


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    return write(tmp_path_factory.mktemp("browser") / "share.html")


def quiet(seen: Seen, file: Path) -> None:
    """Nothing but the file was asked for, and nothing went wrong on the page."""
    assert {address for address in seen.asked if not address.startswith("blob:")} == {file.as_uri()}
    assert seen.console == []


def test_the_page_says_where_in_the_container_each_picture_stands() -> None:
    assert [CONTENTS[at : at + length] for at, length in SPANS] == [one.data for one in PAYLOAD.pictures]
    images = [node[1] for node in walk(page_tree(PAYLOAD, SPANS)) if node[0] == "img"]
    assert [image["bytes"] for image in images] == [f"{at} {length}" for at, length in SPANS]
    assert images[2] == {
        "alt": "A picture, 40 by 30 pixels, the first of several", "width": "40", "height": "30",
        "bytes": f"{SPANS[2][0]} {SPANS[2][1]}",
    }  # fmt: skip


def test_what_is_written_holds_each_picture_once(tmp_path: Path) -> None:
    write_html_share(tmp_path / "s.html", PAYLOAD, passphrase=WORDS)
    plain = unseal(find((tmp_path / "s.html").read_bytes()), WORDS)
    assert plain == Plain(page(PAYLOAD, SPANS), CONTENTS)
    assert (plain.page + plain.container).count(PAYLOAD.pictures[2].data) == 1
    assert read_share(tmp_path / "s.html", passphrase=WORDS).payload == PAYLOAD


def test_only_a_share_with_pictures_may_show_any(tmp_path: Path) -> None:
    write_html_share(tmp_path / "with.html", PAYLOAD, passphrase=WORDS)
    write_html_share(tmp_path / "without.html", everything(), passphrase=WORDS)
    assert b"img-src blob:;" in (tmp_path / "with.html").read_bytes()
    assert b"img-src 'none';" in (tmp_path / "without.html").read_bytes()


def test_chromium_shows_them_in_their_places_with_their_words(file: Path) -> None:
    seen = open_page(file, *WITH_WORDS, ("until", LOADED), ("run", TOLD), ("run", COLOURS))
    quiet(seen, file)
    *_, told, colours = seen.answers
    assert told == [
        [one.wide, one.high, alt, "blob:", one.caption]
        for one, alt in zip(
            PAYLOAD.pictures,
            ["A picture, 80 by 60 pixels"] * 2
            + ["A picture, 40 by 30 pixels, the first of several", "A picture, 80 by 60 pixels"],
            strict=True,
        )
    ]
    red, blue = colours[36:39], colours[280:283]
    assert red[0] > 200 and max(red[1:]) < 60 and blue[2] > 200 and max(blue[:2]) < 60


def test_closing_the_share_lets_go_of_them(file: Path) -> None:
    held = f"void (window.one = {IMAGES}[0].src)"
    again = (
        "void ((made) => { made.onload = () => { window.found = 'there'; };"
        "made.onerror = () => { window.found = 'gone'; }; made.src = window.one; })(new Image())"
    )
    close = "void document.getElementById('close').click()"
    steps = (("until", LOADED), ("run", held), ("run", close), ("run", again), ("until", "window.found"))
    seen = open_page(file, *WITH_WORDS, *steps, ("run", f"{SHARE}.childNodes.length"))
    assert seen.answers[-2:] == ["gone", 0]


@pytest.mark.parametrize("where", ["0 99999999", "99999999 10", "5 0", "1", "x y", "-1 5", ""])
def test_a_place_outside_the_container_is_damage_and_nothing_is_shown(tmp_path: Path, where: str) -> None:
    path = write(tmp_path / "s.html", [["section", {}, ["img", {"alt": "A", "bytes": where}]]])
    seen = open_page(path, ("type", WORDS), ("key", "Return"), ("until", SAID), ("run", f"{SHARE}.childNodes.length"))
    assert "damaged" in seen.answers[-2] and seen.answers[-1] == 0


def test_they_are_printed(file: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "printed.pdf"
    seen = open_page(file, *WITH_WORDS, ("until", LOADED), ("pdf", str(pdf)))
    assert seen.answers[-1]
    data = pdf.read_bytes()
    assert data.count(b"/Subtype /Image") >= 2, "the two pictures there are"

