"""Makes the frozen vault of format 3, whose list of what belongs grows at its end, and the known answers for it.

    python -m tests.vaults.make_growing

Run once, never again: what is there already is not overwritten. The vault has entries in buckets, in two segments,
and in the manifest itself; one of them is a file.
"""

from __future__ import annotations

import hashlib
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from journal.clock import FixedClock
from journal.vault import FAST, Draft, Vault, slots
from journal.vault.inventory import BUCKETS, PENDING, SEGMENTS, Inventory
from journal.vault.keys import KeyRing, context, number
from journal.vault.schema import GROWING_TABLES, GROWING_VERSION
from tests.vaults.make import HERE, described, keep, page
from tests.vaults.make_attachments import attach, data

PASSWORD = "ein Heft, das wächst"
VECTORS = HERE.parent / "vectors" / "vault-v3.json"
SIZE = 20_000  # bytes of the file


def sample(path: Path) -> dict[str, Any]:
    clock = FixedClock(datetime(2026, 11, 26, 14, 0, 0, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as state:
        vault, words = Vault.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=Path(state))
        ids = [hashlib.sha256(b"growing entry %d" % place).digest()[:16].hex() for place in range(80)]
        (first,) = vault.append([page(ids[0], "In a bucket"), page(ids[1], "So is this")])[:1]
        vault.append([page(ids[79], "Removed for good")])
        vault.purge([ids[79]])  # written anew: all of it is in buckets
        clock.at += timedelta(hours=1)
        vault.append([page(ids[2 + place], f"In the first segment, {place}") for place in range(PENDING + 1)])
        (second,) = vault.append([page(ids[0], "Changed, in the second segment", first.rev)])
        file = attach(vault, ids[40], ids[1], "a picture.png", data(7, SIZE), clock.at)
        vault.append([page(ids[41 + place], f"In the second segment, {place}") for place in range(PENDING - 1)])
        vault.append([page(ids[0], "", second.rev, deleted=True), page(ids[78], "In the manifest")])
        vault.put_draft(Draft(key=ids[77], kind="page", body=b'{"text":"not finished"}', at=clock.at))
        found = {
            "format": 3,
            "password": PASSWORD,
            "recovery_words": words,
            "vault": vault.vault_id,
            "entries": sorted((described(one) for one in vault.revisions()), key=lambda one: one["rev"]),
            "drafts": [described(one) for one in vault.drafts()],
            "file": file,
            "purged": [ids[79]],
        }
        vault.close()
    return found


class Stored:
    """What an inventory writes, by table and place."""

    rowcount = 0

    def __init__(self) -> None:
        self.found: dict[tuple[str, int], bytes] = {}

    def __call__(self, sql: str, values: tuple[Any, ...]) -> Stored:
        if sql.startswith("INSERT"):
            self.found[sql.split("(")[0].split()[-1], values[0]] = values[1]
        return self


def vectors() -> dict[str, Any]:
    """The parts of a list with fixed entries, as they were sealed once."""
    vault, key = bytes(range(16)), bytes(range(100, 132))
    ring = KeyRing(vault, 1, key)
    entries = [
        (bytes([place]) * 16, bytes([place + 1]) * 16, hashlib.sha256(b"sealed row %d" % place).digest())
        for place in range(4)
    ]
    inventory, run = Inventory(), Stored()
    inventory.header = hashlib.sha256(b"a header").digest()
    inventory.counter, inventory.previous = 39, bytes([7]) * 32
    inventory.add(entries[0][:2], entries[0][2])
    inventory.store(run, ring, fold=True)
    inventory.room = 1
    for entry in entries[1:]:
        inventory.add(entry[:2], entry[2])
        if entry is not entries[1]:
            inventory.store(run, ring)
    known = {"vault_key": key, "vault": vault, "epoch": 1}
    return {
        "format": 3,
        "user_version": GROWING_VERSION,
        "tables": GROWING_TABLES,
        "pending": PENDING,
        "segments": SEGMENTS,
        "contexts": [
            {"kind": kind, "vault": vault, "epoch": 1, "first": number(place), "second": bytes(16),
             "context": context(kind.encode(), vault, 1, number(place))}
            for kind, place in (("list", 0), ("segm", 0), ("segm", 55))
        ],
        "header": known | {"stored": slots.new_header(ring, {})},
        "bucket": known | {"number": 0, "stored": run.found["bucket", 0], "rows": [list(entries[0])]},
        "list": known | {"stored": run.found["list", 0], "buckets": {"0": inventory.bucket_digests[0]},
                         "count": BUCKETS},
        "segment": known | {"number": 0, "stored": run.found["segment", 0],
                            "rows": [list(entry) for entry in entries[1:3]]},
        "manifest": known | {"place": inventory.counter % 2, "stored": run.found["manifest", inventory.counter % 2],
                             "counter": inventory.counter, "previous": inventory.before, "header": inventory.header,
                             "list": inventory.listed, "segments": list(inventory.segments),
                             "pending": [list(entries[3])]},
    }  # fmt: skip


def main() -> int:
    path = HERE / "v3.vault"
    return keep(path, sample(path), VECTORS, vectors())


if __name__ == "__main__":
    raise SystemExit(main())
