"""A disk that is full, at every step: what is said then, and whether everything that was kept is there.

    python -m benchmarks.full_disk [--step KiB]

A small tmpfs (in a mount namespace of its own: Linux, `unshare`) is filled up to so many bytes, from none to enough
for the whole scenario, and each scenario of `benchmarks.crash_states` runs into the wall. It has to end with the one
clear sentence, and when there is room again the vault has to open with all that was said to be kept.
Ends with status 1 when it does not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.crash import scenarios

_SIZE = 4096  # KiB


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.full_disk")
    parser.add_argument("--step", type=int, default=48, help="KiB between one wall and the next")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    if told.inside:
        return _inside(Path(told.inside), told.step)
    with tempfile.TemporaryDirectory() as place:
        own = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
        again = [sys.executable, "-m", "benchmarks.full_disk", "--inside", place, "--step", str(told.step)]
        return subprocess.run([*own, *again], check=False).returncode


def _inside(place: Path, step: int) -> int:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}k", "tmpfs", str(place)], check=True)
    faults = 0
    for name in scenarios.ALL:
        ends: Counter[str] = Counter()
        for room in range(0, _SIZE, step):
            end, fault = _run(name, place, room)
            ends[end] += 1
            if fault or not end:
                faults += 1
                print(f"    {name} with {room} KiB: {fault or 'it said nothing'}", flush=True)
            if end == "done":
                break
        for end, count in ends.most_common():
            print(f"{name:<10}{count:>4} x  {end}", flush=True)
    print(f"{faults} faults")
    return 1 if faults else 0


def _run(name: str, place: Path, room: int) -> tuple[str, str]:
    """How a scenario ended with so many KiB of room, and what was wrong with what it left."""
    outer = place / "outer"
    (outer / "folder").mkdir(parents=True)
    scenarios.prepare(name, outer / "folder")
    filler = place / "filler"
    free = shutil.disk_usage(place).free - room * 1024
    filler.write_bytes(bytes(max(0, free)))
    try:
        command = [sys.executable, "-m", "benchmarks.crash.scenarios", name, str(outer / "folder"), "--calmly"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    finally:
        filler.unlink()
    end = done.stderr.strip() or "done"
    if done.returncode not in (0, 1) or len(end.splitlines()) != 1:
        return "", end.splitlines()[-1]
    fault = scenarios.fault(name, outer / "folder", done.stdout.splitlines(keepends=True), outer / "folder")
    shutil.rmtree(outer)
    for left in place.iterdir():
        shutil.rmtree(left)
    return end, fault


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
