"""Answers of a landing in words, on their way into the journal."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal

from journal.errors import InvalidRecord, JournalError
from journal.service import JournalService
from ui.tasks import VaultTasks
from ui.unkept import Unkept


class Sayings(QObject):
    """Asks for them to be kept. Those of a landing that is not shown any more are held, and tried until they are.

    Signals:
        kept(str, object): this answer is in the journal.
        refused(str, object): this answer of the landing that is shown is not; with the error.
        elsewhere(object): one of another landing is not, and is held here; with the error.
    """

    kept = Signal(str, object)
    refused = Signal(str, object)
    elsewhere = Signal(object)

    def __init__(self, tasks: VaultTasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._waiting = Unkept(tasks, self)
        self._broken: dict[str, partial[object]] = {}
        self.shown = ""  # the landing that stands on the page; what is said is said there
        self.under_way = 0

    def say(self, eid: str, name: str, text: str, *, draft: bool) -> None:
        self.shown = eid
        self.under_way += 1
        op = partial(JournalService.say, eid=eid, name=name, text=text, draft=draft)
        self._tasks.ask(op, partial(self._on_kept, name), partial(self._on_refused, op))

    def try_again(self) -> None:
        """Ask again for what is held."""
        self._waiting.try_now()

    def take(self, eid: str, names: Iterable[str]) -> dict[str, str]:
        """What is held of a landing that is shown again, by its questions."""
        keys = {name: f"{eid} {name}" for name in names}
        found = {name: self._waiting.take(key) or self._broken.pop(key, None) for name, key in keys.items()}
        return {name: op.keywords["text"] for name, op in found.items() if isinstance(op, partial)}

    def _on_kept(self, name: str, change: object) -> None:
        self.under_way -= 1
        self.kept.emit(name, change)

    def _on_refused(self, op: partial[object], error: JournalError) -> None:
        self.under_way -= 1
        eid, name = op.keywords["eid"], op.keywords["name"]
        if eid == self.shown:
            self.refused.emit(name, error)
            return
        if not op.keywords["draft"]:  # what was left is asked to be saved, not only sealed
            if isinstance(error, InvalidRecord):  # time alone does not mend it: it waits until it is shown again
                self._broken[f"{eid} {name}"] = op
            else:
                self._waiting.put(f"{eid} {name}", op)
        self.elsewhere.emit(error)
