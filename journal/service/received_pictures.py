"""The pictures of a client's share, sealed beside its words: all of a share in one file of its entry.

    length (4 bytes, most significant first), a part `picture` (docs/share-format.md, 9), and so on
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Sequence

from journal.clock import Clock
from journal.errors import DamagedJournal, JournalError, NotFound
from journal.ids import new_id
from journal.records import Attachment, Moment, Received, Record
from journal.service.commits import Commits
from journal.service.results import Saved
from journal.share import Payload, SharedPicture
from journal.share.payload import decode
from journal.share.picture import bodies, read
from journal.store import Item, Items
from journal.vault import Vault

MEDIA = "application/x-integration-journal-pictures"
_NAME = "Pictures of a share"
_INSTEAD = "keeping another copy of a share"
_LENGTH = struct.Struct(">I")
_PIECE = 2 * 2**20  # bytes that are sealed in one step


class ReceivedPictures(Commits):
    """The part of the service that keeps them."""

    _items: Items
    _vault: Vault
    clock: Clock

    def attachments(self, entry: str) -> tuple[Item, ...]:
        raise NotImplementedError

    def attachment_data(self, eid: str) -> bytes:
        raise NotImplementedError

    def received_pictures(self, received: str) -> tuple[SharedPicture, ...]:
        """The pictures of a share that is kept, in their order; none where it came without.

        Raises `NotFound` if the share is not there, and `DamagedJournal` where what is kept is not what was.
        """
        item = self._items.get(received)
        if not isinstance(item.record, Received):
            raise NotFound("This share is no longer there.")
        for file in self.attachments(received):
            if isinstance(file.record, Attachment) and file.record.media == MEDIA:
                payload = decode(item.record.entries.encode("ascii", "replace"))
                return _read(self.attachment_data(file.eid), payload)
        return ()

    def _picture_files(self) -> dict[str, frozenset[str]]:
        """The entries of the files that hold pictures of shares, by the share."""
        found: dict[str, frozenset[str]] = {}
        for file in self._items.of_kind("attachment"):
            if isinstance(file.record, Attachment) and file.record.media == MEDIA:
                found[file.record.entry] = found.get(file.record.entry, frozenset()) | {file.eid}
        return found

    def _kept_pictures(self, received: str) -> tuple[SharedPicture, ...]:
        """The same; none also where what is kept of them cannot be read."""
        try:
            return self.received_pictures(received)
        except DamagedJournal:
            return ()

    def _keep_instead(self, eid: str, record: Received, payload: Payload) -> Saved:
        """A share and its pictures in the place of those that are kept, in one commit and one step of undo."""
        gone = [
            (file.eid, None)
            for file in self.attachments(eid)
            if isinstance(file.record, Attachment) and file.record.media == MEDIA
        ]
        if payload.pictures:
            return self._keep_with_pictures(record, payload, (), eid, gone)
        written, change = self._put(_INSTEAD, [(eid, record), *gone])
        return Saved(eid, written[0].rev, change)

    def _keep_with_pictures(
        self,
        record: Received,
        payload: Payload,
        beside: Sequence[tuple[str, Record]],
        instead: str = "",
        gone: Sequence[tuple[str, None]] = (),
    ) -> Saved:
        """A share and its pictures, and what comes `beside` them, in one commit and one step of undo; `instead` of
        the share that has this entry, whose files are `gone` with it. Errors as `attach_bytes`."""
        data = b"".join(_LENGTH.pack(len(body)) + body for body in bodies(payload.pictures, payload.share))
        blob = self._vault.begin_blob()
        try:
            for start in range(0, len(data), _PIECE):
                self._vault.add_to_blob(blob, data[start : start + _PIECE])
            while self._vault.fill_blob(blob):
                pass
            eid, now = instead or new_id(), Moment(self.clock.now())
            file = Attachment(
                entry=eid, at=now, name=_NAME, media=MEDIA, size=blob.size, sha256=blob.sha256, blob=blob.name
            )
            entries = [*beside, (eid, record), (new_id(), file), *gone]
            written, change = self._put(_INSTEAD if instead else "keeping a share", entries, body=blob)
        except BaseException:
            with contextlib.suppress(JournalError):
                self._vault.drop_blob(blob)
            raise
        return Saved(eid, written[len(beside)].rev, change)


def _read(data: bytes, payload: Payload) -> tuple[SharedPicture, ...]:
    parts, at = [], 0
    while at < len(data):
        (length,) = _LENGTH.unpack(data[at : at + _LENGTH.size].rjust(_LENGTH.size, b"\0"))
        at += _LENGTH.size + length
        parts.append(data[at - length : at])
    pictures, spoiled = read(parts, payload.share, payload.places_for_pictures)
    if spoiled:
        raise DamagedJournal("The pictures of this share are not what was kept. Its words are.")
    return pictures
