"""Print every ratio: what the journal takes, over what the bare thing takes, on this machine in this run.

    python -m benchmarks [unlock] [add] [search] [window]

Both sides of a ratio are measured in turns, so that a machine that slows down slows both. The number before the
ratio is the journal's median, to give the ratio a scale; the range is the smallest and largest of the turns.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks import add, search, unlock, window
from benchmarks.measure import Ratio

PARTS = {"unlock": unlock.ratios, "add": add.ratios, "search": search.ratios, "window": window.ratios}


def main(wanted: list[str]) -> int:
    if unknown := [name for name in wanted if name not in PARTS]:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    print(f"{'what':<58}{'median':>10}{'ratio':>8}   range of the ratio")
    for name in wanted or PARTS:
        for ratio in _of(name):
            print(f"{ratio.what:<58}{ratio.median:>10}{ratio.ratio:>8}   {ratio.range}", flush=True)
    return 0


def _of(name: str) -> Iterator[Ratio]:
    yield from PARTS[name]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
