"""Removed entries, brought back or removed for good; everything sealed anew when somebody may know the password."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

import msgspec

from journal.change import Change
from journal.errors import NotFound
from journal.records import Settings
from journal.service.commits import Commits
from journal.service.resting import Rests
from journal.service.results import Saved
from journal.service.unfinished_reply import begun_beside
from journal.store import RemovedItem, RowList
from journal.store.covers import cover_of
from journal.vault import BackupReceipt
from journal.vault.backups import Backups
from journal.vault.rewrite import Watch


class Purged(msgspec.Struct, frozen=True):
    """What left the file for good: how many entries, how many versions of them, how many drafts; `files`: how many
    files went along that belonged to one of the entries."""

    entries: int
    versions: int
    drafts: int
    change: Change
    files: int = 0


class Rotated(msgspec.Struct, frozen=True):
    """Everything was sealed anew; these words open the journal now, and no others."""

    words: str
    change: Change


class Rewriting(Commits, Rests):
    """The part of the service that has the file written anew. `watch` and errors as `journal.vault.renew`."""

    _list: RowList

    def name_of(self, kind: str) -> str:
        raise NotImplementedError

    def words_proved(self, *, new: bool = False) -> Change:
        raise NotImplementedError

    def words_untyped(self) -> Change:
        raise NotImplementedError

    def settings(self) -> Settings:
        raise NotImplementedError

    def save_settings(self, settings: Settings) -> Saved:
        raise NotImplementedError

    def back_up_now(self) -> BackupReceipt:
        raise NotImplementedError

    def look_at_all(self) -> None:
        raise NotImplementedError

    def _stop_making(self) -> None:
        raise NotImplementedError

    def _backups(self) -> Backups:
        raise NotImplementedError

    def _files_of(self, entries: frozenset[str]) -> frozenset[str]:
        raise NotImplementedError

    # -- removed entries ---------------------------------------------------------------------------------------

    def removed(self) -> tuple[RemovedItem, ...]:
        """Entries that were removed, the newest first, as they were last."""
        found = sorted(self._items.removed(), key=_removal, reverse=True)
        return tuple(msgspec.structs.replace(one, cover=cover_of(self._items, one.record)) for one in found)

    def undelete(self, eid: str) -> Change:
        """Put a removed entry back as it was last, in two versions if it stood in two. What is being written of it
        stays unsaved. One step of undo. Raises `NotFound`."""
        found = next((one for one in self._items.removed() if one.eid == eid), None)
        if found is None:
            raise NotFound("This entry is not among the removed ones any more.")
        return self._bring_back(eid, f"bringing back the {self.name_of(found.record.kind)}")

    def purge(self, eid: str, *, watch: Watch | None = None) -> Purged:
        """Take an entry, removed or not, out of the file for good, with all its versions and its draft.

        It cannot be undone. Raises `NotFound`.
        """
        return self.purge_all([eid], watch=watch)

    def purge_removed(self, *, watch: Watch | None = None) -> Purged:
        """Take all removed entries out of the file for good. It cannot be undone."""
        return self.purge_all([one.eid for one in self._items.removed()], watch=watch)

    def purge_all(self, eids: Collection[str], *, watch: Watch | None = None) -> Purged:
        """Take entries out of the file for good, all in one go, with the files that were added to them.

        Raises `NotFound`; then none is gone.
        """
        self.not_while_resting()
        self.look_at_all()
        gone = frozenset(eids)
        if any("purged" in self._items.kinds(eid) or not self._items.kinds(eid) for eid in gone):
            raise NotFound
        files = self._files_of(gone)
        gone |= files
        kinds = frozenset(kind for eid in gone for kind in self._items.kinds(eid))
        self._stop_making()
        # What is begun goes with its share, whatever left it behind: with it, so that both stay where this fails.
        begun = {draft.key for draft in begun_beside(self._vault, self._items, gone)}
        receipt = self._vault.purge(gone | begun, watch=watch)
        self._items.forget(gone)
        self._items.add([receipt.mark] if receipt.mark is not None else [])
        self._undo.forget(gone)
        self._labels = None
        if self._search is not None:
            for eid in gone:
                self._search.update(eid)
        change = Change(kinds, gone) if gone else Change()
        return Purged(len(receipt.entries) - len(files), receipt.revisions, receipt.drafts, change, len(files))

    def renew_backups(self) -> int:
        """Make a backup of the journal as it is now, and remove the older ones in its folder, which hold what it has
        no more or open with an old password; returns how many. Raises what keeps the new one from being made."""
        self.not_while_resting()
        made = self.back_up_now()
        gone = self._backups().remove_all_but(made.path)
        settings = self.settings()
        if settings.backup_hold:  # those were to stay for good; they are gone, because the person said so
            self.save_settings(msgspec.structs.replace(settings, backup_hold="", backup_fewer=0))
        return len(gone)

    def compact(self, *, watch: Watch | None = None) -> int:
        """Give back the room that removed rows left in the file; returns how many bytes."""
        self.look_at_all()
        self._stop_making()
        return self._vault.compact(watch=watch)

    # -- the password ------------------------------------------------------------------------------------------

    def check_secret(self, secret: str) -> bool:
        """Whether this is the password of this journal, or its recovery words."""
        return self._vault.check_recovery_key(secret) or self._vault.check_password(secret)

    def rotate(
        self,
        password: str,
        *,
        words: str | None = None,
        watch: Watch | None = None,
        ready: Callable[[str], None] | None = None,
    ) -> Rotated:
        """Seal everything anew under another key. Older copies and backups still open with the old password.

        `words` are recovery words that were shown and typed back; without them, new ones are made. `ready` gets them
        when all is done but the last step. Raises `WeakPassword`, also for the password there is now.
        """
        self.not_while_resting()
        self.look_at_all()
        self._stop_making()
        typed_back = words is not None
        words = self._vault.rotate(password, words=words, watch=watch, ready=ready)
        return Rotated(words, self.words_proved(new=True) if typed_back else self.words_untyped())


def _removal(found: RemovedItem) -> tuple[datetime, str]:
    return found.removed, found.eid
