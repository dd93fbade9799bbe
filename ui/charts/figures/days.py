"""Side effects from when they came to when they were gone, and the days on which something was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from journal.records import SIDE_EFFECTS
from journal.service.body import Effect, hours_of
from journal.trends import SessionMark
from ui import words
from ui.charts.figure import Axis, Bar, Cell, Figure, Table
from ui.charts.figures.common import CANNOT

_NAMES = dict(SIDE_EFFECTS)
_WEEKDAYS = 7
_WEEKS = 10  # there is room for so many, however few there are


def effects_figure(effects: Sequence[Effect], marks: Sequence[SessionMark]) -> Figure:
    """A bar for each side effect of a session, in hours since the dose. What was not said to be gone has no end, and
    what began at no known time has no bar."""
    starts = {mark.eid: mark for mark in marks}
    bars, rows, eids, names = [], [], [], []
    unsaid = ends = 0
    for one in effects:
        mark = starts.get(one.effect.session or "")
        if mark is None:
            continue
        name = _NAMES.get(one.effect.what, one.effect.what)
        hours = hours_of(one.effect, mark.at)
        begin, gone = hours.began, hours.gone
        end = "not said to be gone" if gone is None else f"gone {_hours(gone)} after the dose"
        came = "when it began was not said" if begin is None else f"from {_hours(begin)} after the dose"
        text = f"{name}, {mark.label}: {came}, {end}"
        row = len(names)
        names.append(f"{name}, {mark.label}")
        if begin is None:  # a length that nobody gave is not drawn
            at = max(0.0, gone) if gone is not None else 0.0
            bars.append(Bar(row, at, at, text, number=2, eid=one.eid))
        else:
            last = max(begin, gone if gone is not None else begin)
            bars.append(Bar(row, begin, last, text, None, gone is None, number=2, eid=one.eid))
        unsaid += begin is None
        ends += gone is None
        began = "not said" if begin is None else _hours(begin)
        rows.append((name, mark.label, began, "–" if gone is None else _hours(gone)))
        eids.append(one.eid)
    highest = max((bar.end for bar in bars), default=24.0)
    lowest = min([0.0, *(bar.start for bar in bars)])
    signs = ["An arrow: not said to be gone."] if any(bar.open_end for bar in bars) else []
    if unsaid:
        signs.append("A row without a bar: when it began was not said.")
    return Figure(
        "effects",
        "Side effects, from coming to going",
        f"{words.counted(len(bars), 'side effect', 'side effects')}, {ends} of them not said to be gone.",
        f"{CANNOT} What was not written down is not here.",
        Axis("number", "hours after the dose", (), lowest, max(1.0, highest * 1.04)),  # room for an arrow
        Axis("names", "", tuple(names), 0, max(0, len(names) - 1)),
        Table(("What", "Session", "Began after", "Gone after"), tuple(rows), tuple(eids)),
        bars=tuple(bars),
        empty="It grows from the side effects you note on a session's page.",
        signs=" ".join(signs),
    )


def answered_figure(counts: Mapping[date, int], sessions: Mapping[date, str], today: date) -> Figure:
    """A field for every day of the last half year at most; how dark it is says how much was answered."""
    first = min([*counts, *sessions], default=today)
    first = max(first, today - timedelta(days=26 * _WEEKDAYS - 1))
    first -= timedelta(days=first.weekday())
    weeks = (today - first).days // _WEEKDAYS + 1
    highest = max((count for day, count in counts.items() if day >= first), default=1)
    cells, rows = [], []
    for number in range((today - first).days + 1):
        day = first + timedelta(days=number)
        count, session = counts.get(day, 0), sessions.get(day)
        text = f"{words.date_long(day)}: {words.counted(count, 'answer', 'answers')}"
        cells.append(
            Cell(
                number // _WEEKDAYS, day.weekday(), count / highest if count else None, "●" if session else "",
                f"{text}; {session}" if session else text,
            )
        )  # fmt: skip
        if count or session:
            rows.append((words.date_long(day), str(count), session or ""))
    names = tuple(words.date_no_year(first + timedelta(weeks=week)) if week % 4 == 0 else "" for week in range(weeks))
    some = sum(1 for day in counts if day >= first and counts[day])
    return Figure(
        "answered",
        "Days with an answer",
        f"Something was answered on {words.counted(some, 'day', 'days')}.",
        "People write more on some days than on others, and not only by chance: an empty day says nothing about it.",
        Axis("points", "", names, 0, max(_WEEKS - 1, weeks - 1)),
        Axis("names", "", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), 0, 6),
        Table(("Day", "Answers", "Session"), tuple(reversed(rows)), (None,) * len(rows)),
        cells=tuple(cells) if counts else (),
        empty="It grows with every check-in and every questionnaire.",
        signs="The darker, the more was answered. A dot: a session.",
        begins="check-in",
    )


def _hours(value: float) -> str:
    if abs(value) < 1:
        return f"{round(value * 60)} min"
    return f"{value:.1f} h".replace(".0 h", " h") if abs(value) < 48 else f"{value / 24:.1f} days".replace(".0 ", " ")
