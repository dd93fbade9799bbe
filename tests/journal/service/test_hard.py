"""What was hard: covered where the person wants it, and asked about again only where they wanted that."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest

from journal.clock import FixedClock
from journal.errors import NotFound
from journal.records import Experience, HardMoment, Moment, Person, Provider, Question, Session, Whom
from journal.service import JournalService
from journal.service.hard import IN_A_WEEK, NOT, TOMORROW, ask_moment, due_looks
from journal.store import Query

DAY = timedelta(days=1)


def moment(service: JournalService) -> Moment:
    return Moment(service.clock.now())


def test_one_is_asked_again_only_when_one_wanted_it(service: JournalService, clock: FixedClock):
    now = clock.at
    tomorrow = service.save(HardMoment(at=moment(service), ask_again=ask_moment(TOMORROW, now))).eid
    week = service.save(HardMoment(at=moment(service), ask_again=ask_moment(IN_A_WEEK, now))).eid
    service.save(HardMoment(at=moment(service), ask_again=ask_moment(NOT, now)))
    assert service.due_looks() == ()
    clock.at = now + DAY
    assert [item.eid for item in service.due_looks()] == [tomorrow]
    clock.at = now + 7 * DAY
    assert [item.eid for item in service.due_looks()] == [tomorrow, week]
    service.looked_again(tomorrow, None)
    assert [item.eid for item in service.due_looks()] == [week]
    record = service.looked_again(week, True) and service.get(week).record
    assert (record.still, record.looked.at) == (True, clock.at)
    again = msgspec.structs.replace(record, ask_again=ask_moment(IN_A_WEEK, clock.at))
    service.save(again, week)
    assert service.due_looks() == ()
    assert [item.eid for item in due_looks(service._items, clock.at + 7 * DAY)] == [week]


def test_tomorrow_is_the_morning_of_the_next_day(clock: FixedClock):
    late = datetime(2026, 3, 12, 23, 50, tzinfo=clock.at.tzinfo)
    assert ask_moment(TOMORROW, late).at == datetime(2026, 3, 13, 5, tzinfo=clock.at.tzinfo)
    assert ask_moment(NOT, late) is None


def test_a_covered_entry_is_seen_by_its_cover_alone_and_found_all_the_same(service: JournalService):
    written = Experience(at=moment(service), title="The corridor", text="a door that would not open")
    eid = service.save(written).eid
    service.cover(eid, " Not today ")
    (row,) = service.rows(Query(text="corridor"))
    assert (row.eid, row.title, row.snippet) == (eid, "Not today", "")
    assert "corridor" not in repr(service.today()) and "door" not in repr(service.today())
    record = service.get(eid).record
    assert (record.title, record.text) == (written.title, written.text)
    service.uncover(eid)
    assert service.get(eid).record == written
    with pytest.raises(NotFound):
        service.cover(service.save(HardMoment(at=moment(service))).eid)


def test_the_path_knows_what_may_be_covered_and_who_there_is(service: JournalService, clock: FixedClock):
    session = service.save(Session(starts=moment(service), happened=True)).eid
    first = service.save(Experience(at=moment(service), text="one", session=session)).eid
    clock.at += DAY
    second = service.save(Experience(at=moment(service), text="two", session=session)).eid
    for person in (Person(name="Zoe"), Provider(name=" ada "), Person(name="Zoe"), Person(name=" ")):
        service.save(person)
    view = service.hard_view(None, session, None)
    assert [item.eid for item in view.entries] == [second, first]
    assert (view.people, view.label, view.item) == (("ada", "Zoe"), "Session 1", None)
    assert [item.eid for item in service.hard_view(None, None, first).entries] == [first]
    noted = service.save(HardMoment(at=moment(service), session=session, entry=first)).eid
    view = service.hard_view(noted, None, None)
    assert view.item.eid == noted and [item.eid for item in view.entries] == [first]


def test_what_to_bring_to_therapy_is_a_question_for_it(service: JournalService):
    service.bring_to_therapy("The corridor", None, None)
    (record,) = [item.record for item in service.items() if isinstance(item.record, Question)]
    assert (record.whom, record.text, record.asked) == (Whom.THERAPY, "The corridor", None)
