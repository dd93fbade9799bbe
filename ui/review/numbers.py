"""The check-ins of a share as a chart and as a small table.

A share without exact times gives days only. Such check-ins are drawn in the order they were made, spread over
their day; the chart says so. They are never given a time they did not come with.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from journal.records import SLIDERS
from journal.share import Dates, Payload, SharedCheckIn
from journal.trends import Answer, MoodChart, SessionMark, chart_of
from ui.review.phrases import session_name


def chart(payload: Payload) -> MoodChart:
    """The chart of all check-ins in a share, with its sessions marked."""
    answers = tuple(
        Answer(at=at, eid=str(place), values=checkin.values)
        for place, (checkin, at) in enumerate(zip(payload.checkins, _times(payload), strict=True))
    )
    marks = tuple(
        SessionMark(
            at=session.at or datetime.combine(session.day, time(0), UTC),
            label=session_name(session, payload.dates),
            route=session.route,
            eid=str(place),
        )
        for place, session in enumerate(payload.sessions)
        if session.happened
    )
    return chart_of(answers, marks)


def days_only(payload: Payload) -> bool:
    """Whether any check-in came without its time."""
    return any(checkin.at is None for checkin in payload.checkins)


def table(checkins: tuple[SharedCheckIn, ...]) -> list[tuple[str, ...]]:
    """A row a slider that was answered at least once: its name, then an answer a check-in ("–" for none)."""
    rows = []
    for number, slider in enumerate(SLIDERS):
        values = [checkin.values[number] for checkin in checkins]
        if any(value is not None for value in values):
            rows.append((slider.title, *("–" if value is None else str(value) for value in values)))
    return rows


def _times(payload: Payload) -> list[datetime]:
    """A place on the axis for each check-in: its time, or an even share of its day, week or month."""
    whole = timedelta(days={Dates.DAY: 1, Dates.WEEK: 7, Dates.MONTH: 28}[payload.dates])
    per_day: dict[object, int] = {}
    for checkin in payload.checkins:
        per_day[checkin.day] = per_day.get(checkin.day, 0) + 1
    seen: dict[object, int] = {}
    times = []
    for checkin in payload.checkins:
        seen[checkin.day] = seen.get(checkin.day, 0) + 1
        step = whole / (per_day[checkin.day] + 1)
        times.append(checkin.at or datetime.combine(checkin.day, time(0), UTC) + step * seen[checkin.day])
    return times
