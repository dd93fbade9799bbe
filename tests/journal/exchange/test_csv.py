"""The spreadsheet: a blank is an empty cell, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal import exchange
from journal.records import SLIDERS, CheckIn, Moment, Page, Session, UnknownRecord
from tests.journal.exchange.files import CLOCK
from tests.journal.records.strategies import checkins, eids, sessions

SUMMER = timezone(timedelta(hours=2))
MORNING = datetime(2026, 7, 1, 9, 30, tzinfo=SUMMER)
DANGER = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|'/c calc'!A0", "＝1+1", "＋1", "－1", "＠A1"]


def table(folder, pairs) -> list[dict[str, str]]:
    path = folder / "out.csv"
    path.unlink(missing_ok=True)
    exchange.write("csv", pairs, path, CLOCK)
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


def test_a_row_for_every_slider(tmp_path):
    pairs = [
        ("a" * 32, Session(starts=Moment(MORNING), number=3)),
        ("b" * 32, CheckIn(at=Moment(MORNING, "Europe/Berlin"), mood=0, session="a" * 32, note="Gut, „ja“\n2")),
        ("c" * 32, Page(at=Moment(MORNING), text="never in a table")),
    ]
    rows = table(tmp_path, pairs)
    assert [row["item"] for row in rows] == [slider.name for slider in SLIDERS]
    assert {row["entry_id"] for row in rows} == {"b" * 32}
    assert rows[0] == {
        "entry_id": "b" * 32, "session_id": "a" * 32, "session_number": "3",
        "local_datetime": "2026-07-01 09:30", "utc": "2026-07-01T07:30:00+00:00", "zone": "Europe/Berlin",
        "scale": "own check-in, unvalidated", "item": "mood", "value": "0", "min": "0", "max": "10",
        "note": "Gut, „ja“\n2",
    }  # fmt: skip


def test_a_blank_is_an_empty_cell_and_never_zero(tmp_path):
    rows = table(tmp_path, [("b" * 32, CheckIn(at=Moment(MORNING), mood=0))])
    assert [row["value"] for row in rows] == ["0", "", "", "", "", "", ""]
    assert (rows[0]["session_id"], rows[0]["session_number"]) == ("", "")


@pytest.mark.parametrize("text", DANGER)
def test_no_cell_begins_like_a_formula(tmp_path, text):
    checkin = CheckIn(at=Moment(MORNING, text), note=text, session=text)
    for row in table(tmp_path, [("b" * 32, checkin)]):
        wanted = "'" + re.sub(r"^\s", r"\g<0>'", text)  # what stands behind a line's end may begin a row
        assert (row["note"], row["zone"], row["session_id"]) == (wanted,) * 3


@pytest.mark.parametrize("parted", [*";\t\r\n", ';"'])
@pytest.mark.parametrize("begins", [text for text in DANGER if text.strip() == text])
def test_no_part_of_a_cell_begins_like_a_formula_where_something_else_parts_cells(tmp_path, parted, begins):
    """In many countries a spreadsheet parts by semicolons, also within quotes that do not begin a cell."""
    exchange.write("csv", [("b" * 32, CheckIn(at=Moment(MORNING), note=f"bad{parted}{begins}"))],
                   tmp_path / "out.csv", CLOCK)  # fmt: skip
    text = (tmp_path / "out.csv").read_bytes().decode("utf-8-sig")
    for delimiter in ",;\t":
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            assert not any(cell.lstrip('"').startswith(tuple("=+-@＝＋－＠")) for cell in cells), (delimiter, cells)


@pytest.mark.parametrize("text", ["", "5 = 5", "a-b", "(-1)", "'=1", "mail@home", " "])
def test_other_texts_stay_as_they_were_typed(tmp_path, text):
    assert {row["note"] for row in table(tmp_path, [("b" * 32, CheckIn(at=Moment(MORNING), note=text))])} == {text}


def test_the_order_is_of_time_and_not_of_zones(tmp_path):
    east = CheckIn(at=Moment(datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=9)))))
    west = CheckIn(at=Moment(datetime(2026, 7, 1, 8, 0, tzinfo=UTC)))
    rows = table(tmp_path, [("c" * 32, west), ("b" * 32, east)])
    assert [row["entry_id"][0] for row in rows[::7]] == ["b", "c"]  # 03:00 and 08:00 in UTC


def test_the_edge_of_the_calendar_is_no_fault(tmp_path):
    rows = table(tmp_path, [("b" * 32, CheckIn(at=Moment(datetime(1, 1, 1, tzinfo=SUMMER)), mood=0))])
    assert (rows[0]["local_datetime"], rows[0]["utc"], rows[0]["value"]) == ("0001-01-01 00:00", "", "0")


def test_the_hour_that_comes_twice_stays_two_hours(tmp_path):
    first = CheckIn(at=Moment(datetime(2026, 10, 25, 2, 30, tzinfo=SUMMER)))
    second = CheckIn(at=Moment(datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=1)))))
    rows = table(tmp_path, [("b" * 32, second), ("c" * 32, first)])
    assert [row["local_datetime"] for row in rows[::7]] == ["2026-10-25 02:30"] * 2
    assert [row["utc"] for row in rows[::7]] == ["2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00"]


@given(st.dictionaries(eids, checkins | sessions | st.just(UnknownRecord("later", b'{"kind":"later"}')), max_size=4))
def test_any_journal_gives_a_whole_table_without_formulas(tmp_path, records):
    rows = table(tmp_path, list(records.items()))
    wanted = [record for record in records.values() if isinstance(record, CheckIn)]
    assert len(rows) == len(SLIDERS) * len(wanted)
    for row in rows:
        checkin = records[row["entry_id"]]
        value = getattr(checkin, row["item"])
        assert row["value"] == ("" if value is None else str(value))
        assert not any(cell.startswith(tuple("=+-@\t\r\n")) for cell in row.values())
