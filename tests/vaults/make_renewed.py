"""Makes the frozen vault that was written anew: an entry purged, then everything sealed under another key.

    python -m tests.vaults.make_renewed

Run once, never again: what is there already is not overwritten.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from journal.atomic import write_new
from journal.clock import FixedClock
from journal.vault import FAST, Draft, Vault
from tests.vaults.make import HERE, as_json, described, page

PASSWORD = "a password that nobody else knows"


def main() -> int:
    os.umask(0o022)
    path = HERE / "v1-renewed.vault"
    clock = FixedClock(datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as state:
        vault, _ = Vault.create(path, "a password that got around", profile=FAST, clock=clock, state_dir=Path(state))
        ids = [hashlib.sha256(b"renewed entry %d" % place).digest()[:16].hex() for place in range(4)]
        (first, _, gone) = vault.append([page(ids[0], "blue"), page(ids[1], "long " * 4_000), page(ids[2], "gone")])
        vault.append([page(ids[0], "blue, then green", first.rev), page(ids[2], "", gone.rev, deleted=True)])
        vault.put_draft(Draft(
            key=ids[0], kind="page", body=b'{"text":"typed"}', base=first.rev, eid=ids[0], at=clock.at
        ))  # fmt: skip
        vault.put_draft(Draft(key=ids[3], kind="page", body=b'{"text":"typed anew"}', at=clock.at))
        vault.purge([ids[2]])
        words = vault.rotate(PASSWORD)
        found = {
            "password": PASSWORD,
            "recovery_words": words,
            "vault": vault.vault_id,
            "epoch": 2,
            "purged": [ids[2]],
            "entries": sorted((described(one) for one in vault.revisions()), key=lambda one: one["rev"]),
            "drafts": sorted((described(one) for one in vault.drafts()), key=lambda one: one["key"]),
        }
        vault.close()
    path.chmod(0o644)
    write_new(path.with_suffix(".json"), as_json(found))
    path.with_suffix(".json").chmod(0o644)
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
