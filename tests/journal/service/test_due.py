"""What fits now: only while its time lasts, only what was not done, and never from a session still ahead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.records import (
    CheckIn,
    Checklist,
    Commitment,
    Experience,
    HardMoment,
    IntegrationNote,
    Intention,
    Medicine,
    MedicineStep,
    Moment,
    Ready,
    Session,
    SideEffect,
    StepKind,
)
from journal.records.codec import encode
from journal.service import due
from journal.service.due import Rank, standing, steps
from journal.store import Items
from journal.vault import Revision
from journal.windows import WINDOWS
from tests.journal.service.entries import ZONE

START = datetime(2026, 3, 12, 14, 0, tzinfo=ZONE)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ONE, TWO = "1" * 32, "2" * 32


@pytest.fixture(autouse=True)
def sources(monkeypatch):
    """`sources(one, another)`: these other parts of the journal offer something; none does by itself."""
    monkeypatch.setattr(due, "SOURCES", ())
    return lambda *some: monkeypatch.setattr(due, "SOURCES", some)


def kinds(service) -> list[str]:
    today = service.today()
    return [step.kind for step in (today.step, *today.also) if step is not None]


def session(service, starts: datetime = START, eid: str = ONE, *, happened: bool = True, **more) -> None:
    service.save(Session(starts=Moment(starts), happened=happened, **more), eid)


@pytest.mark.parametrize("window", WINDOWS, ids=[window.name for window in WINDOWS])
def test_a_check_in_is_offered_while_its_window_is_open_and_not_after(service, clock, window):
    session(service)
    for passed, offered in (
        (window.first - timedelta(minutes=1), False),
        (window.first, True),
        (window.point, True),
        (window.last, True),
        (window.last + timedelta(minutes=1), False),
    ):
        clock.at = START + passed
        assert ("checkin" in kinds(service)) == offered, passed
    clock.at = START + window.point
    service.save(CheckIn(at=Moment(START + window.last), mood=0))
    assert "checkin" not in kinds(service)


def test_the_next_session_ends_the_windows_of_the_one_before(service, clock):
    session(service)
    session(service, START + 2 * DAY + HOUR, TWO)
    clock.at = START + 2 * DAY + 2 * HOUR  # "three days after" the first; one hour after the second
    assert "checkin" not in kinds(service)
    assert service.today().last.eid == TWO
    clock.at = START + 2 * DAY + 5 * HOUR
    (step,) = [step for step in (service.today().step, *service.today().also) if step and step.kind == "checkin"]
    assert (step.session, step.reason) == (TWO, "It is 4 hours after Session 2.")


def test_a_planned_session_ends_nothing(service, clock):
    session(service)
    session(service, START + 2 * DAY + HOUR, TWO, happened=False)
    clock.at = START + 2 * DAY + 2 * HOUR
    assert "checkin" in kinds(service)


def test_the_evening_before_the_intention_comes_first_and_then_the_list(service, clock):
    service.save(Checklist(lines=("Someone knows where I am",)))
    session(service, happened=False)
    clock.at = (START - DAY).replace(hour=15, minute=59)
    assert kinds(service) == ["intention"]
    clock.at = clock.at.replace(hour=16, minute=0)
    assert kinds(service) == ["intention", "checklist"]
    assert service.today().step.session == ONE
    service.save(Intention(at=Moment(clock.at), session=ONE))
    assert kinds(service) == ["checklist"]
    session(service, happened=False, prepared=(Ready("Someone knows where I am", done=True), Ready("Water")))
    assert kinds(service) == ["checklist"]
    session(service, happened=False, prepared=(Ready("Someone knows where I am", done=True),))
    assert kinds(service) == ["session"]
    clock.at = START
    assert "checklist" not in kinds(service)


def test_the_list_that_ships_is_offered_and_an_emptied_one_is_not(service, clock):
    session(service, happened=False)
    clock.at = START - HOUR
    assert kinds(service) == ["intention", "checklist"]
    session(service, happened=False, prepared=(Ready(""),))
    assert kinds(service) == ["intention"]
    session(service, happened=False)
    service.save(Checklist(lines=()))
    assert kinds(service) == ["intention"]


def test_the_evening_is_that_of_the_place_where_the_session_will_be(service, clock):
    service.save(Checklist(lines=("Water",)))
    session(service, happened=False, starts=datetime.fromisoformat("2026-03-13T09:00+13:00"))
    clock.at = datetime.fromisoformat("2026-03-11T16:30-11:00")  # there it is 16:30 on the 12th
    assert "checklist" in kinds(service)


def test_ten_days_after_what_has_stayed_comes_first(service, clock):
    session(service)
    clock.at = START + 10 * DAY
    assert kinds(service) == ["integration", "experience"]
    service.save(Experience(at=Moment(START), session=ONE))
    service.save(IntegrationNote(at=Moment(START + 8 * DAY), session=ONE))
    assert kinds(service) == []


def test_a_small_thing_is_offered_once_and_not_where_there_is_one(service, clock):
    session(service)
    clock.at = START + 3 * DAY
    assert "small-thing" in kinds(service)
    service.save(Commitment(text="walk", begins=Moment(START + 2 * DAY)))
    assert "small-thing" not in kinds(service)


# -- clocks --------------------------------------------------------------------------------------------------------


def test_a_session_that_starts_later_than_now_makes_nothing_due(service, clock):
    """The clock was set back: what took place lies ahead."""
    session(service)
    service.save(CheckIn(at=Moment(START + 4 * HOUR), mood=5, session=ONE))
    service.save(IntegrationNote(at=Moment(START + 2 * DAY), session=ONE))
    clock.at = START - 3 * DAY
    assert kinds(service) == []
    assert service.reminders() == (False, ())
    assert [row.kind for row in service.rows()] == ["integration", "checkin", "session"]  # in the order of their time
    clock.at = START + 25 * HOUR  # a note of tomorrow's is no reason to ask for another
    assert "integration" not in kinds(service)


@pytest.mark.parametrize(("day", "passes"), [("2026-03-28", 17), ("2026-10-24", 19)])
def test_a_night_in_which_the_clocks_change(service, clock, day, passes):
    """From 14:00 to 8:00 are 18 hours by the clocks on the wall."""
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime.fromisoformat(f"{day}T14:00").replace(tzinfo=berlin)
    session(service, start)
    clock.at = (start + DAY).replace(hour=8)
    assert ("checkin" in kinds(service)) == (passes >= 18)


@pytest.mark.parametrize("zone", ["", "No/Such_Zone", "Europe/Berlin"])
def test_the_name_of_a_zone_is_not_needed(service, clock, zone):
    service.save(Session(starts=Moment(START, zone), happened=True), ONE)
    clock.at = (START + 4 * HOUR).astimezone(ZoneInfo("Asia/Kathmandu"))
    assert "checkin" in kinds(service)


def test_a_session_over_midnight_in_another_zone(service, clock):
    session(service, datetime.fromisoformat("2026-03-12T23:30+05:45"))
    clock.at = datetime.fromisoformat("2026-03-12T21:50+01:00")  # 3 hours and 5 minutes later, on the same day there
    assert "checkin" in kinds(service)


SOMETIME = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))
OFFSETS = st.sampled_from([ZoneInfo(name) for name in ("Europe/Berlin", "Pacific/Apia", "Asia/Kolkata", "UTC")])


@given(
    st.lists(st.tuples(SOMETIME, OFFSETS, st.booleans()), max_size=6),
    st.lists(st.tuples(SOMETIME, OFFSETS), max_size=6),
    SOMETIME,
    OFFSETS,
)
def test_whatever_is_in_the_journal_steps_are_for_sessions_of_their_time(sessions, checkins, now, zone):
    records = [Session(starts=Moment(at.astimezone(there)), happened=done) for at, there, done in sessions]
    records += [CheckIn(at=Moment(at.astimezone(there)), mood=3) for at, there in checkins]
    items = Items(revision(number, record) for number, record in enumerate(records))
    found = steps(standing(items, now.astimezone(zone)))
    assert found == steps(standing(items, now))  # where the person is makes no difference to what is due
    for step in found:
        starts = items.get(step.session).record.starts.at
        passed = now - starts
        if step.kind == "checkin":
            assert any(window.holds(passed) for window in WINDOWS)
            others = [at for at, _, done in sessions if done and starts < at <= now]
            assert others == []
        if step.kind in ("experience", "integration", "small-thing"):
            assert timedelta(0) <= passed
    assert list(found) == sorted(found, key=lambda step: step.rank)


def revision(number: int, record) -> Revision:
    eid = f"{number:032x}"
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Revision(eid=eid, rev=eid, lamport=1, device="d", at=at, kind=record.kind, body=encode(record))


# -- other parts ---------------------------------------------------------------------------------------------------


class Fits(NamedTuple):
    pack: str
    title: str
    reason: str


PHQ = Fits("phq-9", "PHQ-9", "It looks back over 2 weeks.")


def first_of(kind: str):
    return lambda items, now: next(iter(items.of_kind(kind)), None)


def test_landing_comes_before_all_else(service, clock, sources):
    sources(due.landing(lambda items, now: ONE))
    session(service)
    session(service, START + DAY, TWO, happened=False)
    clock.at = START + 2 * HOUR
    today = service.today()
    assert (today.step.kind, today.step.session) == ("landing", ONE)
    assert today.step.reason == "The first hours after Session 1."
    assert len(today.also) == 4  # with the list that ships


def test_a_hard_moment_is_asked_about_by_its_own_entry(service, clock, sources):
    sources(due.looks(lambda items, now: [*items.of_kind("hard")]), due.looks(lambda items, now: ()))
    service.save(Experience(at=Moment(START)))
    eid = service.save(HardMoment(at=Moment(START), session=ONE, ask_again=Moment(START + DAY))).eid
    clock.at = START + DAY
    step = service.today().step
    assert (step.kind, step.eid, step.session) == ("hard", eid, ONE)


def test_a_question_left_alone_becomes_quiet_and_goes(service, clock, sources):
    sources(due.looks(lambda items, now: [*items.of_kind("hard")]))
    service.save(Experience(at=Moment(START)))
    service.save(HardMoment(at=Moment(START), ask_again=Moment(START)))
    clock.at = START + 5 * DAY
    today = service.today()
    assert (today.step, [step.kind for step in today.also]) == (None, ["hard"])
    clock.at = START + 15 * DAY
    assert kinds(service) == []


@pytest.mark.parametrize("review", [True, False])
def test_the_commitment_of_the_week_has_a_place_of_its_own(service, clock, sources, review):
    sources(due.commitment(first_of("commitment"), first_of("commitment") if review else lambda items, now: None))
    session(service)
    clock.at = START + 10 * DAY
    eid = service.save(Commitment(text="walk by the river", begins=Moment(START + DAY), where="Tuesday")).eid
    today = service.today()
    shown = today.commitment
    assert (shown.eid, shown.reason, shown.detail, shown.review) == (eid, "walk by the river", "Tuesday", review)
    assert "commitment" not in kinds(service)


def test_a_questionnaire_is_only_ever_a_quiet_offer(service, clock, sources):
    sources(due.scales(lambda items, now: [PHQ]))
    session(service)
    clock.at = START + 40 * DAY
    today = service.today()
    assert today.step is None
    assert [(step.kind, step.detail, step.rank) for step in today.also] == [("scale", "phq-9", Rank.QUIET)]


def test_there_are_never_more_than_four_quiet_ones(service, clock, sources):
    sources(due.scales(lambda items, now: [PHQ] * 9))
    session(service)
    clock.at = START + 4 * HOUR
    assert len(service.today().also) == 4


def test_an_empty_journal_is_asked_for_nothing_but_a_beginning(service, clock, sources):
    sources(due.scales(lambda items, now: [PHQ]))
    assert kinds(service) == ["intention"]


def test_what_is_different_since_the_last_session(service, clock):
    session(service)

    def step(kind: StepKind, after: timedelta) -> MedicineStep:
        return MedicineStep(kind=kind, at=Moment(START + after))

    service.save(Medicine(name="Sertraline", steps=(step(StepKind.START, -DAY), step(StepKind.CHANGE, DAY))))
    service.save(Medicine(name="Zopiclone", steps=(step(StepKind.STOP, 9 * DAY),)))  # that is still to come
    service.save(SideEffect(what="headache", began=Moment(START), gone=Moment(START + 2 * DAY)))
    service.save(SideEffect(what="nausea", began=Moment(START)))
    clock.at = START + 3 * DAY
    told = [(one.name, one.what) for one in service.today().changed]
    assert told == [("Headache", "gone"), ("Sertraline", "changed")]
