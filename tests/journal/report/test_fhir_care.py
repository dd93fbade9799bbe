"""Sessions, doses, readings, medicines and side effects as FHIR: statements of a person, and never more."""

from __future__ import annotations

import json
from datetime import date

import pytest

from journal.records import Route, StepKind, VitalsPoint
from journal.share import Dates
from tests.journal.report.payloads import DAY, at, dose, effect, medicine, reading, session, share, step
from tests.journal.report.reading import coded, document, of_section, resources, said

START, CHANGE, STOP = StepKind.START, StepKind.CHANGE, StepKind.STOP
EARLY, LATE = date(2026, 3, 1), date(2026, 10, 5)


def test_a_session_is_a_procedure_that_the_patient_tells_of():
    made = document(share(sessions=(session(at=at(14, 30), place="the clinic", people="Ruth", notes="Long."),)))
    (procedure,) = resources(made, "Procedure")
    assert (procedure["status"], procedure["performedDateTime"]) == ("completed", "2026-11-12T14:30:00+02:00")
    assert procedure["code"]["text"] == "Session 3"
    assert said(procedure) == "Where: the clinic\nWho was there: Ruth\nLong."
    patient = made["entry"][1]
    assert procedure["asserter"]["reference"] == patient["fullUrl"]


def test_a_session_ahead_is_not_said_to_have_been():
    made = document(share(sessions=(session(happened=False),)))
    assert resources(made, "Procedure")[0]["status"] == "preparation"
    assert resources(made, "MedicationStatement")[0]["status"] == "intended"


def test_a_dose_is_a_statement_and_no_administration():
    made = document(share(sessions=(session(route=Route.INTRANASAL),), doses=(dose(at=at(15, 10)),)))
    assert "MedicationAdministration" not in json.dumps(made)
    first, second = resources(made, "MedicationStatement")
    assert first["dosage"] == [{"text": "50 mg", "route": {"text": "nasal"}}]
    assert second["dosage"] == [{"text": "25 mg"}]
    assert second["effectiveDateTime"] == "2026-11-12T15:10:00+02:00"
    assert "second dose" in said(second)
    by_name = {entry["fullUrl"]: entry["resource"] for entry in made["entry"]}
    for one in (first, second):
        assert by_name[one["informationSource"]["reference"]]["resourceType"] == "Patient"
        assert by_name[one["partOf"][0]["reference"]]["resourceType"] == "Procedure"
        assert "does not name it" in one["medicationCodeableConcept"]["text"]
    assert [one["resourceType"] for one in of_section(made, "Sessions")] == [
        "Procedure", "MedicationStatement", "MedicationStatement",
    ]  # fmt: skip


def test_a_session_of_which_nothing_was_told_has_no_dose():
    assert resources(document(share(sessions=(session(route=None, dose=" "),))), "MedicationStatement") == []


def test_readings_have_their_codes_and_say_that_they_were_typed():
    read = reading(systolic=128, diastolic=82, pulse=71, oxygen=98, point=VitalsPoint.LEAVING, at=at(16, 5))
    made = document(share(sessions=(session(),), readings=(read,)))
    (pressure,), (pulse,), (oxygen,) = (coded(made, code) for code in ("85354-9", "8867-4", "2708-6"))
    assert [(one["code"]["coding"][0]["code"], one["valueQuantity"]["value"]) for one in pressure["component"]] == [
        ("8480-6", 128), ("8462-4", 82),
    ]  # fmt: skip
    assert (pulse["valueQuantity"]["code"], oxygen["valueQuantity"]["code"]) == ("/min", "%")
    for one in (pressure, pulse, oxygen):
        assert one["category"][0]["coding"][0]["code"] == "vital-signs"
        assert "typed by hand" in said(one) and "Read: before leaving." in said(one)
        assert one["effectiveDateTime"] == "2026-11-12T16:05:00+02:00"
        assert "performer" not in one  # nobody said who read it


def test_half_a_blood_pressure_says_that_the_other_half_is_not_known():
    made = document(share(sessions=(session(),), readings=(reading(systolic=120),)))
    parts = coded(made, "85354-9")[0]["component"]
    assert parts[0]["valueQuantity"]["value"] == 120
    assert parts[1]["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert coded(made, "8867-4") == []


@pytest.mark.parametrize(
    ("steps", "status", "period"),
    [
        ((), "unknown", None),
        ((step(START, EARLY),), "active", {"start": "2026-03-01"}),
        ((step(START, EARLY), step(CHANGE, LATE)), "active", {"start": "2026-03-01"}),
        ((step(START, EARLY), step(STOP, LATE)), "stopped", {"start": "2026-03-01", "end": "2026-10-05"}),
        ((step(CHANGE, LATE),), "active", None),
        ((step(STOP, LATE),), "stopped", None),
        ((step(START, EARLY), step(STOP, LATE), step(START, DAY)), "active", None),
    ],
)
def test_a_medicine_has_a_period_only_where_it_is_plain(steps, status, period):
    (stated,) = resources(document(share(medicines=(medicine(*steps),))), "MedicationStatement")
    assert stated["status"] == status
    assert stated.get("effectivePeriod") == period
    assert "checked against a prescription" in said(stated)


def test_a_medicine_tells_all_its_steps_as_they_were_told():
    steps = (step(START, EARLY, "one", "with food"), step(CHANGE, LATE, "two"), step(STOP, DAY, "", "as agreed"))
    whole = medicine(*steps, sort="for sleep", as_needed=True, reason="the nights", notes="Dry mouth.")
    (stated,) = resources(document(share(medicines=(whole,))), "MedicationStatement")
    assert said(stated).splitlines()[1:] == [
        "Kind: for sleep", "started 1 March 2026; one; with food", "changed 5 October 2026; two",
        "stopped 12 November 2026; as agreed", "Dry mouth.",
    ]  # fmt: skip
    assert stated["dosage"] == [{"text": "two", "asNeededBoolean": True}]
    assert stated["reasonCode"] == [{"text": "the nights"}]


def test_a_side_effect_is_an_observation_without_a_cause():
    made = document(share(sessions=(session(),), effects=(effect(session=0, note="Behind the eye.", at=at(7, 5)),)))
    assert "AdverseEvent" not in json.dumps(made)
    (seen,) = coded(made, "side-effect")
    assert seen["valueString"] == "Headache"
    assert seen["effectivePeriod"] == {"start": "2026-11-12T07:05:00+02:00"}
    assert seen["component"][0]["valueCodeableConcept"]["coding"][0]["code"] == "strength-mild"
    assert said(seen) == "Behind the eye."
    assert of_section(made, "Side effects") == [seen]


def test_a_side_effect_that_is_gone_ends_and_one_that_ends_before_it_began_does_not():
    ended = coded(document(share(effects=(effect(gone=date(2026, 11, 14)),))), "side-effect")[0]
    assert ended["effectivePeriod"] == {"start": "2026-11-12", "end": "2026-11-14"}
    turned = coded(document(share(effects=(effect(gone=date(2026, 11, 2)),))), "side-effect")[0]
    assert turned["effectivePeriod"] == {"start": "2026-11-12"}


def test_by_months_periods_are_months():
    made = document(share(effects=(effect(day=EARLY, gone=date(2026, 10, 1)),), dates=Dates.MONTH))
    assert coded(made, "side-effect")[0]["effectivePeriod"] == {"start": "2026-03", "end": "2026-10"}
