"""Check-ins over time with the sessions marked and medicines below: a line a slider, broken wherever there was no
answer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime

from journal.records import SLIDERS
from journal.service.body import MedicineLane
from journal.trends import MoodChart, Point, Series
from ui import words
from ui.charts import wall
from ui.charts.figure import Axis, Figure, Line, Spot, Table
from ui.charts.figures.common import CANNOT, LANE_SIGNS, OWN, lanes_of, mark_of

KEY = "over-time"
_HEAD = ("Day", "Time", "After", *(slider.title for slider in SLIDERS))
_BLANK = "–"  # an answer that was not given; never a zero


def over_time_figure(data: MoodChart, lanes: Sequence[MedicineLane] = (), *, days_only: bool = False) -> Figure:
    """All sliders, of which the first that was answered is shown until others are wanted. With `days_only` the
    answers came without their times, and none is said."""
    when = _When(data, days_only=days_only)
    first = next((series.name for series in data.series if series.points), "")
    shown = lanes_of(lanes)
    rows, eids = _rows(data, when)
    return Figure(
        KEY,
        "Check-ins over time",
        words.counted(len(data.marks), "session marked.", "sessions marked."),
        f"{CANNOT} A line stops there, and after 72 hours without an answer. {OWN}",
        Axis("days"),
        Axis("number", "0 to 10", (), 0, 10),
        Table(_HEAD, rows, eids),
        lines=tuple(
            _line(number, series, when, shown=series.name == first) for number, series in enumerate(data.series)
        ),
        marks=tuple(mark_of(mark) for mark in data.marks),
        lanes=shown,
        empty="A chart grows from check-ins: seven sliders, twenty seconds, whenever you like.",
        signs=LANE_SIGNS if shown else "",
        begins="check-in",
    )


class _When:
    """Moments in words. All sliders of one check-in share them, and every day and every minute is put in words once:
    of many answers, that is what takes long."""

    def __init__(self, data: MoodChart, *, days_only: bool) -> None:
        self._marks, self._days_only = data.marks, days_only
        self._starts = [mark.at for mark in data.marks]
        self._points: dict[str, tuple[float, str]] = {}
        self._days: dict[date, tuple[str, str]] = {}
        self._times: dict[tuple[int, int], str] = {}

    def point(self, one: Point) -> tuple[float, str]:
        """Where it is on the axis, and in words: the day, the time if it is known, how long after which session."""
        if (found := self._points.get(one.eid)) is None:
            (day, _), time, place = self._day(one.at), self._time(one.at), self._before(one.at)
            said = f"{day}, {time}" if time else day
            if place >= 0:
                said += f" · {words.ago(self._starts[place], one.at)} {self._marks[place].label}"
            self._points[one.eid] = found = wall.seconds(one.at), said
        return found

    def cells(self, at: datetime) -> tuple[str, str, str]:
        """The same for the table: the day, the time, the session before it."""
        place = self._before(at)
        return self._day(at)[1], self._time(at), self._marks[place].label if place >= 0 else ""

    def _day(self, at: datetime) -> tuple[str, str]:
        key = at.date()
        if (found := self._days.get(key)) is None:
            self._days[key] = found = words.day(at), words.day_short(at)
        return found

    def _time(self, at: datetime) -> str:
        if self._days_only:
            return ""
        key = at.hour, at.minute
        if (found := self._times.get(key)) is None:
            self._times[key] = found = words.time(at)
        return found

    def _before(self, at: datetime) -> int:
        return bisect_right(self._starts, at) - 1


def _line(number: int, series: Series, when: _When, *, shown: bool) -> Line:
    slider = SLIDERS[number]

    def spot(one: Point) -> Spot:
        x, said = when.point(one)
        return Spot(x, one.value, f"{series.title} {one.value} of 10 on {said}", one.eid)

    runs = tuple(tuple(map(spot, run)) for run in series.runs)
    about = f"0 {slider.low}, 10 {slider.high}"
    return Line(series.title, number, runs, key=series.name, shown=shown, said=_said(series), about=about)


def _said(series: Series) -> str:
    """A line in a sentence, for those who do not see it."""
    if not series.points:
        return ""
    values = [point.value for point in series.points]
    return (
        f"{series.title}: {words.counted(len(values), 'answer', 'answers')} from {words.day(series.points[0].at)} to "
        f"{words.day(series.points[-1].at)}, lowest {min(values)}, highest {max(values)}."
    )


def _rows(data: MoodChart, when: _When) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """A row a check-in, the newest first, and the check-ins."""
    found: dict[str, tuple[datetime, list[str]]] = {}
    for number, series in enumerate(data.series):
        for point in series.points:
            if point.eid not in found:
                found[point.eid] = (point.at, [_BLANK] * len(data.series))
            found[point.eid][1][number] = str(point.value)
    ordered = sorted(((at, eid, values) for eid, (at, values) in found.items()), reverse=True)
    return tuple((*when.cells(at), *values) for at, _, values in ordered), tuple(eid for _, eid, _ in ordered)
