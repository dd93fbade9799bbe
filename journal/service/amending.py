"""Changing one thing of an entry, undoing and redoing: what is being written of it meanwhile stays unsaved."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from journal.change import Change
from journal.records import Record, UnknownRecord
from journal.service.commits import Commits
from journal.service.results import Saved
from journal.service.undo import Deed


class Amending(Commits):
    """The part of the service that changes entries without dropping what is being written of them."""

    name_of: Callable[[str], str]
    _rest_choices: Callable[[Iterable[Record | UnknownRecord]], None]
    _rest_undo: Callable[[Deed], None]
    _rest_redo: Callable[[Deed], None]

    def amend(self, eid: str, change: Callable[[Record], Record]) -> Saved:
        """Change one thing of an entry: of every version that stands, where several stand side by side, and of what
        is being written of it, which stays unsaved. No version takes the place of another. One step of undo."""
        before = self._items.get(eid).record
        assert isinstance(before, Record)
        self._rest_choices([before])
        touched = self._amended(eid, before, change, f"changing the {self.name_of(before.kind)}")
        return Saved(eid, self._items.get(eid).rev, touched)

    def undo(self) -> Change | None:
        """Undo the newest change since unlocking; None if there is none."""
        deed = self._undo.to_undo()
        if deed is None:
            return None
        self._rest_undo(deed)
        change = self._back_to(deed)
        self._undo.undone()
        return change

    def redo(self) -> Change | None:
        """Do again what was undone; None if there is nothing."""
        deed = self._undo.to_redo()
        if deed is None:
            return None
        self._rest_redo(deed)
        change = self._back_to(deed)
        self._undo.redone()
        return change
