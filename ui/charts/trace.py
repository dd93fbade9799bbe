"""A line with its dots, however many there are: drawn is what is in sight.

Where several dots share a column of the screen, the first, the last, the lowest and the highest of them are drawn:
the same picture, and a frame's time for a hundred thousand. Nothing is made up: every dot drawn is an answer. Two
that follow each other are joined only where they stand in the same run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

_FEW = 4  # dots a column of the screen


class Trace:
    """Adds itself to a plot. `runs` are stretches of (x, y) that may be joined."""

    def __init__(
        self, pg: Any, plot: Any, runs: Sequence[Sequence[tuple[float, float]]], *, pen: Any, dots: dict[str, Any]
    ) -> None:
        points = [(x, y, run) for run, stretch in enumerate(runs) for x, y in stretch]
        self.xs = np.array([x for x, _, _ in points], dtype=float)
        self.ys = np.array([y for _, y, _ in points], dtype=float)
        self._runs = np.array([run for _, _, run in points], dtype=int)
        order = np.argsort(self.xs, kind="stable")
        self.xs, self.ys, self._runs = self.xs[order], self.ys[order], self._runs[order]
        self._chosen: np.ndarray | None = None
        self._line = pg.PlotDataItem(pen=pen)
        self._dots = pg.ScatterPlotItem(**dots)
        self._dots.setZValue(10)
        plot.addItem(self._line)
        plot.addItem(self._dots)

    def fit(self, low: float, high: float, columns: int) -> None:
        """Draw for this range of the lower axis on so many columns of the screen."""
        chosen = self.seen(low, high, columns)
        if self._chosen is not None and np.array_equal(chosen, self._chosen):
            return
        self._chosen = chosen
        xs, ys, runs = self.xs[chosen], self.ys[chosen], self._runs[chosen]
        joined = np.zeros(len(xs), dtype=np.int32)
        if len(xs) > 1:
            joined[:-1] = runs[:-1] == runs[1:]
        self._line.setData(xs, ys, connect=joined)
        self._dots.setData(xs, ys)

    def seen(self, low: float, high: float, columns: int) -> np.ndarray:
        """The places of the dots to draw, with one beyond either edge, so that lines go on to it."""
        first = max(0, int(np.searchsorted(self.xs, low, "left")) - 1)
        last = min(len(self.xs), int(np.searchsorted(self.xs, high, "right")) + 1)
        if last - first <= _FEW * max(columns, 1) or high <= low:
            return np.arange(first, last)
        xs, ys = self.xs[first:last], self.ys[first:last]
        column = np.floor((xs - low) / (high - low) * columns).astype(int)
        starts = np.flatnonzero(np.concatenate(([True], np.diff(column) != 0)))
        ends = np.concatenate((starts[1:], [len(xs)])) - 1
        by_height = np.lexsort((ys, column))
        lowest, highest = by_height[starts], by_height[ends]
        return first + np.unique(np.concatenate((starts, ends, lowest, highest)))
