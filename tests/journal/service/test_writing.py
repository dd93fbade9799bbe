"""Writing, removing, undoing: what is saved is there again, to the letter, and nothing goes out of the history."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.change import Change
from journal.clock import FixedClock
from journal.errors import NotFound, ReadOnlyJournal
from journal.records import CheckIn, Moment, Page, encode
from journal.service import JournalService
from journal.service.undo import DEPTH, Deed, UndoStack
from journal.vault import FAST, NewRevision
from tests.journal.service.entries import PASSWORD, at, held, page

TEXTS = {
    "1 MB": "Ein Satz über das Meer. 🌊 " * 40_000,
    "emoji": "🌊👩🏽‍🚀🏳️‍🌈\N{ZERO WIDTH JOINER}e\u0301",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c \u0645\u0631\u062d\u0628\u0627",
    "NUL and other controls": "a\0b\x01\x1b[31m\x7f\x85",
    "every kind of line end": "a\nb\r\nc\rd\u2028e\u2029f\x0bg\x0ch",
    "two ways to write one letter": "\u00e9 e\u0301 \ufb01 \u212b",
    "white space": "  a \t\n\n  \n",
    "nothing": "",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_comes_back_to_the_letter(service, reopen, name):
    record = page(TEXTS[name], title=TEXTS[name][:20], tags=(TEXTS[name][:20],))
    saved = service.save(record)
    assert service.get(saved.eid).record == record
    again = reopen()
    assert again.get(saved.eid).record == record
    assert again.get(saved.eid).record.text.encode() == TEXTS[name].encode()
    assert again.verify().ok


def test_what_is_saved_says_what_it_touched(service):
    saved = service.save(page("one"))
    assert saved.change == Change(frozenset({"page"}), frozenset({saved.eid}))
    assert saved.change.touches("page", "session")
    assert not saved.change.touches("checkin")
    assert service.get(saved.eid).rev == saved.rev
    many = service.save_many([page("two"), CheckIn(at=at(1), mood=3)])
    assert many.change == Change(frozenset({"page", "checkin"}), frozenset(one.eid for one in many.saved))
    both = saved.change | many.change
    assert both.eids == {saved.eid, *(one.eid for one in many.saved)}
    assert not both.everything
    assert (Change(everything=True) | both).touches("anything")


def test_an_entry_that_did_not_change_is_not_written(service, path):
    saved = service.save(page("one"))
    before = path.read_bytes()
    again = service.save(page("one"), saved.eid)
    assert (again.rev, again.change) == (saved.rev, Change())
    assert path.read_bytes() == before
    assert service.undo_label == "Undo adding the journal page"


def test_the_same_instant_in_another_zone_is_a_change(service, reopen):
    """Two times that are equal as instants differ as they were lived."""
    there = page(at=Moment(datetime(2026, 3, 1, 14, tzinfo=UTC)))
    here = page(at=Moment(datetime(2026, 3, 1, 14, tzinfo=UTC).astimezone(at(1).at.tzinfo)))
    assert there == here
    saved = service.save(there)
    assert service.save(here, saved.eid).rev != saved.rev
    assert reopen().get(saved.eid).record.at.at.hour == 15


def test_a_new_entry_may_bring_its_id(service):
    eid = service.new_eid()
    assert service.save(page("one"), eid).eid == eid
    assert service.find(eid).record.text == "one"
    assert service.find(None) is None
    assert service.find("f" * 32) is None


def test_removing_undoing_and_doing_again(service, reopen):
    saved = service.save(page("one"))
    service.save(page("two"), saved.eid)
    assert service.delete(saved.eid) == Change(frozenset({"page"}), frozenset({saved.eid}))
    with pytest.raises(NotFound):
        service.get(saved.eid)
    with pytest.raises(NotFound):
        service.delete(saved.eid)
    assert (service.undo_label, service.redo_label) == ("Undo removing the journal page", "")

    assert service.undo().eids == {saved.eid}
    assert service.get(saved.eid).record.text == "two"
    assert service.redo_label == "Redo removing the journal page"
    service.undo()
    assert service.get(saved.eid).record.text == "one"
    service.undo()
    assert service.find(saved.eid) is None
    assert service.undo() is None
    assert service.undo_label == ""
    service.redo()
    service.redo()
    assert service.get(saved.eid).record.text == "two"
    service.redo()
    assert service.find(saved.eid) is None
    assert service.redo() is None

    again = reopen()
    assert again.find(saved.eid) is None
    assert (again.undo(), again.redo()) == (None, None)  # undoing ends with the lock
    texts = [version.record.text if version.record else None for version in again.versions(saved.eid)]
    assert texts == [None, "two", "one", None, "one", "two", None, "two", "one"]


def test_something_new_ends_what_can_be_done_again(service):
    saved = service.save(page("one"))
    service.undo()
    service.save(page("other"))
    assert service.redo() is None
    assert service.find(saved.eid) is None


def test_several_entries_are_one_step(service):
    many = service.save_many([page("one"), page("two"), CheckIn(at=at(1))], "importing 3 entries")
    assert service.undo_label == "Undo importing 3 entries"
    service.undo()
    assert held(service) == {}
    service.redo()
    assert set(held(service)) == {one.eid for one in many.saved}


def test_labels_name_the_deed_and_never_the_words(service):
    saved = service.save(page("canary", title="canary"))
    service.save(page("canary 2"), saved.eid)
    assert service.undo_label == "Undo changing the journal page"
    service.save_many([page("canary"), page("canary")])
    assert service.undo_label == "Undo 2 entries"


def test_versions_are_newest_first_and_say_when(service, clock):
    saved = service.save(page("one"))
    clock.at = clock.at.replace(hour=20)
    service.save(page("two"), saved.eid)
    service.delete(saved.eid)
    versions = service.versions(saved.eid)
    assert [version.deleted for version in versions] == [True, False, False]
    assert [version.record and version.record.text for version in versions] == [None, "two", "one"]
    assert [version.at.astimezone(clock.at.tzinfo).hour for version in versions] == [20, 20, 14]
    assert service.versions("f" * 32) == ()


def test_a_journal_for_reading_refuses_every_change_and_stays_as_it_is(service, reopen, path):
    saved = service.save(page("one"))
    service.put_draft(saved.eid, page("draft"))
    again = reopen(read_only=True)
    before = path.read_bytes()
    assert again.read_only
    for change in (
        lambda: again.save(page("two")),
        lambda: again.save(page("two"), saved.eid),
        lambda: again.delete(saved.eid),
        lambda: again.put_draft(saved.eid, page("x")),
        lambda: again.drop_draft(saved.eid),
        lambda: again.save_settings(again.settings()),
        lambda: again.change_password("another good password"),
        lambda: again.take_words(again.new_words()),
        lambda: again.identity(),
    ):
        with pytest.raises(ReadOnlyJournal):
            change()
    assert held(again) == {saved.eid: page("one")}
    assert again.undo_label == ""
    assert path.read_bytes() == before


def test_undoing_reaches_back_a_hundred_steps():
    stack = UndoStack()
    for number in range(DEPTH + 5):
        stack.did(Deed(str(number), ()))
    undone = []
    while stack.to_undo() is not None:
        undone.append(stack.undo_label)
        stack.undone()
    assert len(undone) == DEPTH
    assert undone[0] == f"Undo {DEPTH + 4}"


_WORK = st.one_of(
    st.tuples(st.just("save"), st.integers(0, 3), st.sampled_from(["a", "b", "c \0 🌊"])),
    st.tuples(st.just("delete"), st.integers(0, 3), st.just("")),
    st.tuples(st.sampled_from(["undo", "redo", "reopen"]), st.just(0), st.just("")),
)


@settings(max_examples=30)
@given(st.lists(_WORK, max_size=12))
def test_any_order_of_work_leaves_what_it_should(work):
    """Against a model of a dictionary and two stacks of dictionaries."""
    clock = FixedClock(datetime(2026, 3, 12, tzinfo=UTC))
    eids = [f"{number:032x}" for number in range(4)]
    model: dict[str, str] = {}
    done: list[dict[str, str]] = []
    undone: list[dict[str, str]] = []
    with tempfile.TemporaryDirectory() as name:
        path, state = Path(name, "x.vault"), Path(name, "state")
        service, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=state)
        for what, number, text in work:
            eid = eids[number]
            if what == "save":
                service.save(page(text), eid)
                if model.get(eid) != text:
                    done, undone = [*done, model], []
                    model = {**model, eid: text}
            elif what == "delete" and eid in model:
                service.delete(eid)
                done, undone = [*done, model], []
                model = {key: value for key, value in model.items() if key != eid}
            elif what == "undo":
                assert (service.undo() is None) == (not done)
                if done:
                    undone, model = [*undone, model], done.pop()
            elif what == "redo":
                assert (service.redo() is None) == (not undone)
                if undone:
                    done, model = [*done, model], undone.pop()
            elif what == "reopen":
                service.close()
                service = JournalService.open(path, password=PASSWORD, clock=clock, state_dir=state)
                done, undone = [], []
            assert {eid: record.text for eid, record in held(service).items()} == model
            assert {row.eid for row in service.rows()} == set(model)
        service.close()


def test_an_entry_of_a_later_version_is_kept_as_it_is(service, reopen):
    later = Page(at=at(1), text="one", unknown={"colour": {"of": ["sea", 1, None]}})
    saved = service.save(later)
    again = reopen()
    assert encode(again.get(saved.eid).record) == encode(later)
    assert again.get(saved.eid).record.unknown == later.unknown


def test_two_copies_that_were_written_apart_are_both_there_until_one_is_chosen(service, reopen):
    saved = service.save(page("before"))
    for text in ("here", "there"):
        apart = NewRevision(eid=saved.eid, kind="page", body=encode(page(text)), parents=(saved.rev,))
        service._vault.append([apart])
    again = reopen()
    item = again.get(saved.eid)
    assert (item.heads, again.rows()[0].heads) == (2, 2)
    assert {version.record.text for version in again.versions(saved.eid)} == {"before", "here", "there"}
    again.save(item.record, saved.eid)  # it is as it was: nobody chose
    assert again.get(saved.eid).heads == 2
    again.keep_side(saved.eid, item.rev)
    assert (again.get(saved.eid).record, again.get(saved.eid).heads) == (item.record, 1)
    assert reopen().get(saved.eid).heads == 1
