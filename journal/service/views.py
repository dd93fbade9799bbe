"""What pages show, built from entries by pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from journal.clock import later
from journal.records import (
    CheckIn,
    Course,
    Experience,
    HardMoment,
    IntegrationNote,
    Intention,
    Record,
    Session,
    UnknownRecord,
    Writing,
)
from journal.store import Item, Items
from journal.store.covers import hard_line
from journal.trends import MoodChart, SessionMark, answer_of, chart_of

_BEFORE, _AFTER = timedelta(days=14), timedelta(days=60)


class SessionSummary(msgspec.Struct, frozen=True):
    """A session in a list. The counts are of entries that belong to it."""

    eid: str
    session: Session
    label: str
    course_title: str
    intentions: int
    experiences: int
    notes: int
    checkins: int


class HardSeen(msgspec.Struct, frozen=True):
    """A hard moment as a list may show it: `text` is its first words, or the cover that lies over them."""

    eid: str
    record: HardMoment
    text: str


class SessionView(msgspec.Struct, frozen=True):
    """A session with all that belongs to it, each group oldest first. `before` and `after` are its neighbours.

    `loose` was written around that time and belongs to no session.
    """

    summary: SessionSummary
    item: Item
    intentions: tuple[Item, ...]
    experiences: tuple[Item, ...]
    notes: tuple[Item, ...]
    checkins: tuple[Item, ...]
    before: str | None
    after: str | None
    loose: tuple[Item, ...] = ()
    hard: tuple[HardSeen, ...] = ()


class DraftView(msgspec.Struct, frozen=True):
    """Unsaved text. `is_new`: there is no saved entry of this id yet. `cover`: the entry whose cover lies over it.
    `base`: the version that it began from."""

    eid: str
    record: Record | UnknownRecord
    at: datetime
    is_new: bool
    cover: Writing | None = None
    base: str = ""


def session_items(items: Items) -> list[Item]:
    """All sessions, oldest first."""
    return sorted(items.of_kind("session"), key=_time)


def labels(items: Items) -> dict[str, str]:
    """Each session's name: "Session 3" by the number it was given, else by its place in its course."""
    named: dict[str, str] = {}
    counts: dict[str | None, int] = {}
    for item in session_items(items):
        session = item.record
        assert isinstance(session, Session)
        counts[session.course] = counts.get(session.course, 0) + 1
        number = session.number if session.number is not None else counts[session.course]
        counts[session.course] = max(counts[session.course], number)
        named[item.eid] = f"Session {number}"
    return named


def summaries(items: Items, course: str | None = None) -> tuple[SessionSummary, ...]:
    """All sessions (of a course), oldest first."""
    counts = items.session_counts()
    names = labels(items)
    found = []
    for item in session_items(items):
        session_record = item.record
        assert isinstance(session_record, Session)
        if course is not None and session_record.course != course:
            continue
        of_course = items.find(session_record.course)
        title = of_course.record.title if of_course and isinstance(of_course.record, Course) else ""
        found.append(
            SessionSummary(
                item.eid,
                session_record,
                names[item.eid],
                title,
                *(counts[item.eid, kind] for kind in ("intention", "experience", "integration", "checkin")),
            )
        )
    return tuple(found)


def session_view(items: Items, eid: str) -> SessionView:
    """One session with all that belongs to it. Raises `NotFound`."""
    item = items.get(eid)
    every = summaries(items)
    place = next(number for number, summary in enumerate(every) if summary.eid == eid)
    mine = sorted(map(items.item, items.of_session(eid)), key=_time)
    return SessionView(
        summary=every[place],
        item=item,
        intentions=_of(mine, Intention),
        experiences=_of(mine, Experience),
        notes=_of(mine, IntegrationNote),
        checkins=_of(mine, CheckIn),
        before=every[place - 1].eid if place else None,
        after=every[place + 1].eid if place + 1 < len(every) else None,
        loose=_loose(items, [summary.session.starts.at for summary in every], place),
        hard=_hard_of(items, eid, {item.eid for item in mine}),
    )


def _hard_of(items: Items, session: str, written: set[str]) -> tuple[HardSeen, ...]:
    """What was hard about a session, or about something that was written for it; oldest first."""
    found = []
    for item in sorted(items.of_kind("hard"), key=_time):
        record = item.record
        if isinstance(record, HardMoment) and (record.session == session or record.entry in written):
            found.append(HardSeen(item.eid, record, hard_line(items, record)))
    return tuple(found)


def _loose(items: Items, starts: list[datetime], place: int) -> tuple[Item, ...]:
    """What was written from two weeks before a session until two months after it, or until the next one began."""
    begin = later(starts[place], -_BEFORE)
    end = min([later(starts[place], _AFTER), *starts[place + 1 : place + 2]])
    found = (
        entry
        for entry in items.between(begin, end)
        if entry.kind in ("intention", "experience", "integration") and entry.session is None
    )
    return tuple(sorted(map(items.item, found), key=_time))


def fitting_session(kind: str, sessions: Sequence[SessionSummary], now: datetime) -> str | None:
    """The session that something written now most likely belongs to: an intention to the next, the rest to the last.

    `sessions` stand oldest first. Only a proposal: the person sees it and can choose another, or none.
    """
    past = [one for one in sessions if one.session.starts.at <= now]
    if kind == "intention":
        coming = [one for one in sessions if one.session.starts.at > now and not one.session.happened]
        return coming[0].eid if coming else None
    within = {"experience": _BEFORE, "integration": _AFTER}.get(kind)
    if within is None or not past or now - past[-1].session.starts.at > within:
        return None
    return past[-1].eid


def mood_chart(items: Items, course: str | None = None) -> MoodChart:
    """All check-ins over time, and the sessions that happened (of one course)."""
    names = labels(items)
    answers = [
        answer_of(item.record, item.eid) for item in items.of_kind("checkin") if isinstance(item.record, CheckIn)
    ]
    marks = [
        SessionMark(item.record.starts.at, names[item.eid], item.record.route, item.eid)
        for item in session_items(items)
        if isinstance(item.record, Session)
        and item.record.happened
        and (course is None or item.record.course == course)
    ]
    return chart_of(answers, marks)


def tags(items: Items) -> tuple[tuple[str, int], ...]:
    """Every tag and how often it is used, the most used first."""
    counts = [(tag, count) for tag, count in items.tags().items() if count > 0]
    return tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0].casefold(), pair[0])))


def _of(items: Iterable[Item], cls: type[Record]) -> tuple[Item, ...]:
    return tuple(item for item in items if isinstance(item.record, cls))


def _time(item: Item) -> tuple[float, str]:
    when = item.record.when
    return (when.at.timestamp() if when else float("-inf"), item.eid)
