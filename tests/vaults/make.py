"""Makes a frozen vault and the known answers of format 1. Run once, never again: a vault made today is of format 3.

    python -m tests.vaults.make

What is there already is not overwritten: these files prove that later programs still read what this one wrote.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from journal.atomic import write_new
from journal.clock import FixedClock
from journal.vault import FAST, STANDARD, Draft, NewRevision, Vault, kdf, rows, sealing, slots
from journal.vault.inventory import Inventory
from journal.vault.keys import FORMAT, KeyRing, context, number
from journal.vault.schema import APPLICATION_ID, TABLES, USER_VERSION

HERE = Path(__file__).parent
VECTORS = HERE.parent / "vectors" / f"vault-v{FORMAT}.json"
PASSWORD = "Grüße vom Fluß, leise"  # with letters that have two spellings
SHOWN = 1000  # bytes: longer bodies are given by their hash


def page(eid: str, text: str, *parents: str, deleted: bool = False) -> NewRevision:
    body = json.dumps({"text": text}, ensure_ascii=False, separators=(",", ":")).encode()
    return NewRevision(eid=eid, kind="page", body=body, parents=parents, deleted=deleted)


def sample(path: Path) -> dict[str, Any]:
    """A vault with something of everything, and what is in it."""
    clock = FixedClock(datetime(2026, 11, 23, 17, 41, 53, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as state:
        vault, _ = Vault.create(path, "a first password", profile=FAST, clock=clock, state_dir=Path(state))
        ids = [hashlib.sha256(b"sample entry %d" % place).digest()[:16].hex() for place in range(8)]
        (first,) = vault.append([page(ids[0], "The room was blue.")])
        clock.at += timedelta(hours=1)
        (second,) = vault.append([page(ids[0], "The room was blue, then green.", first.rev)])
        vault.append([page(ids[0], "Two people changed this at once.", first.rev)])
        vault.append([page(ids[1], "שלום 🌊 مرحبا e\u0301 \u0000 end"), page(ids[3], "")])
        vault.append([page(ids[2], "long " * 7_000), page(ids[5], "x" * 15_900)])  # this one is padded to one chunk
        (gone,) = vault.append([page(ids[4], "To be deleted")])
        vault.append([page(ids[4], "", gone.rev, deleted=True)])
        clock.at += timedelta(days=30)
        vault.put_draft(Draft(
            key=ids[0], kind="page", body=b'{"text":"not finished"}', base=second.rev, eid=ids[0], at=clock.at
        ))  # fmt: skip
        vault.put_draft(Draft(key=ids[6], kind="page", body=b'{"text":"new"}', at=clock.at))
        vault.change_password(PASSWORD)
        words = vault.new_recovery_key()
        found = {
            "format": FORMAT,
            "password": PASSWORD,
            "recovery_words": words,
            "vault": vault.vault_id,
            "entries": sorted((described(one) for one in vault.revisions()), key=lambda one: one["rev"]),
            "drafts": sorted((described(one) for one in vault.drafts()), key=lambda one: one["key"]),
        }
        vault.close()
    return found


def described(one: Any) -> dict[str, Any]:
    """A revision or a draft as JSON: its fields, the body as text or, of a long one, its hash."""
    found = {name: getattr(one, name) for name in one.__struct_fields__}
    body = found.pop("body")
    found["at"] = found["at"].isoformat()
    found["body_sha256"] = hashlib.sha256(body).hexdigest()
    if len(body) <= SHOWN:
        found["body"] = body.decode()
    return found


def vectors() -> dict[str, Any]:
    """Each step of the format with fixed inputs and its output, in hexadecimal."""
    vault, key = bytes(range(16)), bytes(range(100, 132))
    ring = KeyRing(vault, 1, key)
    eid, rev, salt = bytes(range(32, 48)), bytes(range(48, 64)), bytes(range(200, 216))
    words = kdf.new_recovery_words()
    row = b'{"at":"2026-11-23T17:41:53Z","body":{"text":"blue"},"deleted":false,"device":"' + b"ab" * 16
    row += b'","kind":"page","lamport":7,"parents":["' + b"cd" * 16 + b'"]}'
    where = context(b"row ", vault, 1, eid, rev)
    row_key = ring._sub(b"rec")
    lengths = [0, 1, 1019, 1020, 1021, 5000, 16380, 100_000, 4_000_000]
    slot_id = bytes(range(64, 80))
    password_slot = slots.new_password_slot(ring, slot_id, PASSWORD, FAST)
    recovery_slot = slots.new_recovery_slot(ring, slot_id, words)
    header = slots.new_header(ring, {slot_id: password_slot}, slots.PLAIN)
    inventory = Inventory(growing=False)
    inventory.header = hashlib.sha256(header).digest()
    inventory.add((eid, rev), hashlib.sha256(b"sealed row").digest())
    bucket = ring.seal_list(b"buck", eid[0], inventory.rows[eid[0]].data)
    inventory.bucket_digests[eid[0]] = hashlib.sha256(bucket).digest()
    inventory.counter, inventory.previous = 40, bytes([7]) * 32
    place, manifest = inventory.seal_manifest(ring)
    sealed = []
    for length in (0, 1, 200, 16383, 16384, 16385, 40_000):
        value = ring.seal_row(eid, rev, b"x" * length)
        known = {"key": row_key, "context": where, "plaintext": f"{length} times the letter x", "length": length,
                 "salt": value[1:25], "commitment": value[25:57], "sealed_sha256": hashlib.sha256(value).digest()}
        sealed.append(known | ({"sealed": value} if length < SHOWN else {}))  # fmt: skip
    return {
        "format": FORMAT,
        "application_id": APPLICATION_ID,
        "user_version": USER_VERSION,
        "tables": TABLES,
        "password_keys": [
            {"password": text, "salt": salt, "key": kdf.password_key(text, salt, cost),
             "memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes}
            for text, cost in ((PASSWORD, FAST), ("Gru\u0308ße vom Fluß, leise", FAST), ("plain words", STANDARD))
        ],
        "recovery_keys": [
            {"words": text, "entropy": kdf.recovery_entropy(text), "salt": salt, "vault": vault,
             "key": kdf.recovery_key(text, salt, vault)}
            for text in (words, "abandon " * 14 + "address")
        ],
        "sub_keys": [
            {"vault_key": key, "vault": vault, "epoch": epoch, "purpose": purpose,
             "key": KeyRing(vault, epoch, key)._sub(purpose.encode())}
            for epoch in (1, 2) for purpose in ("rec", "inventory", "draft", "header")
        ],
        "contexts": [
            {"kind": kind, "vault": vault, "epoch": epoch, "first": first, "second": second,
             "context": context(kind.encode(), vault, epoch, first, second)}
            for kind, epoch, first, second in (
                ("row ", 1, eid, rev), ("drft", 1, eid, bytes(16)), ("buck", 1, number(255), bytes(16)),
                ("mani", 3, number(1), bytes(16)), ("slot", 0, slot_id, bytes(16)),
            )
        ],
        "padding": [{"length": length, "padded": len(rows.pad(bytes(length)))} for length in lengths],
        "sealed": sealed,
        "row": {"vault_key": key, "vault": vault, "epoch": 1, "eid": eid, "rev": rev, "json": row.decode(),
                "sealed": ring.seal_row(eid, rev, rows.pad(row))},
        "draft": {"vault_key": key, "vault": vault, "epoch": 1, "key": eid, "sealed": ring.seal_draft(eid, rows.pad(
            b'{"at":"2026-11-23T17:41:53Z","base":null,"body":{"text":"blue"},"eid":null,"kind":"page"}'))},
        "password_slot": {"vault": vault, "slot": slot_id, "password": PASSWORD, "stored": password_slot,
                          "vault_key": key, "epoch": 1},
        "recovery_slot": {"vault": vault, "slot": slot_id, "words": words, "stored": recovery_slot,
                          "vault_key": key, "epoch": 1},
        "header": {"vault_key": key, "vault": vault, "epoch": 1, "stored": header,
                   "slots": {slot_id.hex(): hashlib.sha256(password_slot).hexdigest()}},
        "bucket": {"vault_key": key, "vault": vault, "epoch": 1, "number": eid[0], "stored": bucket,
                   "rows": [[eid, rev, hashlib.sha256(b"sealed row").digest()]]},
        "manifest": {"vault_key": key, "vault": vault, "epoch": 1, "place": place, "stored": manifest, "counter": 41,
                     "previous": bytes([7]) * 32, "header": inventory.header,
                     "buckets": {str(eid[0]): hashlib.sha256(bucket).digest()}},
        "sealing": {"chunk": sealing.CHUNK, "salt": sealing.SALT, "commitment": sealing.COMMITMENT},
    }  # fmt: skip


def as_json(value: object) -> bytes:
    text = json.dumps(value, default=lambda data: data.hex(), ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode() + b"\n"


def keep(path: Path, contents: dict[str, Any], known: Path, answers: dict[str, Any]) -> int:
    """Put what is in a frozen vault beside it, and the known answers into their file. Neither may be there yet."""
    path.chmod(0o644)
    beside = path.with_suffix(".json")
    for file, found in ((beside, contents), (known, answers)):
        write_new(file, as_json(found))
        file.chmod(0o644)
    sys.stdout.write(f"{path}\n{known}\n")
    return 0


def main() -> int:
    path = HERE / f"v{FORMAT}.vault"
    return keep(path, sample(path), VECTORS, vectors())


if __name__ == "__main__":
    raise SystemExit(main())
