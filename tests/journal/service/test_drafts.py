"""Unsaved text: sealed as it is typed, and there again whatever happened to the program."""

from __future__ import annotations

from datetime import timedelta

import pytest

from journal.records import CheckIn, Page
from journal.service import JournalService
from journal.vault import Draft
from tests.journal.service.entries import PASSWORD, at, page, run_apart

WORD = "canaryword"


def test_a_draft_of_something_new(service, clock):
    eid = service.new_eid()
    assert service.draft(eid) is None
    service.put_draft(eid, page("one"))
    service.put_draft(eid, page("one two"))
    draft = service.draft(eid)
    assert (draft.eid, draft.record, draft.at, draft.is_new) == (eid, page("one two"), clock.at, True)
    assert service.find(eid) is None
    assert service.rows() == ()


def test_a_draft_of_an_entry_leaves_the_entry(service, reopen):
    saved = service.save(page("one"))
    service.put_draft(saved.eid, page("two"))
    again = reopen()
    assert again.get(saved.eid).record.text == "one"
    assert (again.draft(saved.eid).record.text, again.draft(saved.eid).is_new) == ("two", False)


def test_saving_takes_its_own_draft_with_it_and_no_other(service, reopen):
    mine, other = service.new_eid(), service.new_eid()
    service.put_draft(mine, page("mine"))
    service.put_draft(other, page("other"))
    service.save(page("mine"), mine)
    assert [draft.eid for draft in reopen().drafts()] == [other]


def test_saving_what_is_there_already_takes_the_draft_as_well(service):
    saved = service.save(page("one"))
    service.put_draft(saved.eid, page("one"))
    service.save(page("one"), saved.eid)
    assert service.drafts() == ()


def test_drafts_are_newest_first_and_can_be_let_go(service, clock):
    eids = [service.new_eid() for _ in range(3)]
    for eid in eids:
        service.put_draft(eid, page(eid))
        clock.at += timedelta(minutes=1)
    assert [draft.eid for draft in service.drafts()] == eids[::-1]
    assert [draft.eid for draft in service.today().drafts] == eids[::-1]
    service.drop_draft(eids[1])
    service.drop_draft(eids[1])
    assert [draft.eid for draft in service.drafts()] == [eids[2], eids[0]]


LARGE = Page(at=at(1), text="a\0b \u202e🌊" * 40_000)


@pytest.mark.parametrize("record", [CheckIn(at=at(1), mood=0, note="n"), LARGE], ids=["check-in", "large page"])
def test_a_draft_is_kept_to_the_letter(service, reopen, record):
    eid = service.new_eid()
    service.put_draft(eid, record)
    assert reopen().draft(eid).record == record


def test_a_draft_outlives_a_killed_program(service, reopen, path, tmp_path):
    service.close()
    ended = run_apart(
        """
        import os, signal, sys
        from pathlib import Path
        from journal.service import JournalService
        from tests.journal.service.entries import PASSWORD, page
        service = JournalService.open(Path(sys.argv[1]), password=PASSWORD, state_dir=Path(sys.argv[2]))
        service.put_draft("a" * 32, page("canaryword " * 1000))
        os.kill(os.getpid(), signal.SIGKILL)
        """,
        str(path),
        str(tmp_path / "state"),
    )
    assert ended.returncode == -9, ended.stderr
    for file in path.parent.iterdir():
        assert WORD.encode() not in file.read_bytes()
    (draft,) = reopen().drafts()
    assert draft.record == page("canaryword " * 1000)


def test_a_draft_that_this_version_cannot_read_hides_no_other_and_stays(service, reopen, clock, path, tmp_path):
    service.put_draft("a" * 32, page("one"))
    later = b'{"kind":"session","starts":{"at":"2026-03-01T09:30:00Z"},"route":"a new one"}'
    service._vault.put_draft(Draft(key="b" * 32, kind="session", body=later, at=clock.at))
    assert [draft.eid for draft in service.drafts()] == ["a" * 32]
    assert [draft.eid for draft in service.today().drafts] == ["a" * 32]
    assert len(reopen()._vault.drafts()) == 2


def test_two_openings_of_one_journal_share_no_drafts_by_accident(service, path, tmp_path):
    """A second window is refused for writing, and reads what was sealed."""
    service.put_draft("a" * 32, page("one"))
    reader = JournalService.open(path, password=PASSWORD, read_only=True, state_dir=tmp_path / "state")
    assert [draft.record.text for draft in reader.drafts()] == ["one"]
    reader.close()
