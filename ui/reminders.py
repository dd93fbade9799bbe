"""Quiet reminders while the program runs, and the window that may wait in the tray meanwhile.

They are off until the person wants them. A reminder is a note that says nothing, beside an icon that says nothing; a
click on either shows the window, which asks for the password where the journal is locked. Locking replaces the
process, and the new one cannot ask the journal: it is handed the times of the next reminders, bare numbers, through
the pipe that carries the path. Nothing is written to disk, nothing starts by itself. See docs/decisions/017.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from journal import quiet
from journal.change import Change
from journal.clock import in_utc
from journal.errors import JournalError

if TYPE_CHECKING:
    from journal.service import JournalService
    from ui.window import MainWindow

_TICK = 30_000  # ms
_WRITING = 120  # seconds since the last touch
_KEPT = timedelta(days=2)  # so long it is known which were shown
_FROM = frozenset({"session", "checkin", "commitment", "hard", "settings"})


class Reminders(QObject):
    """Shows them at their times, and decides whether closing the window ends the program."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._tray = window.context.tray
        self._on = False
        self._hiding = self._quitting = False
        self._coming: tuple[datetime, ...] = ()
        self._past: tuple[datetime, ...] = ()  # moments that had their turn
        self._given: tuple[datetime, ...] = ()  # when reminders were shown
        self.timer = QTimer(self)
        self.timer.setInterval(_TICK)
        self.timer.timeout.connect(self.look)
        self._tray.opened.connect(self.show_window)
        self._tray.quit.connect(self.quit)
        window.welcome.opened.connect(self._ask)
        window.leaving.stayed.connect(self._on_stayed)
        self._context.tasks.changed.connect(self._on_changed)

    @property
    def is_on(self) -> bool:
        """Whether reminders may come."""
        return self._on

    @property
    def coming(self) -> tuple[datetime, ...]:
        """The times of the next ones."""
        return self._coming

    # -- which ------------------------------------------------------------------------------------------------------

    def take_over(self, times: Sequence[datetime], given: Sequence[datetime] = ()) -> None:
        """Go on from the process before: with what comes, or waits there, and with when reminders were shown."""
        self._past = self._given = self._lately(self._context.clock.now(), tuple(given))
        self._coming = tuple(times)
        self._turn(True)

    @Slot()
    def _ask(self) -> None:
        if self._context.tasks.is_open:
            self._context.tasks.ask(_reminders, self._on_reminders, _ignore, quietly=True)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if any(change.touches(kind) for kind in _FROM):
            self._ask()

    def _on_reminders(self, answer: tuple[bool, tuple[datetime, ...]]) -> None:
        wanted, moments = answer
        now = in_utc(self._context.clock.now())
        # Whoever opens the journal after a moment is here already. Only what waits for the end of writing stays.
        waiting, done = {in_utc(at) for at in self._coming}, {in_utc(at) for at in self._past}
        fitting = (at for at in moments if in_utc(at) > now or in_utc(at) in waiting)
        self._coming = tuple(at for at in fitting if in_utc(at) not in done)
        self._turn(wanted)

    def _turn(self, on: bool) -> None:
        self._on = on
        if on and self._tray.is_there:
            self._tray.show()
            self.timer.start()
        else:
            self.timer.stop()
            self._tray.hide()

    # -- when -------------------------------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Show a reminder if one has its time: one for all that came at once."""
        now = self._context.clock.now()
        come = tuple(at for at in self._coming if in_utc(at) <= in_utc(now))
        if not come or not self._on:
            return
        fresh = tuple(at for at in come if in_utc(now) - in_utc(at) <= quiet.LATE)
        shown = bool(fresh) and quiet.may_show(now, self._given) and not self._writing()
        left = () if shown else fresh
        self._coming = tuple(at for at in self._coming if at not in come or at in left)
        self._past = self._lately(now, (*self._past, *(at for at in come if at not in left)))
        if shown:
            self._given = self._lately(now, (*self._given, now))
            self._tray.tell()

    def _writing(self) -> bool:
        window = QApplication.activeWindow()
        return window is not None and self._window.idle.touched_within(_WRITING)

    @staticmethod
    def _lately(now: datetime, times: tuple[datetime, ...]) -> tuple[datetime, ...]:
        return tuple(at for at in times if in_utc(now) - in_utc(at) <= _KEPT)

    # -- the window in the tray -------------------------------------------------------------------------------------

    def took(self, event: QCloseEvent) -> bool:
        """Whether the window only goes into the tray. An open journal is locked by it."""
        if self._quitting or not self._stays():
            return False
        event.ignore()
        if self._context.tasks.is_open:
            self._hiding = True
            self._window.lock()
        else:
            self._window.hide()
        return True

    def _stays(self) -> bool:
        ending = QGuiApplication.instance().isSavingSession()  # the person logs out, or the machine goes down
        return self._on and self._context.settings.keep_in_tray and self._tray.is_there and not ending

    def handed(self, *, same: bool) -> dict[str, Any]:
        """What the next process is given beside the path; nothing where another journal is to be opened."""
        self._tray.hide()
        if not self._on or not same:
            return {}
        return {"moments": self._coming, "given": self._given, "hidden": self._hiding}

    @Slot()
    def quit(self) -> None:
        """End the program; what is being written is sealed first."""
        unseen = not self._window.isVisible() and not self._context.tasks.is_open
        self._quitting = True
        self._window.close()
        self._quitting = False
        if unseen:
            QApplication.quit()  # Qt ends by itself only when a window is closed that was seen

    @Slot()
    def show_window(self) -> None:
        """Bring the window to the front."""
        window = self._window
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()

    @Slot()
    def _on_stayed(self) -> None:
        self._hiding = False


def _reminders(service: JournalService) -> tuple[bool, tuple[datetime, ...]]:
    return service.reminders()


def _ignore(_error: JournalError) -> None:
    return None
