"""The desktop's own signals that nobody is there any more: its lock, its screen saver, and going to sleep.

On Linux over D-Bus, where the desktop speaks it; on Windows and macOS by their own calls (`ui.native_lock`). Where
nobody tells, the idle watch (`ui.lock`) has to do.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui import native_lock

# Desktops say "the screen saver is active" when they lock; each has a name of its own for it.
_SAVERS = (
    "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)  # fmt: skip
_LOGIN = "org.freedesktop.login1"


class DesktopLock(QObject):
    """Emits `due` when the desktop locks or the machine is about to sleep."""

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listening = False
        self._kept: object = None  # what the system calls back has to stay alive

    def start(self) -> None:
        """Listen, where there is somebody to listen to. Once is enough."""
        if self.listening:
            return
        # By the platform of the windows: the offscreen one has none that a system could send a message to.
        platform = QGuiApplication.platformName() if QGuiApplication.instance() is not None else ""
        if platform == "windows" and isinstance(window := self.parent(), QWidget):
            self._kept = native_lock.listen_on_windows(int(window.winId()), self.due.emit)
        elif platform == "cocoa":
            self._kept = native_lock.listen_on_macos(self.due.emit)
        elif sys.platform.startswith("linux"):
            self._listen_on_linux()
        self.listening = self.listening or self._kept is not None

    def _listen_on_linux(self) -> None:
        from PySide6.QtDBus import QDBusConnection  # late: it is not needed before a journal is open

        heard = []
        # Where no bus is running none is started: asking for it without an address would.
        if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            session = QDBusConnection.sessionBus()
            slot = SLOT("_on_saver(bool)")
            heard += [session.connect("", "", name, "ActiveChanged", self, slot) for name in _SAVERS]
        system = QDBusConnection.systemBus()
        if system.isConnected():
            path = session_path(os.environ.get("XDG_SESSION_ID", ""))
            heard.append(system.connect("", path, f"{_LOGIN}.Session", "Lock", self, SLOT("_on_lock()")))
            sleep = (f"{_LOGIN}.Manager", "PrepareForSleep", self, SLOT("_on_sleep(bool)"))
            heard.append(system.connect("", "/org/freedesktop/login1", *sleep))
        self.listening = any(heard)

    @Slot(bool)
    def _on_saver(self, active: bool) -> None:
        if active:
            self.due.emit()

    @Slot()
    def _on_lock(self) -> None:
        self.due.emit()

    @Slot(bool)
    def _on_sleep(self, begins: bool) -> None:
        if begins:
            self.due.emit()


def session_path(name: str) -> str:
    """The object path of a login session, or "" (any) where its name is not known.

    In a path all but letters and digits is written as `_` and two hexadecimal digits, and so is a leading digit.
    """
    if not name:
        return ""
    escaped = "".join(
        char if char.isascii() and char.isalnum() and not (place == 0 and char.isdigit()) else f"_{ord(char):02x}"
        for place, char in enumerate(name)
    )
    return f"/org/freedesktop/login1/session/{escaped}"
