"""What versions of an entry are compared by holds every word of it, whatever field it stands in."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from journal.records import (
    Checklist,
    Course,
    CoursePhase,
    Expense,
    Moment,
    Phase,
    Provider,
    Ready,
    Record,
    Session,
    Vitals,
    VitalsPoint,
)
from tests.ui.conftest import NOW
from ui.pages.history import told

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
