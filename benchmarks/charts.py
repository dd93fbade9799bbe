"""A figure of 100,000 answers in 30,000 runs, against pyqtgraph drawing the same dots and lines by itself.

Offscreen, 1000 by 500 px. *First paint* is from the values to the painted picture, pyqtgraph being loaded; *panning*
is one step of a twentieth of what is seen and the picture after it, with all of it in sight and with a hundredth of
it. The bare plot has one curve with the same joins and one scatter plot, as pyqtgraph comes. A frame is 16.7 ms.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from benchmarks.measure import Line, absolute, compare, ratio, timed, turns
from benchmarks.stores import Made

_COUNT, _RUNS, _STEPS = 100_000, 30_000, 40
_FRAME = 1 / 60


def lines(_: Made) -> Iterator[Line]:
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import numpy as np
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication

    from ui.charts.figure import Axis, Figure, Spot, Table
    from ui.charts.figure import Line as Drawn
    from ui.charts.view import FigureView
    from ui.theme import Scheme, Theme

    app = QApplication.instance() or QApplication([])
    theme = Theme(app)
    theme.apply(Scheme.LIGHT, 100)
    draw = np.random.default_rng(5)
    xs = np.sort(draw.uniform(1e9, 1.4e9, _COUNT))
    ys = np.clip(np.round(5 + np.cumsum(draw.normal(0, 0.3, _COUNT)) % 6 - 3), 0, 10)
    parts = np.array_split(np.arange(_COUNT), _RUNS)
    runs = tuple(tuple(Spot(float(xs[one]), float(ys[one]), "") for one in part) for part in parts)
    line = Drawn("A", 0, runs)
    figure = Figure("b", "100,000", "said", "cannot", Axis("days"), Axis("number"), Table(()), lines=(line,))
    joined = np.ones(_COUNT, dtype=np.int32)
    joined[[part[-1] for part in parts]] = 0

    def ours() -> FigureView:
        view = FigureView(theme)
        view.resize(1000, 500)
        view.set_figure(replace(figure, lines=(replace(line),)))  # a new one remembers nothing
        view.show()
        view.grab()
        return view

    def bare() -> Any:
        plot = pg.PlotWidget()
        plot.resize(1000, 500)
        plot.plot(xs, ys, connect=joined)
        plot.addItem(pg.ScatterPlotItem(xs, ys, size=10))
        plot.show()
        plot.grab()
        return plot

    yield compare("first paint of 100,000 answers / a bare plot", lambda: timed(ours), lambda: timed(bare), 5)
    view, plot = ours(), bare()
    for name, part in (("all in sight", 1.0), ("a hundredth in sight", 0.01)):
        mine = _panning(view._plot, view, part)
        theirs = _panning(plot, plot, part)
        found = turns(_STEPS, mine, theirs, tidy=False)
        yield ratio(f"panning 100,000, {name} / a bare plot", *found)
        yield absolute(f"panning 100,000, {name}: a frame", found[0], goal=_FRAME)


def _panning(plot: Any, widget: Any, part: float) -> Callable[[], float]:
    low, high = 1e9, 1.4e9
    length = (high - low) * part
    plot.setXRange(low, low + length, padding=0)
    widget.grab()
    at = [low]

    def step() -> float:
        at[0] += length / 20

        def once() -> None:
            plot.setXRange(at[0], at[0] + length, padding=0)
            widget.grab()

        return timed(once)

    return step
