"""What versions of an entry are compared by holds every word of it, whatever field it stands in."""

from __future__ import annotations

import json
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import msgspec
import pytest

from journal.records import (
    Attachment,
    CheckIn,
    Checklist,
    Client,
    Comment,
    Commitment,
    Compared,
    Contact,
    Course,
    CoursePhase,
    Expense,
    Experience,
    HardMoment,
    IntegrationNote,
    Intention,
    Landing,
    Medicine,
    MedicineStep,
    Moment,
    Outcome,
    Person,
    Phase,
    PromptSet,
    Provider,
    Question,
    Ready,
    Received,
    Record,
    Reply,
    Route,
    ScaleAnswers,
    ScalePack,
    ScaleTotal,
    SentReply,
    Session,
    ShareSet,
    SideEffect,
    StepKind,
    Strength,
    Taken,
    TakenBefore,
    Template,
    Vitals,
    VitalsPoint,
)
from journal.records import Page as JournalPage
from journal.scales import parse_pack, to_json
from tests.journal.scales.test_packs import plain
from tests.ui.conftest import NOW
from ui.pages.history import told
from ui.words import KIND_NAMES

AT = Moment(NOW)
RECORDS: list[Record] = [
    Session(
        starts=AT, number=4711, dose="one1", setting="two2", people="three3", notes="four4", arriving="five5",
        told="six6", support="seven7", ride="eight8", prepared=(Ready("nine9", True), Ready("ten10")),
        second_dose="eleven11", second_at=AT, ended=AT,
        vitals=(Vitals(point=VitalsPoint.MIDDLE, systolic=141, diastolic=92, pulse=83, oxygen=97),),
    ),
    Course(
        title="one1", notes="two2", targets=("three3", "ptsd"), planned=6, started=AT,
        phases=(CoursePhase(kind=Phase.PAUSE, name="four4", notes="five5", planned=7, started=AT, ended=AT),),
    ),
    Provider(name="one1", place="two2", reach="three3", notes="four4"),
    Expense(at=AT, what="one1", amount="350.25", covered="80.50", currency="CHF", notes="two2"),
    Checklist(lines=("one1", "two2")),
]  # fmt: skip


ID, WHO = "a" * 32, "b" * 32
FULL: list[Record] = [
    *(
        cls(at=AT, title="one", text="two", tags=("three",), session=ID, covered=True, cover="four")
        for cls in (Intention, Experience, JournalPage)
    ),
    IntegrationNote(
        at=AT, title="one", text="two", modalities=("mbct",), tags=("five",), session=ID, covered=True, cover="four"
    ),
    CheckIn(at=AT, mood=1, interest=2, calm=3, energy=4, connection=5, distress=6, sleep=7, note="one", session=ID),
    msgspec.structs.replace(RECORDS[0], course=ID, route=Route.ORAL, taken=(TakenBefore(WHO, Taken.YES),)),
    msgspec.structs.replace(RECORDS[1], providers=(WHO,)),
    RECORDS[2],
    msgspec.structs.replace(RECORDS[3], course=ID, session=WHO, provider="c" * 32),
    RECORDS[4],
    Person(name="one", reach="two", notes="three"),
    Contact(
        name="one", recipient=f"age1{'q' * 58}", verify_key="0f" * 32, checked=AT, how=Compared.CALL, note="two"
    ),
    Medicine(
        name="one", sort="two", reason="three", as_needed=True, notes="four",
        steps=(MedicineStep(kind=StepKind.START, at=AT, dose="five", note="six"),),
    ),
    SideEffect(what="nausea", began=AT, gone=AT, strength=Strength.MILD, note="one", session=ID),
    Question(text="one", made=AT, session=ID, entry=WHO, asked=AT, answer="two"),
    Commitment(
        text="one", begins=AT, where="two", who="three", session=ID, outcome=Outcome.DID, reviewed=AT, note="four"
    ),
    HardMoment(
        at=AT, session=ID, entry=WHO, note="one", tell=("two",), talk=True, ask_again=AT, looked=AT, still=True
    ),
    Landing(began=AT, session=ID, experience=WHO, ended=AT, woken=AT),
    PromptSet(title="one", about="page", questions=("two",), replaces="three"),
    Template(title="one", about="page", text="two"),
    Client(name="one", added=AT, notes="two", contact=ID),
    Received(client=ID, share="one", made=date(2026, 3, 4), received=AT, entries="two", maker="three", seen=AT,
             address="four"),
    Comment(received=ID, place=3, text="one", made=AT, field="text", start=2, end=5, words="two", sent=AT,
            reply="three"),
    Reply(reply="one", share="two", received=AT, body="three", maker="four", known=True, seen=AT),
    SentReply(
        reply="one", received=ID, sent=AT, body="two", to="three", how="four", recipient="quiet", proved=True,
        eids=(ID,),
    ),
    ShareSet(name="one", kinds=("page",), options=("two",), dates="week", days=31, only_new=True, to="three",
             recipient="quiet"),
    ScalePack(pack=to_json(parse_pack(json.dumps(plain()))), own=True, added=AT),
    ScaleAnswers(at=AT, scale="one", title="two", answers=(1, None), declined=(1,), session=ID, note="three"),
    ScaleTotal(at=AT, name="one", total=5.0, low=3.0, high=7.0, told_by="two", session=ID, note="three"),
    Attachment(entry=ID, at=AT, name="one.png", media="image/png", size=2048, sha256="d" * 64, blob="e" * 32),
]  # fmt: skip
UNTOLD = {"schema", "unknown", "marks", "source", "blob"}  # what came from where, and formatting, are no words


def changed(name: str, value: Any) -> Any:
    match value:
        case Moment():
            return Moment(value.at + timedelta(days=1))
        case date():
            return value + timedelta(days=1)
        case bool():
            return not value
        case StrEnum():
            return next(one for one in type(value) if one is not value)
        case int() | float():
            return value + 1
        case tuple():
            return ()
        case _ if name == "recipient":
            return value.replace("q", "p")
        case _ if name == "pack":
            return to_json(parse_pack(json.dumps(plain(title="Mornings"))))
        case _ if name in ("amount", "covered", "currency"):
            return "EUR" if name == "currency" else "1"
        case _:
            return value[::-1] if value != value[::-1] else "f" * len(value)


def test_every_kind_is_told() -> None:
    assert {record.kind for record in FULL} == set(KIND_NAMES)


@pytest.mark.parametrize(
    ("record", "name"),
    [(record, name) for record in FULL for name in record.__struct_fields__ if name not in UNTOLD],
    ids=lambda one: one if isinstance(one, str) else one.kind,
)
def test_whatever_field_changes_is_told(record: Record, name: str) -> None:
    new = (0, None) if name == "answers" else changed(name, getattr(record, name))
    other = msgspec.structs.replace(record, **{name: new})
    assert told(other) != told(record)


def words_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(words_in, value.values()), set())
    if isinstance(value, list | tuple):
        return set().union(*map(words_in, value), set())
    return {value} if isinstance(value, str) and value[-1:].isdigit() else set()


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.kind)
def test_every_word_is_told(record: Record) -> None:
    text = told(record)
    wanted = words_in(msgspec.to_builtins(record)) - {AT.at.isoformat()}
    assert {word for word in wanted if word not in text and "T14:05" not in word} == set()


def test_every_number_is_told() -> None:
    assert {"4711", "141", "92", "83", "97"} <= set(told(RECORDS[0]).replace(",", " ").split())
    assert "7 planned" in told(RECORDS[1]) and "Sessions planned: 6" in told(RECORDS[1])


def test_what_was_not_said_is_absent() -> None:
    assert told(Provider(name="one")).splitlines() == ["Name: one", "What they do: Another part"]
