"""Two things side by side: the answers before and after a change, and the middle of two courses."""

from __future__ import annotations

from collections.abc import Sequence

from journal.records import SLIDERS
from journal.trends import Around, Side
from journal.windows import WINDOWS
from ui import words
from ui.charts.figure import Axis, Figure, Line, Spot, Table
from ui.charts.figures.common import BEFORE, CANNOT, OWN, beside, point_said, spread
from ui.charts.shapes import LINES

_POINTS = (BEFORE, *(window.name for window in WINDOWS))


def change_figure(title: str, number: int, what: str, before: Side, after: Side, days: int) -> Figure:
    """Every answer of the days before and after, and their medians where there are three or more."""
    lines, rows = [], []
    for x, (name, side) in enumerate(((f"{days} days before", before), (f"{days} days after", after))):
        spots = tuple(
            Spot(x, one.value, f"{title} {one.value} of 10, {words.day(one.at)}, {name}", one.eid)
            for one in side.points
        )
        if spots:
            look = (number + x) % LINES  # the slider's own, and another shape and colour
            lines.append(Line(name, look, tuple((spot,) for spot in spread(spots)), quiet=True, key=str(x)))
        middle = "–" if side.median is None else f"{side.median:g}"
        rows.append((name, str(len(side.points)), middle))
    medians = [
        Spot(x, side.median, f"Median {side.median:g} of {len(side.points)} answers", None)
        for x, side in enumerate((before, after))
        if side.median is not None
    ]
    if medians:
        lines.append(Line("Median", number, (tuple(medians),), strong=True, key="median"))
    return Figure(
        "change",
        f"{title} before and after: {what}",
        f"{len(before.points)} answers before, {len(after.points)} after.",
        f"{CANNOT} Above all it cannot show that the change made the difference. {OWN}",
        Axis("points", "", (f"{days} days before", f"{days} days after"), 0, 1),
        Axis("number", title, (), 0, 10),
        Table(("When", "Answers", "Median"), tuple(rows) if lines else (), (None, None) if lines else ()),
        lines=tuple(lines),
        empty="It needs a change of a medicine that you noted, and check-ins in the two weeks before or after it.",
    )


def courses_figure(name: str, courses: Sequence[tuple[str, Around]]) -> Figure:
    """The median of each course before its sessions and after; under three answers at a point there is none. Below
    each point stands how many sessions of each course have an answer."""
    slider = next(number for number, one in enumerate(SLIDERS) if one.name == name)
    title = SLIDERS[slider].title
    lines, rows = [], []
    for place, (course, data) in enumerate(courses):
        runs: list[list[Spot]] = [[]]
        cells = []
        for x, one in enumerate(data.points):
            cells.append(f"{one.median:g} ({one.answered})" if one.median is not None else f"– ({one.answered})")
            if one.median is None:
                runs.append([])
                continue
            text = f"{course}: median {one.median:g} of 10, {point_said(one)}, {one.answered} sessions"
            runs[-1].append(Spot(x, one.median, text))
        drawn = tuple(tuple(run) for run in runs if run)
        if drawn:  # two courses may have one name
            lines.append(Line(course, place, drawn, key=f"{place} {course}"))
        rows.append((course, *cells))
    counts = zip(*([str(one.answered) for one in data.points] for _, data in courses), strict=True)
    names = " · ".join(course for course, _ in courses)
    return Figure(
        "courses",
        f"{title}: courses side by side",
        f"{words.counted(len(courses), 'course', 'courses')}, medians around their sessions.",
        f"{CANNOT} Courses differ in more than one thing. Below each point, and in the table in brackets: how many "
        f"sessions have an answer ({names}). A median stands only where at least three have one. {OWN}",
        Axis(
            "points", "after the dose", _POINTS, 0, len(_POINTS) - 1,
            counts=tuple(" · ".join(column) for column in counts),
        ),
        Axis("number", title, (), 0, 10),
        Table(("Course", *_POINTS), tuple(rows), (None,) * len(rows)),
        lines=beside(lines, len(_POINTS)),
        empty="It needs two courses with check-ins after at least three sessions each.",
    )  # fmt: skip
