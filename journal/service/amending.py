"""Changing one thing of an entry, undoing and redoing: what is being written of it meanwhile stays unsaved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec

from journal.change import Change
from journal.errors import InvalidRecord
from journal.records import Record, decode, encode
from journal.service.results import Saved
from journal.service.undo import Before, Deed, UndoStack
from journal.store import Items
from journal.vault import Draft, Revision, Vault


class Amending:
    """The part of the service that changes entries without dropping what is being written of them."""

    _items: Items
    _vault: Vault
    _undo: UndoStack
    save: Callable[..., Saved]
    name_of: Callable[[str], str]
    _write: Callable[..., tuple[tuple[Revision, ...], Change]]
    _rest_undo: Callable[[Deed], None]
    _rest_redo: Callable[[Deed], None]

    def amend(self, eid: str, change: Callable[[Record], Record]) -> Saved:
        """Change one thing of an entry. What is being written of it stays unsaved, with the same change in it."""
        before = self._items.get(eid).record
        assert isinstance(before, Record)
        draft = next((one for one in self._vault.drafts() if one.key == eid), None)
        if draft is None:
            return self.save(change(before), eid)
        deed = Deed(f"changing the {self.name_of(before.kind)}", ((eid, before, change(before)),))
        written, touched = self._write(deed, over=False, drop=False)
        self._undo.did(deed)
        self._put_again(draft, type(before), change, written[0].rev, eid)
        return Saved(eid, written[0].rev, touched)

    def undo(self) -> Change | None:
        """Undo the newest change since unlocking; None if there is none."""
        deed = self._undo.to_undo()
        if deed is None:
            return None
        self._rest_undo(deed)
        change = self._write_below(deed)
        self._undo.undone()
        return change

    def redo(self) -> Change | None:
        """Do again what was undone; None if there is nothing."""
        deed = self._undo.to_redo()
        if deed is None:
            return None
        self._rest_redo(deed)
        change = self._write_below(deed)
        self._undo.redone()
        return change

    def _write_below(self, deed: Deed) -> Change:
        """Write a deed below what is being written of its entries: there, only what the deed changes is changed."""
        entries = {eid: (before, after) for eid, before, after in deed.entries}
        drafts = [draft for draft in self._vault.drafts() if draft.key in entries]
        written, change = self._write(deed, drop=False)
        revs = {one.eid: one.rev for one in written}
        for draft in drafts:
            before, after = entries[draft.key]
            turn = partial(_turned, before=before, after=after)
            self._put_again(draft, type(after), turn, revs[draft.key], draft.key if after is not None else None)
        return change

    def _put_again(
        self, draft: Draft, kind: type, change: Callable[[Record], Record], base: str, eid: str | None
    ) -> None:
        body = draft.body
        try:
            begun = decode(body)
            if isinstance(begun, Record) and type(begun) is kind:
                body = encode(change(begun))
        except InvalidRecord:
            body = draft.body  # as it stands: nothing is lost of what cannot be read or would not be one
        self._vault.put_draft(msgspec.structs.replace(draft, base=base, eid=eid, body=body))


def _turned(begun: Record, *, before: Before, after: Before) -> Record:
    """Something unsaved after a change below it: what it left as it was before is as it is now."""
    if type(before) is not type(begun) or type(after) is not type(begun):
        return begun
    same = (name for name in begun.__struct_fields__ if getattr(begun, name) == getattr(before, name))
    return msgspec.structs.replace(begun, **{name: getattr(after, name) for name in same})
