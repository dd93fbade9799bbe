"""The table of numbers and the text: what a spreadsheet and a reader of Markdown get."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings

from journal.records import SLIDERS
from journal.report import markdown, numbers_csv
from journal.report.numbers import HEADER
from journal.share import Payload, document
from journal.share.payload import encode
from tests.journal.report.payloads import checkin, reading, scale, session, share, told
from tests.journal.share import samples


def rows(payload: Payload) -> list[dict[str, str]]:
    text = numbers_csv(payload)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_blank_is_an_empty_cell_and_a_zero_a_zero():
    found = {row["item"]: row for row in rows(share(checkins=(checkin(mood=0, calm=7),)))}
    assert (found["mood"]["value"], found["calm"]["value"], found["distress"]["value"]) == ("0", "7", "")
    assert found["distress"]["words"] == "no answer" and found["mood"]["kind"] == "check-in (not validated)"


def test_a_questionnaire_gives_its_total_and_its_items():
    answers: list[int | None] = [2, None, 3, 0, None, 2, 1, 0, 0, 3]
    found = rows(share(scales=(scale("phq-9", answers, declined=4),)))
    assert [found[0][name] for name in ("kind", "name", "value", "min", "max", "words")] == [
        "total", "PHQ-9", "10", "0", "27", "7 of 9, prorated",
    ]  # fmt: skip
    assert [row["value"] for row in found[1:]] == ["2", "", "3", "0", "", "2", "1", "0", "0", "3"]
    assert [found[place]["words"] for place in (2, 5, 10)] == [
        "no answer", "preferred not to answer", "Extremely difficult",
    ]  # fmt: skip


def test_a_form_without_a_total_says_why():
    found = rows(share(scales=(scale("phq-9", [1] * 8 + [None, None], items=False), told("MADRS", -2.5))))
    assert (found[0]["value"], found[1]["value"]) == ("", "-2.5")
    assert found[0]["words"].startswith("Item 9 has no answer")


def test_readings_stand_with_their_units():
    read = reading(systolic=128, diastolic=82, pulse=71)
    found = rows(share(sessions=(session(),), readings=(read,)))
    assert [(row["item"], row["value"], row["unit"]) for row in found] == [
        ("systolic", "128", "mmHg"), ("diastolic", "82", "mmHg"), ("pulse", "71", "/min"),
    ]  # fmt: skip
    assert {row["session"] for row in found} == {"Session 3"}


@pytest.mark.parametrize("nasty", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\tx", "＝1"])
def test_no_cell_is_one_that_a_spreadsheet_works_out(nasty: str):
    shared = share(scales=(scale("phq-2", [1, 2], title=nasty, note=nasty),), checkins=(checkin(mood=1, note=nasty),))
    cells = [row[name] for row in rows(shared) for name in ("name", "note") if nasty in row[name]]
    assert cells == [f"'{nasty}"] * 11  # seven notes of sliders, a total's name and note, two names of items


@settings(max_examples=40, deadline=None)
@given(samples.payloads())
def test_every_number_of_a_share_has_a_row(payload: Payload):
    found = rows(payload)
    assert all(set(row) == set(HEADER) for row in found)
    answered = sum(value is not None for one in payload.checkins for value in one.values)
    totals = sum(one.total is not None for one in payload.scales)
    items = sum(item.value is not None for one in payload.scales for item in one.items)
    read = sum(
        value is not None
        for one in payload.readings
        for value in (one.systolic, one.diastolic, one.pulse, one.oxygen)
    )
    assert sum(row["value"] != "" for row in found) == answered + totals + items + read
    assert sum(row["item"] in {slider.name for slider in SLIDERS} for row in found) >= 7 * len(payload.checkins)


def test_the_text_holds_all_that_was_ticked_in_the_order_of_the_page():
    payload = samples.everything()
    text = markdown(payload).replace("**", "")
    wanted = set(re.findall(r"canary-[a-z-]+", encode(payload).decode()))
    assert set(re.findall(r"canary-[a-z-]+", text)) == wanted
    heads = [block.text for block in document(payload) if block.kind in ("heading", "subheading")]
    assert [line.lstrip("# ") for line in text.splitlines() if re.match("##?#? ", line)][1:] == heads


def test_words_that_look_like_markdown_are_shown_as_typed():
    text = markdown(share(talk_about="# not a heading\n<script>x</script>", sender="*A*"))
    assert "\\# not a heading" in text and "\\<script\\>" in text and "\\*A\\*" in text


@settings(max_examples=40, deadline=None)
@given(samples.payloads())
def test_every_share_becomes_a_text(payload: Payload):
    assert markdown(payload).startswith("# From an integration journal\n")
