"""Entries as lines of a list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal.records import (
    CheckIn,
    Course,
    Experience,
    Identity,
    IntegrationNote,
    Mark,
    Moment,
    Page,
    Session,
    Settings,
    ShareReceipt,
    Style,
    UnknownRecord,
)
from journal.store import RowList
from journal.store.lines import SNIPPET, checkin_line, one_line, snippet_of
from tests.journal.store.based import WAYS, Made, made
from tests.journal.store.revisions import AT, NOW, eid, written


@pytest.fixture(params=WAYS)
def way(request) -> str:
    return request.param


def rows(opened: Made) -> RowList:
    return RowList(opened.items, lambda eid: f"Session of {chr(int(eid, 16))}")


def named(records: dict[str, object]) -> dict[str, object]:
    return {eid(name): record for name, record in records.items()}


def test_what_each_kind_shows(way, tmp_path):
    page = Page(at=AT, title="Title", text="one\n\n two\tthree", tags=("x",), session="s")
    opened = made(
        named(
            {
                "p": page,
                "i": IntegrationNote(at=AT, text="note", modalities=("mi",)),
                "c": CheckIn(at=AT, mood=0, calm=10, note="so", session="s"),
                "s": Session(starts=AT, dose="50 mg", people="A"),
                "k": Course(notes="by the river"),
            }
        ),
        way,
        tmp_path,
    )
    opened.take(written(eid("p"), Page(at=AT, text="apart"), "apart", lamport=0))
    listed = rows(opened)
    page, note, checkin, session, course = (listed.get(eid(name)) for name in "picsk")
    assert (page.title, page.snippet, page.tags) == ("Title", "one two three", ("x",))
    assert (page.session, page.heads) == ("s", 2)
    assert (note.modalities, note.kind) == (("mi",), "integration")
    assert (checkin.snippet, checkin.session) == ("Mood 0 · Calm 10 · so", "s")
    assert (session.title, session.snippet, session.when) == ("Session of s", "50 mg · A", AT)
    assert (course.title, course.snippet, course.when) == ("Course", "by the river", None)
    opened.close()


def test_what_has_no_place_in_the_list(way, tmp_path):
    hidden = [
        Settings(name="x"),
        Identity(recipient="", secret="", made=AT),
        ShareReceipt(share="", made=AT),
        UnknownRecord("dream", b'{"kind":"dream"}'),
    ]
    opened = made({eid(number): record for number, record in enumerate(hidden)}, way, tmp_path)
    assert list(opened.items.newest()) == []
    assert [rows(opened).get(eid(number)) for number in range(4)] == [None] * 4
    assert len(opened.items) == 4
    opened.close()


def test_a_blank_is_left_out_of_a_check_ins_line():
    assert checkin_line(CheckIn(at=AT)) == ""
    assert checkin_line(CheckIn(at=AT, distress=0)) == "Distress 0"


def test_a_snippet_is_the_beginning_on_one_line(way, tmp_path):
    opened = made({eid("p"): Page(at=AT, text="word\n" * 100_000)}, way, tmp_path)
    snippet = rows(opened).get(eid("p")).snippet
    assert len(snippet) <= SNIPPET
    assert snippet.startswith("word word")
    assert "\n" not in snippet
    opened.close()


_words = st.sampled_from(
    ["word", "a", " ", "  ", "\n", "\n\n", "\t", "\r\n", "\u00a0", "\u2028", "\x1f", "é", "日本", "x" * 190]
)


@given(st.lists(_words, max_size=300).map("".join) | st.text())
@example("word " * 40 + "\n" * 300 + "end")  # there is more to fold than is looked at first
@example(" " * 300 + "begin")
def test_a_snippet_has_one_space_between_two_words(text):
    assert one_line(text) == " ".join(text[: 3 * SNIPPET].split())[:SNIPPET]


def test_newest_first_and_without_a_time_last(way, tmp_path):
    def later(hours: int) -> Moment:
        return Moment(NOW + timedelta(hours=hours))

    def order(opened: Made, *, oldest_first: bool = False) -> str:
        return "".join(chr(int(one.eid, 16)) for one in opened.items.newest(oldest_first=oldest_first))

    opened = made(
        named(
            {
                "b": Page(at=later(1)),
                "d": Course(),
                "a": Page(at=later(1)),
                "c": Page(at=later(2)),
                "e": Page(at=Moment(later(3).at.astimezone(None))),
            }
        ),
        way,
        tmp_path,
    )
    assert order(opened) == "ecbad"
    assert order(opened, oldest_first=True) == "dabce"
    opened.take(written(eid("c"), None, "x", "r", lamport=3))
    opened.take(written(eid("d"), Course(started=later(9)), "x", "r", lamport=3))
    opened.take(written(eid("f"), Settings(), "x"))
    assert order(opened) == "deba"
    assert order(opened, oldest_first=True) == "abed"
    assert rows(opened).get(eid("c")) is None
    opened.close()


def test_of_all_rows_the_first_are_those_that_are_found(way, tmp_path):
    """What is found comes in the order of the list, whichever of it stands in the base."""
    days = {eid(number): Page(at=Moment(NOW + timedelta(days=number * 7 % 30)), text="sea") for number in range(30)}
    opened = made(days, way, tmp_path)
    wanted = sorted(days, key=lambda eid: days[eid].at.at, reverse=True)
    for oldest_first in (False, True):
        hits = opened.search.find("se")
        if hits.entries is not None:
            assert [entry.eid for entry in hits.entries] == wanted
            continue
        found = opened.items.newest(places=hits.places, over=hits.over, oldest_first=oldest_first)
        assert [entry.eid for entry in found] == (wanted[::-1] if oldest_first else wanted)
    opened.close()


def test_what_stands_under_a_heading_is_told_from_it():
    text = "In a few words\nsoft. slow.\nWhat stays\nthe sea\nat night"
    marks = (Mark(0, 14, Style.HEADING), Mark(27, 37, Style.HEADING))
    assert text[27:37] == "What stays"
    record = Experience(at=Moment(datetime(2026, 3, 12, tzinfo=UTC)), text=text, marks=marks)
    assert snippet_of(record) == "In a few words: soft. slow. · What stays: the sea at night"
    assert snippet_of(msgspec.structs.replace(record, marks=())) == " ".join(text.split())
    question = msgspec.structs.replace(record, text="And now?\n", marks=(Mark(0, 8, Style.HEADING),))
    assert snippet_of(question) == "And now?"
    alone = msgspec.structs.replace(record, text="Alone\n", marks=(Mark(0, 5, Style.HEADING),))
    assert snippet_of(alone) == "Alone"
