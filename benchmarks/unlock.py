"""Unlocking, until the list and the search have both answered.

*The limit* is the same records in a plain SQLite table, each sealed with one bare AES-256-GCM call: all of them read,
decrypted and parsed by `journal.records.decode`, with Python's garbage collector on as it is.

*List and search ready*: `JournalService.open`, `rows(Query(limit=200))`, `rows(Query(text=a rare word, limit=50))`.
The journal has the cheapest password there is, and what that costs is measured alone in the same turn and taken off.
*The first opening* is the same on a copy whose cache is empty, in a folder where nothing lies beside it.

*Whole unlock* is the same with the usual password (Argon2id, 256 MiB, 3 passes, 4 lanes), nothing taken off.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.measure import PASSWORD, Line, absolute, ratio, timed, turns
from benchmarks.stores import Made, Stores, copied, read_plain, ready
from journal.service import JournalService
from journal.vault import FAST, STANDARD, KdfProfile
from journal.vault.kdf import password_key

TURNS = {1_000: 9, 10_000: 7, 100_000: 3}
_READY = {10_000: 0.5, 100_000: 0.6}
_FIRST = {10_000: 7, 100_000: 7}
_WHOLE = {10_000: 1.2}


def lines(made: Made) -> Iterator[Line]:
    for size in made.sizes:
        yield from _lines(made.of(size))


def _lines(stores: Stores) -> Iterator[Line]:
    size, name = stores.count, f"{stores.count:,}"
    costly = stores.costly()
    limit, fast, again, first, argon, whole = turns(
        TURNS.get(size, 3),
        lambda: _limit(stores),
        lambda: statistics.median(derive(FAST) for _ in range(3)),
        lambda: unlocked(stores.vault),
        lambda: _first(stores.vault),
        lambda: derive(STANDARD),
        lambda: unlocked(costly),
    )
    again = [took - kdf for took, kdf in zip(again, fast, strict=True)]
    first = [took - kdf for took, kdf in zip(first, fast, strict=True)]
    yield absolute(f"the limit: read + decrypt + parse {name}", limit)
    yield ratio(f"list and search of {name} ready, no KDF / the limit", again, limit, _READY.get(size))
    yield ratio(f"the first opening of {name}, no KDF / the limit", first, limit, _FIRST.get(size))
    yield absolute("Argon2id alone (256 MiB, 3 passes)", argon)
    yield ratio(f"whole unlock of {name} / Argon2id alone", whole, argon, _WHOLE.get(size))


def derive(profile: KdfProfile) -> float:
    """Seconds for a password alone."""
    return timed(lambda: password_key(PASSWORD, b"s" * 16, profile))


def unlocked(vault: Path, use: Callable[[Path], JournalService] = ready) -> float:
    """Seconds until everything answered; the journal is left again, aside."""
    found: list[JournalService] = []
    took = timed(lambda: found.append(use(vault)))
    found[0].leave()
    return took


def _first(vault: Path) -> float:
    with copied(vault, "first", first=True) as copy:
        return unlocked(copy)


def _limit(stores: Stores) -> float:
    kept: list[list[object]] = []  # let go of after the clock has stopped, as an open journal is
    return timed(lambda: kept.append(read_plain(stores)))
