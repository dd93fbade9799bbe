"""A figure as plain values: what the picture, its table, its sentences and every export are made from.

Builders in `ui.charts.figures` make these from what `journal.trends` counted; `ui.charts.view` draws them. A value
that is not there is not drawn: a line is a list of runs, and nothing crosses from one to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AxisKind = Literal["days", "points", "hours", "number", "names"]


@dataclass(frozen=True)
class Axis:
    """What runs along a side.

    days: wall-clock seconds (see `ui.charts.wall`). points: places 0, 1, 2, ... with `names` below them. hours: hours
    since a dose. number: from `low` to `high`. names: rows 0, 1, 2, ... from above, with `names` beside them.
    `counts` stand below the names of points: from how many each was made.
    """

    kind: AxisKind
    title: str = ""
    names: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 10.0
    counts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spot:
    """A point that can be read: `text` says it in words; `eid` is the entry that it came from, if one did."""

    x: float
    y: float
    text: str
    eid: str | None = None


@dataclass(frozen=True)
class Line:
    """Something with a name in the legend. `runs` are joined by a line, `links` by dashes (over a gap that is said);
    all spots have the shape and colour of `number`. `quiet`: thin and pale, one of many; `order` from 0 (the oldest)
    to 1 makes the later ones of those darker. `strong`: a summary of the others. `cut` is where something else cut it
    off: a short upright stroke."""

    name: str
    number: int
    runs: tuple[tuple[Spot, ...], ...]
    links: tuple[tuple[Spot, Spot], ...] = ()
    quiet: bool = False
    strong: bool = False
    order: float = 1.0
    cut: Spot | None = None

    @property
    def spots(self) -> tuple[Spot, ...]:
        return tuple(spot for run in self.runs for spot in run)

    @property
    def readable(self) -> tuple[Spot, ...]:
        """Its spots, and where it was cut off."""
        return self.spots if self.cut is None else (*self.spots, self.cut)


@dataclass(frozen=True)
class Bar:
    """A bar in row `row` from `start` to `end`; from there to `soft` nobody knows. `open_end`: it went on."""

    row: int
    start: float
    end: float
    text: str
    soft: float | None = None
    open_end: bool = False
    number: int = 0
    eid: str | None = None


@dataclass(frozen=True)
class Cell:
    """A field of a heat map; `level` from 0 to 1, or None where there was no answer."""

    column: int
    row: int
    level: float | None
    shown: str
    text: str
    eid: str | None = None


@dataclass(frozen=True)
class Band:
    """A published range behind everything, with its name and where it comes from."""

    low: float
    high: float
    name: str
    number: int


@dataclass(frozen=True)
class Mark:
    """A session (or a change of a medicine) across the figure. `shape` is by the way it was given."""

    x: float
    label: str
    text: str
    shape: int = 0
    warm: bool = True
    eid: str | None = None


@dataclass(frozen=True)
class Stretch:
    """Part of a lane: from `start` (None: before everything shown) to `end` (None: it goes on)."""

    start: float | None
    end: float | None
    text: str


@dataclass(frozen=True)
class Lane:
    """Something that went on below the figure, such as a medicine, with its steps as spots."""

    name: str
    stretches: tuple[Stretch, ...]
    steps: tuple[tuple[float, str], ...] = ()
    eid: str | None = None


@dataclass(frozen=True)
class Table:
    """The twin: the same values in rows. A row's `eid` is the entry it came from, or None."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    eids: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class Figure:
    """All of one figure. `said` describes it; `cannot` is what it can not show; `empty` what it waits for, where
    there is nothing to draw."""

    key: str
    title: str
    said: str
    cannot: str
    x: Axis
    y: Axis
    table: Table
    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    cells: tuple[Cell, ...] = ()
    bands: tuple[Band, ...] = ()
    marks: tuple[Mark, ...] = ()
    lanes: tuple[Lane, ...] = ()
    empty: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.bars or self.cells)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Everything that can be read, from left to right."""
        found = [spot for line in self.lines for spot in line.readable]
        found += [Spot(bar.end, bar.row, bar.text, bar.eid) for bar in self.bars]
        found += [Spot(cell.column, cell.row, cell.text, cell.eid) for cell in self.cells]
        found += [Spot(mark.x, self.y.high, mark.text, mark.eid) for mark in self.marks if mark.text]
        for place, lane in enumerate(self.lanes):
            found += [Spot(x, self.lane_at(place), text, lane.eid) for x, text in lane.steps]
        return tuple(sorted(found, key=lambda spot: (spot.x, spot.y, spot.text)))

    def lane_at(self, place: int) -> float:
        """The height of a lane, below the values."""
        span = self.y.high - self.y.low or 1.0
        return self.y.low - span * (0.11 + 0.09 * place)
