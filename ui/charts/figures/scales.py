"""A questionnaire over time, its items one by one, and what published rules say of two totals."""

from __future__ import annotations

from collections.abc import Sequence

from journal.scales import Pack, Score, band_text
from journal.service import Answered
from journal.service.body import MedicineLane
from journal.trends import SessionMark
from ui import words
from ui.charts import wall
from ui.charts.figure import Axis, Band, Cell, Figure, Line, Spot, Table
from ui.charts.figures.common import CANNOT, LANE_SIGNS, lanes_of, mark_of, short

_PRORATED = "with what was missing made up from the other answers"


def scale_figure(
    pack: Pack,
    answered: Sequence[Answered],
    marks: Sequence[SessionMark],
    lanes: Sequence[MedicineLane] = (),
    *,
    bands: bool = False,
) -> Figure:
    """Totals in time with the sessions marked and medicines below. A filling without a total is a gap."""
    ordered = sorted(answered, key=_when)
    runs: list[list[Spot]] = [[]]
    rows, eids = [], []
    for one in ordered:
        score = one.score
        at = one.record.at
        when = words.day_short(at)
        if score is None or score.total is None:
            runs.append([])
            rows.append((when, "–", score.why_none if score else "its form is not here"))
        else:
            note = f", {_PRORATED}" if score.prorated else ""
            text = f"{pack.title} {score.total:g} of {score.high:g} on {words.day(at)}{note}"
            runs[-1].append(Spot(wall.seconds(at.at), score.total, text, one.eid))
            band = band_text(score.band) if bands and score.band else ""
            rows.append(
                (when, f"{score.total:g}", f"{score.answered} of {score.expected} answered{note}. {band}".strip())
            )
        eids.append(one.eid)
    drawn = tuple(tuple(run) for run in runs if run)
    low, high = _ends(pack, ordered)
    ranges = pack.bands.ranges if bands and pack.bands is not None else ()
    source = f" Published ranges: {pack.bands.source.text}." if ranges and pack.bands is not None else ""
    count = sum(len(run) for run in drawn)
    return Figure(
        f"scale {pack.id}",
        pack.title,
        f"{pack.title}: {words.counted(count, 'total', 'totals')}, {len(ordered) - count} without one.",
        f"{CANNOT} It looks back over {pack.recall_days} days, so it cannot show a change within hours.{source}",
        Axis("days"),
        Axis("number", pack.title, (), low, high),
        Table(("Day", "Total", "From"), tuple(reversed(rows)), tuple(reversed(eids))),
        lines=(Line(pack.title, 0, drawn),) if drawn else (),
        bands=tuple(Band(one.low, one.high, one.name, number) for number, one in enumerate(ranges)),
        marks=tuple(mark_of(mark) for mark in marks) if drawn else (),
        lanes=lanes_of(lanes) if drawn else (),
        empty="It grows as you fill in this questionnaire.",
        signs=LANE_SIGNS if drawn and lanes else "",
    )


def items_figure(pack: Pack, answered: Sequence[Answered]) -> Figure:
    """Every item of every filling; where nothing was answered the field stays empty."""
    ordered = [one for one in sorted(answered, key=_when) if len(one.record.answers) == len(pack.items)]
    names = tuple(short(item.text) for item in pack.items)
    cells, rows = [], []
    for row, item in enumerate(pack.items):
        options = {option.value: option.text for option in item.options or pack.options}
        highest = max(options, default=1) or 1
        line = [item.text]
        for column, one in enumerate(ordered):
            value = one.record.answers[row]
            when = words.day(one.record.at)
            said = "no answer" if value is None else options.get(value, str(value))
            level = None if value is None else max(0.0, min(1.0, value / highest))
            shown = "" if value is None else str(value)
            cells.append(Cell(column, row, level, shown, f"{item.text}: {said}, {when}", one.eid))
            line.append("–" if value is None else str(value))
        rows.append(tuple(line))
    days = tuple(words.date_brief(one.record.at) for one in ordered)
    return Figure(
        f"items {pack.id}",
        f"{pack.title}, item by item",
        f"{words.counted(len(ordered), 'filling', 'fillings')} of {len(pack.items)} items.",
        f"{CANNOT} Single items say less than the whole, and move more by chance.",
        Axis("points", "", days, 0, max(0, len(days) - 1)),
        Axis("names", "", names, 0, max(0, len(names) - 1)),
        Table(("Item", *days), tuple(rows), (None,) * len(rows)),
        cells=tuple(cells),
        empty="It grows as you fill in this questionnaire.",
        signs="The darker, the higher the answer. Empty: no answer." if cells else "",
    )


def _ends(pack: Pack, answered: Sequence[Answered]) -> tuple[float, float]:
    scores: list[Score] = [one.score for one in answered if one.score is not None]
    if scores:
        return scores[-1].low, scores[-1].high
    low, high = pack.range_of(pack.scored)
    return float(low), float(high)


def _when(one: Answered) -> tuple[float, str]:
    return one.record.at.at.timestamp(), one.eid
