"""One slider around each session, before and after, and how long it lasted."""

from __future__ import annotations

from datetime import timedelta

from journal.records import SLIDERS
from journal.trends import Around, Benefit, Curve, End, Survival
from journal.windows import WINDOWS
from ui import words
from ui.charts.figure import Axis, Bar, Figure, Line, Spot, Table
from ui.charts.figures.common import CANNOT, OWN
from ui.charts.shapes import LINES

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_POINTS = ("before", *(window.name for window in WINDOWS))
_DOTTED = "Dotted: in between there is no answer."
_ENDS = {
    End.SEEN: "two answers, one after the other, were back",
    End.NEXT_DOSE: "seen to last this long before the next session",
    End.NO_MORE: "seen to last this long; nothing after it tells more",
}


def around_figure(data: Around) -> Figure:
    """A line a session over before, 4 h, 24 h, 3, 7 and 14 days, and the median where three or more answered."""
    shape = _number(data.name)
    curves = [
        curve for curve in data.curves if curve.baseline is not None or any(one.value is not None for one in curve.at)
    ]
    lines = [_curve_line(data, curve, shape, place, len(curves)) for place, curve in enumerate(curves)]
    middle = tuple(
        Spot(
            place, one.median, f"Median {_plain(one.median)} of 10, {one.window.name} after, {one.answered} sessions"
        )
        for place, one in enumerate(data.middle, 1)
        if one.median is not None
    )
    if middle:
        lines.append(Line("Median", shape, _runs(middle), strong=True, key="median"))
    counts = ", ".join(f"{one.answered} of {one.expected} at {one.window.name}" for one in data.middle)
    head = ("Session", *_POINTS)
    rows = [
        (
            curve.mark.label,
            _plain(curve.baseline.value) if curve.baseline else "–",
            *(_value(one.value) for one in curve.at),
        )
        for curve in curves
    ]
    if curves:
        rows.append(("Answered", "", *(f"{one.answered} of {one.expected}" for one in data.middle)))
    if middle:
        rows.append(("Median", "", *(_plain(one.median) if one.median is not None else "–" for one in data.middle)))
    eids = tuple(curve.mark.eid for curve in curves) + (None,) * (len(rows) - len(curves))
    said = f"{data.title} around {words.counted(len(curves), 'session', 'sessions')}. Answered: {counts}."
    return Figure(
        "around",
        f"{data.title} around each session",
        said,
        f"{CANNOT} A value counts for the point it is nearest to, within that point's window, until the next "
        f"session. A median stands only where at least three sessions have an answer. {OWN}",
        Axis("points", "after the dose", _POINTS, 0, len(_POINTS) - 1),
        Axis("number", data.title, (), 0, 10),
        Table(head, tuple(rows), eids),
        lines=tuple(lines),
        empty="It grows from check-ins around a session: before it, after four hours, a day, three days, a week.",
        notes=(f"Answered: {counts}.",) if curves else (),
        signs=f"{_many(len(curves))} {_DOTTED if any(one.links for one in lines) else ''}".strip(),
        begins="check-in",
    )


def before_after_figure(data: Around, after: int) -> Figure:
    """The baseline and one later point of each session, joined. `after` is a place in `WINDOWS`."""
    window, shape = WINDOWS[after], _number(data.name)
    lines, rows, eids = [], [], []
    curves = [curve for curve in data.curves if curve.baseline is not None or curve.at[after].value is not None]
    for place, curve in enumerate(curves):
        value = curve.at[after].value
        base = curve.baseline
        spots = _base_spots(data, curve, 0)
        if value is not None:
            text = f"{data.title} {value} of 10, {window.name} after {curve.mark.label}"
            spots.append(Spot(1, value, text, curve.at[after].eid))
        number, order = _look(shape, place, len(curves))
        runs = (tuple(spots),)
        lines.append(Line(curve.mark.label, number, runs, quiet=True, order=order, key=curve.mark.eid))
        change = f"{value - base.value:+g}" if base is not None and value is not None else "–"
        rows.append((curve.mark.label, _plain(base.value) if base else "–", _value(value), change))
        eids.append(curve.mark.eid)
    both = sum(row[3] != "–" for row in rows)
    return Figure(
        "before-after",
        f"{data.title}, before and {window.name} after",
        f"{data.title} before and {window.name} after; {words.counted(both, 'session has', 'sessions have')} both.",
        f"{CANNOT} {OWN}",
        Axis("points", "", ("before", f"{window.name} after"), 0, 1),
        Axis("number", data.title, (), 0, 10),
        Table(("Session", "Before", f"{window.name} after", "Change"), tuple(rows), tuple(eids)),
        lines=tuple(lines),
        empty="It needs an answer before a session, and one after it.",
        notes=(f"{both} of {len(data.curves)} sessions have both.",) if rows else (),
        signs=_many(len(curves)),
        begins="check-in",
    )


def lasted_figure(
    title: str,
    benefits: list[tuple[Curve, Benefit | None]],
    survival: Survival | None,
    *,
    up_is_better: bool = True,
) -> Figure:
    """A bar a session for how long it stayed better, with a soft end where nobody knows."""
    bars, rows, eids = [], [], []
    names = tuple(curve.mark.label for curve, _ in benefits)
    for row, (curve, one) in enumerate(benefits):
        eids.append(curve.mark.eid)
        if one is None:
            why = "no answer before it" if curve.baseline is None else "no better answer within three days"
            rows.append((curve.mark.label, "–", "–", why))
            continue
        least, most = one.least / _DAY, one.most / _DAY if one.most is not None else None
        text = f"{curve.mark.label}: at least {_long(one.least)}" + (
            f", at most {_long(one.most)}" if one.most else ""
        )
        bars.append(Bar(row, 0, least, f"{text}; {_ENDS[one.end]}", most, most is None, eid=curve.mark.eid))
        rows.append(
            (curve.mark.label, _long(one.least), _long(one.most) if one.most else "not known", _ENDS[one.end])
        )
    seen = sum(not bar.open_end for bar in bars)
    highest = max((bar.soft or bar.end for bar in bars), default=14.0)
    notes = ()
    if survival is not None:
        half = f"{survival.median:.1f} days" if survival.median is not None else "not reached"
        notes = (
            f"Half of {survival.count} were back by: {half} (Kaplan and Meier, ends counted where they were seen).",
        )
    return Figure(
        "lasted",
        f"{title}: how long it stayed better",
        f"Of {words.counted(len(benefits), 'session', 'sessions')}, {seen} with an end that was seen, and "
        f"{len(bars) - seen} that lasted at least so long.",
        f"{CANNOT} Better means {'above' if up_is_better else 'below'} what it was before. It counts as over at the "
        f"first of two answers, one after the other, that are back by half of the gain; between two answers nobody "
        f"knows. {OWN}",
        Axis("number", "days after the dose", (), 0, max(1.0, highest)),
        Axis("names", "", names, 0, max(0, len(names) - 1)),
        Table(("Session", "At least", "At most", "How it is known"), tuple(rows), tuple(eids)),
        bars=tuple(bars),
        empty="It needs an answer before a session, a better one within three days, and some after that.",
        notes=notes,
        signs="Solid: it was still better. Pale: it ended somewhere in there. An arrow: nobody knows when.",
        begins="check-in",
    )


def _curve_line(data: Around, curve: Curve, shape: int, place: int, count: int) -> Line:
    spots = _base_spots(data, curve, 0)
    runs: list[list[Spot]] = [spots] if spots else []
    links: list[tuple[Spot, Spot]] = []
    last = spots[-1] if spots else None
    gap = not spots
    for number, one in enumerate(curve.at, 1):
        if one.value is None:
            gap = True
            continue
        text = f"{data.title} {one.value} of 10, {one.window.name} after {curve.mark.label}"
        spot = Spot(number, one.value, text, one.eid)
        if gap or not runs:
            runs.append([spot])
            if last is not None:
                links.append((last, spot))
        else:
            runs[-1].append(spot)
        last, gap = spot, False
    number, order = _look(shape, place, count)
    return Line(
        curve.mark.label, number, tuple(map(tuple, runs)), tuple(links), quiet=True, order=order, key=curve.mark.eid
    )


def _look(slider: int, place: int, count: int) -> tuple[int, float]:
    """The number and the order of a session's line: a shape and a colour of its own while there are enough of them,
    else the slider's, and the later the darker."""
    return (place, 1.0) if count <= LINES else (slider, (place + 1) / count)


def _many(count: int) -> str:
    """How to read more sessions than there are shapes."""
    return f"{count} sessions share one shape and colour; the later, the darker." if count > LINES else ""


def _base_spots(data: Around, curve: Curve, x: float) -> list[Spot]:
    base = curve.baseline
    if base is None:
        return []
    text = f"{data.title} {_plain(base.value)} of 10 before {curve.mark.label} ({base.rule})"
    return [Spot(x, base.value, text, base.eids[-1])]


def _runs(spots: tuple[Spot, ...]) -> tuple[tuple[Spot, ...], ...]:
    """Neighbouring points belong together; a point without a median between them parts them."""
    runs: list[list[Spot]] = []
    for spot in spots:
        if runs and spot.x - runs[-1][-1].x == 1:
            runs[-1].append(spot)
        else:
            runs.append([spot])
    return tuple(map(tuple, runs))


def _number(name: str) -> int:
    return next(number for number, slider in enumerate(SLIDERS) if slider.name == name)


def _value(value: int | None) -> str:
    return "–" if value is None else str(value)


def _plain(value: float) -> str:
    return f"{value:g}"


def _long(length: timedelta) -> str:
    hours = length / _HOUR
    if hours < 48:
        return words.counted(round(hours), "hour", "hours")
    return f"{length / _DAY:.1f} days".replace(".0 ", " ")
