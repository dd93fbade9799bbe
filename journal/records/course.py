"""A course of sessions, and the session itself."""

from __future__ import annotations

from enum import StrEnum

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


class Course(Record, frozen=True, kw_only=True, tag="course"):
    """A series of sessions. `planned` is the number of sessions as told to the person, or None."""

    title: str = ""
    started: Moment | None = None
    phase: Phase = Phase.PREPARATION
    planned: int | None = None
    notes: str = ""

    def __post_init__(self) -> None:
        check_line(self.title, "title")
        check_text(self.notes)
        if self.planned is not None and not 1 <= self.planned <= 999:
            raise InvalidRecord("The number of planned sessions must lie between 1 and 999.")

    @property
    def when(self) -> Moment | None:
        return self.started


class Session(Record, frozen=True, kw_only=True, tag="session"):
    """One dosing session. `starts` is the time of the dose, or the planned time before it.

    `dose` is kept as it was told ("50 mg", "two lozenges"), never calculated with. `happened` is False while
    the session still lies ahead. `number` is its place in the course, counted by the person's clinic.
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

    def __post_init__(self) -> None:
        for name in ("dose", "setting", "people"):
            check_line(getattr(self, name), name)
        check_text(self.notes)
        if self.number is not None and not 1 <= self.number <= 9999:
            raise InvalidRecord("The number of a session must lie between 1 and 9999.")

    @property
    def when(self) -> Moment:
        return self.starts
