"""Another computer, through a folder that a sync program carries: when the journal takes in and gives.

After opening, five minutes after a change, when the folder changes, and once in a while; leaving gives what is new
by itself (see `JournalService.leave`). It says little: what came in, and when something was written on both.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot

from journal.change import Change
from journal.errors import JournalError, StorageFull
from ui.places import Place

if TYPE_CHECKING:
    from journal.service import JournalService, Round, SyncState
    from ui.window import MainWindow

_AFTER_CHANGE = 5 * 60 * 1000  # ms
_NOW_AND_THEN = 60 * 1000  # ms: folders on other machines do not tell of changes
_SETTLE = 2000  # ms after the folder changed: sync programs do several things at once


class _Answer(NamedTuple):
    """What a round did, or what kept it from being done."""

    done: Round | None
    error: JournalError | None

    @property
    def change(self) -> Change:
        return self.done.change if self.done is not None else Change()


class InStep(QObject):
    """Does the rounds of the open journal, where a folder was chosen for it on this computer."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._apart: int | None = None  # entries with two versions, as far as the person was told
        self._told = ""
        self._running = False
        self.folder: Path | None = None
        self.after_change, self.settle, self.now_and_then = (QTimer(self) for _ in range(3))
        for timer, interval in ((self.after_change, _AFTER_CHANGE), (self.settle, _SETTLE)):
            timer.setSingleShot(True)
            timer.setInterval(interval)
            timer.timeout.connect(self.round)
        self.now_and_then.setInterval(_NOW_AND_THEN)
        self.now_and_then.timeout.connect(self.round)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_folder)
        self._context.tasks.changed.connect(self._on_changed)

    @Slot()
    def look(self) -> None:
        """A journal was opened, or another folder chosen: go on with the folder that is chosen now."""
        self._context.tasks.ask(_which, self._on_which, _nothing)

    def _on_which(self, which: tuple[SyncState, int]) -> None:
        state, apart = which
        self._apart = apart if self._apart is None else self._apart
        folder = self._context.settings.sync_folder(state.journal) if state.writable else None
        if folder != self.folder:
            for timer in (self.after_change, self.settle, self.now_and_then):
                timer.stop()
            if self._watcher.directories():
                self._watcher.removePaths(self._watcher.directories())
            self.folder = folder
        if folder is not None:
            self.now_and_then.start()
            self.round()

    # -- rounds --------------------------------------------------------------------------------------------------

    @Slot()
    def round(self) -> None:
        """Take in what others wrote, and give what is new. What is being typed is sealed first, so that it knows
        which version it began from."""
        if self.folder is None or self._running or self._window.leaving.under_way:
            return
        self._running = True
        self.after_change.stop()
        if not self._watcher.directories() and self.folder.is_dir():
            self._watcher.addPath(str(self.folder))  # for the first time, or it was away
        self._window.stack.seal()
        self._context.tasks.ask(partial(_round, folder=self.folder), self._on_answer, self._on_failed)

    @Slot(object)
    def _on_changed(self, _change: Change) -> None:
        if self.folder is not None and not self._running and not self.after_change.isActive():
            self.after_change.start()

    @Slot(str)
    def _on_folder(self, _path: str) -> None:
        self.settle.start()

    def _on_answer(self, answer: _Answer) -> None:
        if answer.done is not None:
            self._on_round(answer.done)
        elif answer.error is not None:
            self._on_failed(answer.error)

    def _on_round(self, done: Round) -> None:
        self._running = False
        if done.versions:
            self._window.status.say("Entries from another computer came in.")
        if done.closed:
            from ui.widgets.sync_card import CLOSED  # seldom needed, and not before the window is painted

            text = f"A copy in the synced folder {CLOSED}"
            self._once(text, [("Merge…", partial(self._on_merge, done.closed[0]))])
        elif self._apart is not None and done.apart > self._apart:
            self._told = ""
            self._once("An entry was written on two computers. Both versions are kept.", [("See both", self._on_see)])
        self._apart = done.apart

    def _on_failed(self, error: JournalError) -> None:
        # Said in the preferences. A folder that is away comes back; what is written is in the journal anyway.
        self._running = False
        if isinstance(error, StorageFull):
            self._once(str(error), [])

    def _once(self, text: str, actions: list) -> None:
        if text != self._told:
            self._told = text
            self._window.banner.show_note(text, actions=actions)

    def _on_merge(self, name: str, _on: bool = False) -> None:
        if self.folder is not None:
            self._window.banner.dismiss()
            self._window.commands.keeping.merge_with(self.folder / name)

    @Slot()
    def _on_see(self) -> None:
        self._window.banner.dismiss()
        self._context.tasks.ask(_first_apart, self._on_first_apart)

    def _on_first_apart(self, eid: str | None) -> None:
        self._window.stack.go(Place("two-versions", eid=eid) if eid else Place("journey"))


def _which(service: JournalService) -> tuple[SyncState, int]:
    return service.sync_state(), len(service.apart())


def _round(service: JournalService, *, folder: Path) -> _Answer:
    # An error is an answer here: a folder that is away must not keep anyone from locking.
    try:
        return _Answer(service.sync(folder), None)
    except JournalError as error:
        return _Answer(None, error)


def _first_apart(service: JournalService) -> str | None:
    return next((row.eid for row in service.apart()), None)


def _nothing(_error: JournalError) -> None:
    return None
