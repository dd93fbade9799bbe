"""Medicines as lanes and lists, side effects at a moment, the commitment of the week: also where clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise, permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.clock import FixedClock
from journal.records import (
    Commitment,
    Medicine,
    MedicineStep,
    Moment,
    Onset,
    Outcome,
    Record,
    Session,
    SideEffect,
    StepKind,
)
from journal.service import JournalService, body, commitments
from journal.service.body import Span, Standing
from tests.journal.records.strategies import medicines, steps
from tests.journal.service.entries import at

START, CHANGE, STOP = StepKind.START, StepKind.CHANGE, StepKind.STOP
BERLIN = ZoneInfo("Europe/Berlin")
DATE_LINE = timezone(timedelta(hours=13))


def step(kind: StepKind, when: Moment, dose: str = "", *, whole_day: bool = False) -> MedicineStep:
    return MedicineStep(kind=kind, at=when, dose=dose, whole_day=whole_day)


def day(number: int, kind: StepKind, dose: str = "") -> MedicineStep:
    return step(kind, at(number, 12), dose, whole_day=True)


def lived(*parts: int) -> Moment:
    """A time of the clock in Berlin, as this program keeps it."""
    moment = datetime(*parts, tzinfo=BERLIN)
    return Moment(datetime(*parts, tzinfo=timezone(moment.utcoffset() or timedelta())), "Europe/Berlin")


def kept(service: JournalService, *records: Record) -> list[str]:
    return [service.save(record).eid for record in records]


def kinds(steps: tuple[MedicineStep, ...]) -> list[StepKind]:
    return [one.kind for one in steps]


# -- the order of steps --------------------------------------------------------------------------------------------


def test_steps_stand_in_the_order_of_time_whatever_the_order_they_were_told_in() -> None:
    told = (day(2, START, "10 mg"), day(5, CHANGE, "20 mg"), day(9, STOP))
    for mixed in permutations(told):
        assert body.in_order(mixed) == told


def test_a_stop_on_the_same_day_as_the_start_comes_after_it_and_a_new_start_after_the_stop() -> None:
    for mixed in permutations((day(2, START), day(2, STOP))):
        assert kinds(body.in_order(mixed)) == [START, STOP]
    running = day(1, START, "old tablets")
    for mixed in permutations((day(2, STOP), day(2, START, "new tablets"))):
        assert kinds(body.in_order((running, *mixed))) == [START, STOP, START]


def test_a_day_without_a_time_yields_to_times_of_that_day() -> None:
    morning, evening = step(START, at(2, 8), "one"), step(CHANGE, at(2, 20), "two")
    assert kinds(body.in_order((day(2, STOP), evening, morning))) == [START, CHANGE, STOP]
    late = step(START, at(2, 23))
    assert kinds(body.in_order((day(2, STOP), late))) == [START, STOP]


def test_times_are_put_in_order_as_instants_also_across_zones() -> None:
    there = Moment(datetime(2026, 3, 3, 1, tzinfo=DATE_LINE))  # noon of the 2nd in UTC
    here = at(2, 20)
    assert there.at < here.at
    assert kinds(body.in_order((step(STOP, here), step(START, there)))) == [START, STOP]


def test_the_night_the_clocks_go_back_has_its_hour_twice() -> None:
    first = Moment(datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2))), "Europe/Berlin")
    second = Moment(datetime(2026, 10, 25, 2, 10, tzinfo=timezone(timedelta(hours=1))), "Europe/Berlin")
    assert kinds(body.in_order((step(STOP, second), step(START, first)))) == [START, STOP]


def test_steps_that_are_alike_all_stay() -> None:
    assert len(body.in_order((day(2, START), day(2, START), day(2, STOP)))) == 3


@given(st.lists(steps, max_size=6))
def test_whatever_was_told_nothing_is_lost_and_the_order_is_one(told: list[MedicineStep]) -> None:
    ordered = body.in_order(told)
    assert sorted(map(repr, ordered)) == sorted(map(repr, told))
    assert body.in_order(ordered) == ordered
    timed = [one for one in ordered if not one.whole_day]
    assert all(first.at.at <= second.at.at for first, second in pairwise(timed))


@given(medicines, st.datetimes(timezones=st.just(UTC)))
def test_lists_and_lanes_can_be_made_of_anything(medicine: Medicine, when: datetime) -> None:
    now = body.medicine_at("", medicine, when)
    lane = body._lane("", medicine)
    assert (now.stopped is not None) == (now.standing is Standing.STOPPED)
    assert len(lane.steps) == len(medicine.steps) and len(lane.spans) <= len(medicine.steps) + 1


# -- medicines -----------------------------------------------------------------------------------------------------


def test_lanes_hold_steps_and_the_spans_between_them(service: JournalService) -> None:
    told = (day(9, STOP), day(2, START, "10 mg"), day(5, CHANGE, "20 mg"), day(20, START, "5 mg"))
    (eid,) = kept(service, Medicine(name="Sertraline", steps=told))
    (lane,) = service.body().lanes
    assert lane.eid == eid and kinds(lane.steps) == [START, CHANGE, STOP, START]
    assert lane.spans == (
        Span(at(2, 12), at(5, 12), "10 mg"),
        Span(at(5, 12), at(9, 12), "20 mg"),
        Span(at(20, 12), None, "5 mg"),
    )


def test_what_was_taken_before_the_first_thing_told_has_no_beginning(service: JournalService) -> None:
    kept(service, Medicine(name="A", steps=(day(5, CHANGE, "20 mg"),)), Medicine(name="B", steps=(day(6, STOP),)))
    first, second = service.body().lanes
    assert first.spans == (Span(None, at(5, 12)), Span(at(5, 12), None, "20 mg"))
    assert second.spans == (Span(None, at(6, 12)),)


def test_a_medicine_of_which_only_the_name_is_known_is_taken(service: JournalService) -> None:
    kept(service, Medicine(name="Something"))
    (lane,), (now,) = service.body().lanes, service.body().medicines
    assert lane.spans == (Span(None, None),)
    assert (now.standing, now.since, now.dose) == (Standing.NOW, None, "")


def test_how_each_stands_at_a_moment(service: JournalService, clock: FixedClock) -> None:
    kept(
        service,
        Medicine(name="zopiclone", steps=(day(1, START, "half a tablet"),)),
        Medicine(name="Bupropion", steps=(day(2, START, "150 mg"), day(8, CHANGE, ""), day(11, STOP))),
        Medicine(name="Lithium", steps=(day(30, START, "one"),)),
    )
    standing = {one.medicine.name: one for one in service.body().medicines}
    assert list(standing) == ["Bupropion", "Lithium", "zopiclone"]
    stopped, ahead, taken = standing.values()
    assert stopped.standing is Standing.STOPPED and stopped.dose == "150 mg" and stopped.stopped == day(11, STOP)
    assert ahead.standing is Standing.AHEAD and ahead.since == day(30, START, "one")
    assert taken.standing is Standing.NOW and taken.since == day(1, START, "half a tablet")
    clock.at = at(9).at
    assert [one.medicine.name for one in body.medicines_now(service._items, clock.at)] == ["Bupropion", "zopiclone"]


def test_a_step_of_today_without_a_time_counts_all_day(service: JournalService) -> None:
    medicine = Medicine(name="A", steps=(day(1, START), day(12, STOP)))
    early = datetime(2026, 3, 12, 0, 1, tzinfo=at(1).at.tzinfo)
    assert body.medicine_at("", medicine, early).standing is Standing.STOPPED
    assert body.medicine_at("", medicine, early - timedelta(minutes=2)).standing is Standing.NOW


def test_started_and_stopped_on_one_day_is_stopped(service: JournalService) -> None:
    medicine = Medicine(name="A", steps=(day(3, STOP), day(3, START, "one")))
    told = body.medicine_at("", medicine, at(12).at)
    assert told.standing is Standing.STOPPED and told.since == day(3, START, "one")


# -- side effects --------------------------------------------------------------------------------------------------


def test_side_effects_of_a_session_and_those_not_gone(service: JournalService) -> None:
    (session,) = kept(service, Session(starts=at(2, 14), happened=True))
    kept(
        service,
        SideEffect(what="headache", began=at(2, 16), session=session),
        SideEffect(what="nausea", began=at(2, 15), gone=at(2, 18), session=session),
        SideEffect(what="a hum in the left ear", began=at(4)),
    )
    view = service.body()
    assert [one.effect.what for one in view.open_effects] == ["headache", "a hum in the left ear"]
    assert [(one.effect.what, one.session) for one in view.gone_effects] == [("nausea", "Session 1")]
    assert [one.effect.what for one in service.session_body(session).effects] == ["nausea", "headache"]
    before = body.effects_not_gone(service._items, at(2, 17).at)
    assert [one.effect.what for one in before] == ["nausea", "headache"]
    assert body.effects_not_gone(service._items, at(2, 14).at) == ()


def test_gone_by_is_about_instants_on_the_night_the_clocks_go_back() -> None:
    began = Moment(datetime(2026, 10, 25, 2, 50, tzinfo=timezone(timedelta(hours=2))), "Europe/Berlin")
    gone = Moment(datetime(2026, 10, 25, 2, 10, tzinfo=timezone(timedelta(hours=1))), "Europe/Berlin")
    assert not body.out_of_order(SideEffect(what="tired", began=began, gone=gone))  # twenty minutes later
    assert body.out_of_order(SideEffect(what="tired", began=gone, gone=began))
    assert not body.out_of_order(SideEffect(what="tired", began=began, gone=began))
    assert not body.out_of_order(SideEffect(what="tired", began=began))


@pytest.mark.parametrize(
    ("starts", "evening", "morning"),
    [
        (lived(2026, 3, 12, 14, 5), lived(2026, 3, 12, 20), lived(2026, 3, 13, 8)),
        (lived(2026, 3, 28, 21, 30), lived(2026, 3, 28, 21, 30), lived(2026, 3, 29, 8)),  # summer time that night
        (lived(2026, 10, 24, 19), lived(2026, 10, 24, 20), lived(2026, 10, 25, 8)),  # and winter time
    ],
)
def test_evening_and_morning_are_told_by_the_clocks_there(starts: Moment, evening: Moment, morning: Moment) -> None:
    assert body.during(starts) == (starts, Onset.SESSION)
    for (made, onset), wanted, told in (
        (body.same_evening(starts), evening, Onset.EVENING), (body.next_morning(starts), morning, Onset.MORNING),
    ):  # fmt: skip
        assert (made, onset) == (wanted, told) and made.at.utcoffset() == wanted.at.utcoffset()


def test_only_what_was_said_as_a_time_has_hours() -> None:
    dose = at(2, 10)
    told = {onset: SideEffect(what="dizziness", began=at(2, 12), onset=onset, gone=at(3, 11)) for onset in Onset}
    timed = body.hours_of(told[Onset.TIME], dose.at)
    assert (timed.began, timed.gone, timed.lasted) == (2, 25, 23)
    for onset in set(Onset) - {Onset.TIME}:
        vague = body.hours_of(told[onset], dose.at)
        assert (vague.began, vague.gone, vague.lasted) == (None, 25, None)
    open_ended = body.hours_of(SideEffect(what="dizziness", began=at(2, 12)), dose.at)
    assert (open_ended.began, open_ended.gone, open_ended.lasted) == (2, None, None)


def test_gone_earlier_on_a_day_of_which_no_time_is_known_is_in_order() -> None:
    for onset in Onset:
        effect = SideEffect(what="headache", began=at(2, 20), onset=onset, gone=at(2, 19))
        assert body.out_of_order(effect) == (onset in (Onset.TIME, Onset.SESSION))
        assert body.out_of_order(SideEffect(what="headache", began=at(2, 20), onset=onset, gone=at(1, 21)))


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../../etc/passwd", "=1+1"])
def test_where_the_zone_is_not_known_its_offset_is_kept(zone: str) -> None:
    starts = Moment(at(28, 14).at, zone)
    assert body.next_morning(starts) == (Moment(at(29, 8).at, zone), Onset.MORNING)


def test_at_the_end_of_the_calendar_there_is_no_next_morning() -> None:
    last = Moment(datetime.max.replace(tzinfo=timezone(timedelta(hours=-2))))
    assert body.next_morning(last) == (last, Onset.MORNING)


# -- commitments ---------------------------------------------------------------------------------------------------


def current(service: JournalService, now: datetime) -> str | None:
    item = commitments.current_commitment(service._items, now)
    return item.record.text if item is not None else None  # type: ignore[union-attr]


def due(service: JournalService, now: datetime) -> bool:
    return commitments.commitment_due(service._items, now) is not None


def test_a_commitment_is_of_its_week_and_can_be_looked_back_at_for_a_week_more(service: JournalService) -> None:
    kept(service, Commitment(text="call Ilse", begins=at(2, 23)))
    told = [(number, current(service, at(number, 1).at) is not None, due(service, at(number, 1).at))
            for number in range(1, 20)]  # fmt: skip
    assert [number for number, here, _ in told if here] == list(range(2, 17))
    assert [number for number, _, asked in told if asked] == list(range(8, 17))


def test_what_was_looked_back_at_lasts_as_long_as_its_week(service: JournalService) -> None:
    did = Commitment(text="call Ilse", begins=at(2), outcome=Outcome.DID, reviewed=at(8))
    kept(service, did)
    assert current(service, at(8).at) == "call Ilse" and not due(service, at(8).at)
    assert commitments.promised(service._items, at(8).at) is None
    assert current(service, at(9).at) is None


def test_what_is_no_longer_mine_is_not_shown_again(service: JournalService) -> None:
    kept(service, Commitment(text="call Ilse", begins=at(2), outcome=Outcome.NOT_MINE, reviewed=at(3)))
    assert current(service, at(4).at) is None


def test_the_newest_that_has_begun_is_the_one(service: JournalService) -> None:
    kept(
        service,
        Commitment(text="first", begins=at(2)),
        Commitment(text="second", begins=at(6)),
        Commitment(text="next week", begins=at(20)),
    )
    assert current(service, at(5).at) == "first"
    assert current(service, at(9).at) == "second" and not due(service, at(9).at)
    assert current(service, at(21).at) == "next week"


def test_days_are_those_of_the_calendar_on_a_night_when_the_clocks_change(service: JournalService) -> None:
    kept(service, Commitment(text="walk", begins=lived(2026, 3, 25, 23, 59)))
    assert not due(service, lived(2026, 3, 30, 23, 59).at)
    assert due(service, lived(2026, 3, 31, 0, 1).at)
    assert due(service, lived(2026, 4, 8, 23, 59).at)
    assert not due(service, lived(2026, 4, 9, 0, 1).at)


def test_a_sessions_part_says_which_may_be_looked_back_at(service: JournalService, clock: FixedClock) -> None:
    (session,) = kept(service, Session(starts=at(1, 14), happened=True))
    old, new = kept(
        service,
        Commitment(text="older", begins=at(1), session=session),
        Commitment(text="newer", begins=at(5), session=session),
    )
    view = service.session_body(session)
    assert [item.eid for item in view.commitments] == [old, new]
    assert view.due == new  # seven days ago
    assert service.commitment_of_now().eid == new  # type: ignore[union-attr]
    assert service.today().commitment.eid == new  # type: ignore[union-attr]
    clock.at = at(30).at
    assert service.session_body(session).due is None and service.commitment_of_now() is None


def test_an_effect_that_begins_later_is_not_said_to_be_there(service: JournalService, clock: FixedClock) -> None:
    clock.at = at(5).at
    ahead = service.save(Session(starts=at(8))).eid
    service.save(SideEffect(what="nausea", began=at(8), session=ahead))
    view = service.body()
    assert (view.open_effects, [one.effect.what for one in view.later_effects]) == ((), ["nausea"])
    assert not service.session_body(ahead).begun
    clock.at = at(8, 11).at
    assert service.session_body(ahead).begun and len(service.body().open_effects) == 1
