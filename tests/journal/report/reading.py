"""How the tests read a FHIR document: by FHIR's own classes, and by what those do not look at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any
from xml.etree import ElementTree

from fhir.resources.R4B.bundle import Bundle

from journal.report import bundle
from journal.report.codes import ABSENT, CATEGORIES, CATEGORY, LOCAL, LOCALS, LOINC, REASONS, UCUM, UNITS
from journal.share import Payload
from resources import read_text

MADE = datetime(2026, 11, 26, 18, 30, tzinfo=UTC)
# hl7.org/fhir/R4: the value sets to which these elements are bound (required)
STATUS = {
    "Composition": {"preliminary", "final", "amended", "entered-in-error"},
    "Observation": {
        "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown",
    },
    "Procedure": {
        "preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown",
    },
    "MedicationStatement": {
        "active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown", "not-taken",
    },
    "QuestionnaireResponse": {"in-progress", "completed", "amended", "entered-in-error", "stopped"},
    "Questionnaire": {"draft", "active", "retired", "unknown"},
    "DocumentReference": {"current", "superseded", "entered-in-error"},
}  # fmt: skip
# hl7.org/fhir/R4/datatypes.html#dateTime
DATE_TIME = re.compile(
    r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])"
    r"(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00)))?)?)?"
)
TIMES = ("effectiveDateTime", "performedDateTime", "authored", "creation", "start", "end", "date")
EXTENSIONS = {
    "http://hl7.org/fhir/StructureDefinition/originalText",
    "http://hl7.org/fhir/StructureDefinition/display",
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
}


def listed() -> dict[str, dict[str, str]]:
    """LOINC's codes in the lists that ship."""
    found: dict[str, dict[str, str]] = {}
    for folder in ("instruments", "fhir"):
        found |= json.loads(read_text(folder, "loinc.json"))["allowed"]
    return found


def counting(first: int = 1) -> Any:
    """Ids in a row, the same each time."""
    numbers = count(first)
    return lambda: f"00000000-0000-4000-8000-{next(numbers):012d}"


def document(payload: Payload, **how: Any) -> dict[str, Any]:
    """The bundle as a reader gets it: through JSON, looked at from all sides."""
    made = json.loads(json.dumps(bundle(payload, made=MADE, **how)))
    check(made)
    return made


def check(made: dict[str, Any]) -> None:
    """Everything that holds for every document."""
    Bundle.model_validate(made)
    names = [entry["fullUrl"] for entry in made["entry"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name) for name in names)
    assert (made["type"], made["entry"][0]["resource"]["resourceType"]) == ("document", "Composition")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", made["timestamp"])
    assert made["identifier"]["system"] == "urn:ietf:rfc:3986"
    assert made["identifier"]["value"] not in names
    forms = [one["url"] for one in resources(made, "Questionnaire")]
    for where, key, value in walked(made):
        _check_value(where, key, value, names, forms)
    for resource in resources(made):
        if resource["resourceType"] in STATUS:
            assert resource["status"] in STATUS[resource["resourceType"]]
        if resource["resourceType"] == "Observation":
            has = [key for key in resource if key.startswith("value")]
            parts = "hasMember" in resource or "component" in resource
            assert len(has) <= 1 and (bool(has) != ("dataAbsentReason" in resource) or (parts and not has))
    assert reached(made) == set(names)


def _check_value(where: str, key: str, value: Any, names: list[str], forms: list[str]) -> None:
    assert value not in ("", [], {}, None), where
    if key == "reference":
        assert value in names, "it leads out of the document"
    elif key == "questionnaire":
        assert value in forms
    elif key in TIMES and isinstance(value, str):
        assert DATE_TIME.fullmatch(value), (where, value)
    elif key == "div":
        ElementTree.fromstring(value)
    elif key == "extension":
        assert {one["url"] for one in value} <= EXTENSIONS
    elif isinstance(value, dict) and "system" in value:
        _check_code(value)
    elif isinstance(value, str) and key not in ("data", "fullUrl"):
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", value)
        assert len(value) <= 1024 * 1024 or key == "div"


def _check_code(value: dict[str, Any]) -> None:
    system, code = value["system"], value.get("code")
    if system == LOINC:
        assert code in listed()
    elif system == LOCAL:
        assert code in LOCALS and value["display"].endswith("(local code)")
    elif system == CATEGORY:
        assert CATEGORIES[code] == value["display"]
    elif system == ABSENT:
        assert REASONS[code] == value["display"]
    elif system == UCUM:
        assert UNITS[code] == value["unit"]
    else:
        assert system == "urn:ietf:rfc:3986"


def walked(value: Any, where: str = "", key: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every value within, with its path and the key it stands under."""
    yield where, key, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from walked(inner, f"{where}.{name}", name)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from walked(inner, f"{where}[{number}]", "")


def resources(made: dict[str, Any], kind: str = "") -> list[dict[str, Any]]:
    """The resources, or those of one type."""
    found = [entry["resource"] for entry in made["entry"]]
    return [one for one in found if not kind or one["resourceType"] == kind]


def reached(made: dict[str, Any]) -> set[str]:
    """What can be come to from the composition: FHIR asks it of all that a document holds."""
    by_name = {entry["fullUrl"]: entry["resource"] for entry in made["entry"]}
    by_name |= {one["url"]: one for one in resources(made, "Questionnaire")}
    waiting, seen = [made["entry"][0]["fullUrl"]], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for _, key, value in walked(by_name[name]):
            if key in ("reference", "questionnaire"):
                waiting.append(value)
    return seen


def section(made: dict[str, Any], title: str) -> dict[str, Any]:
    return next(one for one in made["entry"][0]["resource"]["section"] if one["title"] == title)


def of_section(made: dict[str, Any], title: str) -> list[dict[str, Any]]:
    """The resources that a section names."""
    by_name = {entry["fullUrl"]: entry["resource"] for entry in made["entry"]}
    return [by_name[one["reference"]] for one in section(made, title).get("entry", [])]


def codes(resource: dict[str, Any]) -> list[str]:
    return [one["code"] for one in resource["code"].get("coding", [])]


def coded(made: dict[str, Any], code: str) -> list[dict[str, Any]]:
    """The observations of that code."""
    return [one for one in resources(made, "Observation") if code in codes(one)]


def said(resource: dict[str, Any]) -> str:
    """All notes of a resource."""
    return "\n".join(note["text"] for note in resource.get("note", []))
