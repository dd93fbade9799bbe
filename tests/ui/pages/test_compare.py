"""Two sessions of a client side by side, of one share or of two, chosen by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from journal.records import Session
from journal.share import Window
from tests.ui.conftest import quiet
from tests.ui.hands import go, press
from tests.ui.pages.client_hands import add_client, entries, keep, moment, share
from tests.ui.pages.sharing import texts
from ui.pages.client import ClientPage
from ui.pages.compare import ComparePage
from ui.places import Place
from ui.review.compare_view import by_window
from ui.widgets.reading import ReadingView
from ui.window import MainWindow


@pytest.fixture
def client(qtbot, window_open: MainWindow) -> str:
    eid = add_client(qtbot, window_open, "Ruth")
    keep(qtbot, window_open, eid, share(entries(3)[:12], days=-8))
    keep(qtbot, window_open, eid, share(entries(3)))
    return eid


@pytest.fixture
def page(qtbot, window_open: MainWindow, client: str) -> ComparePage:
    return go(qtbot, window_open, Place("compare", eid=client))


def written(page: ComparePage) -> list[str]:
    return [made.toPlainText() for made in page.view.findChildren(ReadingView)]


def test_two_sessions_stand_side_by_side_kind_by_kind(qtbot, window_open, page) -> None:
    window_open.resize(1700, 900)
    QApplication.processEvents()
    one, other = (box.currentText() for box in (page.one, page.other))
    assert (one, other) == ("Session 2 · 4 March 2026", "Session 3 · 11 March 2026")  # the newest two
    assert written(page) == [
        "Intention 2: to arrive.", "Intention 3: to arrive.", "Experience 2: a door.", "Experience 3: a door.",
        "Note 2: a walk.", "Note 3: a walk.",
    ]  # fmt: skip
    left, right = page.view.findChildren(ReadingView)[:2]
    assert left.mapTo(page, left.rect().topLeft()).y() == right.mapTo(page, right.rect().topLeft()).y()
    said = texts(page.view)
    assert "20 mg" in said and "30 mg" in said and "Check-ins by window" in said


def test_a_session_that_was_told_otherwise_before_stands_there_with_its_share(qtbot, window_open) -> None:
    eid = add_client(qtbot, window_open, "Ruth")
    earlier = keep(qtbot, window_open, eid, share(entries(3)[:9], days=-8))  # the second session without its note
    keep(qtbot, window_open, eid, share(entries(3)))
    page = go(qtbot, window_open, Place("compare", eid=eid))
    names = [page.one.itemText(number) for number in range(page.one.count())]
    assert [name.partition(" ·")[0] for name in names] == ["Session 1", "Session 2", "Session 3", "Session 2"]
    assert names[3] == "Session 2 · 4 March 2026, in the share of 4 March 2026"
    page.other.setCurrentIndex(3)
    page.one.setCurrentIndex(1)
    assert written(page)[:2] == ["Intention 2: to arrive."] * 2
    page = go(qtbot, window_open, Place("compare", eid=eid, kind=f"{earlier} 0"))  # it stands in both word for word
    assert page.one.currentText() == "Session 1 · 25 February 2026"


def test_answers_stand_in_their_windows_and_a_blank_is_no_zero(page) -> None:
    one = page._choices[2]
    found = by_window(one)
    assert set(found) <= set(Window)
    assert all(value for answers in found.values() for value in answers.values())
    assert not any("Interest" in answers for answers in found.values())  # nobody answered it
    assert "Interest" not in texts(page.view)


def test_keys_change_either_of_the_two(qtbot, window_open, page) -> None:
    page.one.setFocus()
    first, second = page.one.currentIndex(), page.other.currentIndex()
    assert (first, second) == (1, 2)
    press(qtbot, window_open, "Ctrl+PgDown")
    assert (page.one.currentIndex(), page.other.currentIndex()) == (1, 2)  # the last one
    press(qtbot, window_open, "Ctrl+PgUp")
    assert (page.one.currentIndex(), page.other.currentIndex()) == (1, 0)  # never one with itself
    press(qtbot, window_open, "Ctrl+Shift+PgDown")
    assert (page.one.currentIndex(), page.other.currentIndex()) == (2, 0)
    press(qtbot, window_open, "Ctrl+Shift+PgUp")
    press(qtbot, window_open, "Ctrl+Shift+PgUp")
    assert (page.one.currentIndex(), page.other.currentIndex()) == (1, 0)


def test_from_the_review_one_begins_with_the_session_shown(qtbot, window_open, client) -> None:
    page = go(qtbot, window_open, Place("client", eid=client))
    assert isinstance(page, ClientPage)
    row = next(row for row, line in enumerate(page.list.lines.lines) if line.title.startswith("Session 3"))
    page.list.setCurrentIndex(page.list.lines.index(row))
    page.compare.click()
    compare = window_open.stack.currentWidget()
    qtbot.waitUntil(lambda: compare.view is not None)
    assert compare.one.currentText().startswith("Session 2") and compare.other.currentText().startswith("Session 3")
    window_open.stack.back()
    assert window_open.stack.currentWidget() is page


def test_a_plan_is_not_begun_with_and_two_that_were_chosen_stay(qtbot, window_open) -> None:
    eid = add_client(qtbot, window_open, "Ruth")
    plan = ("plan".ljust(32, "0"), Session(starts=moment(6), number=4))
    keep(qtbot, window_open, eid, share([*entries(3), plan], days=-1))
    page = go(qtbot, window_open, Place("compare", eid=eid))
    assert (page.one.currentText()[:9], page.other.currentText()[:9]) == ("Session 2", "Session 3")
    page.one.setCurrentIndex(page.one.findText("Session 4", Qt.MatchFlag.MatchStartsWith))
    keep(qtbot, window_open, eid, share(entries(1)))
    quiet(qtbot, window_open.context.tasks)
    assert (page.one.currentText()[:9], page.other.currentText()[:9]) == ("Session 4", "Session 3")
    page = go(qtbot, window_open, Place("compare", eid=eid, kind=page._choices[1].key))
    assert (page.one.currentText()[:9], page.other.currentText()[:9]) == ("Session 1", "Session 2")


def test_fewer_than_two_sessions_are_said_so(qtbot, window_open) -> None:
    eid = add_client(qtbot, window_open, "Anna")
    keep(qtbot, window_open, eid, share(entries(1), sender="Anna"))
    page = go(qtbot, window_open, Place("compare", eid=eid))
    assert "Two sessions are needed" in page.banner.text
    assert page.view is None and not page.one.isVisible()
