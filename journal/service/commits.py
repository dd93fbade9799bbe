"""Writing entries: one commit for what a deed makes of them, and for what is being written of them meanwhile.

An entry may stand in several versions side by side. What is written takes the place of the version that it was made
of, and the others stay where they are; only who chooses among them writes over all. Unsaved text stays, unless it is
what is saved. It goes on from what was written in place of the version it began from, in the same commit: if it still
named the old one, it would be taken for a version of its own when it is saved.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from operator import attrgetter
from typing import NamedTuple

import msgspec

from journal.change import Change
from journal.errors import InvalidRecord, JournalError, StorageFailed
from journal.ids import new_id
from journal.records import Record, UnknownRecord, decode, encode
from journal.service.results import Saved
from journal.service.undo import Before, Deed, Sides, Turn, UndoStack
from journal.store import Items, Looking, SearchIndex
from journal.vault import Blob, Draft, NewRevision, Revision, Vault

_TOMBSTONE = b"null"
Turning = Callable[[Record], Record]


class Standing(NamedTuple):
    """One of the versions of an entry that stand side by side: what it says, and the revisions that say it."""

    record: Before
    kind: str
    revs: tuple[str, ...]


class Commits:
    """The part of the service that every change of an entry goes through."""

    _items: Items
    _vault: Vault
    _undo: UndoStack
    _search: SearchIndex | Looking | None
    _labels: dict[str, str] | None = None
    _since: dict[str, str]  # what this journal itself wrote in place of a version, since it was opened

    def _changed_since(self, eids: Iterable[str]) -> None:
        raise NotImplementedError

    def _snapshot_was_torn(self) -> None:
        raise NotImplementedError

    def _touched(self, turns: Sequence[Turn], kinds: set[str]) -> Change:
        raise NotImplementedError

    # -- what stands now -----------------------------------------------------------------------------------------

    def _standing(self, eid: str) -> tuple[Standing, ...]:
        """The versions of an entry that stand side by side, the one that is shown first; alike, they are one."""
        found: dict[tuple[bool, bytes], list[Revision]] = {}
        for head in self._items.heads(eid):
            found.setdefault((head.deleted, head.body), []).append(head)
        return tuple(
            Standing(record_in(alike[0]), alike[0].kind, tuple(head.rev for head in alike))
            for alike in found.values()
        )

    def _heads(self, eid: str) -> tuple[str, ...]:
        return tuple(head.rev for head in self._items.heads(eid))

    def _base(self, eid: str, over: str) -> str | None:
        """The version that what is being typed began from. A draft keeps its own, whatever is merged meanwhile; what
        is no draft yet began from the one it was typed `over`, or what took its place here."""
        draft = self._draft_of(eid)
        if draft is not None:
            return draft.base
        return self._now_for(eid, over) or next(iter(self._heads(eid)), None)

    def _now_for(self, eid: str, over: str) -> str:
        """The version of an entry that stands in place of this one, as far as this journal put it there; "" where
        there is none."""
        while over in self._since:
            over = self._since[over]
        return over if over and any(known.rev == over for known in self._items.revisions(eid)) else ""

    def _parents(self, eid: str, over: str = "") -> tuple[str, ...]:
        """What a saved entry takes the place of: the version it was typed over, not one that was merged since."""
        standing = self._standing(eid)
        draft = self._draft_of(eid) if standing else None
        base = draft.base if draft is not None else self._now_for(eid, over) if over and standing else ""
        if draft is None and not base:
            return standing[0].revs if standing else ()
        seen = {(known.deleted, known.body) for known in self._items.revisions(eid) if known.rev == base}
        heads = self._items.heads(eid)
        alike = [head.rev for head in heads if (head.deleted, head.body) in seen and head.rev != base]
        return (*([base] if base and seen else []), *alike)

    def _over_shown(self, eid: str, over: str) -> bool:
        """Whether what is saved takes the place of the version that is shown."""
        standing = self._standing(eid)
        return len(standing) < 2 or not set(self._parents(eid, over)).isdisjoint(standing[0].revs)

    def _before_removal(self, eid: str) -> Sides:
        """What an entry that was removed said last: as a rule one version, the newest first."""
        known = {one.rev: one for one in self._items.revisions(eid)}
        written = [one for one in known.values() if not one.deleted]
        earlier: set[str] = set()
        ahead = [parent for one in written for parent in one.parents]
        while ahead:
            rev = ahead.pop()
            if rev not in earlier:
                earlier.add(rev)
                ahead += known[rev].parents if rev in known else ()
        last = sorted((one for one in written if one.rev not in earlier), key=lambda one: (-one.lamport, one.rev))
        return tuple({said(record): record for record in map(record_in, reversed(last))}.values())[::-1]

    # -- changes -------------------------------------------------------------------------------------------------

    def _put(
        self,
        label: str,
        entries: Iterable[tuple[str, Before]],
        *,
        typed: Collection[str] = (),
        whole: bool = False,
        quiet: Collection[str] = (),
        body: Blob | None = None,
        over: str = "",
    ) -> tuple[tuple[Revision, ...], Change]:
        """Write entries in one commit, one step of undo but for those that are `quiet`; None: it is removed.

        `typed`: what is saved is what was being written, `over` the version that it began from, and its draft goes.
        `whole`: it takes the place of every version there is, as it does where it is quiet; else of the one that is
        shown.
        """
        turns, new = [], []
        for eid, after in entries:
            standing = self._standing(eid)
            if whole or eid in quiet:
                parents = self._heads(eid)
            elif eid in typed:
                parents = self._parents(eid, over)
            else:
                parents = standing[0].revs if standing else ()
            turn = turn_of(eid, standing, parents, after)
            if whole and eid in typed:  # it is not what is saved, but in it
                turn = msgspec.structs.replace(turn, unsaved=self._draft_of(eid))
            turns.append(turn)
            new.append(revision_of(eid, after, parents, standing))
        written, change = self._commit(turns, new, drop=typed, body=body, change=as_it_stands)
        done = tuple(turn for turn in turns if turn.eid not in quiet)
        if done:
            self._undo.did(Deed(label, done))
        return written, change

    def _take_out(self, label: str, *eids: str) -> Change:
        """Remove entries, in one step of undo. What is being written of one becomes a version of it first, so that it
        comes back with it. Raises `NotFound`; then none is gone."""
        turns, new, drop = [], [], []
        for eid in map(attrgetter("eid"), map(self._items.get, eids)):
            standing, unsaved, over = self._standing(eid), self._unsaved(eid), self._heads(eid)
            before: Sides = tuple(one.record for one in standing)
            if unsaved is not None:
                drop.append(eid)
                if all(encode(unsaved) != known.body for known in self._items.revisions(eid)):
                    parents = self._parents(eid)
                    new.append(revision_of(eid, unsaved, parents, standing))
                    over = (new[-1].rev, *(rev for rev in over if rev not in parents))
            new.append(revision_of(eid, None, over, standing))
            turns.append(Turn(eid, before, (None,), self._draft_of(eid) if unsaved is not None else None))
        _, change = self._commit(turns, new, drop=drop)
        self._undo.did(Deed(label, tuple(turns)))
        return change

    def _bring_back(self, eid: str, label: str) -> Change:
        """A removed entry as it was last, in as many versions as it had."""
        standing, sides = self._standing(eid), self._before_removal(eid)
        turn = Turn(eid, (None,), sides)
        new = [revision_of(eid, record, self._heads(eid), standing) for record in reversed(sides)]
        _, change = self._commit([turn], new)
        self._undo.did(Deed(label, (turn,)))
        return change

    def _back_to(self, deed: Deed) -> Change:
        """Undoing and redoing: each entry stands in these versions again, and in no others."""
        new: list[NewRevision] = []
        put, drop = [], []
        for turn in deed.entries:
            draft = self._draft_of(turn.eid)
            if draft is None and turn.unsaved_after is not None:
                put.append(turn.unsaved_after)
            elif draft is not None and turn.unsaved is not None and draft.body == turn.unsaved.body:
                drop.append(turn.eid)
            wanted = {said(record): record for record in turn.after}
            standing = self._standing(turn.eid)
            stays = {said(one.record): one.revs for one in standing if said(one.record) in wanted}
            over = tuple(rev for one in standing if said(one.record) not in wanted for rev in one.revs)
            missing = [record for say, record in wanted.items() if say not in stays]
            if missing and not over:  # to stand beside what is here it must not be made of that: all are written
                over, missing = self._heads(turn.eid), list(wanted.values())
            elif over and not missing:
                missing = [turn.after[0]]
                over += stays[said(turn.after[0])]
            # The first is written last, so that it is the one that is shown.
            new += [revision_of(turn.eid, record, over, standing) for record in reversed(missing)]
        return self._commit(deed.entries, new, put=put, drop=drop)[1]

    def _amended(self, eid: str, shown: Record, change: Turning, label: str) -> Change:
        """One thing changed in every version that stands and can have it so; none takes the place of another."""
        after: list[Before] = []
        new: list[NewRevision] = []
        standing = self._standing(eid)
        for number, one in enumerate(standing):
            made = one.record
            if isinstance(made, Record) and type(made) is type(shown):
                try:
                    made = change(made)
                except InvalidRecord:
                    if number == 0:  # the one that is shown, and meant
                        raise
            after.append(made)
            if said(made) != said(one.record):
                new.append(revision_of(eid, made, one.revs, standing))
        turn = Turn(eid, tuple(one.record for one in standing), tuple(after))
        _, touched = self._commit([turn], new[::-1], change=partial(_same_kind, kind=type(shown), change=change))
        if new:
            self._undo.did(Deed(label, (turn,)))
        return touched

    def _commit(
        self,
        turns: Sequence[Turn],
        new: Sequence[NewRevision],
        *,
        drop: Collection[str] = (),
        put: Iterable[Draft] = (),
        body: Blob | None = None,
        change: Turning | None = None,
    ) -> tuple[tuple[Revision, ...], Change]:
        """One commit. `drop`: whose drafts go; `put`: those that come. The others are carried along, with `change` in
        them or what the deed changes."""
        drafts = [*put] + [
            carried
            for draft in self._vault.drafts()
            for turn in turns
            if draft.key == turn.eid and turn.eid not in drop
            if (carried := _carried(draft, turn, self._began(draft), new, change)) != draft
        ]
        kinds = {record.kind for turn in turns for record in turn.records()}
        if not (new or drafts or drop):
            self._vault.confirm()  # that it is in the file was perhaps not said yet
            return (), Change()
        try:
            written = self._vault.append(new, drop_drafts=list(drop), put_drafts=drafts, body=body)
        except StorageFailed:
            self._look_again()
            raise
        self._since.update((parent, one.rev) for one in written for parent in one.parents)
        self._take_in(written, kinds)
        return written, self._touched(turns, kinds)

    def _look_again(self) -> None:
        """After something failed: what is in the file all the same is shown, and what is saved next follows it."""
        if self._vault.unconfirmed:
            with contextlib.suppress(JournalError):
                self._snapshot_was_torn()

    def _began(self, draft: Draft) -> Revision | None:
        """The version that a draft began from."""
        return next((known for known in self._items.revisions(draft.key) if known.rev == draft.base), None)

    def _unsaved(self, eid: str) -> Record | UnknownRecord | None:
        """What is being written of an entry, where this version can read it."""
        draft = self._draft_of(eid)
        try:
            return decode(draft.body) if draft is not None else None
        except InvalidRecord:
            return None

    def _draft_of(self, eid: str) -> Draft | None:
        return next((draft for draft in self._vault.drafts() if draft.key == eid), None)

    def _save_quietly(self, eid: str, record: Record) -> Saved:
        written, change = self._put("", [(eid, record)], quiet={eid})
        return Saved(eid, written[0].rev, change)

    def _take_in(self, written: Iterable[Revision], kinds: set[str]) -> None:
        written = list(written)
        before = {entry.kind for one in written if (entry := self._items.entry(one.eid)) is not None}
        touched = self._items.add(written)
        if "session" in kinds | before:
            self._labels = None  # one session's number names the others
        self._changed_since(touched)
        if self._search is not None:
            for eid in touched:
                self._search.update(eid)


def record_in(revision: Revision) -> Before:
    """What a revision says: its record, as it stands where this version cannot read it, or None for a removal."""
    if revision.deleted:
        return None
    try:
        return decode(revision.body)
    except InvalidRecord:
        return UnknownRecord(revision.kind, revision.body)


def said(record: Before) -> bytes | None:
    """By what two versions are told apart; None: it was removed, or not there."""
    return encode(record) if record is not None else None


def revision_of(eid: str, record: Before, parents: tuple[str, ...], standing: Sequence[Standing]) -> NewRevision:
    kind = record.kind if record is not None else standing[0].kind if standing else ""
    body = encode(record) if record is not None else _TOMBSTONE
    return NewRevision(eid=eid, rev=new_id(), kind=kind, body=body, parents=parents, deleted=record is None)


def turn_of(eid: str, standing: Sequence[Standing], parents: tuple[str, ...], after: Before) -> Turn:
    """What one new version makes of an entry: it stands where the first of its parents did, or beside the others."""
    then: list[Before] = []
    placed = False
    for one in standing:
        if set(parents).isdisjoint(one.revs):
            then.append(one.record)
        elif not placed:
            then.append(after)
            placed = True
    if not placed:
        then.insert(0, after)
    if len(then) > 1:
        distinct: dict[bytes | None, Before] = {}
        for record in then:
            distinct.setdefault(said(record), record)
        then = list(distinct.values())
    return Turn(eid, tuple(one.record for one in standing) or (None,), tuple(then))


def _carried(
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


def _same_kind(begun: Record, *, kind: type, change: Turning) -> Record:
    return change(begun) if type(begun) is kind else begun


def _turned(begun: Record, *, before: Before, after: Before) -> Record:
    """Something unsaved after a change below it: what it left as it was before is as it is now."""
    if type(before) is not type(begun) or type(after) is not type(begun):
        return begun
    same = {name for name in begun.__struct_fields__ if getattr(begun, name) == getattr(before, name)}
    if "text" not in same:
        same.discard("marks")  # they count the characters of this text
    return msgspec.structs.replace(begun, **{name: getattr(after, name) for name in same})
