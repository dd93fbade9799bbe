"""A FHIR document holds what a share holds, says where it comes from, and every reader of FHIR can take it."""

from __future__ import annotations

import base64
import json
import re
from datetime import date, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.records import Mark, Style
from journal.report.codes import ABSENT, LOCALS, LOINC, loinc
from journal.report.fhir_base import told as told_day
from journal.share import Dates, LeftOut, Payload, WritingKind
from journal.share.payload import encode
from resources import read_text
from tests.journal.report.payloads import (
    DAY,
    at,
    checkin,
    commitment,
    effect,
    hard,
    question,
    scale,
    session,
    share,
    told,
    writing,
)
from tests.journal.report.reading import (
    MADE,
    check,
    coded,
    codes,
    counting,
    document,
    listed,
    of_section,
    resources,
    said,
    section,
    walked,
)
from tests.journal.share import samples

PHQ = [2, 1, 3, 0, 1, 2, 1, 0, 0, 1]
DOCS = Path(__file__).resolve().parents[3] / "docs" / "fhir.md"


@settings(max_examples=60, deadline=None)
@given(samples.payloads())
def test_every_share_becomes_a_document_that_holds_together(payload: Payload):
    document(payload)


@settings(max_examples=15, deadline=None)
@given(samples.payloads())
def test_the_same_ids_give_the_same_document_and_random_ones_share_nothing(payload: Payload):
    assert document(payload, ids=counting()) == document(payload, ids=counting())
    found = [set(re.findall(r"urn:uuid:[0-9a-f-]{36}", json.dumps(document(payload)))) for _ in range(2)]
    both = found[0] & found[1]
    assert len(both) <= 1  # the name of the program's own codes, where one is used
    assert payload.share not in json.dumps(document(payload))


def test_it_is_a_note_by_a_patient_for_few_eyes_and_no_summary():
    made = document(samples.everything())
    front = made["entry"][0]["resource"]
    assert [one["code"] for one in front["type"]["coding"]] == ["51855-5"]
    assert (front["status"], front["confidentiality"], front["date"]) == ("final", "R", "2026-11-23")
    assert made["timestamp"] == "2026-11-26T18:30:00Z"
    assert "60591-5" not in json.dumps(made)
    titles = [one["title"] for one in front["section"]]
    assert titles == ["Scores", "Sessions", "Selected notes", "What was left out"]
    patients = resources(made, "Patient")
    assert patients == [{"resourceType": "Patient", "name": [{"text": "Alex"}]}]
    assert "not a medical record" in front["text"]["div"]
    assert "LOINC is copyright" in front["text"]["div"]


def test_a_sender_who_gave_no_name_has_none():
    assert resources(document(share(writings=(writing(),))), "Patient") == [{"resourceType": "Patient"}]


def test_the_clocks_offset_is_not_told_by_the_time_it_was_made():
    from journal.report import bundle

    elsewhere = MADE.astimezone(timezone(timedelta(hours=-9)))
    assert bundle(share(), made=elsewhere)["timestamp"] == "2026-11-26T18:30:00Z"


# -- nothing else goes out ------------------------------------------------------------------------


def test_what_was_not_ticked_is_not_in_it():
    text = words_of(document(samples.shared(0, 2, 7)))
    wanted = {"canary-dose-one", "canary-title-intention", "canary-text-intention"}
    assert set(re.findall(r"canary-[a-z-]+", text)) == wanted
    assert "deadbeef" not in text


def test_all_that_was_ticked_is_in_it():
    payload = samples.everything()
    wanted = set(re.findall(r"canary-[a-z-]+", encode(payload).decode()))
    assert set(re.findall(r"canary-[a-z-]+", words_of(document(payload)))) == wanted


def words_of(made: dict[str, object]) -> str:
    """All there is to read, the texts in Markdown as well, without the signs for bold letters."""
    text = json.dumps(made)
    text += " ".join(base64.b64decode(data).decode() for data in re.findall(r'"data": "([^"]+)"', text))
    return text.replace("<b>", "").replace("</b>", "").replace("**", "")


# -- codes ------------------------------------------------------------------------


def test_every_code_of_loinc_was_looked_up_somewhere():
    assert all(one["what"] and one["source"] for one in listed().values())
    never = json.loads(read_text("instruments", "loinc.json"))["never"]
    assert not set(never) & set(listed())
    assert loinc("44262-4") == [] == loinc("") == loinc("70273-8")


def test_the_page_on_fhir_names_every_code():
    text = DOCS.read_text("utf-8")
    ours = json.loads(read_text("fhir", "loinc.json"))["allowed"]
    assert [code for code in (*LOCALS, *ours) if f"`{code}`" not in text] == []
    for words in ("US Core-shaped, not validated", "not an International Patient Summary"):
        assert words in text


def test_local_codes_say_that_they_are_local():
    made = document(share(checkins=(checkin(mood=4),), effects=(effect(),), hard=(hard(),)))
    shown = [value["display"] for _, _, value in walked(made) if isinstance(value, dict) and "display" in value]
    assert "Mood, 0 to 10, not validated (local code)" in shown


# -- questionnaires ------------------------------------------------------------------------


def test_a_phq9_is_a_response_a_total_and_a_panel():
    made = document(share(scales=(scale("phq-9", PHQ),)))
    form, response = resources(made, "Questionnaire")[0], resources(made, "QuestionnaireResponse")[0]
    (total,), (panel,) = coded(made, "44261-6"), coded(made, "44249-1")
    by_name = {entry["fullUrl"]: entry["resource"] for entry in made["entry"]}
    assert total["valueQuantity"] == {
        "value": 10, "unit": "score", "system": "http://unitsofmeasure.org", "code": "{score}",
    }  # fmt: skip
    assert [by_name[one["reference"]] for one in total["derivedFrom"]] == [response]
    assert [by_name[one["reference"]] for one in panel["hasMember"]] == [total]
    assert not [key for key in panel if key.startswith("value") or key == "dataAbsentReason"]
    assert by_name[response["source"]["reference"]]["resourceType"] == "Patient"
    assert [item["code"][0]["code"] for item in form["item"]][:2] == ["44250-9", "44255-8"]
    given = [item["answer"][0]["valueCoding"]["code"] for item in response["item"]]
    assert given[:4] == ["LA6570-1", "LA6569-3", "LA6571-9", "LA6568-5"]
    assert response["item"][9]["answer"][0]["valueCoding"]["code"] == "LA6573-5"
    assert "LOINC" in form["copyright"] and "Pfizer" in form["copyright"]
    assert of_section(made, "Scores") == [response, total, panel]


def test_the_hardest_answers_of_item_10_are_not_turned_around():
    for value, code in ((2, "LA6575-0"), (3, "LA6574-3")):
        made = document(share(scales=(scale("phq-9", [*PHQ[:9], value]),)))
        answer = resources(made, "QuestionnaireResponse")[0]["item"][9]["answer"][0]["valueCoding"]
        assert (answer["code"], answer["extension"][0]["valueDecimal"]) == (code, value)


def test_items_that_were_not_shared_are_not_there_and_it_is_said():
    made = document(share(scales=(scale("phq-9", PHQ, items=False),)))
    assert "item" not in resources(made, "QuestionnaireResponse")[0]
    assert "Item answers are not shared." in said(coded(made, "44261-6")[0])


def test_no_answer_is_no_answer_and_one_that_was_declined_says_so():
    answers: list[int | None] = [2, None, 3, 0, None, 2, 1, 0, 0, None]
    made = document(share(scales=(scale("phq-9", answers, declined=4),)))
    items = resources(made, "QuestionnaireResponse")[0]["item"]
    assert "answer" not in items[1]
    assert items[4]["answer"] == [
        {"valueCoding": {"system": ABSENT, "code": "asked-declined", "display": "Asked But Declined"}}
    ]
    assert items[3]["answer"][0]["valueCoding"]["code"] == "LA6568-5"  # a zero is an answer
    (total,) = coded(made, "44261-6")
    assert "the mean of the given answers" in said(total).lower()


def test_without_item_9_there_is_no_total_but_a_reason():
    made = document(share(scales=(scale("phq-9", [*PHQ[:8], None, None]),)))
    (total,) = coded(made, "44261-6")
    assert "valueQuantity" not in total
    assert total["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert "Item 9 has no answer" in said(total)


@pytest.mark.parametrize(
    ("name", "count", "panel", "total"),
    [("phq-2", 2, "55757-9", "55758-7"), ("gad-7", 7, "69737-5", "70274-6"), ("pcl-5", 20, "101697-1", "101698-9")],
)
def test_each_form_has_its_own_codes(name: str, count: int, panel: str, total: str):
    made = document(share(scales=(scale(name, [1] * count),)))
    assert coded(made, total)[0]["valueQuantity"]["value"] == count
    assert len(coded(made, panel)) == 1


@pytest.mark.parametrize(("name", "count"), [("gad-2", 2), ("phq-8", 8)])
def test_a_form_without_a_confirmed_code_has_a_local_total_and_no_panel(name: str, count: int):
    made = document(share(scales=(scale(name, [1] * count),)))
    (total,) = coded(made, "total")
    assert codes(total) == ["total"] and total["valueQuantity"]["value"] == count
    assert [one["resourceType"] for one in of_section(made, "Scores")] == ["QuestionnaireResponse", "Observation"]


def test_the_items_of_the_pcl5_and_of_a_foreign_form_have_local_answers():
    foreign = scale("phq-2", [1, 2], scale="evenings", title="Evenings")
    for shared in (scale("pcl-5", [1] * 20), foreign, scale("phq-2", [1, 2], version=7)):
        made = document(share(scales=(shared,)))
        answers = [value for _, key, value in walked(made) if key == "valueCoding" and value.get("code") == "answer"]
        assert answers and LOINC not in {one["system"] for one in answers}
    assert resources(document(share(scales=(foreign,))), "Questionnaire") == []


def test_one_form_stands_once_however_often_it_was_filled():
    made = document(share(scales=(scale("gad-7", [1] * 7), scale("gad-7", [2] * 7, day=date(2026, 11, 20)))))
    (form,) = resources(made, "Questionnaire")
    assert {one["questionnaire"] for one in resources(made, "QuestionnaireResponse")} == {form["url"]}


def test_a_told_total_is_a_number_and_no_response():
    shared = told("PHQ-9", 12.5, low=0.0, high=27.0, told_by="the clinic", note="by telephone")
    made = document(share(scales=(shared,)))
    assert resources(made, "QuestionnaireResponse") == []
    (total,) = coded(made, "total-told")
    assert (total["valueQuantity"]["value"], total["code"]["text"]) == (12.5, "PHQ-9")
    assert LOINC not in json.dumps(total)
    assert said(total) == "Typed by the person as a clinic told it.\nTold by: the clinic\nby telephone"
    assert "dataAbsentReason" in coded(document(share(scales=(told("MADRS", None),))), "total-told")[0]


def test_a_slider_without_an_answer_is_never_a_zero():
    made = document(share(checkins=(checkin(mood=0, calm=7, note="on the stairs"),)))
    assert coded(made, "slider-mood")[0]["valueInteger"] == 0
    assert coded(made, "slider-calm")[0]["valueInteger"] == 7
    (distress,) = coded(made, "slider-distress")
    assert "valueInteger" not in distress and distress["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    (whole,) = coded(made, "check-in")
    assert len(whole["hasMember"]) == 7 and said(whole) == "on the stairs"
    assert "not been validated" in said(distress)


# -- days ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "dates", "value", "words"),
    [
        (date(2026, 11, 12), Dates.DAY, "2026-11-12", ""),
        (date(2026, 11, 9), Dates.WEEK, "2026-11", "the week of 9 November 2026"),
        (date(2026, 11, 30), Dates.WEEK, "2026", "the week of 30 November 2026"),
        (date(2026, 12, 28), Dates.WEEK, "", "the week of 28 December 2026"),
        (date(2026, 11, 1), Dates.MONTH, "2026-11", ""),
        (date(9999, 12, 30), Dates.WEEK, "9999-12", "the week of 27 December 9999"),
        (date(1, 1, 1), Dates.WEEK, "0001-01", "the week of 1 January 1"),
    ],
)
def test_a_day_is_no_more_exact_than_it_was_told(day: date, dates: Dates, value: str, words: str):
    assert told_day(day, None, dates) == (value, words)


def test_a_time_has_its_offset_and_one_that_fhir_cannot_write_is_in_utc():
    assert told_day(DAY, at(14, 37), Dates.DAY)[0] == "2026-11-12T14:37:00+02:00"
    far = timezone(timedelta(hours=20))
    assert told_day(DAY, at(14, 37, zone=far), Dates.DAY)[0] == "2026-11-11T18:37:00+00:00"
    first = date(1, 1, 1)
    assert told_day(first, at(1, 0, day=first, zone=far), Dates.DAY)[0] == "0001-01-01"


@given(st.dates(), st.sampled_from(Dates))
def test_a_told_day_lies_in_what_is_written(day: date, dates: Dates):
    value, words = told_day(day, None, dates)
    assert day.isoformat().startswith(value) or (dates is Dates.WEEK and value[:4] and words)


def test_a_share_by_weeks_names_no_day():
    sessions = (session(day=date(2026, 11, 9)),)
    made = document(share(sessions=sessions, checkins=(checkin(day=date(2026, 11, 9), mood=3),), dates=Dates.WEEK))
    procedure = resources(made, "Procedure")[0]
    assert procedure["performedDateTime"] == "2026-11"
    assert procedure["_performedDateTime"]["extension"][0]["valueString"] == "the week of 9 November 2026"
    assert coded(made, "slider-mood")[0]["effectiveDateTime"] == "2026-11"


# -- words ------------------------------------------------------------------------


def test_a_writing_is_a_note_by_a_patient_beside_its_session():
    text = "First *line*\nsecond"
    bold = (Mark(0, 5, Style.BOLD),)
    written = writing(WritingKind.EXPERIENCE, title="Snow", text=text, marks=bold, tags=("sleep",))
    made = document(share(sessions=(session(experiences=(written,)),)))
    (note,) = resources(made, "DocumentReference")
    attachment = note["content"][0]["attachment"]
    assert base64.b64decode(attachment["data"]).decode() == "**First** \\*line\\*  \nsecond"
    assert (attachment["title"], attachment["creation"]) == ("Snow", "2026-11-12")
    assert [one["code"] for one in note["type"]["coding"]] == ["51855-5"]
    assert note["description"] == "Experience in a session; sleep"
    by_name = {entry["fullUrl"]: entry["resource"] for entry in made["entry"]}
    assert by_name[note["context"]["related"][0]["reference"]]["resourceType"] == "Procedure"
    div = section(made, "Selected notes")["text"]["div"]
    assert "<b>First</b> *line*" in div and "second" in div


def test_words_that_look_like_markup_or_steer_are_words():
    nasty = "</div><script>alert(1)</script>&amp; \x07\u0000 ]]> \ufffe"
    made = document(share(talk_about=nasty, writings=(writing(title=nasty, text=nasty),), sender="<b>A</b>\x1b"))
    text = json.dumps(made, ensure_ascii=False)
    assert "<script>" not in "".join(value for _, key, value in walked(made) if key == "div")
    assert "‹U+0007›" in text and resources(made, "Patient")[0]["name"][0]["text"] == "<b>A</b>‹U+001B›"


def test_a_very_long_word_to_the_reader_is_whole_in_pieces():
    long = "river " * 400_000
    made = document(share(hard=(hard(note=long),), sessions=(session(notes=long),)))
    (response,) = resources(made, "QuestionnaireResponse")
    words = next(item for item in response["item"][0]["item"] if item["linkId"] == "words")
    assert "".join(one["valueString"] for one in words["answer"]) == long
    assert "".join(note["text"] for note in resources(made, "Procedure")[0]["note"]) == long


def test_what_was_hard_small_or_asked_keeps_its_answers():
    made = document(share(hard=(hard(still=False),), commitments=(commitment(),), questions=(question(),)))
    responses = resources(made, "QuestionnaireResponse")
    items = {item["linkId"]: item["answer"][0] for one in responses for item in one["item"][0]["item"]}
    assert items["talk"] == {"valueBoolean": True} and items["still"] == {"valueBoolean": False}
    assert items["how"]["valueCoding"]["code"] == "hard-very"
    assert items["outcome"]["valueCoding"]["code"] == "outcome-part"
    assert (items["question"], items["answer"]) == (
        {"valueString": "Why in the morning?"},
        {"valueString": "Because of sleep."},
    )
    assert of_section(made, "Selected notes") == responses


def test_what_was_left_out_is_said_or_that_it_is_not_known():
    assert "did not say" in section(document(share()), "What was left out")["text"]["div"]
    left = LeftOut(sessions=2, writings=0, checkins=1, options=("tags",), others=3)
    div = section(document(share(left_out=left)), "What was left out")["text"]["div"]
    assert "2 sessions, 1 check-in, 3 other entries" in div and "tags" in div


def test_the_check_of_these_tests_finds_what_is_wrong():
    good = document(share(scales=(scale("phq-9", PHQ),)))
    for break_it in (
        lambda made: made["entry"][1]["resource"].update(name=[{"text": ""}]),
        lambda made: made["entry"][0]["resource"].update(status="done"),
        lambda made: made["entry"][0]["resource"].update(subject={"reference": "Patient/1"}),
        lambda made: made["entry"][0]["resource"]["type"]["coding"][0].update(code="44262-4"),
        lambda made: made["entry"][0]["resource"].update(date="12.11.2026"),
        lambda made: made["entry"].append({**made["entry"][1], "fullUrl": f"urn:uuid:{'0' * 36}"}),
    ):
        made = json.loads(json.dumps(good))
        break_it(made)
        with pytest.raises((AssertionError, ValueError)):
            check(made)
