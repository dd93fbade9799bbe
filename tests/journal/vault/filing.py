"""Files added to a vault, and looks at what is stored of them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

from journal.ids import new_id
from journal.records import Attachment, Moment, decode, encode
from journal.vault import Blob, NewRevision, Revision, Vault
from journal.vault.sealing import PIECE
from tests.journal.vault.samples import CLOCK
from tests.journal.vault.tampering import surgery

ENTRY = "e" * 32
LONG = 2 * PIECE + 4321  # three rows


def noise(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def begin(vault: Vault, data: bytes, step: int = 2**20) -> Blob:
    """A body with all of a file but its record."""
    blob = vault.begin_blob()
    for start in range(0, len(data), step):
        vault.add_to_blob(blob, data[start : start + step])
    while vault.fill_blob(blob):
        pass
    return blob


def record_of(blob: Blob, name: str = "picture.jpg", entry: str = ENTRY) -> Attachment:
    return Attachment(
        entry=entry, at=Moment(CLOCK.now()), name=name, media="image/jpeg", size=blob.size, sha256=blob.sha256,
        blob=blob.name,
    )  # fmt: skip


def attach(vault: Vault, data: bytes, *, step: int = 2**20, eid: str = "") -> Revision:
    blob = begin(vault, data, step)
    new = NewRevision(eid=eid or new_id(), kind="attachment", body=encode(record_of(blob)))
    return vault.append([new], body=blob)[0]


def attachment(revision: Revision) -> Attachment:
    record = decode(revision.body)
    assert isinstance(record, Attachment)
    return record


def content(vault: Vault, revision: Revision) -> bytes:
    record = attachment(revision)
    data = b"".join(vault.read_blob(record.blob, record.size))
    assert hashlib.sha256(data).hexdigest() == record.sha256
    return data


def files(vault: Vault) -> dict[str, bytes]:
    """What every attachment holds, by its id."""
    return {
        one.eid: content(vault, one) for one in vault.revisions() if one.kind == "attachment" and not one.deleted
    }


def pieces(path: Path, bid: str = "") -> list[tuple[bytes, int, bytes]]:
    """The rows of bodies as they are stored."""
    with surgery(path) as db:
        found = db.execute("SELECT bid, n, v FROM blob ORDER BY bid, n").fetchall()
    return [row for row in found if not bid or row[0].hex() == bid]


def put_piece(path: Path, place: tuple[bytes, int], value: bytes | None) -> None:
    with surgery(path) as db:
        db.execute("DELETE FROM blob WHERE bid = ? AND n = ?", place)
        if value is not None:
            db.execute("INSERT INTO blob(bid, n, v) VALUES (?, ?, ?)", (*place, value))


def spoil(path: Path, bid: str, n: int = 0) -> None:
    """One bit of a row, so that only opening it tells."""
    ((key, _, value),) = [row for row in pieces(path, bid) if row[1] == n]
    put_piece(path, (key, n), value[:100] + bytes([value[100] ^ 4]) + value[101:])


def named(report_damage: Iterator[object]) -> set[tuple[str, str | None]]:
    return {(one.what, one.eid) for one in report_damage}  # type: ignore[attr-defined]
