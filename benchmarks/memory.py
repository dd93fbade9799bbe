"""Peak memory of a fresh process that unlocks, lists and searches (Linux: VmHWM), and the size on the disk.

The journal has the cheapest password here (Argon2id with 19 MiB): the 256 MiB of the usual one are asked for and
given back before anything is read, and would hide everything else. SQLCipher's process does the same on the same
entries: *list + query* reads the header of every entry, *all text + query* everything, *newest 200* as many as the
journal's list shows. `_GOAL` is asked for the first two.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpus
from benchmarks.measure import PASSWORD, Line
from benchmarks.peers import SqlCipher, missing
from benchmarks.stores import Made

TURNS = 3
_GOAL = 1.5
_OURS = """
import re, sys
from pathlib import Path
from journal.service import JournalService
from journal.store import Query
vault = Path(sys.argv[1])
if len(sys.argv) > 2:
    service = JournalService.open(vault, password=sys.argv[2], state_dir=vault.parent)
    kept = service.rows(Query(limit=200)), service.rows(Query(text=sys.argv[3], limit=50))
    assert kept[1]
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""
_ROOT = Path(__file__).resolve().parent.parent


def lines(made: Made) -> Iterator[Line]:
    left_out = missing("SQLCipher")
    if left_out:
        yield Line(left_out)
    bare = journal_peak(made.of(made.sizes[0]).vault, idle=True)
    yield Line("peak memory of Python with the journal's modules alone", _megabytes(bare))
    for size in made.sizes:
        stores = made.of(size)
        modes = {} if left_out else SqlCipher.modes
        turns = [
            (journal_peak(stores.vault), *(peer_peak("SQLCipher", stores.peer("SQLCipher"), mode) for mode in modes))
            for _ in range(TURNS)
        ]
        ours, *theirs = (statistics.median(found) for found in zip(*turns, strict=True))
        yield Line(f"peak memory with {size:,}", _megabytes(ours))
        for (mode, name), other in zip(modes.items(), theirs, strict=True):
            asked = size >= 10_000 and mode != "newest"
            yield sizes(f"peak memory with {size:,} / SQLCipher, {name}", ours, other, _GOAL if asked else None)
        yield sizes(f"file of {size:,} / what was written", stores.vault.stat().st_size / 1024, stores.text / 1024)
        if not left_out:
            other = stores.peer("SQLCipher").stat().st_size
            yield sizes(f"SQLCipher's file of {size:,} / what was written", other / 1024, stores.text / 1024)


def journal_peak(vault: Path, *, idle: bool = False) -> float:
    """KiB of a process that unlocks, lists and searches; or does nothing (`idle`)."""
    more = [] if idle else [PASSWORD, corpus.RARE]
    return _run("-c", _OURS, str(vault), *more)


def peer_peak(name: str, path: Path, mode: str) -> float:
    """KiB of a peer's process that does the same."""
    return _run("-m", "benchmarks.peers", name, str(path), PASSWORD, corpus.RARE, mode)


def _run(*arguments: str) -> float:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=_ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return float(done.stdout)


def sizes(what: str, ours: float, other: float, goal: float | None = None) -> Line:
    """The line for two sizes in KiB."""
    found = ours / other
    told = "" if goal is None else f"<= {goal:g}"
    return Line(what, _megabytes(ours), f"{found:.2f}", f"of {_megabytes(other)}", told, goal and found <= goal)


def _megabytes(kib: float) -> str:
    return f"{kib * 1024 / 1e6:.1f} MB"
