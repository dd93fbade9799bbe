"""Writing entries: one commit for what a deed makes of them, and for what is being written of them meanwhile.

An entry may stand in several versions side by side. What is written takes the place of the version that it was made
of, and the others stay where they are; only who chooses among them writes over all. Unsaved text stays, unless it is
what is saved. It goes on from what was written in place of the version it began from, in the same commit: if it still
named the old one, it would be taken for a version of its own when it is saved.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from operator import attrgetter

import msgspec

from journal.change import Change
from journal.errors import InvalidRecord, JournalError, StorageFailed
from journal.ids import new_id
from journal.records import Record, Settings, encode
from journal.service.carrying import Turning, as_it_stands, carried, same_kind
from journal.service.results import Saved
from journal.service.standing import Standing, Stands, said
from journal.service.undo import Before, Deed, Sides, Turn, UndoStack
from journal.store import Looking, SearchIndex
from journal.vault import Blob, Draft, NewRevision, Revision

_TOMBSTONE = b"null"


class Commits(Stands):
    """The part of the service that every change of an entry goes through."""

    _undo: UndoStack
    _search: SearchIndex | Looking | None
    _labels: dict[str, str] | None = None

    def _changed_since(self, eids: Iterable[str]) -> None:
        raise NotImplementedError

    def _snapshot_was_torn(self) -> None:
        raise NotImplementedError

    def _touched(self, turns: Sequence[Turn], kinds: set[str]) -> Change:
        raise NotImplementedError

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
        put: Iterable[Draft] = (),
        over: str = "",
    ) -> tuple[tuple[Revision, ...], Change]:
        """Write entries in one commit, one step of undo but for those that are `quiet`; None: it is removed.

        `put`: drafts of other things, sealed in the same commit.
        `typed`: what is saved is what was being written, `over` the version that it began from, and its draft goes.
        `whole`: it takes the place of every version there is, as it does where it is quiet; else of `over`, or of the
        one that is shown.
        """
        turns, new = [], []
        for eid, after in entries:
            standing = self._standing(eid)
            if whole or eid in quiet:
                parents = self._heads(eid)
            elif eid in typed:
                parents = self._parents(eid, over)
            else:
                parents = self._over(eid, over)
            turn = turn_of(eid, standing, parents, after)
            if whole and eid in typed:  # it is not what is saved, but in it
                turn = msgspec.structs.replace(turn, unsaved=self._draft_of(eid))
            turns.append(turn)
            new.append(revision_of(eid, after, parents, standing))
        written, change = self._commit(turns, new, drop=typed, put=put, body=body, change=as_it_stands)
        done = tuple(turn for turn in turns if turn.eid not in quiet)
        if done:
            self._undo.did(Deed(label, done))
        return written, change

    def _take_out(self, label: str, *eids: str, beside: Mapping[str, tuple[Draft, ...]] = {}) -> Change:
        """Remove entries, in one step of undo. What is being written of one becomes a version of it first, so that it
        comes back with it. `beside`: other drafts that go with an entry. Raises `NotFound`; then none is gone."""
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
            draft = self._draft_of(eid) if unsaved is not None else None
            others = beside.get(eid, ())
            turns.append(Turn(eid, before, (None,), draft, beside=others))
            drop += [one.key for one in others]
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
        """Undoing and redoing: each entry stands in these versions again, and in no others.

        Settings are chosen without a step of undo: those that were since stay, whatever brought the ones before."""
        new: list[NewRevision] = []
        put, drop = [], []
        turns = tuple(turn for turn in deed.entries if not self._chosen_since(turn))
        for turn in turns:
            draft = self._draft_of(turn.eid)
            if draft is None and turn.unsaved_after is not None:
                put.append(turn.unsaved_after)
            elif draft is not None and turn.unsaved is not None and draft.body == turn.unsaved.body:
                drop.append(turn.eid)
            put += [one for one in turn.beside_after if self._draft_of(one.key) is None]
            drop += [
                one.key
                for one in turn.beside
                if (now := self._draft_of(one.key)) is not None and now.body == one.body  # else it was gone on with
            ]
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
        return self._commit(turns, new, put=put, drop=drop)[1]

    def _chosen_since(self, turn: Turn) -> bool:
        if not any(isinstance(record, Settings) for record in turn.records()):
            return False
        return {said(one.record) for one in self._standing(turn.eid)} != {said(record) for record in turn.before}

    def _amended(
        self,
        eid: str,
        shown: Record,
        change: Turning,
        label: str,
        *,
        typed: tuple[str, Record] | None = None,
        over: str = "",
    ) -> tuple[tuple[Revision, ...], Change]:
        """One thing changed in every version that stands and can have it so; none takes the place of another.

        `typed`: an entry that is saved with it, as with `_put`; its revision is the first."""
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
        turns, new, drop = [Turn(eid, tuple(one.record for one in standing), tuple(after))], new[::-1], []
        if typed is not None:
            standing, parents = self._standing(typed[0]), self._parents(typed[0], over)
            turns.insert(0, turn_of(typed[0], standing, parents, typed[1]))
            new.insert(0, revision_of(*typed, parents, standing))
            drop.append(typed[0])
        turned = partial(same_kind, kind=type(shown), change=change)
        written, touched = self._commit(turns, new, drop=drop, change=turned)
        if new:
            self._undo.did(Deed(label, tuple(turns)))
        return written, touched

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
            gone_on
            for draft in self._vault.drafts()
            for turn in turns
            if draft.key == turn.eid and turn.eid not in drop
            if (gone_on := carried(draft, turn, self._began(draft), new, change)) != draft
        ]
        kinds = {record.kind for turn in turns for record in turn.records()}
        if not (new or drafts or drop):
            self._vault.confirm()  # that it is in the file was perhaps not said yet
            return (), Change()
        try:
            written = self._vault.append(new, drop_drafts=list(drop), put_drafts=drafts, body=body)
        except StorageFailed:
            self._look_again()
            self._goes_on(one for one in new if one.rev in map(attrgetter("rev"), self._items.revisions(one.eid)))
            raise
        self._goes_on(written)
        self._take_in(written, kinds)
        return written, self._touched(turns, kinds)

    def _look_again(self) -> None:
        """After something failed: what is in the file all the same is shown, and what is saved next follows it."""
        if self._vault.unconfirmed:
            with contextlib.suppress(JournalError):
                self._snapshot_was_torn()

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
