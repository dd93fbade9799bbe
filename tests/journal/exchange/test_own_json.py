"""Our own JSON: out, in and out again loses nothing."""

from __future__ import annotations

import json
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given

from journal import exchange
from journal.errors import AlreadyThere, JournalError
from journal.records import Identity, Moment, Page, UnknownRecord, encode
from tests.journal.exchange.files import CLOCK, WORD, checkin, ours, page, put
from tests.journal.records.strategies import journals


@given(journals)
def test_out_in_and_out_again_is_the_same(pairs):
    with tempfile.TemporaryDirectory() as name:
        first, second = Path(name, "1.json"), Path(name, "2.json")
        assert exchange.write("json", pairs, first, CLOCK) == len(pairs)
        incoming = exchange.read(first, None, CLOCK)
        assert incoming.format == "integration-journal"
        assert incoming.refused == ()
        assert {eid: encode(record) for eid, record in incoming.records} == {
            eid: encode(record) for eid, record in pairs
        }
        exchange.write("json", incoming.records, second, CLOCK)
        assert second.read_bytes() == first.read_bytes()


def test_fields_and_kinds_of_a_later_version_come_through(tmp_path):
    later = {"eid": "a" * 32, "kind": "dream", "colour": {"sky": [1, 2.5, None, True]}}
    known = page(2, later_field={"deep": [WORD, 2**70, 1e-7]})
    incoming = exchange.read(put(tmp_path, ours(later, known)), "json", CLOCK)
    assert isinstance(incoming.records[0][1], UnknownRecord)
    exchange.write("json", incoming.records, tmp_path / "out.json", CLOCK)
    out = {record["eid"]: record for record in json.loads((tmp_path / "out.json").read_bytes())["records"]}
    assert out["a" * 32] == later
    assert out[known["eid"]].items() >= known.items()


def test_the_file_says_what_it_is_and_is_for_its_owner_only(tmp_path):
    at = Moment(CLOCK.now())
    assert exchange.write("json", [("b" * 32, Page(at=at)), ("a" * 32, Page(at=at))], tmp_path / "out", CLOCK) == 2
    value = json.loads((tmp_path / "out").read_bytes())
    assert (value["format"], value["version"]) == ("integration-journal", 1)
    assert value["exported"] == CLOCK.now().isoformat()
    assert [record["eid"] for record in value["records"]] == ["a" * 32, "b" * 32]
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o600


def test_the_secret_of_an_address_neither_leaves_nor_comes_in(tmp_path):
    secret = Identity(recipient="age1x", secret=f"AGE-SECRET-KEY-{WORD}", made=Moment(CLOCK.now()))
    assert exchange.write("json", [("a" * 32, secret)], tmp_path / "out", CLOCK) == 0
    assert WORD not in (tmp_path / "out").read_text()
    crafted = {**json.loads(encode(secret)), "eid": "b" * 32}
    incoming = exchange.read(put(tmp_path, ours(page(), crafted)), None, CLOCK)
    assert [record.kind for _, record in incoming.records] == ["page"]
    assert incoming.refused == ("entry 2: an address's secret is never imported",)


def test_a_field_called_like_the_id_never_becomes_the_id(tmp_path):
    record = UnknownRecord("later", b'{"eid":"canary","kind":"later"}')
    exchange.write("json", [("a" * 32, record)], tmp_path / "out", CLOCK)
    assert [eid for eid, _ in exchange.read(tmp_path / "out", None, CLOCK).records] == ["a" * 32]


@pytest.mark.parametrize("format", ["json", "markdown", "csv"])
def test_nothing_is_overwritten_and_nothing_half_written_stays(tmp_path, format):
    target = tmp_path / "out"
    target.write_bytes(b"mine")
    with pytest.raises(AlreadyThere):
        exchange.write(format, [("a" * 32, Page(at=Moment(CLOCK.now())))], target, CLOCK)
    assert target.read_bytes() == b"mine"
    dangling = tmp_path / "link"
    dangling.symlink_to(tmp_path / "nowhere")
    with pytest.raises(AlreadyThere):
        exchange.write(format, [], dangling, CLOCK)
    assert sorted(child.name for child in tmp_path.iterdir() if not child.is_dir()) == ["link", "out"]


def test_a_format_that_is_not_known_is_named_among_those_that_are(tmp_path):
    with pytest.raises(JournalError, match="json, markdown, csv"):
        exchange.write("pdf", [], tmp_path / "out", CLOCK)
    with pytest.raises(JournalError, match="json, jrnl"):
        exchange.read(put(tmp_path, ours(page())), "pdf", CLOCK)


# One entry that is wrong does not keep the others out; it is named by its place, and not by its words.
BROKEN = {
    "no id": page(eid=None),
    "a short id": page(eid="abc"),
    "an id in capitals": page(eid="A" * 32),
    "an id that is a number": page(eid=5),
    "an id twice": page(1),
    "no kind": {**page(9), "kind": None},
    "a kind that is a list": page(9, kind=[WORD]),
    "no time": {name: value for name, value in page(9).items() if name != "at"},
    "a time without an offset": page(9, at={"at": "2026-03-01T09:30:00"}),
    "a time in words": page(9, at={"at": WORD}),
    "a time with more in it": page(9, at={"at": "2026-03-01T09:30:00Z", WORD: 1}),
    "a text that is a number": page(9, text=5),
    "half a character": page(9, text=f"{WORD}\ud800"),
    "half a character in a name": page(9, **{f"{WORD}\ud800": 1}),
    "a title too long": page(9, title=WORD * 100),
    "formatting outside the text": page(9, marks=[[0, 500, "bold"]]),
    "formatting of no style": page(9, marks=[[0, 3, WORD]]),
    "a reserved field": page(9, **{" unknown": {"a": 1}}),
    "a slider over 10": checkin(9, mood=11),
    "a slider under 0": checkin(9, mood=-1),
    "a slider with a fraction": checkin(9, mood=5.5),
    "a slider that is true": checkin(9, mood=True),
    "a slider in words": checkin(9, mood="5"),
    "a list": [WORD],
    "a word": WORD,
    "null": None,
}


@pytest.mark.parametrize("name", BROKEN)
def test_one_entry_that_cannot_be_read_is_named_and_the_others_come_in(tmp_path, name):
    incoming = exchange.read(put(tmp_path, ours(page(1), BROKEN[name], page(2))), None, CLOCK)
    assert [eid for eid, _ in incoming.records] == [page(1)["eid"], page(2)["eid"]]
    (refused,) = incoming.refused
    assert refused.startswith("entry 2: ")
    assert WORD not in refused


@pytest.mark.parametrize("value", [None, 0, 10])
def test_a_blank_comes_in_as_a_blank_and_a_zero_as_a_zero(tmp_path, value):
    incoming = exchange.read(put(tmp_path, ours(checkin(mood=value))), None, CLOCK)
    assert incoming.records[0][1].mood == value
    assert incoming.records[0][1].calm is None
