"""What Windows and macOS say when nobody is there any more. `ui.desktop_lock` listens to it.

What a message means is decided by functions that run anywhere; the rest hands the system's calls through. Neither
was run on Windows or macOS yet.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication

_POWER, _SUSPEND = 0x0218, 0x0004  # WM_POWERBROADCAST: PBT_APMSUSPEND
_SESSION = 0x02B1  # WM_WTSSESSION_CHANGE
# Another person took over the screen; the connection from afar ended; logging off; the lock.
_NOBODY = frozenset({0x2, 0x4, 0x6, 0x7})

MAC_SIGNS = ("com.apple.screenIsLocked", "com.apple.screensaver.didstart")
_UTF8 = 0x08000100
_AT_ONCE = 4  # CFNotificationSuspensionBehaviorDeliverImmediately


def means_away(message: int, detail: int) -> bool:
    """Whether a message of Windows, and its first parameter, mean that nobody is there or the machine will sleep."""
    return (message == _POWER and detail == _SUSPEND) or (message == _SESSION and detail in _NOBODY)


class WindowsListener(QAbstractNativeEventFilter):
    """Looks at every message of the thread that shows the windows. Keep it for as long as it should listen."""

    def __init__(self, away: Callable[[], None]) -> None:
        super().__init__()
        self._away = away

    def nativeEventFilter(self, kind: Any, message: Any) -> tuple[bool, int]:
        if bytes(kind) == b"windows_generic_MSG" and message:
            told = wintypes.MSG.from_address(int(message))
            if means_away(told.message, told.wParam):
                self._away()
        return False, 0


def listen_on_windows(window: int, away: Callable[[], None]) -> object | None:
    """Have the session's messages sent to a top-level window; those of the machine's power come by themselves."""
    listener = WindowsListener(away)
    QCoreApplication.instance().installNativeEventFilter(listener)
    try:
        call = ctypes.WinDLL("wtsapi32").WTSRegisterSessionNotification
        call.argtypes, call.restype = [wintypes.HWND, wintypes.DWORD], wintypes.BOOL
        call(window, 0)  # of this session only
    except (OSError, AttributeError):
        pass  # sleep is heard all the same
    return listener


def listen_on_macos(away: Callable[[], None]) -> object | None:
    """Hear the notifications that go to all programs. What is given back has to be kept; None: it cannot be done."""
    try:
        core = ctypes.CDLL(ctypes.util.find_library("CoreFoundation"))
        pointer = ctypes.c_void_p
        core.CFNotificationCenterGetDistributedCenter.restype = pointer
        core.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_uint32]
        core.CFStringCreateWithCString.restype = pointer
        kind = ctypes.CFUNCTYPE(None, pointer, pointer, pointer, pointer, pointer)
        core.CFNotificationCenterAddObserver.argtypes = [pointer, pointer, kind, pointer, pointer, ctypes.c_long]
        core.CFNotificationCenterAddObserver.restype = None
        centre = core.CFNotificationCenterGetDistributedCenter()

        def heard(*_told: object) -> None:
            away()

        called = kind(heard)
        for name in MAC_SIGNS:
            told = core.CFStringCreateWithCString(None, name.encode(), _UTF8)
            core.CFNotificationCenterAddObserver(centre, None, called, told, None, _AT_ONCE)
    except (OSError, AttributeError, TypeError):
        return None
    return called
