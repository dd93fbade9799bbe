"""The ways into an open vault: its password and its recovery words."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterator

from journal.errors import JournalError, StorageFailed, WrongPassword
from journal.sqlite import Database
from journal.vault import kdf, slots
from journal.vault.inventory import Inventory, digest
from journal.vault.kdf import KdfProfile
from journal.vault.keys import KeyRing
from journal.vault.schema import File
from journal.vault.seen import Seen
from journal.vault.trouble import CHANGED_OUTSIDE
from journal.vault.unlock import HEADERS


class Access:
    """The part of the vault that knows its slots."""

    _file: File
    _ring: KeyRing
    _inventory: Inventory
    _seen: Seen
    _slots: dict[bytes, bytes]
    _profile: KdfProfile
    _format = slots.GROWING

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written."""
        raise NotImplementedError

    def _must_write(self) -> None:
        raise NotImplementedError

    def _still_ours(self) -> None:
        """Refuse to write over a change that somebody else made to the file."""
        stored = {n: v for n, v in self._file.rows("SELECT n, v FROM manifest LIMIT 3") if isinstance(v, bytes)}
        if not self._inventory.stands([stored.get(0), stored.get(1)]):
            raise StorageFailed(CHANGED_OUTSIDE)

    @contextlib.contextmanager
    def _change(self, taken_up: Callable[[], None] | None = None) -> Iterator[Database]:
        """One transaction, on a file that nobody else wrote to. `taken_up` makes what is known here what the file
        holds now: also where it holds it and that cannot be said to be saved, else the next change would take our
        own for somebody else's."""
        try:
            with self._file.change() as db:
                self._still_ours()
                yield db
        except StorageFailed:
            if self._file.committed and taken_up is not None:
                taken_up()
            raise
        if taken_up is not None:
            taken_up()

    @property
    def unconfirmed(self) -> bool:
        """Whether the file holds something that was said not to be saved, because the disk did not confirm it."""
        return self._file.unconfirmed

    def confirm(self) -> None:
        """Have the disk confirm what it holds. Raises `StorageFailed`."""
        self._file.confirm()

    def change_password(self, new: str) -> None:
        """A new password in place of all old ones. Older copies of the file still open with theirs."""
        self._must_write()
        kdf.check_strength(new)
        slot = secrets.token_bytes(16)
        self._replace_slots(slots.PASSWORD, slot, slots.new_password_slot(self._ring, slot, new, self._profile))

    def check_password(self, password: str) -> bool:
        """Whether this is the password of this vault. As slow as opening it."""
        return any(
            slots.open_slot(self._ring.vault, slot, body, password=password) is not None
            for slot, body in self._slots.items()
            if slots.kind(body) == slots.PASSWORD
        )

    def check_recovery_key(self, words: str) -> bool:
        """Whether these words open this vault."""
        try:
            kdf.recovery_entropy(words)
            return any(
                slots.open_slot(self._ring.vault, slot, body, words=words) is not None
                for slot, body in self._slots.items()
                if slots.kind(body) == slots.RECOVERY
            )
        except WrongPassword:
            return False

    def new_recovery_key(self) -> str:
        """New recovery words in place of the old ones."""
        self._must_write()
        words, slot = kdf.new_recovery_words(), secrets.token_bytes(16)
        self._replace_slots(slots.RECOVERY, slot, slots.new_recovery_slot(self._ring, slot, words))
        return words

    def _replace_slots(self, kind: int, slot: bytes, body: bytes) -> None:
        kept = {key: old for key, old in self._slots.items() if slots.kind(old) != kind}
        self._write_slots({**kept, slot: body})

    def _write_slots(self, stored: dict[bytes, bytes]) -> None:
        before = self._slots
        try:
            self._put_slots(stored)
        except StorageFailed:
            # It is said not to be done, so the way in that there was has to be the way in.
            if before and self._slots is stored:
                with contextlib.suppress(JournalError):
                    self._put_slots(before)
            raise

    def _put_slots(self, stored: dict[bytes, bytes]) -> None:
        def taken_up() -> None:
            self._inventory, self._slots = pending, stored
            self._seen.note(pending.counter, pending.previous)

        header = slots.new_header(self._ring, stored, self._format)
        pending = self._inventory.fork()
        pending.header = digest(header)
        with self._change(taken_up) as db:
            db.execute("DELETE FROM slot")
            for slot, body in stored.items():
                for copy in (0, 1):
                    db.execute("INSERT INTO slot(id, copy, v) VALUES (?, ?, ?)", (slot, copy, body))
            for name in HEADERS:
                db.execute("INSERT OR REPLACE INTO meta(k, v) VALUES (?, ?)", (name, header))
            pending.store(db.execute, self._ring)
