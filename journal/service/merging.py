"""Taking in another copy of the journal, and what is to be done where two versions of an entry stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from journal.change import Change
from journal.errors import InvalidRecord, NotFound, StorageFailed
from journal.ids import new_id
from journal.records import IntegrationNote, Mark, Record, UnknownRecord, Writing
from journal.service.commits import Commits
from journal.service.results import Saved, SavedMany
from journal.service.standing import record_in
from journal.service.undo import Before, UndoStack
from journal.store import Items, Row, RowList
from journal.vault import Copy, Damage, Incoming

NEW, CHANGED, APART, REMOVED, GONE = "new", "changed", "two versions", "removed", "gone"
_BETWEEN = "\n\n* * *\n\n"  # where one text ends and the next begins


class Coming(msgspec.Struct, frozen=True):
    """One entry that a copy changes. `what`: new, changed, two versions, removed (there), gone (for good, there)."""

    row: Row
    what: str


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy would bring. `others` counts what has no place in the list, such as settings."""

    copy: Copy
    entries: tuple[Coming, ...] = ()
    others: int = 0
    drafts: int = 0
    damage: tuple[Damage, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether all of it is here already."""
        return not (self.entries or self.others or self.drafts)

    def count(self, what: str) -> int:
        """How many entries of this sort."""
        return sum(coming.what == what for coming in self.entries)


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What came in: versions of entries, drafts; `apart`: how many entries with two versions there are now; `gone`:
    how many were removed here for good because they were there."""

    versions: int = 0
    drafts: int = 0
    apart: int = 0
    gone: int = 0
    damage: tuple[Damage, ...] = ()
    change: Change = Change()


class Side(msgspec.Struct, frozen=True):
    """One of several versions that stand side by side. `here`: it was written on this computer. `record` is None
    where the entry was removed."""

    rev: str
    at: datetime
    here: bool
    record: Record | UnknownRecord | None


class Merging(Commits):
    """The part of the service that brings two copies together."""

    _list: RowList

    def _stop_making(self) -> None:
        raise NotImplementedError

    def look_at_all(self) -> None:
        raise NotImplementedError

    # -- another copy ------------------------------------------------------------------------------------------

    def look_into(self, path: Path, *, password: str | None = None, recovery_key: str | None = None) -> Preview:
        """What another copy of this journal would bring; nothing is written.

        Raises `NotACopy`, `CopyNeedsPassword`, and what opening a file raises.
        """
        self.look_at_all()
        copy = self._vault.recognise(Path(path), password=password, recovery_key=recovery_key)
        incoming = self._vault.compare(copy)
        after = self._after(incoming)
        rows, rows_after = RowList(self._items, _session), RowList(after, _session)
        entries, others = [], 0
        for eid in sorted({revision.eid for revision in incoming.revisions} | incoming.gone):
            row = rows_after.get(eid) or rows.get(eid)
            what = self._what(eid, after, gone=eid in incoming.gone)
            if row is not None and what:
                entries.append(Coming(row, what))
            else:
                others += 1
        entries.sort(key=lambda coming: coming.row.when.at.timestamp() if coming.row.when else 0.0, reverse=True)
        return Preview(
            copy=copy, entries=tuple(entries), others=others, drafts=incoming.drafts, damage=incoming.damage
        )

    def merge(self, copy: Copy) -> Merged:
        """Take in a copy, all of it in one commit; nothing that is here is lost. Raises as `look_into`, and
        `ReadOnlyJournal`, `StorageFull`, `StorageFailed`."""
        self.look_at_all()
        try:
            incoming = self._vault.merge(copy)
        except StorageFailed:
            if self._vault.unconfirmed:
                self._undo = UndoStack()  # as below, of whatever came in
                self._look_again()
            raise
        gone = incoming.gone
        kinds = {revision.kind for revision in incoming.revisions}
        kinds |= {kind for eid in gone for kind in self._items.kinds(eid)}
        self._items.forget(gone)
        touched = gone | {revision.eid for revision in incoming.revisions}
        self._undo.forget(touched)  # undoing would write over a version that nobody here has seen yet
        self._take_in(incoming.revisions, kinds)
        if gone:
            self._stop_making()
        for eid in gone:
            if self._search is not None:
                self._search.update(eid)
        return Merged(
            versions=len(incoming.revisions),
            drafts=incoming.drafts,
            apart=len(self.apart()),
            gone=len(gone),
            damage=incoming.damage,
            change=Change(frozenset(kinds), touched) if not incoming.nothing else Change(),
        )

    def apart(self) -> tuple[Row, ...]:
        """The entries of which several versions stand side by side, newest first."""
        return tuple(map(self._list.row, self._items.apart()))

    def _after(self, incoming: Incoming) -> Items:
        """The entries that a copy touches, as they would be."""
        after = Items()
        for eid in {revision.eid for revision in incoming.revisions}:
            after.add(self._items.revisions(eid))
        after.add(incoming.revisions)
        return after

    def _what(self, eid: str, after: Items, *, gone: bool) -> str:
        before, then = self._items.find(eid), after.find(eid)
        if gone:
            return GONE if before is not None else ""
        if then is None:
            return REMOVED if before is not None else ""
        if before is None:
            return APART if then.heads > 1 else NEW
        return APART if then.heads > 1 and then.heads != before.heads else CHANGED

    # -- two versions ------------------------------------------------------------------------------------------

    def sides(self, eid: str) -> tuple[Side, ...]:
        """The versions of an entry that stand side by side, the one that is shown first. Raises `NotFound`."""
        found: dict[tuple[bool, bytes], Side] = {}
        for head in self._items.heads(eid):
            side = Side(head.rev, head.at, head.device == self._vault.device_id, record_in(head))
            found.setdefault((head.deleted, head.body), side)
        if not found:
            raise NotFound
        return tuple(found.values())

    def keep_side(self, eid: str, rev: str) -> Saved:
        """One version is the entry from now on; the others stay in its history. One step of undo."""
        chosen = next((side for side in self.sides(eid) if side.rev == rev), None)
        if chosen is None:
            raise NotFound("This version is not among them any more. Look again.")
        many = self._settle("choosing a version", [(eid, chosen.record)])
        return msgspec.structs.replace(many.saved[0], change=many.change)

    def keep_sides_apart(self, eid: str) -> SavedMany:
        """Every version becomes an entry of its own. One step of undo. Raises `NotFound` for a removed entry."""
        records = [side.record for side in self.sides(eid) if side.record is not None]
        if not records:
            raise NotFound("This entry was removed, and has no versions to keep.")
        ids = [eid, *(new_id() for _ in records[1:])]
        return self._settle("keeping both versions", list(zip(ids, records, strict=True)))

    def put_sides_together(self, eid: str) -> Saved:
        """All texts in one entry, one after the other, a draft of it too. One step of undo.

        Raises `InvalidRecord` where that is no text, or too long for one entry.
        """
        records = [side.record for side in self.sides(eid) if side.record is not None]
        unsaved = self._unsaved(eid)
        if unsaved is not None and unsaved not in records:
            records.append(unsaved)
        writings = [record for record in records if isinstance(record, Writing)]
        if len(writings) != len(records) or not writings:
            raise InvalidRecord("These versions cannot be put into one. Keep one of them, or both as two entries.")
        many = self._settle("putting versions together", [(eid, _joined(writings))], typed=[eid])
        return msgspec.structs.replace(many.saved[0], change=many.change)

    def _settle(self, label: str, pairs: list[tuple[str, Before]], *, typed: Sequence[str] = ()) -> SavedMany:
        """Write over all versions. Drafts stay, unless `typed`: they may hold words that no version has."""
        written, change = self._put(label, pairs, typed=typed, whole=True)
        return SavedMany(tuple(Saved(one.eid, one.rev, Change()) for one in written), change)


def _session(_eid: str) -> str:
    return "Session"


def _joined(records: list[Writing]) -> Writing:
    """The first, with the words of all and whatever else they have between them."""
    text, title = "", next((record.title for record in records if record.title), "")
    marks: list[Mark] = []
    seen: set[str] = set()
    for record in records:
        head = f"{record.title}\n\n" if record.title not in ("", title) else ""
        if head + record.text in seen:
            continue
        seen.add(head + record.text)
        text += (_BETWEEN if text else "") + head
        marks += [Mark(mark.start + len(text), mark.end + len(text), mark.style) for mark in record.marks]
        text += record.text
    tags = tuple(dict.fromkeys(tag for record in records for tag in record.tags))
    joined = msgspec.structs.replace(records[0], title=title, text=text, marks=tuple(marks), tags=tags)
    if not isinstance(joined, IntegrationNote):
        return joined
    codes = (code for record in records if isinstance(record, IntegrationNote) for code in record.modalities)
    return msgspec.structs.replace(joined, modalities=tuple(dict.fromkeys(codes)))
