"""What several figures say and draw alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from journal.records import Route, StepKind
from journal.service.body import MedicineLane
from journal.trends import Middle, SessionMark
from ui import body_words, words
from ui.charts import wall
from ui.charts.figure import Lane, Line, Mark, Spot, Stretch
from ui.charts.shapes import BAR, LINES

CANNOT = (
    "One person's numbers, at the moments they chose to answer. Many things change at once, so this cannot show what "
    "caused a change. Where nobody answered there is a gap."
)
OWN = "The sliders are this program's own; they are not a validated questionnaire."
BEFORE = "before"
LANE_SIGNS = "A line below: a medicine you noted. A triangle: started. A diamond: changed. A square: stopped."
NO_ROUTE = "Way not noted"
_SHAPES: dict[Route | None, int] = {**{route: number for number, route in enumerate(Route)}, None: BAR}
_STEPS = {StepKind.START: 2, StepKind.CHANGE: 3, StepKind.STOP: 1}  # as on the page of the medicines
_STEP = 0.008  # of the width, between two lines over the same points
_ASIDE, _WIDEST = 0.03, 0.3  # of the way to the next point, between equal answers, and the furthest
_LONGEST = 28  # letters of a name beside a figure


def point_said(point: Middle) -> str:
    """ "before", "24 h after"."""
    return BEFORE if point.window is None else f"{point.window.name} after"


def beside(lines: Sequence[Line], points: int) -> tuple[Line, ...]:
    """Lines over the same few points, each drawn a little aside, so that none hides another. Summaries stay, and
    where there are very many, nothing would help. `points`: how many there are, so that it looks as far."""
    several = [line.key for line in lines if not line.strong]
    if not 1 < len(several) <= LINES:
        return tuple(lines)
    step = _STEP * points
    aside = {key: (place - (len(several) - 1) / 2) * step for place, key in enumerate(several)}
    return tuple(line if line.strong else _moved(line, aside[line.key]) for line in lines)


def _moved(line: Line, aside: float) -> Line:
    def moved(spot: Spot) -> Spot:
        return msgspec.structs.replace(spot, aside=aside)

    runs = tuple(tuple(map(moved, run)) for run in line.runs)
    links = tuple((moved(one), moved(other)) for one, other in line.links)
    return replace(line, runs=runs, links=links, cut=moved(line.cut) if line.cut is not None else None)


def spread(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """Spots of which several are the same, side by side, so that one sees how many there are."""
    counts, seen = Counter((spot.x, spot.y) for spot in spots), Counter[tuple[float, float]]()
    found = []
    for spot in spots:
        count = counts[spot.x, spot.y]
        step = min(_ASIDE, 2 * _WIDEST / count)
        found.append(msgspec.structs.replace(spot, aside=(seen[spot.x, spot.y] - (count - 1) / 2) * step))
        seen[spot.x, spot.y] += 1
    return tuple(found)


def mark_of(mark: SessionMark) -> Mark:
    """A session across a figure in time, its shape by the way the dose was given."""
    how = words.ROUTE_NAMES[mark.route] if mark.route is not None else ""
    text = ", ".join(part for part in (mark.label, how, words.day(mark.at)) if part)
    return Mark(wall.seconds(mark.at), mark.label, text, _SHAPES[mark.route], how or NO_ROUTE, mark.eid)


def lanes_of(lanes: Iterable[MedicineLane]) -> tuple[Lane, ...]:
    """The medicines below a figure: those of which some day was told."""
    return tuple(_lane(lane) for lane in lanes if lane.steps)


def _lane(lane: MedicineLane) -> Lane:
    name = words.file_name(lane.medicine.name) or "A medicine without a name"
    steps = tuple(
        (wall.seconds(step.at.at), body_words.step_spoken(name, step), _STEPS[step.kind]) for step in lane.steps
    )
    stretches = tuple(
        Stretch(
            wall.seconds(one.begin.at) if one.begin else None, wall.seconds(one.end.at) if one.end else None, one.dose
        )
        for one in lane.spans
    )
    return Lane(short(name), stretches, steps, lane.eid)


def short(text: str) -> str:
    """As much of a name as there is room for beside a figure."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
