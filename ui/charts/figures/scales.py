"""A questionnaire over time, its items one by one, and what published rules say of two totals."""

from __future__ import annotations

from collections.abc import Sequence

from journal.clock import in_utc, later
from journal.scales import Pack, Score, band_text
from journal.service import Answered
from journal.service.body import MedicineLane
from journal.trends import SessionMark, Total, longest_line, runs_of
from journal.trends.baseline import FORTNIGHT
from ui import words
from ui.charts import wall
from ui.charts.figure import Axis, Band, Cell, Figure, Line, Spot, Table
from ui.charts.figures.common import CANNOT, LANE_SIGNS, lanes_of, mark_of, short
from ui.charts.figures.since import Span, changes, notes, outcomes

_COLUMNS = 5  # there is room for so many fillings, however few there are
_WITHIN = "Of this course alone: from two weeks before its first session until the next course."
_PRORATED = "with what was missing made up from the other answers"


def scale_figure(
    pack: Pack,
    answered: Sequence[Answered],
    marks: Sequence[SessionMark],
    lanes: Sequence[MedicineLane] = (),
    spans: Sequence[Span] = (),
    *,
    bands: bool = False,
    pinned: str = "",
    within: Span | None = None,
) -> Figure:
    """Totals in time with the sessions marked and medicines below. A filling without a total is a gap. `spans`: the
    courses to count changes in, from before each or from the total with the id `pinned`. `bands`: published ranges
    and definitions are quoted, those that were checked. `within`: only what belongs to this course is shown."""
    ordered = sorted(answered, key=_when)
    totals = [_total(one) for one in ordered]
    became = outcomes(pack, totals, spans, pinned)
    change = changes(became)
    if within is not None:
        ordered = [one for one in ordered if _belongs(one, within)]
        totals = [_total(one) for one in ordered]
    published = pack.bands if bands and pack.bands is not None and pack.bands.source.checked else None
    spots: dict[str, Spot] = {}
    rows, eids = [], []
    for one in ordered:
        score = one.score
        at = one.record.at
        when = words.day_short(at)
        if score is None or score.total is None:
            rows.append((when, "–", "", score.why_none if score else "its form is not here"))
        else:
            note = f", {_PRORATED}" if score.prorated else ""
            text = f"{pack.title} {score.total:g} of {score.high:g} on {words.day(at)}{note}"
            spots[one.eid] = Spot(wall.seconds(at.at), score.total, text, one.eid)
            band = band_text(score.band) if published and score.band else ""
            made = f"{score.answered} of {score.expected} answered{note}. {band}".strip()
            rows.append((when, f"{score.total:g}", change.get(one.eid, ""), made))
        eids.append(one.eid)
    longest = longest_line(pack.recall_days)
    runs = runs_of(totals, longest)
    drawn = tuple(tuple(spots[one.eid] for one in run) for run in runs)
    low, high = _ends(pack, ordered)
    ranges = published.ranges if published is not None else ()
    source = f" Published ranges: {published.source.text}." if published is not None else ""
    return Figure(
        f"scale {pack.id}",
        pack.title,
        f"{pack.title}: {words.counted(len(spots), 'total', 'totals')}, {len(ordered) - len(spots)} without one.",
        f"{CANNOT} {_looks_back(pack)} A line joins totals that are at most {longest.days} days apart.{source}",
        Axis("days"),
        Axis("number", pack.title, (), low, high),
        Table(("Day", "Total", "Change", "From"), tuple(reversed(rows)), tuple(reversed(eids))),
        lines=(Line(pack.title, 0, drawn),) if drawn else (),
        bands=tuple(Band(one.low, one.high, one.name, number) for number, one in enumerate(ranges)),
        marks=tuple(mark_of(mark) for mark in marks) if drawn else (),
        lanes=lanes_of(lanes) if drawn else (),
        empty="It grows as you fill in this questionnaire.",
        notes=notes(pack, became, published=bands) if drawn else (),
        signs=" ".join(said for said in (_WITHIN if within else "", LANE_SIGNS if drawn and lanes else "") if said),
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
        Axis("points", "", days, 0, max(_COLUMNS, len(days)) - 1),
        Axis("names", "", names, 0, max(0, len(names) - 1)),
        Table(("Item", *days), tuple(rows), (None,) * len(rows)),
        cells=tuple(cells),
        empty="It grows as you fill in this questionnaire.",
        signs="The darker, the higher the answer. Empty: no answer." if cells else "",
    )


def _total(one: Answered) -> Total:
    return Total(one.record.at.at, one.score.total if one.score is not None else None, one.eid)


def _belongs(one: Answered, course: Span) -> bool:
    at = in_utc(one.record.at.at)
    begins = later(in_utc(course.first), -FORTNIGHT)
    return begins <= at and (course.until is None or at < in_utc(course.until))


def _looks_back(pack: Pack) -> str:
    """How far, and what follows from that."""
    if not pack.recall_days:
        return "It does not say how far it looks back."
    days = words.counted(pack.recall_days, "day", "days")
    return f"It looks back over {days}, so it cannot show a change within hours."


def _ends(pack: Pack, answered: Sequence[Answered]) -> tuple[float, float]:
    scores: list[Score] = [one.score for one in answered if one.score is not None]
    if scores:
        return scores[-1].low, scores[-1].high
    low, high = pack.range_of(pack.scored)
    return float(low), float(high)


def _when(one: Answered) -> tuple[float, str]:
    return one.record.at.at.timestamp(), one.eid
