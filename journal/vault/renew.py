"""What needs a whole new file: entries removed for good, everything sealed under another key, room given back."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import msgspec

from journal.clock import Clock, in_utc
from journal.errors import JournalError, ReadOnlyJournal, StorageFailed, WeakPassword
from journal.ids import new_id
from journal.vault import kdf, merge, rewrite, rows, slots
from journal.vault.bodies import Bodies
from journal.vault.drafts import Drafts
from journal.vault.inventory import BUCKETS, Place
from journal.vault.keys import KeyRing
from journal.vault.rewrite import Held, Made, Rewriting, Wanted, Watch
from journal.vault.schema import File, identity, interrupted
from journal.vault.structs import PurgeReceipt, Report, Revision
from journal.vault.trouble import CHANGED_OUTSIDE, GONE
from journal.vault.unlock import unlock

_CLOSE_FIRST = os.name == "nt"  # Windows puts no file in place of one that is open
_SAME_PASSWORD = "That is the password you have now. Please choose another one."
_MOST_AT_ONCE = 100_000  # ids that one row can keep
_TOO_MANY = "These are too many entries to be removed for good at once. Nothing was removed; take fewer."
_NOT_REOPENED = "The journal was written anew and is whole, but could not be opened again. Lock it, and unlock it."
_DRAFTS_AND_SLOTS = frozenset({"draft", "slot"})  # damage that a vault may be written in spite of


class Renewing(Drafts):
    """The part of the vault that writes itself anew. Each of its ways reads the new file back, all of it, before it
    takes the old one's place; whatever goes wrong before, the old file stands untouched.

    `watch` is called now and then with how much is done, and of how much; where it returns False, `Stopped` is raised
    and nothing was changed. Raises `ReadOnlyJournal`, `StorageFull`, `StorageFailed`, `DamagedJournal` otherwise.
    """

    path: Path
    report: Report
    _clock: Clock
    _lamport: int
    _opened: list[Revision] | None
    _unlisted: set[int]
    _unread: int
    _doubt: bool
    _marks: merge.Marks
    _bodies: Bodies

    @property
    def device_id(self) -> str:
        raise NotImplementedError

    def revision(self, eid: str, rev: str) -> Revision:
        raise NotImplementedError

    def _know(self, revisions: Iterable[Revision]) -> None:
        raise NotImplementedError

    def forget_snapshot(self, *, keep_file: bool = False) -> None:
        raise NotImplementedError

    @staticmethod
    def new_words() -> str:
        """Recovery words that no journal has yet, for `rotate`."""
        return kdf.new_recovery_words()

    def purge(self, eids: Collection[str], *, watch: Watch | None = None) -> PurgeReceipt:
        """Take entries out of the file for good: every revision of them, and their drafts.

        Their ids alone stay, sealed, so that an older copy that is merged does not bring them back. What is not here
        is passed over; where nothing of them is, the file stays as it is.
        """
        self._must_renew()
        gone = frozenset(bytes.fromhex(eid) for eid in eids)
        there = [place for eid in gone for place in self._inventory.rows[eid[0]] if place[0] == eid]
        keys = {key for (key,) in self._file.rows("SELECT eid FROM draft WHERE length(eid) = 16")}
        edited = {draft.eid for draft in self.drafts()}
        if not there and keys.isdisjoint(gone) and edited.isdisjoint(eids):
            return PurgeReceipt()
        names = sorted({place[0].hex() for place in there})
        if len(names) > _MOST_AT_ONCE:
            raise StorageFailed(_TOO_MANY)
        more = [self._mark(names)] if names else []
        made = self._renew(Wanted(self._ring, dict(self._slots), gone, more), watch)
        doubt, self._doubt = self._doubt, True
        written = [self.revision(eid.hex(), rev.hex()) for (eid, rev), _ in more]
        self._lamport += len(written)
        self._know(written)
        self._doubt = doubt
        mark = written[0] if written else None
        return PurgeReceipt(entries=tuple(names), revisions=len(there), drafts=len(keys) - made.drafts, mark=mark)

    def rotate(
        self,
        password: str,
        *,
        words: str | None = None,
        watch: Watch | None = None,
        ready: Callable[[str], None] | None = None,
    ) -> str:
        """Seal everything under a new key, which only `password` and new recovery words lead to; returns the words.

        For when somebody may know the password, or has had it: what they have copied so far stays open to them, and
        nothing that is written from now on is. `words` are those to take (see `new_words`), where the person has
        them already. `ready` is called with the words once the new file is whole, before it takes the old one's
        place; where it raises, nothing was changed. Raises `WeakPassword` for the password there is now.
        """
        self._must_renew()
        kdf.check_strength(password)
        if self.check_password(password):
            raise WeakPassword(_SAME_PASSWORD)
        words = words or kdf.new_recovery_words()
        kdf.recovery_entropy(words)
        ring = KeyRing(self._ring.vault, self._ring.epoch + 1, secrets.token_bytes(32))
        by_password, by_words = secrets.token_bytes(16), secrets.token_bytes(16)
        ways = {
            by_password: slots.new_password_slot(ring, by_password, password, self._profile),
            by_words: slots.new_recovery_slot(ring, by_words, words),
        }

        def opens(new: Path) -> None:
            """Both secrets lead to the new key, in the file itself."""
            for secret in ((password, None), (None, words)):
                with contextlib.closing(File(new, read_only=True)) as file:
                    found = unlock(file, *secret)
                if found.damage or found.ring.header_mac(b"") != ring.header_mac(b""):
                    raise StorageFailed(rewrite.NOT_THE_SAME, detail="ways in")
            if ready is not None:
                ready(words)

        self._renew(Wanted(ring, ways), watch, opens)
        return words

    def compact(self, *, watch: Watch | None = None) -> int:
        """Give back the room that removed rows left in the file; returns how many bytes."""
        self._must_renew()
        before = self.path.stat().st_size
        self._renew(Wanted(self._ring, dict(self._slots)), watch)
        return before - self.path.stat().st_size

    # -- in one step -------------------------------------------------------------------------------------------

    def _renew(self, wanted: Wanted, watch: Watch | None, ready: Callable[[Path], None] | None = None) -> Made:
        real = self.path.resolve()
        new = rewrite.place_beside(real, self._ring.vault)
        made = None
        try:
            self._still_there(real)
            rewrite.remove_leftovers(real, self._ring.vault)
            self.forget_snapshot()
            with self._file.change():  # nobody else writes meanwhile
                with rewrite.plainly():
                    self._still_ours()
                    held = Held(self._file, self._ring, self._inventory, self._bodies)
                    found = Rewriting(held, wanted, new, watch).make()
                if ready is not None:
                    ready(new)
                with rewrite.plainly():
                    self._still_there(real)
                    if not _CLOSE_FIRST:
                        rewrite.replace(real, new)
                        made = found
            if _CLOSE_FIRST:
                self._file.close()
                with rewrite.plainly():
                    rewrite.replace(real, new)
                    made = found
        finally:
            if made is not None:
                self._take_up(wanted, made)
            else:
                rewrite.remove_leftovers(real, self._ring.vault)
                if _CLOSE_FIRST:
                    self._file.close()
                    self._file = File(self.path)
        assert made is not None
        return made

    def _still_there(self, real: Path) -> None:
        """Refuse to replace a file that somebody else put there, or that is being written to."""
        if self._file.identity is None or identity(real) != self._file.identity or interrupted(real):
            found = CHANGED_OUTSIDE if os.path.lexists(real) else GONE
            raise StorageFailed(found, detail="another file has its name, or none")

    def _take_up(self, wanted: Wanted, made: Made) -> None:
        """Go on with the new file, which has the old one's name now."""
        self._file.close()
        left = [entry for entry in self.report.damage if entry.what == "draft" and wanted.ring is self._ring]
        self.report = msgspec.structs.replace(self.report, damage=tuple(left), rows=made.rows, older_than_seen=None)
        self._ring, self._slots, self._inventory = wanted.ring, dict(wanted.slots), made.inventory
        self._unlisted, self._opened, self._unread = set(), None, BUCKETS  # all of it was read
        self._known = None
        self._bodies = self._bodies.without({eid.hex() for eid in wanted.without})
        self._format = slots.GROWING
        self._seen.note(made.inventory.counter, made.inventory.previous)
        try:
            self._file = File(self.path)
            self._file.is_open = True
            self._still_ours()
        except JournalError as error:
            raise StorageFailed(_NOT_REOPENED, detail=error.detail) from None

    # -- parts -------------------------------------------------------------------------------------------------

    def _must_renew(self) -> None:
        self._must_write()
        if any(entry.what not in _DRAFTS_AND_SLOTS for entry in self.report.damage):
            raise ReadOnlyJournal

    def _mark(self, eids: Collection[str]) -> tuple[Place, bytes]:
        """The row that keeps the ids of what was removed for good."""
        new = merge.mark(new_id(), eids)
        at = in_utc(self._clock.now())
        plain = rows.row_bytes(new, lamport=self._lamport + 1, device=self.device_id, at=at)
        return (bytes.fromhex(new.eid), secrets.token_bytes(16)), plain
