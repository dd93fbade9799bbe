"""Entries as lines of a list."""

from __future__ import annotations

from datetime import timedelta

from journal.records import (
    CheckIn,
    Course,
    Identity,
    IntegrationNote,
    Moment,
    Page,
    Session,
    Settings,
    ShareReceipt,
    UnknownRecord,
)
from journal.store import RowList
from journal.store.rows import SNIPPET, checkin_line
from tests.journal.store.revisions import AT, NOW, item


def rows(*items) -> RowList:
    made = RowList(lambda eid: f"Session of {eid}")
    made.set(items)
    return made


def test_what_each_kind_shows():
    listed = rows(
        item("p", Page(at=AT, title="Title", text="one\n\n two\tthree", tags=("x",), session="s"), heads=2),
        item("i", IntegrationNote(at=AT, text="note", modalities=("mi",))),
        item("c", CheckIn(at=AT, mood=0, calm=10, note="so", session="s")),
        item("s", Session(starts=AT, dose="50 mg", people="A")),
        item("k", Course(notes="by the river")),
    )
    page, note, checkin, session, course = (listed.get(eid) for eid in "picsk")
    assert (page.title, page.snippet, page.tags) == ("Title", "one two three", ("x",))
    assert (page.session, page.heads) == ("s", 2)
    assert (note.modalities, note.kind) == (("mi",), "integration")
    assert (checkin.snippet, checkin.session) == ("Mood 0 · Calm 10 · so", "s")
    assert (session.title, session.snippet, session.when) == ("Session of s", "50 mg · A", AT)
    assert (course.title, course.snippet, course.when) == ("Course", "by the river", None)


def test_what_has_no_place_in_the_list():
    hidden = [
        Settings(name="x"),
        Identity(recipient="", secret="", made=AT),
        ShareReceipt(share="", made=AT),
        UnknownRecord("dream", b'{"kind":"dream"}'),
    ]
    listed = rows(*(item(str(number), record) for number, record in enumerate(hidden)))
    assert listed.newest_first() == []


def test_a_blank_is_left_out_of_a_check_ins_line():
    assert checkin_line(CheckIn(at=AT)) == ""
    assert checkin_line(CheckIn(at=AT, distress=0)) == "Distress 0"


def test_a_snippet_is_the_beginning_on_one_line():
    listed = rows(item("p", Page(at=AT, text="word\n" * 100_000)))
    snippet = listed.get("p").snippet
    assert len(snippet) <= SNIPPET
    assert snippet.startswith("word word")
    assert "\n" not in snippet


def test_newest_first_and_without_a_time_last():
    def later(hours: int) -> Moment:
        return Moment(NOW + timedelta(hours=hours))

    listed = rows(
        item("b", Page(at=later(1))),
        item("d", Course()),
        item("a", Page(at=later(1))),
        item("c", Page(at=later(2))),
        item("e", Page(at=Moment(later(3).at.astimezone(None)))),
    )
    assert [row.eid for row in listed.newest_first()] == ["e", "c", "b", "a", "d"]
    listed.update("c", None)
    listed.update("d", item("d", Course(started=later(9))))
    listed.update("f", item("f", Settings()))
    assert [row.eid for row in listed.newest_first()] == ["d", "e", "b", "a"]
    assert listed.get("c") is None
