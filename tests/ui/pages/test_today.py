"""The first page: what would fit now and why, the mood in one tap, and what was begun."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from journal.clock import FixedClock
from journal.records import CheckIn, Experience, IntegrationNote, Moment, Record, Session
from journal.records import Page as JournalPage
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.pages.conftest import Course
from ui.pages.today import TodayPage
from ui.places import Place
from ui.window import MainWindow

HOUR = timedelta(hours=1)


def buttons(page: TodayPage) -> dict[str, QPushButton]:
    return {made.text(): made for made in page.findChildren(QPushButton) if made.isVisible()}


def texts(page: TodayPage) -> list[str]:
    return [made.text() for made in page.findChildren(QLabel) if made.isVisible()]


def click(qtbot, window: MainWindow, words: str) -> None:
    qtbot.mouseClick(buttons(window.stack.page("today"))[words], Qt.MouseButton.LeftButton)
    quiet(qtbot, window.context.tasks)


def save(qtbot, window: MainWindow, record: Record) -> str:
    return ask(qtbot, window, partial(JournalService.save, record=record)).eid


def today(qtbot, window: MainWindow) -> TodayPage:
    return go(qtbot, window, Place("today"))


def a_session(starts: datetime, *, happened: bool = True) -> Session:
    return Session(starts=Moment(starts), happened=happened, number=3)


def test_a_new_journal_offers_one_way_to_begin(qtbot, window_open: MainWindow) -> None:
    page = today(qtbot, window_open)
    assert set(buttons(page)) == {"Write an intention", "Note a session", "Check in"}
    assert any(text.startswith("Thursday 12 March") for text in texts(page))
    click(qtbot, window_open, "Write an intention")
    assert (window_open.stack.place.name, window_open.stack.place.kind) == ("write", "intention")


@pytest.mark.parametrize(
    ("after", "experience", "words", "name"),
    [
        (timedelta(days=-1), False, "Write an intention", "write"),
        (5 * HOUR, False, "Write about it", "write"),
        (5 * HOUR, True, "Check in", "check-in"),
        (timedelta(days=12), True, "Write a note", "write"),
    ],
    ids=["before", "hours after", "hours after, written", "days after"],
)
def test_what_fits_is_offered(
    qtbot, window_open: MainWindow, after: timedelta, experience: bool, words: str, name: str
) -> None:
    happened = after > timedelta(0)
    eid = save(qtbot, window_open, a_session(NOW - after, happened=happened))
    if experience:
        save(qtbot, window_open, Experience(at=Moment(NOW - after + 2 * HOUR), text="It was.", session=eid))
    page = today(qtbot, window_open)
    assert any("Session 3" in text for text in texts(page)) or not happened
    click(qtbot, window_open, words)
    place = window_open.stack.place
    assert place.name == name
    shown = window_open.stack.currentWidget()
    if name == "write":
        assert shown.desk.where.text().endswith("Session 3")
    else:
        assert shown.session.currentData() == eid


def test_what_was_done_is_not_offered_again(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, a_session(NOW - 5 * HOUR))
    save(qtbot, window_open, Experience(at=Moment(NOW - 2 * HOUR), text="It was.", session=eid))
    save(qtbot, window_open, CheckIn(at=Moment(NOW - HOUR), mood=5, session=eid))
    assert "Check in" not in buttons(today(qtbot, window_open))
    save(qtbot, window_open, IntegrationNote(at=Moment(NOW), text="n", session=eid))
    assert "Write a note" not in buttons(today(qtbot, window_open))


def test_the_page_follows_the_clock(qtbot, window_open: MainWindow, clock: FixedClock) -> None:
    save(qtbot, window_open, a_session(NOW + timedelta(days=2), happened=False))
    assert "Write an intention" in buttons(today(qtbot, window_open))
    clock.at = NOW + timedelta(days=40)
    page = today(qtbot, window_open)
    assert any(text.startswith("Tuesday 21 April") for text in texts(page))


@pytest.mark.parametrize("value", [0, 5, 10])
def test_the_mood_in_one_tap(qtbot, window_open: MainWindow, value: int) -> None:
    save(qtbot, window_open, JournalPage(at=Moment(NOW), text="so that the page is not empty"))
    page = today(qtbot, window_open)
    made = next(one for one in page.findChildren(QPushButton) if one.accessibleName() == f"Mood {value} of 10")
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)  # a trembling hand
    quiet(qtbot, window_open.context.tasks)
    records = [item.record for item in ask(qtbot, window_open, JournalService.items)]
    (record,) = [one for one in records if isinstance(one, CheckIn)]
    assert (record.mood, record.answered) == (value, 1)
    assert page.banner.text.startswith(f"Mood {value}, saved")


def test_the_mood_is_taken_back_or_filled_in(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, JournalPage(at=Moment(NOW), text="so that the page is not empty"))
    today(qtbot, window_open)
    click(qtbot, window_open, "7")
    click(qtbot, window_open, "Undo")
    assert [row.kind for row in ask(qtbot, window_open, JournalService.rows)] == ["page"]
    click(qtbot, window_open, "4")
    click(qtbot, window_open, "Add the other sliders")
    shown = window_open.stack.currentWidget()
    assert [slider.answer for slider in shown.sliders] == [4, None, None, None, None, None, None]


def test_undo_of_the_mood_never_undoes_something_else(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, JournalPage(at=Moment(NOW), text="the page"))
    today(qtbot, window_open)
    click(qtbot, window_open, "7")
    window_open.menu_actions["undo"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert "Undo" not in buttons(window_open.stack.page("today"))
    click(qtbot, window_open, "6")
    go(qtbot, window_open, Place("journey"))
    save(qtbot, window_open, JournalPage(at=Moment(NOW), text="written meanwhile"))
    assert "Undo" not in buttons(today(qtbot, window_open))


def test_a_mood_that_could_not_be_kept_can_be_tapped_again(qtbot, window_open: MainWindow, full_disk) -> None:
    save(qtbot, window_open, JournalPage(at=Moment(NOW), text="so that the page is not empty"))
    page = today(qtbot, window_open)
    with full_disk():
        click(qtbot, window_open, "7")
    assert "What was saved before is safe" in page.banner.text
    click(qtbot, window_open, "7")
    assert "checkin" in [row.kind for row in ask(qtbot, window_open, JournalService.rows)]


def test_what_goes_on_is_seen_to_go_on(qtbot, window_open: MainWindow) -> None:
    record = JournalPage(at=Moment(NOW), text="She came back and stood there " * 9)
    ask(qtbot, window_open, partial(JournalService.put_draft, eid="b" * 32, record=record))
    page = go(qtbot, window_open, Place("today"))
    (begun,) = [one.text() for one in page.findChildren(QLabel) if one.text().startswith("She came back")]
    assert begun.endswith(("She…", "came…", "back…", "and…", "stood…", "there…")) and len(begun) <= 91


def test_what_was_begun_can_be_gone_on_with(qtbot, window_open: MainWindow) -> None:
    record = Experience(at=Moment(NOW), text="half of a very long story " * 9)
    ask(qtbot, window_open, partial(JournalService.put_draft, eid="a" * 32, record=record))
    page = today(qtbot, window_open)
    assert "Experience, not finished" in texts(page)
    click(qtbot, window_open, "Go on")
    shown = window_open.stack.currentWidget()
    assert shown.editor.content()[0] == record.text
    assert shown.desk.where.text().startswith("Experience")


def test_the_last_thing_written_is_read_on(qtbot, course: Course) -> None:
    page = today(qtbot, course.window)
    assert "Two days before" in texts(page)
    click(qtbot, course.window, "Read on")
    assert course.window.stack.currentWidget().heading.text() == "Two days before"


def test_on_the_sample_course_the_coming_session_asks_for_an_intention(qtbot, course: Course) -> None:
    today(qtbot, course.window)
    click(qtbot, course.window, "Write an intention")
    assert course.window.stack.currentWidget().desk.where.text() == "Intention · Session 7"
