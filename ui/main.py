"""The composition root: makes the application, the context and the window, and nothing else.

What is imported here is imported before the window is painted, so it is little: no charts, no icon font, no
ciphers. The vault thread loads those while the person types a password.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QLoggingCategory, QObject, QSocketNotifier, Qt, Slot
from PySide6.QtWidgets import QApplication

from journal.clock import Clock, SystemClock
from journal.hardening import harden
from ui import crash, geometry
from ui.appearance import stored_scheme
from ui.arguments import BEGIN, DIM, RESUME
from ui.capture import Capture, of_system
from ui.context import Context
from ui.lock import Left, resumed
from ui.prompts import QtPrompter
from ui.settings import DeviceSettings
from ui.tasks import VaultTasks
from ui.theme import Scheme, Theme
from ui.tray import SystemTray
from ui.widgets.mark import app_icon
from ui.window import TITLE, MainWindow


def run(
    argv: Sequence[str] | None = None,
    *,
    profile: Any = None,
    clock: Clock | None = None,
    hardened: bool = True,
) -> int:
    """Show the window until it is closed. Returns the exit status.

    `argv` are the arguments after the program's name: a file to open, or what locking leaves for its successor.
    `profile` is the KDF profile of journals made here (None: the standard one). `hardened` False leaves the process
    open to debuggers, and Qt as talkative as it is asked to be.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if hardened:
        harden()
        _say_little()
    app = _application()
    settings = DeviceSettings.of_user()
    theme = Theme(app)
    theme.apply(Scheme.LANDING if arguments[:1] == [DIM] else stored_scheme(settings), settings.scale)
    capture = Capture(of_system(), app)
    capture.start(settings.hide_from_capture)
    tray = SystemTray(app_icon, app)
    context = Context(VaultTasks(), QtPrompter(), theme, settings, clock or SystemClock(), capture, tray)
    window = MainWindow(context, options={} if profile is None else {"profile": profile})
    crash.install(window.show_error)
    ender = _Ender(window) if os.name == "posix" else None
    geometry.restore(window, settings)
    if _stand(window, arguments, settings):
        window.show()
    status = app.exec()
    if ender is not None:
        ender.stop()
    context.tasks.close()
    return status


def _application() -> QApplication:
    QCoreApplication.setApplicationName("integration-journal")
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    app = QApplication.instance() or QApplication([TITLE])
    app.setApplicationDisplayName("")  # Qt would append it to every title
    app.setDesktopFileName("integration-journal")
    app.setQuitOnLastWindowClosed(True)
    return app


def _say_little() -> None:
    """Have Qt tell of faults only. What it tells of keys, input methods and the clipboard on request holds words."""
    for name in ("QT_LOGGING_RULES", "QT_LOGGING_CONF"):
        os.environ.pop(name, None)
    QLoggingCategory.setFilterRules("*.debug=false\n*.info=false")  # over a file of the person's settings


def _stand(window: MainWindow, arguments: list[str], settings: DeviceSettings) -> bool:
    """Take the window to where the arguments say. Returns whether it is to be shown; else it waits in the tray."""
    if len(arguments) == 2 and arguments[0] in (RESUME, BEGIN, DIM):
        left = resumed(int(arguments[1])) if arguments[1].isdigit() else Left()
        window.offer(left.path)
        if left.moments is not None:
            window.commands.reminders.take_over(left.moments, left.given)
        if arguments[0] == BEGIN:
            window.begin()
        return not (left.hidden and window.context.tray.is_there)
    window.offer(settings.last_journal)
    files = [Path(text) for text in arguments if not text.startswith("-")]
    if files:
        window.open_file(files[0])
    return True


class _Ender(QObject):
    """Closes the window, and so seals what is being written, when the system asks the process to end."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        # Python runs its handlers only between its own instructions; the pipe wakes Qt's loop for that.
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)
        self._before = signal.set_wakeup_fd(self._write)
        self._notifier = QSocketNotifier(self._read, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, _note)

    def stop(self) -> None:
        """Give the signals back."""
        signal.set_wakeup_fd(self._before)
        self._notifier.setEnabled(False)
        os.close(self._read)
        os.close(self._write)

    @Slot()
    def _on_signal(self) -> None:
        os.read(self._read, 64)
        self._window.commands.reminders.quit()


def _note(_number: int, _frame: object) -> None:
    return None
