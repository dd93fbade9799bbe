"""The icon in the desktop's tray, where there is one, and the note that it can show. Neither ever says anything.

What a note says is a constant: the desktop keeps notes in a list of its own, and shows them over a locked screen.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

TITLE = "Journal"
TEXT = "There is something here, whenever you like."


class Tray(QObject):
    """No tray: what a desktop without one has, and what the program does without.

    Signals:
        opened(): the person wants to see the window.
        quit(): the person wants the program to end.
    """

    opened = Signal()
    quit = Signal()

    @property
    def is_there(self) -> bool:
        """Whether this desktop has a tray now."""
        return False

    def show(self) -> None:
        """Show the icon."""

    def hide(self) -> None:
        """Take the icon away."""

    def tell(self) -> None:
        """Show the note that says nothing."""


class SystemTray(Tray):
    """The desktop's own. `icon` is drawn when it is first needed."""

    def __init__(self, icon: Callable[[], QIcon], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draw = icon
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None

    @property
    def is_there(self) -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        if self._icon is None:
            self._menu = QMenu()
            self._menu.addAction("Show the window", self.opened.emit)
            self._menu.addAction("Quit", self.quit.emit)
            self._icon = QSystemTrayIcon(self._draw(), self)
            self._icon.setToolTip(TITLE)
            self._icon.setContextMenu(self._menu)
            self._icon.activated.connect(self._on_activated)
            self._icon.messageClicked.connect(self.opened)
        self._icon.show()

    def hide(self) -> None:
        if self._icon is not None:
            self._icon.hide()

    def tell(self) -> None:
        if self._icon is not None:
            self._icon.showMessage(TITLE, TEXT, self._icon.icon())

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason != QSystemTrayIcon.ActivationReason.Context:
            self.opened.emit()
