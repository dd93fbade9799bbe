"""A course as it stands: its stretches in time with their sessions, who is part of it, and what it cost.

Pure functions over entries, and the few changes of a course or a session that need no form.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

import msgspec

from journal.change import Change
from journal.clock import Clock
from journal.errors import NotFound
from journal.ids import new_id
from journal.records import (
    Checklist,
    Course,
    CoursePhase,
    Expense,
    Medicine,
    Moment,
    Phase,
    Provider,
    Ready,
    Record,
    Session,
    StepKind,
    UnknownRecord,
)
from journal.service.body import in_order
from journal.service.results import Saved
from journal.service.undo import UndoStack
from journal.service.views import DraftView, SessionSummary, summaries
from journal.store import Item, Items
from journal.vault import Revision, Vault
from resources import read_text

_DAY = timedelta(days=1)
_FIRST = float("-inf")
_NEVER = float("inf")
EMPTIED = Ready("")  # all there is of a list that the person emptied: it is not one that was never made


class Stretch(msgspec.Struct, frozen=True):
    """A phase with its sessions, oldest first; `phase` None: sessions of the course that lie in none.

    `until` is where it ended, or the next one began; `here`: this is where the course stands now.
    """

    phase: CoursePhase | None
    sessions: tuple[SessionSummary, ...] = ()
    until: Moment | None = None
    here: bool = False

    @property
    def happened(self) -> int:
        """How many of its sessions took place."""
        return sum(one.session.happened for one in self.sessions)


class CourseView(msgspec.Struct, frozen=True):
    """A course with all that belongs to it. `courses` are all of them, the one that goes on first.

    `done` of `planned` sessions: of the phase it stands in where that has a number, else of the whole course.
    `unsaved`: something is being written about it.
    """

    item: Item
    course: Course
    now: datetime
    stretches: tuple[Stretch, ...]
    done: int
    planned: int | None
    next: SessionSummary | None
    providers: tuple[Item, ...]
    courses: tuple[Item, ...]
    unsaved: bool = False

    @property
    def here(self) -> Stretch | None:
        """Where it stands now, where the person keeps its phases."""
        return next((one for one in self.stretches if one.here), None)


class Total(msgspec.Struct, frozen=True):
    """What was spent in one currency, and how much of it somebody else covers."""

    currency: str
    amount: Decimal
    covered: Decimal

    @property
    def left(self) -> Decimal:
        """What is left to pay, or was paid."""
        return self.amount - self.covered


class Costs(msgspec.Struct, frozen=True):
    """The private log of costs, newest first, with a total for each currency. `last`: the currency used last."""

    lines: tuple[Item, ...]
    totals: tuple[Total, ...]
    last: str | None


class Standing(msgspec.Struct, frozen=True):
    """What to prepare before each session; `eid` None: nobody changed the list that comes with the program."""

    eid: str | None
    lines: tuple[str, ...]


# -- pure functions --------------------------------------------------------------------------------------------------


def stretches(
    phases: Sequence[CoursePhase], sessions: Sequence[SessionSummary], now: datetime
) -> tuple[Stretch, ...]:
    """Phases and sessions in the order of time, each session once, by the moment it begins.

    A phase without a beginning has none yet, except the first: that one reaches back as far as there are sessions.
    """
    ordered = sorted(enumerate(phases), key=_begin)
    begins = [_begin(pair) for pair in ordered]
    kept = [phase for _, phase in ordered]
    inside: list[list[SessionSummary]] = [[] for _ in kept]
    between: list[list[SessionSummary]] = [[] for _ in range(len(kept) + 1)]
    for one in sessions:
        place, fits = _place(kept, begins, one.session.starts.at)
        (inside[place] if fits else between[place + 1]).append(one)
    standing, there = _place(kept, begins, now)
    found: list[Stretch] = []
    for place, loose in enumerate(between):
        if place:
            phase, following = kept[place - 1], kept[place] if place < len(kept) else None
            until = phase.ended or (following.started if following is not None else None)
            here = there and standing == place - 1
            found.append(Stretch(phase, tuple(inside[place - 1]), until, here))
        if loose:
            found.append(Stretch(None, tuple(loose)))
    return tuple(found)


def total(expenses: Iterable[Expense]) -> tuple[Total, ...]:
    """Sums by currency, in the order of their names. Currencies are never mixed, and nothing is rounded."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for one in expenses:
        amount, covered = sums.get(one.currency, (Decimal(), Decimal()))
        sums[one.currency] = (amount + Decimal(one.amount), covered + Decimal(one.covered))
    return tuple(Total(currency, *sums[currency]) for currency in sorted(sums))


def taken_before(medicine: Medicine, at: datetime) -> bool:
    """Whether any stretch of a medicine touches the 24 hours before a time, as far as was told.

    Of a step without a time the whole day counts. What was told of first by a change or a stop was taken before it.
    """
    end, steps = at.timestamp(), in_order(medicine.steps)
    taking, begin = not steps or steps[0].kind is not StepKind.START, _FIRST
    for step in steps:
        day = step.at.at.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
        first, last = (day, day + _DAY.total_seconds()) if step.whole_day else (step.at.at.timestamp(),) * 2
        if taking and begin <= end and last > end - _DAY.total_seconds():
            return True
        taking, begin = step.kind is not StepKind.STOP, first
    return taking and begin <= end


def to_prepare(session: Session, standing: Standing) -> tuple[Ready, ...]:
    """A session's own list; before it has one, the standing list, where the session lies ahead."""
    if session.prepared or session.happened:
        return tuple(one for one in session.prepared if one != EMPTIED)
    return tuple(Ready(line) for line in standing.lines)


def standing_list(items: Items) -> Standing:
    """What the person wants to have ready before each session; else the list that comes with the program."""
    mine = min(items.of_kind("checklist"), key=lambda item: item.eid, default=None)
    if mine is not None and isinstance(mine.record, Checklist):
        return Standing(mine.eid, mine.record.lines)
    return Standing(None, tuple(json.loads(read_text("checklist", "en.json"))["lines"]))


def paused(course: Course, now: Moment) -> Course:
    """The course with a pause from now on. One whose phases nobody kept gets one for what was before."""
    if course.phase is Phase.PAUSE:
        return course
    before = course.phases or (CoursePhase(kind=course.phase, started=course.started),)
    return msgspec.structs.replace(
        course, phase=Phase.PAUSE, phases=(*_closed(before, now), CoursePhase(kind=Phase.PAUSE, started=now))
    )


def ended(course: Course, now: Moment) -> Course:
    """The course at its end. It can be gone on with."""
    return msgspec.structs.replace(course, phase=Phase.ENDED, phases=_closed(course.phases, now))


def going_on(course: Course, now: Moment) -> Course:
    """The course where it was before the pause or the end; as it is where nobody kept where that was."""
    before = last_phase(course, now.at)
    if before is None:
        return course
    again = CoursePhase(kind=before.kind, name=before.name, started=now)
    return msgspec.structs.replace(course, phase=again.kind, phases=(*_closed(course.phases, now), again))


def last_phase(course: Course, now: datetime) -> CoursePhase | None:
    """The last phase that had begun by now and is no pause, if there is any; by its time, wherever it stands."""
    ordered = sorted(enumerate(course.phases), key=_begin)[::-1]
    begun = (pair[1] for pair in ordered if _begin(pair) <= now.timestamp())
    return next((phase for phase in begun if phase.kind not in (Phase.PAUSE, Phase.ENDED)), None)


def _closed(phases: Sequence[CoursePhase], now: Moment) -> tuple[CoursePhase, ...]:
    """The phases, with the last one that had begun at its end."""
    open_ = [
        place
        for place, phase in enumerate(phases)
        if phase.ended is None and (phase.started.at <= now.at if phase.started else place == 0)
    ]
    last = max(open_, key=lambda place: _begin((place, phases[place])), default=None)
    return tuple(
        msgspec.structs.replace(phase, ended=now) if place == last else phase for place, phase in enumerate(phases)
    )


def _begin(pair: tuple[int, CoursePhase]) -> float:
    place, phase = pair
    if phase.started is not None:
        return phase.started.at.timestamp()
    return _FIRST if place == 0 else _NEVER


def _place(phases: Sequence[CoursePhase], begins: Sequence[float], at: datetime) -> tuple[int, bool]:
    """The last phase that had begun at a time (-1: none), and whether it lasted until then."""
    stamp = at.timestamp()
    place = sum(begin <= stamp for begin in begins) - 1
    if place < 0:
        return -1, False
    end = phases[place].ended
    return place, end is None or at <= end.at


def _activity(item: Item, sessions: Sequence[SessionSummary]) -> tuple[bool, float, datetime, str]:
    """What the course that goes on has the most of: it has not ended, and something of it is the latest."""
    course = item.record
    assert isinstance(course, Course)
    times = [one.session.starts.at.timestamp() for one in sessions]
    times += [course.started.at.timestamp()] if course.started else []
    return course.phase is not Phase.ENDED, max(times, default=_FIRST), item.changed, item.eid


class Courses:
    """The part of the service that knows courses, who is part of them, and what they cost."""

    _items: Items
    _vault: Vault
    _undo: UndoStack
    clock: Clock
    amend: Callable[[str, Callable[[Record], Record]], Saved]
    save: Callable[..., Saved]
    _amended: Callable[..., tuple[tuple[Revision, ...], Change]]
    _rest_choices: Callable[[Iterable[Record | UnknownRecord]], None]
    draft: Callable[[str], DraftView | None]
    name_of: Callable[[str], str]

    def course_view(self, eid: str | None = None) -> CourseView | None:
        """A course with all that belongs to it; without `eid` the one that goes on, or None where there is none.

        Raises `NotFound` where it is gone.
        """
        courses = [item for item in self._items.of_kind("course") if isinstance(item.record, Course)]
        of_course: dict[str | None, list[SessionSummary]] = defaultdict(list)
        for one in summaries(self._items):
            of_course[one.session.course].append(one)
        courses.sort(key=lambda item: _activity(item, of_course[item.eid]), reverse=True)
        item = self._items.get(eid) if eid is not None else next(iter(courses), None)
        if item is None:
            return None
        course, now = item.record, self.clock.now()
        if not isinstance(course, Course):
            raise NotFound("This entry is no course.")
        sessions = of_course[item.eid]
        parts = stretches(course.phases, sessions, now)
        here = next((one for one in parts if one.here), None)
        counted = (one for one in sessions if one.session.happened)
        done, planned = sum(1 for _ in counted), course.planned
        if here is not None and here.phase is not None and here.phase.planned is not None:
            done, planned = here.happened, here.phase.planned
        ahead = [one for one in sessions if not one.session.happened and one.session.starts.at > now - _DAY]
        found = (self._items.find(provider) for provider in course.providers)
        providers = tuple(one for one in found if one is not None and isinstance(one.record, Provider))
        unsaved = self.draft(item.eid) is not None
        return CourseView(
            item, course, now, parts, done, planned, ahead[0] if ahead else None, providers, tuple(courses), unsaved
        )

    def providers(self) -> tuple[Item, ...]:
        """All providers and clinics, by name."""
        return tuple(sorted(self._items.of_kind("provider"), key=_name))

    def every_medicine(self) -> tuple[Item, ...]:
        """All medicines, also those that were stopped, by name."""
        return tuple(sorted(self._items.of_kind("medicine"), key=_name))

    def save_provider(self, record: Record, eid: str, course: str | None = None, over: str = "") -> Saved:
        """Save a provider; a new one becomes part of `course`, in the same step and commit. What is being written of
        the course stays unsaved. `over` as with `save`."""
        item = self._items.find(course)
        new = self._items.find(eid) is None
        if not new or item is None or not isinstance(item.record, Course):
            return self.save(record, eid, over)
        self._rest_choices([record])
        if eid in self._vault.purged_eids():
            eid = new_id()
        written, change = self._amended(
            item.eid, item.record, _with_provider(eid), "adding the provider", typed=(eid, record), over=over
        )
        return Saved(eid, written[0].rev, change)

    def costs(self, course: str | None = None) -> Costs:
        """The log of costs, of a course or all of it."""
        every = [item for item in self._items.of_kind("expense") if isinstance(item.record, Expense)]
        newest = max(every, key=lambda item: (item.changed, item.eid), default=None)
        last = newest.record.currency if newest is not None and isinstance(newest.record, Expense) else None
        mine = [item for item in every if course is None or self._course_of_cost(item) == course]
        mine.sort(key=_when, reverse=True)
        return Costs(tuple(mine), total(item.record for item in mine if isinstance(item.record, Expense)), last)

    def checklist(self) -> Standing:
        """What the person wants to have ready before each session."""
        return standing_list(self._items)

    def prepare(self, session: str, line: str, *, done: bool) -> Saved:
        """Tick a line of what to prepare, or take the tick away; nothing happens where it is not on the list."""
        standing = self.checklist()

        def tick(record: Record) -> Record:
            assert isinstance(record, Session)
            lines = to_prepare(record, standing)
            if all(one.text != line for one in lines):
                return record  # it is not on this list any more, which may be one that was emptied
            ticked = (Ready(one.text, done) if one.text == line else one for one in lines)
            return msgspec.structs.replace(record, prepared=tuple(ticked))

        return self.amend(session, tick)

    def took_place(self, session: str) -> Saved:
        """A session that was planned has taken place."""
        return self.amend(session, partial(msgspec.structs.replace, happened=True))

    def _course_of_cost(self, item: Item) -> str | None:
        expense = item.record
        assert isinstance(expense, Expense)
        session = self._items.find(expense.session)
        of_session = session.record.course if session is not None and isinstance(session.record, Session) else None
        return of_session or expense.course


def _with_provider(eid: str) -> Callable[[Record], Record]:
    def change(record: Record) -> Record:
        assert isinstance(record, Course)
        return msgspec.structs.replace(record, providers=tuple(dict.fromkeys((*record.providers, eid))))

    return change


def _name(item: Item) -> tuple[str, str]:
    return getattr(item.record, "name", "").casefold(), item.eid


def _when(item: Item) -> tuple[float, str]:
    when = item.record.when
    return (when.at.timestamp() if when else _FIRST, item.eid)
