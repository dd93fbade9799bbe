"""Kill -9 at random moments of scripted use, and look whether everything that was said to be kept is there.

    python -m benchmarks.kills [--times 500] [--seed N]

The scenarios are those of `benchmarks.crash_states`. Ends with status 1 when anything was lost.
"""

from __future__ import annotations

import argparse
import random
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.crash import scenarios

_SLACK = 0.06  # seconds after the last line, so that the end is reached now and then


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills")
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args(arguments)
    draw = random.Random(told.seed)
    lasts = dict.fromkeys(scenarios.ALL, 0.1)  # seconds from the first line to the last, learned on the way
    cut = said_all = 0
    faults = []
    number = -1
    while cut < told.times:
        number += 1
        name = list(scenarios.ALL)[number % len(scenarios.ALL)]
        with tempfile.TemporaryDirectory() as outer:
            folder = Path(outer) / "folder"
            folder.mkdir()
            scenarios.prepare(name, folder)
            said, ended = _killed(name, folder, draw.uniform(0, lasts[name] + _SLACK), lasts)
            cut, said_all = cut + (not ended), said_all + len(said)
            if fault := scenarios.fault(name, folder, said, folder):
                faults.append(f"kill {number}, {name}: {fault}")
                print(faults[-1], flush=True)
    print(f"{number + 1} runs, {cut} killed on the way, {said_all} things said to be kept, {len(faults)} faults")
    return 1 if faults else 0


def _killed(name: str, folder: Path, after: float, lasts: dict[str, float]) -> tuple[list[str], bool]:
    """What a scenario said before it was killed, `after` seconds from when it began; and whether it had ended."""
    command = [sys.executable, "-m", "benchmarks.crash.scenarios", name, str(folder), "--tell"]
    log = folder.parent / "said"
    with log.open("wb") as out, subprocess.Popen(command, stdout=out) as child:
        while not log.stat().st_size and child.poll() is None:
            select.select([], [], [], 0.002)
        begin = time.monotonic()
        select.select([], [], [], after)
        ended = child.poll() is not None
        child.kill()
    if ended:
        lasts[name] = min(lasts[name], after)
    else:
        lasts[name] = max(lasts[name], 1.3 * (time.monotonic() - begin))
    return [line for line in log.read_text().splitlines(keepends=True) if line.endswith("\n")], ended


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
