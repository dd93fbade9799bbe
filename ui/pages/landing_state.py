"""What the page of a landing begins with, and how it stands after an answer."""

from __future__ import annotations

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


def changed(view: LandingView, **what: Any) -> LandingView:
    """The same with an answer as it was just tapped; the journal has been asked to keep it."""
    return msgspec.structs.replace(view, **what)
