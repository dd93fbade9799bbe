"""The blocks of what came with format 2: readings, questionnaires, medicines, side effects, what was hard, and more.

Their words are the program's own; whatever the person wrote is `own`. Nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from journal.records.body import ONSETS, StepKind, Strength
from journal.records.course import VitalsPoint
from journal.records.path import HowHard, Outcome, Whom
from journal.share.blocks import BLANK, Block, BlockKind, clock_text, day_short, day_text, session_label
from journal.share.parts import (
    SharedCommitment,
    SharedEffect,
    SharedHard,
    SharedMedicine,
    SharedQuestion,
    SharedReading,
    SharedScale,
)
from journal.share.payload import Payload

SCALE_NOTE = (
    "Totals of questionnaires are added up from the answers by the published rule of each. Where a rule does not "
    "allow a total, there is none: a missing answer is never counted as 0. “Prorated”: the mean of the given answers "
    "stands for the missing ones, as that rule allows. A total “as told” was typed from what a clinic said."
)
ITEMS_LEFT = "Item answers are not shared."
MEDICINE_NOTE = "Medicines and doses as the person was told them. Nothing here was checked against a prescription."
EFFECT_NOTE = "Typed by the person. A side effect without an end may be gone, too: then nobody noted it."
READING_NOTE = "Readings were typed by hand, as they were told or seen."
POINTS: dict[VitalsPoint, str] = {
    VitalsPoint.BEFORE: "Before",
    VitalsPoint.MIDDLE: "In the middle",
    VitalsPoint.LEAVING: "Before leaving",
}
STEPS: dict[StepKind, str] = {StepKind.START: "started", StepKind.CHANGE: "changed", StepKind.STOP: "stopped"}
STRENGTHS: dict[Strength, str] = {Strength.MILD: "mild", Strength.MODERATE: "moderate", Strength.STRONG: "strong"}
HOW_HARD: dict[HowHard, str] = {HowHard.BIT: "a bit hard", HowHard.VERY: "very hard"}
LATER = {True: "still bothered by it", False: "no longer bothered by it"}  # of what was hard
OUTCOMES: dict[Outcome, str] = {
    Outcome.DID: "done",
    Outcome.PART: "partly done",
    Outcome.NOT_YET: "not yet",
    Outcome.NOT_MINE: "no longer theirs",
}


def scales(payload: Payload) -> tuple[Block, ...]:
    """All questionnaires: a table of totals, then items and notes where they were chosen."""
    return tuple(_scales(payload, _first(payload, SharedScale))) if payload.scales else ()


def medicines(payload: Payload) -> tuple[Block, ...]:
    """All medicines, a line for each thing that was told of one."""
    return tuple(_medicines(payload, _first(payload, SharedMedicine))) if payload.medicines else ()


def effects(payload: Payload) -> tuple[Block, ...]:
    """All side effects as a table, then the notes."""
    return tuple(_effects(payload, _first(payload, SharedEffect))) if payload.effects else ()


def hard(payload: Payload) -> tuple[Block, ...]:
    """What was hard, one after the other."""
    return tuple(_hard(payload, _first(payload, SharedHard))) if payload.hard else ()


def commitments(payload: Payload) -> tuple[Block, ...]:
    """One small thing a week, and what became of it."""
    return tuple(_commitments(payload, _first(payload, SharedCommitment))) if payload.commitments else ()


def questions(payload: Payload) -> tuple[Block, ...]:
    """What the person wants to ask, or to bring along."""
    return tuple(_questions(payload, _first(payload, SharedQuestion))) if payload.questions else ()


def parts(payload: Payload) -> Iterator[Block]:
    """All of these, in the order of `Payload.parts`."""
    for group in (scales, medicines, effects, hard, commitments, questions):
        yield from group(payload)


def session_facts(payload: Payload, index: int) -> list[tuple[str, str]]:
    """What format 2 adds to a session's facts: a second dose, and the readings."""
    facts = []
    for dose in payload.doses:
        if dose.session == index:
            said = (dose.dose, clock_text(dose.at) if dose.at is not None else "")
            facts.append(("Second dose, as told", ", ".join(part for part in said if part) or "yes"))
    facts += [(POINTS[one.point], reading_text(one)) for one in payload.readings if one.session == index]
    return facts


def reading_text(reading: SharedReading) -> str:
    """ "128/82 mmHg, pulse 71, oxygen 98 %"; what was not read is not there."""
    said = []
    if reading.systolic is not None or reading.diastolic is not None:
        pressure = "/".join(BLANK if one is None else str(one) for one in (reading.systolic, reading.diastolic))
        said.append(f"{pressure} mmHg")
    if reading.pulse is not None:
        said.append(f"pulse {reading.pulse}")
    if reading.oxygen is not None:
        said.append(f"oxygen {reading.oxygen} %")
    if reading.at is not None:
        said.append(clock_text(reading.at))
    return ", ".join(said) or BLANK


def number_text(value: float) -> str:
    """A total without needless decimals: 12, 1.5, 1.33."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def total_text(scale: SharedScale) -> str:
    """ "12", or a dash."""
    return BLANK if scale.total is None else number_text(scale.total)


def range_text(scale: SharedScale) -> str:
    """ "0 to 27", or nothing where a clinic told no range."""
    if scale.low is None or scale.high is None:
        return BLANK
    return f"{number_text(scale.low)} to {number_text(scale.high)}"


def _scales(payload: Payload, place: int) -> Iterator[Block]:
    yield Block(kind=BlockKind.HEADING, text="Questionnaires")
    yield Block(kind=BlockKind.NOTICE, text=SCALE_NOTE)
    head = ("Day", "Session", "Questionnaire", "Total", "Of", "Answered")
    yield Block(kind=BlockKind.TABLE, rows=(head, *(_scale_row(payload, one) for one in payload.scales)))
    if not any(scale.items for scale in payload.scales) and any(not scale.told for scale in payload.scales):
        yield Block(kind=BlockKind.NOTICE, text=ITEMS_LEFT)
    for index, scale in enumerate(payload.scales, start=place):
        if not (scale.items or scale.note.strip() or scale.told_by.strip() or scale.why_none):
            continue
        heading = f"{scale.title}, {_day(payload, scale.day, scale.at)}"
        yield Block(kind=BlockKind.SUBHEADING, text=heading, place=index)
        if scale.why_none:
            yield Block(kind=BlockKind.NOTICE, text=scale.why_none, place=index)
        if scale.told_by.strip():
            yield Block(kind=BlockKind.FACTS, rows=(("Told by", scale.told_by),), place=index)
        if scale.items:
            rows = tuple((item.text, _answer(item.value, item.answer, item.declined)) for item in scale.items)
            yield Block(kind=BlockKind.TABLE, rows=(("Item", "Answer"), *rows), place=index)
        if scale.note.strip():
            yield Block(kind=BlockKind.TEXT, text=scale.note, own=True, place=index, field="note")


def _scale_row(payload: Payload, scale: SharedScale) -> tuple[str, ...]:
    answered = "as told" if scale.told else f"{scale.answered} of {scale.expected}"
    if scale.prorated:
        answered += ", prorated"
    where = _session(payload, scale.session)
    return (day_short(scale.day, scale.at), where, scale.title, total_text(scale), range_text(scale), answered)


def _answer(value: int | None, answer: str, declined: bool) -> str:
    if value is None:
        return "preferred not to answer" if declined else BLANK
    return f"{value} {answer}".strip()


def _medicines(payload: Payload, place: int) -> Iterator[Block]:
    yield Block(kind=BlockKind.HEADING, text="Medicines")
    yield Block(kind=BlockKind.NOTICE, text=MEDICINE_NOTE)
    rows: list[tuple[str, ...]] = [("Medicine", "Kind", "What", "Day", "Dose, as told")]
    for medicine in payload.medicines:
        kind = ", ".join(part for part in (medicine.sort, "as needed" if medicine.as_needed else "") if part)
        steps = [(STEPS[step.kind], step.day.isoformat(), step.dose or BLANK) for step in medicine.steps]
        rows += [(medicine.name, kind or BLANK, *step) for step in steps or [(BLANK, BLANK, BLANK)]]
    yield Block(kind=BlockKind.TABLE, rows=tuple(rows))
    for index, medicine in enumerate(payload.medicines, start=place):
        beside = [(step.day.isoformat(), step.note) for step in medicine.steps if step.note.strip()]
        if medicine.reason.strip():
            beside.insert(0, ("Reason", medicine.reason))
        if not beside and not medicine.notes.strip():
            continue
        yield Block(kind=BlockKind.SUBHEADING, text=medicine.name, place=index)
        if beside:
            yield Block(kind=BlockKind.FACTS, rows=tuple(beside), place=index)
        if medicine.notes.strip():
            yield Block(kind=BlockKind.TEXT, text=medicine.notes, own=True, place=index, field="notes")


def _effects(payload: Payload, place: int) -> Iterator[Block]:
    yield Block(kind=BlockKind.HEADING, text="Side effects")
    yield Block(kind=BlockKind.NOTICE, text=EFFECT_NOTE)
    rows = tuple(
        (
            effect.what,
            STRENGTHS[effect.strength] if effect.strength is not None else BLANK,
            _began(effect),
            day_short(effect.gone, effect.gone_at) if effect.gone is not None else "no end noted",
            _session(payload, effect.session),
        )
        for effect in payload.effects
    )
    yield Block(kind=BlockKind.TABLE, rows=(("What", "How strong", "Began", "Gone by", "Session"), *rows))
    for index, effect in enumerate(payload.effects, start=place):
        if effect.note.strip():
            heading = f"{effect.what}, {_day(payload, effect.day, effect.at)}"
            yield Block(kind=BlockKind.SUBHEADING, text=heading, place=index)
            yield Block(kind=BlockKind.TEXT, text=effect.note, own=True, place=index, field="note")


def _hard(payload: Payload, place: int) -> Iterator[Block]:
    yield Block(kind=BlockKind.HEADING, text="What was hard")
    for index, moment in enumerate(payload.hard, start=place):
        heading = _day(payload, moment.day, moment.at)
        yield Block(kind=BlockKind.SUBHEADING, text=heading, place=index)
        facts = [("How it was", HOW_HARD[moment.how])]
        if moment.session is not None:
            facts.append(("Session", _session(payload, moment.session)))
        if moment.talk:
            facts.append(("Wants to", "talk about it"))
        if moment.still is not None:
            facts.append(("Later", LATER[moment.still]))
        yield Block(kind=BlockKind.FACTS, rows=tuple(facts), place=index)
        if moment.note.strip():
            yield Block(kind=BlockKind.TEXT, text=moment.note, own=True, place=index, field="note")


def _commitments(payload: Payload, place: int) -> Iterator[Block]:
    yield Block(kind=BlockKind.HEADING, text="One small thing a week")
    for index, one in enumerate(payload.commitments, start=place):
        yield Block(kind=BlockKind.SUBHEADING, text=f"The week from {_day(payload, one.day)}", place=index)
        yield Block(kind=BlockKind.TEXT, text=one.text, own=True, place=index, field="text")
        facts = [
            (label, value)
            for label, value in (
                ("Session", _session(payload, one.session) if one.session is not None else ""),
                ("When and where", one.where),
                ("Who could know", one.who),
                ("What became of it", OUTCOMES[one.outcome] if one.outcome is not None else BLANK),
            )
            if value.strip()
        ]
        yield Block(kind=BlockKind.FACTS, rows=tuple(facts), place=index)
        if one.note.strip():
            yield Block(kind=BlockKind.TEXT, text=one.note, own=True, place=index, field="note")


def _questions(payload: Payload, place: int) -> Iterator[Block]:
    yield Block(kind=BlockKind.HEADING, text="Questions")
    for index, question in enumerate(payload.questions, start=place):
        whom = "For the prescriber" if question.whom is Whom.PRESCRIBER else "For therapy"
        asked = ", asked" if question.asked else ""
        heading = f"{whom}, {_day(payload, question.day)}{asked}"
        yield Block(kind=BlockKind.SUBHEADING, text=heading, place=index)
        if question.session is not None:
            rows = (("Session", _session(payload, question.session)),)
            yield Block(kind=BlockKind.FACTS, rows=rows, place=index)
        yield Block(kind=BlockKind.TEXT, text=question.text, own=True, place=index, field="text")
        if question.answer.strip():
            yield Block(kind=BlockKind.NOTICE, text="What came back:", place=index)
            yield Block(kind=BlockKind.TEXT, text=question.answer, own=True, place=index, field="answer")


def _first(payload: Payload, kind: type) -> int:
    """The place of the first entry of a kind."""
    return next(place for place, entry in enumerate(payload.entries) if isinstance(entry, kind))


def _session(payload: Payload, index: int | None) -> str:
    if index is None:
        return BLANK
    shared = payload.sessions[index]
    return str(shared.number) if shared.number is not None else session_label(shared, payload.dates)


def _day(payload: Payload, day: date, at: datetime | None = None) -> str:
    return day_text(day, at, payload.dates)


def _began(effect: SharedEffect) -> str:
    day = day_short(effect.day, effect.at)
    return f"{day} {ONSETS[effect.onset]}" if effect.onset in ONSETS else day
