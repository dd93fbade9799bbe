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
_MANY = 500  # dots in sight, from which on lines are thin


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
        self._drawn: tuple[np.ndarray | None, np.ndarray | None] = (None, None)
        self._pen, self._thin = pen, pg.mkPen(pen.color(), width=pen.widthF() / 2)
        self._size = max(1, int(dots.get("size", 1)))
        self._line = pg.PlotDataItem(pen=pen)
        self._dots = pg.ScatterPlotItem(**dots)
        self._dots.setZValue(10)
        plot.addItem(self._line)
        plot.addItem(self._dots)

    def fit(self, low: float, high: float, columns: int) -> None:
        """Draw for this range of the lower axis on so many columns of the screen."""
        line = self.seen(low, high, columns)
        if not _same(line, self._drawn[0]):
            joined = np.zeros(len(line), dtype=np.int32)
            # Wide lines cost much to paint, and where they lie that close nobody sees how wide they are.
            self._line.setPen(self._thin if len(line) > _MANY else self._pen)
            joined[:-1] = self._runs[line[:-1]] == self._runs[line[1:]]
            self._line.setData(self.xs[line], self.ys[line], connect=joined)
        dots = self.seen(low, high, max(1, columns // self._size))  # what is closer lies over each other
        if not _same(dots, self._drawn[1]):
            self._dots.setData(self.xs[dots], self.ys[dots])
        self._drawn = (line, dots)

    def seen(self, low: float, high: float, columns: int) -> np.ndarray:
        """The places of the dots to draw, with one beyond either edge, so that lines go on to it."""
        first = max(0, int(np.searchsorted(self.xs, low, "left")) - 1)
        last = min(len(self.xs), int(np.searchsorted(self.xs, high, "right")) + 1)
        if last - first <= _FEW * max(columns, 1) or high <= low:
            return np.arange(first, last)
        xs, ys = self.xs[first:last], self.ys[first:last]
        # Counted from nowhere in particular, so that the same dots stay chosen while the range moves.
        column = np.floor(xs * (columns / (high - low))).astype(np.int64)
        starts = np.flatnonzero(np.concatenate(([True], np.diff(column) != 0)))
        ends = np.concatenate((starts[1:], [len(xs)])) - 1
        by_height = np.lexsort((ys, column))
        lowest, highest = by_height[starts], by_height[ends]
        return first + np.unique(np.concatenate((starts, ends, lowest, highest)))


def _same(one: np.ndarray, other: np.ndarray | None) -> bool:
    return other is not None and np.array_equal(one, other)
