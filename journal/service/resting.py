"""What rests after a landing began: sharing, removing, exporting, the password, people and settings.

The service itself refuses, so that it holds for the window, the command line, and whatever comes later. Writing,
reading, undo, help, locking, and backups that make themselves are never asked about.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from journal.change import Change
from journal.clock import Clock, steady
from journal.errors import InvalidRecord, Resting
from journal.records import Landing, Moment, Record, Settings, UnknownRecord
from journal.service.landing import MOST, is_sentence, landings, rests_until
from journal.service.results import Saved
from journal.service.undo import Deed
from journal.store import Items
from journal.vault import Vault

_CHOICES = frozenset({"person", "provider", "contact", "settings"})
# Among the settings, what the program notes by itself, and what belongs to writing and answering: neither rests.
_FREE = (
    "recovery_proved", "recovery_ask", "backup_hold", "backup_fewer", "scales", "bands", "spelling", "known_words",
)  # fmt: skip
_WRONG = "Those are not the words of the sentence. Nothing was changed; it all goes on resting."


class Rests:
    """The part of the service that says what rests, and ends it when the person says so."""

    _items: Items
    _vault: Vault
    clock: Clock
    _seen: dict[str, tuple[float, timedelta]] | None = None  # when each landing was first met, by the steady clock
    _awake: frozenset[str] = frozenset()  # in a journal that cannot be written

    def settings(self) -> Settings:
        raise NotImplementedError

    def _save_quietly(self, eid: str, record: Record) -> Saved:
        raise NotImplementedError

    def resting(self) -> datetime | None:
        """Until when some things rest, or None."""
        ends = [until for _, _, until in self._resting()]
        return max(ends, default=None)

    def wake(self, sentence: str) -> Change:
        """End the rest of this landing: the person typed the sentence. Raises `InvalidRecord` for other words."""
        if not is_sentence(sentence):
            raise InvalidRecord(_WRONG)
        change = Change(frozenset({"landing"}))
        for eid, landing, _ in self._resting():
            if self._vault.read_only:
                self._awake |= {eid}
            else:
                woken = msgspec.structs.replace(landing, woken=Moment(self.clock.now()))
                change |= self._save_quietly(eid, woken).change
        return change

    def not_while_resting(self) -> None:
        """Raises `Resting` while things rest."""
        until = self.resting()
        if until is not None:
            raise Resting(until)

    def _rest_choices(self, records: Iterable[Record | UnknownRecord]) -> None:
        """Raises `Resting` for records that hold choices, about people for example, while those rest."""
        if any(record.kind in _CHOICES for record in records):
            self.not_while_resting()

    def _rest_undo(self, deed: Deed) -> None:
        """Undoing, and doing again, changes choices as anything else does."""
        self._rest_choices(record for turn in deed.entries for record in turn.records())

    def _rest_redo(self, deed: Deed) -> None:
        """Doing a removal again removes."""
        self._rest_undo(deed)
        if any(any(turn.before) and not any(turn.after) for turn in deed.entries):
            self.not_while_resting()

    def _rest_settings(self, new: Settings) -> None:
        now = self.settings()
        noted = msgspec.structs.replace(new, **{name: getattr(now, name) for name in _FREE})
        if noted != now:
            self.not_while_resting()

    def _resting(self) -> list[tuple[str, Landing, datetime]]:
        hours, now = self.settings().rest_hours, self.clock.now()
        found = []
        for eid, landing in landings(self._items):
            if landing.woken is None and eid not in self._awake:
                until = rests_until(landing.began, now, hours, self._passed(eid, landing, now))
                if until is not None:
                    found.append((eid, landing, until))
        return found

    def _passed(self, eid: str, landing: Landing, now: datetime) -> timedelta | None:
        """How long a landing has lasted by a clock that nobody can set, counted from when it was first met here."""
        ticks = steady(self.clock)
        if ticks is None:
            return None
        if self._seen is None:
            self._seen = {}
        if eid not in self._seen:
            gone = now - landing.began.at
            if gone < -MOST:
                return None
            self._seen[eid] = ticks, max(gone, timedelta())
        then, gone = self._seen[eid]
        return gone + timedelta(seconds=ticks - then)
