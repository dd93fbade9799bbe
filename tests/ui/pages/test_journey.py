"""Everything in time: the list, the search that answers while one types, the filters, and the keys."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from journal.records import Moment
from journal.records import Page as JournalPage
from journal.sample_care import fill_care
from journal.service import JournalService
from journal.store import Row
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.conftest import Course
from ui import audit
from ui.models.rows import Month, Role
from ui.pages.journey import FILTERS, JourneyPage
from ui.places import Place
from ui.theme import Theme
from ui.window import MainWindow

Key = Qt.Key


@pytest.fixture
def journey(qtbot, course: Course) -> JourneyPage:
    return go(qtbot, course.window, Place("journey"))


def shown(page: JourneyPage) -> list[Row]:
    items = [page.model.index(place).data(Role.ITEM) for place in range(page.model.rowCount())]
    return [item for item in items if isinstance(item, Row)]


def look_for(qtbot, page: JourneyPage, words: str) -> list[Row]:
    page.search.clear()
    qtbot.keyClicks(page.search, words)
    page._pause.timeout.emit()
    quiet(qtbot, page.context.tasks)
    return shown(page)


def chip(page: JourneyPage, words: str) -> QPushButton:
    return next(made for made in page.findChildren(QPushButton) if made.text() == words)


def test_everything_is_listed_newest_first_under_its_month(qtbot, course: Course, journey: JourneyPage) -> None:
    rows = shown(journey)
    times = [row.when.at for row in rows]
    assert times == sorted(times, reverse=True)
    wanted = [row.eid for row in ask(qtbot, course.window, JournalService.rows)]
    assert [row.eid for row in rows] == wanted
    months = [journey.model.index(place).data(Role.ITEM) for place in range(journey.model.rowCount())]
    assert [item.text for item in months if isinstance(item, Month)] == [
        "March 2026",
        "February 2026",
        "January 2026",
    ]


@pytest.mark.parametrize(
    ("words", "title"),
    [("weath", "Weather, not furniture"), ("furn WEATH", "Weather, not furniture"), ("tram", "Thursday, as agreed"),
     ("ruth", "Saying it in daylight")],
)  # fmt: skip
def test_search_answers_while_one_types(qtbot, journey: JourneyPage, words: str, title: str) -> None:
    found = look_for(qtbot, journey, words)
    assert any(row.title.startswith(title) for row in found)
    assert 0 < len(found) < 8
    assert journey.count.text() == ("1 entry" if len(found) == 1 else f"{len(found)} entries")
    journey.search.clear()
    journey._pause.timeout.emit()
    quiet(qtbot, journey.context.tasks)
    assert len(shown(journey)) > 40


def test_the_search_waits_for_a_short_pause(qtbot, journey: JourneyPage) -> None:
    before = len(shown(journey))
    qtbot.keyClicks(journey.search, "weather")
    assert journey._pause.isActive()
    assert len(shown(journey)) == before


def test_an_answer_to_something_typed_before_is_not_shown(qtbot, journey: JourneyPage) -> None:
    journey.search.setText("weather")
    journey._ask()
    journey.search.setText("tram")
    journey._ask()
    journey._on_rows(journey._asked - 1, ())  # the first answer, coming late
    quiet(qtbot, journey.context.tasks)
    assert [row.title for row in shown(journey)] == ["Thursday, as agreed with myself"]


def test_nothing_found_says_so_and_leads_back(qtbot, journey: JourneyPage) -> None:
    assert look_for(qtbot, journey, "xylophone") == []
    assert journey.view.isHidden()
    assert "Nothing here has these words" in journey._empty_text.text()
    qtbot.mouseClick(journey._empty_button, Qt.MouseButton.LeftButton)
    journey._pause.timeout.emit()
    quiet(qtbot, journey.context.tasks)
    assert journey.search.text() == ""
    assert journey.search.hasFocus()
    assert not journey.view.isHidden()


@pytest.mark.parametrize(("kind", "words"), [pair for pair in FILTERS if pair[0]])
def test_a_filter_shows_one_kind(qtbot, course: Course, journey: JourneyPage, kind: str, words: str) -> None:
    ask(qtbot, course.window, partial(fill_care, now=NOW, ids=course.ids))
    qtbot.mouseClick(chip(journey, words), Qt.MouseButton.LeftButton)
    quiet(qtbot, journey.context.tasks)
    assert {row.kind for row in shown(journey)} == {kind}
    qtbot.mouseClick(chip(journey, "Everything"), Qt.MouseButton.LeftButton)
    quiet(qtbot, journey.context.tasks)
    assert len({row.kind for row in shown(journey)}) > 5


def test_filter_and_search_together(qtbot, journey: JourneyPage) -> None:
    qtbot.mouseClick(chip(journey, "Intentions"), Qt.MouseButton.LeftButton)
    found = look_for(qtbot, journey, "coat")
    assert [(row.kind, row.title) for row in found] == [("intention", "My father's coat")]


def test_a_place_with_a_kind_sets_the_filter(qtbot, course: Course) -> None:
    page = go(qtbot, course.window, Place("journey", kind="session"))
    assert {row.kind for row in shown(page)} == {"session"}
    assert chip(page, "Sessions").isChecked()


def test_an_empty_kind_says_what_will_stand_there(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("journey"))
    assert page._empty_button.text() == "Write an intention"
    qtbot.mouseClick(chip(page, "Check-ins"), Qt.MouseButton.LeftButton)
    quiet(qtbot, page.context.tasks)
    assert "No check-ins yet" in page._empty_text.text()
    qtbot.mouseClick(page._empty_button, Qt.MouseButton.LeftButton)
    quiet(qtbot, page.context.tasks)
    assert page._empty_button.text() == "Write an intention"
    qtbot.mouseClick(page._empty_button, Qt.MouseButton.LeftButton)
    assert window_open.stack.place == Place("write", kind="intention")


def test_by_keys_from_the_search_to_the_entry_and_back(qtbot, course: Course, journey: JourneyPage) -> None:
    assert journey.search.hasFocus()
    look_for(qtbot, journey, "tram")
    qtbot.keyClick(journey.search, Key.Key_Down)
    assert journey.view.hasFocus()
    assert journey.view.currentIndex().data(Role.ITEM).title == "Thursday, as agreed with myself"
    qtbot.keyClick(journey.view, Key.Key_Return)
    quiet(qtbot, journey.context.tasks)
    assert course.window.stack.currentWidget().heading.text() == "Thursday, as agreed with myself"
    press(qtbot, course.window, "Esc")
    quiet(qtbot, journey.context.tasks)
    assert course.window.stack.currentWidget() is journey
    assert journey.search.text() == "tram"
    assert journey.view.currentIndex().data(Role.ITEM).title == "Thursday, as agreed with myself"
    qtbot.keyClick(journey.search, Key.Key_Escape)
    assert journey.search.text() == ""
    press(qtbot, course.window, "Ctrl+F")
    assert journey.search.hasFocus()


@pytest.mark.parametrize(
    ("kind", "name"),
    [("session", "session"), ("course", "course"), ("checkin", "check-in"), ("page", "write")],
)
def test_each_kind_opens_where_it_belongs(qtbot, course: Course, journey: JourneyPage, kind: str, name: str) -> None:
    row = next(row for row in shown(journey) if row.kind == kind)
    journey.view.setCurrentIndex(journey.model.position(row.eid))
    qtbot.keyClick(journey.view, Key.Key_Return)
    assert (course.window.stack.place.name, course.window.stack.place.eid) == (name, row.eid)


def test_a_click_opens(qtbot, course: Course, journey: JourneyPage) -> None:
    index = journey.model.first()
    spot = journey.view.visualRect(index).center()
    qtbot.mouseClick(journey.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert course.window.stack.place.eid == index.data(Role.EID)


def test_deleted_by_key_and_brought_back_by_the_message(qtbot, course: Course, journey: JourneyPage) -> None:
    rows = look_for(qtbot, journey, "tram")
    qtbot.keyClick(journey.search, Key.Key_Down)
    qtbot.keyClick(journey.view, Key.Key_Delete)
    quiet(qtbot, journey.context.tasks)
    assert shown(journey) == []
    assert journey.banner.text == "Journal page removed."
    qtbot.mouseClick(chip(journey, "Undo"), Qt.MouseButton.LeftButton)
    quiet(qtbot, journey.context.tasks)
    assert [row.eid for row in shown(journey)] == [row.eid for row in rows]


def test_the_undo_of_a_message_never_undoes_something_else(qtbot, course: Course, journey: JourneyPage) -> None:
    look_for(qtbot, journey, "tram")
    qtbot.keyClick(journey.search, Key.Key_Down)
    qtbot.keyClick(journey.view, Key.Key_Delete)
    quiet(qtbot, journey.context.tasks)
    go(qtbot, course.window, Place("charts"))
    page = JournalPage(at=Moment(NOW), text="written since")
    ask(qtbot, course.window, partial(JournalService.save, record=page))
    go(qtbot, course.window, Place("journey"))
    assert journey.banner.text == ""


def test_months_are_never_chosen(qtbot, journey: JourneyPage) -> None:
    for place in range(journey.model.rowCount()):
        index = journey.model.index(place)
        if isinstance(index.data(Role.ITEM), Month):
            assert journey.model.flags(index) == Qt.ItemFlag.NoItemFlags
    journey.view.setFocus()
    journey.view.setCurrentIndex(journey.model.first())
    seen = []
    for _ in range(60):
        qtbot.keyClick(journey.view, Key.Key_Down)
        seen.append(journey.view.currentIndex().data(Role.ITEM))
    assert all(isinstance(item, Row) for item in seen)


def test_a_change_elsewhere_is_shown_at_once(qtbot, course: Course, journey: JourneyPage) -> None:
    ask(qtbot, course.window, partial(JournalService.save, record=JournalPage(at=Moment(NOW), title="brand new")))
    quiet(qtbot, journey.context.tasks)
    assert shown(journey)[1].title == "brand new"  # after the session that lies ahead


def test_in_a_low_window_one_box_holds_the_chips_and_the_list_keeps_its_room(
    qtbot, course: Course, journey: JourneyPage, theme: Theme
) -> None:
    assert journey.kind.isHidden() and chip(journey, "Sessions").isVisible()
    theme.apply(scale=200)
    course.window.resize(900, 600)
    qtbot.waitUntil(journey.kind.isVisible)
    assert not chip(journey, "Sessions").isVisible()
    rows = [journey.view.sizeHintForRow(row) for row in range(2)]
    qtbot.waitUntil(lambda: journey.view.viewport().height() >= sum(rows))
    assert audit.cramped(course.window) == []
    journey.kind.setCurrentIndex(journey.kind.findData("session"))
    journey.kind.activated.emit(journey.kind.currentIndex())
    quiet(qtbot, journey.context.tasks)
    assert {row.kind for row in shown(journey)} == {"session"}
    theme.apply(scale=100)
    course.window.resize(1120, 760)
    qtbot.waitUntil(lambda: chip(journey, "Sessions").isVisible())
    assert chip(journey, "Sessions").isChecked() and journey.kind.isHidden()


def test_the_audit_sees_a_list_too_low_and_what_scrolls_without_a_sign(qtbot, course: Course, journey) -> None:
    journey.view.setFixedHeight(20)
    QApplication.processEvents()
    assert any("room for two rows" in fault for fault in audit.cramped(course.window))
    course.window.rail.below.setProperty("scrolls", False)
    course.window.rail.above.setProperty("scrolls", False)
    course.window.rail._places.setFixedHeight(60)
    QApplication.processEvents()
    assert any("without a sign" in fault for fault in audit.cramped(course.window))
