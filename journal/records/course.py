"""A course of sessions, and the session itself."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from journal.errors import InvalidRecord
from journal.records.base import Moment, Record, check_line, check_text


class Phase(StrEnum):
    """Where a course stands. The person says so; the program never moves it."""

    PREPARATION = "preparation"
    INDUCTION = "induction"
    MAINTENANCE = "maintenance"
    PAUSE = "pause"
    ENDED = "ended"


class Route(StrEnum):
    """How a dose was given. Doses of different routes are never compared by number."""

    INTRAVENOUS = "iv"
    INTRAMUSCULAR = "im"
    SUBCUTANEOUS = "sc"
    SUBLINGUAL = "sublingual"
    BUCCAL = "buccal"
    INTRANASAL = "intranasal"
    ORAL = "oral"
    RECTAL = "rectal"
    OTHER = "other"


# What a course may be for, in the field's usual words. A person may write words of their own instead.
TARGETS: tuple[tuple[str, str], ...] = (
    ("depression", "Depression"),
    ("anxiety", "Anxiety"),
    ("ptsd", "PTSD"),
    ("ocd", "OCD"),
    ("pain", "Pain"),
)


class CoursePhase(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stretch of a course, named by the person. `planned` is a number of sessions as it was told, or None.

    It lasts from `started` until `ended`, or until the next one began.
    """

    kind: Phase
    name: str = ""
    started: Moment | None = None
    ended: Moment | None = None
    planned: int | None = None
    notes: str = ""

    def __post_init__(self) -> None:
        check_line(self.name, "name")
        check_text(self.notes)
        _check_planned(self.planned)


class Course(Record, frozen=True, kw_only=True, tag="course"):
    """A series of sessions. `planned` is the number of sessions as told to the person, or None.

    `phase` is where it stands; `phases` are its stretches in the order of time, where the person keeps them.
    `targets`: codes from `TARGETS`, or own words. `providers`: ids of `Provider` entries.
    """

    title: str = ""
    started: Moment | None = None
    phase: Phase = Phase.PREPARATION
    planned: int | None = None
    notes: str = ""
    phases: tuple[CoursePhase, ...] = ()
    targets: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_line(self.title, "title")
        check_text(self.notes)
        _check_planned(self.planned)
        for target in self.targets:
            check_line(target, "target")

    @property
    def when(self) -> Moment | None:
        return self.started


class VitalsPoint(StrEnum):
    """When a reading was taken: the three points of the usual monitoring form."""

    BEFORE = "before"
    MIDDLE = "middle"  # about 40 minutes after the dose
    LEAVING = "leaving"


class Vitals(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reading as the clinic told it: mmHg, beats a minute, per cent of oxygen. Typed by hand, never judged."""

    point: VitalsPoint
    systolic: int | None = None
    diastolic: int | None = None
    pulse: int | None = None
    oxygen: int | None = None
    at: Moment | None = None

    def __post_init__(self) -> None:
        for name, most in (("systolic", 400), ("diastolic", 300), ("pulse", 400), ("oxygen", 100)):
            value = getattr(self, name)
            if value is not None and not 1 <= value <= most:
                raise InvalidRecord(f"This reading must lie between 1 and {most}.")


class Taken(StrEnum):
    """Whether a medicine was taken in the 24 hours before a session."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class TakenBefore(Struct, frozen=True, forbid_unknown_fields=True):
    """A medicine (its entry's id) and whether it was taken in the 24 hours before."""

    medicine: str
    taken: Taken


class Ready(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the list of what to prepare."""

    text: str
    done: bool = False

    def __post_init__(self) -> None:
        check_line(self.text, "line")


class Session(Record, frozen=True, kw_only=True, tag="session"):
    """One dosing session. `starts` is the time of the dose, or the planned time before it.

    `dose` is kept as it was told ("50 mg", "two lozenges"), never calculated with. `happened` is False while
    the session still lies ahead. `number` is its place in the course, counted by the person's clinic.
    Before: `arriving` is how they come to it ("set"), `told` what the prescriber told them about the medicines of the
    day, `support` who is with them or can be called, `ride` how they get home, `prepared` their list.
    During: a second dose with its time, what was read of blood pressure and pulse, when it was over.
    """

    starts: Moment
    course: str | None = None
    number: int | None = None
    route: Route | None = None
    dose: str = ""
    setting: str = ""
    people: str = ""
    happened: bool = False
    notes: str = ""
    arriving: str = ""
    told: str = ""
    support: str = ""
    ride: str = ""
    prepared: tuple[Ready, ...] = ()
    taken: tuple[TakenBefore, ...] = ()
    second_at: Moment | None = None
    second_dose: str = ""
    ended: Moment | None = None
    vitals: tuple[Vitals, ...] = ()

    def __post_init__(self) -> None:
        check_text(self.arriving)
        check_text(self.told)
        for name in ("dose", "setting", "people", "support", "ride", "second_dose"):
            check_line(getattr(self, name), name)
        check_text(self.notes)
        if self.number is not None and not 1 <= self.number <= 9999:
            raise InvalidRecord("The number of a session must lie between 1 and 9999.")

    @property
    def when(self) -> Moment:
        return self.starts


def _check_planned(planned: int | None) -> None:
    if planned is not None and not 1 <= planned <= 999:
        raise InvalidRecord("The number of planned sessions must lie between 1 and 999.")
