"""A figure as plain values: what the picture, its table, its sentences and every export are made from.

Builders in `ui.charts.figures` make these from what `journal.trends` counted; `ui.charts.view` draws them. A value
that is not there is not drawn: a line is a list of runs, and nothing crosses from one to the next.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import msgspec

AxisKind = Literal["days", "points", "hours", "number", "names"]
LANES = "lanes"  # stands for all lanes among the keys of lines


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


class Spot(msgspec.Struct, frozen=True):  # of which there are many: made in a tenth of the time
    """A point that can be read: `text` says it in words; `eid` is the entry that it came from, if one did. It is
    drawn `aside` of where it is, so that none hides another where there are no places between."""

    x: float
    y: float
    text: str
    eid: str | None = None
    aside: float = 0.0

    @property
    def drawn(self) -> float:
        """Where it is drawn along the lower axis."""
        return self.x + self.aside


@dataclass(frozen=True)
class Line:
    """Something with a name in the legend. `runs` are joined by a line, `links` by dashes (over a gap that is said);
    all spots have the shape and colour of `number`. `quiet`: thin and pale, one of many; `order` from 0 (the oldest)
    to 1 makes the later ones of those darker. `strong`: a summary of the others, in the colour of the letters. `cut`
    is where something else cut it off: a short upright stroke.

    `key` tells it from others of its figure that have the same name; the name itself where none is given. Not
    `shown`: left out until somebody wants it. `said`: the line in a sentence; `about`: what its values mean.
    """

    name: str
    number: int
    runs: tuple[tuple[Spot, ...], ...]
    links: tuple[tuple[Spot, Spot], ...] = ()
    quiet: bool = False
    strong: bool = False
    order: float = 1.0
    cut: Spot | None = None
    key: str = ""
    shown: bool = True
    said: str = ""
    about: str = ""

    def __post_init__(self) -> None:
        if not self.key:
            object.__setattr__(self, "key", self.name)

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
    """A session across the figure. `shape` is by the way the dose was given, and `sort` is that way in words."""

    x: float
    label: str
    text: str
    shape: int = 0
    sort: str = ""
    eid: str | None = None


@dataclass(frozen=True)
class Stretch:
    """Part of a lane: from `start` (None: before everything shown) to `end` (None: it goes on)."""

    start: float | None
    end: float | None
    text: str


@dataclass(frozen=True)
class Lane:
    """Something that went on below the figure, such as a medicine. Its steps can be read; each is where it was, what
    it was and the number of a shape."""

    name: str
    stretches: tuple[Stretch, ...]
    steps: tuple[tuple[float, str, int], ...] = ()
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
    there is nothing to draw, and `begins` the place where that is done. `signs` says how it is read, where the legend
    does not. `now`, in seconds of the axis, is where "the last weeks" end; where it is None, at the last thing drawn.
    """

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
    signs: str = ""
    begins: str = ""
    now: float | None = None

    @property
    def is_empty(self) -> bool:
        return not (any(line.runs for line in self.lines) or self.bars or self.cells)

    @property
    def span(self) -> float:
        """How much the upright axis spans."""
        return self.y.high - self.y.low or 1.0

    @property
    def readable(self) -> tuple[tuple[Spot, str], ...]:
        """Everything that can be read, from left to right and from below, each with the key of its line, or ""."""
        found = [(spot, line.key) for line in self.lines for spot in line.readable]
        found += [(Spot(bar.end, bar.row, bar.text, bar.eid), "") for bar in self.bars]
        found += [(Spot(cell.column, cell.row, cell.text, cell.eid), "") for cell in self.cells]
        found += [(Spot(mark.x, self.mark_at, mark.text, mark.eid), "") for mark in self.marks if mark.text]
        for place, lane in enumerate(self.lanes):
            found += [(Spot(x, self.lane_at(place), text, lane.eid), "") for x, text, _ in lane.steps]
        return tuple(sorted(found, key=_place))

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The same without the keys."""
        return tuple(spot for spot, _ in self.readable)

    def without(self, hidden: frozenset[str]) -> Figure:
        """Without the lines of these keys, and where `LANES` is among them, without the lanes."""
        if not hidden:
            return self
        lines = tuple(line for line in self.lines if line.key not in hidden)
        return replace(self, lines=lines, lanes=() if LANES in hidden else self.lanes)

    def lane_at(self, place: int) -> float:
        """The height of a lane, below the values."""
        return self.y.low - self.span * (0.11 + 0.09 * place)

    @property
    def mark_at(self) -> float:
        """The height of the shapes of sessions, above the values and below their names."""
        return self.y.high + self.span * 0.06


def _place(one: tuple[Spot, str]) -> tuple[float, float]:
    return one[0].x, one[0].y
