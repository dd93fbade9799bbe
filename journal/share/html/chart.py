"""Check-ins over time as small drawings, one a slider: gaps stay gaps, each slider has its own shape.

They are drawn for a width of about 320 CSS pixels, so that a telephone shows them at their size, and in the colour of
the text, so that grey paper shows all there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from journal.records.checkin import SLIDERS
from journal.share.blocks import day_text
from journal.share.html.tree import Node, element
from journal.share.over_time import chart_of_checkins, days_only
from journal.share.payload import Payload
from journal.trends import CIRCLE, SQUARE, Point, Series, SessionMark, corners

LINES_NOTE = (
    "A line joins two answers only where no check-in between them left the slider blank, and where they are at most "
    "72 hours apart."
)
MARKS_NOTE = "Dashed lines stand for sessions."
DAYS_NOTE = "Only days were shared: within a day the points stand in their order, not at their times."

_WIDTH, _HEIGHT = 320, 136
_LEFT, _RIGHT, _TOP, _BOTTOM = 24, 310, 20, 112
_RADIUS = 3.4
_LABEL_ROOM = 16  # between the numbers of two sessions


def charts(payload: Payload) -> Iterator[Node]:
    """A sentence on what is drawn, then a drawing a slider that was answered; nothing where none was."""
    data = chart_of_checkins(payload)
    answered = [series for series in data.series if series.points]
    if not answered:
        return
    times = [point.at for series in answered for point in series.points] + [mark.at for mark in data.marks]
    axis = _Axis(min(times), max(times))
    notes = [LINES_NOTE, MARKS_NOTE if data.marks else "", DAYS_NOTE if days_only(payload) else ""]
    yield element("p", " ".join(note for note in notes if note), class_="notice")
    numbers = {str(place): session.number for place, session in enumerate(payload.sessions)}
    drawn = [_figure(series, data.marks, numbers, axis) for series in answered]
    yield element("div", *drawn, class_="charts")


class _Axis:
    """From times to places across the drawing."""

    def __init__(self, first: datetime, last: datetime) -> None:
        self.first, self.last = first, last
        self._length = (last - first) / timedelta(seconds=1)

    def x(self, at: datetime) -> float:
        if not self._length:
            return (_LEFT + _RIGHT) / 2
        return _LEFT + 4 + (_RIGHT - _LEFT - 8) * ((at - self.first) / timedelta(seconds=1) / self._length)


def _figure(series: Series, marks: tuple[SessionMark, ...], numbers: dict[str, int | None], axis: _Axis) -> Node:
    number = next(place for place, slider in enumerate(SLIDERS) if slider.name == series.name)
    slider = SLIDERS[number]
    title, told = f"chart-{number}-title", f"chart-{number}-told"
    drawing = element(
        "svg",
        element("title", f"{slider.title} over time", id=title),
        element("desc", _description(series), id=told),
        *_frame(axis),
        *_sessions(marks, numbers, axis),
        *(_line(run, axis) for run in series.runs if len(run) > 1),
        *(_shape(number, axis.x(point.at), _y(point.value)) for point in series.points),
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img", aria_labelledby=title, aria_describedby=told,
    )  # fmt: skip
    ends = f" 0: {slider.low}. 10: {slider.high}."
    return element("figure", element("figcaption", element("strong", slider.title), ends), drawing)


def _description(series: Series) -> str:
    values = [point.value for point in series.points]
    days = f"{_day(series.points[0].at)} to {_day(series.points[-1].at)}"
    count = "1 answer" if len(values) == 1 else f"{len(values)} answers"
    return f"{count}, {days}, between {min(values)} and {max(values)} of 10. The table has each number."


def _frame(axis: _Axis) -> Iterator[Node]:
    for value in (0, 5, 10):
        y = _text(_y(value))
        yield element("line", class_="grid", x1=str(_LEFT), y1=y, x2=str(_RIGHT), y2=y)
        yield element("text", str(value), x=str(_LEFT - 6), y=_text(_y(value) + 3.5), text_anchor="end")
    below = str(_HEIGHT - 6)
    if axis.first.date() == axis.last.date():
        yield element("text", _day(axis.first), x=_text((_LEFT + _RIGHT) / 2), y=below, text_anchor="middle")
    else:
        yield element("text", _day(axis.first), x=str(_LEFT), y=below, text_anchor="start")
        yield element("text", _day(axis.last), x=str(_RIGHT), y=below, text_anchor="end")


def _sessions(marks: tuple[SessionMark, ...], numbers: dict[str, int | None], axis: _Axis) -> Iterator[Node]:
    """A dashed line a session; the numbers that have room stand above their lines."""
    free = 0.0
    for mark in marks:
        x = axis.x(mark.at)
        yield element("line", class_="session", x1=_text(x), y1=str(_TOP - 4), x2=_text(x), y2=str(_BOTTOM))
        number = numbers.get(mark.eid)
        if number is not None and x >= free:
            yield element("text", str(number), x=_text(x), y=str(_TOP - 8), text_anchor="middle")
            free = x + _LABEL_ROOM


def _line(run: tuple[Point, ...], axis: _Axis) -> Node:
    points = " ".join(f"{_text(axis.x(point.at))},{_text(_y(point.value))}" for point in run)
    return element("polyline", class_="run", points=points)


def _shape(number: int, x: float, y: float) -> Node:
    if number == CIRCLE:
        return element("circle", class_="point", cx=_text(x), cy=_text(y), r=_text(_RADIUS))
    if number == SQUARE:
        side = _RADIUS * 1.8
        left, top = _text(x - side / 2), _text(y - side / 2)
        return element("rect", class_="point", x=left, y=top, width=_text(side), height=_text(side))
    reach = _RADIUS * 1.25
    points = " ".join(f"{_text(x + reach * across)},{_text(y + reach * down)}" for across, down in corners(number))
    return element("polygon", class_="point", points=points)


def _y(value: int) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * value / 10


def _day(at: datetime) -> str:
    return day_text(at.date())


def _text(number: float) -> str:
    return f"{number:.1f}"
