"""The window: the welcome page, or the rail with the pages of an open journal, or a share read without one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from journal.change import Change
from journal.errors import JournalError
from ui import clipboard, facts, geometry
from ui.actions import Actions
from ui.arriving import Arriving
from ui.behind import GoingOn
from ui.calm import Calm
from ui.commands import PLACES, Commands
from ui.context import Context
from ui.desktop_lock import DesktopLock
from ui.home import Home
from ui.leaving import Cover, Leaving
from ui.lock import IdleWatch, replace_process
from ui.pages.welcome import WelcomePage
from ui.places import Place
from ui.rescue import Rescue
from ui.stack import PageStack
from ui.status import StatusLine
from ui.theme import Scheme
from ui.widgets.banner import Banner
from ui.widgets.buttons import retint
from ui.widgets.cards import GAP

if TYPE_CHECKING:
    from journal.vault import Report
    from ui.pages.review import ReviewPage
    from ui.widgets.rail import Rail

TITLE = "Integration Journal"
_RAIL_FROM = 1000  # px at 100 %: below this the rail is icons only


class MainWindow(QMainWindow):
    """One window on at most one journal.

    `options` go to JournalService when a journal is made or opened (state_dir, profile). `replace` is what locking
    ends with: it is given the path of the journal to stand before, and in the program does not return.
    """

    def __init__(
        self,
        context: Context,
        *,
        options: dict[str, Any] | None = None,
        replace: Callable[..., None] = replace_process,
    ) -> None:
        super().__init__()
        self.context = context
        self._replace = replace
        self._path: Path | None = None
        self._left = self._read_only = False
        self.rail: Rail | None = None
        self._reading: ReviewPage | None = None
        self.setWindowTitle(TITLE)
        self.setObjectName("window")
        self.setMinimumSize(QSize(480, 400))

        self.rooms = QStackedWidget()
        self.setCentralWidget(self.rooms)
        self.welcome = WelcomePage(context, options)
        self.rooms.addWidget(self.welcome)
        self.banner = Banner(context.theme)
        self.stack = PageStack(context)
        self.status = StatusLine(context.theme)
        self._room, self._across = self._make_room()
        self.rooms.addWidget(self._room)
        self.cover = Cover(context.theme)
        self.rooms.addWidget(self.cover)

        self.idle = IdleWatch(self)
        self.desktop = DesktopLock(self)
        self.leaving = Leaving(context.tasks, self.cover, self.stack.seal, self)
        self.rescue = Rescue(context, self.cover, self.leaving, self)
        self.behind = GoingOn(context.tasks, self)
        self.home = Home(self)
        self.commands = Commands(self)
        self.menu_actions = Actions(self.commands.handlers(), self)
        self.menu_actions.fill(self.menuBar())
        self._connect()
        self.arriving = Arriving(self)  # after the window itself knows that a journal is open
        self.calm = Calm(self)
        self.allow()
        self._on_theme()

    # -- what the program asks of the window --------------------------------------------------------------------

    def offer(self, path: Path | None) -> None:
        """Stand before a journal, or before the choice."""
        self.stop_reading()
        self.rooms.setCurrentWidget(self.welcome)
        self.welcome.offer(path)

    def open_file(self, path: Path) -> None:
        """A journal or a share was given to the program."""
        self.arriving.open_file(path)

    @Slot()
    def begin(self) -> None:
        """Begin a journal; an open one is closed first."""
        if self.context.tasks.is_open:
            self.leaving.leave(partial(self._end, self._path, begin=True))
        else:
            self.stop_reading()
            self.rooms.setCurrentWidget(self.welcome)
            self.welcome.begin()

    @Slot()
    def open_new(self) -> None:
        """Open the menu of what can be written."""
        self.rail.open_new()

    def show_error(self, error: JournalError) -> None:
        """Show an error no page took."""
        if self.rooms.currentWidget() is self._room:
            self.banner.show_error(error)
        elif self.rooms.currentWidget() is self.welcome:
            self.welcome.step.banner.show_error(error)

    # -- opening ------------------------------------------------------------------------------------------------

    @Slot(bool)
    def _on_opened(self, by_words: bool) -> None:
        # The rail's icons come from a font that the welcome page does without.
        from ui.widgets.rail import Rail

        self.stop_reading()
        self.rail = Rail(self.context.theme, self.menu_actions.new_menu(QMenu(self)))
        self.rail.go.connect(self.stack.go)
        self.rail.lock.connect(self.lock)
        self._across.insertWidget(0, self.rail)
        self._fit()
        self.context.tasks.ask(facts.facts, partial(self._on_facts, by_words))
        self.rooms.setCurrentWidget(self._room)
        self.allow()
        self.home.open()

    def _on_facts(self, by_words: bool, found_facts: tuple[Path, bool, Report, int, int]) -> None:
        from ui import report

        path, self._read_only, found, minutes, unreadable = found_facts
        backup = path if self.welcome.is_backup else None
        self._path = self.welcome.home if backup else path
        self.allow()
        self.idle.start(minutes)
        self.desktop.start()
        lines = report.on_opening(found, read_only=self._read_only, unreadable=unreadable)
        if lines:
            self.banner.show_note("\n".join(lines), "warm")
        elif by_words:
            change = [("Change the password…", self.commands.change_password)]
            self.banner.show_note(
                "The recovery words opened this journal. You can set a new password.", "accent", change
            )
        self.commands.backups.opened(found, backup)
        self.behind.start()
        self.commands.in_step.look()
        self._ask_labels()

    @Slot()
    def _on_damaged(self) -> None:
        self.context.tasks.ask(facts.facts, partial(self._on_facts, False))

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.touches("settings"):
            self.context.tasks.ask(facts.minutes, self.idle.start)
        self._ask_labels()

    def _ask_labels(self) -> None:
        if not self._read_only:
            self.context.tasks.ask(facts.labels, self._on_labels, self._on_no_labels)

    def _on_labels(self, labels: tuple[str, str]) -> None:
        for name, words, plain in (("undo", labels[0], "&Undo"), ("redo", labels[1], "&Redo")):
            self.menu_actions[name].setText(words.replace("&", "") or plain)

    def _on_no_labels(self, _error: JournalError) -> None:
        self._on_labels(("", ""))

    # -- leaving ------------------------------------------------------------------------------------------------

    @Slot()
    def lock(self) -> None:
        """Seal what is being written, close the journal, and end the process that held it. Never asks. A share that
        is read without a journal is closed in the same way."""
        self.leave_for(self._path)
        if self._is_reading:
            self.stop_reading()
            self._end(self.welcome.path)

    def end_at(self, path: Path) -> None:
        """Stand before another journal, or another file in this one's place. Nothing is sealed any more."""
        self._end(path)

    def leave_for(self, path: Path | None) -> None:
        """Close the journal that is open, if any, and stand before this one."""
        if self.context.tasks.is_open:
            self.leaving.leave(partial(self._end, path))

    def _end(self, path: Path | None, **how: bool) -> None:
        self._close_down()
        self.hide()
        handed = self.commands.reminders.handed(same=path == self._path)
        self._replace(self.rescue.place_of(path), **how, **self.calm.how, **handed)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._left and self.commands.reminders.took(event):
            return
        if not self._left and self.context.tasks.is_open:
            event.ignore()
            self.leaving.leave(self._finish)
            return
        self._close_down()
        event.accept()

    def _finish(self) -> None:
        self._close_down()
        self.close()

    def _close_down(self) -> None:
        if self._left:
            return
        self._left = True
        self.idle.stop()
        geometry.remember(self, self.context.settings)
        self.context.tasks.close()
        clipboard.forget()

    @Slot()
    def _on_covered(self) -> None:
        self.rooms.setCurrentWidget(self.cover)
        self.menuBar().setEnabled(False)
        self.status.say("")

    @Slot()
    def _on_stayed(self) -> None:
        self.rooms.setCurrentWidget(self._room)
        self.menuBar().setEnabled(True)

    # -- going about --------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_moved(self, place: Place) -> None:
        self.rail.show_place(place)
        self.status.say("")
        self.menu_actions["back"].setEnabled(self.stack.can_go_back)

    @Slot()
    def _on_nowhere_back(self) -> None:
        if self._is_reading:
            self.stop_reading()
        elif self.stack.place != self.home.place:
            self.stack.go(self.home.place)

    @Slot(str)
    def _on_wants(self, name: str) -> None:
        self.menu_actions[name].trigger()

    @Slot()
    def read_without(self) -> ReviewPage:
        """Stand where a share is read without a journal."""
        from journal.records import Settings
        from ui.pages.review import ReviewPage

        if self._reading is None:
            self._reading = ReviewPage(self.context)
            self._reading.back.connect(self.stop_reading)
            self._reading.needs_journal.connect(self.arriving.wait)
            self.rooms.addWidget(self._reading)
        self.rooms.setCurrentWidget(self._reading)
        self._reading.show_place(Place("review"))
        self.idle.start(Settings().lock_minutes)  # no journal is open that would say after how many
        self.desktop.start()
        self.allow()
        return self._reading

    @Slot()
    def stop_reading(self) -> None:
        """Close what was read without a journal: whoever comes to it again needs its words again."""
        if self._reading is not None:
            self._reading.close_share()
        if self._is_reading:
            self.rooms.setCurrentWidget(self.welcome)
            self.welcome.take_focus()
            self.idle.stop()
            self.allow()

    @property
    def _is_reading(self) -> bool:
        return self._reading is not None and self.commands.helping.beneath() is self._reading

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Only what no field and no page took for itself arrives here.
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._is_reading:
            self.stop_reading()
        elif self.rooms.currentWidget() is self._room and self.stack.place and self.stack.place.name not in PLACES:
            self.stack.back()

    # -- parts and looks ----------------------------------------------------------------------------------------

    def _make_room(self) -> tuple[QWidget, QHBoxLayout]:
        """Where the rail will stand, beside the banner and the pages."""
        room = QWidget()
        across = QHBoxLayout(room)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        right = QVBoxLayout()
        right.setSpacing(0)
        above = self.above = QVBoxLayout()
        above.setContentsMargins(GAP["l"], GAP["m"], GAP["l"], 0)
        above.addWidget(self.banner)
        right.addLayout(above)
        right.addWidget(self.stack, 1)
        right.addWidget(self.status)
        across.addLayout(right, 1)
        return room, across

    def _connect(self) -> None:
        tasks = self.context.tasks
        tasks.failed.connect(self.show_error)
        tasks.busy.connect(self.status.on_busy)
        self.behind.damaged.connect(self._on_damaged)
        tasks.changed.connect(self._on_changed)
        self.welcome.opened.connect(self._on_opened)
        self.welcome.go.connect(self.read_without)
        self.welcome.choose_backup.connect(self.commands.backups.choose)
        self.stack.moved.connect(self._on_moved)
        self.stack.say.connect(self.status.say)
        self.stack.did.connect(self.status.tell)
        self.stack.leave.connect(self._on_nowhere_back)
        self.stack.wants.connect(self._on_wants)
        self.stack.shows.connect(self.commands.show_file)
        self.commands.helping.moved.connect(self.allow)
        self.idle.due.connect(self.lock)
        self.desktop.due.connect(self.lock)
        self.leaving.covered.connect(self._on_covered)
        self.leaving.covered.connect(self.stack.halt)
        self.leaving.stayed.connect(self._on_stayed)
        self.context.theme.changed.connect(self._on_theme)

    def allow(self) -> None:
        """Enable what is possible now."""
        is_open = self.context.tasks.is_open
        self.menu_actions.allow(is_open=is_open, writable=not self._read_only)
        self.menu_actions["lock"].setEnabled(is_open or self._is_reading)
        helps = self.commands.helping.is_shown
        self.menu_actions["back"].setEnabled(self.stack.can_go_back or self._is_reading or helps)
        if self.rail is not None:
            self.rail.new.setEnabled(not self._read_only)

    @Slot()
    def _on_theme(self) -> None:
        theme = self.context.theme
        for kind in (QPushButton, QToolButton):
            for made in self.findChildren(kind):
                retint(theme, made)
        self.welcome.restyle()
        self.stack.restyle()
        if self._reading is not None:
            self._reading.restyle()
        chosen = {Scheme.LIGHT: "scheme-light", Scheme.DARK: "scheme-dark"}.get(theme.choice, "scheme-system")
        self.menu_actions[chosen].setChecked(True)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.rail is not None:
            self.rail.set_narrow(self.width() < self.context.theme.px(_RAIL_FROM))
