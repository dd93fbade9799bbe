"""The first page: at most one natural step, seen from the clock and from what is written."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from journal.records import CheckIn, Checklist, Experience, IntegrationNote, Intention, Moment, Page, Session
from journal.service import due
from tests.journal.service.entries import ZONE

START = datetime(2026, 3, 12, 14, 0, tzinfo=ZONE)  # a Thursday
ONE = "1" * 32


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page offers by itself, without the other parts of the journal."""
    monkeypatch.setattr(due, "SOURCES", ())


def session(service, *, happened: bool = True, starts: datetime = START) -> None:
    service.save(Session(starts=Moment(starts), happened=happened, course="c" * 32), ONE)


def steps(service) -> list[tuple[str, str]]:
    service.save(Checklist(lines=()), "d" * 32)  # no list to offer; test_due.py is about that
    today = service.today()
    return [(step.kind, step.reason) for step in ([today.step] if today.step else []) + list(today.also)]


def test_an_empty_journal_offers_a_beginning(service):
    today = service.today()
    assert today.empty
    assert (today.step.kind, today.step.session, today.also) == ("intention", None, ())
    assert (today.next, today.last, today.last_written, today.last_checkin) == (None, None, None, None)


def test_a_journal_without_sessions_asks_for_nothing(service):
    service.save(Page(at=Moment(START), text="hello"))
    service.save(CheckIn(at=Moment(START), mood=3))
    today = service.today()
    assert (today.empty, today.step, today.also) == (False, None, ())
    assert today.last_written.snippet == "hello"
    assert today.last_checkin.record.mood == 3


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(hours=3), "today"),
        (timedelta(hours=20), "tomorrow"),
        (timedelta(days=2), "on Thursday, in 2 days"),
        (timedelta(days=20), "on 12 March, in 20 days"),
    ],
)
def test_an_intention_fits_before_a_session(service, clock, before, said):
    session(service, happened=False)
    clock.at = START - before
    assert steps(service) == [("intention", f"Session 1 is {said}.")]
    service.save(Intention(at=Moment(clock.at), session=ONE))
    assert steps(service) == [("session", f"Session 1 is {said}. Your intention is written.")]


@pytest.mark.parametrize(("after", "said"), [(timedelta(hours=1), "today"), (timedelta(hours=20), "yesterday")])
def test_a_planned_session_that_is_past_wants_to_be_noted(service, clock, after, said):
    session(service, happened=False)
    clock.at = START + after
    said = f"Session 1 was planned for {said}."
    assert ("happened", said) in steps(service)
    assert {reason for _, reason in steps(service)} == {said}  # nothing speaks of hours after it
    assert service.today().next.eid == ONE
    clock.at = START + timedelta(hours=25)  # and is not asked after for ever
    assert steps(service) == []


@pytest.mark.parametrize(
    ("hours", "kinds"),
    [
        (1, ["experience"]),
        (4, ["experience", "checkin"]),
        (12, ["experience"]),
        (24, ["experience", "checkin"]),
        (72, ["experience", "checkin", "small-thing"]),
        (24 * 6, ["experience", "checkin"]),
        (24 * 7, ["checkin", "integration", "experience"]),
        (24 * 10, ["integration", "experience"]),
        (24 * 14, ["checkin", "integration", "experience"]),
        (24 * 15, ["checkin", "integration"]),
        (24 * 30, []),
    ],
)
def test_after_a_session(service, clock, hours, kinds):
    session(service)
    clock.at = START + timedelta(hours=hours)
    assert [kind for kind, _ in steps(service)] == kinds
    assert service.today().last.eid == ONE


def test_a_check_in_in_its_window_is_not_asked_for_again(service, clock):
    session(service)
    clock.at = START + timedelta(hours=24)
    assert ("checkin", "It is a day after Session 1.") in steps(service)
    service.save(CheckIn(at=Moment(START + timedelta(hours=4))))
    assert ("checkin", "It is a day after Session 1.") in steps(service)
    service.save(CheckIn(at=Moment(START + timedelta(hours=23))))
    assert [kind for kind, _ in steps(service)] == ["experience"]


def test_integration_follows_what_was_experienced(service, clock):
    session(service)
    service.save(Experience(at=Moment(START), session=ONE))
    clock.at = START + timedelta(days=5)
    assert ("integration", "It is 5 days after Session 1.") in steps(service)
    service.save(IntegrationNote(at=Moment(clock.at), session=ONE))
    assert "integration" not in dict(steps(service))
    clock.at += timedelta(days=3)
    assert ("integration", "It is 8 days after Session 1.") in steps(service)
    clock.at = START + timedelta(days=22)
    assert steps(service) == []


def test_how_long_ago_it_was_is_said_in_one_way(service, clock):
    session(service)
    service.save(Experience(at=Moment(START), session=ONE))
    for hours, said in ((25, "a day"), (49, "2 days"), (72, "3 days"), (24 * 7, "7 days")):
        clock.at = START + timedelta(hours=hours)
        assert {reason for _, reason in steps(service)} == {f"It is {said} after Session 1."}


def test_days_are_counted_where_the_session_is(service, clock):
    """It is 23:30 in New York when the session's day has begun in Berlin."""
    session(service, happened=False, starts=datetime(2026, 3, 13, 9, 0, tzinfo=ZONE))
    clock.at = datetime.fromisoformat("2026-03-12T19:30:00-04:00")
    assert steps(service) == [("intention", "Session 1 is today.")]


def test_the_next_session_comes_before_what_is_left_of_the_last(service, clock):
    session(service)
    service.save(Session(starts=Moment(START + timedelta(days=2)), course="c" * 32), "2" * 32)
    clock.at = START + timedelta(hours=24)
    today = service.today()
    assert (today.step.kind, today.step.session) == ("intention", "2" * 32)
    assert (today.next.label, today.last.label) == ("Session 2", "Session 1")
    assert len(today.also) <= 4
