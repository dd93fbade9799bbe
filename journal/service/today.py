"""What is next, and why: one step at most, and a few quiet ones beside it. It offers; it never reminds of what
was not done."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from journal.clock import in_zone, later
from journal.records import Session
from journal.service.views import DraftView, SessionSummary, summaries
from journal.store import Item, Items, Row

# From when to when after a dose a check-in counts for a point (hours), and its name.
WINDOWS: tuple[tuple[int, int, str], ...] = (
    (2, 8, "about four hours after"),
    (18, 36, "a day after"),
    (48, 96, "three days after"),
    (120, 216, "a week after"),
    (264, 432, "two weeks after"),
)
_DAY = timedelta(days=1)
_LONGEST = timedelta(hours=WINDOWS[-1][1], minutes=1)


class Step(msgspec.Struct, frozen=True):
    """Something that would fit now. Kinds: session, intention, experience, integration, checkin."""

    kind: str
    session: str | None
    reason: str


class Today(msgspec.Struct, frozen=True):
    """What the first page shows. `step` is the one natural next thing, or None; `also` are quiet offers.

    `try_words`: it is time to ask whether the recovery words can be found; `unproved`: nobody ever showed that they
    can.
    """

    now: datetime
    empty: bool
    step: Step | None
    also: tuple[Step, ...]
    next: SessionSummary | None
    last: SessionSummary | None
    last_written: Row | None
    last_checkin: Item | None
    drafts: tuple[DraftView, ...]
    try_words: bool = False
    unproved: bool = False


def today(items: Items, now: datetime, last_written: Row | None, drafts: tuple[DraftView, ...]) -> Today:
    """The first page at `now` (aware)."""
    sessions = summaries(items)
    ahead = [one for one in sessions if not one.session.happened and one.session.starts.at > now - _DAY]
    past = [one for one in sessions if one.session.happened and one.session.starts.at <= now]
    following, last = (ahead[0] if ahead else None), (past[-1] if past else None)
    begin = last.session.starts.at if last is not None else now
    since = [entry for entry in items.between(begin, later(begin, _LONGEST)) if entry.kind == "checkin"]
    checkins = [entry.when.at for entry in since if entry.when is not None]
    newest = next(items.newest_of("checkin"), None)
    steps = _steps(items, now, following, last, checkins)
    empty = not any(
        True for _ in items.entries("intention", "experience", "integration", "page", "checkin", "session")
    )
    if empty:
        steps = [Step("intention", None, "A good place to begin: what brings you here.")]
    return Today(
        now=now,
        empty=empty,
        step=steps[0] if steps else None,
        also=tuple(steps[1:4]),
        next=following,
        last=last,
        last_written=last_written,
        last_checkin=items.item(newest) if newest is not None else None,
        drafts=drafts,
    )


def _steps(
    items: Items,
    now: datetime,
    following: SessionSummary | None,
    last: SessionSummary | None,
    checkins: list[datetime],
) -> list[Step]:
    steps: list[Step] = []
    if following is not None and following.session.starts.at <= now:
        steps.append(
            Step("session", following.eid, f"{following.label} was planned for {_day(following.session, now)}.")
        )
    if last is not None:
        steps += _after(items, now, last, checkins)
    if following is not None and following.session.starts.at > now:
        on = _day(following.session, now)
        if not following.intentions:
            intention = Step("intention", following.eid, f"{following.label} is {on}.")
            close = following.session.starts.at - now <= 3 * _DAY
            steps.insert(0 if close else len(steps), intention)
        else:
            steps.append(Step("session", following.eid, f"{following.label} is {on}. Your intention is written."))
    return steps


def _after(items: Items, now: datetime, last: SessionSummary, checkins: list[datetime]) -> list[Step]:
    since = now - last.session.starts.at
    steps: list[Step] = []
    hours = since / timedelta(hours=1)
    if not last.experiences and since <= 14 * _DAY:
        steps.append(Step("experience", last.eid, f"{last.label} was {_day(last.session, now)}."))
    for first, end, name in WINDOWS:
        if first <= hours <= end and not _answered(last.session, checkins, first, end):
            steps.append(Step("checkin", last.eid, f"It is {name} {last.label}."))
    if last.experiences and _DAY <= since <= 21 * _DAY:
        notes = [
            entry.when.at
            for entry in items.of_session(last.eid)
            if entry.kind == "integration" and entry.when is not None
        ]
        if not notes or now - max(notes) >= 3 * _DAY:
            days = round(since / _DAY)
            when = "a day" if days == 1 else f"{days} days"
            steps.append(Step("integration", last.eid, f"It is {when} since {last.label}."))
    return steps


def _answered(session: Session, checkins: list[datetime], first: int, end: int) -> bool:
    start = session.starts.at
    return any(timedelta(hours=first) <= at - start <= timedelta(hours=end) for at in checkins)


def _day(session: Session, now: datetime) -> str:
    """The session's day seen from now: "today", "tomorrow", "on Thursday", "on 12 March"."""
    day = session.starts.at.date()
    distance = (day - in_zone(now, session.starts.at.tzinfo).date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if distance in near:
        return near[distance]
    if 1 < distance < 7:
        return f"on {day:%A}"
    return f"on {day.day} {day:%B}"
