"""Print what the journal takes, over what the bare thing or another program takes, on this machine in this run.

    python -m benchmarks [--small] [--goals] [unlock] [add] [search] [memory] [beside] [window] [charts] [preload]
                         [reading]

All sides of a ratio are measured in turns, so that a machine that slows down slows all of them. The number before the
ratio is the journal's median, to give the ratio a scale; the range is the smallest and largest of the turns. A goal
that is missed is marked. `--small`: 1,000 and 10,000 entries only, not 100,000. `--goals`: ends with status 1 when
one is missed. What is measured against what is said at the top of each module. The stores are made in a folder here
(/tmp may be in memory), which is removed at the end.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import add, beside, charts, memory, preload, reading, search, unlock, window
from benchmarks.measure import Line
from benchmarks.stores import Made

PARTS = {
    "unlock": unlock.lines,
    "add": add.lines,
    "search": search.lines,
    "memory": memory.lines,
    "beside": beside.lines,
    "window": window.lines,
    "charts": charts.lines,
    "preload": preload.lines,
    "reading": reading.lines,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--small", action="store_true", help="1,000 and 10,000 entries only")
    parser.add_argument("--goals", action="store_true", help="end with status 1 when a goal is missed")
    parser.add_argument("part", nargs="*", choices=[[], *PARTS], default=[])
    told = parser.parse_args(arguments)
    began, missed, asked = time.monotonic(), 0, 0
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    print(f"{versions}, {os.cpu_count()} cores, load {load:.1f}")
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix="benchmarks-", suffix=".tmp") as folder:
        made = Made(Path(folder), small=told.small)
        for name in told.part or PARTS:
            print(f"\n{name:<74}{'median':>10}{'ratio':>8}   {'range':<22}{'goal':<10}")
            for line in PARTS[name](made):
                print(_shown(line), flush=True)
                asked += line.met is not None
                missed += line.met is False
    print(f"\n{asked - missed} of {asked} goals met, {time.monotonic() - began:.0f} s")
    return 1 if told.goals and missed else 0


def _shown(line: Line) -> str:
    if not line.median:
        return f"  {line.what}"
    met = {None: "", True: "met", False: "MISSED"}[line.met]
    return f"{line.what:<74}{line.median:>10}{line.ratio:>8}   {line.range:<22}{line.goal:<10}{met}".rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
