"""However many dots there are: drawn is what is in sight, nothing made up, and no line over a gap."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.charts.trace import Trace

dot = st.tuples(st.integers(0, 2000), st.integers(0, 10))
runs_of = st.lists(st.lists(dot, min_size=1, max_size=30), max_size=40)


class _Plot:
    """Takes what is added; a trace asks nothing else of a plot."""

    def __init__(self) -> None:
        self.items: list[Any] = []

    def addItem(self, item: Any) -> None:
        self.items.append(item)


@pytest.fixture
def make(qapp):
    def trace(runs) -> tuple[Trace, _Plot]:
        plot = _Plot()
        return Trace(pg, plot, runs, pen=pg.mkPen("k"), dots={"size": 5}), plot

    return trace


def in_time(runs) -> list[list[tuple[int, int]]]:
    """Runs one after the other, as answers come."""
    at, found = 0, []
    for run in runs:
        made = []
        for by, y in run:
            at += by % 7
            made.append((at, y))
        found.append(made)
        at += 1
    return found


@given(runs_of, st.integers(0, 3000), st.integers(1, 3000), st.integers(1, 60))
def test_every_dot_is_an_answer_and_extremes_are_there(make, runs, low: int, length: int, columns: int) -> None:
    runs = in_time(runs)
    trace, _ = make(runs)
    high = low + length
    chosen = trace.seen(low, high, columns)
    answers = [point for run in runs for point in run]
    assert list(chosen) == sorted(set(chosen))
    drawn = [(trace.xs[place], trace.ys[place]) for place in chosen]
    assert all(point in answers for point in drawn)


    def column_of(x: float) -> int:
        return int(np.floor(x * (columns / (high - low))))

    for column in {column_of(x) for x, _ in answers}:
        inside = [y for x, y in answers if low <= x <= high and column_of(x) == column]
        seen = [y for x, y in drawn if low <= x <= high and column_of(x) == column]
        if inside:
            assert (min(seen), max(seen)) == (min(inside), max(inside))
    assert len(chosen) <= 4 * (columns + 3)


@given(runs_of, st.integers(1, 60))
def test_only_what_stands_in_one_run_is_joined(make, runs, columns: int) -> None:
    runs = in_time(runs)
    trace, plot = make(runs)
    trace.fit(0, 3000, columns)
    line = plot.items[0]
    if not runs:
        return
    run_of = {x: number for number, run in enumerate(runs) for x, _ in run}
    xs = line.getData()[0]
    for place, joined in enumerate(line.opts["connect"][: len(xs) - 1]):
        assert not joined or run_of[xs[place]] == run_of[xs[place + 1]]


def test_a_hundred_thousand_are_a_few_thousand(make) -> None:
    rng = np.random.default_rng(3)
    xs = np.sort(rng.uniform(0, 1e8, 100_000))
    runs = [list(zip(part, rng.integers(0, 11, len(part)), strict=True)) for part in np.array_split(xs, 30_000)]
    trace, plot = make(runs)
    trace.fit(0, 1e8, 900)
    assert 900 < len(plot.items[0].getData()[0]) <= 4 * 903
    assert 180 < len(plot.items[1].data) <= 4 * 183
