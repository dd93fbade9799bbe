"""What several figures say and draw alike."""

from __future__ import annotations

from journal.records import SLIDERS, Route
from journal.trends import Middle, SessionMark
from ui import words
from ui.charts import wall
from ui.charts.figure import Mark

CANNOT = (
    "One person's numbers, at the moments they chose to answer. Many things change at once, so this cannot show what "
    "caused a change. Where nobody answered there is a gap."
)
OWN = "The sliders are this program's own; they are not a validated questionnaire."
BEFORE = "before"
_SHAPES = {route: number for number, route in enumerate(Route)}


def point_said(point: Middle) -> str:
    """ "before", "24 h after"."""
    return BEFORE if point.window is None else f"{point.window.name} after"


def mark_of(mark: SessionMark) -> Mark:
    """A session across a figure in time, its shape by the way the dose was given."""
    how = f", {words.ROUTE_NAMES[mark.route]}" if mark.route is not None else ""
    text = f"{mark.label}{how}, {words.day(mark.at)}"
    return Mark(wall.seconds(mark.at), mark.label, text, _SHAPES.get(mark.route, 0) % len(SLIDERS), eid=mark.eid)
