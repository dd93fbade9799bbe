"""When reminders may come: one for each window that is open and unanswered, and for nothing that did not happen."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest

from journal.records import CheckIn, Commitment, HardMoment, Moment, Outcome, Session
from tests.journal.service.entries import ZONE

START = datetime(2026, 3, 12, 14, 0, tzinfo=ZONE)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ONE, TWO = "1" * 32, "2" * 32


@pytest.fixture
def wanted(service):
    service.save_settings(msgspec.structs.replace(service.settings(), reminders=True))
    return service


def after(service, start: datetime = START) -> list[float]:
    """Hours after a dose."""
    return [(at - start) / HOUR for at in service.reminders()[1]]


def test_none_are_wanted_until_somebody_says_so(service, clock):
    service.save(Session(starts=Moment(START), happened=True))
    clock.at = START
    assert service.reminders() == (False, ())


def test_one_for_each_window_after_a_session(wanted, clock):
    wanted.save(Session(starts=Moment(START), happened=True), ONE)
    clock.at = START + HOUR
    assert after(wanted) == [4, 24, 72, 168, 336]
    wanted.save(CheckIn(at=Moment(START + 26 * HOUR), mood=4))
    assert after(wanted) == [4, 72, 168, 336]
    clock.at = START + 5 * HOUR  # what has just come is kept, for it may be waiting
    assert after(wanted) == [4, 72, 168, 336]
    clock.at = START + 6 * HOUR + timedelta(minutes=1)
    assert after(wanted) == [72, 168, 336]


def test_none_in_the_night(wanted, clock):
    start = START.replace(hour=20)
    wanted.save(Session(starts=Moment(start), happened=True), ONE)
    clock.at = start
    assert after(wanted, start) == [24, 72, 168, 336]  # four hours after it is midnight; at 8:00 it would be too late
    start = START.replace(hour=2)
    wanted.save(Session(starts=Moment(start), happened=True), ONE)
    clock.at = start
    assert after(wanted, start)[:2] == [6, 30]  # 8:00 on that day and on the next


@pytest.mark.parametrize("starts", [START, START + DAY, START - 2 * HOUR])
def test_none_for_a_session_that_did_not_take_place(wanted, clock, starts):
    wanted.save(Session(starts=Moment(starts)), ONE)
    wanted.save(Commitment(text="walk", begins=Moment(START - DAY), session=ONE))
    clock.at = START
    assert wanted.reminders() == (True, ())


def test_a_session_that_starts_later_than_now_has_none(wanted, clock):
    wanted.save(Session(starts=Moment(START), happened=True))
    clock.at = START - HOUR
    assert wanted.reminders() == (True, ())


def test_the_next_session_takes_its_place(wanted, clock):
    wanted.save(Session(starts=Moment(START), happened=True), ONE)
    wanted.save(Session(starts=Moment(START + 5 * DAY), happened=True), TWO)
    clock.at = START + 5 * DAY + HOUR
    assert after(wanted, START + 5 * DAY) == [4, 24, 72, 168, 336]


def test_what_the_person_asked_to_be_asked(wanted, clock):
    clock.at = START
    hard = HardMoment(at=Moment(START), ask_again=Moment(START + DAY))
    eid = wanted.save(hard).eid
    assert after(wanted) == [24]
    wanted.save(msgspec.structs.replace(hard, looked=Moment(START + DAY)), eid)
    assert after(wanted) == []


@pytest.mark.parametrize("happened", [True, False])
def test_it_is_asked_where_the_session_was_never_ticked(wanted, clock, happened):
    clock.at = START
    wanted.save(Session(starts=Moment(START - 20 * DAY), happened=happened), ONE)
    landing = wanted.land(ONE, Moment(START))[0].eid
    wanted.say_hard(landing, "very")
    wanted.say_again(landing, "tomorrow")
    assert list(wanted.reminders()[1]) == [datetime(2026, 3, 13, 8, tzinfo=ZONE)]
    clock.at = START + DAY
    assert wanted.due_looks()  # what the first page shows then


def test_the_newest_commitment_is_looked_back_at_in_a_morning(wanted, clock):
    clock.at = START
    wanted.save(Commitment(text="read", begins=Moment(START - 3 * DAY)))
    walk = Commitment(text="walk", begins=Moment(START))
    eid = wanted.save(walk).eid
    assert list(wanted.reminders()[1]) == [datetime(2026, 3, 19, 10, tzinfo=ZONE)]
    wanted.save(msgspec.structs.replace(walk, outcome=Outcome.NOT_YET), eid)
    assert wanted.reminders() == (True, ())
