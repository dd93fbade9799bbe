"""What was left out for a reader is known the next time, and its words stand nowhere but in the entry."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from journal.clock import FixedClock
from journal.records import Experience, Moment
from journal.service import JournalService
from journal.share import Hidden, Selection, generate_identity
from journal.vault import FAST

TEXT = "It was quiet. I saw my brother. I came back."
HIDDEN = "I saw my brother."
ADDRESS = generate_identity().recipient


@pytest.fixture
def entry(service: JournalService) -> str:
    return service.save(Experience(at=Moment(service.clock.now()), text=TEXT)).eid


def write(service: JournalService, eid: str, path: Path, hidden: str = HIDDEN, to: str = "Dr Amsel") -> None:
    text = service.get(eid).record.text
    start = text.index(hidden) if hidden else 0
    left = (Hidden(eid, start, start + len(hidden), "text", hidden),) if hidden else ()
    selection = Selection(eids=frozenset((eid,)), to=to, hidden=left)
    service.write_share(selection, path, recipients=[ADDRESS])
    service.clock.at += timedelta(hours=1)


def change(service: JournalService, eid: str, text: str) -> None:
    service.save(Experience(at=Moment(service.clock.now()), text=text), eid=eid)


@pytest.mark.parametrize(("to", "recipients"), [(" dr amsel", ()), ("", (ADDRESS,)), ("Another name", (ADDRESS,))])
def test_it_is_found_where_it_stands_now(service, entry, tmp_path, to, recipients):
    write(service, entry, tmp_path / "one.age")
    change(service, entry, "Before. " + TEXT)
    (found,) = service.left_out_before({entry}, to=to, recipients=recipients)
    assert (found.eid, found.kind, found.lost) == (entry, "experience", False)
    assert [("Before. " + TEXT)[one.start : one.end] for one in found.hidden] == [HIDDEN]
    assert service.left_out_before(set(), to=to, recipients=recipients) == ()


def test_for_nobody_else_and_not_once_they_have_it(service, entry, tmp_path):
    write(service, entry, tmp_path / "one.age")
    other = generate_identity().recipient
    assert service.left_out_before({entry}, to="Ada", recipients=(other,)) == ()
    assert service.left_out_before({entry}) == ()
    write(service, entry, tmp_path / "two.age", hidden="")
    assert service.left_out_before({entry}, to="Dr Amsel", recipients=(ADDRESS,)) == ()


def test_what_was_rewritten_is_lost_and_said_to_be(service, entry, tmp_path):
    write(service, entry, tmp_path / "one.age")
    change(service, entry, TEXT.replace("saw", "met"))
    (found,) = service.left_out_before({entry}, to="Dr Amsel")
    assert found.lost and found.hidden == ()


def test_in_a_journal_that_has_no_earlier_version_it_is_lost(service, entry, tmp_path, clock: FixedClock):
    write(service, entry, tmp_path / "one.age")
    service.export("json", tmp_path / "all.json")
    other, _ = JournalService.create(
        tmp_path / "other.vault", "four quiet words", profile=FAST, clock=clock, state_dir=tmp_path / "other"
    )
    other.import_file(tmp_path / "all.json")
    (found,) = other.left_out_before({entry}, to="Dr Amsel")
    assert found.lost
    other.close()


def test_a_removed_entry_leaves_no_words_in_the_ledger(service, entry, tmp_path):
    write(service, entry, tmp_path / "one.age")
    (item,) = service.ledger()
    assert len(item.record.left_out) == 1 and "brother" not in str(item.record)
    service.purge(entry)
    assert service.left_out_before({entry}, to="Dr Amsel") == ()
    assert [one.record for one in service.ledger()] == [item.record]


def test_words_that_had_come_to_stand_twice_are_known_at_both_places(service, entry, tmp_path):
    left = (Hidden(entry, TEXT.index(HIDDEN), TEXT.index(HIDDEN) + len(HIDDEN), "text", HIDDEN),)
    twice = f"Before. {HIDDEN} {HIDDEN}"
    change(service, entry, twice)
    selection = Selection(eids=frozenset((entry,)), to="Dr Amsel", hidden=left)
    service.write_share(selection, tmp_path / "one.age", recipients=[ADDRESS])
    (found,) = service.left_out_before({entry}, to="Dr Amsel")
    assert [(one.start, twice[one.start : one.end]) for one in found.hidden] == [(8, HIDDEN), (26, HIDDEN)]
    assert not found.lost
    change(service, entry, f"Before. {HIDDEN} Another.")
    (found,) = service.left_out_before({entry}, to="Dr Amsel")
    assert [one.start for one in found.hidden] == [8]
