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
    Medicine,
    MedicineStep,
    Moment,
    Onset,
    Session,
    SideEffect,
    StepKind,
)
from journal.service.commitments import commitment_due, commitments, current_commitment
from journal.service.views import labels, session_items
from journal.store import Item, Items
from journal.windows import since

_HOUR = timedelta(hours=1)
_BY_INSTANT = (Onset.TIME, Onset.SESSION)  # of the others only the day is known
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


class EffectHours(msgspec.Struct, frozen=True):
    """Hours since a dose; None where nobody said. `lasted` needs both: what was not said is not filled in."""

    began: float | None
    gone: float | None

    @property
    def lasted(self) -> float | None:
        return None if self.began is None or self.gone is None else self.gone - self.began


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
    return tuple(one for one in effects(items) if not is_gone(one.effect, at) and has_begun(one.effect, at))


def has_begun(effect: SideEffect, at: datetime) -> bool:
    """Whether it had begun by a moment. Where only the day is known: by that day."""
    if effect.onset in _BY_INSTANT:
        return effect.began.at <= at
    return effect.began.at.date() <= in_zone(at, effect.began.at.tzinfo).date()


def is_gone(effect: SideEffect, at: datetime) -> bool:
    """Whether it was said to be gone by a moment."""
    return effect.gone is not None and effect.gone.at <= at


def out_of_order(effect: SideEffect) -> bool:
    """Whether it is said to be gone before it began. Where only the day is known, on an earlier day."""
    if effect.gone is None:
        return False
    if effect.onset in _BY_INSTANT:
        return effect.gone.at < effect.began.at
    return in_zone(effect.gone.at, effect.began.at.tzinfo).date() < effect.began.at.date()


def hours_of(effect: SideEffect, dose: datetime) -> EffectHours:
    """When a side effect came and went, in hours since a dose: only what was said as a time of the clock."""
    began = since(dose, effect.began.at) / _HOUR if effect.onset is Onset.TIME else None
    return EffectHours(began, since(dose, effect.gone.at) / _HOUR if effect.gone is not None else None)


def during(starts: Moment) -> tuple[Moment, Onset]:
    """Somewhere in a session: it stands where the session does, and has no time."""
    return starts, Onset.SESSION


def on_the_day(starts: Moment) -> tuple[Moment, Onset]:
    """On the day of a session, which is all that a tap beside it says. It stands where the session does."""
    return starts, Onset.DAY


def same_evening(starts: Moment) -> tuple[Moment, Onset]:
    """The evening of a session's day. It stands at eight, or with the session where that was later."""
    evening = _clock_of(starts, 0, 20)
    return (evening if evening.at > starts.at else starts), Onset.EVENING


def next_morning(starts: Moment) -> tuple[Moment, Onset]:
    """The morning after a session's day. It stands at eight by the clocks there."""
    return _clock_of(starts, 1, 8), Onset.MORNING


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
                one for one in known if not has_begun(one.effect, now) and not is_gone(one.effect, now)
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
