"""Quiet reminders: when one is shown, and that it says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta, timezone
from functools import partial
from typing import Any

import pytest

from journal.clock import FixedClock
from journal.records import CheckIn, Moment, Session
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.reminders.hands import HOUR, FakeTray, look, save, touch, untouched, wish
from ui import tray as real
from ui.places import Place
from ui.tray import SystemTray
from ui.widgets.mark import app_icon
from ui.window import MainWindow

WORDS = ("ketamine", "session", "mood", "check", "therap", "intention", "dose", "jona", "miriam")


def test_they_are_off_until_somebody_wants_them(
    qtbot, window_open: MainWindow, tray: FakeTray, clock: FixedClock
) -> None:
    save(qtbot, window_open, Session(starts=Moment(NOW - HOUR), happened=True))
    untouched(window_open)
    look(window_open, clock, NOW + 3 * HOUR)
    assert (window_open.commands.reminders.is_on, tray.shown, tray.told) == (False, False, 0)
    assert not window_open.commands.reminders.timer.isActive()


def test_one_at_its_time_and_no_second(reminded: MainWindow, tray: FakeTray, clock: FixedClock) -> None:
    assert tray.shown
    look(reminded, clock, NOW + 3 * HOUR - timedelta(seconds=1))
    assert tray.told == 0
    look(reminded, clock, NOW + 3 * HOUR)
    look(reminded, clock, NOW + 3 * HOUR + timedelta(minutes=1))
    assert tray.told == 1


def test_none_for_what_was_done(qtbot, reminded: MainWindow, tray: FakeTray, clock: FixedClock) -> None:
    clock.at = NOW + 2 * HOUR
    save(qtbot, reminded, CheckIn(at=Moment(NOW + 2 * HOUR), mood=5))
    look(reminded, clock, NOW + 3 * HOUR)
    assert tray.told == 0


def test_none_once_the_session_is_said_not_to_have_happened(
    qtbot, reminded: MainWindow, tray: FakeTray, clock: FixedClock
) -> None:
    (row,) = ask(qtbot, reminded, JournalService.rows)
    ask(qtbot, reminded, partial(JournalService.save, record=Session(starts=Moment(NOW - HOUR)), eid=row.eid))
    quiet(qtbot, reminded.context.tasks)
    look(reminded, clock, NOW + 3 * HOUR)
    assert (reminded.commands.reminders.coming, tray.told) == ((), 0)


def test_none_while_the_person_is_writing(reminded: MainWindow, tray: FakeTray, clock: FixedClock) -> None:
    reminded.activateWindow()
    touch()
    look(reminded, clock, NOW + 3 * HOUR)
    assert tray.told == 0
    untouched(reminded)
    look(reminded, clock, NOW + 3 * HOUR + timedelta(minutes=20))
    assert tray.told == 1


def test_what_waited_too_long_is_let_go(reminded: MainWindow, tray: FakeTray, clock: FixedClock) -> None:
    touch()
    look(reminded, clock, NOW + 3 * HOUR)
    untouched(reminded)
    look(reminded, clock, NOW + 6 * HOUR)
    look(reminded, clock, NOW + 7 * HOUR)
    assert tray.told == 0


def test_none_in_the_night_even_where_the_clocks_were_moved(
    reminded: MainWindow, tray: FakeTray, clock: FixedClock
) -> None:
    look(reminded, clock, (NOW + 3 * HOUR).astimezone(timezone(timedelta(hours=6))))  # 23:05
    assert tray.told == 0


def test_a_clock_set_back_brings_none_again(qtbot, reminded: MainWindow, tray: FakeTray, clock: FixedClock) -> None:
    look(reminded, clock, NOW + 3 * HOUR)
    clock.at = NOW
    wish(qtbot, reminded, name="somebody else")
    look(reminded, clock, NOW + 3 * HOUR)
    assert tray.told == 1


def test_turned_off_the_icon_goes(qtbot, reminded: MainWindow, tray: FakeTray, clock: FixedClock) -> None:
    wish(qtbot, reminded, reminders=False)
    look(reminded, clock, NOW + 3 * HOUR)
    assert (tray.shown, tray.told, reminded.commands.reminders.coming) == (False, 0, ())


def test_without_a_tray_there_are_none(qtbot, window_open: MainWindow, tray: FakeTray, clock: FixedClock) -> None:
    tray.gone = True
    wish(qtbot, window_open, reminders=True)
    save(qtbot, window_open, Session(starts=Moment(NOW - HOUR), happened=True))
    assert not window_open.commands.reminders.timer.isActive()
    page = go(qtbot, window_open, Place("preferences"))
    assert page.reminders.nowhere.isVisible()
    assert not page.reminders.keep.isVisible()


def test_a_reminder_says_nothing() -> None:
    for text in (real.TITLE, real.TEXT):
        assert not [word for word in WORDS if word in text.lower()]


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # Qt, where there is no desktop at all
def test_the_note_and_the_icon_hold_what_is_said_and_no_more(qtbot) -> None:
    tray = SystemTray(app_icon)
    tray.tell()  # before there is an icon: nothing
    tray.show()
    tray.tell()
    made = tray._icon
    assert made.toolTip() == real.TITLE
    assert [action.text() for action in made.contextMenu().actions()] == ["Show the window", "Quit"]
    with qtbot.waitSignal(tray.opened, timeout=1000):
        made.messageClicked.emit()
    with qtbot.waitSignal(tray.quit, timeout=1000):
        made.contextMenu().actions()[1].trigger()
    tray.hide()


# -- choosing ------------------------------------------------------------------------------------------------------


@pytest.fixture
def preferences(qtbot, window_open: MainWindow) -> Iterator[Any]:
    yield go(qtbot, window_open, Place("preferences"))


def test_preferences_turn_them_on_and_off(qtbot, window_open: MainWindow, preferences: Any, tray: FakeTray) -> None:
    card = preferences.reminders
    assert not card.remind.isChecked()
    assert not card.keep.isEnabled()
    for on in (True, False):
        card.remind.click()
        quiet(qtbot, window_open.context.tasks)
        assert ask(qtbot, window_open, JournalService.settings).reminders is on
        assert (card.keep.isEnabled(), tray.shown) == (on, on)


def test_the_tray_is_a_choice_of_its_own(qtbot, window_open: MainWindow, preferences: Any) -> None:
    card = preferences.reminders
    card.remind.click()
    assert not window_open.context.settings.keep_in_tray
    card.keep.click()
    assert window_open.context.settings.keep_in_tray
