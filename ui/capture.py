"""Keeping the program's windows out of screenshots and screen sharing, where the system lets a program ask for it.

Windows does it. macOS takes the wish, but from version 15 on most programs that share a screen pass it over. X11 and
Wayland have nothing that a program could ask. It helps against a screen shared by mistake, and not against a camera
or a program that spies.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QPlatformSurfaceEvent, QWindow

KeepOut = Callable[[int, bool], bool]  # (a native window, whether to keep it out) -> whether the system did it

_NOT_AT_ALL = 0x11  # WDA_EXCLUDEFROMCAPTURE: Windows 10 of 2020 and later
_BLACK = 0x01  # WDA_MONITOR: before that
_SHOWN = 0x00  # WDA_NONE
_SHARING_NONE, _SHARING_READ_ONLY = 0, 1  # NSWindowSharingType; the second is what a window begins with


class Capture(QObject):
    """Tells the system of every native window there is, also of those that Qt makes later or makes anew.

    Menus, lists that drop down and tool tips are windows of their own and show words too (what Undo takes back, a
    tag), so they count. `keep_out` None: the system cannot do it, and nothing is watched.
    """

    def __init__(self, keep_out: KeepOut | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep_out = keep_out
        self._wanted = False
        self._did: dict[int, bool] = {}  # for each native window: whether the system did what is wanted

    @property
    def is_offered(self) -> bool:
        """Whether this system knows of such a thing at all."""
        return self._keep_out is not None

    @property
    def works(self) -> bool:
        """Whether the windows are kept out now, each of them, as far as the system says."""
        return self._wanted and bool(self._did) and all(self._did.values())

    def start(self, wanted: bool) -> None:
        """Watch from here on. For the time before the first window is made."""
        self._wanted = wanted
        if self._keep_out is not None:
            QGuiApplication.instance().installEventFilter(self)

    def apply(self, wanted: bool) -> None:
        """Keep the windows out, or let them be seen again, at once."""
        if wanted != self._wanted:
            self._wanted = wanted
            for window in self._did:
                self._tell(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PlatformSurface and isinstance(watched, QWindow) and watched.isTopLevel():
            kind, window = event.surfaceEventType(), int(watched.winId())
            if kind == QPlatformSurfaceEvent.SurfaceEventType.SurfaceAboutToBeDestroyed:
                self._did.pop(window, None)
            elif self._wanted:
                self._tell(window)
            else:
                self._did[window] = True  # a window begins as one that can be seen
        return False

    def _tell(self, window: int) -> None:
        try:
            self._did[window] = self._keep_out(window, self._wanted)
        except Exception:  # whatever the system makes of it, the window has to come up
            self._did[window] = False


def of_system() -> KeepOut | None:
    """The call of the system that the windows are shown on; None where it has none, or it is not to be found."""
    make = {"windows": _of_windows, "cocoa": _of_macos}.get(QGuiApplication.platformName())
    try:
        return make() if make is not None else None
    except (OSError, AttributeError):
        return None


def passed_over() -> bool:
    """Whether this system is known to take the wish and to show the window in many programs all the same."""
    return sys.platform == "darwin"


def _of_windows() -> KeepOut:
    call = ctypes.WinDLL("user32").SetWindowDisplayAffinity
    call.argtypes, call.restype = [ctypes.c_void_p, ctypes.c_uint32], ctypes.c_int

    def keep_out(window: int, out: bool) -> bool:
        if not out:
            return bool(call(window, _SHOWN))
        return bool(call(window, _NOT_AT_ALL)) or bool(call(window, _BLACK))

    return keep_out


def _of_macos() -> KeepOut:
    objc = ctypes.CDLL(ctypes.util.find_library("objc") or "/usr/lib/libobjc.A.dylib")
    objc.sel_registerName.argtypes, objc.sel_registerName.restype = [ctypes.c_char_p], ctypes.c_void_p
    pointer = ctypes.c_void_p
    # One function takes every message; it has to be called with the types of the method it leads to.
    message = ("objc_msgSend", objc)
    get_window = ctypes.CFUNCTYPE(pointer, pointer, pointer)(message)
    get_sharing = ctypes.CFUNCTYPE(ctypes.c_ulong, pointer, pointer)(message)
    set_sharing = ctypes.CFUNCTYPE(None, pointer, pointer, ctypes.c_ulong)(message)
    its_window, sharing, share = (
        objc.sel_registerName(name) for name in (b"window", b"sharingType", b"setSharingType:")
    )

    def keep_out(view: int, out: bool) -> bool:
        window = get_window(view, its_window)  # Qt's number is the view's
        if not window:
            return False
        wanted = _SHARING_NONE if out else _SHARING_READ_ONLY
        set_sharing(window, share, wanted)
        return bool(get_sharing(window, sharing) == wanted)

    return keep_out
