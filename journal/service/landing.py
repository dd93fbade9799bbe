"""The first hours after a session: when landing is offered, and until when some things rest after it began.

Attention and memory are lower for some hours after ketamine, and back by the next day. So what cannot be taken back
rests meanwhile. Nothing else does.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from journal.clock import in_utc, in_zone, later
from journal.records import Landing, Moment, Session
from journal.store import Items

SENTENCE = "I am awake and I want to go on"
MORNING = time(5)  # by the clock of where the landing began
_NIGHT = timedelta(hours=MORNING.hour)
LEAST, MOST = timedelta(hours=6), timedelta(hours=24)
OFFERED = timedelta(hours=8)  # after a session
GOES_ON = timedelta(hours=12)  # after a landing began that was not ended
NEXT_DAY, NEVER = 0, -1  # as settings.rest_hours


def rests_until(
    began: Moment, now: datetime, hours: int = NEXT_DAY, passed: timedelta | None = None
) -> datetime | None:
    """Until when some things rest after a landing that `began`, in the zone of `now` (aware); None: nothing does.

    `hours` as in the settings: 0 until the next five in the morning, by the clock of where it began, and at
    least six hours; -1 never; else so many hours. Never more than 24.

    `passed` is the time since then by a clock that nobody can set, where there is one: then it makes no difference
    what the wall clock was set to meanwhile. Without it the wall clock is believed. One that stands before the
    beginning was set back: the rest is whole then, but where it stands more than a day before, there is none, so that
    no clock makes it last for ever.
    """
    if hours < 0:
        return None
    gone = in_utc(now) - in_utc(began.at) if passed is None else passed
    if gone < -MOST:
        return None
    left = _length(began, hours) - max(gone, timedelta())
    return in_zone(later(in_utc(now), left), now.tzinfo) if left > timedelta() else None


def landing_offer(items: Items, now: datetime) -> str | None:
    """The session whose landing fits now: one that happened, or was planned for, in the last eight hours."""
    landed = {landing.session for _, landing in landings(items) if landing.ended is not None}
    found = [
        (item.record.starts.at, item.eid)
        for entry in items.between(later(now, -OFFERED), later(now, timedelta(seconds=1)))
        if entry.kind == "session" and entry.eid not in landed
        for item in (items.item(entry),)
        if isinstance(item.record, Session)
    ]
    return max(found)[1] if found else None


def landing_fits(session: Session, now: datetime) -> bool:
    """Whether landing may be begun from the page of this session: from its time on, for a day."""
    return timedelta() <= in_utc(now) - in_utc(session.starts.at) <= MOST


def unfinished_landing(items: Items, now: datetime) -> str | None:
    """The newest landing that began within the last half day and has not ended, if there is one."""
    found = [
        (landing.began.at, eid)
        for eid, landing in landings(items)
        if landing.ended is None and abs(in_utc(now) - in_utc(landing.began.at)) <= GOES_ON
    ]
    return max(found)[1] if found else None


def landings(items: Items) -> list[tuple[str, Landing]]:
    """All landings, in no order."""
    return [(item.eid, item.record) for item in items.of_kind("landing") if isinstance(item.record, Landing)]


def is_sentence(text: str) -> bool:
    """Whether this is the sentence that ends the rest, as a tired hand may type it."""
    return _plain(text) == _plain(SENTENCE)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace(",", " ").split()).rstrip(" .!")


def _length(began: Moment, hours: int) -> timedelta:
    if hours > 0:
        return min(timedelta(hours=min(hours, 24)), MOST)
    zone = _zone(began)
    try:
        evening = (began.at.astimezone(zone) - _NIGHT).date()  # a night belongs to the day before
        day = evening + timedelta(days=1)
        morning = datetime.combine(day, MORNING, zone)
    except OverflowError:
        return MOST
    return max(LEAST, min(MOST, in_utc(morning) - in_utc(began.at)))


def _zone(began: Moment) -> tzinfo | None:
    try:
        named = ZoneInfo(began.zone)
        fits = began.at.astimezone(named).utcoffset() == began.at.utcoffset()
    except (ValueError, OSError, KeyError, OverflowError):  # no name, or one that this computer does not know
        return began.at.tzinfo
    return named if fits else began.at.tzinfo
