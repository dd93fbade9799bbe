"""What a power cut could leave behind, at every system call: rebuilt from a trace, opened, and looked through.

    python -m benchmarks.crash_states [--each N] [--seed N] [SCENARIO ...]

A scenario runs in a process of its own under `strace`; every write, truncation, sync, rename and removal in its
folder is recorded with its bytes, and so is every line by which it says that something is kept. Then, for each moment
between two calls, the folder is rebuilt as a power cut then could have left it:

- *all*: everything that was asked for reached the disk (a kill: nothing is lost that the system was told);
- *none*: of each file only what was synced; names as they were when their folder was last synced;
- *some*: of the writes since a file's last sync any subset, and one of them torn in sectors of 512 bytes.

Each state has to open, and everything that had been said to be kept by then has to be in it.
Ends with status 1 when one does not. Linux with `strace`.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.crash import scenarios
from benchmarks.crash.disk import Disk, State
from benchmarks.crash.trace import CALLS, read_trace

KINDS = ("all", "none", "some")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crash_states")
    parser.add_argument("--each", type=int, default=1, help="look at every Nth moment")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("scenario", nargs="*", choices=[[], *scenarios.ALL], default=[])
    told = parser.parse_args(arguments)
    states = faults = 0
    for name in told.scenario or scenarios.ALL:
        found, bad = play(name, told.each, random.Random(told.seed))
        states, faults = states + sum(found.values()), faults + len(bad)
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(found.items()))
        print(f"{name:<18}{sum(found.values()):>6} states ({counts}), {len(bad)} faults", flush=True)
        for fault in bad[:5]:
            print(f"    {fault}")
    print(f"{states} states, {faults} faults")
    return 1 if faults else 0


def play(
    name: str, each: int, draw: random.Random, make: Callable[[Path], Disk] = Disk
) -> tuple[Counter[str], list[str]]:
    """How many states of each kind were looked at, and what was wrong with which."""
    found: Counter[str] = Counter()
    faults = []
    with tempfile.TemporaryDirectory() as outer:
        folder, log = Path(outer) / "folder", Path(outer) / "trace"
        folder.mkdir()
        scenarios.prepare(name, folder)
        disk = make(folder)
        command = [sys.executable, "-m", "benchmarks.crash.scenarios", name, str(folder)]
        watch = ["strace", "-xx", "-s", str(2**26), "-qq", "-e", f"trace={CALLS}", "-e", "signal=none"]
        subprocess.run([*watch, "-o", str(log), *command], check=True, stdout=subprocess.DEVNULL)
        said: list[str] = []
        place = 0
        for call in read_trace(log):
            line = disk.apply(call)
            if line is not None:
                said.append(line)
                continue
            if not disk.touched:
                continue
            place += 1
            if place % each:
                continue
            for kind in KINDS:
                state = disk.state(kind, draw)
                if state is None:
                    continue
                found[kind] += 1
                fault = _look(name, state, said, Path(outer) / "state", folder)
                if fault:
                    faults.append(f"call {place}, {kind}: {fault}")
    return found, faults


def _look(name: str, state: State, said: list[str], folder: Path, known: Path) -> str:
    """What is wrong with a state, or ""."""
    state.write(folder)
    try:
        return scenarios.fault(name, folder, said, known)
    finally:
        state.remove(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
