"""Backups, checking, and the ways in and out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from journal import exchange
from journal.change import Change
from journal.clock import Clock
from journal.records import Record, UnknownRecord
from journal.store import Items
from journal.vault import BackupReceipt, Report, Vault

if TYPE_CHECKING:
    from journal.service.core import SavedMany


class Exported(msgspec.Struct, frozen=True):
    """A file that holds entries in the clear."""

    path: Path
    format: str
    records: int


class Imported(msgspec.Struct, frozen=True):
    """What came in. `refused` says, entry by entry and without their words, what could not be read."""

    format: str
    added: int
    already_there: int
    refused: tuple[str, ...]
    change: Change


class Moving:
    """The part of the service that moves whole journals."""

    _items: Items
    _vault: Vault
    clock: Clock

    def save_many(self, records: Sequence[Record | tuple[str, Record | UnknownRecord]], label: str = "") -> SavedMany:
        raise NotImplementedError

    def backup(self, dest: Path) -> BackupReceipt:
        """A sealed copy, every row of it opened. Raises `AlreadyThere`, `StorageFull`, `StorageFailed`."""
        return self._vault.backup(Path(dest))

    def verify(self) -> Report:
        """Read everything again and say what is damaged."""
        return self._vault.verify()

    def export(self, format: str, path: Path) -> Exported:
        """Write entries in the clear: "json" (all of it), "markdown" or "csv" (for reading elsewhere).

        Raises `AlreadyThere`, `StorageFull`, `StorageFailed`, `JournalError` for an unknown format.
        """
        pairs = [(item.eid, item.record) for item in self._items]
        written = exchange.write(format, pairs, Path(path), self.clock)
        return Exported(Path(path), format, written)

    def import_file(self, path: Path, format: str | None = None) -> Imported:
        """Take in a file of our own or of another journal; all of it in one commit.

        What is here already (the same id and content, or the same source) is left alone. Raises `ImportFailed`.
        """
        incoming = exchange.read(Path(path), format, self.clock)
        sources = {getattr(item.record, "source", "") for item in self._items} - {""}
        new: list[tuple[str, Record | UnknownRecord]] = []
        there = 0
        for eid, record in incoming.records:
            item = self._items.find(eid)
            source = getattr(record, "source", "")
            if (item is not None and item.record == record) or (item is None and source and source in sources):
                there += 1
                continue
            new.append((eid, record))
            sources.add(source)
        change = Change()
        if new:
            change = self.save_many(new, f"importing {len(new)} entries").change
        return Imported(incoming.format, len(new), there, incoming.refused, change)
