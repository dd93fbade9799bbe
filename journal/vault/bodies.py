"""Which bodies of attachments belong, and reading them: row by row, so that none is ever held as a whole.

A body is sealed as one stream under an id of its own, and stored in rows of about 1 MiB. It belongs once a revision
names it, with the size and the hash of the file; that is the only list there is.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from journal.errors import DamagedJournal, InvalidRecord, JournalBusy, JournalError, StorageFailed
from journal.records import Attachment, decode
from journal.vault import rows
from journal.vault.keys import KeyRing
from journal.vault.schema import File
from journal.vault.sealing import PIECE, SealBroken, row_lengths
from journal.vault.structs import Damage, NewRevision, Revision

KIND = str(Attachment.kind)
# SQLite reads a whole row, 1 MiB of it, to compare its key with another. So rows are read on from a place, a few at a
# time, and counted by a look at all keys, which needs no row.
_ON = "SELECT bid, n, v FROM blob WHERE (bid, n) > (?, ?) ORDER BY bid, n LIMIT ?"
_NEXT = "SELECT bid FROM blob WHERE (bid, n) > (?, ?) ORDER BY bid, n LIMIT 1"
COUNT = "SELECT count(*), ifnull(sum(length(v)), 0) FROM blob WHERE +bid = ?"
INSERT = "INSERT INTO blob(bid, n, v) VALUES (?, ?, ?)"

_AT_ONCE = 4  # rows read at once
_FIRST = -(2**63)

_DAMAGED = "A file that was added to an entry is damaged or missing. Your newest backup may still hold it."
_READ = (
    "This file is damaged in the journal and could not be read to its end, so no copy of it was kept. Your newest "
    "backup may still hold it. Everything else is as it was."
)


class Body(NamedTuple):
    """What a revision says of a body: its id, the size and hash of the file, and the attachment."""

    bid: bytes
    size: int
    sha256: str
    eid: str

    @property
    def lengths(self) -> list[int]:
        """How long each of its rows is."""
        return row_lengths(padded(self.size))


def padded(size: int) -> int:
    """How many bytes are sealed for a file of this size."""
    return max(rows.FLOOR, rows.padme(size))


class Bodies:
    """The bodies that belong, from the revisions that name them. `sure` is False where one could not be understood,
    so that nothing may be taken for a leftover."""

    def __init__(self, revisions: Iterable[Revision] = ()) -> None:
        self._named: dict[bytes, dict[str, Body]] = {}
        self.sure = True
        self.take(revisions)

    def take(self, revisions: Iterable[Revision | NewRevision]) -> None:
        """Look whether revisions name bodies. Every version of an attachment counts, also of a removed one."""
        for revision in revisions:
            if revision.kind == KIND and not revision.deleted:
                body = named_by(revision)
                if body is None:
                    self.sure = False
                else:
                    self._named.setdefault(body.bid, {}).setdefault(body.eid, body)

    def with_(self, revisions: Iterable[Revision]) -> Bodies:
        """These and others."""
        return self.without((), revisions)

    def without(self, eids: Collection[str], more: Iterable[Revision] = ()) -> Bodies:
        """Those that some other entry names, and others."""
        other = Bodies()
        for bid, by_eid in self._named.items():
            left = {eid: body for eid, body in by_eid.items() if eid not in eids}
            if left:
                other._named[bid] = left
        other.sure = self.sure
        other.take(more)
        return other

    def of(self, eid: str) -> list[Body]:
        """Those that an attachment names."""
        return [by_eid[eid] for by_eid in self._named.values() if eid in by_eid]

    def eids(self, bid: bytes) -> list[str]:
        """The attachments that name a body."""
        return list(self._named.get(bid, ()))

    def __iter__(self) -> Iterator[Body]:
        return (next(iter(by_eid.values())) for by_eid in self._named.values())

    def __contains__(self, bid: object) -> bool:
        return bid in self._named

    def __len__(self) -> int:
        return len(self._named)


def named_by(revision: Revision | NewRevision) -> Body | None:
    """The body that a version of an attachment names; None where that cannot be told."""
    try:
        record = decode(revision.body)
    except InvalidRecord:
        return None
    if not isinstance(record, Attachment):
        return None
    return Body(bytes.fromhex(record.blob), record.size, record.sha256, revision.eid)


def entry_named_by(revision: Revision) -> str | None:
    """The entry that a version of an attachment belongs to; None for anything else."""
    if revision.kind != KIND or revision.deleted:
        return None
    try:
        record = decode(revision.body)
    except InvalidRecord:
        return None
    return record.entry if isinstance(record, Attachment) else None


def look(file: File, bodies: Bodies) -> list[Damage]:
    """Whether every body is there with all its rows, by their lengths; no body is read, so that opening is fast."""
    wanted = {body.bid: body.lengths for body in bodies}
    if not wanted:
        return []
    good: dict[object, set[int]] = {bid: set() for bid in wanted}
    bad: set[object] = set()
    try:
        for bid, n, length in file.each("SELECT bid, n, length(v) FROM blob"):
            if bid not in wanted:
                continue
            if isinstance(n, int) and 0 <= n < len(wanted[bid]) and length == wanted[bid][n]:
                good[bid].add(n)
            else:
                bad.add(bid)
    except (DamagedJournal, StorageFailed):
        for bid, lengths in wanted.items():  # each row by itself, past the page that cannot be read
            good[bid] = {n for n in range(len(lengths)) if _length(file, bid, n) == lengths[n]}
    missing = [bid for bid, lengths in wanted.items() if bid in bad or len(good[bid]) != len(lengths)]
    return [_named(eid) for bid in missing for eid in bodies.eids(bid)]


def broken(
    file: File, ring: KeyRing, bodies: Bodies, pause: Callable[[], object] | None = None
) -> list[Damage]:
    """What is wrong with bodies; every byte of them is opened. `pause` is called between two rows."""
    bad = [body.bid for body in bodies if not whole(file, ring, body, pause)]
    return [_named(eid) for bid in bad for eid in bodies.eids(bid)]


def whole(file: File, ring: KeyRing, body: Body, pause: Callable[[], object] | None = None) -> bool:
    """Whether a body opens to its end, and is the file that its record names."""
    data = hashlib.sha256()
    try:
        for piece in read(file, ring, body.bid, body.size):
            data.update(piece)
            if pause is not None:
                pause()
    except JournalBusy:
        raise
    except JournalError:
        return False
    return data.hexdigest() == body.sha256


def read(file: File, ring: KeyRing, bid: bytes, size: int) -> Iterator[bytes]:
    """The file's bytes, piece by piece, each authenticated. Only at the end it is known that none is missing."""
    left = size
    for _, _, plain in opened(file, ring, bid, size):
        if left:
            yield plain[:left]
            left -= min(left, len(plain))


def opened(file: File, ring: KeyRing, bid: bytes, size: int) -> Iterator[tuple[int, bytes, bytes]]:
    """Each row of a body: its number, as it is sealed, and opened. Raises `DamagedJournal`."""
    lengths = row_lengths(padded(size))
    opener, count, stored = None, 0, stored_from(file, bid, 0, len(lengths))
    for n, sealed in stored:
        try:
            if n != count or len(sealed) != lengths[n]:
                raise SealBroken("not there, or of another length")
            count += 1
            if opener is None:
                opener = ring.open_blob(bid, sealed)
            plain = opener.row(n, sealed, final=n == len(lengths) - 1)
        except SealBroken:
            raise DamagedJournal(_READ) from None
        yield n, sealed, plain
    if count != len(lengths) or file.rows(_NEXT, (bid, count - 1)) == [(bid,)]:
        raise DamagedJournal(_READ)


def stored_from(file: File, bid: bytes, first: int, count: int) -> Iterator[tuple[int, bytes]]:
    """Up to so many rows of a body as they are stored, with their numbers, from row `first` on."""
    last, left = (first - 1 if first else _FIRST), count
    while left > 0:
        found = file.rows(_ON, (bid, last, min(left, _AT_ONCE)))
        for key, n, sealed in found:
            if key != bid:
                return
            yield n, sealed if isinstance(sealed, bytes) else b""
            last = n
        left -= len(found)
        if not found:
            return


def same(one: File, other: File) -> bool:
    """Whether two files hold the same rows of bodies, to the byte."""
    place: tuple[object, object] = (b"", _FIRST)
    while True:
        found = one.rows(_ON, (*place, _AT_ONCE))
        if found != other.rows(_ON, (*place, _AT_ONCE)):
            return False
        if not found:
            return True
        place = found[-1][:2]


def carry(
    source: File, opens: KeyRing, body: Body, to: File, ring: KeyRing, step: Callable[[], object] | None = None
) -> None:
    """Copy a body into another file, row by row, each opened; under another key it is sealed anew."""
    sealer = None if opens is ring else ring.seal_blob(body.bid)
    for n, sealed, plain in opened(source, opens, body.bid, body.size):
        if sealer is not None:
            sealed = sealer.row(plain) if len(plain) == PIECE else sealer.last(plain)
        to.rows(INSERT, (body.bid, n, sealed))
        if step is not None:
            step()


def _length(file: File, bid: bytes, n: int) -> int | None:
    with contextlib.suppress(DamagedJournal, StorageFailed):
        for (length,) in file.rows("SELECT length(v) FROM blob WHERE bid = ? AND n = ?", (bid, n)):
            return length if isinstance(length, int) else None
    return None


def _named(eid: str) -> Damage:
    return Damage(what="blob", message=_DAMAGED, eid=eid)
