"""Files that belong to an entry: taken in step by step, read back, and given out again as plain copies.

    attaching = service.begin_attaching(eid, path)
    while (progress := service.attach_some(attaching)).saved is None:
        ...                                # what is typed meanwhile is sealed as ever
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from journal.atomic import of_system, settle, temporary_beside
from journal.change import Change
from journal.clock import Clock
from journal.errors import (
    DamagedJournal,
    InvalidRecord,
    JournalError,
    NotFound,
    ReadOnlyJournal,
    Stopped,
    StorageFailed,
    StorageFull,
)
from journal.ids import new_id
from journal.records import MAX_ATTACHMENT, Attachment, CheckIn, Moment, Session, Writing
from journal.records.attachment import media_of, plain_name
from journal.service.commits import Commits
from journal.service.resting import Rests
from journal.service.results import Saved
from journal.service.undo import Turn
from journal.store import Item, Items
from journal.vault import Blob, Vault
from journal.vault.rewrite import Watch

MOST_AT_ONCE = 64 * 2**20  # bytes that are given out as a whole
_PIECE = 2 * 2**20  # bytes of a file in one step: a few hundredths of a second
_KIND = str(Attachment.kind)

_NO_ENTRY = "The entry this file was for is not in the journal, so the file was not added. Save the entry first."
_WRONG_KIND = "Files can be added to what you write, to sessions and to check-ins."
_NO_FILE = "There is no file at this place. Was it moved or renamed?"
_FOLDER = "This is a folder. Choose the files in it."
_NOT_PLAIN = "This is no ordinary file, so it was not added. Choose a file."
_TOO_LARGE = f"This file is larger than {MAX_ATTACHMENT // 2**30} GB, so it was not added. Keep it elsewhere."
_CHANGED = "The file was changed while it was being read, so it was not added. Try again once nothing writes to it."
_NOT_READ = "The file could not be read to its end, so it was not added. Check the disk it is on, and try again."
_FORBIDDEN = "This file may not be read: it is another user's, or its permissions forbid it. It was not added."
_FULL = "The disk is full, so the file was not added. Free some space and add it again; everything else is safe."
_LARGE_TO_SHOW = "This file is too large to be shown here. Save a copy of it, and open that."
_OTHER = (
    "This file is not what was added: it does not fit its own record, so it was not given out. Your newest backup "
    "may still hold it."
)


class Attaching:
    """A file that is being added to an entry. `name`, `size` and `done` may be shown."""

    def __init__(self, entry: str, name: str, media: str, file: BinaryIO, state: os.stat_result, blob: Blob) -> None:
        self.entry, self.name, self.media = entry, name, media
        self.size = state.st_size
        self._file, self._state, self._blob = file, state, blob

    @property
    def done(self) -> int:
        """How many bytes of it were read."""
        return self._blob.size


class AttachProgress(msgspec.Struct, frozen=True):
    """How many bytes are in, of how many; `saved` once the file is in the journal and was read back."""

    done: int
    all: int
    saved: Saved | None = None


class Files(Commits, Rests):
    """The part of the service that keeps files with entries."""

    _items: Items
    _vault: Vault
    clock: Clock

    # -- adding ------------------------------------------------------------------------------------------------

    def begin_attaching(self, entry: str, source: Path) -> Attaching:
        """Open a file that is to be added to an entry; nothing is written yet.

        Raises `NotFound` where the entry or the file is not there, `InvalidRecord` for what is no ordinary file, is
        too large, or for an entry that takes no files, `ReadOnlyJournal`, `StorageFailed`.
        """
        self._may_attach(entry)
        source = Path(source)
        file, state = _opened(source)
        name = plain_name(source)
        try:
            return Attaching(entry, name, media_of(name), file, state, self._vault.begin_blob())
        except BaseException:
            file.close()
            raise

    def attach_some(self, attaching: Attaching) -> AttachProgress:
        """One small step: read a little of the file and seal it. The last one writes the record: one step of undo.

        Whatever goes wrong, nothing of the file is kept. Raises `StorageFull`, `StorageFailed`, `InvalidRecord` where
        the file was changed meanwhile, `NotFound` where the entry is gone.
        """
        try:
            saved = self._step(attaching)
        except BaseException as error:
            self.stop_attaching(attaching)
            if isinstance(error, StorageFull):
                raise StorageFull(_FULL, detail=error.detail) from None
            raise
        if saved is not None:
            attaching._file.close()
        return AttachProgress(attaching.done, attaching.size, saved)

    def stop_attaching(self, attaching: Attaching) -> None:
        """Let go of a file that is not wholly in. What cannot be removed now is at the next opening."""
        attaching._file.close()
        with contextlib.suppress(JournalError):
            self._vault.drop_blob(attaching._blob)

    def attach_bytes(self, entry: str, name: str, data: bytes, media: str = "") -> Saved:
        """Add what is no file, such as a picture that was copied. Errors as `begin_attaching` and `attach_some`."""
        self._may_attach(entry)
        if len(data) > MAX_ATTACHMENT:
            raise InvalidRecord(_TOO_LARGE)
        name = plain_name(name)
        blob = self._vault.begin_blob()
        try:
            for start in range(0, len(data), _PIECE):
                self._vault.add_to_blob(blob, data[start : start + _PIECE])
            while self._vault.fill_blob(blob):
                pass
            return self._put_record(entry, name, media or media_of(name), blob)
        except BaseException as error:
            with contextlib.suppress(JournalError):
                self._vault.drop_blob(blob)
            if isinstance(error, StorageFull):
                raise StorageFull(_FULL, detail=error.detail) from None
            raise

    def _step(self, attaching: Attaching) -> Saved | None:
        file, blob = attaching._file, attaching._blob
        if blob.size < attaching.size:
            try:
                data = file.read(min(_PIECE, attaching.size - blob.size))
            except OSError as error:
                raise StorageFailed(_NOT_READ, detail=of_system(error).detail) from None
            if not data:
                raise InvalidRecord(_CHANGED)
            self._vault.add_to_blob(blob, data)
            if blob.size == attaching.size:
                _still_the_same(file, attaching._state)
            return None
        if attaching.size == 0:
            _still_the_same(file, attaching._state)
        if self._vault.fill_blob(blob):
            return None
        return self._put_record(attaching.entry, attaching.name, attaching.media, blob)

    def _put_record(self, entry: str, name: str, media: str, blob: Blob) -> Saved:
        self._may_attach(entry)
        record = Attachment(
            entry=entry,
            at=Moment(self.clock.now()),
            name=name,
            media=media,
            size=blob.size,
            sha256=blob.sha256,
            blob=blob.name,
        )
        eid = new_id()
        written, change = self._put("adding a file", [(eid, record)], body=blob)
        return Saved(eid, written[0].rev, change)

    def _may_attach(self, entry: str) -> None:
        if self._vault.read_only:
            raise ReadOnlyJournal(f"{ReadOnlyJournal.message} {self._vault.report.why_read_only}".strip())
        item = self._items.find(entry)
        if item is None:
            raise NotFound(_NO_ENTRY)
        if not isinstance(item.record, Writing | Session | CheckIn):
            raise InvalidRecord(_WRONG_KIND)

    # -- looking -----------------------------------------------------------------------------------------------

    def attachments(self, entry: str) -> tuple[Item, ...]:
        """The files of an entry, the oldest first; none where the entry was removed."""
        if self._items.find(entry) is None:
            return ()
        mine = (item for item in self._items.of_kind(_KIND) if file_of(item) == entry)
        return tuple(sorted(mine, key=self._age))

    def file_counts(self) -> dict[str, int]:
        """How many files each entry has that has any."""
        return Counter(entry for item in self._items.of_kind(_KIND) if (entry := file_of(item)) is not None)

    def attachment_data(self, eid: str, most: int = MOST_AT_ONCE) -> bytes:
        """A whole file. Raises `InvalidRecord` for a larger one, `DamagedJournal`, `NotFound`."""
        record = self._attachment(eid)
        if record.size > most:
            raise InvalidRecord(_LARGE_TO_SHOW)
        data = b"".join(self._vault.read_blob(record.blob, record.size))
        if hashlib.sha256(data).hexdigest() != record.sha256:
            raise DamagedJournal(_OTHER)
        return data

    def copy_out(self, eid: str, dest: Path, watch: Watch | None = None) -> Path:
        """Write a plain copy of a file, for its owner only; it gets its name once it was read back and is the same.

        Raises `AlreadyThere`, `StorageFull`, `StorageFailed`, `DamagedJournal`, `NotFound`, and `Stopped` where
        `watch` says so; then there is no file of that name.
        """
        self.not_while_resting()
        record, dest, done = self._attachment(eid), Path(dest), 0
        with temporary_beside(dest) as temporary:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                for piece in self._vault.read_blob(record.blob, record.size):
                    file.write(piece)
                    done += len(piece)
                    if watch is not None and not watch(done, record.size):
                        raise Stopped("The copy was stopped, and nothing of it was kept.")
                file.flush()
                os.fsync(file.fileno())
            with temporary.open("rb") as back:
                found = hashlib.file_digest(back, "sha256").hexdigest()
            if found != record.sha256:
                raise DamagedJournal(_OTHER)
            settle(temporary, dest)
        return dest

    def _attachment(self, eid: str) -> Attachment:
        record = self._items.get(eid).record
        if not isinstance(record, Attachment):
            raise NotFound("This entry is no file.")
        return record

    def _age(self, item: Item) -> tuple[float, int, str]:
        first = min((revision.lamport for revision in self._items.revisions(item.eid)), default=0)
        when = item.record.when
        return (when.at.timestamp() if when else 0.0, first, item.eid)

    # -- for other parts of the service ------------------------------------------------------------------------

    def _files_of(self, entries: frozenset[str]) -> frozenset[str]:
        """The files of entries, removed ones too."""
        there = {item.eid for item in self._items.of_kind(_KIND) if file_of(item) in entries}
        gone = {one.eid for one in self._items.removed() if _entry(one.record) in entries}
        return frozenset(there | gone) - entries

    def _touched(self, turns: Sequence[Turn], kinds: set[str]) -> Change:
        """What a deed changed: with a file the entry that it belongs to, which shows it."""
        eids = {turn.eid for turn in turns}
        for record in (record for turn in turns for record in turn.records()):
            item = self._items.find(_entry(record))
            if item is not None:
                eids.add(item.eid)
                kinds = kinds | {item.record.kind}
        return Change(frozenset(kinds), frozenset(eids))


def file_of(item: Item) -> str | None:
    """The entry that a file belongs to; None for what is no file."""
    return _entry(item.record)


def _entry(record: object) -> str | None:
    return record.entry if isinstance(record, Attachment) else None


def _opened(source: Path) -> tuple[BinaryIO, os.stat_result]:
    """A file to be read once. A pipe or a device is never opened: that alone could wait for ever, or do something."""
    try:
        _must_be_plain(source.stat())
        handle = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        file = os.fdopen(handle, "rb", buffering=0)
        try:
            state = os.fstat(handle)
            _must_be_plain(state)
        except BaseException:
            file.close()
            raise
    except FileNotFoundError:
        raise NotFound(_NO_FILE) from None
    except PermissionError as error:
        raise StorageFailed(_FORBIDDEN, detail=of_system(error).detail) from None
    except (OSError, ValueError) as error:  # ValueError: no file can have such a name
        raise StorageFailed(_NOT_READ, detail=type(error).__name__) from None
    return file, state


def _must_be_plain(state: os.stat_result) -> None:
    if stat.S_ISDIR(state.st_mode):
        raise InvalidRecord(_FOLDER)
    if not stat.S_ISREG(state.st_mode):
        raise InvalidRecord(_NOT_PLAIN)
    if state.st_size > MAX_ATTACHMENT:
        raise InvalidRecord(_TOO_LARGE)


def _still_the_same(file: BinaryIO, before: os.stat_result) -> None:
    """Refuse a file that somebody wrote to while it was read."""
    try:
        more, now = file.read(1), os.fstat(file.fileno())
    except OSError as error:
        raise StorageFailed(_NOT_READ, detail=of_system(error).detail) from None
    if more or (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise InvalidRecord(_CHANGED)
