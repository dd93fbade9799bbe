"""Medicines and side effects as they were told, and the commitment of the week: views, by pure functions.

Nothing is judged, compared or calculated with. A dose is the person's own words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from journal.clock import Clock, in_zone
from journal.records import (
    Commitment,
    Medicine,
    MedicineStep,
    Moment,
    Outcome,
    Session,
    SideEffect,
    StepKind,
)
from journal.service.views import labels, session_items
from journal.store import Item, Items

_WEEK, _REVIEW_FROM, _REVIEW_TO = 7, 6, 14  # days after a commitment began
# What fits next: to somebody who takes it, and to somebody who does not. For steps of one day that have no time.
_TAKING = (StepKind.CHANGE, StepKind.STOP, StepKind.START)
_NOT_TAKING = (StepKind.START, StepKind.CHANGE, StepKind.STOP)


class Span(msgspec.Struct, frozen=True):
    """A stretch in which a medicine was taken at one dose. `begin` None: it was taken before the first thing told.
    `end` None: nothing was told that ended it."""

    begin: Moment | None
    end: Moment | None
    dose: str = ""


class MedicineLane(msgspec.Struct, frozen=True):
    """A medicine for a chart: its steps in the order of time, and the stretches between them."""

    eid: str
    medicine: Medicine
    steps: tuple[MedicineStep, ...]
    spans: tuple[Span, ...]


class Standing(StrEnum):
    """How a medicine stands at a moment."""

    NOW = "now"
    AHEAD = "ahead"  # it begins later
    STOPPED = "stopped"


class MedicineNow(msgspec.Struct, frozen=True):
    """A medicine at a moment: since when it is (or was) taken, the dose as it was told last, when it was stopped."""

    eid: str
    medicine: Medicine
    standing: Standing
    since: MedicineStep | None = None
    dose: str = ""
    stopped: MedicineStep | None = None


class Effect(msgspec.Struct, frozen=True):
    """A side effect and the name of the session it stands by, or ""."""

    eid: str
    effect: SideEffect
    session: str = ""


class SessionMark(msgspec.Struct, frozen=True):
    """A session on the line of time."""

    eid: str
    label: str
    starts: Moment


class BodyView(msgspec.Struct, frozen=True):
    """All that the page of medicines and side effects shows."""

    now: datetime
    lanes: tuple[MedicineLane, ...]
    medicines: tuple[MedicineNow, ...]
    sessions: tuple[SessionMark, ...]
    open_effects: tuple[Effect, ...]
    gone_effects: tuple[Effect, ...]
    later_effects: tuple[Effect, ...] = ()  # they begin later than now


class SessionBody(msgspec.Struct, frozen=True):
    """What stands by one session: side effects and commitments, oldest first. `due` is to be looked back at."""

    now: datetime
    starts: Moment
    effects: tuple[Effect, ...]
    commitments: tuple[Item, ...]
    due: str | None = None
    begun: bool = True  # it took place, or its time has come


# -- medicines -----------------------------------------------------------------------------------------------------


def in_order(steps: Iterable[MedicineStep]) -> tuple[MedicineStep, ...]:
    """Steps in the order of time. Of those of one day that have no time, what fits comes first: nobody stops what
    they do not take."""
    left = sorted(steps, key=_instant)
    placed: list[MedicineStep] = []
    taking = False
    while left:
        same_day = list(_run_of(left))
        if any(step.whole_day for step in same_day):
            timed = [step for step in same_day if not step.whole_day][:1]  # those keep their own order
            free = [step for step in same_day if step.whole_day]
            order = _TAKING if taking else _NOT_TAKING
            chosen = min((*free, *timed), key=lambda step: order.index(step.kind))
        else:
            chosen = left[0]
        # By identity: two steps may be alike.
        left = [step for step in left if step is not chosen]
        placed.append(chosen)
        taking = chosen.kind is not StepKind.STOP
    return tuple(placed)


def medicine_lanes(items: Items) -> tuple[MedicineLane, ...]:
    """Every medicine with its steps and spans, in the order in which they were first told of."""
    return tuple(_lane(item.eid, medicine) for item, medicine in _medicines(items))


def medicines_at(items: Items, at: datetime) -> tuple[MedicineNow, ...]:
    """How each medicine stands at a moment, by name."""
    found = [medicine_at(item.eid, medicine, at) for item, medicine in _medicines(items)]
    return tuple(sorted(found, key=lambda one: (one.medicine.name.casefold(), one.eid)))


def medicines_now(items: Items, at: datetime) -> tuple[MedicineNow, ...]:
    """The medicines that are taken at a moment, by name."""
    return tuple(one for one in medicines_at(items, at) if one.standing is Standing.NOW)


def medicine_at(eid: str, medicine: Medicine, at: datetime) -> MedicineNow:
    """How a medicine stands at a moment. One of which only the name is known is taken."""
    steps = in_order(medicine.steps)
    past = [step for step in steps if _has_come(step, at)]
    if not past:
        if steps and steps[0].kind is StepKind.START:
            return MedicineNow(eid, medicine, Standing.AHEAD, steps[0], steps[0].dose)
        return MedicineNow(eid, medicine, Standing.NOW)
    if past[-1].kind is StepKind.STOP:
        began, dose = _begun(past[:-1])
        return MedicineNow(eid, medicine, Standing.STOPPED, began, past[-1].dose or dose, past[-1])
    began, dose = _begun(past)
    return MedicineNow(eid, medicine, Standing.NOW, began, dose)


def _begun(past: list[MedicineStep]) -> tuple[MedicineStep | None, str]:
    """The start of the last stretch that the steps tell of, and the dose told last in it."""
    dose = ""
    for step in reversed(past):
        if step.kind is StepKind.STOP:
            return None, dose
        dose = dose or step.dose
        if step.kind is StepKind.START:
            return step, dose
    return None, dose


def _lane(eid: str, medicine: Medicine) -> MedicineLane:
    steps = in_order(medicine.steps)
    spans: list[Span] = []
    begin: Moment | None = None
    dose, taking = "", not steps or steps[0].kind is not StepKind.START
    for step in steps:
        if taking:
            spans.append(Span(begin, step.at, dose))
        taking = step.kind is not StepKind.STOP
        begin, dose = step.at, step.dose or (dose if step.kind is StepKind.CHANGE else "")
    if taking:
        spans.append(Span(begin, None, dose))
    return MedicineLane(eid, medicine, steps, tuple(spans))


def _run_of(steps: list[MedicineStep]) -> Iterable[MedicineStep]:
    """The steps from the first on that are of its day, as it was lived."""
    day = steps[0].at.at.date()
    for step in steps:
        if step.at.at.date() != day:
            return
        yield step


def _has_come(step: MedicineStep, at: datetime) -> bool:
    if step.whole_day:
        return step.at.at.date() <= in_zone(at, step.at.at.tzinfo).date()
    return step.at.at <= at


def _instant(step: MedicineStep) -> float:
    return step.at.at.timestamp()


def _medicines(items: Items) -> list[tuple[Item, Medicine]]:
    found = [(item, item.record) for item in items.of_kind("medicine") if isinstance(item.record, Medicine)]
    return sorted(found, key=lambda pair: (_when(pair[1].when), pair[0].eid))


# -- side effects --------------------------------------------------------------------------------------------------


def effects(items: Items) -> tuple[Effect, ...]:
    """Every side effect, oldest first."""
    names = labels(items)
    found = [
        Effect(item.eid, item.record, names.get(item.record.session or "", ""))
        for item in items.of_kind("sideeffect")
        if isinstance(item.record, SideEffect)
    ]
    return tuple(sorted(found, key=lambda one: (_when(one.effect.began), one.eid)))


def effects_of_session(items: Items, session: str) -> tuple[Effect, ...]:
    """The side effects that stand by a session, oldest first."""
    return tuple(one for one in effects(items) if one.effect.session == session)


def effects_not_gone(items: Items, at: datetime) -> tuple[Effect, ...]:
    """The side effects that had begun by a moment and were not said to be gone by then, oldest first."""
    return tuple(one for one in effects(items) if not is_gone(one.effect, at) and one.effect.began.at <= at)


def is_gone(effect: SideEffect, at: datetime) -> bool:
    """Whether it was said to be gone by a moment."""
    return effect.gone is not None and effect.gone.at <= at


def out_of_order(effect: SideEffect) -> bool:
    """Whether it is said to be gone before it began."""
    return effect.gone is not None and effect.gone.at < effect.began.at


def during(starts: Moment) -> Moment:
    """When something of a session began, as nearly as anyone knows: with it."""
    return starts


def same_evening(starts: Moment) -> Moment:
    """Eight in the evening of a session's day, or with the session where that was later."""
    evening = _clock_of(starts, 0, 20)
    return evening if evening.at > starts.at else starts


def next_morning(starts: Moment) -> Moment:
    """Eight in the morning after a session's day, by the clocks there."""
    return _clock_of(starts, 1, 8)


def _clock_of(starts: Moment, days: int, hour: int) -> Moment:
    """A time of the clock where `starts` was lived; the zone's own rules hold on a night when the clocks change."""
    try:
        day = starts.at.date() + timedelta(days=days)
        wall = datetime.combine(day, time(hour), starts.at.tzinfo)
    except OverflowError:
        return starts
    try:
        there = ZoneInfo(starts.zone) if starts.zone else None
    except (KeyError, ValueError, OSError):  # no such zone, or none known on this computer
        there = None
    if there is None:
        return Moment(wall, starts.zone)
    offset = wall.replace(tzinfo=there).utcoffset() or timedelta()
    return Moment(wall.replace(tzinfo=timezone(offset)), starts.zone)


# -- commitments ---------------------------------------------------------------------------------------------------


def commitments(items: Items) -> tuple[Item, ...]:
    """Every commitment, oldest first."""
    found = [item for item in items.of_kind("commitment") if isinstance(item.record, Commitment)]
    return tuple(sorted(found, key=lambda item: (_when(item.record.when), item.eid)))


def current_commitment(items: Items, now: datetime) -> Item | None:
    """The commitment of this week: the newest that has begun, while its week lasts or it may be looked back at.

    One that was said to be no longer the person's is nobody's.
    """
    begun = [item for item in commitments(items) if _days_of(item, now) >= 0]
    if not begun:
        return None
    newest, days = begun[-1], _days_of(begun[-1], now)
    record = newest.record
    assert isinstance(record, Commitment)
    if record.outcome is Outcome.NOT_MINE:
        return None
    return newest if days < _WEEK or (record.outcome is None and days <= _REVIEW_TO) else None


def promised(items: Items, now: datetime) -> Item | None:
    """The commitment of this week, until it was looked back at."""
    item = current_commitment(items, now)
    return item if item is not None and getattr(item.record, "outcome", None) is None else None


def commitment_due(items: Items, now: datetime) -> Item | None:
    """The commitment that may be looked back at now: from its sixth to its fourteenth day. After that nobody asks."""
    item = current_commitment(items, now)
    return item if item is not None and may_look_back(item.record, now) else None


def may_look_back(record: object, now: datetime) -> bool:
    """Whether looking back at a commitment is offered now."""
    if not isinstance(record, Commitment) or record.outcome is not None:
        return False
    return _REVIEW_FROM <= _days(record, now) <= _REVIEW_TO


def _days_of(item: Item, now: datetime) -> int:
    assert isinstance(item.record, Commitment)
    return _days(item.record, now)


def _days(record: Commitment, now: datetime) -> int:
    """How many days of the calendar lie between: a night when the clocks change counts as one night."""
    return (now.date() - record.begins.at.date()).days


# -- the journal ---------------------------------------------------------------------------------------------------


class Body:
    """What the journal answers about the body and the week."""

    _items: Items
    clock: Clock

    def body(self) -> BodyView:
        """All medicines and side effects, with the sessions."""
        now, names = self.clock.now(), labels(self._items)
        known = effects(self._items)
        return BodyView(
            now=now,
            lanes=medicine_lanes(self._items),
            medicines=medicines_at(self._items, now),
            sessions=tuple(
                SessionMark(item.eid, names[item.eid], item.record.starts)
                for item in session_items(self._items)
                if isinstance(item.record, Session) and item.record.happened
            ),
            open_effects=effects_not_gone(self._items, now),
            gone_effects=tuple(one for one in known if is_gone(one.effect, now)),
            later_effects=tuple(
                one for one in known if one.effect.began.at > now and not is_gone(one.effect, now)
            ),
        )

    def session_body(self, eid: str) -> SessionBody:
        """What stands by one session. Raises `NotFound`."""
        record = self._items.get(eid).record
        assert isinstance(record, Session)
        now = self.clock.now()
        due = commitment_due(self._items, now)
        mine = [item for item in commitments(self._items) if getattr(item.record, "session", None) == eid]
        return SessionBody(
            now, record.starts, effects_of_session(self._items, eid), tuple(mine), due.eid if due else None,
            begun=record.happened or record.starts.at <= now,
        )

    def commitment_of_now(self) -> Item | None:
        """The commitment of this week."""
        return current_commitment(self._items, self.clock.now())


def _when(moment: Moment | None) -> float:
    return moment.at.timestamp() if moment is not None else float("-inf")
