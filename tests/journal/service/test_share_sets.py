"""Kept choices for a share: what they tick, and what is new for their reader."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from journal.errors import InvalidRecord
from journal.records import CheckIn, Experience, Moment, Question, ScaleTotal, Session, ShareSet
from journal.service import JournalService
from journal.service.share_sets import Ticks
from journal.share import Selection, generate_identity

NOW = datetime(2026, 3, 12, 14, 5, tzinfo=timezone(timedelta(hours=1)))  # the clock's


@pytest.fixture
def filled(service: JournalService) -> dict[str, str]:
    """A few entries of different age; the newest are of today."""
    at = {days: Moment(NOW - timedelta(days=days)) for days in (0, 20, 40)}
    records = {
        "old": Experience(at=at[40], text="old"),
        "middle": Experience(at=at[20], text="middle"),
        "new": Experience(at=at[0], text="new"),
        "check": CheckIn(at=at[20], mood=3),
        "total": ScaleTotal(at=at[0], name="PSS-10", total=4),
        "session": Session(starts=at[20], happened=True),
        "ahead": Session(starts=Moment(NOW + timedelta(days=2))),
    }
    return {name: service.save(record).eid for name, record in records.items()}


def names(filled: dict[str, str], eids: frozenset[str]) -> set[str]:
    return {name for name, eid in filled.items() if eid in eids}


def test_a_kept_choice_ticks_its_kinds_and_no_older_ones(service, filled):
    every = ShareSet(name="all", kinds=("experience", "session", "checkin"))
    assert names(filled, service.ticks_of(every).eids) == {"old", "middle", "new", "check", "session"}
    monthly = ShareSet(name="monthly", kinds=("experience", "total"), days=30)
    assert names(filled, service.ticks_of(monthly).eids) == {"middle", "new", "total"}
    assert service.ticks_of(ShareSet(name="none")) == Ticks(frozenset())


@pytest.mark.parametrize("by_address", [False, True])
def test_only_what_is_new_for_this_reader(service, filled, clock, tmp_path, by_address):
    address = generate_identity().recipient if by_address else ""
    kept = ShareSet(name="for A", kinds=("experience",), only_new=True, to="Dr A", recipient=address)
    assert names(filled, service.ticks_of(kept).eids) == {"old", "middle", "new"}
    how = {"recipients": [address]} if by_address else {"passphrase": "a b c d e f g h"}
    chosen = Selection(eids=frozenset((filled["old"], filled["new"])), to=" dr a" if not by_address else "someone")
    service.write_share(chosen, tmp_path / "one.age", **how)
    assert service.ticks_of(kept) == Ticks(frozenset(), passed_over=1)  # it was there, and did not go along
    other = ShareSet(name="for B", kinds=("experience",), only_new=True, to="Dr B")
    assert names(filled, service.ticks_of(other).eids) == {"old", "middle", "new"}
    nobody = ShareSet(name="for nobody", kinds=("experience",), only_new=True)
    assert names(filled, service.ticks_of(nobody).eids) == {"old", "middle", "new"}
    clock.at += timedelta(hours=1)
    service.save(Experience(at=Moment(NOW), text="new, and more"), eid=filled["new"])
    later = service.save(Experience(at=Moment(NOW - timedelta(days=60)), text="of before, written later")).eid
    assert service.ticks_of(kept) == Ticks(frozenset((filled["new"], later)), passed_over=1)
    service.save(Experience(at=Moment(NOW - timedelta(days=20)), text="middle, and more"), eid=filled["middle"])
    assert service.ticks_of(kept) == Ticks(frozenset((filled["new"], filled["middle"], later)))


def test_no_covered_entry_is_ticked_by_itself(service, filled):
    covered = service.save(Experience(at=Moment(NOW), text="not today", covered=True, cover="later")).eid
    service.save(Question(text="not today", made=Moment(NOW), entry=covered))
    kept = ShareSet(name="all", kinds=("experience", "question"))
    ticks = service.ticks_of(kept)
    assert names(filled, ticks.eids) == {"old", "middle", "new"} and len(ticks.eids) == 3
    assert (ticks.covered, ticks.passed_over) == (2, 0)


def test_they_are_kept_by_name_and_undone(service):
    for name in ("b", "A"):
        service.save(ShareSet(name=name, kinds=("page",), options=("exact_times",), dates="week", days=30))
    assert [item.record.name for item in service.share_sets()] == ["A", "b"]
    service.undo()
    assert [item.record.name for item in service.share_sets()] == ["b"]


@pytest.mark.parametrize("days", [0, -1, 10_000])
def test_days_back_are_days(days):
    with pytest.raises(InvalidRecord):
        ShareSet(name="x", days=days)
