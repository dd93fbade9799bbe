"""A course as it stands: its phases in time with their sessions, "3 of 6", pauses, who is part of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import NotFound
from journal.records import (
    Checklist,
    Course,
    CoursePhase,
    Medicine,
    MedicineStep,
    Moment,
    Page,
    Phase,
    Provider,
    Ready,
    Session,
    StepKind,
    decode,
    encode,
)
from journal.service import SessionSummary
from journal.service.courses import ended, going_on, last_phase, paused, stretches, taken_before, to_prepare
from tests.journal.service.entries import at, commits

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 3, 12, 14, 5, tzinfo=UTC)
INDUCTION, MAINTENANCE, PAUSE = Phase.INDUCTION, Phase.MAINTENANCE, Phase.PAUSE


def phase(kind: Phase, began: int | None = None, **fields) -> CoursePhase:
    return CoursePhase(kind=kind, started=None if began is None else at(began, 0), **fields)


def course(service, *phases: CoursePhase, **fields) -> str:
    return service.save(Course(phases=phases, **fields)).eid


def session(service, of: str | None, starts: Moment, *, happened: bool = True, **fields) -> str:
    return service.save(Session(starts=starts, course=of, happened=happened, **fields)).eid


def parts(service, eid: str) -> list[tuple[str, int]]:
    """The stretches of a course: the kind of each, and how many sessions lie in it."""
    view = service.course_view(eid)
    return [(one.phase.kind.value if one.phase else "", len(one.sessions)) for one in view.stretches]


# -- phases in time -------------------------------------------------------------------------------------------


def test_a_phase_lasts_until_the_next_one_began(service):
    eid = course(service, phase(INDUCTION, 1, planned=6), phase(MAINTENANCE, 8))
    for day in (1, 3, 7, 8, 11):
        session(service, eid, at(day))
    assert parts(service, eid) == [("induction", 3), ("maintenance", 2)]
    view = service.course_view(eid)
    assert [one.until for one in view.stretches] == [at(8, 0), None]
    assert view.here is view.stretches[1]


def test_what_lies_in_no_phase_stands_where_it_was_in_time(service):
    eid = course(service, phase(INDUCTION, 3, ended=at(5)), phase(MAINTENANCE, 9))
    for day in (1, 4, 7, 10):
        session(service, eid, at(day))
    assert parts(service, eid) == [("", 1), ("induction", 1), ("", 1), ("maintenance", 1)]


def test_a_first_phase_without_a_beginning_reaches_back_and_a_later_one_has_not_begun(service):
    eid = course(service, phase(INDUCTION, planned=6), phase(MAINTENANCE))
    session(service, eid, at(1))
    assert parts(service, eid) == [("induction", 1), ("maintenance", 0)]
    view = service.course_view(eid)
    assert view.here.phase.kind is INDUCTION
    assert (view.done, view.planned) == (1, 6)


def test_a_course_without_phases_shows_its_sessions(service):
    eid = course(service, planned=6)
    assert parts(service, eid) == []
    session(service, eid, at(1))
    session(service, None, at(2))
    assert parts(service, eid) == [("", 1)]


def test_a_session_over_midnight_belongs_to_the_day_it_began(service):
    eid = course(service, phase(INDUCTION, 1), phase(MAINTENANCE, 8))
    late = Moment(at(7, 23).at + timedelta(minutes=30))
    session(service, eid, late, ended=Moment(late.at + timedelta(hours=2)))
    assert parts(service, eid) == [("induction", 1), ("maintenance", 0)]


def test_sessions_are_ordered_and_placed_by_the_instant_whatever_the_zone(service):
    eid = course(service, phase(INDUCTION, 1), phase(MAINTENANCE, 8))
    # 20:00 on the 7th in New York is 02:00 on the 8th where the phase began.
    west = Moment(datetime(2026, 3, 7, 20, tzinfo=timezone(timedelta(hours=-5))), "America/New_York")
    # 06:30 on the 8th in Tokyo is 22:30 on the 7th there.
    east = Moment(datetime(2026, 3, 8, 6, 30, tzinfo=timezone(timedelta(hours=9))), "Asia/Tokyo")
    first, second = session(service, eid, west), session(service, eid, east)
    view = service.course_view(eid)
    assert [[one.eid for one in stretch.sessions] for stretch in view.stretches] == [[second], [first]]
    assert [one.label for stretch in view.stretches for one in stretch.sessions] == ["Session 1", "Session 2"]


# -- "3 of 6" -------------------------------------------------------------------------------------------------


def test_sessions_are_counted_for_the_phase_where_it_has_a_number_else_for_the_course(service):
    eid = course(service, phase(INDUCTION, 1, planned=6), phase(MAINTENANCE, 8), planned=12)
    for day in (2, 3, 4):
        session(service, eid, at(day))
    view = service.course_view(eid)  # it is the 12th: maintenance, without a number
    assert (view.done, view.planned) == (3, 12)
    assert [one.happened for one in view.stretches] == [3, 0]
    service.save(Course(phases=(phase(INDUCTION, 1, planned=6),), planned=12), eid)
    view = service.course_view(eid)
    assert (view.done, view.planned) == (3, 6)


def test_only_what_happened_is_counted_and_no_number_is_invented(service):
    eid = course(service, phase(INDUCTION, 1))
    session(service, eid, at(2))
    session(service, eid, at(4), happened=False)
    view = service.course_view(eid)
    assert (view.done, view.planned) == (1, None)


def test_the_next_session_is_the_first_that_lies_ahead(service):
    eid = course(service)
    session(service, eid, at(1), happened=False)  # was planned, and nobody says what became of it
    coming = session(service, eid, at(20), happened=False)
    session(service, eid, at(25), happened=False)
    assert service.course_view(eid).next.eid == coming


begins = st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)).map(Moment)
any_phase = st.builds(CoursePhase, kind=st.sampled_from(Phase), started=begins, ended=begins)
any_session = st.builds(Session, starts=begins.filter(bool), happened=st.booleans())


@given(st.lists(any_phase, max_size=5), st.lists(any_session, max_size=8))
def test_every_session_stands_in_one_stretch_and_every_phase_is_there(phases, sessions):
    ordered = sorted(sessions, key=lambda one: one.starts.at)
    summaries = [SessionSummary(str(n), one, "", "", 0, 0, 0, 0) for n, one in enumerate(ordered)]
    found = stretches(phases, summaries, NOW)
    assert sorted(int(one.eid) for part in found for one in part.sessions) == list(range(len(sessions)))
    assert sum(part.happened for part in found) == sum(one.happened for one in sessions)
    assert sorted(map(repr, phases)) == sorted(repr(part.phase) for part in found if part.phase)
    assert sum(part.here for part in found) <= 1
    for part in found:
        times = [one.session.starts.at for one in part.sessions]
        assert times == sorted(times)
        if part.phase is not None and part.phase.started is not None:
            assert all(time >= part.phase.started.at for time in times)
        if part.phase is not None and part.phase.ended is not None:
            assert all(time <= part.phase.ended.at for time in times)


# -- pausing, ending, going on --------------------------------------------------------------------------------


def test_a_pause_is_a_stretch_and_what_was_before_keeps_its_count(service):
    now = at(5)
    before = Course(phase=INDUCTION, started=at(1), planned=6)
    pause = paused(before, now)
    assert pause.phase is PAUSE
    assert [(one.kind, one.started, one.ended) for one in pause.phases] == [
        (INDUCTION, at(1), now), (PAUSE, now, None),
    ]  # fmt: skip
    again = going_on(pause, at(9))
    assert again.phase is INDUCTION
    assert [(one.kind, one.started, one.ended) for one in again.phases[1:]] == [
        (PAUSE, now, at(9)), (INDUCTION, at(9), None),
    ]  # fmt: skip
    eid = service.save(again).eid
    for day in (2, 10):
        session(service, eid, at(day))
    view = service.course_view(eid)
    assert (view.done, view.planned) == (2, 6)


def test_ending_closes_the_last_phase_and_going_on_takes_it_up(service):
    before = Course(phase=MAINTENANCE, phases=(phase(INDUCTION, 1), phase(MAINTENANCE, 4, name="Monthly")))
    end = ended(before, at(9))
    assert end.phase is Phase.ENDED
    assert [one.ended for one in end.phases] == [None, at(9)]
    again = going_on(end, at(11))
    assert (again.phase, again.phases[-1].name, again.phases[-1].planned) == (MAINTENANCE, "Monthly", None)


def test_nobody_knows_where_a_course_without_phases_stood():
    end = ended(Course(phase=MAINTENANCE), at(9))
    assert last_phase(end, at(11).at) is None
    assert going_on(end, at(11)) == end


# -- which course ---------------------------------------------------------------------------------------------


def test_the_course_that_goes_on_is_shown_where_none_is_asked_for(service):
    assert service.course_view() is None
    old = course(service, title="Spring", started=at(1, month=1))
    new = course(service, title="Autumn", started=at(1))
    service.save(Course(title="Over", phase=Phase.ENDED, started=at(11)))
    assert service.course_view().item.eid == new
    session(service, old, at(10))
    view = service.course_view()
    assert view.item.eid == old
    assert [item.record.title for item in view.courses] == ["Spring", "Autumn", "Over"]


def test_a_course_that_is_gone_says_so(service):
    eid = course(service)
    service.delete(eid)
    with pytest.raises(NotFound):
        service.course_view(eid)
    with pytest.raises(NotFound):
        service.course_view(service.save(Page(at=at(1))).eid)


# -- who is part of it ----------------------------------------------------------------------------------------


def test_somebody_new_becomes_part_of_the_course_in_one_step(service):
    eid = course(service, title="Autumn")
    who = service.save_provider(Provider(name="Lindenhof"), service.new_eid(), eid).eid
    assert [item.eid for item in service.course_view(eid).providers] == [who]
    service.save_provider(Provider(name="Lindenhof clinic"), who, eid)
    assert [item.record.name for item in service.course_view(eid).providers] == ["Lindenhof clinic"]
    service.undo()
    service.undo()
    assert service.course_view(eid).providers == ()
    assert service.providers() == ()


def test_what_is_being_written_of_the_course_is_kept_while_somebody_is_added(service, reopen):
    eid = course(service, title="Autumn")
    service.put_draft(eid, Course(title="Autumn", notes="half a word"))
    before = commits(service.path)
    who = service.save_provider(Provider(name="Lindenhof"), service.new_eid(), eid).eid
    assert commits(service.path) == before + 1  # a power cut leaves no provider without a course
    view = service.course_view(eid)
    assert view.unsaved
    service.undo()
    assert (service.providers(), service.course_view(eid).providers) == ((), ())
    assert service.draft(eid).record == Course(title="Autumn", notes="half a word")
    service.redo()
    assert [item.eid for item in view.providers] == [who]
    again = reopen()
    draft = again.draft(eid).record
    assert (draft.notes, draft.providers) == ("half a word", (who,))
    again.save(draft, eid)
    assert again.get(eid).heads == 1
    assert again.get(eid).record == draft


def test_somebody_new_is_part_of_both_versions_of_a_course(service, other):
    eid = course(service, title="Autumn")
    there = other()
    there.save(Course(title="Autumn, there"), eid)
    service.save(Course(title="Autumn, here"), eid)
    service.merge(service.look_into(there.path).copy)
    new = service.new_eid()
    service.put_draft(new, Provider(name="Linden"))
    who = service.save_provider(Provider(name="Lindenhof"), new, eid)
    assert (who.eid, who.rev) == (new, service.get(new).rev)
    sides = {side.record.title: side.record.providers for side in service.sides(eid)}
    assert sides == {"Autumn, there": (new,), "Autumn, here": (new,)}
    assert service.drafts() == ()


def test_a_course_shows_nobody_who_was_removed_and_again_once_that_is_undone(service):
    eid = course(service)
    who = service.save_provider(Provider(name="Lindenhof"), service.new_eid(), eid).eid
    service.delete(who)
    assert service.course_view(eid).providers == ()
    service.undo()
    assert [item.eid for item in service.course_view(eid).providers] == [who]


# -- what to prepare ------------------------------------------------------------------------------------------


def test_the_list_that_comes_with_the_program_stands_until_there_is_an_own_one(service):
    assert service.checklist().eid is None
    assert "Someone knows where I am" in service.checklist().lines
    eid = service.save(Checklist(lines=("Water",))).eid
    assert service.checklist() == type(service.checklist())(eid, ("Water",))
    service.delete(eid)
    assert service.checklist().eid is None


def test_ticking_a_line_copies_the_list_into_the_session(service):
    service.save(Checklist(lines=("Water", "A ride")))
    eid = session(service, None, at(20), happened=False)
    service.prepare(eid, "A ride", done=True)
    assert service.get(eid).record.prepared == (Ready("Water"), Ready("A ride", True))
    service.save(Checklist(lines=("Something else",)), service.checklist().eid)
    service.prepare(eid, "Water", done=True)
    service.prepare(eid, "A ride", done=False)
    assert service.get(eid).record.prepared == (Ready("Water", True), Ready("A ride"))
    service.undo()
    assert service.get(eid).record.prepared == (Ready("Water", True), Ready("A ride", True))


def test_ticking_keeps_what_is_being_written_of_the_session(service, reopen):
    service.save(Checklist(lines=("Water",)))
    eid = session(service, None, at(20), happened=False)
    service.put_draft(eid, Session(starts=at(20), arriving="half a word"))
    service.prepare(eid, "Water", done=True)
    again = reopen()
    draft = again.draft(eid).record
    assert (draft.arriving, draft.prepared) == ("half a word", (Ready("Water", True),))
    assert again.get(eid).record.prepared == (Ready("Water", True),)
    again.save(draft, eid)
    assert (again.get(eid).heads, again.drafts()) == (1, ())


def test_a_medicine_is_asked_for_while_it_was_taken():
    steps = (
        MedicineStep(kind=StepKind.START, at=at(3)), MedicineStep(kind=StepKind.CHANGE, at=at(5)),
        MedicineStep(kind=StepKind.STOP, at=at(9)),
    )  # fmt: skip
    medicine = Medicine(name="one", steps=steps)
    assert [taken_before(medicine, at(day).at) for day in (2, 4, 6, 10)] == [False, True, True, False]
    assert taken_before(Medicine(name="without steps"), at(1).at)


def test_a_medicine_is_asked_for_where_any_of_the_24_hours_before_touches_it():
    def taken(kind: StepKind, when: Moment, until: Moment, *, whole_day: bool = False) -> bool:
        step = MedicineStep(kind=kind, at=when, whole_day=whole_day)
        return taken_before(Medicine(name="one", steps=(step,)), until.at)

    assert taken(StepKind.CHANGE, at(20), at(9))  # known by a change alone: taken before it
    assert taken(StepKind.STOP, at(9, 7), at(9))  # stopped three hours before
    assert not taken(StepKind.STOP, at(7, 9), at(9))
    assert taken(StepKind.START, at(9, 12), at(9, 9), whole_day=True)  # that day, and nobody knows when
    assert taken(StepKind.STOP, at(8, 12), at(9, 18), whole_day=True)
    assert not taken(StepKind.STOP, at(7, 12), at(9), whole_day=True)
    assert not taken(StepKind.START, at(10, 12), at(9), whole_day=True)


def test_going_on_takes_up_the_last_phase_that_had_begun_wherever_it_stands():
    kept = (phase(MAINTENANCE, 20), phase(INDUCTION, 1, name="Weekly"), phase(MAINTENANCE))
    ahead = Course(phase=PAUSE, phases=kept)
    again = going_on(paused(ahead, at(5)), at(9))
    assert (again.phase, again.phases[-1].name) == (INDUCTION, "Weekly")
    assert going_on(Course(phase=PAUSE, phases=(phase(INDUCTION, 20),)), at(9)).phase is PAUSE


def test_a_list_that_was_emptied_stays_empty(service):
    service.save(Checklist(lines=("Water",)))
    emptied = Session(starts=at(20), prepared=(Ready(""),))
    assert to_prepare(emptied, service.checklist()) == ()
    assert to_prepare(Session(starts=at(20)), service.checklist()) == (Ready("Water"),)
    among = Session(starts=at(20), prepared=(Ready("Water"), Ready("")))
    assert to_prepare(among, service.checklist()) == (Ready("Water"),)


def test_a_tick_that_comes_too_late_leaves_an_emptied_list_empty(service):
    """The list was emptied in the editor, saved or not, while the line could still be seen elsewhere."""
    service.save(Checklist(lines=("Water",)))
    own = Session(starts=at(20), prepared=(Ready("a"), Ready("b")))
    emptied = msgspec.structs.replace(own, prepared=(Ready(""),))
    eid = service.save(own).eid
    service.put_draft(eid, emptied)
    service.prepare(eid, "a", done=True)
    assert service.get(eid).record.prepared == (Ready("a", True), Ready("b"))
    assert to_prepare(service.draft(eid).record, service.checklist()) == ()
    service.save(emptied, eid)
    service.prepare(eid, "a", done=True)
    assert service.get(eid).record == emptied
    assert service.undo_label == "Undo changing the session"
    assert to_prepare(service.get(eid).record, service.checklist()) == ()


def test_an_emptied_list_is_kept_as_the_page_about_the_format_says(service):
    emptied = Session(starts=at(20), prepared=(Ready(""),))
    kept = json.loads(encode(emptied))["prepared"]
    assert decode(encode(emptied)) == emptied
    assert "prepared" not in json.loads(encode(Session(starts=at(20))))
    written = (ROOT / "docs" / "vault-format.md").read_text("utf-8")
    assert f"`{json.dumps(kept, sort_keys=True, separators=(',', ':'))}`" in written
