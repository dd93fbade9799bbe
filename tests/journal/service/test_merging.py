"""Two copies of a journal brought together: what is shown before, what is there after, and two versions settled."""

from __future__ import annotations

import pytest

from journal.errors import CopyNeedsPassword, InvalidRecord, JournalError, NotACopy, NotFound, WrongPassword
from journal.records import CheckIn, IntegrationNote, Mark, Page, Session, Settings, Style
from journal.service import JournalService
from journal.store import Query
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, at, held, page


def bring(service: JournalService, other: JournalService):
    return service.merge(service.look_into(other.path).copy)


def both_ways(service: JournalService, other: JournalService) -> None:
    bring(service, other)
    bring(other, service)
    assert held(service) == held(other)


def test_what_would_come_in_is_shown_first(service, other):
    kept, edited, removed = (service.save(page(text, title=text)).eid for text in ("kept", "edited", "removed"))
    there = other()
    fresh = there.save(page("words", title="fresh", at=at(9))).eid
    there.save(page("edited there", title="edited"), edited)
    there.save(page("kept there", title="kept"), kept)
    service.save(page("kept here", title="kept"), kept)
    there.delete(removed)
    there.save_settings(Settings(name="Ada"))
    shown = service.look_into(there.path)
    assert {coming.row.eid: coming.what for coming in shown.entries} == {
        fresh: "new",
        edited: "changed",
        kept: "two versions",
        removed: "removed",
    }
    assert shown.entries[0].row.title == "fresh"  # the newest first
    assert (shown.others, shown.drafts, shown.damage, shown.nothing) == (1, 0, (), False)
    assert service.get(edited).record.text == "edited"  # nothing is written yet
    came = service.merge(shown.copy)
    assert (came.versions, came.apart, came.gone) == (5, 1, 0)
    assert came.change.eids >= {fresh, edited, kept, removed}
    assert came.change.touches("page") and came.change.touches("settings")
    assert service.look_into(there.path).nothing
    assert service.merge(shown.copy).change == service.merge(shown.copy).change


def test_the_list_the_search_and_the_names_of_sessions_follow(service, other):
    service.save(Session(starts=at(5), happened=True))
    assert service.rows(Query(text="meadow")) == ()
    there = other()
    there.save(Session(starts=at(2), happened=True))
    found = there.save(page("a meadow at last")).eid
    bring(service, there)
    assert [row.title for row in service.rows(Query(kinds=frozenset({"session"})))] == ["Session 2", "Session 1"]
    assert [row.eid for row in service.rows(Query(text="meadow"))] == [found]
    bring(there, service)
    assert service.rows() == there.rows()


def test_what_was_removed_for_good_there_goes_here_too_and_undo_does_not_bring_it_back(service, other):
    eid = service.save(page("gone soon", title="gone soon")).eid
    there = other()
    service.save(page("edited meanwhile", title="gone soon"), eid)
    service.put_draft(eid, page("and typed on"))
    there.purge(eid)
    shown = service.look_into(there.path)
    assert [(coming.row.title, coming.what) for coming in shown.entries] == [("gone soon", "gone")]
    came = service.merge(shown.copy)
    assert (came.gone, came.change.touches("page")) == (1, True)
    assert service.find(eid) is None
    assert service.rows() == () and service.rows(Query(text="gone")) == ()
    assert service.drafts() == ()
    assert service.undo_label == "" and service.undo() is None
    both_ways(service, there)
    again = service.save(page("typed on in the open window"), eid)  # its words get an id of their own
    assert again.eid != eid
    both_ways(service, there)
    assert there.get(again.eid).record.text == "typed on in the open window"


def test_what_is_typed_while_a_copy_comes_in_hides_nothing_of_it(service, other):
    eid = service.save(page("first")).eid
    there = other()
    there.save(page("from there"), eid)
    service.put_draft(eid, page("from he"))
    bring(service, there)
    service.put_draft(eid, page("from here"))
    service.save(page("from here"), eid)
    assert {side.record.text for side in service.sides(eid)} == {"from here", "from there"}
    both_ways(service, there)
    assert service.drafts() == ()


def test_the_same_done_on_both_is_one_version(service, other):
    eid = service.save(page("first")).eid
    there = other()
    for one in (service, there):
        one.save(page("second"), eid)
    both_ways(service, there)
    assert service.get(eid).heads == 1
    assert service.apart() == ()
    service.put_draft(eid, page("thi"))
    service.save(page("third"), eid)
    both_ways(service, there)
    assert (there.get(eid).record.text, there.get(eid).heads) == ("third", 1)


def test_an_address_made_on_each_opens_the_shares_for_both(service, other):
    there = other()
    first, second = service.identity(), there.identity()
    both_ways(service, there)
    assert service.identity() == there.identity()
    assert {own.recipient for own in service._identities()} == {first, second}


# -- two versions ----------------------------------------------------------------------------------------------------


@pytest.fixture
def apart(service: JournalService, other) -> tuple[JournalService, JournalService, str]:
    """An entry that says one thing here and another there, in both."""
    eid = service.save(page("first", title="title")).eid
    there = other()
    bold = (Mark(0, 4, Style.BOLD),)
    service.save(page("here", title="title", tags=("a", "b"), marks=bold), eid)
    there.save(page("there", title="title", tags=("b", "c"), marks=bold), eid)
    both_ways(service, there)
    return service, there, eid


def test_both_versions_are_there_to_see(apart):
    service, there, eid = apart
    assert [row.eid for row in service.apart()] == [eid]
    mine = {side.record.text: side.here for side in service.sides(eid)}
    theirs = {side.record.text: side.here for side in there.sides(eid)}
    assert mine == {"here": True, "there": False}
    assert theirs == {"here": False, "there": True}
    assert [side.rev for side in service.sides(eid)] == [side.rev for side in there.sides(eid)]


@pytest.mark.parametrize("text", ["here", "there"])
def test_either_can_be_kept_and_is_then_the_entry_everywhere(apart, text):
    service, there, eid = apart
    rev = next(side.rev for side in service.sides(eid) if side.record.text == text)
    saved = service.keep_side(eid, rev)
    assert saved.change.eids == {eid}
    assert (service.get(eid).record.text, service.get(eid).heads) == (text, 1)
    both_ways(service, there)
    assert there.get(eid).heads == 1
    assert len(service.versions(eid)) == 4  # nothing went


def test_both_can_be_kept_as_two_entries(apart):
    service, there, eid = apart
    saved = service.keep_sides_apart(eid).saved
    assert saved[0].eid == eid
    assert sorted(service.get(one.eid).record.text for one in saved) == ["here", "there"]
    both_ways(service, there)
    assert there.apart() == ()
    service.undo()
    assert len(service.items()) == 1


def test_an_entry_that_was_removed_has_nothing_to_keep_apart(service):
    eid = service.save(page("gone")).eid
    service.delete(eid)
    for ask in (service.keep_sides_apart, service.put_sides_together):
        with pytest.raises(JournalError):
            ask(eid)
    assert service.items() == () and service.undo_label == "Undo removing the journal page"


def test_both_can_be_put_together(apart):
    service, there, eid = apart
    service.put_sides_together(eid)
    record = service.get(eid).record
    first, second = (record.text[mark.start : mark.end] for mark in record.marks)
    assert {record.text.split("\n")[0], record.text.split("\n")[-1]} == {"here", "there"}
    assert {first, second} == {"here", "ther"}
    assert (record.title, set(record.tags), service.get(eid).heads) == ("title", {"a", "b", "c"}, 1)
    both_ways(service, there)


def test_put_together_no_title_modality_or_draft_is_lost(service, other):
    note = IntegrationNote(at=at(1), title="one", text="x", modalities=("ifs",))
    eid = service.save(note).eid
    there = other()
    service.save(IntegrationNote(at=at(1), title="two", text="y", modalities=("act",)), eid)
    there.save(IntegrationNote(at=at(1), title="three", text="z", modalities=("ifs", "my own")), eid)
    bring(service, there)
    service.put_draft(eid, IntegrationNote(at=at(1), title="four", text="typed"))
    service.put_sides_together(eid)
    record = service.get(eid).record
    everything = record.title + record.text
    assert all(word in everything for word in ("two", "three", "four", "y", "z", "typed"))
    assert set(record.modalities) == {"act", "ifs", "my own"}
    assert service.draft(eid) is None


def test_a_removal_on_one_side_can_be_chosen_or_not(service, other):
    for keep in (True, False):
        eid = service.save(page("first")).eid
        there = other(f"elsewhere {keep}")
        service.delete(eid)
        there.save(page("still wanted"), eid)
        bring(service, there)
        edited, removed = service.sides(eid)
        assert (edited.record.text, removed.record) == ("still wanted", None)
        service.keep_side(eid, (edited if keep else removed).rev)
        assert (service.find(eid) is not None) is keep


def test_choosing_keeps_what_is_being_written(apart):
    service, _, eid = apart
    shown, _ = service.sides(eid)  # the editor shows the first, and what is typed begins from it
    service.put_draft(eid, page("typed on", title="title"))
    service.keep_side(eid, shown.rev)
    assert service.draft(eid).record.text == "typed on"
    service.save(page("typed on", title="title"), eid)
    assert (service.get(eid).heads, service.draft(eid)) == (1, None)


def test_what_is_being_written_over_the_other_version_stands_beside_the_chosen_one(apart):
    service, _, eid = apart
    _, other = service.sides(eid)
    service.put_draft(eid, page("typed on", title="title"))
    service.keep_side(eid, other.rev)
    service.save(page("typed on", title="title"), eid)
    assert {side.record.text for side in service.sides(eid)} == {"typed on", other.record.text}


def test_check_ins_cannot_be_put_together_but_both_kept(service, other):
    eid = service.save(CheckIn(at=at(3), mood=2)).eid
    there = other()
    service.save(CheckIn(at=at(3), mood=3), eid)
    there.save(CheckIn(at=at(3), mood=7), eid)
    bring(service, there)
    with pytest.raises(InvalidRecord):
        service.put_sides_together(eid)
    service.keep_sides_apart(eid)
    assert sorted(item.record.mood for item in service.items()) == [3, 7]


def test_a_version_that_is_not_there_cannot_be_kept(apart):
    service, _, eid = apart
    with pytest.raises(NotFound):
        service.keep_side(eid, "0" * 32)
    with pytest.raises(NotFound):
        service.sides("0" * 32)


# -- refusals --------------------------------------------------------------------------------------------------------


def test_another_journal_is_refused_in_a_sentence(service, tmp_path):
    made, _ = JournalService.create(tmp_path / "x.vault", PASSWORD, profile=FAST, state_dir=tmp_path / "x")
    made.close()
    with pytest.raises(NotACopy, match="not a copy of the one that is open"):
        service.look_into(tmp_path / "x.vault")


def test_a_copy_of_another_key_is_asked_for_its_password(service, other):
    eid = service.save(page("first")).eid
    there = other()
    there.rotate("quite another password")
    there.save(page("under the new key"), eid)
    with pytest.raises(CopyNeedsPassword):
        service.look_into(there.path)
    with pytest.raises(WrongPassword):
        service.look_into(there.path, password="not this one")
    service.merge(service.look_into(there.path, password="quite another password").copy)
    assert service.get(eid).record == there.get(eid).record
    assert isinstance(service.get(eid).record, Page)
    there.merge(there.look_into(service.path, password=PASSWORD).copy)
    assert held(service) == held(there)


def test_a_purge_is_no_part_of_an_export(service, tmp_path):
    eid = service.save(page("gone")).eid
    service.save(page("kept"))
    service.purge(eid)
    assert service.export("json", tmp_path / "out.json").records == 1
