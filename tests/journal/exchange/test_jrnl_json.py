"""jrnl's JSON, as its versions from 0.3 to 4 write it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from journal import exchange
from journal.records import Page
from tests.journal.exchange.files import CLOCK, WORD, jrnl, jrnl_entry, put

WINTER, SUMMER = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))


def read(folder, text: str, format: str | None = None) -> list[Page]:
    incoming = exchange.read(put(folder, text), format, CLOCK)
    assert incoming.format == "jrnl"
    assert incoming.refused == ()
    pages = [record for _, record in incoming.records]
    assert all(isinstance(page, Page) for page in pages)
    return pages


def test_an_entry_becomes_a_page_and_its_text_is_kept_exactly(tmp_path):
    body = "Erste Zeile\n\n  eingerückt, 🌊, \u202eRTL\u202c, NUL \0 und @walk \n"
    (page,) = read(tmp_path, jrnl(jrnl_entry(title="Am Fluss.", body=body, starred=True, tags=["@walk", "@river"])))
    assert (page.title, page.text, page.marks) == ("Am Fluss.", body, ())
    assert page.tags == ("walk", "river", "starred")
    assert page.at.at == datetime(2026, 3, 1, 9, 30, tzinfo=WINTER)
    assert page.session is None
    assert page.source.startswith("jrnl:")


VERSIONS = {
    "0.3": {"title": "A.", "body": "B", "date": "2013-06-09", "time": "15:39"},
    "1.9": {"title": "A.", "body": "B", "date": "2013-06-09", "time": "15:39", "starred": False},
    "2.0 of Day One": {
        "title": "A.", "body": "B", "date": "2013-06-09", "time": "15:39", "starred": False,
        "uuid": "4BB1F46946AD439996C9B59DE7C4DDC1",
    },
    "2.5": {"title": "A.", "body": "B", "date": "2013-06-09", "time": "15:39", "tags": [], "starred": False},
    "2.5 of Day One": {
        "title": "A.", "body": "B", "date": "2013-06-09", "time": "15:39", "tags": [], "starred": False,
        "uuid": "4BB1F46946AD439996C9B59DE7C4DDC1",
        "creator": {"device_agent": "iPhone", "generation_date": "2013-06-09 13:39:00", "host_name": "x"},
    },
}  # fmt: skip


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("format", [None, "jrnl"])
def test_every_version_of_jrnl(tmp_path, version, format):
    (page,) = read(tmp_path, jrnl(VERSIONS[version]), format)
    assert (page.title, page.text, page.tags) == ("A.", "B", ())
    assert page.at.at == datetime(2013, 6, 9, 15, 39, tzinfo=SUMMER)


def test_one_entry_in_a_file_of_its_own(tmp_path):
    """As jrnl writes them into a folder."""
    (page,) = read(tmp_path, json.dumps(jrnl_entry()) + "\n")
    assert page.title == f"{WORD} in the morning."


def test_an_export_of_nothing(tmp_path):
    assert read(tmp_path, '{"tags": {}, "entries": []}') == []


@pytest.mark.parametrize(
    ("day", "clock", "at"),
    [
        ("2026-01-15", "09:30", datetime(2026, 1, 15, 9, 30, tzinfo=WINTER)),
        ("2026-07-15", "09:30", datetime(2026, 7, 15, 9, 30, tzinfo=SUMMER)),
        ("2026-10-25", "02:30", datetime(2026, 10, 25, 2, 30, tzinfo=SUMMER)),  # twice that night: the first
        ("2026-12-31", "23:59", datetime(2026, 12, 31, 23, 59, tzinfo=WINTER)),
    ],
)
def test_times_are_of_this_computers_zone(tmp_path, day, clock, at):
    (page,) = read(tmp_path, jrnl(jrnl_entry(date=day, time=clock)))
    assert page.at.at == at
    assert page.at.at.utcoffset() == at.utcoffset()


def test_a_time_that_the_clocks_skipped_is_kept_within_the_hour(tmp_path):
    (page,) = read(tmp_path, jrnl(jrnl_entry(date="2026-03-29", time="02:30")))
    assert page.at.at.replace(tzinfo=None) in (datetime(2026, 3, 29, 1, 30), datetime(2026, 3, 29, 3, 30))
    assert page.at.at == page.at.at.astimezone(UTC).astimezone()  # a time there was


def test_a_day_without_a_time_begins_at_midnight(tmp_path):
    entry = jrnl_entry()
    del entry["time"]
    (page,) = read(tmp_path, jrnl(entry))
    assert (page.at.at.hour, page.at.at.minute) == (0, 0)


def test_a_title_that_is_no_title_begins_the_text(tmp_path):
    """jrnl calls the first sentence the title, however long it is."""
    long = "word " * 60
    pages = read(tmp_path, jrnl(jrnl_entry(title=long, body="B"), jrnl_entry(title=long, body="")))
    assert [(page.title, page.text) for page in pages] == [("", f"{long}\nB"), ("", long)]


def test_what_an_entry_says_names_it_so_that_it_is_known_again(tmp_path):
    entries = [jrnl_entry(), jrnl_entry(), jrnl_entry(body="other"), jrnl_entry(time="09:31")]
    first, again = read(tmp_path, jrnl(*entries)), read(tmp_path, jrnl(*reversed(entries)))
    sources = [page.source for page in first]
    assert len(set(sources)) == 4  # two that say the same at the same minute are two
    assert {page.source for page in again} == set(sources)
    assert WORD not in "".join(sources)


def test_tags_keep_their_order_once_each(tmp_path):
    (page,) = read(tmp_path, jrnl(jrnl_entry(tags=["@b", "@a", "@b", "@", "#c"], starred=True)))
    assert page.tags == ("b", "a", "#c", "starred")


BROKEN = {
    "no title": {"body": WORD, "date": "2026-03-01", "time": "09:30"},
    "no date": {"title": WORD, "body": WORD, "time": "09:30"},
    "a date that is none": jrnl_entry(date="2026-02-30"),
    "a date in words": jrnl_entry(date=WORD),
    "a time that is none": jrnl_entry(time="25:00"),
    "a time with no zone to be in": jrnl_entry(date="0001-01-01", time="00:00"),
    "a body that is a number": jrnl_entry(body=5),
    "a body that is a list": jrnl_entry(body=[WORD]),
    "a date that is a number": jrnl_entry(date=20260301),
    "tags that are words": jrnl_entry(tags=WORD),
    "a tag that is null": jrnl_entry(tags=["@a", None]),
    "a tag that is a number": jrnl_entry(tags=[1]),
    "a tag too long": jrnl_entry(tags=["@" + WORD * 60]),
    "half a character": jrnl_entry(body=f"{WORD}\ud800"),
    "a list": [WORD],
    "a word": WORD,
    "null": None,
}


@pytest.mark.parametrize("name", BROKEN)
def test_one_entry_that_cannot_be_read_is_named_and_the_others_come_in(tmp_path, name):
    text = jrnl(jrnl_entry(body="first"), BROKEN[name], jrnl_entry(body="last"))
    incoming = exchange.read(put(tmp_path, text), None, CLOCK)
    assert [record.text for _, record in incoming.records] == ["first", "last"]
    (refused,) = incoming.refused
    assert refused.startswith("entry 2: ")
    assert WORD not in refused
