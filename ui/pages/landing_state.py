"""What the page of a landing begins with, and how it stands after an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from journal.change import Change
from journal.records import Moment
from journal.service import JournalService
from journal.service.landing_steps import LandingView


def land(
    service: JournalService, *, eid: str | None, session: str | None, at: Moment
) -> tuple[LandingView, Change]:
    """Go on with a landing, or begin one. Runs on the vault thread."""
    if not service.read_only:
        service.forget_old_places()
    return (service.landing(eid), Change()) if eid is not None else service.land(session, at)


def tapped(view: LandingView, step: str, code: str) -> tuple[LandingView, Callable[..., Change]]:
    """The landing with the answer of this code, "" for none, and what keeps it."""
    if step == "hard":
        return changed(view, hard=code), partial(JournalService.say_hard, eid=view.eid, how=code)
    if step == "again":
        return changed(view, again=code, ask=None), partial(JournalService.say_again, eid=view.eid, when=code)
    mood = int(code) if code else None
    return changed(view, mood=mood), partial(JournalService.say_mood, eid=view.eid, mood=mood)


def looked(mine: LandingView, view: LandingView, *, newer: bool) -> LandingView:
    """The landing as it was looked up again; with what was tapped meanwhile, where that is `newer` no longer.

    What was opened here stays open.
    """
    if not newer:
        view = changed(view, hard=mine.hard, again=mine.again, ask=mine.ask, mood=mine.mood)
    return changed(view, covered=view.covered and mine.covered)


def changed(view: LandingView, **what: Any) -> LandingView:
    """The same with an answer as it was just tapped; the journal has been asked to keep it."""
    return msgspec.structs.replace(view, **what)
