"""What format 2 adds to a share: answers to questionnaires, medicines, side effects, readings, what was hard.

Each of them stands by itself in the payload. `session` is the place in `Payload.sessions`, counted from 0, or None:
the session is not in the share, or there was none. Days and times are those of `SharedWriting`.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from journal.errors import InvalidRecord
from journal.records.base import check_line, check_text
from journal.records.body import Onset, StepKind, Strength
from journal.records.course import VitalsPoint
from journal.records.path import HowHard, Outcome, Whom
from journal.records.scales import MOST_ITEMS

MOST = 10**9  # what any number in a share is at most: none that a person has is as large, and every page can draw it


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class SharedAnswer(_Part, frozen=True):
    """One item as it was asked. `value` None: no answer; `declined`: the person preferred not to answer it."""

    text: str
    answer: str
    value: int | None
    declined: bool

    def __post_init__(self) -> None:
        check_text(self.text)
        check_line(self.answer, "answer")
        check_number(self.value)
        if self.declined and self.value is not None:
            raise InvalidRecord("An item that was declined has no answer.")


class SharedScale(_Part, frozen=True):
    """A questionnaire, or a total that a clinic told (`told`; then `scale` is empty and nothing is counted).

    `scale` and `version` name the questionnaire's pack. `total` is None where there is none, and `why_none` says why.
    `answered` of `expected` items count. `prorated`: the mean of these stands for the
    missing ones, as the published rule allows. `items` is empty unless item answers were chosen.
    """

    day: date
    at: datetime | None
    session: int | None
    scale: str
    version: int
    title: str
    total: float | None
    low: float | None
    high: float | None
    answered: int
    expected: int
    prorated: bool
    why_none: str
    told: bool
    told_by: str
    items: tuple[SharedAnswer, ...]
    note: str

    def __post_init__(self) -> None:
        check_when(self.day, self.at)
        for line in (self.scale, self.title, self.told_by, self.note):
            check_line(line, "line")
        check_text(self.why_none)
        for number in (self.version, self.total, self.low, self.high):
            check_number(number)
        if not 0 <= self.answered <= self.expected <= MOST_ITEMS or len(self.items) > MOST_ITEMS:
            raise InvalidRecord("More items were answered than there are.")


class SharedStep(_Part, frozen=True):
    """A medicine was started, changed or stopped on a day; `dose` as it was told."""

    kind: StepKind
    day: date
    dose: str
    note: str

    def __post_init__(self) -> None:
        check_line(self.dose, "dose")
        check_line(self.note, "note")


class SharedMedicine(_Part, frozen=True):
    """A medicine with its steps in the order of time. `reason` and `notes` are empty unless they were chosen."""

    name: str
    sort: str
    as_needed: bool
    steps: tuple[SharedStep, ...]
    reason: str
    notes: str

    def __post_init__(self) -> None:
        for line in (self.name, self.sort, self.reason):
            check_line(line, "line")
        check_text(self.notes)

    @property
    def day(self) -> date | None:
        """The first day that was told, or None."""
        return min((step.day for step in self.steps), default=None)


class SharedEffect(_Part, frozen=True):
    """A side effect in words. `onset` says how nearly it is known when it began; `at` is there only where that is a
    time. `gone` None: it is still there, or nobody said."""

    day: date
    at: datetime | None
    onset: Onset
    gone: date | None
    gone_at: datetime | None
    session: int | None
    what: str
    strength: Strength | None
    note: str

    def __post_init__(self) -> None:
        check_when(self.day, self.at)
        check_line(self.what, "name")
        check_text(self.note)
        if self.at is not None and self.onset is not Onset.TIME:
            raise InvalidRecord("What began at no known time has none.")
        if self.gone is not None:
            check_when(self.gone, self.gone_at)
        elif self.gone_at is not None:
            raise InvalidRecord("A time needs its day.")


class SharedReading(_Part, frozen=True):
    """Blood pressure (mmHg), pulse (a minute) and oxygen (per cent) at one of three points, typed by hand."""

    session: int
    point: VitalsPoint
    at: datetime | None
    systolic: int | None
    diastolic: int | None
    pulse: int | None
    oxygen: int | None

    def __post_init__(self) -> None:
        if self.at is not None:
            check_when(self.at.date(), self.at)
        for value in (self.systolic, self.diastolic, self.pulse, self.oxygen):
            if value is not None and not 1 <= value <= 400:
                raise InvalidRecord("This reading must lie between 1 and 400.")


class SharedDose(_Part, frozen=True):
    """A second dose of a session, as it was told."""

    session: int
    at: datetime | None
    dose: str

    def __post_init__(self) -> None:
        check_line(self.dose, "dose")
        if self.at is not None:
            check_when(self.at.date(), self.at)


class SharedHard(_Part, frozen=True):
    """Something that was hard. `talk`: the person wants to talk about it. `still`: whether it bothered them later."""

    day: date
    at: datetime | None
    session: int | None
    how: HowHard
    talk: bool
    still: bool | None
    note: str

    def __post_init__(self) -> None:
        check_when(self.day, self.at)
        check_text(self.note)


class SharedCommitment(_Part, frozen=True):
    """One small thing for the week from `day` on, and what became of it. `where`, `who` only if they were chosen."""

    day: date
    session: int | None
    text: str
    where: str
    who: str
    outcome: Outcome | None
    note: str

    def __post_init__(self) -> None:
        for line in (self.text, self.where, self.who):
            check_line(line, "line")
        check_text(self.note)


class SharedQuestion(_Part, frozen=True):
    """Something to ask, or to bring along. `asked`: it was; `answer`: what came back."""

    day: date
    session: int | None
    whom: Whom
    text: str
    asked: bool
    answer: str

    def __post_init__(self) -> None:
        check_text(self.text)
        check_text(self.answer)


def check_number(value: float | None) -> None:
    """Raise `InvalidRecord` unless `value` is None, or a number that can be shown."""
    if value is not None and not abs(value) <= MOST:  # nor is a NaN
        raise InvalidRecord("A total, its range and a count must be numbers below a thousand million.")


def check_when(day: date, at: datetime | None) -> None:
    """Raise `InvalidRecord` unless `at` is None, or on `day`, to the minute and with its offset."""
    if at is not None and (at.utcoffset() is None or at.date() != day or at.second or at.microsecond):
        raise InvalidRecord("A time needs its day and its offset, to the minute.")
