"""Passages that were left out for a reader before are left out again, and it is said where."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QObject

from journal.errors import JournalError
from journal.service import JournalService
from journal.service.names import NAMES
from journal.service.share_before import EntryLeftOutOf
from journal.share import Hidden
from ui import words
from ui.context import Context
from ui.widgets.share_reader import ReaderSaid

_Done = Callable[[tuple[Hidden, ...]], None]
_Failed = Callable[[JournalError], None]
_NAMED = 3  # so many entries are named, and the others counted


class LeftBefore(QObject):
    """Asks once for each entry and reader: what the person puts back stays put back."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = context.tasks
        self._reader: ReaderSaid | None = None
        self._entries: dict[str, EntryLeftOutOf] = {}
        self._asked: frozenset[str] = frozenset()

    def ask(
        self, eids: frozenset[str], reader: ReaderSaid, hidden: tuple[Hidden, ...], done: _Done, failed: _Failed
    ) -> None:
        """Give `hidden` with what of these entries was left out for this reader before."""
        if reader != self._reader:
            again = {one for entry in self._entries.values() for one in entry.hidden}
            hidden = tuple(one for one in hidden if one not in again)  # that was for another reader
            self.forget()
            self._reader = reader
        op = partial(
            JournalService.left_out_before, eids=eids - self._asked, to=reader.to, recipients=reader.recipients
        )
        self._asked |= eids
        self._tasks.ask(op, partial(self._on_found, hidden, done), failed)

    def forget(self) -> None:
        """The next share is another one."""
        self._reader, self._entries, self._asked = None, {}, frozenset()

    def told(self, hidden: tuple[Hidden, ...], eids: Collection[str]) -> tuple[str, str]:
        """What is left out again, and where something of it is not found any more; "" where there is nothing."""
        there = [one for one in self._entries.values() if one.eid in eids]
        again = [one for one in there if not set(one.hidden).isdisjoint(hidden)]
        lost = [one for one in there if one.lost]
        return (
            f"Left out as for this reader before: in {_named(again)}." if again else "",
            f"A passage of {_named(lost)} was left out for this reader before, and is not found any more. "
            "Look through it."
            if lost
            else "",
        )

    def _on_found(self, hidden: tuple[Hidden, ...], done: _Done, entries: tuple[EntryLeftOutOf, ...]) -> None:
        self._entries |= {one.eid: one for one in entries}
        done(tuple(dict.fromkeys((*hidden, *(one for entry in entries for one in entry.hidden)))))


def _named(entries: Collection[EntryLeftOutOf]) -> str:
    """“the experience of 3 March and the journal page of 4 March”."""
    said = [_name(one) for one in list(entries)[:_NAMED]]
    if more := len(entries) - len(said):
        said.append(words.counted(more, "other entry", "other entries"))
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def _name(entry: EntryLeftOutOf) -> str:
    name = NAMES.get(entry.kind, "entry")
    return f"the {name} of {words.date_brief(entry.when)}" if entry.when else f"the {name}"
