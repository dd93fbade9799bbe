"""Files on their way into the journal, one after the other, a small step at a time.

Each step is asked of the vault thread only when the one before was answered, so that whatever is typed meanwhile is
sealed between two of them. This goes on when its page shows something else, and ends when the journal is left.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from journal.change import Change
from journal.errors import JournalError, Stopped
from ui.tasks import VaultTasks

if TYPE_CHECKING:
    from journal.service import Attaching, JournalService


class Step(msgspec.Struct, frozen=True):
    """How far a file is. An error is handed over as a value: what happens to a file holds up no locking."""

    done: int
    all: int
    ended: bool = False
    error: JournalError | None = None
    change: Change | None = None


class Going:
    """One file on its way. What begins with `run_` is called on the vault thread, the rest belongs to the window."""

    def __init__(self, entry: str, source: Path | tuple[str, bytes]) -> None:
        self.entry = entry
        self.name = source.name if isinstance(source, Path) else source[0]
        self.percent = 0
        self.stopping = False
        self._source = source
        self._attaching: Attaching | None = None

    def run_step(self, service: JournalService) -> Step:
        try:
            if isinstance(self._source, tuple):
                saved = service.attach_bytes(self.entry, *self._source)
                return Step(1, 1, True, change=saved.change)
            if self._attaching is None:
                self._attaching = service.begin_attaching(self.entry, self._source)
                return Step(0, self._attaching.size)
            told = service.attach_some(self._attaching)
        except JournalError as error:
            self._attaching = None
            return Step(0, 1, True, error)
        if told.saved is None:
            return Step(told.done, told.all)
        self._attaching = None
        return Step(told.done, told.all, True, change=told.saved.change)

    def run_stop(self, service: JournalService) -> None:
        if self._attaching is not None:
            service.stop_attaching(self._attaching)
            self._attaching = None


class Inflow(QObject):
    """The files that wait, and the one that goes in.

    Signals:
        moved(str): something about the files of this entry is different now.
        ended(str, str, object): a file of this entry, of this name, is in (None), or is not, and why (JournalError).
    """

    moved = Signal(str)
    ended = Signal(str, str, object)

    def __init__(self, tasks: VaultTasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._all: list[Going] = []
        self._asked: Going | None = None  # whose step is being done

    def of(self, entry: str) -> tuple[Going, ...]:
        """What goes in, or waits, for an entry."""
        return tuple(one for one in self._all if one.entry == entry and not one.stopping)

    def __bool__(self) -> bool:
        return bool(self._all)

    def add(self, entry: str, source: Path | tuple[str, bytes]) -> None:
        """A file, or bytes and what to call them."""
        self._all.append(Going(entry, source))
        self.moved.emit(entry)
        self._go_on()

    def stop(self, going: Going) -> None:
        """Let go of a file; the one it was read from is untouched."""
        if going in self._all and not going.stopping:
            going.stopping = True
            if going is not self._asked:
                self._let_go(going)
            self.moved.emit(going.entry)

    def stop_all(self, entry: str | None = None) -> bool:
        """The same for all files (of an entry). Whether there were any."""
        found = [one for one in self._all if entry in (None, one.entry) and not one.stopping]
        for one in found:
            self.stop(one)
        return bool(found)

    def _go_on(self) -> None:
        if self._asked is None and self._all:
            self._asked = self._all[0]
            self._ask(self._asked.run_step, partial(self._on_step, self._asked))

    def _on_step(self, going: Going, step: Step) -> None:
        self._asked = None
        going.percent = 100 * step.done // max(1, step.all)
        if step.ended:  # also where it was to be stopped: it is in
            self._all.remove(going)
            self.ended.emit(going.entry, going.name, Stopped() if going.stopping and step.error else step.error)
        elif going.stopping:
            self._let_go(going)
        self.moved.emit(going.entry)
        self._go_on()

    def _let_go(self, going: Going) -> None:
        self._all.remove(going)
        self._ask(going.run_stop, None)
        self.ended.emit(going.entry, going.name, Stopped())

    def _ask(self, op: Callable[[JournalService], object], done: Callable[[Step], None] | None) -> None:
        self._tasks.ask(op, done, self._on_failed)

    def _on_failed(self, error: JournalError) -> None:
        """The journal is locked, or a fault of ours: nothing goes in any more."""
        gone, self._all, self._asked = self._all, [], None
        for one in gone:
            self.ended.emit(one.entry, one.name, error)
            self.moved.emit(one.entry)
