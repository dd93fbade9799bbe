"""The first page with every part of the journal joined in, as it ships."""

from __future__ import annotations

from datetime import timedelta

from journal.clock import FixedClock
from journal.records import Commitment, HardMoment, Moment, Session
from journal.service import JournalService


def test_what_was_asked_for_is_there_before_anything_was_written(service: JournalService, clock: FixedClock) -> None:
    assert service.today().empty
    now = clock.now()
    hard = service.save(HardMoment(at=Moment(now - timedelta(days=1)), ask_again=Moment(now - timedelta(hours=1))))
    today = service.today()
    assert not today.empty
    offered = [step for step in (today.step, *today.also) if step is not None]
    assert [(step.kind, step.eid) for step in offered] == [("hard", hard.eid)]


def test_the_commitment_is_there_before_anything_was_written(service: JournalService, clock: FixedClock) -> None:
    service.save(Commitment(text="Tea on the floor", begins=Moment(clock.now() - timedelta(days=2))))
    today = service.today()
    assert not today.empty and today.commitment is not None


def test_landing_is_the_first_thing_two_hours_after(service: JournalService, clock: FixedClock) -> None:
    saved = service.save(Session(starts=Moment(clock.now() - timedelta(hours=2)), happened=True))
    step = service.today().step
    assert step is not None and (step.kind, step.session) == ("landing", saved.eid)
