"""Undo and redo of what was done since unlocking. Nothing is taken out of the history: undoing writes as well."""

from __future__ import annotations

import msgspec

from journal.records import Record, UnknownRecord
from journal.vault import Draft

Before = Record | UnknownRecord | None  # None: the entry was not there
Sides = tuple[Before, ...]
DEPTH = 100


class Turn(msgspec.Struct, frozen=True):
    """What a deed makes of one entry: the versions that stood side by side before it and after it, as a rule one.
    The one that is shown is the first; `(None,)`: it was not there, or removed. `unsaved` was being written of it
    before, and is in one of its versions now; `unsaved_after` the same, seen from the other side. `beside`: other
    drafts that went with it, and `beside_after` that come with it."""

    eid: str
    before: Sides
    after: Sides
    unsaved: Draft | None = None
    unsaved_after: Draft | None = None
    beside: tuple[Draft, ...] = ()
    beside_after: tuple[Draft, ...] = ()

    def reversed(self) -> Turn:
        """The same, seen from the other side."""
        return Turn(
            self.eid,
            self.after,
            self.before,
            self.unsaved_after,
            self.unsaved,
            self.beside_after,
            self.beside,
        )

    def records(self) -> tuple[Record | UnknownRecord, ...]:
        """All that it was and is."""
        return tuple(record for record in (*self.before, *self.after) if record is not None)


class Deed(msgspec.Struct, frozen=True):
    """One thing that was done to one or more entries. `label` names it without their words."""

    label: str
    entries: tuple[Turn, ...]

    def reversed(self) -> Deed:
        """The same, seen from the other side."""
        return Deed(self.label, tuple(one.reversed() for one in self.entries))


class UndoStack:
    """What can be undone and redone, newest last. It lives in memory only."""

    def __init__(self) -> None:
        self._done: list[Deed] = []
        self._undone: list[Deed] = []

    def did(self, deed: Deed) -> None:
        """Something new was done; what was undone before can no longer be redone."""
        self._done = [*self._done[-DEPTH + 1 :], deed]
        self._undone.clear()

    @property
    def undo_label(self) -> str:
        return f"Undo {self._done[-1].label}" if self._done else ""

    @property
    def redo_label(self) -> str:
        return f"Redo {self._undone[-1].label}" if self._undone else ""

    def to_undo(self) -> Deed | None:
        """What undoing would write, or None."""
        return self._done[-1].reversed() if self._done else None

    def to_redo(self) -> Deed | None:
        """What redoing would write, or None."""
        return self._undone[-1] if self._undone else None

    def forget(self, eids: frozenset[str]) -> None:
        """Entries left for good: nothing about them is kept, and nothing brings them back."""
        for deeds in (self._done, self._undone):
            left = (Deed(deed.label, tuple(one for one in deed.entries if one.eid not in eids)) for deed in deeds)
            deeds[:] = [deed for deed in left if deed.entries]

    def undone(self) -> None:
        """The newest deed was undone."""
        self._undone.append(self._done.pop())

    def redone(self) -> None:
        """The newest undone deed was redone."""
        self._done.append(self._undone.pop())
