"""Changing one thing of an entry, undoing and redoing: what is being written of it meanwhile stays unsaved."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from journal.change import Change
from journal.errors import NotFound
from journal.records import Record, UnknownRecord
from journal.service.carrying import as_it_stands
from journal.service.commits import Commits, revision_of, turn_of
from journal.service.results import Saved
from journal.service.standing import said
from journal.service.undo import Deed


class Amending(Commits):
    """The part of the service that changes entries without dropping what is being written of them."""

    name_of: Callable[[str], str]
    _beside_sent: Callable[[str | None, Record], tuple[str | None, Record]]
    _rest_choices: Callable[[Iterable[Record | UnknownRecord]], None]
    _rest_undo: Callable[[Deed], None]
    _rest_redo: Callable[[Deed], None]

    def amend(self, eid: str, change: Callable[[Record], Record]) -> Saved:
        """Change one thing of an entry: of every version that stands, where several stand side by side, and of what
        is being written of it, which stays unsaved. No version takes the place of another. One step of undo."""
        before = self._items.get(eid).record
        assert isinstance(before, Record)
        self._rest_choices([before])
        _, touched = self._amended(eid, before, change, f"changing the {self.name_of(before.kind)}")
        return Saved(eid, self._items.get(eid).rev, touched)

    def bring_version_back(self, eid: str, rev: str, over: str = "") -> Saved:
        """An entry says what it said in an earlier version, in a new version of it. One step of undo.

        It takes the place of `over`, the version that stood there when the person chose, so that one which came in
        meanwhile stays beside it; else of the one that is shown. What is being written of the entry stays unsaved.
        A comment that was sent stays as it is, as with `save`. Raises `NotFound` where there is no such version.
        """
        found = next((one.record for one in self._items.versions(eid) if one.rev == rev), None)
        if not isinstance(found, Record):
            raise NotFound("This version is not there any more. Look again.")
        where, record = self._beside_sent(eid, found)
        where = where or eid
        self._rest_choices([record])
        if stands := self._says_it(where, record, self._over(where, over)):
            self._vault.confirm()
            return Saved(where, stands, Change())
        written, change = self._put("bringing back a version", [(where, record)], over=over)
        return Saved(where, written[0].rev, change)

    def keep_late(self, record: Record, eid: str, over: str = "") -> Saved:
        """Save what was refused before, when the person has gone on: it hides nothing that came since.

        It takes the place of `over`, the version that it was typed over, where that is what stands; else it stands
        beside what does. What is being written of the entry stays unsaved. What says the same as what stands is not
        written, nor what was removed for good meanwhile. One step of undo.
        """
        standing = self._standing(eid)
        same = next((one.revs[0] for one in standing if said(one.record) == said(record)), None)
        if same is not None or eid in self._vault.purged_eids():
            self._vault.confirm()
            return Saved(eid, same or "", Change())
        self._rest_choices([record])
        parents = self._with_alike(eid, over or None)
        name = self.name_of(record.kind)
        label = f"changing the {name}" if standing else f"adding the {name}"
        new = [revision_of(eid, record, parents, standing)]
        turn = turn_of(eid, standing, parents, record)
        written, change = self._commit([turn], new, change=as_it_stands)
        self._undo.did(Deed(label, (turn,)))
        return Saved(eid, written[0].rev, change)

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
