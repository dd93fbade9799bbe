"""What fits now, as values: the steps that the first page offers. It offers; it never tells of what was not done.

A step is there only while its time lasts, and goes once it was done. Nothing comes from a session that starts later
than now: where the clock was set back, what is noted already stays in the order of its own time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time, timedelta
from enum import IntEnum
from typing import Protocol

import msgspec

from journal.clock import in_utc, in_zone, later
from journal.records import Commitment, HardMoment, Session
from journal.scales import scales_fitting
from journal.service import commitments
from journal.service.courses import standing_list, to_prepare
from journal.service.hard import due_looks
from journal.service.landing import landing_offer
from journal.service.views import SessionSummary, labels, summaries
from journal.store import Item, Items
from journal.windows import LAST, Span, nearest, next_dose, since, spans

_DAY = timedelta(days=1)
_CLOSE = 3 * _DAY  # before a session, its intention comes first
_EVENING = time(16)  # of the day before, from then on the list is offered
_EXPERIENCE = 14 * _DAY
_FRESH = 7 * _DAY  # so long how it was comes before what has stayed
_NOTES = (_DAY, 21 * _DAY)
_BETWEEN_NOTES = 3 * _DAY
_ASKED = (3 * _DAY, 14 * _DAY)  # so long it may come first, and so long it is offered at all
_SMALL_THING = (2 * _DAY, 5 * _DAY)  # three days after: one small thing to do


class Rank(IntEnum):
    """What comes first. Within a rank: the order in which the sources stand."""

    LANDING = 0
    EVE = 1
    ASKED_FOR = 2
    PLANNED = 3
    AFTER = 4
    LATER = 5
    QUIET = 6  # never the one main step


class Step(msgspec.Struct, frozen=True):
    """Something that would fit now.

    Kinds: happened (planned, and its time has passed), session, checklist, intention, landing, experience,
    integration, checkin, small-thing, hard, commitment, scale. `eid` is the entry it is about, where there is one;
    `detail` a word more: of a commitment when and where, of a questionnaire its id. `review`: it may be looked back
    at now.
    """

    kind: str
    session: str | None
    reason: str
    eid: str | None = None
    detail: str = ""
    rank: Rank = Rank.AFTER
    review: bool = False


class Standing(msgspec.Struct, frozen=True):
    """Where the person stands at `now`: the session ahead (or planned and just past) and the last that took place."""

    items: Items
    now: datetime
    sessions: tuple[SessionSummary, ...]
    following: SessionSummary | None
    last: SessionSummary | None

    @property
    def passed(self) -> timedelta:
        """How long ago the last session began."""
        assert self.last is not None
        return since(self.last.session.starts.at, self.now)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The windows after the last session."""
        if self.last is None:
            return ()
        dose = self.last.session.starts.at
        doses = (one.session.starts.at for one in self.sessions if one.session.happened)
        return spans(dose, next_dose(dose, doses))

    def open_spans(self) -> tuple[Span, ...]:
        """Those windows that end later than now and were not answered in."""
        if not self.spans or self.last is None:
            return ()
        begin = in_utc(self.last.session.starts.at)
        found = self.items.between(begin, later(begin, LAST + timedelta(minutes=1)))
        answers = [entry.when.at for entry in found if entry.kind == "checkin" and entry.when is not None]
        now = in_utc(self.now)
        return tuple(span for span in self.spans if now <= span.ends and nearest(span, answers) is None)


Source = Callable[[Items, datetime], Iterable[Step]]


def standing(items: Items, now: datetime) -> Standing:
    """Where the person stands."""
    sessions = summaries(items)
    ahead = [one for one in sessions if not one.session.happened and since(one.session.starts.at, now) < _DAY]
    past = [one for one in sessions if one.session.happened and since(one.session.starts.at, now) >= timedelta(0)]
    return Standing(items, now, sessions, ahead[0] if ahead else None, past[-1] if past else None)


def steps(at: Standing) -> tuple[Step, ...]:
    """All that fits, what comes first first."""
    found = [*_own(at)]
    for source in SOURCES:
        found += source(at.items, at.now)
    return tuple(sorted(found, key=lambda step: step.rank))  # in their order where the rank is the same


def _own(at: Standing) -> Iterable[Step]:
    yield from _planned(at)
    yield from _before(at)
    if at.last is not None:
        yield from _after(at, at.last)


# -- before --------------------------------------------------------------------------------------------------------


def _planned(at: Standing) -> Iterable[Step]:
    """A session that was planned and whose time has passed."""
    following = at.following
    if following is not None and since(following.session.starts.at, at.now) >= timedelta(0):
        said = f"{following.label} was planned for {day_of(following.session, at.now)}."
        yield Step("happened", following.eid, said, rank=Rank.PLANNED)


def _before(at: Standing) -> Iterable[Step]:
    following = at.following
    if following is None or since(following.session.starts.at, at.now) >= timedelta(0):
        return
    session, eid = following.session, following.eid
    said = f"{following.label} is {day_of(session, at.now)}"
    in_days = _in_days(session, at.now)
    said += f", {in_days}." if in_days else "."
    near = since(at.now, session.starts.at) <= _CLOSE
    if not following.intentions:
        yield Step("intention", eid, said, rank=Rank.EVE if near else Rank.LATER)
    listed = is_eve(session, at.now) and _list_open(at.items, session)
    if listed:
        yield Step("checklist", eid, said, rank=Rank.EVE)
    elif following.intentions:
        yield Step("session", eid, f"{said} Your intention is written.", rank=Rank.LATER)


def is_eve(session: Session, now: datetime) -> bool:
    """Whether it is the evening before a session, or its day, before it begins. By the clocks where it will be."""
    starts = session.starts.at
    if since(starts, now) >= timedelta(0):
        return False
    there = in_zone(now, starts.tzinfo)
    days = (starts.date() - there.date()).days
    return days <= 0 or (days == 1 and there.time() >= _EVENING)


def _list_open(items: Items, session: Session) -> bool:
    """Whether there is a list of what to have ready, of this session's own or the standing one, with a line open."""
    return not all(line.done for line in to_prepare(session, standing_list(items)))


# -- after ---------------------------------------------------------------------------------------------------------


def _after(at: Standing, last: SessionSummary) -> Iterable[Step]:
    eid, passed = last.eid, at.passed
    if not last.experiences and passed <= _EXPERIENCE:
        said = f"{last.label} was {day_of(last.session, at.now)}."
        yield Step("experience", eid, said, rank=Rank.AFTER if passed < _FRESH else Rank.LATER)
    said = f"It is {_counted(max(1, round(passed / _DAY)))} after {last.label}."  # one way to say it
    for span in at.open_spans():
        if span.holds(at.now):
            near = f"It is {_hours(passed)} after {last.label}." if span.window.point < _DAY else said
            yield Step("checkin", eid, near)
    if _NOTES[0] <= passed <= _NOTES[1] and (last.experiences or passed >= _FRESH):
        notes = [
            since(entry.when.at, at.now)
            for entry in at.items.of_session(eid)
            if entry.kind == "integration" and entry.when is not None
        ]
        if not notes or min(notes) >= _BETWEEN_NOTES:
            yield Step("integration", eid, said)
    if _SMALL_THING[0] <= passed <= _SMALL_THING[1] and not _promised(at.items, last):
        yield Step("small-thing", eid, said, rank=Rank.LATER)


def _promised(items: Items, last: SessionSummary) -> bool:
    """Whether there is a commitment of the time since a session."""
    return any(
        isinstance(item.record, Commitment)
        and (item.record.session == last.eid or since(last.session.starts.at, item.record.begins.at) >= timedelta(0))
        for item in items.of_kind("commitment")
    )


# -- what other parts of the journal offer -------------------------------------------------------------------------


def landing(offer: Callable[[Items, datetime], str | None]) -> Source:
    """The first hours after a session, by its id."""

    def source(items: Items, now: datetime) -> Iterable[Step]:
        session = offer(items, now)
        if session is not None:
            name = labels(items).get(session, "the session")
            record = items.get(session).record
            said = f"The first hours after {name}."
            if isinstance(record, Session) and not record.happened:  # nobody said that there is an after
                said = f"{name} was planned for {day_of(record, now)}."
            yield Step("landing", session, said, rank=Rank.LANDING)

    return source


def looks(due_looks: Callable[[Items, datetime], Sequence[Item]]) -> Source:
    """Hard moments that the person wanted to be asked about again. Left alone, a question becomes quiet, and goes."""

    def source(items: Items, now: datetime) -> Iterable[Step]:
        for item in due_looks(items, now):
            record = item.record
            if isinstance(record, HardMoment) and record.ask_again is not None:
                late = since(record.ask_again.at, now)
                rank = Rank.ASKED_FOR if late <= _ASKED[0] else Rank.QUIET
                if late <= _ASKED[1]:
                    yield Step("hard", record.session, "You asked to be asked again.", eid=item.eid, rank=rank)

    return source


def commitment(
    current: Callable[[Items, datetime], Item | None], to_review: Callable[[Items, datetime], Item | None]
) -> Source:
    """The commitment of the week, and whether it may be looked back at."""

    def source(items: Items, now: datetime) -> Iterable[Step]:
        item, due = current(items, now), to_review(items, now)
        for shown in (due or item,):
            if shown is not None and isinstance(shown.record, Commitment):
                record = shown.record
                review = due is not None
                yield Step(
                    "commitment", record.session, record.text, shown.eid, record.where, Rank.QUIET, review=review
                )

    return source


class Fitting(Protocol):
    """A questionnaire that fits: the id of its pack, what it is called, and how far it looks back."""

    @property
    def pack(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def reason(self) -> str: ...


def scales(fitting: Callable[[Items, datetime], Sequence[Fitting]]) -> Source:
    """Questionnaires that fit. Only ever a quiet offer."""

    def source(items: Items, now: datetime) -> Iterable[Step]:
        for one in fitting(items, now):
            yield Step("scale", None, f"{one.title}. {one.reason}", detail=one.pack, rank=Rank.QUIET)

    return source


# The one place where a part of the journal joins in: each takes (items, now) and gives steps.
SOURCES: tuple[Source, ...] = (
    landing(landing_offer),
    looks(due_looks),
    commitment(commitments.promised, commitments.commitment_due),
    scales(scales_fitting),
)


# -- words ---------------------------------------------------------------------------------------------------------


def day_of(session: Session, now: datetime) -> str:
    """The session's day seen from now: "today", "tomorrow", "on Thursday", "on 12 March"."""
    day = session.starts.at.date()
    distance = _distance(session, now)
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if distance in near:
        return near[distance]
    if 1 < distance < 7:
        return f"on {day:%A}"
    return f"on {day.day} {day:%B}"


def _distance(session: Session, now: datetime) -> int:
    """How many days of the calendar lie ahead, where the session is."""
    return (session.starts.at.date() - in_zone(now, session.starts.at.tzinfo).date()).days


def _in_days(session: Session, now: datetime) -> str:
    distance = _distance(session, now)
    return f"in {distance} days" if distance > 1 else ""


def _hours(passed: timedelta) -> str:
    return f"{max(2, round(passed / timedelta(hours=1)))} hours"


def _counted(days: int) -> str:
    return "a day" if days == 1 else f"{days} days"
