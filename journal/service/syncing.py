"""Two computers and one journal: a round through a folder that a sync program carries between them."""

from __future__ import annotations

import contextlib
import hashlib
from datetime import datetime
from pathlib import Path

import msgspec

from journal.change import Change
from journal.clock import Clock
from journal.errors import CopyNeedsPassword, JournalError, NotACopy, ReadOnlyJournal
from journal.service.merging import Merged, Merging
from journal.vault.backup import Limit

A_MOMENT = 1.0  # seconds that writing the copy may hold up locking and closing


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """What one round did. `versions`, `gone`: what came in; `apart`: how many entries have two versions now.

    `waiting`: copies that are not whole yet and are left for later; `closed`: copies under another key, since
    everything was sealed anew on one computer: they are merged by hand, with their password, until the journal with
    the new key was copied over to the other; `wrote`: this device's copy was written anew.
    """

    versions: int = 0
    gone: int = 0
    apart: int = 0
    waiting: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    wrote: bool = False
    change: Change = Change()


class SyncState(msgspec.Struct, frozen=True, kw_only=True):
    """How it stands: the folder, if one is chosen; what the last round did, and when; what kept one from it."""

    journal: str
    folder: Path | None
    last: Round | None = None
    at: datetime | None = None
    trouble: str = ""
    writable: bool = True


class Syncing(Merging):
    """The part of the service that keeps in step with other computers."""

    _folder: Path | None = None
    _read: dict[str, tuple[int, ...]]  # the copies that were taken in, and as what they stood there
    _last: Round | None = None
    _at: datetime | None = None
    _trouble = ""
    clock: Clock
    _written = b""  # the state of the journal that this device's copy holds

    def sync_state(self) -> SyncState:
        """How it stands. `journal` is a name for this journal that tells nothing about it."""
        name = hashlib.sha256(b"integration-journal/sync" + bytes.fromhex(self._vault.vault_id)).hexdigest()
        return SyncState(
            journal=name[:32],
            folder=self._folder,
            last=self._last,
            at=self._at,
            trouble=self._trouble,
            writable=not self._vault.read_only,
        )

    def keep_in_step(self, folder: Path | None) -> None:
        """Choose the folder, or none. It is also written to when the journal is left. Raises `StorageFailed` for a
        folder that is not there or holds the journal itself."""
        if folder is not None:
            self._vault.check_folder(Path(folder))
        self._folder, self._read, self._written = None if folder is None else Path(folder), {}, b""
        self._last, self._at, self._trouble = None, None, ""

    def sync(self, folder: Path | None = None, *, limit: Limit | None = None) -> Round:
        """Take in what other devices wrote since the last round, then write this one's copy if anything changed.

        Copies that are not whole are left for later without a word: a sync program may be in the midst of them.
        Raises `ReadOnlyJournal`, `StorageFull`, `StorageFailed`.
        """
        if folder is not None and Path(folder) != self._folder:
            self.keep_in_step(folder)
        if self._folder is None:
            return Round()
        try:
            self._last = self._round(self._folder, limit)
        except JournalError as error:
            self._trouble = str(error)
            raise
        self._at, self._trouble = self.clock.now(), ""
        return self._last

    def _round(self, folder: Path, limit: Limit | None) -> Round:
        if self._vault.read_only:
            raise ReadOnlyJournal(f"{ReadOnlyJournal.message} {self._vault.report.why_read_only}".strip())
        self._vault.check_folder(folder)
        done, waiting, closed = Round(), [], []
        for name, state in list(self._vault.copies_in(folder)):
            if self._read.get(name) == state:
                continue
            try:
                came = self._take_whole(folder / name)
            except CopyNeedsPassword:
                closed.append(name)
            except NotACopy:
                self._read[name] = state  # another journal may share the folder
            else:
                if came is None and (folder / name).exists():  # else it was exchanged just now
                    waiting.append(name)
                elif came is not None:
                    self._read[name] = state
                    done = msgspec.structs.replace(
                        done,
                        versions=done.versions + came.versions,
                        gone=done.gone + came.gone,
                        change=done.change | came.change,
                    )
        wrote = self._write_own(folder, limit)
        return msgspec.structs.replace(
            done, waiting=tuple(waiting), closed=tuple(closed), wrote=wrote, apart=len(self.apart())
        )

    def sync_on_leaving(self) -> None:
        """Give what was written to the folder, if it takes no more than a moment (else after the next opening).

        Never raises: the journal closes whatever goes wrong.
        """
        if self._folder is not None and not self._vault.read_only:
            with contextlib.suppress(Exception):
                self._vault.check_folder(self._folder)
                self._write_own(self._folder, Limit(A_MOMENT))

    def _take_whole(self, path: Path) -> Merged | None:
        """Take in a copy if all of it can be read; None where it cannot, which may be so for now only."""
        try:
            copy = self._vault.recognise(path)
            incoming = self._vault.compare(copy)
        except (CopyNeedsPassword, NotACopy):
            raise
        except JournalError:
            return None
        harmed = any(entry.what not in ("draft", "slot") for entry in incoming.damage)
        if harmed and path.name != self._vault.copy_name:  # one's own is about to be written over: take what there is
            return None
        return Merged() if incoming.nothing else self.merge(copy)

    def _write_own(self, folder: Path, limit: Limit | None) -> bool:
        name = self._vault.copy_name
        states = dict(self._vault.copies_in(folder))
        known = name in states and self._read.get(name) == states[name]
        if self._written == self._vault.state and known:
            return False
        wrote = not self._vault.copy_is_current(folder)
        if wrote:
            self._vault.write_copy(folder, limit)
            states = dict(self._vault.copies_in(folder))
        self._written = self._vault.state
        self._read[name] = states.get(name, ())
        return wrote
