"""Questionnaires as data: the published ones word for word, codes that were looked up, and files that are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import ImportFailed, NotFound
from journal.records import SLIDERS
from journal.scales import (
    BUILT_IN,
    CHECK_IN,
    MAX_FILE,
    Method,
    Pack,
    built_in,
    notices,
    parse_pack,
    read_pack,
    to_json,
)
from resources import read_text

FREQUENCY = [("Not at all", 0), ("Several days", 1), ("More than half the days", 2), ("Nearly every day", 3)]
TWO_WEEKS = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
PHQ = [
    "Little interest or pleasure in doing things",
    "Feeling down, depressed, or hopeless",
    "Trouble falling or staying asleep, or sleeping too much",
    "Feeling tired or having little energy",
    "Poor appetite or overeating",
    "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
    "Trouble concentrating on things, such as reading the newspaper or watching television",
    "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or "
    "restless that you have been moving around a lot more than usual",
    "Thoughts that you would be better off dead or of hurting yourself in some way",
]
GAD = [
    "Feeling nervous, anxious or on edge",
    "Not being able to stop or control worrying",
    "Worrying too much about different things",
    "Trouble relaxing",
    "Being so restless that it is hard to sit still",
    "Becoming easily annoyed or irritable",
    "Feeling afraid as if something awful might happen",
]


def words(pack: Pack) -> list[str]:
    return [item.text for item in pack.items]


def options(pack: Pack, place: int = 0) -> list[tuple[str, int]]:
    return [(option.text, option.value) for option in pack.options_of(place)]


# -- what ships -----------------------------------------------------------------------------------------------


def test_the_phq_9_is_the_published_one():
    pack = built_in("phq-9")
    assert pack.stem == TWO_WEEKS
    assert words(pack)[:9] == PHQ
    assert words(pack)[9] == (
        "If you checked off any problems, how difficult have these problems made it for you to do your work, take "
        "care of things at home, or get along with other people?"
    )
    assert options(pack) == FREQUENCY
    assert [(option.text, option.code) for option in pack.options_of(9)] == [
        ("Not difficult at all", "LA6572-7"),
        ("Somewhat difficult", "LA6573-5"),
        ("Very difficult", "LA6575-0"),
        ("Extremely difficult", "LA6574-3"),  # the two last are not in the order of their numbers
    ]
    assert [item.scored for item in pack.items] == [True] * 9 + [False]
    assert pack.help_item == "9"
    assert (pack.loinc.panel, pack.loinc.total) == ("44249-1", "44261-6")


@pytest.mark.parametrize(
    ("name", "texts", "panel", "total"),
    [
        ("phq-8", PHQ[:8], "", ""),
        ("phq-2", PHQ[:2], "55757-9", "55758-7"),
        ("gad-7", GAD, "69737-5", "70274-6"),
        ("gad-2", GAD[:2], "", ""),
    ],
)
def test_the_others_on_two_weeks_are_the_published_ones(name: str, texts: list[str], panel: str, total: str):
    pack = built_in(name)
    assert (pack.stem, words(pack), options(pack)) == (TWO_WEEKS, texts, FREQUENCY)
    assert (pack.loinc.panel, pack.loinc.total) == (panel, total)
    assert pack.recall_days == 14
    assert not pack.sensitive


def test_the_pcl_5_is_the_published_one():
    pack = built_in("pcl-5")
    assert "choose one of the answers" in pack.instructions
    assert pack.stem == "In the past month, how much were you bothered by:"
    assert options(pack) == [
        ("Not at all", 0), ("A little bit", 1), ("Moderately", 2), ("Quite a bit", 3), ("Extremely", 4),
    ]  # fmt: skip
    assert len(pack.items) == 20
    assert words(pack)[0] == "Repeated, disturbing, and unwanted memories of the stressful experience?"
    assert words(pack)[8].startswith("Having strong negative beliefs about yourself, other people, or the world (for")
    assert words(pack)[16] == 'Being "superalert" or watchful or on guard?'
    assert all(text.endswith("?") for text in words(pack))
    assert [item.code for item in pack.items] == [""] * 20, "only one of them was seen"
    assert (pack.loinc.panel, pack.loinc.total) == ("101697-1", "101698-9")
    assert [(part.name, part.items[0], part.items[-1]) for part in pack.parts] == [
        ("B", "1", "5"), ("C", "6", "7"), ("D", "8", "14"), ("E", "15", "20"),
    ]  # fmt: skip
    assert pack.sensitive


def test_the_check_in_is_described_as_it_is():
    pack = built_in(CHECK_IN)
    assert [(item.link, item.text) for item in pack.items] == [(one.name, one.title) for one in SLIDERS]
    ends = [(options(pack, place)[0][0], options(pack, place)[10][0]) for place in range(len(SLIDERS))]
    assert ends == [(one.low, one.high) for one in SLIDERS]
    assert pack.scoring.method is Method.NONE
    assert "not a validated questionnaire" in pack.about


@pytest.mark.parametrize("name", [*BUILT_IN, CHECK_IN])
def test_each_says_whose_it_is_and_reads_as_it_was_written(name: str):
    pack = built_in(name)
    assert pack.id == name
    assert pack.licence.text and pack.licence.holder and pack.licence.checked_on
    assert parse_pack(to_json(pack)) == pack
    assert "Not at all sure" not in to_json(pack)
    for rule in (*pack.change, *pack.cutoffs):
        assert rule.source.text


def test_what_was_not_confirmed_is_marked():
    rules = {(name, rule.kind): rule.source.checked for name in BUILT_IN for rule in built_in(name).change}
    assert rules == {
        ("phq-9", "response"): True, ("phq-9", "remission"): True, ("phq-9", "reliable"): False,
        ("gad-7", "response"): True, ("gad-7", "remission"): True, ("gad-7", "reliable"): False,
        ("pcl-5", "reliable"): True,
    }  # fmt: skip
    unchecked = [name for name in BUILT_IN for cut in built_in(name).cutoffs if not cut.source.checked]
    assert unchecked == ["phq-2", "gad-2"]


def test_the_notices_are_there_word_for_word():
    assert notices()["loinc"] == (
        "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, "
        "Inc. and the LOINC Committee and is available at no cost under the license at http://loinc.org/license."
    )
    assert notices()["phq"].startswith("Developed by Drs. Robert L. Spitzer")
    assert all(built_in(name).licence.text == notices()["phq"] for name in BUILT_IN if name != "pcl-5")


# -- codes ----------------------------------------------------------------------------------------------------


def codes() -> dict[str, str]:
    """Every code in what ships, and what it is there: panel, total, item, answer or answer list."""
    found: dict[str, str] = {}
    for name in (*BUILT_IN, CHECK_IN):
        pack = built_in(name)
        found |= {pack.loinc.panel: "panel", pack.loinc.total: "total", pack.loinc.answers: "answer list"}
        for place, item in enumerate(pack.items):
            found[item.code] = "item"
            found |= {option.code: "answer" for option in pack.options_of(place)}
    found.pop("")
    return found


def test_every_code_was_looked_up_and_is_what_it_was_taken_for():
    allowed = json.loads(read_text("instruments", "loinc.json"))["allowed"]
    assert all(entry["source"] for entry in allowed.values())
    assert {code: allowed[code]["what"].split(":")[0].split(" of ")[0] for code in codes()} == codes()


@pytest.mark.parametrize(
    "trap", ["70273-8", "70221-7", "72166-2", "44262-4", "58120-7", "89204-2", "91006-2", "93038-1", "89708-7"]
)
def test_codes_that_were_taken_for_others_elsewhere_are_nowhere(trap: str):
    listed = json.loads(read_text("instruments", "loinc.json"))
    assert trap in listed["never"]
    assert trap not in listed["allowed"]
    assert all(trap not in read_text("instruments", f"{name}.json") for name in (*BUILT_IN, CHECK_IN))


def test_a_panel_is_never_a_total():
    panels = {built_in(name).loinc.panel for name in BUILT_IN} - {""}
    assert panels.isdisjoint({built_in(name).loinc.total for name in BUILT_IN})


# -- files of others ------------------------------------------------------------------------------------------


def plain(**changes: Any) -> dict[str, Any]:
    return {
        "id": "evenings", "version": 1, "title": "Evenings",
        "items": [{"link": "1", "text": "I could rest"}, {"link": "2", "text": "I called somebody"}],
        "options": [{"value": 0, "text": "No"}, {"value": 1, "text": "Yes"}],
        "scoring": {"method": "sum"}, "licence": {"text": "Free for all."}, **changes,
    }  # fmt: skip


def test_a_plain_one_is_read():
    pack = parse_pack(json.dumps(plain()))
    assert pack.range_of(pack.scored) == (0, 2)


TWO = [{"value": 0, "text": "No"}, {"value": 1, "text": "Yes"}]


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "../phq"},
        {"id": "Evenings"},
        {"id": ""},
        {"version": 0},
        {"version": 1.5},
        {"title": ""},
        {"title": "x" * 201},
        {"title": "a\u202eb"},
        {"title": "a\x00b"},
        {"items": []},
        {"items": [{"link": str(n), "text": "x"} for n in range(101)]},
        {"items": [{"link": "1", "text": "x"}, {"link": "1", "text": "y"}]},
        {"items": [{"link": "1", "text": "x" * 1001}]},
        {"items": [{"link": "1", "text": "x", "options": TWO[:1]}]},
        {"items": [{"link": "1", "text": "x", "code": "<b>"}]},
        {"items": [{"link": "1", "text": "x", "scored": False}]},
        {"options": []},
        {"options": [TWO[0], TWO[0]]},
        {"options": [{"value": n, "text": "x"} for n in range(22)]},
        {"options": [{"value": 10**30, "text": "x"}, TWO[1]]},
        {"options": [{"value": "0", "text": "x"}, TWO[1]]},
        {"scoring": {"method": "product"}},
        {"scoring": {"method": "sum", "required": ["9"]}},
        {"scoring": {"method": "sum", "prorate": 2}},
        {"scoring": {"method": "sum", "reverse": ["1"]}},  # a rule that were passed over would make a wrong total
        {"licence": {"text": ""}},
        {"licence": None},
        {"help_item": "9"},
        {"parts": [{"name": "A", "title": "A", "items": ["3"]}]},
        {"parts": [{"name": "A", "title": "A", "items": ["1", "1"]}]},
        {"bands": {"ranges": [{"low": 3, "high": 1, "name": "x"}], "source": {"text": ""}}},
        {
            "bands": {
                "ranges": [{"low": 0, "high": 2, "name": "x"}, {"low": 2, "high": 3, "name": "y"}],
                "source": {"text": ""},
            }
        },
        {"cutoffs": [{"low": 3, "high": 1, "source": {"text": ""}}]},
        {"change": [{"kind": "response", "source": {"text": ""}}]},
        {"something": 1},
    ],
    ids=lambda changes: f"{next(iter(changes))}",
)
def test_what_breaks_a_rule_is_refused_in_one_sentence(changes: dict[str, Any]):
    with pytest.raises(ImportFailed) as refused:
        parse_pack(json.dumps(plain(**changes)))
    assert str(refused.value).endswith("Nothing was taken in.")
    assert "x" * 50 not in refused.value.detail, "no words of a file in a report"


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"\xff\xfe{}", b'{"id":"\xff"}', b"[" * 100_000, b'{"a":' * 50_000, b"1e999"],
    ids=["empty", "cut", "list", "null", "utf-16", "not utf-8", "deep list", "deep object", "infinite"],
)
def test_what_is_no_questionnaire_at_all_is_refused(data: bytes):
    with pytest.raises(ImportFailed):
        parse_pack(data)


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_anything_is_read_or_refused_and_nothing_else(data: bytes | str):
    with pytest.raises(ImportFailed):
        parse_pack(data)


@given(st.data())
def test_a_questionnaire_with_a_part_exchanged_is_read_or_refused(data: st.DataObject):
    made = json.loads(to_json(built_in("phq-9")))
    name = data.draw(st.sampled_from(sorted(made)))
    made[name] = data.draw(
        st.none() | st.integers() | st.text(max_size=20) | st.lists(st.integers(), max_size=3) | st.just({})
    )
    try:
        pack = parse_pack(json.dumps(made))
    except ImportFailed:
        return
    assert parse_pack(to_json(pack)) == pack


def test_a_large_file_is_refused_before_it_is_looked_into(tmp_path: Path):
    path = tmp_path / "large.json"
    path.write_bytes(b" " * (MAX_FILE + 1))
    with pytest.raises(ImportFailed, match="larger than"):
        read_pack(path)
    with pytest.raises(ImportFailed, match="not a file"):
        read_pack(tmp_path)
    with pytest.raises(NotFound):
        read_pack(tmp_path / "none.json")


def test_a_file_may_begin_with_the_mark_of_utf_8(tmp_path: Path):
    path = tmp_path / "marked.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(plain()).encode())
    assert read_pack(path).id == "evenings"
