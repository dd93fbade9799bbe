"""What is being written of an entry, after something else was done to it: it stays, and goes on from that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import msgspec

from journal.errors import InvalidRecord
from journal.records import Record, decode, encode
from journal.service.standing import record_in, said
from journal.service.undo import Before, Turn
from journal.vault import Draft, NewRevision, Revision

Turning = Callable[[Record], Record]


def carried(
    draft: Draft, turn: Turn, began: Revision | None, new: Sequence[NewRevision], change: Turning | None
) -> Draft:
    """A draft after what was written of its entry: it goes on from what stands in place of what it began from."""
    before, after = [said(record) for record in turn.before], [said(record) for record in turn.after]
    place = to = None
    if began is not None or draft.base is None:
        then = said(record_in(began)) if began is not None else None
        place = before.index(then) if then in before else None
    if place is not None and len(before) == len(after):
        to = place
    elif place is not None and before[place] in after:
        to = after.index(before[place])
    base = draft.base
    if began is not None and place is None:  # it does not stand any more, and may be written over all the same
        base = next((one.rev for one in new if one.eid == turn.eid and base in one.parents), base)
    if to is not None:
        mine = (one.rev for one in new if one.eid == turn.eid and (None if one.deleted else one.body) == after[to])
        base = next(mine, base)
    if change is None and len(before) == len(after):
        change = partial(_turned, before=turn.before[place or 0], after=turn.after[place or 0])
    body = _changed(draft.body, change) if change is not None else draft.body
    there = any(record is not None for record in turn.after)
    return msgspec.structs.replace(draft, base=base, eid=turn.eid if there else None, body=body)


def _changed(body: bytes, change: Turning) -> bytes:
    """What is being written, with a change in it; as it stands where it cannot be read, or would be no entry so."""
    try:
        begun = decode(body)
        return encode(change(begun)) if isinstance(begun, Record) else body
    except InvalidRecord:
        return body


def as_it_stands(begun: Record) -> Record:
    return begun


def same_kind(begun: Record, *, kind: type, change: Turning) -> Record:
    return change(begun) if type(begun) is kind else begun


def _turned(begun: Record, *, before: Before, after: Before) -> Record:
    """Something unsaved after a change below it: what it left as it was before is as it is now."""
    if type(before) is not type(begun) or type(after) is not type(begun):
        return begun
    same = {name for name in begun.__struct_fields__ if getattr(begun, name) == getattr(before, name)}
    if "text" not in same:
        same.discard("marks")  # they count the characters of this text
    return msgspec.structs.replace(begun, **{name: getattr(after, name) for name in same})
