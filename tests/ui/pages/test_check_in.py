"""A check-in: any slider may be left alone, and one left alone is no answer, never a zero."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from journal.records import SLIDERS, CheckIn, Moment
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.conftest import Course
from ui.pages.check_in import CheckInPage
from ui.places import Place
from ui.theme import Theme
from ui.widgets.slider import RatingSlider
from ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def checkins(qtbot, window: MainWindow) -> list[CheckIn]:
    items = ask(qtbot, window, JournalService.items)
    return [item.record for item in items if isinstance(item.record, CheckIn)]


def answers(record: CheckIn) -> dict[str, int]:
    return {one.name: getattr(record, one.name) for one in SLIDERS if getattr(record, one.name) is not None}


def checking_in(qtbot, window: MainWindow, **place) -> CheckInPage:
    return go(qtbot, window, Place("check-in", **place))


# -- the slider -----------------------------------------------------------------------------------------------


@pytest.fixture
def slider(qtbot, theme: Theme) -> RatingSlider:
    made = RatingSlider(theme, SLIDERS[0])
    qtbot.addWidget(made)
    made.resize(400, made.sizeHint().height())
    made.show()
    return made


def test_a_slider_begins_without_an_answer_and_says_so(slider: RatingSlider) -> None:
    assert slider.answer is None
    assert slider.accessibleDescription() == "no answer"
    assert slider.accessibleName() == "Mood: 0 is very low, 10 is very good"


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        ("7", 7), ("0", 0), ("10", 10), ("100", 0), ("25", 5), ("73", 3),
        ([Key.Key_Right], 5), ([Key.Key_Left], 5), ([Key.Key_Right, Key.Key_Right], 6),
        ([Key.Key_Up, Key.Key_Down, Key.Key_Down], 3), ([Key.Key_Home], 0), ([Key.Key_End], 10),
        ([Key.Key_Home, Key.Key_Left], 0), ([Key.Key_End, Key.Key_Up], 10), ([Key.Key_Home, Key.Key_Backspace], None),
        ([Key.Key_End, Key.Key_Delete], None), ([Key.Key_Backspace], None), ([Key.Key_A], None),
    ],
    ids=str,
)  # fmt: skip
def test_by_keys(qtbot, slider: RatingSlider, keys: str | list[Qt.Key], answer: int | None) -> None:
    if isinstance(keys, str):
        qtbot.keyClicks(slider, keys)
    for key in keys if isinstance(keys, list) else ():
        qtbot.keyClick(slider, key)
    assert slider.answer == answer
    assert slider.accessibleDescription() == ("no answer" if answer is None else f"{answer} of 10")


def test_one_and_then_a_nought_much_later_is_nought(qtbot, slider: RatingSlider) -> None:
    qtbot.keyClick(slider, Key.Key_1)
    slider._typed.invalidate()
    qtbot.keyClick(slider, Key.Key_0)
    assert slider.answer == 0


@pytest.mark.parametrize("answer", range(11))
def test_by_mouse(qtbot, slider: RatingSlider, answer: int) -> None:
    left, right = slider._ends()
    spot = QPoint(round(left + answer / 10 * (right - left)), 20)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=spot)
    assert slider.answer == answer


def test_scrolling_over_it_answers_nothing(slider: RatingSlider) -> None:
    event = QWheelEvent(
        QPointF(200, 20), QPointF(200, 20), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(slider, event)
    assert slider.answer is None
    assert not event.isAccepted()


def test_no_answer_is_drawn_unlike_a_zero(slider: RatingSlider) -> None:
    none = slider.grab().toImage()
    slider.set_answer(0)
    zero = slider.grab().toImage()
    slider.set_answer(None)
    assert none != zero
    assert slider.grab().toImage() == none


# -- the page -------------------------------------------------------------------------------------------------


def test_what_was_left_alone_is_no_answer(qtbot, window_open: MainWindow) -> None:
    page = checking_in(qtbot, window_open)
    assert page.sliders[0].hasFocus()
    qtbot.keyClicks(page.sliders[0], "6")
    qtbot.keyClick(page.sliders[0], Key.Key_Tab)
    assert page.sliders[1].hasFocus()
    qtbot.keyClicks(page.sliders[2], "0")
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, window_open.context.tasks)
    (record,) = checkins(qtbot, window_open)
    assert answers(record) == {"mood": 6, "calm": 0}
    assert record.at.at == NOW
    assert record.at.zone == "Europe/Berlin"
    assert window_open.stack.place.name == "today"
    assert "Check-in saved" in window_open.status.text


def test_nothing_given_is_not_saved(qtbot, window_open: MainWindow) -> None:
    page = checking_in(qtbot, window_open)
    qtbot.keyClicks(page.sliders[0], "6")
    qtbot.keyClick(page.sliders[0], Key.Key_Backspace)
    qtbot.keyClick(page.sliders[0], Key.Key_S, CTRL)
    assert "at least one slider" in page.banner.text
    page = checking_in(qtbot, window_open)
    go(qtbot, window_open, Place("journey"))
    assert checkins(qtbot, window_open) == []
    assert ask(qtbot, window_open, JournalService.drafts) == ()


def test_a_word_alone_is_enough_and_enter_saves(qtbot, window_open: MainWindow) -> None:
    page = checking_in(qtbot, window_open)
    qtbot.keyClicks(page.note, "shaky, not bad")
    qtbot.keyClick(page.note, Key.Key_Return)
    quiet(qtbot, window_open.context.tasks)
    (record,) = checkins(qtbot, window_open)
    assert (record.note, record.answered) == ("shaky, not bad", 0)


def test_what_was_begun_comes_back(qtbot, window_open: MainWindow) -> None:
    page = checking_in(qtbot, window_open)
    qtbot.keyClicks(page.sliders[3], "2")
    page.sealing.pause.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    go(qtbot, window_open, Place("today"))
    (draft,) = ask(qtbot, window_open, JournalService.drafts)
    assert answers(draft.record) == {"energy": 2}
    page = checking_in(qtbot, window_open, eid=draft.eid)
    assert [slider.answer for slider in page.sliders] == [None, None, None, 2, None, None, None]
    assert "kept for you" in page.banner.text
    qtbot.keyClick(page.sliders[0], Key.Key_S, CTRL)
    quiet(qtbot, window_open.context.tasks)
    assert len(checkins(qtbot, window_open)) == 1
    assert ask(qtbot, window_open, JournalService.drafts) == ()


def test_one_form_after_another_begins_empty(qtbot, window_open: MainWindow) -> None:
    page = checking_in(qtbot, window_open)
    qtbot.keyClicks(page.sliders[0], "9")
    qtbot.keyClicks(page.note, "x")
    page = checking_in(qtbot, window_open)
    assert [slider.answer for slider in page.sliders] == [None] * 7
    assert page.note.text() == ""


def test_it_stands_by_the_session_before_it_or_the_one_asked_for(qtbot, course: Course) -> None:
    page = checking_in(qtbot, course.window)
    assert page.session.currentData() == course.ids.sessions[-1]  # eight days ago
    page = checking_in(qtbot, course.window, session=course.ids.sessions[1])
    assert page.session.currentData() == course.ids.sessions[1]
    page.session.setCurrentIndex(0)
    page.session.activated.emit(0)
    qtbot.keyClicks(page.sliders[0], "4")
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, course.window.context.tasks)
    new = [record for record in checkins(qtbot, course.window) if record.at.at == NOW]
    assert [record.session for record in new] == [None]


def test_an_old_one_is_changed_and_removed_and_brought_back(qtbot, window_open: MainWindow) -> None:
    record = CheckIn(at=Moment(NOW - timedelta(days=2)), mood=3, distress=0, note="as it was")
    eid = ask(qtbot, window_open, partial(JournalService.save, record=record)).eid
    page = checking_in(qtbot, window_open, eid=eid)
    assert [slider.answer for slider in page.sliders] == [3, None, None, None, None, 0, None]
    qtbot.keyClick(page.sliders[0], Key.Key_Delete)
    qtbot.keyClicks(page.sliders[1], "8")
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, window_open.context.tasks)
    (changed,) = checkins(qtbot, window_open)
    assert answers(changed) == {"interest": 8, "distress": 0}
    assert changed.at == record.at
    page = checking_in(qtbot, window_open, eid=eid)
    qtbot.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    quiet(qtbot, window_open.context.tasks)
    assert checkins(qtbot, window_open) == []
    press(qtbot, window_open, "Ctrl+Z")
    quiet(qtbot, window_open.context.tasks)
    assert checkins(qtbot, window_open) == [changed]


def test_a_full_disk_keeps_the_answers(qtbot, window_open: MainWindow, full_disk) -> None:
    page = checking_in(qtbot, window_open)
    qtbot.keyClicks(page.sliders[0], "6")
    with full_disk():
        qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
        quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is page
    assert "What was saved before is safe" in page.banner.text
    assert page.sliders[0].answer == 6
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, window_open.context.tasks)
    assert [answers(record) for record in checkins(qtbot, window_open)] == [{"mood": 6}]


def test_leaving_with_a_full_disk_leads_back_to_the_answers(qtbot, window_open: MainWindow, full_disk) -> None:
    page = checking_in(qtbot, window_open)
    qtbot.keyClicks(page.sliders[0], "6")
    with full_disk():
        window_open.menu_actions["journey"].trigger()
        quiet(qtbot, window_open.context.tasks)
        qtbot.waitUntil(lambda: window_open.stack.currentWidget() is page, timeout=10_000)
    assert page.sliders[0].answer == 6
    assert page.banner.text


def test_the_sliders_say_whose_they_are(qtbot, window_open: MainWindow) -> None:
    page = checking_in(qtbot, window_open)
    assert any("not a validated questionnaire" in made.text() for made in page.findChildren(QLabel))
    assert page.history.isHidden()
    assert all(made.text() != "" for made in page.findChildren(QPushButton))
