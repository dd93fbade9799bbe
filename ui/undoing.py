"""Undo and redo of what was done in the journal, and one line that says what went or came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from journal.change import Change

if TYPE_CHECKING:
    from journal.service import JournalService


class Told(msgspec.Struct, frozen=True):
    """What was undone or redone, in words, and what it touched."""

    text: str
    change: Change


def take_back(service: JournalService) -> Told:
    """Undo the newest deed: "Taken back: adding the side effect, Headache."."""
    what = service.undo_label.removeprefix("Undo ")
    change = service.undo()
    if change is None:
        return Told("There is nothing to take back.", Change())
    return Told(f"Taken back: {what}{_name(service, change)}.", change)


def do_again(service: JournalService) -> Told:
    """Redo what was taken back last."""
    what = service.redo_label.removeprefix("Redo ")
    change = service.redo()
    if change is None:
        return Told("There is nothing to do again.", Change())
    return Told(f"Done again: {what}{_name(service, change)}.", change)


def _name(service: JournalService, change: Change) -> str:
    """What the one entry is called, also where it is gone now; "" for several."""
    if len(change.eids) != 1:
        return ""
    from journal.store.lines import name_of  # the store is large, and not there before a journal is
    from ui import words

    (eid,) = change.eids
    item = service.find(eid)
    before = (one.record for one in service.versions(eid) if one.record is not None)
    record = item.record if item is not None else next(before, None)
    name = words.file_name(name_of(record)) if record is not None else ""
    return f", {name}" if name else ""
