"""The journal beside other programs, in turns on the same entries; what they promise is not the same.

Unlock, list and search: the journal with its usual password (Argon2id, 256 MiB), each peer with its own derivation as
it comes; with SQLCipher also without (a raw key against the journal less its derivation). Adding one: what it takes
until the program's own call returns. See `benchmarks.peers` for what each does and does not do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path

from benchmarks import corpus
from benchmarks.measure import PASSWORD, Line, ratio, settle, timed, turns
from benchmarks.memory import journal_peak, peer_peak, sizes
from benchmarks.peers import PEERS, Peer, SqlCipher, missing
from benchmarks.search import ASKED
from benchmarks.stores import LIST, Made, Stores, copied, ready
from benchmarks.unlock import derive, unlocked
from journal.store import Query
from journal.vault import FAST

_SIZES = {"SQLCipher": (10_000, 100_000), "jrnl": (10_000, 100_000), "pykeepass": (10_000,)}
_NOTES = {
    "SQLCipher": "one key for everything; no history, no list of what belongs",
    "jrnl": "the whole file is written each time and never synced; one Fernet token",
    "pykeepass": "the whole file is written each time and never synced",
}


def lines(made: Made) -> Iterator[Line]:
    for name, counts in _SIZES.items():
        if left_out := missing(name):
            yield Line(left_out)
            continue
        for size in counts:
            if size in made.sizes:
                yield from _lines(made.of(size), name)


def _lines(stores: Stores, name: str) -> Iterator[Line]:
    kind, path, size = PEERS[name], stores.peer(name), stores.count
    times = 1 if size == 100_000 and name == "jrnl" else 3 if size == 100_000 else 5
    with closing(kind(path, PASSWORD)) as peer:
        yield Line(f"{name} {peer.version()}: {_NOTES[name]}")
    modes = list(kind.modes)
    costly = stores.costly()
    whole, *theirs = turns(
        times, lambda: unlocked(costly), *(lambda mode=mode: _read(kind, path, mode) for mode in modes)
    )
    for mode, other in zip(modes, theirs, strict=True):
        yield ratio(f"whole unlock of {size:,} / {name}, {kind.modes[mode]}", whole, other)
    if kind is SqlCipher:
        fast, ours, *theirs = turns(
            times,
            lambda: derive(FAST),
            lambda: unlocked(stores.vault),
            *(lambda mode=mode: _read_raw(path, mode) for mode in modes),
        )
        ours = [took - kdf for took, kdf in zip(ours, fast, strict=True)]
        for mode, other in zip(modes, theirs, strict=True):
            yield ratio(f"ready, no KDF, {size:,} / {name}, raw key, {kind.modes[mode]}", ours, other)
    with ExitStack() as stack:
        yield from _open(stack, stores, name, 60 if kind is SqlCipher else times)
    if kind is not SqlCipher:  # SQLCipher's are in the part `memory`
        mine, other = journal_peak(stores.vault), peer_peak(name, path, modes[0])
        yield sizes(f"peak memory with {size:,} / {name}", mine, other)
    yield sizes(f"file of {size:,} / {name}", stores.vault.stat().st_size / 1024, path.stat().st_size / 1024)


def _open(stack: ExitStack, stores: Stores, name: str, times: int) -> Iterator[Line]:
    """Adding to both, and searching in both, while they are open."""
    service = stack.enter_context(closing(ready(stack.enter_context(copied(stores.vault, "beside")))))
    service.go_on(None)
    peer = stack.enter_context(closing(PEERS[name](stores.peer(name), PASSWORD)))
    mine, other = map(corpus.more, count()), map(corpus.more, count())
    settle()
    saves, adds = turns(
        times,
        lambda: timed(lambda: service.save(next(mine))),
        lambda: timed(lambda: peer.add_many([(service.new_eid(), next(other))])),
        tidy=False,
    )
    yield ratio(f"add one to {stores.count:,} / {name}", saves, adds)
    service.rows(LIST)  # the first look after a save puts it in its place, which is no part of searching
    for what, text in ASKED.items():
        if name != "SQLCipher" and what == "two words":
            continue  # they look for the letters as they stand
        query = Query(text=text, limit=50)
        ours, found = turns(
            min(times, 15),
            lambda query=query: timed(lambda: service.rows(query)),
            lambda text=text: timed(lambda: peer.search(text)),
            tidy=False,
        )
        yield ratio(f"the newest 50 of {stores.count:,} with {what} / {name}", ours, found)


def _read(kind: type[Peer], path: Path, mode: str) -> float:
    kept: list[object] = []
    return timed(lambda: kept.append(_kept(kind(path, PASSWORD), mode)))


def _read_raw(path: Path, mode: str) -> float:
    key = SqlCipher.raw_key(path, PASSWORD)
    kept: list[object] = []
    return timed(lambda: kept.append(_kept(SqlCipher(path, key, raw=True), mode)))


def _kept(peer: Peer, mode: str) -> object:
    kept = peer.read(corpus.RARE, mode)
    if not kept[1]:
        raise RuntimeError("the rare word was not found")
    return peer, kept
