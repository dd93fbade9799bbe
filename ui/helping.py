"""Help from everywhere: in the open journal a place like others; without one, over whatever page is shown.

It also keeps who may be seen before unlocking as the open journal says: when it was opened, and after each change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from journal.change import Change
from ui.places import Place

if TYPE_CHECKING:
    from journal.service import JournalService, PeopleOutside
    from ui.page import Page
    from ui.window import MainWindow

_NOT_WRITTEN = (
    "Who is shown before unlocking could not be brought up to date on this computer. In the journal it is as you "
    "chose. This is tried again when the journal is opened."
)


class Helping(QObject):
    """Shows the page without a journal, and goes back to what it stood over.

    Signals:
        moved(): the page without a journal came or went.
    """

    moved = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._page: Page | None = None
        self._over: QWidget | None = None
        window.welcome.help.connect(self.show)
        window.welcome.opened.connect(self._on_opened)
        window.cover.help.connect(self.show)
        self._context.tasks.changed.connect(self._on_changed)

    @property
    def is_shown(self) -> bool:
        """Whether the page is shown without a journal."""
        return self._page is not None and self._window.rooms.currentWidget() is self._page

    def beneath(self) -> QWidget | None:
        """What is shown, or what Help stands over: that stays open behind it."""
        return self._over if self.is_shown else self._window.rooms.currentWidget()

    @Slot()
    def show(self) -> None:
        """Show help. No password is asked for it, and what is open behind it stays as it is."""
        window = self._window
        if window.rail is not None and not window.leaving.under_way:
            window.stack.go(Place("help"))
        elif not self.is_shown:
            self._over = window.rooms.currentWidget()
            window.rooms.setCurrentWidget(self._made())
            self._page.show_place(Place("help"))
            self.moved.emit()

    @Slot()
    def close(self) -> bool:
        """Back to what it stood over. False: it was not shown."""
        if not self.is_shown:
            return False
        over, self._over = self._over, None
        self._window.rooms.setCurrentWidget(over)
        over.setFocus()
        self.moved.emit()
        return True

    def _made(self) -> Page:
        from ui.pages.help import HelpPage

        if self._page is None:
            self._page = HelpPage(self._context, without_journal=True)
            self._page.back.connect(self.close)
            self._context.theme.changed.connect(self._page.restyle)
            self._window.rooms.addWidget(self._page)
        return self._page

    # -- who is shown before unlocking ------------------------------------------------------------------------

    @Slot()
    def _on_opened(self) -> None:
        stay = self.is_shown  # whoever waits for the journal while reading this goes on reading it
        self._ask()
        if stay:
            self._context.tasks.ask(_nothing, self._on_in)

    def _on_in(self, _none: None) -> None:
        self._window.stack.go(Place("help"))

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.touches("person"):
            self._ask()

    def _ask(self) -> None:
        if self._context.tasks.can_write:  # a backup that is looked into says nothing about today
            self._context.tasks.ask(_outside, self._on_people, quietly=True)

    def _on_people(self, outside: PeopleOutside) -> None:
        if not self._context.settings.people.keep(outside.journal, outside.people):
            self._window.banner.show_note(_NOT_WRITTEN, "warm")


def _outside(service: JournalService) -> PeopleOutside:
    return service.people_outside()


def _nothing(_service: JournalService) -> None:
    return None
