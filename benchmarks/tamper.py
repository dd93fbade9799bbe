"""Flip every byte of a small vault, one at a time, open it each time, and count what came of it.

    python -m benchmarks.tamper [--every N] [--masks 01,80,ff]

Ends with status 1 if any flip crashed the program or showed altered text as good. About 3 ms a flip.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.journal.vault.tampering import Original, build, judge

PAGE = 16384


def flip(original: Original, work: Path, every: int, mask: int) -> tuple[Counter[tuple[str, str]], list[str]]:
    """What came of the flips, by outcome and reason; and the failures, in words."""
    data = original.path.read_bytes()
    work.write_bytes(data)
    outcomes: Counter[tuple[str, str]] = Counter()
    failures: list[str] = []
    with work.open("r+b", buffering=0) as file:
        for place in range(0, len(data), every):
            os.pwrite(file.fileno(), bytes([data[place] ^ mask]), place)
            try:
                verdict = judge(work, original)
            except AssertionError as error:
                failures.append(f"byte {place} ^ {mask:02x}: {error}")
                outcomes["WRONG", str(error)] += 1
            except Exception as error:
                where = traceback.extract_tb(error.__traceback__)[-1]
                failures.append(f"byte {place} ^ {mask:02x}: {type(error).__name__} in {where.name}")
                outcomes["CRASH", type(error).__name__] += 1
            else:
                outcomes[verdict.outcome, verdict.error or ", ".join(sorted(verdict.named))] += 1
            os.pwrite(file.fileno(), data[place : place + 1], place)
            if sys.stderr.isatty() and place % PAGE < every:
                print(f"\r{100 * place // len(data)} %", end="", file=sys.stderr)
    return outcomes, failures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="flip every Nth byte only")
    parser.add_argument("--masks", default="01,80,ff", help="what a byte is changed by, in hexadecimal")
    options = parser.parse_args()
    outcomes: Counter[tuple[str, str]] = Counter()
    failures: list[str] = []
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        original = build(folder)
        size = original.path.stat().st_size
        for mask in options.masks.split(","):
            more, failed = flip(original, folder / "work.vault", options.every, int(mask, 16))
            outcomes += more
            failures += failed
    total = sum(outcomes.values())
    print(f"\r{total} flips in a vault of {size} bytes, {time.monotonic() - begun:.0f} s\n")
    words = {"clean": "opened, identical", "named": "opened, damage named", "refused": "refused"}
    for (outcome, reason), count in sorted(outcomes.items(), key=lambda item: (item[0][0], -item[1])):
        print(f"{count:9}  {words.get(outcome, outcome):22} {reason}")
    for failure in failures[:50]:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
