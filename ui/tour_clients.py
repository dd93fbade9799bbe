"""The part of the tour that a therapist sees: clients, a client's review, a comment, two sessions side by side."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from journal.clock import FixedClock, SystemClock
from journal.records import Client, Moment
from journal.service import JournalService
from journal.share import Payload, Selection, build
from ui.places import Place
from ui.tour_course import Guide

_SHARED = frozenset({
    "session", "intention", "experience", "integration", "page", "checkin", "scale", "total", "medicine",
    "sideeffect", "hard", "commitment", "question",
})  # fmt: skip
_TALK = "The corridor in the fourth session. I think I skipped over it."
_NAMES = ("Jona K.", "Anna", "Ruth B.")


def clients(guide: Guide) -> str:
    """Two shares of the sample course, three weeks apart, and what a therapist has of them. A client without any."""
    eids = [guide.ask(partial(_add, name=name)) for name in _NAMES]
    for days in (21, 0):
        payload = guide.ask(partial(_share, days=days))
        kept = guide.ask(partial(JournalService.take_in, payload=payload, client=eids[0]))
        if days:
            guide.ask(partial(JournalService.mark_seen, received=kept.eid))
    guide.go(Place("clients"))
    guide.shoot("clients", wide=True)
    page = guide.go(Place("client", eid=eids[0]))
    guide.shoot("client-since-last-time", wide=True)
    sessions = [line.key for line in page.list.lines.lines if line.title.startswith("Session")]
    page.list.setCurrentIndex(page.list.lines.index(_row(page, sessions[1])))
    guide.pause(0.2)
    guide.shoot("client-session", wide=True)
    page.readings()[0].select(0, 24)
    page.begin_comment()
    page.comments.text.setPlainText("Ask about this one first.")
    page.comments.keep.click()
    guide.pause(0.3)
    page.comments.open(page.comments.list.key)
    guide.shoot("client-comment", wide=True)
    guide.go(Place("compare", eid=eids[0], kind=sessions[1]))
    guide.shoot("compare-two-sessions", wide=True)
    return eids[1]


def _row(page: Any, key: str) -> int:
    return [line.key for line in page.list.lines.lines].index(key)


def _add(service: JournalService, *, name: str) -> str:
    return service.save(Client(name=name, added=Moment(SystemClock().now()))).eid


def _share(service: JournalService, *, days: int) -> Payload:
    """What the person of the sample course would have shared so many days ago."""
    till = SystemClock().now() - timedelta(days=days)
    items = [(item.eid, item.record) for item in service.items() if item.record.kind in _SHARED]
    mine = [pair for pair in items if (when := getattr(pair[1], "when", None)) is None or when.at <= till]
    chosen = Selection(
        eids=frozenset(eid for eid, _ in mine), sender=_NAMES[0], to="Dr Amsel", talk_about="" if days else _TALK
    )
    return build(chosen, mine, FixedClock(till))
