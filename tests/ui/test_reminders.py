"""Quiet reminders: when one is shown, that it says nothing, and what of them outlives the lock."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from journal.clock import FixedClock
from journal.records import CheckIn, Moment, Session
from journal.service import JournalService
from tests.ui.conftest import NOW, PASSWORD, quiet, settled
from tests.ui.hands import ask, go
from ui import tray as real
from ui.lock import Left, replace_process, resumed
from ui.main import _stand
from ui.places import Place
from ui.tray import SystemTray, Tray
from ui.widgets.mark import app_icon
from ui.window import MainWindow

HOUR = timedelta(hours=1)
WORDS = ("ketamine", "session", "mood", "check", "therap", "intention", "dose", "jona", "miriam")


class FakeTray(Tray):
    """A desktop with a tray: what was shown on it. `gone` takes it away."""

    def __init__(self) -> None:
        super().__init__()
        self.gone = self.shown = False
        self.told = 0

    @property
    def is_there(self) -> bool:
        return not self.gone

    def show(self) -> None:
        self.shown = True

    def hide(self) -> None:
        self.shown = False

    def tell(self) -> None:
        self.told += 1


@pytest.fixture
def tray() -> FakeTray:
    return FakeTray()


@pytest.fixture
def context(context: Any, tray: FakeTray) -> Any:
    return dataclasses.replace(context, tray=tray)


class Handed:
    """Stands for the process that locking becomes: what it was given."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.how: dict[str, Any] | None = None

    def __call__(self, path: Path | None, **how: Any) -> None:
        self.path, self.how = path, how


@pytest.fixture
def replaced() -> Any:
    handed = Handed()
    handed.append = handed  # the window's fixture calls it so
    return handed


def wish(qtbot, window: MainWindow, **changes: object) -> None:
    """Choose settings, as Preferences do."""
    old = ask(qtbot, window, JournalService.settings)
    op = partial(JournalService.save_settings, settings=msgspec.structs.replace(old, **changes))
    ask(qtbot, window, op)
    quiet(qtbot, window.context.tasks)


def save(qtbot, window: MainWindow, record: object) -> str:
    eid = ask(qtbot, window, partial(JournalService.save, record=record)).eid
    quiet(qtbot, window.context.tasks)
    return eid


@pytest.fixture
def reminded(qtbot, window_open: MainWindow) -> MainWindow:
    """A window with reminders on, one hour after a session, and nobody at the keyboard."""
    wish(qtbot, window_open, reminders=True)
    save(qtbot, window_open, Session(starts=Moment(NOW - HOUR), happened=True))
    untouched(window_open)
    return window_open


def untouched(window: MainWindow) -> None:
    """Nobody touched the window for a while."""
    window.idle._touched = tuple(at - 600 for at in window.idle._now())


def touch() -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(QApplication.instance(), event)


def look(window: MainWindow, clock: FixedClock, at: datetime) -> None:
    """The clock goes on, and the window looks at it."""
    clock.at = at
    window.commands.reminders.timer.timeout.emit()


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


def test_a_clock_set_back_brings_none_again(
    qtbot, reminded: MainWindow, tray: FakeTray, clock: FixedClock
) -> None:
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


# -- locking -------------------------------------------------------------------------------------------------------


def test_locking_hands_over_times_and_nothing_else(
    qtbot, reminded: MainWindow, replaced: Handed, tmp_path: Path
) -> None:
    reminded.menu_actions["lock"].trigger()
    qtbot.waitUntil(lambda: replaced.how is not None, timeout=10_000)
    moments = replaced.how["moments"]
    assert [(at - NOW) / HOUR for at in moments] == [3, 23, 71, 167, 335]
    assert replaced.how == {"moments": moments, "hidden": False}
    assert all(type(at) is datetime for at in moments)


def test_without_reminders_nothing_is_handed_over(qtbot, window_open: MainWindow, replaced: Handed) -> None:
    window_open.menu_actions["lock"].trigger()
    qtbot.waitUntil(lambda: replaced.how is not None, timeout=10_000)
    assert replaced.how == {}


def test_no_word_is_in_the_pipe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written = []
    monkeypatch.setattr(os, "execv", _no_program)
    monkeypatch.setattr(os, "_exit", lambda status: None)
    monkeypatch.setattr(os, "write", lambda descriptor, data: written.append(data) or len(data))
    path = tmp_path / "mine.vault"
    replace_process(path, moments=[NOW, NOW + HOUR], hidden=True)
    (data,) = written
    assert data.startswith(os.fsencode(path) + b"\0")
    assert re.fullmatch(rb"1\0\d{10} \d{10}", data.removeprefix(os.fsencode(path) + b"\0"))


def _no_program(*_args: object) -> None:
    raise OSError


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (b"/a.vault", Left(Path("/a.vault"))),
        (b"/a.vault\0" + b"0\0", Left(Path("/a.vault"), ())),
        (b"/a.vault\0" + b"1\0" + b"1773324300", Left(Path("/a.vault"), (NOW,), True)),
        (b"/a.vault\0", Left()),
        (b"\0" + b"1\0" + b"1773324300", Left()),
        (b"/a\0/b\0/c\0/d", Left()),
        (b"", Left()),
    ],
)
def test_what_comes_through_the_pipe(data: bytes, left: Left) -> None:
    read, write = os.pipe()
    os.write(write, data)
    os.close(write)
    assert resumed(read) == left


@pytest.fixture
def locked(window: MainWindow, tmp_path: Path) -> MainWindow:
    """The window of the process after: it stands before a closed journal, and was handed two times."""
    window.offer(tmp_path / "journal.vault")
    window.commands.reminders.take_over([NOW - 2 * HOUR, NOW + 2 * HOUR])
    return window


def test_a_locked_program_reminds_by_the_times_it_was_handed(
    locked: MainWindow, tray: FakeTray, clock: FixedClock
) -> None:
    assert tray.shown
    look(locked, clock, NOW)  # the first had its turn before
    assert tray.told == 0
    look(locked, clock, NOW + 2 * HOUR)
    assert tray.told == 1
    assert not locked.context.tasks.is_open


def test_two_a_day_counts_what_was_shown_before_the_lock(
    window: MainWindow, tray: FakeTray, clock: FixedClock
) -> None:
    window.commands.reminders.take_over([NOW - 5 * HOUR, NOW - HOUR, NOW + 4 * HOUR])
    look(window, clock, NOW + 4 * HOUR)
    assert tray.told == 0


def test_a_click_shows_the_window_locked(locked: MainWindow, tray: FakeTray) -> None:
    locked.hide()
    tray.opened.emit()
    assert locked.isVisible()
    assert locked.rooms.currentWidget() is locked.welcome


def test_the_next_process_waits_in_the_tray_only_where_there_is_one(
    window: MainWindow, tray: FakeTray, tmp_path: Path
) -> None:
    def stand() -> bool:
        read, write = os.pipe()
        os.write(write, os.fsencode(tmp_path / "a.vault") + b"\0" + b"1\0" + b"1773324300")
        os.close(write)
        return _stand(window, ["--resume", str(read)], window.context.settings)

    assert stand() is False
    tray.gone = True
    assert stand() is True


# -- the tray ------------------------------------------------------------------------------------------------------


def test_closing_ends_the_program_unless_the_tray_is_wanted(qtbot, reminded: MainWindow, replaced: Handed) -> None:
    reminded.close()
    qtbot.waitUntil(lambda: not reminded.isVisible(), timeout=10_000)
    assert replaced.how is None
    assert not reminded.context.tasks.is_open


def test_closing_into_the_tray_locks(qtbot, reminded: MainWindow, replaced: Handed) -> None:
    reminded.context.settings.update(keep_in_tray=True)
    reminded.close()
    qtbot.waitUntil(lambda: replaced.how is not None, timeout=10_000)
    assert replaced.how["hidden"] is True
    assert not reminded.context.tasks.is_open


def test_closing_a_locked_window_leaves_the_program_in_the_tray(locked: MainWindow, tray: FakeTray) -> None:
    locked.context.settings.update(keep_in_tray=True)
    locked.close()
    assert not locked.isVisible()
    assert not locked._left
    tray.opened.emit()
    assert locked.isVisible()


@pytest.mark.parametrize("how", ["menu", "tray"])
def test_quit_ends_the_program(qtbot, reminded: MainWindow, tray: FakeTray, replaced: Handed, how: str) -> None:
    reminded.context.settings.update(keep_in_tray=True)
    reminded.menu_actions["quit"].trigger() if how == "menu" else tray.quit.emit()
    qtbot.waitUntil(lambda: reminded._left, timeout=10_000)
    assert replaced.how is None


@pytest.mark.parametrize("without", ["reminders", "tray"])
def test_without_reminders_or_a_tray_closing_ends_it(
    qtbot, reminded: MainWindow, tray: FakeTray, replaced: Handed, without: str
) -> None:
    reminded.context.settings.update(keep_in_tray=True)
    if without == "tray":
        tray.gone = True
    else:
        wish(qtbot, reminded, reminders=False)
    reminded.close()
    qtbot.waitUntil(lambda: reminded._left, timeout=10_000)
    assert replaced.how is None


def test_unlocked_again_they_come_from_the_journal(
    qtbot, window: MainWindow, tray: FakeTray, clock: FixedClock, tmp_path: Path
) -> None:
    from journal.vault import FAST

    path = tmp_path / "journal.vault"
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state")
    service.close()
    window.offer(path)
    window.commands.reminders.take_over([NOW + HOUR])
    window.welcome.unlock.password.edit.setText(PASSWORD)
    window.welcome.unlock.next.click()
    settled(qtbot, window)
    assert (window.commands.reminders.is_on, window.commands.reminders.coming, tray.shown) == (False, (), False)


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
