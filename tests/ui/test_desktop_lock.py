"""The desktop locks, sleeps or starts its screen saver: heard on a real message bus of the test's own."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from ctypes import wintypes
from functools import partial
from pathlib import Path

import pytest

from ui import desktop_lock, native_lock
from ui.desktop_lock import DesktopLock, session_path
from ui.window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
LISTENER = """
from PySide6.QtCore import QCoreApplication, QTimer
from ui.desktop_lock import DesktopLock
app = QCoreApplication([])
lock = DesktopLock()
def due():
    print("due", flush=True)
lock.due.connect(due)
lock.start()
print("listening" if lock.listening else "deaf", flush=True)
QTimer.singleShot(60_000, app.quit)
app.exec()
"""
SAVER = ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver.ActiveChanged")
GNOME = ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged")
SLEEP = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager.PrepareForSleep")
MINE = ("/org/freedesktop/login1/session/_37", "org.freedesktop.login1.Session.Lock")
ANOTHER = ("/org/freedesktop/login1/session/_38", "org.freedesktop.login1.Session.Lock")


@pytest.fixture
def bus(tmp_path: Path):
    """The address of a message bus that serves as the session's and the system's."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:path={tmp_path}/bus"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        try:
            yield daemon.stdout.readline().strip()
        finally:
            daemon.kill()


@pytest.fixture
def listener(bus: str):
    environment = {
        **os.environ,
        "DBUS_SESSION_BUS_ADDRESS": bus,
        "DBUS_SYSTEM_BUS_ADDRESS": bus,
        "XDG_SESSION_ID": "7",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", LISTENER]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout.readline() == "listening\n"
            yield running
        finally:
            running.kill()


def send(bus: str, signal: tuple[str, str], *arguments: str) -> None:
    command = ["dbus-send", f"--bus={bus}", "--type=signal", *signal, *arguments]
    subprocess.run(command, check=True)


@pytest.mark.parametrize(
    ("signal", "arguments"),
    [(SAVER, ("boolean:true",)), (GNOME, ("boolean:true",)), (SLEEP, ("boolean:true",)), (MINE, ())],
)
def test_a_sign_that_nobody_is_there_locks(bus: str, listener, signal: tuple[str, str], arguments) -> None:
    send(bus, signal, *arguments)
    assert listener.stdout.readline() == "due\n"


def test_waking_and_other_peoples_sessions_do_not_lock(bus: str, listener) -> None:
    send(bus, SAVER, "boolean:false")
    send(bus, SLEEP, "boolean:false")
    send(bus, ANOTHER)
    send(bus, MINE)  # signals come in order: were one of the others heard, this one would be the second
    assert listener.stdout.readline() == "due\n"
    listener.kill()
    assert listener.stdout.read() == ""


def test_without_a_desktop_it_is_deaf_and_nothing_happens(tmp_path: Path) -> None:
    nobody = f"unix:path={tmp_path}/nobody"
    environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": nobody, "DBUS_SYSTEM_BUS_ADDRESS": nobody}
    program = LISTENER.replace("60_000", "0")
    done = subprocess.run(
        [sys.executable, "-c", program], env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "deaf\n"


@pytest.mark.parametrize(("name", "path"), [("7", "_37"), ("c2", "c2"), ("a-1", "a_2d1"), ("12", "_312")])
def test_paths_of_sessions(name: str, path: str) -> None:
    assert session_path(name) == f"/org/freedesktop/login1/session/{path}"
    assert session_path("") == ""


def test_the_window_locks_when_the_desktop_does(qtbot, window_open: MainWindow, replaced) -> None:
    watch = window_open.findChild(DesktopLock)
    watch.due.emit()
    qtbot.waitUntil(lambda: bool(replaced), timeout=20_000)


POWER, SESSION = 0x218, 0x2B1  # WM_POWERBROADCAST, WM_WTSSESSION_CHANGE


@pytest.mark.parametrize(
    ("message", "detail", "away"),
    [
        (SESSION, 0x7, True),  # the lock
        (SESSION, 0x2, True),  # another person's turn at this screen
        (SESSION, 0x4, True),  # the connection from afar ended
        (SESSION, 0x6, True),  # logging off
        (SESSION, 0x8, False),  # unlocked
        (SESSION, 0x1, False),  # this person's turn
        (SESSION, 0x5, False),  # logged on
        (POWER, 0x4, True),  # about to sleep
        (POWER, 0x7, False),  # awake again
        (POWER, 0x12, False),
        (POWER, 0xA, False),  # the battery
        (0x100, 0x7, False),  # a key
        (0x100, 0x4, False),
    ],
)
def test_what_a_message_of_windows_means(message: int, detail: int, away: bool) -> None:
    told: list[bool] = []
    listener = native_lock.WindowsListener(partial(told.append, True))
    sent = wintypes.MSG(message=message, wParam=detail)
    assert listener.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(sent)) == (False, 0)
    assert bool(told) is native_lock.means_away(message, detail) is away
    assert listener.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(sent)) == (False, 0)
    assert len(told) == away


@pytest.mark.parametrize("platform", ["windows", "cocoa"])
def test_where_the_windows_are_of_another_system_that_one_is_asked(
    qtbot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    asked = []

    def windows(handle: int, away) -> object:
        asked.append((handle, away))
        return away

    monkeypatch.setattr(native_lock, "listen_on_windows", windows)
    monkeypatch.setattr(native_lock, "listen_on_macos", partial(windows, 0))
    monkeypatch.setattr(desktop_lock.QGuiApplication, "platformName", lambda: platform)
    window.desktop.start()
    window.desktop.start()
    ((handle, away),) = asked
    assert handle == (int(window.winId()) if platform == "windows" else 0)
    assert window.desktop.listening
    with qtbot.waitSignal(window.desktop.due):
        away()


def test_a_system_that_cannot_tell_is_no_hindrance() -> None:
    assert native_lock.listen_on_macos(print) is None  # there is no CoreFoundation here
