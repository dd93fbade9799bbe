"""Courses with their phases and providers, what there is to say of a session, and the log of costs, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from journal.exchange.markdown_text import Records, facts, line, text_to_markdown, time_of, when
from journal.records import TARGETS, Course, CoursePhase, Expense, Medicine, Moment, Provider, Session, Vitals
from journal.records.course import VitalsPoint

_TARGET = dict(TARGETS)
_POINTS = {
    VitalsPoint.BEFORE: "Before", VitalsPoint.MIDDLE: "About 40 minutes after", VitalsPoint.LEAVING: "Before leaving",
}  # fmt: skip


def courses(records: Records) -> Iterator[str]:
    """Each course with its phases, and who is part of it."""
    every = sorted((record for record in records.values() if isinstance(record, Course)), key=time_of)
    for course in every:
        yield f"# Course{f': {line(course.title)}' if course.title.strip() else ''}\n"
        yield facts(
            (
                ("Where it stands", course.phase.value),
                ("For", ", ".join(_TARGET.get(code, code) for code in course.targets)),
                ("Began", _day(course.started)),
                ("Sessions planned", str(course.planned or "")),
            )
        )
        if course.phases:
            yield "Phases:\n"
            yield "".join(_phase(phase) for phase in course.phases)
        found = [records.get(eid) for eid in course.providers]
        mine = [one for one in found if isinstance(one, Provider)]
        if mine:
            yield "Who is part of it:\n"
            yield "".join(_provider(one) for one in mine)
        if course.notes.strip():
            yield text_to_markdown(course.notes, ()) + "\n"
    named = {eid for course in every for eid in course.providers}
    others = [one for eid, one in records.items() if isinstance(one, Provider) and eid not in named]
    if others:
        yield "# Providers and clinics\n"
        yield "".join(_provider(one) for one in others)


def session_facts(session: Session, records: Records) -> str:
    """What was noted of a session besides its notes."""
    taken = []
    for one in session.taken:
        medicine = records.get(one.medicine)
        if isinstance(medicine, Medicine):
            taken.append(f"{medicine.name}: {one.taken.value}")
    told = facts(
        (
            ("When", when(session.starts.at)),
            ("Route", session.route.value if session.route else ""),
            ("Dose, as told", session.dose),
            ("Second dose, as told", session.second_dose),
            ("Second dose at", _time(session.second_at)),
            ("Ended", _time(session.ended)),
            ("Setting", session.setting),
            ("Who was there", session.people),
            ("Arriving", session.arriving),
            ("Support", session.support),
            ("The way home", session.ride),
            ("What the prescriber told about the day's medicines", session.told),
            ("Taken in the 24 hours before", "; ".join(taken)),
            ("Planned only", "" if session.happened else "yes"),
        )
    )
    told += "".join(f"- {_POINTS[one.point]}: {reading(one)}\n" for one in session.vitals if reading(one))
    ready = "".join(f"- [{'x' if one.done else ' '}] {line(one.text)}\n" for one in session.prepared if one.text)
    return told + (f"\nPrepared:\n\n{ready}" if ready else "")


def reading(vitals: Vitals) -> str:
    """ "128/82 mmHg, pulse 71 a minute, oxygen 98 %"; a dash for what was not read."""
    parts = []
    if vitals.systolic is not None or vitals.diastolic is not None:
        upper, lower = ("–" if value is None else str(value) for value in (vitals.systolic, vitals.diastolic))
        parts.append(f"{upper}/{lower} mmHg")
    if vitals.pulse is not None:
        parts.append(f"pulse {vitals.pulse} a minute")
    if vitals.oxygen is not None:
        parts.append(f"oxygen {vitals.oxygen} %")
    return ", ".join(parts)


def costs(records: Records) -> Iterator[str]:
    """The private log, where it was ticked to go along."""
    every = sorted((record for record in records.values() if isinstance(record, Expense)), key=time_of)
    if every:
        head = "| When | What | Amount | Covered | Left | Currency | Notes |\n|---|---|---|---|---|---|---|\n"
        rows = (
            f"| {one.at.at:%Y-%m-%d} | {line(one.what)} | {one.amount} | {one.covered} | "
            f"{Decimal(one.amount) - Decimal(one.covered)} | {one.currency} | {line(one.notes)} |\n"
            for one in every
        )
        yield "# Costs\n\n" + head + "".join(rows)


def _phase(phase: CoursePhase) -> str:
    name = f"{line(phase.name)} ({phase.kind.value})" if phase.name.strip() else phase.kind.value.capitalize()
    time = " to ".join(filter(None, (_day(phase.started), _day(phase.ended))))
    if phase.ended is None and phase.started is not None:
        time = f"since {time}"
    planned = f"{phase.planned} planned" if phase.planned else ""
    return "- " + ", ".join(filter(None, (name, time, planned, line(phase.notes.strip())))) + "\n"


def _provider(one: Provider) -> str:
    told = (one.name, one.role.value, one.place, one.reach, one.notes)
    return "- " + ", ".join(line(text) for text in told if text.strip()) + "\n"


def _day(at: Moment | None) -> str:
    return f"{at.at:%Y-%m-%d}" if at is not None else ""


def _time(at: Moment | None) -> str:
    return when(at.at) if at is not None else ""
