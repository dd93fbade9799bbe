"""The lanes of the line of time: one for the sessions, one for each medicine, one for each kind of side effect.

Places are seconds of the clock on the wall (ui/charts/wall.py).
"""

from __future__ import annotations

from typing import NamedTuple

from journal.records import Moment, StepKind
from journal.service.body import BodyView
from ui import body_words, words
from ui.charts import wall
from ui.models.body_table import Told

_SHAPES = {StepKind.START: "start", StepKind.CHANGE: "change", StepKind.STOP: "stop"}


class Mark(NamedTuple):
    """A sign on a lane: where, its shape, what is written by it, and the number of the line it is (-1: of none)."""

    x: float  # seconds
    shape: str
    text: str
    line: int


class Bar(NamedTuple):
    """A stretch of a lane. None: from before what is shown, or not ended."""

    begin: float | None
    end: float | None
    text: str
    line: int


class Lane(NamedTuple):
    kind: str
    name: str
    bars: list[Bar]
    marks: list[Mark]


def lanes_of(view: BodyView, lines: tuple[Told, ...]) -> list[Lane]:
    """A lane for the sessions, one for each medicine, one for each kind of side effect."""
    number = {(line.eid, line.spoken): place for place, line in enumerate(lines)}
    lanes: list[Lane] = []
    if view.sessions:
        marks = []
        for one in view.sessions:
            spoken = next(line.spoken for line in lines if line.eid == one.eid)
            short = one.label.removeprefix("Session ")
            marks.append(Mark(wall.seconds(one.starts.at), "session", short, number[one.eid, spoken]))
        lanes.append(Lane("session", "Sessions", [], marks))
    for lane in view.lanes:
        undated = -1 if lane.steps else next(place for place, line in enumerate(lines) if line.eid == lane.eid)
        bars = [Bar(_seconds(span.begin), _seconds(span.end), span.dose, undated) for span in lane.spans]
        name = words.file_name(lane.medicine.name) or "A medicine without a name"
        marks = [
            Mark(
                wall.seconds(step.at.at), _SHAPES[step.kind], step.dose,
                number[lane.eid, body_words.step_spoken(lane.medicine.name, step)],
            )
            for step in lane.steps
        ]  # fmt: skip
        lanes.append(Lane("medicine", name, bars, marks))
    by_name: dict[str, list[Bar]] = {}
    for effect in sorted((*view.open_effects, *view.gone_effects), key=lambda one: one.effect.began.at):
        told = effect.effect
        place = number[effect.eid, body_words.effect_spoken(told)]
        bar = Bar(_seconds(told.began), _seconds(told.gone), "", place)
        by_name.setdefault(words.file_name(body_words.effect_name(told.what)), []).append(bar)
    lanes += [Lane("sideeffect", name, bars, []) for name, bars in by_name.items()]
    return lanes


def _seconds(moment: Moment | None) -> float | None:
    return wall.seconds(moment.at) if moment is not None else None
