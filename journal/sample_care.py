"""The rest of the sample course: medicines, effects, questions, commitments, questionnaires, people.

The words are ours, and so is the person: nothing here says what anybody takes, or ought to.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

import msgspec

from journal.records import (
    Commitment,
    Course,
    CoursePhase,
    Expense,
    HardMoment,
    HowHard,
    Medicine,
    MedicineStep,
    Moment,
    Outcome,
    Person,
    Phase,
    Provider,
    Question,
    Ready,
    Record,
    Role,
    ScaleAnswers,
    ScaleTotal,
    Session,
    SideEffect,
    StepKind,
    Strength,
    UnknownRecord,
    Vitals,
    VitalsPoint,
    Whom,
)
from journal.sample import SampleIds
from journal.service import JournalService

Pair = tuple[str, Record | UnknownRecord]


def fill_care(service: JournalService, now: datetime, ids: SampleIds) -> None:
    """Add all that to the sample that `sample.fill` wrote, in one commit."""
    new = service.new_eid
    clinic, therapist = new(), new()
    starts = [_session(service, eid).starts.at for eid in ids.sessions]
    course = service.get(ids.course).record
    assert isinstance(course, Course)
    pairs: list[Pair] = [
        (
            clinic,
            Provider(
                name="Dr Amsel", role=Role.PRESCRIBER, place="The clinic by the river", reach="0123 456 70, mornings"
            ),
        ),
        (therapist, Provider(name="Ms Linde", role=Role.THERAPIST, place="Linden Street 4", reach="0123 456 71")),
        (ids.course, _with_phases(course, starts, (clinic, therapist))),
        *_sessions(service, ids),
        *((new(), one) for one in _body(ids, starts)),
        *((new(), one) for one in _path(ids, starts, now)),
        *((new(), one) for one in _scales(starts)),
        (
            new(),
            Expense(
                at=_day(starts[0]), what="First session", amount="420.00", currency="EUR", course=ids.course
            ),
        ),
        (
            new(),
            Expense(
                at=_day(starts[1]), what="Second session, with the talk after it", amount="480.00", covered="120.00",
                currency="EUR", course=ids.course, provider=clinic,
            ),
        ),
        (new(), Person(name="Ruth", reach="0123 456 78")),
        (new(), Person(name="My brother", reach="0123 456 79", notes="also at night")),
    ]  # fmt: skip
    service.save_many(pairs, "the sample")


def _session(service: JournalService, eid: str) -> Session:
    record = service.get(eid).record
    assert isinstance(record, Session)
    return record


def _with_phases(course: Course, starts: list[datetime], providers: tuple[str, ...]) -> Course:
    phases = (
        CoursePhase(kind=Phase.PREPARATION, started=_day(starts[0] - timedelta(days=12))),
        CoursePhase(kind=Phase.INDUCTION, name="The first six", started=_day(starts[0]), planned=6),
    )
    return msgspec.structs.replace(
        course, phases=phases, targets=("depression", "sleeping through"), providers=providers
    )


def _sessions(service: JournalService, ids: SampleIds) -> list[Pair]:
    third, following = _session(service, ids.sessions[2]), _session(service, ids.following)
    readings = (
        (VitalsPoint.BEFORE, 122, 78, 71),
        (VitalsPoint.MIDDLE, 138, 86, 84),
        (VitalsPoint.LEAVING, 124, 80, 73),
    )
    done = msgspec.structs.replace(
        third,
        arriving="Slept badly, but glad to be here. A little cold.",
        told="“As on the other days”, Dr Amsel said.",
        support="Ruth",
        ride="Ruth drives",
        ended=Moment(third.starts.at + timedelta(minutes=110), third.starts.zone),
        vitals=tuple(
            Vitals(point=point, systolic=upper, diastolic=lower, pulse=pulse)
            for point, upper, lower, pulse in readings
        ),
    )
    ahead = msgspec.structs.replace(
        following,
        support="Ruth",
        prepared=(
            Ready("Somebody knows where I am", done=True),
            Ready("The way home is arranged", done=True),
            Ready("The blanket and the playlist"),
        ),
    )
    return [(ids.sessions[2], done), (ids.following, ahead)]


def _body(ids: SampleIds, starts: list[datetime]) -> list[Record]:
    first = starts[0]
    return [
        Medicine(
            name="The morning tablet",
            sort="for the mood, says the leaflet",
            reason="the low mood",
            steps=(
                MedicineStep(kind=StepKind.START, at=_day(first - timedelta(days=300)), dose="one"),
                MedicineStep(kind=StepKind.CHANGE, at=_day(first - timedelta(days=20)), dose="two"),
            ),
        ),
        Medicine(
            name="The one for sleeping",
            as_needed=True,
            steps=(
                MedicineStep(kind=StepKind.START, at=_day(first - timedelta(days=60)), dose="half a one"),
                MedicineStep(kind=StepKind.STOP, at=_day(starts[2]), note="as agreed with Dr Amsel"),
            ),
        ),
        SideEffect(
            what="nausea", began=Moment(starts[1] + timedelta(minutes=50)),
            gone=Moment(starts[1] + timedelta(hours=4)), strength=Strength.MILD, session=ids.sessions[1],
        ),
        SideEffect(
            what="unsteady", began=Moment(starts[2] + timedelta(minutes=70)),
            gone=Moment(starts[2] + timedelta(hours=3)), session=ids.sessions[2],
        ),
        SideEffect(
            what="headache", began=Moment(starts[-1] + timedelta(hours=20)), strength=Strength.MODERATE,
            note="Behind the left eye.", session=ids.sessions[-1],
        ),
    ]  # fmt: skip


def _path(ids: SampleIds, starts: list[datetime], now: datetime) -> list[Record]:
    last = starts[-1]
    return [
        Question(text="Is the headache something others tell you of too?", made=Moment(last + timedelta(hours=22))),
        Question(
            text="May I keep the music off next time?", made=Moment(starts[3] + timedelta(days=2)),
            asked=Moment(starts[4]), answer="Yes, of course. Say so at the door.",
        ),
        Question(
            text="The house with no stairs: it came back.", made=Moment(last + timedelta(days=1)), whom=Whom.THERAPY
        ),
        Commitment(
            text="Ten minutes on the floor, with tea", where="Evenings, the sofa", who="Ruth",
            begins=_day(starts[1] + timedelta(days=3)), session=ids.sessions[1], outcome=Outcome.PART,
            reviewed=Moment(starts[1] + timedelta(days=10)), note="Twice. Both times it was good.",
        ),
        Commitment(
            text="Ring him before Sunday", where="From the kitchen", begins=_day(now - timedelta(days=2)),
            session=ids.sessions[-1],
        ),
        HardMoment(
            at=Moment(starts[1] + timedelta(hours=6)), how=HowHard.BIT, session=ids.sessions[1], talk=True,
            tell=("Ms Linde",), looked=Moment(starts[1] + timedelta(days=7)), still=False,
        ),
    ]  # fmt: skip


def _scales(starts: list[datetime]) -> list[Record]:
    before, between, after = (
        starts[0] - timedelta(days=6),
        starts[2] + timedelta(days=5),
        starts[-1] + timedelta(days=2),
    )
    return [
        ScaleAnswers(at=Moment(before), scale="phq-9", title="PHQ-9", answers=(2, 2, 3, 2, 1, 2, 2, 1, 0, 1)),
        ScaleAnswers(at=Moment(between), scale="phq-9", title="PHQ-9", answers=(1, 2, 2, 2, 1, 1, None, 0, 0, 1)),
        ScaleAnswers(at=Moment(after), scale="phq-9", title="PHQ-9", answers=(1, 1, 1, 1, 0, 1, 1, 0, 0, None)),
        ScaleAnswers(at=Moment(before), scale="gad-7", title="GAD-7", answers=(2, 2, 2, 1, 1, 1, 2)),
        ScaleAnswers(at=Moment(after), scale="gad-7", title="GAD-7", answers=(1, 1, 1, 0, 1, 0, 1)),
        ScaleTotal(at=Moment(before), name="PSS-10", total=24.0, low=0.0, high=40.0, told_by="the clinic's form"),
    ]


def _day(at: datetime) -> Moment:
    return Moment(datetime.combine(at.date(), time(9, 0), at.tzinfo))
