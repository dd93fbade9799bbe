"""From ticked entries of the further kinds to what a share holds of them. Each field that goes is named here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone

from journal.records import (
    Commitment,
    HardMoment,
    Medicine,
    Question,
    ScaleAnswers,
    ScaleTotal,
    Session,
    SideEffect,
)
from journal.records.body import effect_name
from journal.scales import BUILT_IN, Pack, built_in, score_of
from journal.share.parts import (
    SharedAnswer,
    SharedCommitment,
    SharedDose,
    SharedEffect,
    SharedHard,
    SharedMedicine,
    SharedQuestion,
    SharedReading,
    SharedScale,
    SharedStep,
)
from journal.share.payload import Dates
from journal.share.selection import Selection

Packs = Callable[[ScaleAnswers], Pack | None]
Places = Mapping[str, int]  # of the shared sessions, by id
Part = ScaleAnswers | ScaleTotal | Medicine | SideEffect | HardMoment | Commitment | Question
PARTS = (ScaleAnswers, ScaleTotal, Medicine, SideEffect, HardMoment, Commitment, Question)


def packs_built_in(answers: ScaleAnswers) -> Pack | None:
    """The program's own questionnaire for these answers, or None."""
    pack = built_in(answers.scale) if answers.scale in BUILT_IN else None
    return pack if pack is not None and pack.version == answers.version else None


def told_day(choice: Selection, day: date) -> date:
    """`day` as it is told: itself, the Monday of its week, or the first of its month."""
    match choice.dates:
        case Dates.WEEK:
            return day - timedelta(days=day.weekday())
        case Dates.MONTH:
            return day.replace(day=1)
    return day


def told_time(choice: Selection, at: datetime) -> datetime | None:
    """`at` to the minute and without its zone's name, or None where times stay in the journal."""
    return to_minute(at) if choice.times else None


def to_minute(at: datetime) -> datetime:
    """`at` to the minute, its zone reduced to a plain offset: a zone's name tells a place."""
    offset = at.utcoffset() or timedelta(0)
    minutes = round(offset.total_seconds() / 60)
    zone = timezone(timedelta(minutes=minutes)) if minutes else UTC
    return at.replace(second=0, microsecond=0, tzinfo=zone)


def scale(choice: Selection, places: Places, answers: ScaleAnswers, packs: Packs) -> SharedScale:
    """A questionnaire with its total; its items only if they were chosen, and no others than were asked."""
    pack = packs(answers)
    added = score_of(pack, answers) if pack is not None else None
    unknown = "The form that was answered is not known, so nothing was added up." if pack is None else ""
    return SharedScale(
        day=told_day(choice, answers.at.at.date()),
        at=told_time(choice, answers.at.at),
        session=places.get(answers.session or ""),
        scale=answers.scale,
        version=answers.version,
        title=pack.title if pack is not None else answers.title or answers.scale,
        total=_float(added.total) if added is not None else None,
        low=added.low if added is not None else None,
        high=added.high if added is not None else None,
        answered=added.answered if added is not None else 0,
        expected=added.expected if added is not None else 0,
        prorated=added.prorated if added is not None else False,
        why_none=added.why_none if added is not None else unknown,
        told=False,
        told_by="",
        items=_items(pack, answers) if choice.include_items else (),
        note=answers.note if choice.include_body_notes else "",
    )


def total(choice: Selection, places: Places, told: ScaleTotal) -> SharedScale:
    """A total as a clinic told it."""
    return SharedScale(
        day=told_day(choice, told.at.at.date()),
        at=told_time(choice, told.at.at),
        session=places.get(told.session or ""),
        scale="",
        version=0,
        title=told.name,
        total=_float(told.total),
        low=_float(told.low),
        high=_float(told.high),
        answered=0,
        expected=0,
        prorated=False,
        why_none="",
        told=True,
        told_by=told.told_by if choice.include_people else "",
        items=(),
        note=told.note if choice.include_body_notes else "",
    )


def medicine(choice: Selection, medicine: Medicine) -> SharedMedicine:
    """A medicine and what was told of it, in the order of time."""
    notes = choice.include_body_notes
    steps = sorted(medicine.steps, key=lambda step: step.at.at)
    return SharedMedicine(
        name=medicine.name,
        sort=medicine.sort,
        as_needed=medicine.as_needed,
        steps=tuple(
            SharedStep(
                kind=step.kind,
                day=told_day(choice, step.at.at.date()),
                dose=step.dose,
                note=step.note if notes else "",
            )
            for step in steps
        ),
        reason=medicine.reason if notes else "",
        notes=medicine.notes if notes else "",
    )


def effect(choice: Selection, places: Places, effect: SideEffect) -> SharedEffect:
    """A side effect with its beginning and its end."""
    gone = effect.gone.at if effect.gone is not None else None
    return SharedEffect(
        day=told_day(choice, effect.began.at.date()),
        at=told_time(choice, effect.began.at),
        gone=told_day(choice, gone.date()) if gone is not None else None,
        gone_at=told_time(choice, gone) if gone is not None else None,
        session=places.get(effect.session or ""),
        what=effect_name(effect.what),
        strength=effect.strength,
        note=effect.note if choice.include_body_notes else "",
    )


def readings(choice: Selection, place: int, session: Session) -> tuple[SharedReading, ...]:
    """Blood pressure and pulse of a session, if they were chosen."""
    if not choice.include_readings:
        return ()
    return tuple(
        SharedReading(
            session=place,
            point=reading.point,
            at=told_time(choice, reading.at.at) if reading.at is not None else None,
            systolic=reading.systolic,
            diastolic=reading.diastolic,
            pulse=reading.pulse,
            oxygen=reading.oxygen,
        )
        for reading in session.vitals
    )


def doses(choice: Selection, place: int, session: Session) -> tuple[SharedDose, ...]:
    """The second dose of a session, which goes with the first."""
    if session.second_at is None and not session.second_dose.strip():
        return ()
    at = told_time(choice, session.second_at.at) if session.second_at is not None else None
    return (SharedDose(session=place, at=at, dose=session.second_dose),)


def hard(choice: Selection, places: Places, hard: HardMoment) -> SharedHard:
    """Something that was hard. Who was to be told of it stays in the journal."""
    return SharedHard(
        day=told_day(choice, hard.at.at.date()),
        at=told_time(choice, hard.at.at),
        session=places.get(hard.session or ""),
        how=hard.how,
        talk=hard.talk,
        still=hard.still,
        note=hard.note,
    )


def commitment(choice: Selection, places: Places, commitment: Commitment) -> SharedCommitment:
    """One small thing of a week, and what became of it."""
    return SharedCommitment(
        day=told_day(choice, commitment.begins.at.date()),
        session=places.get(commitment.session or ""),
        text=commitment.text,
        where=commitment.where if choice.include_place else "",
        who=commitment.who if choice.include_people else "",
        outcome=commitment.outcome,
        note=commitment.note,
    )


def question(choice: Selection, places: Places, question: Question) -> SharedQuestion:
    """Something to ask. The entry it is about stays in the journal."""
    return SharedQuestion(
        day=told_day(choice, question.made.at.date()),
        session=places.get(question.session or ""),
        whom=question.whom,
        text=question.text,
        asked=question.asked is not None,
        answer=question.answer,
    )


def _float(value: float | None) -> float | None:
    """One form for whole numbers, so that a share has one canonical form."""
    return None if value is None else float(value)


def _items(pack: Pack | None, answers: ScaleAnswers) -> tuple[SharedAnswer, ...]:
    if pack is None or len(pack.items) != len(answers.answers):
        return ()
    items = []
    for place, (item, value) in enumerate(zip(pack.items, answers.answers, strict=True)):
        chosen = next((option.text for option in pack.options_of(place) if option.value == value), "")
        declined = place in answers.declined
        items.append(SharedAnswer(text=item.text, answer=chosen, value=value, declined=declined))
    return tuple(items)
