"""Makes the frozen vault of format 2, which holds files, and the known answers for their seals.

    python -m tests.vaults.make_attachments

Run once, never again: what is there already is not overwritten. The files are made from seeds (see `data`), so that
only their hashes need be kept beside.
"""

from __future__ import annotations

import hashlib
import random
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from journal.clock import FixedClock
from journal.records import Attachment, Moment, encode
from journal.vault import FAST, NewRevision, Vault
from journal.vault.bodies import padded
from journal.vault.keys import KeyRing, context
from journal.vault.sealing import CHUNK, PIECE, row_lengths
from tests.vaults.make import HERE, described, keep, page

PASSWORD = "a password for pictures"
VECTORS = HERE.parent / "vectors" / "vault-v2-attachments.json"
FILES = (("empty.txt", 0), ("one.jpg", 1), ("a chunk.png", CHUNK), ("more than a row.ogg", PIECE + 4321))


def data(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)


def attach(vault: Vault, eid: str, entry: str, name: str, contents: bytes, at: datetime) -> dict[str, Any]:
    blob = vault.begin_blob()
    for start in range(0, len(contents), PIECE):
        vault.add_to_blob(blob, contents[start : start + PIECE])
    while vault.fill_blob(blob):
        pass
    record = Attachment(
        entry=entry, at=Moment(at), name=name, media="application/octet-stream", size=blob.size,
        sha256=blob.sha256, blob=blob.name,
    )  # fmt: skip
    vault.append([NewRevision(eid=eid, kind="attachment", body=encode(record))], body=blob)
    return {"eid": eid, "name": name, "size": len(contents), "sha256": blob.sha256, "blob": blob.name}


def sample(path: Path) -> dict[str, Any]:
    clock = FixedClock(datetime(2026, 11, 26, 11, 0, 0, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as state:
        vault, words = Vault.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=Path(state))
        ids = [hashlib.sha256(b"attachment %d" % place).digest()[:16].hex() for place in range(8)]
        vault.append([page(ids[0], "The room in a picture")])
        files = [
            attach(vault, ids[1 + number], ids[0], name, data(number, size), clock.at)
            for number, (name, size) in enumerate(FILES)
        ]
        removed = attach(vault, ids[6], ids[0], "removed.txt", b"removed, and still in the file", clock.at)
        last = next(one for one in vault.revisions() if one.eid == ids[6])
        vault.append([NewRevision(eid=ids[6], kind="attachment", body=b"null", parents=(last.rev,), deleted=True)])
        found = {
            "format": 2,
            "password": PASSWORD,
            "recovery_words": words,
            "vault": vault.vault_id,
            "entries": sorted((described(one) for one in vault.revisions()), key=lambda one: one["rev"]),
            "files": files,
            "removed": removed,
        }
        vault.close()
    return found


def vectors() -> dict[str, Any]:
    """A stream in rows: from what, under which key, and the hash of each row."""
    vault, key, bid = bytes(range(16)), bytes(range(100, 132)), bytes(range(32, 48))
    ring = KeyRing(vault, 2, key)
    streams = []
    for size in (0, 1, 1025, CHUNK - 1, CHUNK, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + CHUNK):
        plain = (b"x" * size).ljust(padded(size), b"\0")
        sealer = ring.seal_blob(bid)
        full = len(plain) // PIECE
        rows = [sealer.row(plain[n * PIECE : (n + 1) * PIECE]) for n in range(full)]
        rows.append(sealer.last(plain[full * PIECE :]))
        assert [len(row) for row in rows] == row_lengths(len(plain))
        streams.append({
            "size": size, "padded": len(plain), "salt": rows[0][1:25], "commitment": rows[0][25:57],
            "lengths": [len(row) for row in rows], "rows_sha256": [hashlib.sha256(row).digest() for row in rows],
        })  # fmt: skip
    return {
        "plaintext": "`size` times the letter x, then zeros up to `padded`",
        "vault_key": key, "vault": vault, "epoch": 2, "blob": bid, "key": ring._sub(b"blob"),
        "context": context(b"blob", vault, 2, bid), "streams": streams,
    }  # fmt: skip


def main() -> int:
    path = HERE / "v2-attachments.vault"
    return keep(path, sample(path), VECTORS, vectors())


if __name__ == "__main__":
    raise SystemExit(main())
