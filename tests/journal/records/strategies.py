"""Records of every kind and shape, for property tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
from hypothesis import strategies as st

from journal.records import (
    SIDE_EFFECTS,
    SLIDERS,
    CheckIn,
    Checklist,
    Commitment,
    Compared,
    Contact,
    Course,
    CoursePhase,
    Expense,
    Experience,
    IntegrationNote,
    Intention,
    Mark,
    Medicine,
    MedicineStep,
    Moment,
    Onset,
    Outcome,
    Page,
    Phase,
    Provider,
    Question,
    Ready,
    Record,
    Role,
    Route,
    ScaleAnswers,
    ScalePack,
    ScaleTotal,
    Session,
    Settings,
    ShareReceipt,
    ShareRole,
    SideEffect,
    StepKind,
    Strength,
    Style,
    Taken,
    TakenBefore,
    UnknownRecord,
    Vitals,
    VitalsPoint,
    Whom,
)
from journal.records.codec import from_fields
from journal.records.own import LeftOut

KINDS = frozenset(
    {
        "course", "session", "intention", "experience", "integration", "page", "checkin", "settings", "identity",
        "receipt", "attachment", "contact", "signing-key",
        "provider", "expense", "checklist",
        "medicine", "sideeffect", "question", "commitment",
        "scale", "total", "pack",
    }
)  # fmt: skip
eids = st.integers(0, 2**128 - 1).map(lambda number: number.to_bytes(16, "big").hex())
lines = st.text(max_size=30)
texts = st.text(max_size=200)
offsets = st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes)) if minutes else UTC
)


def _anywhere(at: datetime) -> datetime:
    """At the edge of the calendar, where not every zone has such a time."""
    return at.replace(tzinfo=timezone(timedelta(hours=2 if at == datetime.min else -2)))


moments = st.builds(
    Moment,
    at=st.datetimes(timezones=offsets) | st.sampled_from([datetime.min, datetime.max]).map(_anywhere),
    zone=st.sampled_from(["", "Europe/Berlin", "Pacific/Chatham", "=1+1"]),
)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_later_names = st.text(min_size=1, max_size=8).map(lambda name: f"later {name}")
later_fields = st.dictionaries(_later_names, json_values, max_size=3)


@st.composite
def marks(draw: st.DrawFn, text: str) -> tuple[Mark, ...]:
    made = []
    for _ in range(draw(st.integers(0, 3)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        made.append(Mark(start, draw(st.integers(start + 1, len(text))), draw(st.sampled_from(Style))))
    return tuple(made)


@st.composite
def writings(draw: st.DrawFn) -> Record:
    cls = draw(st.sampled_from([Intention, Experience, IntegrationNote, Page]))
    text = draw(texts)
    more: dict[str, Any] = {}
    if cls is IntegrationNote:
        more["modalities"] = tuple(draw(st.lists(st.sampled_from(["mi", "dbt"]) | lines, max_size=2)))
    return cls(
        at=draw(moments),
        title=draw(lines),
        text=text,
        marks=draw(marks(text)),
        tags=tuple(draw(st.lists(lines, max_size=3))),
        session=draw(st.none() | eids),
        source=draw(st.sampled_from(["", "", "jrnl:0123"])),
        unknown=draw(later_fields),
        **more,
    )


checkins = st.builds(
    CheckIn,
    at=moments,
    note=lines,
    session=st.none() | eids,
    unknown=later_fields,
    **{slider.name: st.none() | st.integers(0, 10) for slider in SLIDERS},
)
vitals = st.builds(
    Vitals,
    point=st.sampled_from(VitalsPoint),
    systolic=st.none() | st.integers(1, 400),
    diastolic=st.none() | st.integers(1, 300),
    pulse=st.none() | st.integers(1, 400),
    oxygen=st.none() | st.integers(1, 100),
    at=st.none() | moments,
)
sessions = st.builds(
    Session,
    starts=moments,
    course=st.none() | eids,
    number=st.none() | st.integers(1, 9999),
    route=st.none() | st.sampled_from(Route),
    dose=lines,
    setting=lines,
    people=lines,
    happened=st.booleans(),
    notes=texts,
    arriving=texts,
    told=texts,
    support=lines,
    ride=lines,
    prepared=st.lists(st.builds(Ready, lines, st.booleans()), max_size=3).map(tuple),
    taken=st.lists(st.builds(TakenBefore, eids, st.sampled_from(Taken)), max_size=3).map(tuple),
    second_at=st.none() | moments,
    second_dose=lines,
    ended=st.none() | moments,
    vitals=st.lists(vitals, max_size=3).map(tuple),
    unknown=later_fields,
)
phases = st.builds(
    CoursePhase,
    kind=st.sampled_from(Phase),
    name=lines,
    started=st.none() | moments,
    ended=st.none() | moments,
    planned=st.none() | st.integers(1, 999),
    notes=texts,
)
courses = st.builds(
    Course,
    title=lines,
    started=st.none() | moments,
    phase=st.sampled_from(Phase),
    planned=st.none() | st.integers(1, 999),
    notes=texts,
    phases=st.lists(phases, max_size=3).map(tuple),
    targets=st.lists(st.sampled_from(["ptsd", "pain"]) | lines, max_size=3).map(tuple),
    providers=st.lists(eids, max_size=2).map(tuple),
    unknown=later_fields,
)
providers = st.builds(
    Provider, name=lines, role=st.sampled_from(Role), place=lines, reach=lines, notes=texts, unknown=later_fields
)
amounts = st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,3})?", fullmatch=True)
expenses = st.builds(
    Expense,
    at=moments,
    what=lines,
    amount=amounts,
    covered=amounts,
    currency=st.sampled_from(["EUR", "USD", "JPY", "KWD"]),
    course=st.none() | eids,
    session=st.none() | eids,
    provider=st.none() | eids,
    notes=texts,
    unknown=later_fields,
)
checklists = st.builds(Checklist, lines=st.lists(lines, max_size=4).map(tuple), unknown=later_fields)
care = providers | expenses | checklists
receipts = st.builds(
    ShareReceipt,
    share=eids,
    made=moments,
    to=lines,
    eids=st.lists(eids, max_size=3).map(tuple),
    counts=st.dictionaries(lines, st.integers(0, 99), max_size=2),
    left_out=st.lists(
        st.builds(LeftOut, eid=eids, rev=eids, field=lines, start=st.integers(0, 9), end=st.integers(10, 99)),
        max_size=2,
    ).map(tuple),
    unknown=later_fields,
)
steps = st.builds(
    MedicineStep, kind=st.sampled_from(StepKind), at=moments, dose=lines, note=lines, whole_day=st.booleans()
)
medicines = st.builds(
    Medicine,
    name=lines,
    sort=lines,
    reason=lines,
    as_needed=st.booleans(),
    steps=st.lists(steps, max_size=4).map(tuple),
    notes=texts,
    unknown=later_fields,
)
side_effects = st.builds(
    SideEffect,
    what=st.sampled_from([code for code, _ in SIDE_EFFECTS]) | lines,
    began=moments,
    gone=st.none() | moments,
    strength=st.none() | st.sampled_from(Strength),
    note=texts,
    session=st.none() | eids,
    onset=st.sampled_from(Onset),
    unknown=later_fields,
)
questions = st.builds(
    Question,
    text=texts,
    made=moments,
    whom=st.sampled_from(Whom),
    session=st.none() | eids,
    entry=st.none() | eids,
    asked=st.none() | moments,
    answer=texts,
    unknown=later_fields,
)
commitments = st.builds(
    Commitment,
    text=lines,
    begins=moments,
    where=lines,
    who=lines,
    session=st.none() | eids,
    outcome=st.none() | st.sampled_from(Outcome),
    reviewed=st.none() | moments,
    note=texts,
    unknown=later_fields,
)
told = medicines | side_effects | questions | commitments
settings_records = st.builds(
    Settings,
    name=lines,
    lock_minutes=st.integers(0, 60),
    scales=st.lists(lines, max_size=3).map(tuple),
    bands=st.booleans(),
    unknown=later_fields,
)


@st.composite
def scale_answers(draw: st.DrawFn) -> Record:
    answers = tuple(draw(st.lists(st.none() | st.integers(-9, 99), max_size=12)))
    blanks = [place for place, answer in enumerate(answers) if answer is None]
    return ScaleAnswers(
        at=draw(moments),
        scale=draw(lines),
        version=draw(st.integers(1, 99)),
        title=draw(lines),
        answers=answers,
        declined=tuple(draw(st.lists(st.sampled_from(blanks), unique=True))) if blanks else (),
        session=draw(st.none() | eids),
        note=draw(lines),
        unknown=draw(later_fields),
    )


@st.composite
def scale_totals(draw: st.DrawFn) -> Record:
    numbers = sorted(draw(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3)))
    low, total, high = (draw(st.none() | st.just(number)) for number in numbers)
    return ScaleTotal(
        at=draw(moments), name=draw(lines), total=total, low=low, high=high, told_by=draw(lines), note=draw(lines),
        session=draw(st.none() | eids), unknown=draw(later_fields),
    )  # fmt: skip


scale_packs = st.builds(
    ScalePack, pack=texts, own=st.booleans(), added=st.none() | moments, unknown=later_fields
)
scales = scale_answers() | scale_totals() | scale_packs
whole_contacts = st.builds(
    Contact,
    name=lines,
    recipient=st.text("0123456789abcdefghijklmnopqrstuvwxyz", min_size=58, max_size=58).map("age1{}".format),
    verify_key=st.just("") | st.text("0123456789abcdef", min_size=64, max_size=64),
    role=st.sampled_from(ShareRole),
    note=lines,
    unknown=later_fields,
)
contacts = whole_contacts | st.builds(
    msgspec.structs.replace, whole_contacts, checked=moments, how=st.sampled_from(Compared)
)
known = contacts | writings() | checkins | sessions | courses | receipts | settings_records | care | told | scales


@st.composite
def later_kinds(draw: st.DrawFn) -> UnknownRecord:
    """A record of a kind that only a later version knows, in the bytes that version would have written."""
    kind = draw(st.text(max_size=12).filter(lambda name: name not in KINDS))
    record = from_fields({**draw(later_fields), "kind": kind})
    assert isinstance(record, UnknownRecord)
    return record


records = known | later_kinds()
journals = st.dictionaries(eids, records, max_size=6).map(lambda made: list(made.items()))
