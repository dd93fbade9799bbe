"""What outlives the lock: bare times, in a program that waits behind a window or in the tray."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from journal.clock import FixedClock
from journal.service import JournalService
from tests.ui.conftest import NOW, PASSWORD, settled
from tests.ui.reminders.hands import HOUR, FakeTray, Handed, look, touch, wish
from ui.context import Context
from ui.lock import Left, replace_process, resumed
from ui.main import _stand
from ui.window import MainWindow

ROOT = Path(__file__).resolve().parents[3]


def test_locking_hands_over_times_and_nothing_else(
    qtbot, reminded: MainWindow, replaced: Handed, tmp_path: Path
) -> None:
    reminded.menu_actions["lock"].trigger()
    qtbot.waitUntil(lambda: replaced.how is not None, timeout=10_000)
    moments = replaced.how["moments"]
    assert [(at - NOW) / HOUR for at in moments] == [3, 23, 71, 167, 335]
    assert replaced.how == {"moments": moments, "given": (), "hidden": False}
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
    replace_process(path, moments=[NOW, NOW + HOUR], hidden=True, given=[NOW - HOUR])
    (data,) = written
    assert data.startswith(os.fsencode(path) + b"\0")
    assert re.fullmatch(rb"1\0\d{10} \d{10}\0\d{10}", data.removeprefix(os.fsencode(path) + b"\0"))


def _no_program(*_args: object) -> None:
    raise OSError


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (b"/a.vault", Left(Path("/a.vault"))),
        (b"/a.vault\0" + b"0\0", Left(Path("/a.vault"), ())),
        (b"/a.vault\0" + b"1\0" + b"1773324300", Left(Path("/a.vault"), (NOW,), True)),
        (b"/a.vault\0" + b"0\0\0" + b"1773324300", Left(Path("/a.vault"), (), False, (NOW,))),
        (b"/a.vault\0", Left()),
        (b"\0" + b"1\0" + b"1773324300", Left()),
        (b"/a\0/b\0/c\0/d\0/e", Left()),
        (b"", Left()),
    ],
)
def test_what_comes_through_the_pipe(data: bytes, left: Left) -> None:
    read, write = os.pipe()
    os.write(write, data)
    os.close(write)
    assert resumed(read) == left


def test_a_locked_program_reminds_by_the_times_it_was_handed(
    locked: MainWindow, tray: FakeTray, clock: FixedClock
) -> None:
    assert tray.shown
    look(locked, clock, NOW)  # the first had its turn before
    assert tray.told == 0
    look(locked, clock, NOW + 2 * HOUR)
    assert tray.told == 1
    assert not locked.context.tasks.is_open


def test_what_waits_for_the_end_of_writing_is_shown_after_the_lock(
    qtbot, reminded: MainWindow, tray: FakeTray, clock: FixedClock, replaced: Handed, context: Context
) -> None:
    reminded.activateWindow()
    touch()
    look(reminded, clock, NOW + 3 * HOUR)
    assert tray.told == 0
    clock.at = NOW + 3 * HOUR + timedelta(minutes=5)
    reminded.menu_actions["lock"].trigger()
    qtbot.waitUntil(lambda: replaced.how is not None, timeout=10_000)
    assert replaced.how["given"] == () and replaced.how["moments"][0] == NOW + 3 * HOUR
    after = MainWindow(context)  # the process after
    qtbot.addWidget(after)
    after.commands.reminders.take_over(replaced.how["moments"], replaced.how["given"])
    look(after, clock, clock.at)
    assert tray.told == 1
    look(after, clock, clock.at + timedelta(minutes=1))
    assert tray.told == 1
    assert after.commands.reminders.handed(same=True)["given"] == (NOW + 3 * HOUR + timedelta(minutes=5),)


def test_what_waited_too_long_before_the_lock_is_let_go(
    window: MainWindow, tray: FakeTray, clock: FixedClock
) -> None:
    window.commands.reminders.take_over([NOW - 3 * HOUR, NOW + HOUR])
    look(window, clock, NOW)
    assert (tray.told, window.commands.reminders.coming) == (0, (NOW + HOUR,))


def test_two_a_day_counts_what_was_shown_before_the_lock(
    window: MainWindow, tray: FakeTray, clock: FixedClock
) -> None:
    window.commands.reminders.take_over([NOW + 4 * HOUR], [NOW - 5 * HOUR, NOW - HOUR])
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


def test_the_next_process_is_handed_times_and_holds_no_word(tmp_path: Path) -> None:
    """Two real processes: what the second finds, and how it was called."""
    (tmp_path / "ui").mkdir()
    program = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
import ui.lock
ui.lock._ROOT = Path({str(tmp_path)!r})
moments = (datetime(2026, 3, 12, 14, 5, tzinfo=UTC), datetime(2026, 3, 13, 14, 5, tzinfo=UTC))
ui.lock.replace_process(Path("/somewhere/private name.vault"), moments=moments, hidden=True)
"""
    (tmp_path / "ui" / "__init__.py").write_text("")
    (tmp_path / "ui" / "command.py").write_text(
        "import os, sys\n"
        "def main():\n"
        "    cmdline = open('/proc/self/cmdline', 'rb').read() + open('/proc/self/environ', 'rb').read()\n"
        "    print(os.fdopen(int(sys.argv[-1]), 'rb').read(), b'private' in cmdline, b'1773324300' in cmdline)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    left = b"/somewhere/private name.vault\0" + b"1\0" + b"1773324300 1773410700"
    assert done.stdout == f"{left!r} False False\n"


# A program that was locked with reminders on, on a desktop with a tray. `hidden` as it was left.
WAITING = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import main
from ui.settings import DeviceSettings
from ui.tray import Tray

class There(Tray):
    is_there = True
    def __init__(self, *_any):
        super().__init__()

main.SystemTray = There
hidden = sys.argv[1]
DeviceSettings.of_user().update(keep_in_tray=True)
read, write = os.pipe()
os.write(write, b"/nowhere.vault\\0" + hidden.encode() + b"\\0" + b"1773324300")
os.close(write)

def window():
    return next(w for w in QApplication.topLevelWidgets() if w.objectName() == "window")

def close():
    print("seen" if window().isVisible() else "unseen", flush=True)
    window().close()
    QTimer.singleShot(300, tell)

def tell():
    print("waits" if not window().isVisible() else "stands", flush=True)

main._application()
QTimer.singleShot(0, close)
sys.exit(main.run(["--resume", str(read)]))
"""


@pytest.mark.parametrize(("hidden", "seen"), [("0", "seen"), ("1", "unseen")])
def test_a_program_in_the_tray_waits_and_ends_when_the_system_asks(own_home: Path, hidden: str, seen: str) -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", WAITING, hidden],
        cwd=own_home,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert [running.stdout.readline(), running.stdout.readline()] == [f"{seen}\n", "waits\n"]
        assert running.poll() is None
        running.send_signal(signal.SIGTERM)
        _, err = running.communicate(timeout=60)
        assert running.returncode == 0, err
    finally:
        running.kill()
