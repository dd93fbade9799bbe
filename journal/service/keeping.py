"""Backups that make themselves, what differs between one and the journal, and the ways back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from journal.change import Change
from journal.clock import Clock
from journal.errors import JournalError, NotFound, ReadOnlyJournal
from journal.paths import backup_time
from journal.records import Attachment, Record, Settings, UnknownRecord
from journal.service import views
from journal.service.attaching import file_of
from journal.service.elsewhere import Elsewhere
from journal.service.moving import same
from journal.service.results import Saved, SavedMany
from journal.store import Item, Items, RowList
from journal.vault import BackupReceipt, Vault
from journal.vault.backup import Limit
from journal.vault.backups import Backup, Backups, folder_for
from journal.vault.merge import Copy
from journal.vault.restore import Restored, adopt, of_other_key, read_copy, recognised, use_instead
from journal.vault.salvage import Salvage, look_through, repair

A_MOMENT = 1.0  # seconds that a backup may hold up locking and closing
_FEWEST, _PART = 5, 0.2  # so many entries fewer, and such a part of them, are asked about
_HARMLESS = frozenset({"draft", "slot"})
_OWN = ("settings", "purged")  # the journal's own notes are no entries
ONLY_THERE, ONLY_HERE, CHANGED = "only there", "only here", "changed"


class BackupState(msgspec.Struct, frozen=True, kw_only=True):
    """How it stands with the backups, newest first.

    `trouble` says why the last one could not be made, "" if nothing is wrong. `fewer` is over 0 until the person
    answered: so many entries fewer than in the newest backup before. `held`: older backups are kept for that.
    """

    on: bool
    folder: Path
    chosen: bool
    backups: tuple[Backup, ...] = ()
    trouble: str = ""
    fewer: int = 0
    held: bool = False
    writable: bool = True


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that is not the same here and in a backup. `what`: only there, only here, changed.

    `there` and `here` are when each was written; `newer_here`: what the backup holds is an earlier version of this.
    """

    eid: str
    kind: str
    title: str
    what: str
    there: datetime | None = None
    here: datetime | None = None
    newer_here: bool = False


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between a backup and the journal. `damaged` parts of the backup are in neither list."""

    path: Path
    at: datetime | None
    differences: tuple[Difference, ...]
    same: int
    damaged: int = 0
    other_key: bool = False

    def of(self, what: str) -> tuple[Difference, ...]:
        """Those of one sort."""
        return tuple(one for one in self.differences if one.what == what)


class Keeping(Elsewhere):
    """The part of the service that keeps backups and comes back from them."""

    _items: Items
    _vault: Vault
    clock: Clock
    _root: Path | None = None  # where a test or the tour keeps its backups
    _living = 0  # entries in the newest backup, as far as is known
    _trouble = ""
    _beside: tuple[Copy, Items] | None = None

    def settings(self) -> Settings:
        raise NotImplementedError

    def save_settings(self, settings: Settings) -> Saved:
        raise NotImplementedError

    def save_many(self, records: Sequence[Record | tuple[str, Record | UnknownRecord]], label: str = "") -> SavedMany:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def sync_on_leaving(self) -> None:
        raise NotImplementedError

    def look_at_all(self) -> None:
        raise NotImplementedError

    def begin_keeping(self, root: Path | None) -> None:
        """Called once, when the journal was opened."""
        self._root, self._living = root, self._count()

    # -- making them ---------------------------------------------------------------------------------------------

    def backups(self) -> BackupState:
        """How it stands. Nothing is written."""
        settings, backups = self.settings(), self._backups()
        return BackupState(
            on=settings.backups,
            folder=backups.folder,
            chosen=bool(settings.backup_folder),
            backups=backups.all(),
            trouble=self._trouble,
            fewer=settings.backup_fewer,
            held=bool(settings.backup_hold),
            writable=not self._vault.read_only,
        )

    def backup_trouble(self) -> tuple[str, datetime | None]:
        """Why there is no new backup, "" if nothing is wrong, and when the newest was made."""
        if not self._trouble:
            return "", None
        return self._trouble, next((backup.at for backup in self._backups().all()), None)

    def keep_backups(self) -> BackupState:
        """Make one if anything changed since the newest, and let old ones go. For after opening, and once in a
        while; never raises for what keeps a backup from being made, but says it."""
        self.look_at_all()
        if self._may_keep():
            backups = self._backups()
            try:
                newest = backups.newest()
                if newest is None or not backups.is_current(newest):
                    if newest is not None:
                        living = backups.living(newest)
                        self._living = self._count() if living is None else living
                    self._take(backups, newest)
                backups.rotate(self.settings().backup_hold)
                backups.clear_leftovers()
                self._trouble = ""
            except JournalError as error:
                self._trouble = str(error)
        return self.backups()

    def back_up_now(self) -> BackupReceipt:
        """One more, whatever changed. Raises what keeps it from being made."""
        self.look_at_all()
        if self._vault.read_only:
            raise ReadOnlyJournal(f"{ReadOnlyJournal.message} {self._vault.report.why_read_only}".strip())
        backups = self._backups()
        try:
            made = self._take(backups, backups.newest())
            backups.rotate(self.settings().backup_hold)
        except JournalError as error:
            self._trouble = str(error)
            raise
        self._trouble = ""
        return made

    def leave(self) -> None:
        """Make a backup if anything changed and it takes no more than a moment (else at the next opening), and
        close. Whatever goes wrong with the backup, the journal closes."""
        try:
            with contextlib.suppress(Exception):
                backups = self._backups()
                newest = backups.newest() if self._may_keep() else None
                if self._may_keep() and (newest is None or not backups.is_current(newest)):
                    self._take(backups, newest, Limit(A_MOMENT))
        finally:
            self.sync_on_leaving()
            self.close()

    def choose_backups(self, *, on: bool | None = None, folder: Path | None = None, usual: bool = False) -> Saved:
        """Turn them on or off, or keep them in another folder (`usual`: in the program's own)."""
        changes: dict[str, Any] = {} if on is None else {"backups": on}
        if folder is not None or usual:
            changes["backup_folder"] = "" if folder is None else str(folder)
        self._trouble = ""
        return self.save_settings(msgspec.structs.replace(self.settings(), **changes))

    def answer_fewer(self, *, keep: bool) -> Saved:
        """The person was told of fewer entries: the older backups are kept for good, or go their usual way."""
        changes: dict[str, Any] = {"backup_fewer": 0} if keep else {"backup_fewer": 0, "backup_hold": ""}
        return self.save_settings(msgspec.structs.replace(self.settings(), **changes))

    def _take(self, backups: Backups, newest: Backup | None, limit: Limit | None = None) -> BackupReceipt:
        now = self._count()
        if newest is not None and fell(self._living, now):
            settings, fewer = self.settings(), self._living - now
            held = msgspec.structs.replace(
                settings, backup_hold=newest.path.name, backup_fewer=settings.backup_fewer + fewer
            )
            self.save_settings(held)
        made = backups.take(limit)
        self._living = self._count()
        return made

    def _may_keep(self) -> bool:
        harmed = any(entry.what not in _HARMLESS for entry in self._vault.report.damage)
        return self.settings().backups and not self._vault.read_only and not harmed

    def _backups(self) -> Backups:
        chosen = self.settings().backup_folder
        folder = Path(chosen) if chosen else folder_for(bytes.fromhex(self._vault.vault_id), self._root)
        return Backups(self._vault, folder, chosen=bool(chosen))

    def _count(self) -> int:
        return len(self._items) + len(self._items.unreadable)

    # -- coming back ---------------------------------------------------------------------------------------------

    def compare_backup(
        self, path: Path, *, password: str | None = None, recovery_key: str | None = None
    ) -> Comparison:
        """What differs between a backup and the journal; nothing is changed. It is remembered for what may follow.

        Raises `CopyNeedsPassword` where the backup has another key, `NotACopy` for another journal's, and what
        opening a file raises.
        """
        self.look_at_all()
        copy = recognised(self._vault, Path(path), password=password, recovery_key=recovery_key)
        revisions, damaged = read_copy(copy)
        there = Items(revisions)
        self._beside = (copy, there)
        purged = self._vault.purged_eids()
        found, equal = [], 0
        titles_here, titles_there = _titles(self._items), _titles(there)
        for eid in {item.eid for item in (*self._items, *there) if item.record.kind not in _OWN}:
            here, other = self._items.find(eid), there.find(eid)
            if here is None and other is not None and self._comes_along(other):
                continue
            if here is not None and other is not None and same(here.record, other.record):
                equal += 1
            elif eid not in purged and (shown := here or other) is not None:
                known = {version.rev for version in self._items.versions(eid)}
                found.append(
                    Difference(
                        eid=eid,
                        kind=shown.record.kind,
                        title=titles_there.get(eid) or titles_here.get(eid, ""),
                        what=CHANGED if here and other else ONLY_HERE if here else ONLY_THERE,
                        there=other.changed if other else None,
                        here=here.changed if here else None,
                        newer_here=other is not None and other.rev in known,
                    )
                )
        found.sort(key=lambda one: (one.what != ONLY_THERE, one.what, one.kind, one.title, one.eid))
        return Comparison(
            path=copy.path,
            at=backup_time(copy.path.name),
            differences=tuple(found),
            same=equal,
            damaged=damaged,
            other_key=of_other_key(self._vault, copy),
        )

    def take_from_backup(self, eids: Iterable[str]) -> SavedMany:
        """Entries as the backup that was compared has them, as their newest versions here, with the files that were
        added to them. One step of undo; what was here before stays in the history. Raises `NotFound`, and
        `DamagedJournal` for a file that is damaged in the backup."""
        copy, there = self._compared()
        wanted = list(eids)
        files = [item.eid for item in there.of_kind("attachment") if file_of(item) in wanted]
        wanted += [eid for eid in files if self._items.find(eid) is None and eid not in wanted]
        pairs: list[tuple[str, Record | UnknownRecord]] = [(eid, there.get(eid).record) for eid in wanted]
        heads = [head for eid in wanted for head in there.heads(eid)]
        self._vault.bring_blobs(copy.path, copy.ring, heads)
        if not pairs:
            return SavedMany((), Change())
        label = "bringing back an entry" if len(pairs) == 1 else f"bringing back {len(pairs)} entries"
        return self.save_many(pairs, label)

    def use_backup(self) -> Restored:
        """The backup that was compared in the place of the journal, which is closed by it.

        The present journal becomes one more backup first; where that cannot be, its file is kept beside, whole.
        Raises `ReadOnlyJournal`, `DamagedJournal` for a damaged backup, `StorageFull`, `StorageFailed`.
        """
        copy, _ = self._compared()
        restored = use_instead(self._vault, copy, aside=not self._kept())
        self.close()
        return restored

    def use_as_journal(self, target: Path) -> Restored:
        """This backup, open for reading, as the journal at `target`; what is there is kept beside. Closes it.

        Raises `JournalBusy`, `StorageFull`, `StorageFailed`, `DamagedJournal` where it is damaged itself.
        """
        restored = adopt(self._vault, Path(target), clock=self.clock)
        self.close()
        return restored

    def forget_backup(self) -> None:
        """Let go of the backup that was compared."""
        self._beside = None

    def _comes_along(self, item: Item) -> bool:
        """Whether it is a file of an entry that is not here: it is taken with that entry."""
        entry = file_of(item)
        return entry is not None and self._items.find(entry) is None

    def _compared(self) -> tuple[Copy, Items]:
        if self._beside is None:
            raise NotFound("No backup was compared yet. Choose one.")
        return self._beside

    def _kept(self) -> bool:
        """Whether all that is here now is in a verified backup."""
        if not self._may_keep():
            return False
        backups = self._backups()
        with contextlib.suppress(JournalError):
            backups.take()
            return True
        return False

    # -- a damaged journal -----------------------------------------------------------------------------------------

    def salvage_offer(self, more: Sequence[Path] = ()) -> Salvage | None:
        """What the backups hold of what is damaged here; None where nothing is. `more` are backups kept elsewhere."""
        self.look_at_all()
        elsewhere = [Backup(path, backup_time(path.name) or self.clock.now(), path.stat().st_size) for path in more]
        return look_through(self._vault, [*self._backups().all(), *elsewhere])

    def salvage(self, offer: Salvage) -> Restored:
        """Bring back what was offered: a new file in place of the damaged one, which is kept. Closes the journal."""
        restored = repair(self._vault, offer)
        self.close()
        return restored


def fell(before: int, now: int) -> bool:
    """Whether there are noticeably fewer entries: at least five, and more than a fifth."""
    return before - now >= _FEWEST and before - now > before * _PART


def _titles(items: Items) -> dict[str, str]:
    names = views.labels(items)
    rows = map(RowList(items, lambda eid: names.get(eid, "Session")).row, items.newest())
    files = {one.eid: one.record.name for one in items.of_kind("attachment") if isinstance(one.record, Attachment)}
    return files | {row.eid: row.title or row.snippet for row in rows}
