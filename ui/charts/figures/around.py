"""One slider around each session, before and after, and how long it lasted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from journal.records import SLIDERS
from journal.trends import Around, Benefit, Curve, End, Rule, Survival
from journal.windows import WINDOWS
from ui import words
from ui.charts.figure import Axis, Bar, Figure, Line, Spot, Table
from ui.charts.figures.common import BEFORE, CANNOT, OWN, beside, point_said
from ui.charts.shapes import LINES

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_BESIDE = 0.12  # of the way to the next point
_PAIR = 3  # from one pair of points to the next: two, and one that stays empty
_POINTS = (BEFORE, *(window.name for window in WINDOWS))
_DOTTED = "Dotted: in between there is no answer."
_BARS = (
    "Solid: it was still better. Pale: it ended somewhere in there. An arrow: nobody knows when. No bar: nothing was "
    "better within three days, or it was not answered before."
)
_ENDS = {
    End.SEEN: "two answers, one after the other, were back",
    End.NEXT_DOSE: "seen to last this long before the next session",
    End.NO_MORE: "seen to last this long; nothing after it tells more",
}


def around_figure(data: Around) -> Figure:
    """A line a session over before, 4 h, 24 h, 3, 7 and 14 days, and the median where three or more answered. Where
    the next session came within these days, a stroke says when."""
    shape = _number(data.name)
    curves = [
        curve for curve in data.curves if curve.baseline is not None or any(one.value is not None for one in curve.at)
    ]
    lines = [_curve_line(data, curve, shape, place, len(curves)) for place, curve in enumerate(curves)]
    middle = tuple(
        Spot(place, one.median, f"Median {_plain(one.median)} of 10, {point_said(one)}, {one.answered} sessions")
        for place, one in enumerate(data.points)
        if one.median is not None
    )
    if middle:
        lines.append(Line("Median", shape, _runs(middle), strong=True, key="median"))
    of_points = tuple(f"{one.answered} of {one.expected}" for one in data.points)
    counts = "; ".join(f"{point_said(one)} {count}" for one, count in zip(data.points, of_points, strict=True))
    head = ("Session", *_POINTS, "Next session after")
    rows = [
        (
            curve.mark.label,
            _plain(curve.baseline.value) if curve.baseline else "–",
            *(_value(one.value) for one in curve.at),
            _long(curve.next_after) if curve.next_after is not None else "–",
        )
        for curve in curves
    ]
    if curves:
        rows.append(("Answered", *of_points, ""))
    if middle:
        medians = (_plain(one.median) if one.median is not None else "–" for one in data.points)
        rows.append(("Median", *medians, ""))
    eids = tuple(curve.mark.eid for curve in curves) + (None,) * (len(rows) - len(curves))
    said = f"{data.title} around {words.counted(len(curves), 'session', 'sessions')}. Answered: {counts}."
    return Figure(
        "around",
        f"{data.title} around each session",
        said,
        f"{CANNOT} A value counts for the point it is nearest to, within that point's window, until the next "
        f"session; where that came stands a short upright stroke. A dotted line only leads past points without an "
        f"answer. Below each point: how many sessions have an answer, of how many that could. A median stands only "
        f"where at least three have one. {OWN}",
        Axis("points", "after the dose", _POINTS, 0, len(_POINTS) - 1, of_points if curves else ()),
        Axis("number", data.title, (), 0, 10),
        Table(head, tuple(rows), eids),
        lines=beside(lines, len(_POINTS)),
        empty="It grows from check-ins around a session: before it, after four hours, a day, three days, a week.",
        notes=(f"Answered: {counts}.",) if curves else (),
        signs=f"{_many(len(curves))} {_DOTTED if any(one.links for one in lines) else ''}".strip(),
        begins="check-in",
    )


def before_after_figure(data: Around, after: Sequence[int], pinned: str = "") -> Figure:
    """What it was before each session, joined to one later point: a pair of points for each of `after`, side by side.
    `after` are places in `WINDOWS`. From pair to pair nothing is joined. `pinned`: the session whose before stands
    for all of them."""
    shape = _number(data.name)
    lines, rows, eids = [], [], []
    curves = [
        curve
        for curve in data.curves
        if curve.baseline is not None or any(curve.at[one].value is not None for one in after)
    ]
    both = [0] * len(after)
    for place, curve in enumerate(curves):
        base = curve.baseline
        runs, cells = [], []
        for pair, one in enumerate(curve.at[one] for one in after):
            spots = _base_spots(data, curve, pair * _PAIR)
            if one.value is not None:
                text = f"{data.title} {one.value} of 10, {one.window.name} after {curve.mark.label}"
                spots.append(Spot(pair * _PAIR + 1, one.value, text, one.eid))
            if spots:
                runs.append(tuple(spots))
            known = base is not None and one.value is not None
            both[pair] += known
            cells += [_value(one.value), f"{one.value - base.value:+g}" if known else "–"]
        number, order = _look(shape, place, len(curves))
        lines.append(Line(curve.mark.label, number, tuple(runs), quiet=True, order=order, key=curve.mark.eid))
        rows.append((curve.mark.label, _plain(base.value) if base else "–", *cells))
        eids.append(curve.mark.eid)
    windows = [WINDOWS[one] for one in after]
    heads, names, counts = ["Session", "Before"], [], []
    of_each = [f"{some} of {data.middle[one].expected}" for one, some in zip(after, both, strict=True)]
    for window, count in zip(windows, of_each, strict=True):
        heads += [f"{window.name} after", f"Change, {window.name}"]
        names += [BEFORE, f"{window.name} after" if len(after) == 1 else window.name, ""]
        counts += ["", count, ""]
    when = f"{windows[0].name} after" if len(after) == 1 else "after"
    told = "; ".join(f"{window.name} after {count}" for window, count in zip(windows, of_each, strict=True))
    counted = (f"All are counted from before {pinned}.",) if pinned else ()
    edge = 0.0 if len(after) == 1 else 0.5  # room for the names at the ends
    return Figure(
        "before-after",
        f"{data.title}, before and {when}",
        f"{data.title} before and {when}. Sessions with an answer before and one after: {told}.",
        f"{CANNOT} Below each point after: how many sessions have both, of how many that could. {OWN}",
        Axis("points", "", tuple(names[:-1]), -edge, len(names) - 2 + edge, tuple(counts[:-1]) if rows else ()),
        Axis("number", data.title, (), 0, 10),
        Table(tuple(heads), tuple(rows), tuple(eids)),
        lines=beside(lines, len(names)),
        empty="It needs an answer before a session, and one after it.",
        notes=(*counted, f"Sessions with both: {told}.") if rows else (),
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
        signs=_BARS,
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
    cut = _cut(curve, last) if last is not None else None
    number, order = _look(shape, place, count)
    return Line(
        curve.mark.label, number, tuple(map(tuple, runs)), tuple(links), quiet=True, order=order, cut=cut,
        key=curve.mark.eid,
    )  # fmt: skip


def _look(slider: int, place: int, count: int) -> tuple[int, float]:
    """The number and the order of a session's line: a shape and a colour of its own while there are enough of them,
    else the slider's, and the later the darker."""
    return (place, 1.0) if count <= LINES else (slider, (place + 1) / count)


def _many(count: int) -> str:
    """How to read more sessions than there are shapes."""
    return f"{count} sessions share one shape and colour; the later, the darker." if count > LINES else ""


def _cut(curve: Curve, last: Spot) -> Spot | None:
    """Where the next session came, as high as the last answer before it, and never to the left of that: a point
    stands for its whole window."""
    if curve.next_after is None:
        return None
    text = f"The next session came {_long(curve.next_after)} after {curve.mark.label}"
    return Spot(max(_place_of(curve.next_after), last.x + _BESIDE), last.y, text, curve.mark.eid)


def _place_of(passed: timedelta) -> float:
    """Where a time since the dose lies among the points; the dose itself half-way between before and the first."""
    known = [(timedelta(), 0.5), *((window.point, float(place)) for place, window in enumerate(WINDOWS, 1))]
    for (one, left), (other, right) in pairwise(known):
        if passed <= other:
            return left + (right - left) * ((passed - one) / (other - one))
    return known[-1][1] + _BESIDE


def _base_spots(data: Around, curve: Curve, x: float) -> list[Spot]:
    base = curve.baseline
    if base is None:
        return []
    when = "chosen to count from" if base.rule is Rule.PINNED else f"before {curve.mark.label} ({base.rule})"
    text = f"{data.title} {_plain(base.value)} of 10 {when}"
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
