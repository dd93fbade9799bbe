"""The vault: one encrypted file, opened by a password or by recovery words, written one change at a time.

    vault, words = Vault.create(path, "a long password")
    (revision,) = vault.append([NewRevision(eid=new_id(), kind="page", body=b"{...}")])
    vault.close()

Nothing is reported as written before its transaction is on the disk and the row was read back and opened. A file
with damage opens for reading, with a report that names it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from journal.atomic import of_system, refuse_existing, refuse_passing, settle, temporary_beside
from journal.clock import Clock, SystemClock, in_utc
from journal.errors import DamagedJournal, JournalError, ReadOnlyJournal, StorageFailed
from journal.vault import check, kdf, rows, slots
from journal.vault.backup import write_backup
from journal.vault.blobs import Blob
from journal.vault.bodies import Bodies, broken
from journal.vault.bodies import look as look_at_bodies
from journal.vault.cached import SPECIAL, Cached
from journal.vault.interrupted import undo_interrupted
from journal.vault.inventory import Inventory, digest
from journal.vault.kdf import STANDARD, KdfProfile
from journal.vault.keys import KeyRing
from journal.vault.lock import WriterLock, lock_or_reason
from journal.vault.merge import Marks, Merging
from journal.vault.renew import Renewing
from journal.vault.restore import clear_second_names
from journal.vault.rewrite import remove_leftovers
from journal.vault.schema import File, look, pages_ok, too_long
from journal.vault.sealing import SealBroken
from journal.vault.seen import Seen
from journal.vault.structs import LISTS, BackupReceipt, Damage, Draft, NewRevision, Report, Revision
from journal.vault.synced import Syncing
from journal.vault.unlock import profile_of, recheck, unlock

_NEVER_READ_ONLY = frozenset({"draft", "slot"})  # such damage does not endanger what is written next
_PAGES = "The file's own structure is damaged in places."
_NEWER = "It was written by a newer version of this program. Update to write in it."
_NOT_BACK = (
    "What was written could not be read back, so it does not count as saved. What was saved before is safe. Check "
    "the disk, and save again."
)
_TRIES = 5  # to read what another window keeps writing to
_ROW = "SELECT v FROM rec WHERE eid = ? AND rev = ?"
_DAMAGED = "This version of the entry is damaged or missing."


class Vault(Cached, Renewing, Merging, Syncing):
    """An open vault. One thread at a time."""

    def __init__(self, file: File, ring: KeyRing, lock: WriterLock | None, clock: Clock, seen: Seen) -> None:
        self._file, self._ring, self._lock, self._clock, self._seen = file, ring, lock, clock, seen
        self.path = file.path
        self._inventory = Inventory()
        self._unlisted: set[int] = set()
        self._opened: list[Revision] | None = None
        self._lamport = 0
        self._slots: dict[bytes, bytes] = {}
        self._marks, self._bodies = Marks(), Bodies()
        self._special = set()
        self.report = Report()
        self._profile = STANDARD

    # -- creating and opening ------------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        path: Path,
        password: str,
        *,
        profile: KdfProfile = STANDARD,
        clock: Clock | None = None,
        state_dir: Path | None = None,
    ) -> tuple[Vault, str]:
        """A new vault and its recovery words.

        Raises `AlreadyThere`, `WeakPassword`, `StorageFailed`, `StorageFull`; then no file is left.
        """
        kdf.check_strength(password)
        path = Path(path)
        refuse_passing(path)
        refuse_existing(path)
        if too_long(path):
            raise of_system(OSError(errno.ENAMETOOLONG, "no room for -journal"))
        vault_id = secrets.token_bytes(16)
        ring = KeyRing.new(vault_id)
        words = kdf.new_recovery_words()
        password_slot, recovery_slot = secrets.token_bytes(16), secrets.token_bytes(16)
        stored = {  # the slow part, while there is no file that a crash could leave unfinished
            password_slot: slots.new_password_slot(ring, password_slot, password, profile),
            recovery_slot: slots.new_recovery_slot(ring, recovery_slot, words),
        }
        lock = WriterLock(path)
        file = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock.take()
            with temporary_beside(path) as temporary:
                os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
                with contextlib.closing(File(temporary, create=True)) as new:
                    self = cls(new, ring, lock, clock or SystemClock(), Seen(state_dir, vault_id))
                    self._profile = profile
                    self._write_slots(stored)
                settle(temporary, path)
            file = self._file = File(path)
            self.path = path
            self._load()
        except BaseException as error:
            if file is not None:  # nothing half-written stays
                file.close()
                with contextlib.suppress(OSError):
                    path.unlink()
            lock.free()
            if isinstance(error, OSError):
                raise of_system(error) from None
            raise
        return self, words

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        password: str | None = None,
        recovery_key: str | None = None,
        read_only: bool = False,
        quickly: bool = False,
        clock: Clock | None = None,
        state_dir: Path | None = None,
    ) -> Vault:
        """An existing vault. `quickly`: by its snapshot, where there is one; then `check_some` is to be called.

        Raises `WrongPassword`, `DamagedJournal`, `NotAJournal`, `NewerFormat`, `JournalBusy`,
        `StorageFailed`. A file or folder that cannot be written opens for reading, and the report says why."""
        path = Path(path)
        look(path)
        if recovery_key is not None:
            kdf.recovery_entropy(recovery_key)
        if read_only:
            lock, why = None, "It was opened for reading."
            undo_interrupted(path)
        else:
            lock, why = lock_or_reason(path)
        try:
            file = File(path, read_only=lock is None)
            try:
                found = unlock(file, password, recovery_key)
                if lock is not None:
                    remove_leftovers(path, found.ring.vault)
                    clear_second_names(path)
                    lock.clear_parts()
                vault = cls(file, found.ring, lock, clock or SystemClock(), Seen(state_dir, found.ring.vault))
                vault._slots, vault._profile, vault._format = found.slots, profile_of(found.slots), found.format
                vault._load(found.damage, why or (_NEWER if found.newer else ""), quickly=quickly)
            except BaseException:
                file.close()
                raise
        except BaseException:
            if lock is not None:
                lock.free()
            raise
        return vault

    def _load(self, damage: Sequence[Damage] = (), why: str = "", *, quickly: bool = False) -> None:
        """Read the inventory, and every row once unless a snapshot tells what is in them."""
        # Who only reads may stand beside a window that writes; what a snapshot tells could not be looked up then.
        by_snapshot = quickly and self._lock is not None and not damage and self._by_snapshot()
        listed = check.read_drafts(self._file, self._ring)[1] if by_snapshot else self._read_all()
        self._file.is_open = True
        found = [*damage, *listed, *look_at_bodies(self._file, self._bodies)]
        vouched = not any(entry.what in LISTS for entry in found)
        older = None if not vouched else self._seen.older(self._inventory.counter, self._inventory.previous)
        harmful = any(entry.what not in _NEVER_READ_ONLY for entry in found)
        if harmful:
            why = "Parts of it are damaged. Nothing is written to it, so that nothing is lost beyond them."
        self.report = Report(
            damage=tuple(found), read_only=bool(why), why_read_only=why, older_than_seen=older, rows=self._rows
        )
        if not self.report.read_only and older is None:
            self._seen.note(self._inventory.counter, self._inventory.previous)
            if quickly and not damage:
                self._clear_snapshots()
            if not found and not by_snapshot:
                self._remove_unnamed()

    def _read_all(self) -> list[Damage]:
        """Read everything, as it stood at one moment; returns what is damaged."""
        for _ in range(_TRIES):
            before = check.manifests(self._file)
            listed = self._read_once()
            if self._lock is not None or check.manifests(self._file) == before:
                break  # else another window saved something meanwhile
        opened = self._opened or []
        self._lamport, self._rows = max((one.lamport for one in opened), default=0), len(opened)
        self._special, self._marks, self._bodies = set(), Marks(), Bodies()
        self._know(opened)
        return listed

    def _read_anew(self) -> None:
        """What a snapshot told is not so: read everything."""
        self._load(recheck(self._file, self._ring), self.report.why_read_only)

    def _all_is_well(self) -> None:
        """Every row was looked at since the journal was opened by a snapshot."""
        if not self.report.read_only and not self.report.damage and not self._began:
            self._remove_unnamed()

    def _know(self, revisions: Iterable[Revision]) -> None:
        """Note what the vault itself has to know of."""
        special = [one for one in revisions if one.kind in SPECIAL]
        self._special |= {(bytes.fromhex(one.eid), bytes.fromhex(one.rev)) for one in special}
        self._marks.take(special)
        self._bodies.take(special)

    def _read_once(self) -> list[Damage]:
        pages = [] if pages_ok(self._file.connection) else [Damage(what="file", message=_PAGES)]
        self._inventory, listed, self._unlisted = check.read_inventory(self._file, self._ring)
        self._opened, broken = check.read_rows(self._file, self._ring, self._inventory, self._unlisted)
        return [*pages, *listed, *broken, *check.read_drafts(self._file, self._ring)[1]]

    # -- what it is ----------------------------------------------------------------------------------------

    @property
    def vault_id(self) -> str:
        return self._ring.vault.hex()

    @property
    def device_id(self) -> str:
        return self._seen.device

    @property
    def read_only(self) -> bool:
        return self.report.read_only

    # -- rows ----------------------------------------------------------------------------------------------

    def revisions(self) -> Iterator[Revision]:
        """Every verified row. The first call after opening gives what opening read; later ones read anew."""
        opened, self._opened = self._opened, None
        if opened is None:
            opened, _ = check.read_rows(self._file, self._ring, self._inventory, self._unlisted)
        return iter(opened)

    def revision(self, eid: str, rev: str) -> Revision:
        """One row, opened. Raises `DamagedJournal` where it is not there or not as it was written."""
        place = (bytes.fromhex(eid), bytes.fromhex(rev))
        found = self._file.value(_ROW, *place)
        listed = self._inventory.rows[place[0][0]].get(place)
        if found is None or (digest(found) != listed and (listed or place[0][0] not in self._unlisted)):
            raise DamagedJournal(_DAMAGED)
        return self._opened_row(*place, found)

    def append(
        self,
        new: Sequence[NewRevision],
        *,
        drop_drafts: Sequence[str] = (),
        put_drafts: Sequence[Draft] = (),
        body: Blob | None = None,
    ) -> tuple[Revision, ...]:
        """Write revisions in one commit, and remove and put drafts in the same. All or nothing. With the record of
        an attachment comes its `body`, of which the last part is written in the same commit.

        Returns after the commit is on the disk and each row was read back and opened.
        """
        self._must_write()
        self._refuse_bodiless(new, body)
        at = in_utc(self._clock.now())
        sealed: list[tuple[bytes, bytes, bytes]] = []
        for number, revision in enumerate(new, start=1):
            eid, rev = bytes.fromhex(revision.eid), bytes.fromhex(revision.rev) or secrets.token_bytes(16)
            plain = rows.row_bytes(revision, lamport=self._lamport + number, device=self.device_id, at=at)
            value = self._ring.seal_row(eid, rev, plain)
            if len(value) > rows.MAX_ROW:
                raise StorageFailed("This entry is too large to be kept as one. Please divide it.")
            sealed.append((eid, rev, value))
        drafts = self._sealed(put_drafts)
        pending = self._inventory.fork()
        for eid, rev, value in sealed:
            pending.add((eid, rev), digest(value))

        def taken_up() -> None:
            self._opened, self._doubt = None, True
            self._inventory = pending
            self._lamport += len(sealed)
            self._bodies.take(new)
            self._seen.note(pending.counter, pending.previous)

        doubt, known = self._doubt, self._known
        with self._change(taken_up) as db:
            if body is not None:
                self._put_end(body, pending)
            for place in sealed:
                db.execute("INSERT INTO rec(eid, rev, v) VALUES (?, ?, ?)", place)
            pending.store(db.execute, self._ring)
            self._drop(db, drop_drafts)
            self._put(db, drafts)
        try:
            if body is not None:
                self._end_was_put(body)
            back = self._read_back(sealed)
            self._must_be_back(drafts, known, drop_drafts)
        except JournalError as error:
            raise StorageFailed(_NOT_BACK, detail=error.detail) from None
        self._know(back)
        self._doubt = doubt
        return back

    def _read_back(self, sealed: Iterable[tuple[bytes, bytes, bytes]]) -> tuple[Revision, ...]:
        """Rows as the file holds them now, each to the byte what was to be written, and opened."""
        back = []
        for eid, rev, value in sealed:
            found = self._file.value(_ROW, eid, rev)
            if found != value:
                raise DamagedJournal(_DAMAGED)
            back.append(self._opened_row(eid, rev, found))
        return tuple(back)

    def _opened_row(self, eid: bytes, rev: bytes, sealed: bytes) -> Revision:
        try:
            return rows.revision(eid, rev, self._ring.open_row(eid, rev, sealed))
        except SealBroken:
            raise DamagedJournal(_DAMAGED) from None

    # -- keeping -------------------------------------------------------------------------------------------

    def backup(self, dest: Path) -> BackupReceipt:
        """Copy the vault to a new file and open every row of the copy before it gets its name.

        Raises `DamagedJournal` for a journal that is damaged itself.
        """
        if any(entry.what not in _NEVER_READ_ONLY for entry in self.report.damage):
            raise DamagedJournal(
                "Parts of this journal are damaged, and a backup of it would be too. Keep your older backups, and "
                "copy the file itself to a safe place."
            )
        return write_backup(self._file, self._ring, Path(dest), self._inventory)

    def verify(self) -> Report:
        """Read everything again."""
        pages = [] if pages_ok(self._file.connection) else [Damage(what="file", message=_PAGES)]
        opening = recheck(self._file, self._ring)
        inventory, damage, unlisted = check.read_inventory(self._file, self._ring)
        good, lost = check.read_rows(self._file, self._ring, inventory, unlisted)
        drafts = check.read_drafts(self._file, self._ring)[1]
        bodies = broken(self._file, self._ring, Bodies(good))
        self._remember(bodies)
        found = (*opening, *pages, *damage, *lost, *bodies, *drafts)
        return Report(damage=found, read_only=self.read_only, rows=len(good))

    def close(self) -> None:
        """Close the file and let others write. Idempotent."""
        self._file.close()
        self._seen.close()
        self.forget_snapshot(keep_file=True)
        if self._lock is not None:
            self._lock.free()
        self._opened = None

    def _must_write(self) -> None:
        if self.read_only:
            raise ReadOnlyJournal(f"{ReadOnlyJournal.message} {self.report.why_read_only}".strip())


def verify_file(
    path: Path, *, password: str | None = None, recovery_key: str | None = None, state_dir: Path | None = None
) -> Report:
    """Open a file for reading only, look at all of it, and say what is wrong. Raises where it cannot be opened."""
    vault = Vault.open(path, password=password, recovery_key=recovery_key, read_only=True, state_dir=state_dir)
    try:
        return vault.look_at_bodies()
    finally:
        vault.close()
