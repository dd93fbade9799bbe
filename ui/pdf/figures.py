"""What a report's charts show, from a share: the one of page one, and a small one for each session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

from journal.records import SLIDERS, Route
from journal.report.page_one import Change, changes
from journal.share import Dates, Payload, SharedScale, SharedSession, Window
from journal.share.render import ROUTES
from ui.charts import wall
from ui.pdf.chart import Chart, Curve, Range
from ui.review import numbers

# What clinics write. Spelled out below the chart.
SHORT: dict[Route, str] = {
    Route.INTRAVENOUS: "IV",
    Route.INTRAMUSCULAR: "IM",
    Route.SUBCUTANEOUS: "SC",
    Route.SUBLINGUAL: "SL",
    Route.BUCCAL: "buccal",
    Route.INTRANASAL: "nasal",
    Route.ORAL: "oral",
    Route.RECTAL: "rectal",
    Route.OTHER: "other",
}
WINDOWS = tuple(Window)
_MOOD, _DISTRESS = 0, 5  # places in SLIDERS
_FEWEST = 2  # totals from which a line says more than the table above it


@dataclass(frozen=True)
class Shown:
    """A chart with its heading and what is to be said of it."""

    title: str
    chart: Chart
    notes: tuple[str, ...]


def main_chart(payload: Payload) -> Shown | None:
    """The questionnaire with the most totals; where none has two, the check-ins; None where there is neither."""
    found = [(one, _totals(payload, one)) for one in changes(payload)]
    most = max(found, key=lambda pair: len(pair[1]), default=None)
    checkins = any(value is not None for checkin in payload.checkins for value in checkin.values)
    if most is not None and (len(most[1]) >= _FEWEST or not checkins):
        return _of_scale(payload, *most)
    return _of_checkins(payload) if checkins else None


def session_charts(payload: Payload) -> tuple[tuple[Curve, ...], list[tuple[str, Chart]]]:
    """For each session with check-ins at published times after it, a chart; and what its shapes stand for."""
    chosen = [place for place in (_MOOD, _DISTRESS) if _answered(payload, place)]
    if not chosen:
        chosen = [place for place in range(len(SLIDERS)) if _answered(payload, place)][:1]
    legend = tuple(Curve(SLIDERS[place].title, place, ()) for place in chosen)
    found = []
    for place, session in enumerate(payload.sessions):
        curves = tuple(Curve(SLIDERS[slider].title, slider, _runs(payload, place, slider)) for slider in chosen)
        if any(curve.runs for curve in curves):
            names = tuple("before" if one is Window.BEFORE else str(one) for one in WINDOWS)
            found.append((mark_of(session, payload.dates, long=True), Chart(0, 10, curves, names=names)))
    return legend, found


def marks(payload: Payload) -> tuple[tuple[tuple[float, str], ...], str]:
    """The sessions that happened, each by its number and route; and what the short words mean."""
    happened = [session for session in payload.sessions if session.happened]
    used = {session.route for session in happened if session.route is not None}
    told = [f"{SHORT[route]}: {ROUTES[route]}" for route in Route if route in used and SHORT[route].isupper()]
    return tuple((_at(one), mark_of(one, payload.dates)) for one in happened), "; ".join(told)


def mark_of(session: SharedSession, dates: Dates, *, long: bool = False) -> str:
    """ "3 IM": the number of a dose and its route; its day where it has no number."""
    number = str(session.number) if session.number is not None else "–"
    route = SHORT[session.route] if session.route is not None else ""
    if not long:
        return f"{number} {route}".strip()
    name = f"Session {number}" if session.number is not None else "Session"
    day = session.day.isoformat()[:7] if dates is Dates.MONTH else session.day.isoformat()
    return ", ".join(part for part in (name, day, route) if part)


def _of_scale(payload: Payload, one: Change, totals: list[SharedScale]) -> Shown | None:
    runs: list[list[tuple[float, float]]] = [[]]
    for scale in totals:
        if scale.total is None:
            runs.append([])
        else:
            runs[-1].append((_at(scale), scale.total))
    values = [y for run in runs for _, y in run]
    low = one.last.low if one.last.low is not None else min(0.0, *values, 0.0)
    high = one.last.high if one.last.high is not None else max(*values, low + 1)
    low, high = min(low, *values, high), max(high, *values, low + 1)
    pack = one.pack
    ranges, source = (), ""
    if pack is not None and pack.bands is not None and pack.bands.source.checked:
        ranges = tuple(Range(band.low, band.high, band.name) for band in pack.bands.ranges)
        source = f"Published ranges, of groups of people: {pack.bands.source.text}."
    sessions, routes = marks(payload)
    curve = Curve(one.title, 0, tuple(tuple(run) for run in runs if run))
    notes = ("A line ends where there was no total.", _marks_told(sessions, routes), source, _exact(payload))
    chart = Chart(low, high, (curve,), ranges, sessions)
    return Shown(f"{one.title} over time", chart, tuple(note for note in notes if note))


def _of_checkins(payload: Payload) -> Shown:
    data = numbers.chart(payload)
    place = _MOOD if data.series[_MOOD].points else next(n for n, one in enumerate(data.series) if one.points)
    slider, series = SLIDERS[place], data.series[place]
    runs = tuple(tuple((wall.seconds(point.at), float(point.value)) for point in run) for run in series.runs)
    sessions, routes = marks(payload)
    chart = Chart(0, 10, (Curve(slider.title, place, runs),), (), sessions)
    notes = (
        f"{slider.title}, 0 ({slider.low}) to 10 ({slider.high}), answered in the moment. This program's own slider, "
        "not validated. Nothing joins answers across a blank, or more than 72 hours apart.",
        _marks_told(sessions, routes),
        _exact(payload),
    )
    return Shown(f"{slider.title} over time", chart, tuple(note for note in notes if note))


def _totals(payload: Payload, one: Change) -> list[SharedScale]:
    """All of one questionnaire in the order of time, those without a total too."""
    last = one.last
    same = [
        scale
        for scale in payload.scales
        if (scale.scale, scale.version, scale.told) == (last.scale, last.version, last.told)
        and (not last.told or scale.title.casefold() == last.title.casefold())
    ]
    return sorted(same, key=_at)


def _runs(payload: Payload, session: int, slider: int) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The answers around one session at their window; joined where each of two windows side by side has one."""
    by_window: list[list[int]] = [[] for _ in WINDOWS]
    for checkin in payload.checkins:
        value = checkin.values[slider]
        if checkin.session == session and checkin.window is not None and value is not None:
            by_window[WINDOWS.index(checkin.window)].append(value)
    runs: list[list[tuple[float, float]]] = []
    joined = False
    for place, values in enumerate(by_window):
        points = [(float(place), float(value)) for value in values]
        if len(points) == 1 and joined:
            runs[-1] += points
        else:
            runs += [[point] for point in points]
        joined = len(points) == 1
    return tuple(tuple(run) for run in runs)


def _answered(payload: Payload, slider: int) -> bool:
    return any(
        checkin.values[slider] is not None and checkin.session is not None and checkin.window is not None
        for checkin in payload.checkins
    )


def _marks_told(sessions: tuple[tuple[float, str], ...], routes: str) -> str:
    if not sessions:
        return ""
    return f"Dashed: sessions, by number and route{f' ({routes})' if routes else ''}."


def _exact(payload: Payload) -> str:
    return "" if payload.dates is Dates.DAY else f"Days are told by the {payload.dates}, and stand at its beginning."


def _at(one: SharedScale | SharedSession) -> float:
    return wall.seconds(one.at or datetime.combine(one.day, time(0), UTC))
