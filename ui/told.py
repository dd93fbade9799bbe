"""All that courses, sessions, providers, costs and lists say, as names and values: what their versions are compared
by."""

from __future__ import annotations

from decimal import Decimal

from journal.records import Checklist, Course, CoursePhase, Expense, Moment, Person, Provider, Record, Session, Vitals
from ui import words

Fields = list[tuple[str, object]]


def fields_of(record: Record) -> Fields:
    """The fields of a record; none for other kinds."""
    match record:
        case Session():
            return _session(record)
        case Course():
            return _course(record)
        case Provider():
            return [
                ("Name", record.name), ("What they do", words.ROLE_NAMES[record.role]), ("Where", record.place),
                ("How to reach them", record.reach), ("Notes", record.notes),
            ]  # fmt: skip
        case Expense():
            sums = (record.amount, record.covered)
            amount, covered = (words.money(Decimal(one), record.currency) for one in sums)
            return [
                ("When", words.day(record.at)), ("What it was for", record.what), ("What it cost", amount),
                ("Covered", covered), ("Notes", record.notes),
            ]  # fmt: skip
        case Person():
            return [
                ("Name", record.name), ("How to reach them", record.reach), ("A word beside it", record.notes),
                ("Shown before unlocking", "yes" if record.without_password else "no"),
            ]  # fmt: skip
        case Checklist():
            return [("", line) for line in record.lines]
        case _:
            return []


def lines_of(fields: Fields) -> str:
    """The fields that say something, one on a line."""
    return "\n".join(f"{name}: {value}" if name else str(value) for name, value in fields if value not in (None, ""))


def _session(one: Session) -> Fields:
    return [
        ("When", words.day_and_time(one.starts)), ("It has taken place", "yes" if one.happened else "no"),
        ("Which session of the course", one.number),
        ("How I am arriving", one.arriving),
        ("Where", one.setting), ("Who was there", one.people), ("Who can be called", one.support),
        ("The way home", one.ride), ("What my prescriber told me", one.told),
        ("Medicines answered", len(one.taken) or None),
        *(("Prepared" if ready.done else "To prepare", ready.text) for ready in one.prepared if ready.text),
        ("How it was given", words.ROUTE_NAMES.get(one.route) if one.route else None),
        ("Dose, as told", one.dose), ("A second dose, as told", one.second_dose),
        ("When the second dose was given", _moment(one.second_at)), ("When it was over", _moment(one.ended)),
        *((words.POINT_NAMES[vitals.point], _reading(vitals)) for vitals in one.vitals),
        ("Notes", one.notes),
    ]  # fmt: skip


def _course(one: Course) -> Fields:
    return [
        ("Name", one.title), ("For", ", ".join(words.TARGET_NAMES.get(target, target) for target in one.targets)),
        ("Where it stands", words.PHASE_NAMES[one.phase]), ("Sessions planned", one.planned),
        ("Began", _moment(one.started)),
        *(("Phase", _phase(phase)) for phase in one.phases),
        ("Providers", len(one.providers) or None), ("Notes", one.notes),
    ]  # fmt: skip


def _phase(phase: CoursePhase) -> str:
    began, ended = (words.day_short(at) if at else "" for at in (phase.started, phase.ended))
    told = [words.PHASE_NAMES[phase.kind], phase.name, began, f"until {ended}" if ended else ""]
    told += [f"{phase.planned} planned" if phase.planned else "", phase.notes]
    return ", ".join(part for part in told if part)


def _reading(one: Vitals) -> str:
    parts = [one.systolic, one.diastolic, one.pulse, one.oxygen]
    names = ("{} upper", "{} lower", "pulse {}", "oxygen {} %")
    return ", ".join(name.format(part) for name, part in zip(names, parts, strict=True) if part is not None)


def _moment(at: Moment | None) -> str:
    return words.day_and_time(at) if at is not None else ""
