"""What stands of an entry: its versions side by side, what is being written of it, and what that goes over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from journal.errors import InvalidRecord
from journal.records import Record, UnknownRecord, decode, encode
from journal.service.undo import Before, Sides
from journal.store import Items
from journal.vault import Draft, NewRevision, Revision, Vault


class Standing(NamedTuple):
    """One of the versions of an entry that stand side by side: what it says, and the revisions that say it."""

    record: Before
    kind: str
    revs: tuple[str, ...]


class Stands:
    """The part of the service that knows which versions of an entry there are."""

    _items: Items
    _vault: Vault
    _since: dict[str, str]  # what this journal itself wrote in place of a version, since it was opened

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

    def _goes_on(self, written: Iterable[Revision | NewRevision]) -> None:
        """These were written here, each in place of its parents.

        What was typed over a parent goes on from it where it was made of that one alone, or says the same. Else, as
        where one of two was chosen, it would take the place of what somebody else wrote, or of the wrong one.
        """
        written = list(written)
        known = {rev.rev: rev for one in written for rev in (*self._items.revisions(one.eid), one)}
        children = Counter(parent for one in written for parent in one.parents)
        for one in written:
            says = {parent: _says(known.get(parent)) for parent in one.parents}
            alone = len(set(says.values())) == 1 and all(children[parent] == 1 for parent in says)
            self._since.update((parent, one.rev) for parent in says if alone or says[parent] == _says(one))

    def _parents(self, eid: str, over: str = "") -> tuple[str, ...]:
        """What a saved entry takes the place of: the version it was typed over, not one that was merged since."""
        draft = self._draft_of(eid)
        if draft is None or not self._standing(eid):
            return self._over(eid, over)
        return self._with_alike(eid, draft.base)

    def _over(self, eid: str, over: str) -> tuple[str, ...]:
        """What takes the place of this version, or of what took its place here, goes over these; where neither is
        known, over the one that is shown."""
        standing = self._standing(eid)
        base = self._now_for(eid, over) if over and standing else ""
        if base:
            return self._with_alike(eid, base)
        return standing[0].revs if standing else ()

    def _with_alike(self, eid: str, base: str | None) -> tuple[str, ...]:
        """A version, where it is known, and those that stand and say the same."""
        seen = {(known.deleted, known.body) for known in self._items.revisions(eid) if known.rev == base}
        heads = self._items.heads(eid)
        alike = [head.rev for head in heads if (head.deleted, head.body) in seen and head.rev != base]
        return (*([base] if base and seen else []), *alike)

    def _says_it(self, eid: str, record: Record, parents: tuple[str, ...]) -> str:
        """The version that is shown, where it says this already and is the one that it would take the place of; else
        ""."""
        standing = self._standing(eid)
        if not standing or said(standing[0].record) != said(record):
            return ""
        goes_over = len(standing) == 1 or not set(parents).isdisjoint(standing[0].revs)
        return standing[0].revs[0] if goes_over else ""

    def _unchanged(self, eid: str, record: Record, over: str) -> str:
        """The version that says already what is to be saved, so that there is nothing to write; else "".

        It is the one it was typed over, though another came in since and is the one that is shown: who changed
        nothing did not write against that one."""
        draft = self._draft_of(eid)
        base = draft.base if draft is not None else self._now_for(eid, over)
        began = (known for known in self._items.revisions(eid) if known.rev == base)
        if any(said(record_in(known)) == said(record) for known in began):
            return base or ""
        return self._says_it(eid, record, self._parents(eid, over))

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


def _says(revision: Revision | NewRevision | None) -> tuple[bool, bytes] | None:
    return (revision.deleted, revision.body) if revision is not None else None


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
