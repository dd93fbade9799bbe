"""What is being written of an entry outlives whatever else is done to it, unless it is what is saved."""

from __future__ import annotations

import msgspec
import pytest

from journal.errors import NotFound
from journal.records import Mark, Style
from journal.service import JournalService
from tests.journal.service.conftest import Other, Reopen
from tests.journal.service.entries import page


def typed(service: JournalService, eid: str) -> str:
    draft = service.draft(eid)
    assert draft is not None
    return draft.record.text


def texts(service: JournalService, eid: str) -> list[str]:
    return [version.record.text for version in service.versions(eid) if version.record is not None]


def test_bringing_an_entry_back_from_a_backup(service: JournalService) -> None:
    eid = service.save(page("saved before")).eid
    backup = service.back_up_now().path
    service.save(page("saved later"), eid)
    service.put_draft(eid, page("an hour of typing"))
    service.compare_backup(backup)
    service.take_from_backup([eid])
    assert (service.get(eid).record.text, typed(service, eid)) == ("saved before", "an hour of typing")
    service.undo()
    assert (service.get(eid).record.text, typed(service, eid)) == ("saved later", "an hour of typing")
    service.redo()
    service.save(service.draft(eid).record, eid)
    assert (service.get(eid).record.text, service.get(eid).heads) == ("an hour of typing", 1)
    assert "saved before" in texts(service, eid)


def test_it_keeps_its_own_formatting(service: JournalService) -> None:
    bold = (Mark(0, 5, Style.BOLD),)
    eid = service.save(page("saved", marks=bold)).eid
    service.put_draft(eid, page("typed over it", marks=bold))
    service.save_many([(eid, page("brought back, longer"))])
    assert service.draft(eid).record == page("typed over it", marks=bold)
    service.undo()
    assert service.draft(eid).record == page("typed over it", marks=bold)


def test_importing_an_older_export(service: JournalService, tmp_path) -> None:
    eid = service.save(page("exported")).eid
    service.export("json", tmp_path / "older.json")
    service.save(page("newer"), eid)
    service.put_draft(eid, page("newer, and more"))
    assert service.import_file(tmp_path / "older.json").added == 1
    assert (service.get(eid).record.text, typed(service, eid)) == ("exported", "newer, and more")
    service.undo()
    assert (service.get(eid).record.text, typed(service, eid)) == ("newer", "newer, and more")


def test_bringing_back_what_was_removed_on_another_computer(service: JournalService, other: Other) -> None:
    eid = service.save(page("first")).eid
    there = other()
    there.delete(eid)
    service.put_draft(eid, page("first, and an hour of typing"))
    service.merge(service.look_into(there.path).copy)
    service.undelete(eid)
    assert (service.get(eid).record.text, typed(service, eid)) == ("first", "first, and an hour of typing")
    assert service.draft(eid).is_new is False
    service.save(service.draft(eid).record, eid)
    assert (service.get(eid).record.text, service.get(eid).heads) == ("first, and an hour of typing", 1)


def test_removing_an_entry_and_undoing_it(service: JournalService) -> None:
    eid = service.save(page("first")).eid
    service.put_draft(eid, page("first, and more"))
    service.delete(eid)
    assert service.drafts() == ()
    service.undo()
    assert (service.get(eid).record.text, typed(service, eid)) == ("first", "first, and more")
    service.redo()
    assert service.drafts() == ()
    assert service.find(eid) is None


def test_an_entry_that_was_removed_while_it_was_written_comes_back_with_it(
    service: JournalService, reopen: Reopen
) -> None:
    eid = service.save(page("first")).eid
    service.put_draft(eid, page("first, and more"))
    service.delete(eid)
    again = reopen()
    assert [one.record.text for one in again.removed()] == ["first, and more"]
    again.undelete(eid)
    assert (again.get(eid).record.text, again.get(eid).heads) == ("first, and more", 1)


def test_what_was_typed_on_after_undoing_stays_when_it_is_removed_again(service: JournalService) -> None:
    eid = service.save(page("first")).eid
    service.put_draft(eid, page("second"))
    service.delete(eid)
    service.undo()
    service.put_draft(eid, page("second, and third"))
    service.redo()
    assert (typed(service, eid), service.draft(eid).is_new) == ("second, and third", True)


def test_putting_versions_together_and_undoing_it(service: JournalService, other: Other) -> None:
    eid = service.save(page("first")).eid
    there = other()
    there.save(page("theirs"), eid)
    service.save(page("mine"), eid)
    service.put_draft(eid, page("mine, and more"))
    service.merge(service.look_into(there.path).copy)
    service.put_sides_together(eid)
    assert all(part in service.get(eid).record.text for part in ("mine", "theirs", "mine, and more"))
    assert service.draft(eid) is None
    service.undo()
    assert {side.record.text for side in service.sides(eid)} == {"mine", "theirs"}
    assert typed(service, eid) == "mine, and more"
    service.save(service.draft(eid).record, eid)
    assert {side.record.text for side in service.sides(eid)} == {"mine, and more", "theirs"}


def test_saving_several_entries_leaves_what_is_unsaved_of_them(service: JournalService) -> None:
    eid = service.save(page("first")).eid
    service.put_draft(eid, page("typing"))
    service.save_many([(eid, page("second")), page("another")])
    assert (service.get(eid).record.text, typed(service, eid)) == ("second", "typing")
    service.save(msgspec.structs.replace(service.draft(eid).record, text="typed"), eid)
    assert (service.get(eid).record.text, service.get(eid).heads) == ("typed", 1)


def test_bringing_an_earlier_version_back(service: JournalService) -> None:
    eid = service.save(page("first")).eid
    now = service.save(page("second"), eid)
    service.put_draft(eid, page("words that are nowhere else"))
    old = service.versions(eid)[-1].rev
    service.bring_version_back(eid, old, now.rev)
    assert (service.get(eid).record.text, typed(service, eid)) == ("first", "words that are nowhere else")
    service.undo()
    assert (service.get(eid).record.text, typed(service, eid)) == ("second", "words that are nowhere else")
    service.redo()
    service.save(service.draft(eid).record, eid, now.rev)
    assert (service.get(eid).record.text, service.get(eid).heads) == ("words that are nowhere else", 1)


def test_bringing_back_what_stands_leaves_what_is_unsaved(service: JournalService) -> None:
    first = service.save(page("first"))
    service.save(page("second"), first.eid)
    again = service.save(page("first"), first.eid)
    service.put_draft(first.eid, page("typing"))
    assert service.bring_version_back(first.eid, first.rev, again.rev).rev == again.rev
    assert typed(service, first.eid) == "typing"
    assert len(service.versions(first.eid)) == 3


def test_bringing_a_version_back_hides_nothing_that_was_merged_meanwhile(
    service: JournalService, other: Other
) -> None:
    first = service.save(page("first"))
    eid, listed = first.eid, service.save(page("second"), first.eid).rev
    service.put_draft(eid, page("second, and more"))
    there = other()
    there.drop_draft(eid)
    there.save(page("theirs"), eid)
    service.merge(service.look_into(there.path).copy)
    service.bring_version_back(eid, first.rev, listed)
    assert {side.record.text for side in service.sides(eid)} == {"first", "theirs"}
    service.undo()
    assert [side.record.text for side in service.sides(eid)] == ["theirs"]
    service.redo()
    service.save(service.draft(eid).record, eid)
    assert {side.record.text for side in service.sides(eid)} == {"second, and more", "theirs"}


def test_a_version_that_is_not_there_is_not_brought_back(service: JournalService) -> None:
    saved, another = service.save(page("first")), service.save(page("another"))
    with pytest.raises(NotFound):
        service.bring_version_back(saved.eid, another.rev, saved.rev)
    removed = service.save(page("second"), saved.eid)
    service.delete(saved.eid)
    with pytest.raises(NotFound):  # a removal is no version to bring back
        service.bring_version_back(saved.eid, service.versions(saved.eid)[0].rev)
    service.bring_version_back(saved.eid, removed.rev)
    assert service.get(saved.eid).record.text == "second"
