"""Open a hundred thousand mutated shares, and count what came of them.

    python -m benchmarks.mutate_shares [--count N] [--from N] [--seed TEXT] [--apart N] [--workers N] [KIND ...]

Every kind of thing that comes from outside is mutated (`tests/journal/share/mutants.py`): most of them within, and
sealed again with right hashes and keys, so that what lies behind the seal has to judge them. They are opened in
processes with 1 GiB of address space, which end themselves when one mutant takes longer than 20 seconds. Of those
that an address opens, `--apart` are opened by `read_share` from a file, with its own process for each.

A fault is a process that ended (crash, or no memory), one that had to be ended (hang), any error but a share's own,
and a mutant that was taken and is not in its one form or cannot be shown. Ends with status 1 where there is one. The
same seed and numbers give the same mutants. Linux.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from journal.errors import ShareError
from journal.share import read_share
from tests.journal.share.mutants import KINDS, SECRET, mutant, sealed, try_one

MEMORY = 2**30  # bytes of address space for each process
SECONDS = 20  # for one mutant
STEP = 500  # mutants between two lines of a worker
WORKER = "--worker"


class Found(NamedTuple):
    """What a stretch of mutants came to. `slowest` in seconds with its number; `memory` in bytes, at the most."""

    outcomes: Counter[str]
    faults: list[str]
    slowest: tuple[float, int]
    memory: int


def work(kind: str, first: int, count: int, seed: str) -> None:
    """In a process of its own: try the mutants, and tell of each before it is opened."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    slowest = (0.0, first)
    for number in range(first, first + count):
        raw = mutant(kind, number, seed)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        signal.alarm(SECONDS)  # its default is to end the process, also where no Python runs
        begun = time.perf_counter()
        try:
            outcomes[try_one(kind, raw)] += 1
        except (Exception, MemoryError) as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            outcomes["FAULT"] += 1
            faults.append(f"{kind} {number}: {type(error).__name__} in {Path(where.filename).name}:{where.lineno}")
        signal.alarm(0)
        slowest = max(slowest, (time.perf_counter() - begun, number))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(json.dumps([outcomes, faults, slowest, memory]) + "\n")


def stretch(kind: str, first: int, count: int, seed: str) -> Found:
    """`work` in its process; a process that ended early is a fault, and the mutants after that one are tried too."""
    command = [sys.executable, "-m", "benchmarks.mutate_shares", WORKER, kind, str(first), str(count), seed]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    *numbers, last = done.stdout.splitlines() or [""]
    if done.returncode == 0:
        outcomes, faults, (took, number), memory = json.loads(last)
        return Found(Counter(outcomes), faults, (took, number), memory)
    number = int(last or (numbers or [first])[-1])
    how = "HANG" if done.returncode == -signal.SIGALRM else f"CRASH {done.returncode}"
    lost = Found(Counter({how: 1}), [f"{kind} {number}: {how}"], (float(SECONDS), number), 0)
    before = stretch(kind, first, number - first, seed) if number > first else None
    after = stretch(kind, number + 1, first + count - number - 1, seed) if number + 1 < first + count else None
    return joined([found for found in (before, lost, after) if found is not None])


def joined(found: list[Found]) -> Found:
    return Found(
        sum((one.outcomes for one in found), Counter()),
        [fault for one in found for fault in one.faults],
        max((one.slowest for one in found), default=(0.0, 0)),
        max((one.memory for one in found), default=0),
    )


def apart(count: int, seed: str) -> Found:
    """Mutants from files, opened by `read_share`, which has a process of its own for each."""
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    slowest = (0.0, 0)
    kinds = [name for name in KINDS if sealed(name, mutant(name, 0, seed)) is not None]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "share.age"
        for number in range(count):
            kind = kinds[number % len(kinds)]
            path.write_bytes(sealed(kind, mutant(kind, number, seed)) or b"")
            begun = time.perf_counter()
            try:
                read_share(path, identity=SECRET)
                outcomes["taken"] += 1
            except ShareError as error:
                outcomes[type(error).__name__] += 1
            except Exception as error:
                outcomes["FAULT"] += 1
                faults.append(f"apart, {kind} {number}: {type(error).__name__}")
            slowest = max(slowest, (time.perf_counter() - begun, number))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return Found(outcomes, faults, slowest, memory)


def main(arguments: list[str]) -> int:
    if arguments[:1] == [WORKER]:
        work(arguments[1], int(arguments[2]), int(arguments[3]), arguments[4])
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000, help="of all kinds together")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the number of the first")
    parser.add_argument("--seed", default="")
    parser.add_argument("--apart", type=int, default=300)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("kind", nargs="*", choices=[[], *KINDS], default=[])
    told = parser.parse_args(arguments)
    kinds = told.kind or list(KINDS)
    each = math.ceil(told.count / len(kinds))
    all_found = []
    begun = time.monotonic()
    print(f"{'':16}{'mutants':>9}{'taken':>9}{'slowest':>10}{'memory':>10}   refused")
    with ThreadPoolExecutor(told.workers) as pool:
        for kind in kinds:
            firsts = range(told.first, told.first + each, STEP)
            parts = [pool.submit(stretch, kind, at, min(STEP, told.first + each - at), told.seed) for at in firsts]
            found = joined([part.result() for part in parts])
            all_found.append((kind, found))
            show(kind, found)
    if told.apart:
        found = apart(told.apart, told.seed)
        all_found.append(("apart", found))
        show("apart", found)
    whole = joined([found for _, found in all_found])
    beyond = sum(sum(found.outcomes.values()) for kind, found in all_found if kind in KINDS and KINDS[kind].beyond)
    show("all", whole)
    print(f"{beyond} of them were mutated behind the seal; {time.monotonic() - begun:.0f} s")
    for fault in whole.faults[:50]:
        print(fault)
    return 1 if whole.faults else 0


def show(name: str, found: Found) -> None:
    refused = ", ".join(f"{count} {kind}" for kind, count in found.outcomes.most_common() if kind != "taken")
    total, taken = sum(found.outcomes.values()), found.outcomes["taken"]
    slowest, memory = f"{found.slowest[0]:.2f} s", f"{found.memory / 2**20:.0f} MiB"
    print(f"{name:16}{total:>9}{taken:>9}{slowest:>10}{memory:>10}   {refused}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
