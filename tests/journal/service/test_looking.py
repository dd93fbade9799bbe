"""Lists, filters, sessions with their belongings, the chart's numbers, and the choices that travel along."""

from __future__ import annotations

from datetime import timedelta

import pytest

from journal.errors import NotFound
from journal.records import CheckIn, Course, Phase, Route, Session, Settings
from journal.store import Query
from tests.journal.service.entries import at, course_of_two, page

COURSE = "c" * 32


@pytest.fixture
def filled(service):
    service.save(Course(title="Spring", phase=Phase.INDUCTION, planned=6, started=at(1)), COURSE)
    course_of_two(service, COURSE)
    return service


def eids(rows) -> list[str]:
    return [row.eid[0] for row in rows]


def test_rows_are_newest_first(filled):
    assert eids(filled.rows()) == list("275461c3")
    assert eids(filled.rows(Query(newest_first=False))) == list("3c164572")
    assert eids(filled.rows(Query(limit=2))) == ["2", "7"]
    assert filled.count() == 8


QUERIES = {
    "one kind": (Query(kinds=frozenset({"page"})), "7"),
    "two kinds": (Query(kinds=frozenset({"experience", "intention"})), "43"),
    "a kind nobody has": (Query(kinds=frozenset({"receipt"})), ""),
    "a session": (Query(session="1" * 32), "5463"),
    "a course": (Query(course=COURSE), "254613"),
    "another course": (Query(course="d" * 32), ""),
    "a tag": (Query(tag="sea"), "74"),
    "words": (Query(text="sea"), "74"),
    "words in any order": (Query(text="the walked"), "7"),
    "words and a kind": (Query(text="sea", kinds=frozenset({"experience"})), "4"),
    "words of a session": (Query(text="50"), "1"),
    "words of a kind of therapy": (Query(text="mi"), "5"),
    "no words": (Query(text="  "), "275461c3"),
    "words that are nowhere": (Query(text="mountain"), ""),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_finds_what_it_asks_for(filled, name):
    query, wanted = QUERIES[name]
    assert sorted(eids(filled.rows(query))) == sorted(wanted)
    assert filled.count(query) == len(wanted)


def test_lists_and_search_follow_every_change(filled):
    saved = filled.save(page("a mountain", tags=("hill",)))
    assert filled.count(Query(text="mount")) == 1
    filled.save(page("a valley", tags=("hill",)), saved.eid)
    assert (filled.count(Query(text="mount")), filled.count(Query(text="vall"))) == (0, 1)
    filled.delete(saved.eid)
    assert (filled.count(Query(text="vall")), filled.count(Query(tag="hill"))) == (0, 0)
    filled.undo()
    assert (filled.count(Query(text="vall")), filled.count(Query(tag="hill"))) == (1, 1)


def test_tags_are_counted(filled):
    assert filled.tags() == (("sea", 2), ("calm", 1))


def test_sessions_are_numbered_in_their_course(filled):
    one, two = filled.sessions()
    assert [(summary.label, summary.course_title) for summary in (one, two)] == [
        ("Session 1", "Spring"), ("Session 2", "Spring"),
    ]  # fmt: skip
    assert (one.intentions, one.experiences, one.notes, one.checkins) == (1, 1, 1, 1)
    assert (two.intentions, two.experiences, two.notes, two.checkins) == (0, 0, 0, 0)
    assert filled.sessions("d" * 32) == ()
    filled.save(Session(starts=at(5), course="d" * 32))
    assert [summary.label for summary in filled.sessions("d" * 32)] == ["Session 1"]
    assert len(filled.sessions()) == 3


def test_a_number_given_by_the_clinic_counts_on(filled):
    first = filled.get("1" * 32).record
    filled.save(Session(starts=first.starts, course=COURSE, number=4, happened=True), "1" * 32)
    assert [summary.label for summary in filled.sessions()] == ["Session 4", "Session 5"]
    row = next(row for row in filled.rows() if row.eid == "2" * 32)
    assert row.title == "Session 5"  # one session's number names the others in the list, too


def test_a_session_with_all_that_belongs_to_it(filled):
    view = filled.session("1" * 32)
    assert (view.before, view.after) == (None, "2" * 32)
    assert filled.session("2" * 32).before == "1" * 32
    groups = (view.intentions, view.experiences, view.notes, view.checkins)
    assert [[item.eid[0] for item in group] for group in groups] == [["3"], ["4"], ["5"], ["6"]]
    filled.delete("4" * 32)
    assert filled.session("1" * 32).experiences == ()
    with pytest.raises(NotFound):
        filled.session("e" * 32)


def test_a_session_whose_course_is_gone_is_still_there(filled):
    filled.delete(COURSE)
    assert [summary.course_title for summary in filled.sessions()] == ["", ""]
    assert filled.courses() == ()


def test_the_chart_marks_sessions_that_happened(filled):
    filled.save(Session(starts=at(20), course=COURSE, route=Route.ORAL))
    filled.save(Session(starts=at(4), course="d" * 32, route=Route.ORAL, happened=True))
    chart = filled.chart()
    assert [(mark.label, mark.at) for mark in chart.marks] == [
        ("Session 1", at(2, 14).at), ("Session 1", at(4).at), ("Session 2", at(9, 14).at),
    ]  # fmt: skip
    assert [mark.route for mark in filled.chart("d" * 32).marks] == [Route.ORAL]
    assert (chart.answered, chart.blank) == (2, 5)
    values = {series.name: [point.value for point in series.points] for series in chart.series}
    assert (values["mood"], values["calm"], values["energy"]) == ([6], [0], [])


def test_the_chart_changes_with_its_entries(filled):
    saved = filled.save(CheckIn(at=at(4), mood=9))
    assert filled.chart().answered == 3
    filled.save(CheckIn(at=at(4)), saved.eid)
    assert filled.chart().answered == 2
    filled.delete(saved.eid)
    assert filled.chart().blank == 5


def test_settings_travel_with_the_journal_and_are_no_step_of_undo(service, reopen):
    assert service.settings() == Settings()
    service.save(page("one"))
    service.save_settings(Settings(name="Jona", lock_minutes=0))
    saved = service.save_settings(Settings(name="Jona", lock_minutes=2, therapist=True))
    assert saved.change.touches("settings")
    assert service.undo_label == "Undo adding the journal page"
    assert service.rows()[0].kind == "page"
    again = reopen()
    assert again.settings() == Settings(name="Jona", lock_minutes=2, therapist=True)
    assert len([item for item in again.items() if item.record.kind == "settings"]) == 1


def test_settings_of_two_merged_journals_are_the_same_everywhere(service, reopen):
    service.save(Settings(name="second"), "b" * 32)
    service.save(Settings(name="first"), "a" * 32)
    assert service.settings().name == "first"
    again = reopen()
    again.save_settings(Settings(name="third"))
    assert again.settings().name == "third"
    assert reopen().settings().name == "third"


def test_courses_are_newest_first(service, clock):
    service.save(Course(title="old"))
    clock.at += timedelta(days=1)
    service.save(Course(title="new"))
    assert [item.record.title for item in service.courses()] == ["new", "old"]


def test_a_session_that_became_something_else_numbers_no_other(service):
    sessions = Query(kinds=frozenset(["session"]))
    first, second = (service.save(Session(starts=at(day), happened=True)).eid for day in (2, 9))
    assert [row.title for row in service.rows(sessions)] == ["Session 2", "Session 1"]
    service.save(page("no session after all"), first)
    assert [(row.eid, row.title) for row in service.rows(sessions)] == [(second, "Session 1")]
