"""What is next, and why: one step at most, and a few quiet ones beside it. It offers; it never reminds of what
was not done."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice

import msgspec

from journal.records import Medicine, Moment, SideEffect, StepKind
from journal.records.body import effect_name
from journal.service.due import Rank, Standing, Step, standing, steps
from journal.service.views import DraftView, SessionSummary
from journal.store import Item, Items, Row
from journal.windows import since

__all__ = ["Changed", "Rank", "Step", "Today", "today"]

_QUIET = 4  # offers beside the one main step
_CHANGES = 3
_STEPS = {StepKind.START: "started", StepKind.CHANGE: "changed", StepKind.STOP: "stopped"}


class Changed(msgspec.Struct, frozen=True):
    """Something that is different since the last session: "Sertraline", "changed", and when."""

    eid: str
    kind: str
    name: str
    what: str
    at: Moment


class Today(msgspec.Struct, frozen=True):
    """What the first page shows. `step` is the one natural next thing, or None; `also` are quiet offers.

    `commitment` is the week's, and has its own place. `changed` is what is different since the last session, newest
    first. `try_words`: it is time to ask whether the recovery words can be found; `unproved`: nobody ever showed that
    they can.
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
    commitment: Step | None = None
    changed: tuple[Changed, ...] = ()


# Somebody who has one of these has begun.
_BEGUN = ("intention", "experience", "integration", "page", "checkin", "session")


def today(items: Items, now: datetime, last_written: Row | None, drafts: tuple[DraftView, ...]) -> Today:
    """The first page at `now` (aware)."""
    at = standing(items, now)
    found = list(steps(at))
    newest = next(items.newest_of("checkin"), None)
    # A questionnaire can be filled in at any time: it does not come before the first words.
    asked = any(step.kind != "scale" for step in found)
    empty = not asked and not any(True for _ in items.entries(*_BEGUN))
    if empty:
        found = [Step("intention", None, "A good place to begin: what brings you here.")]
    commitment = next((step for step in found if step.kind == "commitment"), None)
    offers = [step for step in found if step.kind != "commitment"]
    main = offers[0] if offers and offers[0].rank is not Rank.QUIET else None
    return Today(
        now=now,
        empty=empty,
        step=main,
        also=tuple(islice((step for step in offers if step is not main), _QUIET)),
        next=at.following,
        last=at.last,
        last_written=last_written,
        last_checkin=items.item(newest) if newest is not None else None,
        drafts=drafts,
        commitment=commitment,
        changed=_changes(at),
    )


def _changes(at: Standing) -> tuple[Changed, ...]:
    """What was told of medicines and side effects since the last session: facts, and few of them."""
    if at.last is None:
        return ()
    begin, none = at.last.session.starts.at, timedelta(0)
    found = []
    for item in at.items.of_kind("medicine", "sideeffect"):
        record = item.record
        if isinstance(record, Medicine):
            found += [Changed(item.eid, "medicine", record.name, _STEPS[one.kind], one.at) for one in record.steps]
        elif isinstance(record, SideEffect) and record.gone is not None:
            name = effect_name(record.what)
            found.append(Changed(item.eid, "sideeffect", name, "gone", record.gone))
    new = [one for one in found if since(begin, one.at.at) >= none and since(one.at.at, at.now) >= none]
    new.sort(key=lambda one: (one.at.at.timestamp(), one.eid), reverse=True)
    return tuple(new[:_CHANGES])
