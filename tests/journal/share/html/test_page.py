"""The page for a browser: it says what the blocks say, and no word of anybody's becomes anything but text."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.records import SLIDERS, Mark, Style
from journal.share import (
    Block,
    BlockKind,
    Payload,
    SharedCheckIn,
    SharedSession,
    SharedWriting,
    WritingKind,
    document,
)
from journal.share.html import page, page_tree
from journal.share.html.page import _Page
from journal.share.html.tree import ATTRIBUTES, HTML, SVG, element, text_of, walk
from journal.share.html.words import own_words
from journal.share.text import safe
from resources import read_text
from tests.journal.share.samples import everything, payloads

HOSTILE = (
    "</script><script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "</pre></style>--><svg onload=alert(1)>",
    '"><meta http-equiv="Content-Security-Policy" content="">',
    "javascript:alert(1) $words ${sealed} {policy}",
    "line\u2028separator\u2029and\x00\x1b[0m\u202eturned\ufeff",
    "&amp;&lt;&#x3c; <!-- -->",
)


def plain(**fields: object) -> Payload:
    """A payload with nothing in it but these."""
    empty = {
        "format": 1, "share": "0" * 32, "made": date(2026, 11, 23), "made_at": None, "sender": "", "to": "",
        "talk_about": "", "sessions": (), "writings": (), "checkins": (), "left_out": None,
    }  # fmt: skip
    return Payload(**{**empty, **fields})


def writing(text: str, marks: tuple[Mark, ...] = (), title: str = "") -> SharedWriting:
    return SharedWriting(
        kind=WritingKind.PAGE, day=date(2026, 11, 20), at=None, title=title, text=text, marks=marks, tags=(),
        modalities=(),
    )  # fmt: skip


def checkin(day: int, at: datetime | None = None, **values: int) -> SharedCheckIn:
    blank = {slider.name: None for slider in SLIDERS}
    return SharedCheckIn(
        day=date(2026, 11, day), at=at, session=None, window=None, note="", **{**blank, **values}
    )  # fmt: skip


def said(nodes: list) -> str:
    return "\n".join(text_of(node) for node in nodes)


def named(nodes: list, *names: str) -> list:
    return [node for node in walk(nodes) if node[0] in names]


# -- the same as everywhere ------------------------------------------------------------------------


@given(payloads())
def test_every_block_is_there_and_nothing_is_lost(payload):
    tree = page_tree(payload)
    assert json.loads(page(payload)) == tree
    whole = said(tree)
    for block in document(payload):
        match block.kind:
            case BlockKind.NAME:
                assert block.text in whole
            case BlockKind.TEXT:
                assert written(block.text) in (written(text_of(node)) for node in named(tree, "div"))
            case _:
                for text in (block.text, *(cell for row in block.rows for cell in row)):
                    assert safe(text) in whole


def written(text: str) -> str:
    """A text without its line breaks: lines are elements of their own in a list."""
    return text.replace("\r\n", "").replace("\n", "")


@given(payloads())
def test_nothing_but_what_the_script_makes_is_in_the_tree(payload):
    for node in walk(page_tree(payload)):
        name, attributes = node[0], node[1]
        assert name in HTML | SVG
        assert attributes.keys() <= ATTRIBUTES
        assert all(re.fullmatch(r"#?[A-Za-z0-9 .,-]*", value) for value in attributes.values())
    idents = [node[1]["id"] for node in walk(page_tree(payload)) if "id" in node[1]]
    assert len(idents) == len(set(idents))


@given(payloads())
def test_headings_are_in_order_and_the_contents_lead_to_them(payload):
    tree = page_tree(payload)
    levels = [int(node[0][1]) for node in walk(tree) if re.fullmatch("h[1-6]", node[0])]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    idents = {node[1]["id"]: text_of(node) for node in walk(tree) if "id" in node[1]}
    links = [node for node in walk(tree) if node[0] == "a"]
    parts = [text_of(node) for node in named(tree, "h2") if node[1].get("id", "").startswith("part-")]
    assert [text_of(link) for link in links] == (parts if len(parts) > 1 else [])
    assert all(idents[link[1]["href"][1:]] == text_of(link) for link in links)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_text_and_nothing_else(text):
    everywhere = plain(
        sender=text, to=text, talk_about=text,
        writings=(writing(text, (Mark(0, 5, Style.BOLD), Mark(0, len(text), Style.HEADING)), title=text),),
    )  # fmt: skip
    harmless = plain(
        sender="x", to="x", talk_about="x",
        writings=(writing("xxxxxx", (Mark(0, 5, Style.BOLD), Mark(0, 6, Style.HEADING)), title="x"),),
    )  # fmt: skip
    tree = page_tree(everywhere)
    assert [(node[0], node[1]) for node in walk(tree)] == [(node[0], node[1]) for node in walk(page_tree(harmless))]
    assert said(tree).count(text) >= 3


def test_a_direction_that_is_turned_stays_where_it_was_written():
    tree = page_tree(plain(sender="Robin\u202e", talk_about="x\u202ey"))
    assert "Robin‹U+202E› (as the sender typed it)" in said(tree)  # it would turn the program's own words
    (own,) = [node for node in walk(tree) if node[1].get("class") == "own"]
    assert (text_of(own), own[1]["dir"]) == ("x\u202ey", "auto")


def test_a_block_of_a_kind_to_come_is_drawn_by_the_same_rules():
    made = _Page()
    for block in (
        Block(kind=BlockKind.TITLE, text="t"),
        Block(kind=BlockKind.HEADING, text="Medicines"),
        Block(kind=BlockKind.TABLE, rows=(("Name", "Since"), ("A", "May"))),
        Block(kind=BlockKind.FACTS, rows=(("Onset", "2 h", "gone by evening"),)),
    ):
        made.add(block)
    tree = made.finished()
    (table,) = named(tree, "table")
    assert text_of(named([table], "caption")[0]) == "Medicines, as a table"
    assert [node[1]["scope"] for node in named([table], "th")] == ["col", "col", "row"]
    assert [text_of(node) for node in named(tree, "dd")] == ["2 h", "gone by evening"]


def test_an_element_that_no_script_would_make_is_an_error():
    for name, attributes in (
        ("script", {}), ("iframe", {}), ("img", {"src": "x"}), ("p", {"onclick": "x"}), ("p", {"style": "x"}),
        ("a", {"href": "javascript:x"}), ("p", {"class_": 'x"y'}),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=name):
            element(name, **attributes)


def test_the_script_knows_the_same_elements_and_attributes():
    script = read_text("share", "open.js")
    lists = re.findall(r"new Set\(\(?((?:\"[^\"]*\"[ +\n]*)+)\)?\.split", script)
    found = [frozenset("".join(re.findall('"([^"]*)"', one)).split(" ")) for one in lists]
    assert found == [HTML, SVG, ATTRIBUTES]


def test_the_colours_are_those_of_the_window():
    from ui.tokens import DARK, LIGHT, ON_PAPER

    style = read_text("share", "look.css")
    light, dark, paper = (part for part in re.split("@media", style) if "--paper" in part)
    for part, tokens in ((light, LIGHT), (dark, DARK)):
        told = dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6})", part))
        assert told == {name: getattr(tokens, name.replace("-", "_")) for name in told}
        assert set(re.findall("#[0-9A-Fa-f]{6}", part)) == set(told.values())
    assert set(re.findall("#[0-9A-F]{6}", paper)) <= {ON_PAPER.paper, ON_PAPER.ink, ON_PAPER.muted, ON_PAPER.line}


# -- the person's own words ------------------------------------------------------------------------


@st.composite
def texts_with_marks(draw):
    text = draw(st.text(st.sampled_from("ab \n\r<&é🌿"), min_size=1, max_size=40))
    marks = []
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text) - 1))
        marks.append(Mark(start, draw(st.integers(start + 1, len(text))), draw(st.sampled_from(Style))))
    return Block(kind=BlockKind.TEXT, text=text, marks=tuple(marks))


@given(texts_with_marks())
def test_no_character_is_lost_or_added_and_each_is_set_as_it_was(block):
    set_in = []

    def collect(node, styles):
        if isinstance(node, str):
            set_in.extend((char, styles) for char in node)
            return
        inner = styles | {{"strong": Style.BOLD, "em": Style.ITALIC}.get(node[0])} - {None}
        for child in node[2:]:
            collect(child, inner)

    for made in own_words(block, 3):
        collect(made, frozenset())

    def styles_at(place):
        found = (mark.style for mark in block.marks if mark.start <= place < mark.end)
        return frozenset(style for style in found if not style.is_line)

    text = block.text
    ends = {at for at, char in enumerate(text) if char == "\r" and text[at + 1 : at + 2] == "\n"}
    expected = [(char, styles_at(at)) for at, char in enumerate(text) if char != "\n" and at not in ends]
    assert [one for one in set_in if one[0] != "\n"] == expected


def test_lines_become_lists_quotes_and_headings():
    text = "Title\none\ntwo\nfirst\nsecond\nsaid\nsaid too\nplain\n\nmore"
    lines = {line: (text.index(line), text.index(line) + len(line)) for line in text.split("\n") if line}
    styles = {
        "Title": Style.HEADING, "one": Style.BULLET, "two": Style.BULLET, "first": Style.NUMBER,
        "second": Style.NUMBER, "said": Style.QUOTE,
    }  # fmt: skip
    marks = [Mark(*lines[line], style) for line, style in styles.items()]
    marks.append(Mark(text.index("said too"), text.index("said too") + 8, Style.QUOTE))
    made = list(own_words(Block(kind=BlockKind.TEXT, text=text, marks=tuple(marks)), 4))
    assert [(node[0], text_of(node)) for node in made] == [
        ("h4", "Title"), ("ul", "onetwo"), ("ol", "firstsecond"), ("blockquote", "said\nsaid too"),
        ("p", "plain\n\nmore"),
    ]  # fmt: skip
    assert [text_of(node) for node in named(made, "li")] == ["one", "two", "first", "second"]


# -- charts ------------------------------------------------------------------------


def drawings(payload: Payload) -> list:
    return named(page_tree(payload), "svg")


def test_each_slider_that_was_answered_is_drawn_in_a_shape_of_its_own():
    answered = {slider.name: number for number, slider in enumerate(SLIDERS)}
    tree = drawings(plain(checkins=(checkin(3, **answered),)))
    assert [text_of(named([svg], "title")[0]) for svg in tree] == [f"{slider.title} over time" for slider in SLIDERS]
    shapes = [[node for node in walk([svg]) if node[1].get("class") == "point"] for svg in tree]
    assert [len(found) for found in shapes] == [1] * 7
    drawn = {(found[0][0], len(found[0][1].get("points", "").split())) for found in shapes}
    assert len(drawn) == 6  # the two triangles are told apart by where they point
    (up,), (down,) = shapes[2], shapes[5]
    ys = [sorted(float(corner.split(",")[1]) for corner in node[1]["points"].split()) for node in (up, down)]
    assert ys[0][1] == ys[0][2] and ys[1][0] == ys[1][1]


def test_a_gap_stays_a_gap_and_a_blank_is_nothing():
    checkins = (
        checkin(1, mood=4), checkin(2, mood=5), checkin(3), checkin(4, mood=0), checkin(10, mood=7),
        checkin(11, mood=7),
    )  # fmt: skip
    (svg,) = drawings(plain(checkins=checkins))
    runs = [node[1]["points"].split() for node in walk([svg]) if node[1].get("class") == "run"]
    assert [len(run) for run in runs] == [2, 2]
    assert sum(node[1].get("class") == "point" for node in walk([svg])) == 5
    assert "5 answers, 1 November 2026 to 11 November 2026, between 0 and 7 of 10." in said([svg])


def test_without_answers_there_is_no_chart_and_the_table_stays():
    tree = page_tree(plain(checkins=(checkin(1),)))
    assert named(tree, "svg") == [] and len(named(tree, "table")) == 1


def test_the_charts_stand_before_the_table_of_check_ins():
    names = [node[0] for node in walk(page_tree(everything()))]
    assert names.index("svg") < names.index("table")


def test_what_was_shared_by_day_is_said_to_be():
    order = "within a day the points stand in their order"
    assert order in said(page_tree(plain(checkins=(checkin(1, mood=4),))))
    timed = checkin(1, datetime(2026, 11, 1, 10, 0, tzinfo=UTC), mood=4)
    assert order not in said(page_tree(plain(checkins=(timed,))))


@given(payloads())
def test_everything_is_drawn_inside_its_frame(payload):
    for svg in drawings(payload):
        _, _, width, height = (float(side) for side in svg[1]["viewBox"].split())
        for node in walk([svg]):
            pairs = [corner.split(",") for corner in node[1].get("points", "").split()]
            for x, y in (*pairs, (node[1].get("cx", "0"), node[1].get("cy", "0"))):
                assert 0 <= float(x) <= width and 0 <= float(y) <= height


def test_sessions_are_marked_by_their_numbers():
    session = SharedSession(
        day=date(2026, 11, 2), at=None, number=7, route=None, dose="", happened=True, place="", people="", notes="",
        intentions=(), experiences=(), integrations=(),
    )  # fmt: skip
    ahead = msgspec.structs.replace(session, number=8, happened=False)
    (svg,) = drawings(plain(sessions=(session, ahead), checkins=(checkin(1, mood=1), checkin(4, mood=2))))
    assert sum(node[1].get("class") == "session" for node in walk([svg])) == 1
    texts = [text_of(node) for node in named([svg], "text")]
    assert "7" in texts and "8" not in texts


def test_the_files_of_the_page_stand_where_the_package_has_them():
    folder = Path(__file__).resolve().parents[4] / "resources" / "share"
    assert {path.name for path in folder.iterdir()} == {"outer.html", "open.js", "look.css"}
