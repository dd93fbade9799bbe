"""Small shares to make documents of: one entry of a kind, and everything else as it is where nothing was chosen."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from journal.records import SLIDERS, HowHard, Onset, Outcome, Route, StepKind, Strength, VitalsPoint, Whom
from journal.scales import built_in, score
from journal.share import (
    Payload,
    SharedAnswer,
    SharedCheckIn,
    SharedCommitment,
    SharedDose,
    SharedEffect,
    SharedHard,
    SharedMedicine,
    SharedQuestion,
    SharedReading,
    SharedScale,
    SharedSession,
    SharedStep,
    SharedWriting,
    WritingKind,
)
from journal.share.payload import payload_of

DAY = date(2026, 11, 12)
SUMMER = timezone(timedelta(hours=2))


def share(**fields: Any) -> Payload:
    """A share with nothing in it but these."""
    empty: dict[str, Any] = {
        "share": "ab" * 16, "made": date(2026, 11, 23), "made_at": None, "sender": "", "to": "", "talk_about": "",
        "sessions": (), "writings": (), "checkins": (), "left_out": None,
    }  # fmt: skip
    return payload_of(**{**empty, **fields})


def session(**fields: Any) -> SharedSession:
    given: dict[str, Any] = {
        "day": DAY, "at": None, "number": 3, "route": Route.INTRAMUSCULAR, "dose": "50 mg", "happened": True,
        "place": "", "people": "", "notes": "", "intentions": (), "experiences": (), "integrations": (),
    }  # fmt: skip
    return SharedSession(**{**given, **fields})


def writing(kind: WritingKind = WritingKind.PAGE, **fields: Any) -> SharedWriting:
    given: dict[str, Any] = {
        "day": DAY, "at": None, "title": "", "text": "Words.", "marks": (), "tags": (), "modalities": (),
    }  # fmt: skip
    return SharedWriting(kind=kind, **{**given, **fields})


def checkin(**fields: Any) -> SharedCheckIn:
    given: dict[str, Any] = {"day": DAY, "at": None, "session": None, "window": None, "note": ""}
    return SharedCheckIn(**{**given, **{slider.name: None for slider in SLIDERS}, **fields})


def scale(
    name: str, answers: list[int | None], *, items: bool = True, declined: int = -1, **fields: Any
) -> SharedScale:
    """What is shared of answers to one of the program's questionnaires, added up by the program's own rule."""
    pack = built_in(name)
    added = score(pack, answers, (declined,) if declined >= 0 else ())
    shared = tuple(
        SharedAnswer(
            text=item.text,
            answer=next((one.text for one in pack.options_of(place) if one.value == value), ""),
            value=value,
            declined=place == declined,
        )
        for place, (item, value) in enumerate(zip(pack.items, answers, strict=True))
    )
    given: dict[str, Any] = {
        "day": DAY, "at": None, "session": None, "scale": name, "version": pack.version, "title": pack.title,
        "total": None if added.total is None else float(added.total), "low": added.low, "high": added.high,
        "answered": added.answered, "expected": added.expected, "prorated": added.prorated,
        "why_none": added.why_none, "told": False, "told_by": "", "items": shared if items else (), "note": "",
    }  # fmt: skip
    return SharedScale(**{**given, **fields})


def told(title: str, total: float | None, **fields: Any) -> SharedScale:
    given: dict[str, Any] = {
        "day": DAY, "at": None, "session": None, "scale": "", "version": 0, "title": title, "total": total,
        "low": None, "high": None, "answered": 0, "expected": 0, "prorated": False,
        "why_none": "", "told": True, "told_by": "", "items": (), "note": "",
    }  # fmt: skip
    return SharedScale(**{**given, **fields})


def step(kind: StepKind, day: date, dose: str = "", note: str = "") -> SharedStep:
    return SharedStep(kind=kind, day=day, dose=dose, note=note)


def medicine(*steps: SharedStep, **fields: Any) -> SharedMedicine:
    given: dict[str, Any] = {"name": "The white one", "sort": "", "as_needed": False, "reason": "", "notes": ""}
    return SharedMedicine(steps=steps, **{**given, **fields})


def effect(**fields: Any) -> SharedEffect:
    given: dict[str, Any] = {
        "day": DAY, "at": None, "onset": Onset.TIME, "gone": None, "gone_at": None, "session": None,
        "what": "Headache", "strength": Strength.MILD, "note": "",
    }  # fmt: skip
    return SharedEffect(**{**given, **fields})


def reading(**fields: Any) -> SharedReading:
    given: dict[str, Any] = {
        "session": 0, "point": VitalsPoint.BEFORE, "at": None, "systolic": None, "diastolic": None, "pulse": None,
        "oxygen": None,
    }  # fmt: skip
    return SharedReading(**{**given, **fields})


def hard(**fields: Any) -> SharedHard:
    given: dict[str, Any] = {
        "day": DAY, "at": None, "session": None, "how": HowHard.VERY, "talk": True, "still": None,
        "note": "The dark.",
    }  # fmt: skip
    return SharedHard(**{**given, **fields})


def commitment(**fields: Any) -> SharedCommitment:
    given: dict[str, Any] = {
        "day": DAY, "session": None, "text": "Walk by the river", "where": "", "who": "", "outcome": Outcome.PART,
        "note": "",
    }  # fmt: skip
    return SharedCommitment(**{**given, **fields})


def question(**fields: Any) -> SharedQuestion:
    given: dict[str, Any] = {
        "day": DAY, "session": None, "whom": Whom.PRESCRIBER, "text": "Why in the morning?", "asked": True,
        "answer": "Because of sleep.",
    }  # fmt: skip
    return SharedQuestion(**{**given, **fields})


def dose(**fields: Any) -> SharedDose:
    return SharedDose(**{"session": 0, "at": None, "dose": "25 mg", **fields})


def at(hour: int, minute: int = 0, day: date = DAY, zone: timezone = SUMMER) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
