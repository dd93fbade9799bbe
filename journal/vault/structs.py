"""What the vault takes and gives. Ids are 32 hexadecimal digits; `body` is a record's canonical JSON."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec


class Revision(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One opened, verified row. `at` is the UTC time it was written by its device's clock; order never uses it."""

    eid: str
    rev: str
    parents: tuple[str, ...] = ()
    lamport: int
    device: str
    at: datetime
    kind: str
    deleted: bool = False
    body: bytes


class NewRevision(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be written. The vault adds the revision's counter, device and time, and its id where `rev` is "";
    who needs to name it beforehand gives a new one."""

    eid: str
    rev: str = ""
    kind: str
    body: bytes
    parents: tuple[str, ...] = ()
    deleted: bool = False


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Unsaved text, sealed as typed. `eid` is the entry it edits, if that exists; `base` the revision it began at."""

    key: str
    kind: str
    body: bytes
    base: str | None = None
    eid: str | None = None
    at: datetime


LISTS = frozenset({"manifest", "list", "segment", "bucket"})  # damage to the list of what belongs


class Damage(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong with the file. `message` is a sentence for a person.

    `what`: header, slot, manifest, list, segment, bucket (these four are the list of what belongs), row (altered),
    missing, extra (put back or foreign), draft, blob (the body of the attachment `eid`), file.
    """

    what: str
    message: str
    eid: str | None = None
    rev: str | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What opening or verifying found. `rows` counts rows that opened and belong."""

    damage: tuple[Damage, ...] = ()
    read_only: bool = False
    why_read_only: str = ""
    older_than_seen: str | None = None
    rows: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is damaged."""
        return not self.damage


class BackupReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """A backup that was written, read back and opened row by row. `entries` are those that are not removed."""

    path: Path
    rows: int
    size: int
    sha256: str
    entries: int = 0


class PurgeReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """What left the file for good: the ids of entries, how many revisions of them, and how many drafts. `mark` is
    the revision that keeps the ids."""

    entries: tuple[str, ...] = ()
    revisions: int = 0
    drafts: int = 0
    mark: Revision | None = None
