"""Numbers over time, as pure functions: what a chart and its table draw from the same tuple.

A line joins two answers only where nothing stands between them: a check-in that left the slider blank ends a
run, and so do more than 72 hours without an answer. A blank is never a zero and a gap is never filled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from journal.records import SLIDERS, CheckIn, Route

LONGEST_LINE = timedelta(hours=72)


class Answer(msgspec.Struct, frozen=True):
    """One check-in: `values` in the order of `SLIDERS`, 0 to 10 or None."""

    at: datetime
    eid: str
    values: tuple[int | None, ...]


class Point(msgspec.Struct, frozen=True):
    """One answer of one slider."""

    at: datetime
    value: int
    eid: str


class Series(msgspec.Struct, frozen=True):
    """One slider over time. `runs` are the stretches of `points` that a line may join."""

    name: str
    title: str
    points: tuple[Point, ...]
    runs: tuple[tuple[Point, ...], ...]


class SessionMark(msgspec.Struct, frozen=True):
    """A session on the time axis."""

    at: datetime
    label: str
    route: Route | None
    eid: str


class MoodChart(msgspec.Struct, frozen=True):
    """All sliders in the order of `SLIDERS`, and the sessions that happened. Counts are of single answers."""

    series: tuple[Series, ...]
    marks: tuple[SessionMark, ...]
    answered: int
    blank: int


def answer_of(checkin: CheckIn, eid: str) -> Answer:
    """A check-in as an answer."""
    return Answer(checkin.at.at, eid, tuple(getattr(checkin, slider.name) for slider in SLIDERS))


def chart_of(answers: Sequence[Answer], marks: Sequence[SessionMark]) -> MoodChart:
    """The chart of these answers, in the order of time."""
    ordered = sorted(answers, key=lambda answer: (answer.at, answer.eid))
    series = tuple(_series(number, ordered) for number in range(len(SLIDERS)))
    answered = sum(len(one.points) for one in series)
    return MoodChart(
        series=series,
        marks=tuple(sorted(marks, key=lambda mark: (mark.at, mark.eid))),
        answered=answered,
        blank=len(ordered) * len(SLIDERS) - answered,
    )


def _series(number: int, ordered: Sequence[Answer]) -> Series:
    points: list[Point] = []
    runs: list[tuple[Point, ...]] = []
    run: list[Point] = []
    for answer in ordered:
        value = answer.values[number]
        if run and (value is None or answer.at - run[-1].at > LONGEST_LINE):
            runs.append(tuple(run))
            run = []
        if value is not None:
            point = Point(answer.at, value, answer.eid)
            points.append(point)
            run.append(point)
    if run:
        runs.append(tuple(run))
    slider = SLIDERS[number]
    return Series(slider.name, slider.title, tuple(points), tuple(runs))
