"""The codes that go out, each from a list: LOINC's with where it was looked up, the program's own said to be so.

A code that is on no list is not written; its words stand alone. See docs/fhir.md.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from journal.records.checkin import SLIDERS
from journal.share.render_parts import HOW_HARD, OUTCOMES, STRENGTHS
from resources import read_text

Json = dict[str, Any]

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
# The name of this program's own codes. It leads nowhere on purpose: they are nobody else's.
LOCAL = "urn:uuid:634e5fe8-b1a8-4f12-985b-d20490d70a53"

CATEGORIES = {"survey": "Survey", "vital-signs": "Vital Signs"}
REASONS = {"unknown": "Unknown", "asked-declined": "Asked But Declined"}
UNITS = {"{score}": "score", "mm[Hg]": "mmHg", "/min": "per minute", "%": "%"}

_SECTIONS = {
    "section-scores": "Scores",
    "section-sessions": "Sessions",
    "section-notes": "Selected notes",
    "section-medicines": "Medicines",
    "section-effects": "Side effects",
    "section-left-out": "What was left out",
}
LOCALS: dict[str, str] = {
    **_SECTIONS,
    "check-in": "Check-in: sliders for “right now”",
    **{f"slider-{slider.name}": f"{slider.title}, 0 to 10, not validated" for slider in SLIDERS},
    "total": "Total of a questionnaire",
    "total-told": "Total of a questionnaire, as a clinic told it",
    "answer": "Answer to a questionnaire, by its words",
    "session": "Session",
    "side-effect": "Side effect, as the person wrote it down",
    "strength": "How strong",
    **{f"strength-{strength}": words for strength, words in STRENGTHS.items()},
    **{f"hard-{how}": words for how, words in HOW_HARD.items()},
    **{f"outcome-{outcome}": words for outcome, words in OUTCOMES.items()},
}


class _Listed(msgspec.Struct, frozen=True):
    what: str
    source: str


class _List(msgspec.Struct, frozen=True):
    allowed: dict[str, _Listed]


@cache
def allowed() -> dict[str, str]:
    """Every LOINC code that may be written, with what it is."""
    found: dict[str, str] = {}
    for folder in ("instruments", "fhir"):
        listed = msgspec.json.decode(read_text(folder, "loinc.json"), type=_List).allowed
        found |= {code: one.what.partition(": ")[2] or one.what for code, one in listed.items()}
    return found


def loinc(code: str, display: str = "") -> list[Json]:
    """One coding of LOINC's, or none where `code` is empty or on no list."""
    if code not in allowed():
        return []
    return [{"system": LOINC, "code": code, "display": display or allowed()[code]}]


def local(code: str, display: str = "") -> Json:
    """A coding of this program's own, which says that it is one."""
    return {"system": LOCAL, "code": code, "display": f"{display or LOCALS[code]} (local code)"}


def concept(text: str, *codings: Json) -> Json:
    """Words with the codes that say the same, if there are any."""
    return {**({"coding": list(codings)} if codings else {}), "text": text}


def category(code: str) -> list[Json]:
    """What kind of observation it is."""
    return [{"coding": [{"system": CATEGORY, "code": code, "display": CATEGORIES[code]}]}]


def absent(code: str = "unknown", words: str = "") -> Json:
    """Why there is no value."""
    return concept(words or REASONS[code], {"system": ABSENT, "code": code, "display": REASONS[code]})


def quantity(value: float, unit: str) -> Json:
    """A number with its unit; whole numbers without a point."""
    number = int(value) if value == int(value) else value
    return {"value": number, "unit": UNITS[unit], "system": UCUM, "code": unit}
