"""The stores that are measured, each made once in a run and from the same corpus.

*The journal*: written through `JournalService.save_many` in commits of 1,000, with the cheapest password, no backups
of its own, then opened and left once, so that whatever it keeps for the next opening is there.

*The limit*: a plain SQLite table of two columns (16 KiB pages), each record sealed with one bare AES-256-GCM call.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks import corpus
from benchmarks.measure import CLOCK, PASSWORD
from benchmarks.peers import PEERS, SqlCipher, missing
from journal.records import decode
from journal.service import JournalService
from journal.store import Query
from journal.vault import FAST, STANDARD

LIST = Query(limit=200)
SEARCH = Query(text=corpus.RARE, limit=50)
_BATCH = 1_000


class Stores(NamedTuple):
    """Where the stores of one size are, and how much was written into them."""

    folder: Path
    count: int
    text: int  # bytes of what a person wrote
    key: bytes  # of the plain table

    @property
    def vault(self) -> Path:
        return self.folder / "journal.vault"

    @property
    def plain(self) -> Path:
        return self.folder / "plain.db"

    def costly(self) -> Path:
        """The same journal under a password of the usual cost, made at the first call. The cost is chosen when a
        journal is made; to write 100,000 entries again for it would take longer than everything else."""
        path = self.folder / "costly" / self.vault.name
        if not path.exists():
            path.parent.mkdir()
            shutil.copy(self.vault, path)
            service = opened(path)
            service._vault._profile = STANDARD
            service.change_password(PASSWORD)
            service.leave()
            keep(path)
        return path

    def peer(self, name: str) -> Path:
        """A peer's file, made at the first call (SQLCipher's with the others)."""
        path = self.folder / PEERS[name].file
        if not path.exists():
            peer = PEERS[name](path, PASSWORD)
            peer.add_many(corpus.entries(self.count))
            peer.close()
        return path


class Made:
    """All stores of a run."""

    def __init__(self, folder: Path, *, small: bool = False) -> None:
        self.folder, self._made = folder, dict[int, Stores]()
        self.sizes = (1_000, 10_000) if small else (1_000, 10_000, 100_000)

    def of(self, count: int) -> Stores:
        """The stores of a size, made at the first call."""
        if count not in self._made:
            self._made[count] = _make(self.folder / str(count), count)
        return self._made[count]


def _make(folder: Path, count: int) -> Stores:
    began, told, key = time.perf_counter(), corpus.Told(), AESGCM.generate_key(256)
    folder.mkdir()
    stores = Stores(folder, count, 0, key)
    service, _ = JournalService.create(stores.vault, PASSWORD, profile=FAST, clock=CLOCK, state_dir=folder)
    service.choose_backups(on=False)
    cipher, spent = AESGCM(key), 0.0
    other = None if missing("SQLCipher") else SqlCipher(folder / SqlCipher.file, PASSWORD)
    if other is not None:
        other.make()
    with closing(sqlite3.connect(stores.plain)) as plain:
        plain.execute("pragma page_size=16384")
        plain.execute("create table rec(nonce blob, sealed blob)")
        left = corpus.entries(count)
        while pairs := list(islice(left, _BATCH)):
            for eid, record in pairs:
                nonce = os.urandom(12)
                sealed = cipher.encrypt(nonce, told.take(eid, record), None)
                plain.execute("insert into rec values(?, ?)", (nonce, sealed))
            plain.commit()
            if other is not None:
                other.add_many(pairs)
            before = time.perf_counter()
            service.save_many(pairs)
            spent += time.perf_counter() - before
    service.leave()
    if other is not None:
        other.close()
    keep(stores.vault)
    took = time.perf_counter() - began
    print(f"{count:,} entries: {told}", file=sys.stderr)
    print(f"  made in {took:.0f} s, {spent:.0f} s of it saved in commits of {_BATCH:,}", file=sys.stderr)
    return stores._replace(text=told.text)


def opened(vault: Path) -> JournalService:
    """The journal in a file."""
    return JournalService.open(vault, password=PASSWORD, clock=CLOCK, state_dir=vault.parent)


def ready(vault: Path) -> JournalService:
    """The journal, with its list and its search having answered."""
    service = opened(vault)
    service.rows(LIST)
    if not service.rows(SEARCH):
        raise RuntimeError("the rare word was not found")
    return service


def keep(vault: Path) -> None:
    """Open a journal, use it, and leave it as one does."""
    service = ready(vault)
    service.go_on(None)
    service.leave()


@contextmanager
def copied(vault: Path, name: str, *, first: bool = False) -> Iterator[Path]:
    """A copy of a journal in a folder of its own. `first`: as if it had never been opened by a program that keeps
    anything for the next opening: nothing is in its cache, and nothing lies beside it."""
    folder = vault.parent / name
    folder.mkdir()
    try:
        copy = shutil.copy(vault, folder / vault.name)
        if first:
            with closing(sqlite3.connect(copy, isolation_level=None)) as bare:
                bare.execute("delete from cache")
        yield Path(copy)
    finally:
        shutil.rmtree(folder)


def read_plain(stores: Stores) -> list[object]:
    """The limit: every record read, decrypted and parsed, and nothing else."""
    cipher = AESGCM(stores.key)
    with closing(sqlite3.connect(stores.plain)) as plain:
        return [
            decode(cipher.decrypt(nonce, sealed, None))
            for nonce, sealed in plain.execute("select nonce, sealed from rec")
        ]


def sealed_length(vault: Path, eid: str) -> int:
    """How many bytes the only version of an entry takes in the file."""
    with closing(sqlite3.connect(f"{vault.resolve().as_uri()}?mode=ro", uri=True)) as bare:
        return int(bare.execute("select length(v) from rec where eid = ?", (bytes.fromhex(eid),)).fetchone()[0])


