"""Unlocking, against Argon2id alone, and against reading, decrypting and parsing the same rows without a journal."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks.measure import CLOCK, PASSWORD, Ratio, compare, page, timed
from journal.records import decode, encode
from journal.service import JournalService
from journal.vault import FAST, STANDARD, KdfProfile
from journal.vault.kdf import password_key


def ratios() -> Iterator[Ratio]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = _journal(folder, STANDARD, 100)
        yield compare(
            "unlock 100 entries / Argon2id alone (256 MiB, 3 passes)",
            lambda: _unlock(small),
            lambda: timed(lambda: password_key(PASSWORD, b"s" * 16, STANDARD)),
            7,
        )
        for count, turns in ((1_000, 7), (10_000, 5)):
            for profile, against in ((STANDARD, "Argon2id alone"), (FAST, "read + decrypt + parse")):
                path = _journal(folder, profile, count)
                if profile is STANDARD:
                    bare = lambda: timed(lambda: password_key(PASSWORD, b"s" * 16, STANDARD))  # noqa: E731
                else:
                    plain, key = _plain(folder, count)
                    bare = lambda plain=plain, key=key: timed(lambda: _read(plain, key))  # noqa: E731
                cost = "" if profile is STANDARD else " (least Argon2id)"
                yield compare(
                    f"unlock {count:,} entries{cost} / {against}", lambda path=path: _unlock(path), bare, turns
                )


def _journal(folder: Path, profile: KdfProfile, count: int) -> Path:
    path = folder / f"{profile.memory_kib}-{count}.vault"
    service, _ = JournalService.create(path, PASSWORD, profile=profile, clock=CLOCK, state_dir=folder)
    service.save_many([page(number) for number in range(count)])
    service.close()
    return path


def _unlock(path: Path) -> float:
    service: list[JournalService] = []
    took = timed(
        lambda: service.append(JournalService.open(path, password=PASSWORD, clock=CLOCK, state_dir=path.parent))
    )
    service[0].close()
    return took


def _plain(folder: Path, count: int) -> tuple[Path, bytes]:
    """The same records, each sealed with one bare AES-256-GCM call, in a table of two columns."""
    path, key = folder / f"plain-{count}.db", AESGCM.generate_key(256)
    cipher = AESGCM(key)
    connection = sqlite3.connect(path)
    connection.execute("pragma page_size=16384")
    connection.execute("create table rec(nonce blob, sealed blob)")
    for number in range(count):
        nonce = os.urandom(12)
        connection.execute("insert into rec values(?, ?)", (nonce, cipher.encrypt(nonce, encode(page(number)), None)))
    connection.commit()
    connection.close()
    return path, key


def _read(path: Path, key: bytes) -> int:
    cipher = AESGCM(key)
    connection = sqlite3.connect(path)
    records = [
        decode(cipher.decrypt(nonce, sealed, None))
        for nonce, sealed in connection.execute("select nonce, sealed from rec")
    ]
    connection.close()
    return len(records)
