"""The check-ins of a share as a chart.

A share without exact times gives days only. Such check-ins are drawn in the order they were made, spread over
their day; the chart says so. They are never given a time they did not come with.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from journal.share.blocks import session_label
from journal.share.payload import Dates, Payload
from journal.trends import Answer, MoodChart, SessionMark, chart_of

_END = datetime.max.replace(tzinfo=UTC)


def chart_of_checkins(payload: Payload) -> MoodChart:
    """The chart of all check-ins in a share, with its sessions marked. An `eid` in it is a place in the share."""
    answers = tuple(
        Answer(at=at, eid=str(place), values=checkin.values)
        for place, (checkin, at) in enumerate(zip(payload.checkins, times(payload), strict=True))
    )
    marks = tuple(
        SessionMark(
            at=session.at or datetime.combine(session.day, time(0), UTC),
            label=session_label(session, payload.dates),
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


def times(payload: Payload) -> list[datetime]:
    """A place on the axis for each check-in: its time, or an even share of its day, week or month."""
    whole = timedelta(days={Dates.DAY: 1, Dates.WEEK: 7, Dates.MONTH: 28}[payload.dates])
    per_day: dict[date, int] = {}
    for checkin in payload.checkins:
        per_day[checkin.day] = per_day.get(checkin.day, 0) + 1
    seen: dict[date, int] = {}
    placed = []
    for checkin in payload.checkins:
        seen[checkin.day] = seen.get(checkin.day, 0) + 1
        begun = datetime.combine(checkin.day, time(0), UTC)
        step = min(whole, _END - begun) / (per_day[checkin.day] + 1)  # no week reaches past the last year there is
        placed.append(checkin.at or begun + step * seen[checkin.day])
    return placed
