"""Medicines, side effects, questions and commitments in words. Pure functions."""

from __future__ import annotations

from datetime import datetime

from journal.records import SIDE_EFFECTS, MedicineStep, Moment, Onset, Outcome, SideEffect, StepKind, Strength, Whom
from journal.records import body as body_record
from journal.service.body import Effect, MedicineNow, Standing
from ui import words

EFFECTS = dict(SIDE_EFFECTS)
STRENGTHS: dict[Strength, str] = {Strength.MILD: "Mild", Strength.MODERATE: "Moderate", Strength.STRONG: "Strong"}
STEPS: dict[StepKind, str] = {StepKind.START: "Started", StepKind.CHANGE: "Changed", StepKind.STOP: "Stopped"}
OUTCOMES: dict[Outcome, str] = {
    Outcome.DID: "Did it",
    Outcome.PART: "Did part of it",
    Outcome.NOT_YET: "Not yet",
    Outcome.NOT_MINE: "No longer mine",
}
LISTS: dict[Whom, str] = {Whom.PRESCRIBER: "For my prescriber", Whom.THERAPY: "To bring to therapy"}
ONSETS = body_record.ONSETS
NOT_GONE = "not said to be gone"
GONE_BEFORE = (
    "It is said to be gone before it began. Both times are still here, and nothing is lost. Change one of them, "
    "then save."
)


def effect_name(what: str) -> str:
    """A side effect in words: those of its code, or the person's own."""
    return body_record.effect_name(what)


def step_day(step: MedicineStep) -> str:
    """ "12 Mar 2026", with the time where it is known."""
    day = words.day_short(step.at)
    return day if step.whole_day else f"{day}, {words.time(step.at)}"


def medicine_line(one: MedicineNow) -> str:
    """ "20 mg · since 3 Mar 2026 · for sleep"."""
    parts = [one.dose]
    if one.stopped is not None:
        began = f"{words.day_short(one.since.at)} to " if one.since is not None else "until "
        parts.append(f"{began}{words.day_short(one.stopped.at)}")
    elif one.since is not None:
        ahead = one.standing is Standing.AHEAD
        parts.append(f"{'from' if ahead else 'since'} {words.day_short(one.since.at)}")
    parts.append(one.medicine.reason)
    parts.append("as needed" if one.medicine.as_needed else "")
    return " · ".join(part for part in parts if part)


def effect_line(one: Effect, *, session: bool = True) -> str:
    """ "mild · Session 3, 12 Mar 2026, 14:05 to 18:00"."""
    effect = one.effect
    strength = STRENGTHS[effect.strength].lower() if effect.strength else ""
    told = (strength, one.session if session else "", _lasted(effect), effect.note)
    return " · ".join(" ".join(part.split()) for part in told if part)


def _lasted(effect: SideEffect) -> str:
    timed = effect.onset is Onset.TIME
    if effect.gone is None:
        return f"from {onset(effect)}" if timed else onset(effect)
    if timed:
        return between(effect.began, effect.gone)
    same = effect.began.at.date() == effect.gone.at.date()
    return f"{onset(effect)}, gone by {words.time(effect.gone) if same else moment(effect.gone)}"


def onset(effect: SideEffect) -> str:
    """When it began, as nearly as it is known: "12 Mar 2026, 14:05", "12 Mar 2026, during the session"."""
    if effect.onset is Onset.TIME:
        return moment(effect.began)
    day = words.day_short(effect.began)
    return f"{day}, {ONSETS[effect.onset]}" if effect.onset in ONSETS else day


def moment(when: Moment) -> str:
    """ "12 Mar 2026, 14:05"."""
    return f"{words.day_short(when)}, {words.time(when)}"


def between(began: Moment, gone: Moment) -> str:
    """ "12 Mar 2026, 14:05 to 18:00", with the second day where it is another one."""
    same = began.at.date() == gone.at.date()
    return f"{moment(began)} to {words.time(gone) if same else moment(gone)}"


def effect_spoken(effect: SideEffect) -> str:
    """A whole side effect as one sentence for a screen reader."""
    gone = f"gone by {moment(effect.gone)}" if effect.gone is not None else NOT_GONE
    strength = f", {STRENGTHS[effect.strength].lower()}" if effect.strength else ""
    began = f"from {onset(effect)}" if effect.onset is Onset.TIME else onset(effect)
    return f"{effect_name(effect.what)}{strength}: {began}, {gone}"


def step_spoken(name: str, step: MedicineStep) -> str:
    """A step as one sentence."""
    dose = f", {step.dose}" if step.dose else ""
    note = f", {step.note}" if step.note else ""
    return f"{name}: {STEPS[step.kind].lower()} on {step_day(step)}{dose}{note}"


def week(begins: Moment, now: datetime) -> str:
    """The week of a commitment: "the week from 12 Mar"."""
    near = "today" if begins.at.date() == now.date() else words.day_short(begins)
    return f"the week from {near}"
