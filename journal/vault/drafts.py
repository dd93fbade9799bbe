"""Unsaved text in the vault: sealed as it is typed, in place of what was typed before; or along with its entry."""

from __future__ import annotations

from collections.abc import Iterable

from journal.errors import StorageFailed
from journal.sqlite import Database
from journal.vault import check, rows
from journal.vault.access import Access
from journal.vault.sealing import SealBroken
from journal.vault.structs import Draft

_PUT = "INSERT OR REPLACE INTO draft(eid, v) VALUES (?, ?)"
_DROP = "DELETE FROM draft WHERE eid = ?"
_BACK = "SELECT v FROM draft WHERE eid = ?"
Sealed = tuple[bytes, bytes]  # a draft's key, and the draft


class Drafts(Access):
    """The part of the vault that keeps unsaved text."""

    # What the file holds, by the key, once it was read and is as this vault left it: it is asked for with every save.
    # None where that is not known, and where a draft is damaged.
    _known: dict[str, Draft] | None = None

    def put_draft(self, draft: Draft) -> None:
        """Seal unsaved text, in place of the draft with this key."""
        self._must_write()
        sealed, known = self._sealed([draft]), self._known
        with self._change() as db:
            self._put(db, sealed)
        self._must_be_back(sealed, known)

    def drafts(self) -> tuple[Draft, ...]:
        """All drafts that open, by their keys."""
        if self._known is not None:
            return tuple(draft for _, draft in sorted(self._known.items()))
        found, damage = check.read_drafts(self._file, self._ring)
        if not damage and not self.read_only:  # another window may write
            self._known = {draft.key: draft for draft in found}
        return found

    def drop_draft(self, key: str) -> None:
        """Remove a draft; nothing happens if it is not there."""
        self._must_write()
        known = self._known
        with self._change() as db:
            self._drop(db, [key])
        self._must_be_back((), known, [key])

    # -- for what writes entries in the same transaction ---------------------------------------------------------

    def _sealed(self, drafts: Iterable[Draft]) -> list[Sealed]:
        keyed = ((bytes.fromhex(draft.key), draft) for draft in drafts)
        return [(key, self._ring.seal_draft(key, rows.draft_bytes(draft))) for key, draft in keyed]

    def _put(self, db: Database, sealed: Iterable[Sealed]) -> None:
        for one in sealed:
            self._known = None
            db.execute(_PUT, one)

    def _drop(self, db: Database, keys: Iterable[str]) -> None:
        known = self._known
        for key in keys:
            if known is None or key in known:
                self._known = None
                db.execute(_DROP, [bytes.fromhex(key)])

    def _must_be_back(
        self, sealed: Iterable[Sealed], known: dict[str, Draft] | None = None, dropped: Iterable[str] = ()
    ) -> None:
        """Raises `StorageFailed` where a draft cannot be read back from the file as it was written. `known` is what
        was known before these were put and those were `dropped`."""
        there = {key: draft for key, draft in known.items() if key not in set(dropped)} if known is not None else None
        for key, value in sealed:
            back = self._file.value(_BACK, key)
            try:
                if back != value:
                    raise SealBroken("not as written")
                draft = rows.draft(key, self._ring.open_draft(key, back))
            except SealBroken:
                raise StorageFailed(detail="a draft did not come back as written") from None
            if there is not None:
                there[draft.key] = draft
        self._known = there
