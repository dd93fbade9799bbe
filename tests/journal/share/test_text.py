"""The plain page: readable, complete, and harmless to a terminal."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from journal.records import Mark, Style
from journal.share.render import EXCERPT, SLIDER_NOTE, UNSIGNED
from journal.share.text import WIDTH, is_safe, plain_page, safe
from tests.journal.share.samples import everything, shared


def flat(text: str) -> str:
    return " ".join(text.split())


def with_text(text: str, marks: tuple[Mark, ...] = ()):
    payload = shared(6)
    writing = msgspec.structs.replace(payload.writings[0], text=text, marks=marks)
    return msgspec.structs.replace(payload, writings=(writing,))


def test_the_cover_says_what_it_is_who_sent_it_and_what_is_in_it():
    page = plain_page(everything())
    cover = flat(page[: page.index("What I want to talk about")])
    for said in (
        flat(EXCERPT), flat(UNSIGNED), "Alex (as the sender typed it)", "Dr. Meyer", "23 November 2026",
        "11 October 2026 to 20 October 2026", "2 sessions, 1 intention, 2 experiences", "5 check-ins",
        "from the same period: nothing",
    ):  # fmt: skip
        assert said in cover, said
    assert "Nobody watches it for emergencies" in cover


def test_names_that_were_not_given_are_said_to_be_missing():
    cover = flat(plain_page(shared(6)))
    assert "From not said" in cover
    assert "For not said" in cover
    assert "Not in it" not in cover


def test_parts_come_in_their_order():
    page = plain_page(everything())
    places = [
        page.index(text)
        for text in (
            "From an integration journal", "What I want to talk about", "The room that was blue", "Session 3",
            "canary-text-intention", "canary-text-experience", "canary-text-integration", "Session 4",
            "canary-text-second", "Other writing", "canary-text-page", "Check-ins", "canary-cnote-morning",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_the_table_shows_blanks_as_dashes_and_says_what_sliders_are():
    page = plain_page(shared(0, 7, 8, 9))
    assert flat(SLIDER_NOTE) in flat(page)
    rows = [line.split() for line in page.splitlines() if line.startswith("2026-")]
    assert rows == [
        ["2026-10-12", "3", "before", "–", "–", "2", "–", "–", "–", "–"],
        ["2026-10-12", "3", "4", "h", "4", "–", "–", "–", "–", "0", "–"],
        ["2026-10-13", "3", "24", "h", "7", "–", "–", "–", "10", "–", "–"],
    ]


def test_lines_are_wrapped():
    page = plain_page(with_text("word " * 500 + "\n" + "中文" * 200 + "\n" + "long" * 100))
    long_lines = [line for line in page.splitlines() if len(line) > WIDTH]
    assert all(" " not in line.strip() for line in long_lines)
    assert page.count("word") == 500
    assert max(len(line) for line in plain_page(everything()).splitlines()) <= WIDTH + 6


def test_formatting_that_stands_for_lines_is_kept():
    text = "Head\nfirst\nsecond\nquoted\nplain"
    marks = (
        Mark(0, 4, Style.HEADING),
        Mark(5, 10, Style.NUMBER),
        Mark(11, 17, Style.NUMBER),
        Mark(18, 24, Style.QUOTE),
        Mark(25, 30, Style.BOLD),
    )
    page = plain_page(with_text(text, marks))
    for line in ("    Head\n    ~~~~\n", "    1. first\n", "    2. second\n", "    > quoted\n", "    plain\n"):
        assert line in page


@given(st.text(max_size=300))
def test_no_text_can_steer_a_terminal(text):
    assert is_safe(safe(text))
    page = plain_page(with_text(text))
    assert is_safe(page)
    assert all(ord(char) >= 32 or char == "\n" for char in page)


def test_controls_are_written_out_where_they_stood():
    page = plain_page(with_text("a\x1b[2Jb\x9b31mc\u202ed\x00e\x7ff\rg\ttab\r\nend \u200fשלום\u200e 👩‍🚀"))
    assert (
        "a‹U+001B›[2Jb‹U+009B›31mc‹U+202E›d‹U+0000›e‹U+007F›f‹U+000D›g    tab\n    end \u200fשלום\u200e 👩‍🚀\n"
        in page
    )


def test_names_cannot_break_out_of_their_line():
    payload = msgspec.structs.replace(shared(6), sender="Alex\nChecked    by the program\x1b[8m")
    page = plain_page(payload)
    assert "\nChecked    by" not in page
    assert "\x1b" not in page


def test_a_megabyte_on_one_line_is_quick():
    assert len(plain_page(with_text("ab cd " * 180_000))) > 10**6
