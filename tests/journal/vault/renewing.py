"""A vault to be written anew, the ways to do it, and looks at its file."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from journal.vault import Vault
from tests.journal.vault.samples import ROOT, draft, page, text_of

OTHER = "eleven loud geese"
FROZEN = ROOT / "tests" / "vaults" / "v1.vault"
WAYS = {
    "purge": lambda vault: vault.purge([vault.gone]),
    "rotate": lambda vault: vault.rotate(OTHER),
    "compact": lambda vault: vault.compact(),
}


def filled(vault: Vault) -> Vault:
    """Two entries, one of them written twice; `vault.gone` has three revisions and a draft."""
    kept, changed, gone = vault.append([page("kept"), page("before"), page("gone one")])
    vault.append([page("after", changed.eid, (changed.rev,)), page("gone two " * 4000, gone.eid, (gone.rev,))])
    vault.append([page("gone three", gone.eid, deleted=True)])
    vault.put_draft(draft("typed on", kept.eid))
    vault.put_draft(draft("typed anew"))
    vault.put_draft(draft("gone draft", gone.eid))
    vault.gone = gone.eid
    return vault


def stored(path: Path, table: str) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        return db.execute(f"SELECT * FROM {table}").fetchall()


def sealed(path: Path, table: str, eid: str = "") -> list[bytes]:
    """Sealed values of a table (of an entry)."""
    return [row[-1] for row in stored(path, table) if not eid or row[0].hex() == eid]


def written(vault: Vault) -> list[str]:
    return sorted(text_of(one) for one in vault.revisions() if one.kind == "page")


def drafts(vault: Vault) -> list[str]:
    return sorted(map(text_of, vault.drafts()))


def names(folder: Path) -> set[str]:
    return {found.name for found in folder.iterdir() if found.suffix != ".json"}
