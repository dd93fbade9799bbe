"""The body's side: effects that came and went, and medicines as they were started, changed and stopped.

Nothing here is judged, and no dose is calculated with: all of it is kept as it was told.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from journal.records.base import Moment, Record, check_line, check_text

# Effects that people are asked about after ketamine, in our own words. A person may write their own.
SIDE_EFFECTS: tuple[tuple[str, str], ...] = (
    ("nausea", "Nausea"),
    ("vomiting", "Being sick"),
    ("dizziness", "Dizziness"),
    ("unsteady", "Unsteady on my feet"),
    ("headache", "Headache"),
    ("tired", "Tired or sleepy"),
    ("detached", "Feeling detached"),
    ("senses", "Things looked or sounded different"),
    ("blurred", "Blurred sight"),
    ("numb", "Numb or tingling"),
    ("heart", "Heart beating fast"),
    ("anxious", "Anxious or restless"),
    ("confused", "Hard to think or remember"),
    ("sleep", "Sleep was different"),
    ("bladder", "Passing water often, or pain with it"),
    ("stomach", "Pain in the belly"),
)


_EFFECTS = dict(SIDE_EFFECTS)


def effect_name(what: str) -> str:
    """What a side effect is called: the name of its code, or the person's own words as they were typed."""
    return what[1:] if what[:1] == " " and what[1:] in _EFFECTS else _EFFECTS.get(what, what)


def own_effect(words: str) -> str:
    """Own words for `what`. Those that are spelled like a code get a space before them, so as not to be one.

    Those that were kept without it read as the code ("heart": "Heart beating fast"), and there is no safe way to read
    them otherwise: nothing in the record, nor in its earlier versions, tells them from a code that was tapped.
    """
    return f" {words}" if words in _EFFECTS else words


class Strength(StrEnum):
    """How strong something was, as the person would say it."""

    MILD = "mild"
    MODERATE = "moderate"
    STRONG = "strong"


class SideEffect(Record, frozen=True, kw_only=True, tag="sideeffect"):
    """Something the body did. `what`: a code from `SIDE_EFFECTS`, or own words (see `own_effect`).
    `gone` None: it is still there, or nobody said."""

    what: str
    began: Moment
    gone: Moment | None = None
    strength: Strength | None = None
    note: str = ""
    session: str | None = None

    def __post_init__(self) -> None:
        check_line(self.what, "name")
        check_text(self.note)

    @property
    def when(self) -> Moment:
        return self.began


class StepKind(StrEnum):
    """What happened to a medicine."""

    START = "start"
    CHANGE = "change"
    STOP = "stop"


class MedicineStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A medicine was started, changed or stopped. `dose` as it was told.

    `whole_day`: only the day is known, and the time of `at` means nothing (it is noon, which every day has).
    """

    kind: StepKind
    at: Moment
    dose: str = ""
    note: str = ""
    whole_day: bool = False

    def __post_init__(self) -> None:
        check_line(self.dose, "dose")
        check_line(self.note, "note")


class Medicine(Record, frozen=True, kw_only=True, tag="medicine"):
    """A medicine with its steps in the order of time. `sort` is what kind of medicine it is, in any words."""

    name: str
    sort: str = ""
    reason: str = ""
    as_needed: bool = False
    steps: tuple[MedicineStep, ...] = ()
    notes: str = ""

    def __post_init__(self) -> None:
        for name in ("name", "sort", "reason"):
            check_line(getattr(self, name), name)
        check_text(self.notes)

    @property
    def when(self) -> Moment | None:
        return min((step.at for step in self.steps), default=None)
