"""Backups, checking, and the ways in and out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from journal import exchange
from journal.change import Change
from journal.clock import Clock
from journal.ids import new_id
from journal.records import (
    WRITINGS,
    Attachment,
    Contact,
    Expense,
    Received,
    Record,
    Reply,
    ScaleAnswers,
    Settings,
    ShareReceipt,
    UnknownRecord,
    encode,
)
from journal.scales import pack_for, told_answers
from journal.service.clients import share_for_here
from journal.service.contacts import contact_for_here
from journal.service.references import pointing, under_new_ids
from journal.service.replies import reply_for_here, told_reply
from journal.service.resting import Rests
from journal.service.results import SavedMany
from journal.service.views import DraftView
from journal.store import Items
from journal.vault import BackupReceipt, Report, Vault

_TABLES = {"csv": "checkin", "costs": "expense"}  # a table holds one kind alone
_WRITTEN = frozenset(cls.kind for cls in WRITINGS)
_TOLD = (  # kinds that a file for reading tells, and a table does not
    ("session", "session", "sessions"),
    ("text", "text", "texts"),  # whatever was written in the editor
    ("checkin", "check-in", "check-ins"),
    ("course", "course", "courses"),
    ("provider", "provider", "providers"),
    ("medicine", "medicine", "medicines"),
    ("sideeffect", "side effect", "side effects"),
    ("question", "question", "questions"),
    ("commitment", "commitment", "commitments"),
    ("scale", "answered questionnaire", "answered questionnaires"),
    ("total", "total from a clinic", "totals from a clinic"),
    ("hard", "note of a hard moment", "notes of hard moments"),
    ("reply", "reply to a share", "replies to shares"),
)
_NOT_TOLD = (  # kinds that neither tells
    ("person", "person", "people"),
    ("contact", "contact", "contacts"),
    ("checklist", "checklist", "checklists"),
    ("template", "template", "templates"),
    ("prompts", "set of questions", "sets of questions"),
    ("pack", "questionnaire's form", "questionnaires' forms"),
    ("landing", "landing", "landings"),
    ("client", "client", "clients"),
    ("received", "share of a client", "shares of clients"),
    ("comment", "comment on a share", "comments on shares"),
    ("sent-reply", "reply that was sent", "replies that were sent"),
    ("shareset", "kept choice for a share", "kept choices for a share"),
)


class Exported(msgspec.Struct, frozen=True):
    """A file that holds entries in the clear. Not in it: so many unfinished texts (`drafts`), so many files that
    were added to entries, so many lines of the log of costs, and so many entries of kinds that are not told in this
    format (`others`)."""

    path: Path
    format: str
    records: int
    drafts: int = 0
    files: int = 0
    costs: int = 0
    others: dict[str, int] = {}

    @property
    def left_out(self) -> str:
        """What is not in the file, in a sentence, or ""."""
        parts = [
            f"{count:,} {one if count == 1 else more}"
            for count, one, more in (
                (self.drafts, "unfinished text", "unfinished texts"),
                (self.files, "added file", "added files"),
                (self.costs, "line of the cost log", "lines of the cost log"),
                *((self.others.get(kind, 0), one, more) for kind, one, more in (*_TOLD, *_NOT_TOLD)),
            )
            if count
        ]
        verb = "is" if self.drafts + self.files + self.costs + sum(self.others.values()) == 1 else "are"
        told = " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
        return f"{told} {verb} not in it." if parts else ""


class Imported(msgspec.Struct, frozen=True):
    """What came in. `refused` says, entry by entry and without their words, what could not be read."""

    format: str
    added: int
    already_there: int
    refused: tuple[str, ...]
    change: Change


class Moving(Rests):
    """The part of the service that moves whole journals."""

    _items: Items
    _vault: Vault
    clock: Clock

    def save_many(self, records: Sequence[Record | tuple[str, Record | UnknownRecord]], label: str = "") -> SavedMany:
        raise NotImplementedError

    def drafts(self) -> tuple[DraftView, ...]:
        raise NotImplementedError

    def look_at_all(self) -> None:
        raise NotImplementedError

    def backup(self, dest: Path) -> BackupReceipt:
        """A sealed copy, every row of it opened. Raises `AlreadyThere`, `StorageFull`, `StorageFailed`."""
        self.look_at_all()
        return self._vault.backup(Path(dest))

    def verify(self) -> Report:
        """Read everything again and say what is damaged."""
        return self._vault.verify()

    def export(self, format: str, path: Path, *, with_costs: bool = False) -> Exported:
        """Write entries in the clear: "json" (all of it), "markdown" or "csv" (for reading elsewhere).

        Unfinished texts and added files stay out of it, and without `with_costs` the log of costs does; the answer
        says how many. "costs" is that log alone, as a table.

        Raises `AlreadyThere`, `StorageFull`, `StorageFailed`, `JournalError` for an unknown format.
        """
        self.not_while_resting()
        self.look_at_all()
        pairs: list[tuple[str, Record | UnknownRecord]] = [(item.eid, item.record) for item in self._items]
        pairs += [(eid, kept) for eid, kept in self._items.unreadable.items() if kept.body.startswith(b"{")]
        files = sum(isinstance(one, Attachment) and self._items.find(one.entry) is not None for _, one in pairs)
        pairs = [pair for pair in pairs if pair[1].kind != Attachment.kind]
        costs = sum(record.kind == Expense.kind for _, record in pairs)
        if (with_costs and format in ("json", "markdown")) or format == "costs":
            costs = 0
        else:
            pairs = [pair for pair in pairs if pair[1].kind != Expense.kind]
        others: dict[str, int] = {}
        answered: dict[str, tuple[str, ...]] = {}
        if format == "markdown" or format in _TABLES:
            kinds = ("text" if record.kind in _WRITTEN else record.kind for _, record in pairs)
            counts = Counter(kind for kind in kinds if kind != _TABLES.get(format))
            told = _TOLD if format in _TABLES else ()
            others = {kind: counts[kind] for kind, _, _ in (*told, *_NOT_TOLD) if counts[kind]}
        if format == "markdown":
            answers = ((eid, record) for eid, record in pairs if isinstance(record, ScaleAnswers))
            answered = {eid: told_answers(pack_for(self._items, record), record) for eid, record in answers}
            answered |= {eid: told_reply(record) for eid, record in pairs if isinstance(record, Reply)}
        in_order = sorted(pairs, key=lambda pair: pair[0])
        written = exchange.write(format, in_order, Path(path), self.clock, answered)
        return Exported(Path(path), format, written, len(self.drafts()), files, costs, others)

    def import_file(self, path: Path, format: str | None = None) -> Imported:
        """Take in a file of our own or of another journal; all of it in one commit.

        What is here already (the same id and content, or the same source) is left alone, and so are this journal's
        own settings and what it noted of its shares. An entry with the same id and other content becomes its newest
        version. Raises `ImportFailed`.
        """
        self.look_at_all()
        incoming = exchange.read(Path(path), format, self.clock)
        sources = self._items.sources()
        new: list[tuple[str, Record | UnknownRecord]] = []
        there = 0
        lines = ((item.eid, item.record) for item in self._items.of_kind("receipt"))
        ledger = {eid: one.share for eid, one in lines if isinstance(one, ShareReceipt)}  # no file changes it
        for eid, record in under_new_ids(self._come_again(incoming.records), incoming.records):
            if record.kind == "purged":  # what was removed for good elsewhere is no reason to remove anything here
                there += 1
                continue
            if eid in ledger or (isinstance(record, ShareReceipt) and record.share in ledger.values()):
                there += 1
                continue
            if isinstance(record, Contact):
                record = contact_for_here(self._items, eid, record)
            if isinstance(record, Received):
                record = share_for_here(self._items, eid, record)
            if isinstance(record, Reply):
                record = reply_for_here(self._items, eid, record)
            if isinstance(record, ShareReceipt):
                record = msgspec.structs.replace(record, imported=True)
            if isinstance(record, Settings):
                eid, record = self._settings_for_here(eid, record)
            item = self._items.find(eid)
            source = getattr(record, "source", "")
            known = same(item.record, record) if item is not None else source in sources
            if known:
                there += 1
            else:
                new.append((eid, record))
        change = Change()
        if new:
            change = self.save_many(new, f"importing {len(new)} entries").change
        return Imported(incoming.format, len(new), there, incoming.refused, change)

    def _come_again(self, records: Sequence[tuple[str, Record | UnknownRecord]]) -> dict[str, str]:
        """New ids for what was removed for good here; where it came in again before, the one it has."""
        purged = self._vault.purged_eids()
        gone = [(eid, record) for eid, record in records if eid in purged]
        here = {encode(item.record): item.eid for item in self._items} if gone else {}
        ids: dict[str, str] = {}
        count = -1
        while count != len(ids):  # what names another is known once that one is
            count = len(ids)
            for eid, record in gone:
                known = here.get(encode(pointing(ids, record)))
                if eid not in ids and known is not None:
                    ids[eid] = known
        return {eid: ids.get(eid) or new_id() for eid, _ in gone}

    def _settings_for_here(self, eid: str, incoming: Settings) -> tuple[str, Settings]:
        """Where settings go that come from elsewhere: what was chosen here stays, and what was noted about the
        recovery words is true of these words only."""
        mine = min(self._items.of_kind("settings"), key=lambda item: item.eid, default=None)
        if mine is None or not isinstance(mine.record, Settings):
            return eid, msgspec.structs.replace(
                incoming, recovery_proved=None, recovery_ask=None, backup_folder="", backup_hold="", backup_fewer=0
            )
        noted = mine.record
        if msgspec.structs.replace(noted, recovery_proved=None, recovery_ask=None) != Settings():
            return mine.eid, noted
        proved, ask = noted.recovery_proved, noted.recovery_ask
        return mine.eid, msgspec.structs.replace(incoming, recovery_proved=proved, recovery_ask=ask)


def same(one: Record | UnknownRecord, other: Record | UnknownRecord) -> bool:
    """Whether two records say the same to the letter: as values, 14:00 in Berlin would equal 13:00 in London."""
    return encode(one) == encode(other)
