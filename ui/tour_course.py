"""The part of the tour that goes through a whole course: what stands around the sessions, and landing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import msgspec

from journal.clock import SystemClock
from journal.records import Moment
from journal.sample import SampleIds
from journal.service import JournalService
from ui.places import Place

_WIDE = frozenset({"course", "session-ahead", "medicines", "questionnaire"})  # the fullest, in all four looks
_STILL = 0.4  # seconds: a second tap that comes sooner is taken for a trembling hand's


class Guide(Protocol):
    """What the tour gives its parts."""

    def shoot(self, name: str, *, wide: bool = False, dim: bool = False) -> None:
        """A picture of each look; `dim` in those of landing."""
        ...

    def go(self, place: Place) -> Any:
        """The page at a place, once it is there."""
        ...

    def ask(self, op: Callable[[JournalService], Any]) -> Any:
        """What the journal answers."""
        ...

    def pause(self, seconds: float) -> None:
        """Let the window work."""
        ...

    def until(self, done: Callable[[], bool]) -> None:
        """Let it work until something is so."""
        ...


def course(guide: Guide, ids: SampleIds) -> None:
    """The course, its session before it begins, medicines, what to bring along, questionnaires."""
    for name, place in (
        ("course", Place("course", eid=ids.course)),
        ("course-details", Place("edit-course", eid=ids.course)),
        ("costs", Place("costs")),
        ("session-ahead", Place("session", eid=ids.following)),
        ("medicines", Place("medicines")),
        ("medicine", Place("edit-medicine", eid=_first(guide, "medicine"))),
        ("side-effect", Place("edit-side-effect", eid=_first(guide, "sideeffect"))),
        ("to-bring-along", Place("questions")),
        ("commitment", Place("edit-commitment", eid=_first(guide, "commitment"))),
        ("questionnaires", Place("scales")),
        ("questionnaire", Place("scale", kind="phq-9")),
        ("total-from-a-clinic", Place("edit-total")),
        ("own-questionnaire", Place("edit-scale")),
        ("questions-and-templates", Place("prompts")),
        ("hard", Place("hard", session=ids.sessions[1])),
    ):
        guide.go(place)
        guide.shoot(name, wide=name in _WIDE)


def landing(guide: Guide, ids: SampleIds) -> None:
    """The first hours after a session, and what rests then. Last, since sharing rests with it."""
    session = guide.ask(partial(JournalService.get, eid=ids.following)).record
    begun = msgspec.structs.replace(session, starts=Moment(SystemClock().now()), happened=True)
    guide.ask(partial(JournalService.save, record=begun, eid=ids.following))
    page = guide.go(Place("landing", session=ids.following))
    page.text.setPlainText("slow, wide, quiet")
    guide.shoot("landing", wide=True, dim=True)
    for _ in range(3):
        guide.pause(_STILL)
        page.next.click()
    guide.shoot("landing-was-any-of-it-hard", dim=True)
    guide.pause(_STILL)
    page.night.click()
    guide.shoot("landing-good-night", dim=True)
    guide.go(Place("today"))
    guide.go(Place("share"))
    guide.shoot("what-rests")


def _first(guide: Guide, kind: str) -> str:
    return guide.ask(partial(_newest_of, kind=kind))


def _newest_of(service: JournalService, *, kind: str) -> str:
    return next(item.eid for item in service.items() if item.record.kind == kind)
