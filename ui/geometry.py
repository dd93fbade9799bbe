"""Where the window stands: remembered between starts, and always fully inside a screen that is there now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.settings import DeviceSettings, Geometry

_FIRST = (1120, 760)  # px
_LEAST = (480, 400)


def clamped(wanted: QRect, screens: Sequence[QRect]) -> QRect:
    """`wanted`, moved and if need be shrunk into the one of `screens` that shows most of it (else the first).

    `screens` are the usable areas in px of the whole desktop, the main one first.
    """
    if not screens:
        return wanted

    def shown(screen: QRect) -> int:
        part = screen.intersected(wanted)
        return max(0, part.width()) * max(0, part.height())

    home = max(screens, key=shown)
    width = min(max(wanted.width(), _LEAST[0]), home.width())
    height = min(max(wanted.height(), _LEAST[1]), home.height())
    left = min(max(wanted.left(), home.left()), home.left() + home.width() - width)
    top = min(max(wanted.top(), home.top()), home.top() + home.height() - height)
    return QRect(left, top, width, height)


def restore(window: QWidget, settings: DeviceSettings) -> None:
    """Put the window where it was; the first time, in the middle of the main screen."""
    main = QGuiApplication.primaryScreen()
    screens = [main.availableGeometry()] if main is not None else []
    screens += [screen.availableGeometry() for screen in QGuiApplication.screens() if screen is not main]
    at = settings.geometry
    if at is not None:
        wanted = QRect(at.x, at.y, at.width, at.height)
    else:
        wanted = QRect(0, 0, *_FIRST)
        if screens:
            wanted.moveCenter(screens[0].center())
    window.setGeometry(clamped(wanted, screens))
    if at is not None and at.maximised:
        window.showMaximized()


def remember(window: QWidget, settings: DeviceSettings) -> None:
    """Keep where the window stands now."""
    at = window.normalGeometry() if window.isMaximized() or window.isFullScreen() else window.geometry()
    settings.update(geometry=Geometry(at.x(), at.y(), at.width(), at.height(), maximised=window.isMaximized()))
