"""What a list says of an entry that was not written in the editor: its title, and one line of what is in it."""

from __future__ import annotations

from typing import NamedTuple

from journal.records import (
    SLIDERS,
    Attachment,
    CheckIn,
    Commitment,
    Course,
    HardMoment,
    Medicine,
    Question,
    ScaleAnswers,
    ScaleTotal,
    Session,
    SideEffect,
    UnknownRecord,
)
from journal.records.base import Record
from journal.records.body import effect_name

SNIPPET = 200  # characters


class Line(NamedTuple):
    """`listed`: whether it stands in the journey."""

    title: str = ""
    snippet: str = ""
    listed: bool = False


def line_of(record: Record | UnknownRecord) -> Line:
    """The line of a record. What is private by its nature (costs, people, providers) is never listed."""
    match record:
        case CheckIn():
            return Line("", checkin_line(record), True)
        case Session():
            return Line("", _joined(record.dose, record.setting, record.people), True)
        case Course():
            return Line(record.title or "Course", one_line(record.notes), True)
        case SideEffect():
            return Line(effect_name(record.what), one_line(record.note), True)
        case Medicine():
            doses = [step.dose for step in record.steps if step.dose]
            return Line(record.name, _joined(*doses[-1:], record.reason), True)
        case Question():
            return Line(one_line(record.text), one_line(record.answer), True)
        case Commitment():
            return Line(record.text, _joined(record.where, one_line(record.note)), True)
        case HardMoment():
            return Line("", "", True)
        case ScaleAnswers():
            return Line(record.title, record.note, True)
        case ScaleTotal():
            total = f"{record.name}: {record.total:g}" if record.total is not None else record.name
            return Line(total, record.note, True)
        case Attachment():
            return Line(record.name)
        case _:
            return Line()


def words_of(record: Record | UnknownRecord) -> tuple[str, ...]:
    """What such an entry can be found by."""
    match record:
        case Session():
            return (
                record.dose, record.setting, record.people, record.notes, record.arriving, record.told,
                record.support, record.ride, record.second_dose,
            )  # fmt: skip
        case Course():
            names = (text for phase in record.phases for text in (phase.name, phase.notes))
            return (record.title, record.notes, *record.targets, *names)
        case CheckIn():
            return (record.note,)
        case ScaleAnswers():
            return (record.title, record.note)
        case SideEffect():
            return (effect_name(record.what), record.note)
        case Medicine():
            steps = (text for step in record.steps for text in (step.dose, step.note))
            return (record.name, record.sort, record.reason, record.notes, *steps)
        case Question():
            return (record.text, record.answer)
        case Commitment():
            return (record.text, record.where, record.who, record.note)
        case HardMoment():
            return (record.note, *record.tell)
        case ScaleTotal():
            return (record.name, record.told_by, record.note)
        case _:
            return ()


def checkin_line(checkin: CheckIn) -> str:
    """The answers of a check-in on one line: "Mood 6 · Calm 4"."""
    answers = [(slider.title, getattr(checkin, slider.name)) for slider in SLIDERS]
    return _joined(*(f"{title} {value}" for title, value in answers if value is not None), checkin.note)


def one_line(text: str) -> str:
    """The beginning of a text on one line, with one space for whatever stands between two words."""
    begin = text[: SNIPPET + SNIPPET // 16]  # as a rule there is little to fold
    plain = begin.replace("\n\n", " ").replace("\n", " ")
    simple = "  " not in plain and plain.isprintable()  # no other white space is
    short = plain.strip() if simple else " ".join(begin.split())
    if len(short) <= SNIPPET and len(begin) < len(text):
        short = " ".join(text[: 3 * SNIPPET].split())
    return short[:SNIPPET]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
