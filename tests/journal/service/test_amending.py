"""What one tap changes of an entry leaves alone what is being written of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from journal.clock import FixedClock
from journal.records import Course, Experience, HardMoment, Moment, Phase
from journal.service import JournalService
from journal.service.courses import paused


@pytest.mark.parametrize(
    ("tap", "seen"),
    [
        (JournalService.cover, {"covered": True}),
        (JournalService.uncover, {"covered": False}),
    ],
)
def test_covering_keeps_what_is_being_written(
    service: JournalService, tap: Callable[..., object], seen: dict[str, bool]
) -> None:
    record = Experience(at=Moment(service.clock.now()), text="saved", covered=not seen["covered"])
    eid = service.save(record).eid
    service.put_draft(eid, msgspec.structs.replace(record, text="saved, and more"))
    tap(service, eid)
    draft = service.draft(eid)
    assert draft is not None
    assert draft.record == msgspec.structs.replace(record, text="saved, and more", **seen)
    assert service.get(eid).record == msgspec.structs.replace(record, **seen)


def test_looking_again_keeps_what_is_being_written(service: JournalService, clock: FixedClock) -> None:
    record = HardMoment(at=Moment(clock.at))
    eid = service.save(record).eid
    service.put_draft(eid, msgspec.structs.replace(record, note="the long corridor"))
    clock.at += timedelta(days=1)
    service.looked_again(eid, False)
    draft = service.draft(eid)
    assert draft is not None
    assert (draft.record.note, draft.record.still) == ("the long corridor", False)
    assert draft.record.looked == Moment(clock.at)
    assert service.get(eid).record.still is False


def test_a_course_is_paused_once(clock: FixedClock) -> None:
    once = paused(Course(title="Spring", phase=Phase.INDUCTION), Moment(clock.at))
    assert once.phase is Phase.PAUSE
    assert paused(once, Moment(clock.at + timedelta(seconds=1))) == once


def test_undoing_keeps_what_is_being_written_and_takes_back_only_what_was_done(
    service: JournalService, clock: FixedClock
) -> None:
    record = Experience(at=Moment(clock.at), text="saved")
    eid = service.save(record).eid
    service.put_draft(eid, msgspec.structs.replace(record, text="saved, and more"))
    service.cover(eid, "A title")
    service.undo()
    draft = service.draft(eid)
    assert draft is not None
    assert draft.record == msgspec.structs.replace(record, text="saved, and more")
    assert service.get(eid).record == record
    service.redo()
    draft = service.draft(eid)
    assert draft is not None
    assert (draft.record.text, draft.record.covered) == ("saved, and more", True)
    service.save(draft.record, eid)
    assert service.get(eid).heads == 1
    assert service.get(eid).record == draft.record


def test_undoing_a_text_leaves_the_newer_one_that_is_not_saved(service: JournalService, clock: FixedClock) -> None:
    record = Experience(at=Moment(clock.at), text="first")
    eid = service.save(record).eid
    service.save(msgspec.structs.replace(record, text="second"), eid)
    service.put_draft(eid, msgspec.structs.replace(record, text="third"))
    service.undo()
    draft = service.draft(eid)
    assert draft is not None
    assert draft.record.text == "third"
    assert service.get(eid).record == record


def test_undoing_that_it_was_added_leaves_what_was_written_since(service: JournalService, clock: FixedClock) -> None:
    record = Experience(at=Moment(clock.at), text="first")
    eid = service.save(record).eid
    service.put_draft(eid, msgspec.structs.replace(record, text="second"))
    service.undo()
    draft = service.draft(eid)
    assert draft is not None
    assert (draft.record.text, draft.is_new) == ("second", True)
    service.save(draft.record, eid)
    assert service.get(eid).record.text == "second"
    assert service.get(eid).heads == 1
