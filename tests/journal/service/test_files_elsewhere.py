"""What becomes of the files of entries when those are removed, exported, shared, backed up, merged or moved."""

from __future__ import annotations

import json

import pytest

from journal.change import Change
from journal.errors import ImportFailed
from journal.service import JournalService
from journal.share import Selection
from journal.store import Query
from tests.journal.service.entries import PASSWORD, add, page
from tests.journal.vault.filing import LONG, noise, pieces, spoil

# -- removing and coming back ---------------------------------------------------------------------------------------


def test_a_file_can_be_removed_and_brought_back_by_undo(service, entry, source):
    saved = add(service, entry, source(noise(LONG)))
    assert service.undo_label == "Undo adding a file"
    assert service.undo().eids == {saved.eid, entry}
    assert service.attachments(entry) == ()
    service.redo()
    assert service.attachment_data(saved.eid) == noise(LONG)
    assert service.delete(saved.eid) == Change(frozenset({"attachment", "page"}), frozenset({saved.eid, entry}))
    assert service.undo_label == "Undo removing the file"
    service.undo()
    assert service.attachment_data(saved.eid) == noise(LONG)
    assert len(pieces(service.path)) == 3


def test_removing_an_entry_hides_its_files_and_undo_brings_them_back_without_writing_more(service, entry, source):
    saved = add(service, entry, source(b"words"))
    before = len(service.versions(saved.eid))
    service.delete(entry)
    assert service.attachments(entry) == ()
    service.undo()
    assert [item.eid for item in service.attachments(entry)] == [saved.eid]
    assert len(service.versions(saved.eid)) == before
    assert service.attachment_data(saved.eid) == b"words"


def test_purging_an_entry_purges_its_files(service, reopen, entry, source):
    other = service.save(page("another")).eid
    kept = add(service, other, source(b"kept"))
    gone, removed = add(service, entry, source(noise(LONG))), add(service, entry, source(b"removed before"))
    service.delete(removed.eid)
    service.delete(entry)
    told = service.purge_removed()
    assert (told.entries, told.files) == (2, 1)
    assert {gone.eid, removed.eid, entry} == told.change.eids
    assert len(pieces(service.path)) == 1
    again = reopen()
    assert again.report.ok and again.attachment_data(kept.eid) == b"kept"
    assert again.find(gone.eid) is None and again.removed() == ()
    assert again.purge(other).files == 1 and pieces(again.path) == []


def test_after_sealing_anew_files_are_there_and_undo_goes_on(service, entry, source):
    saved = add(service, entry, source(noise(LONG)))
    service.delete(saved.eid)
    service.rotate("eleven loud geese")
    service.undo()
    assert service.attachment_data(saved.eid) == noise(LONG)


# -- lists, exports, shares -----------------------------------------------------------------------------------------


def test_files_are_no_entries_of_the_list(service, entry, source):
    add(service, entry, source(b"x", "findme.txt"))
    assert [row.eid for row in service.rows()] == [entry]
    assert service.count(Query(text="findme")) == 0


@pytest.mark.parametrize("format", ["json", "markdown", "csv"])
def test_an_export_leaves_files_out_and_says_so(service, entry, source, tmp_path, format):
    add(service, entry, source(b"secret words", "secret-name.txt"))
    add(service, entry, source(b"more"))
    hidden = service.save(page("removed")).eid
    add(service, hidden, source(b"of a removed entry"))
    service.delete(hidden)
    service.put_draft(entry, page("unfinished"))
    told = service.export(format, tmp_path / "out")
    others = ", 2 added files and 1 text" if format == "csv" else " and 2 added files"
    assert (told.files, told.left_out) == (2, f"1 unfinished text{others} are not in it.")
    text = (tmp_path / "out").read_text()
    assert "secret" not in text and "attachment" not in text
    service.drop_draft(entry)
    service.delete(service.attachments(entry)[0].eid)
    one = "1 added file and 1 text are not in it." if format == "csv" else "1 added file is not in it."
    assert service.export(format, tmp_path / "out2").left_out == one


def test_an_import_makes_no_record_of_a_file_without_its_contents(service, entry, source, tmp_path):
    saved = add(service, entry, source(b"x"))
    record = json.loads(service._vault.revision(saved.eid, saved.rev).body)
    path = tmp_path / "in.json"
    whole = {"format": "integration-journal", "version": 1, "records": [{**record, "eid": "9" * 32}]}
    path.write_text(json.dumps(whole))
    with pytest.raises(ImportFailed, match="None of the entries"):
        service.import_file(path)
    whole["records"].append({"eid": "8" * 32, "kind": "page", "at": {"at": "2026-03-01T10:00:00Z"}, "text": "t"})
    path.write_text(json.dumps(whole))
    told = service.import_file(path)
    refused = "entry 1: it is a file that was added to an entry, and its contents are not here"
    assert (told.added, told.refused) == (1, (refused,))
    assert service.verify().ok


def test_a_share_leaves_files_out_and_the_sender_is_told(service, entry, source):
    add(service, entry, source(b"x"))
    add(service, entry, source(b"y"))
    other = service.save(page("not ticked")).eid
    add(service, other, source(b"z"))
    ticked = Selection(eids=frozenset({entry}), tell_left_out=True)
    assert service.files_left_out(ticked) == 2
    assert service.preview_share(ticked).left_out.options[-1] == "2 added files"
    assert service.preview_share(Selection(eids=frozenset({entry}))).left_out is None


# -- backups, other devices, other places ----------------------------------------------------------------------------


def test_files_come_back_from_a_newer_backup(service, reopen, entry, source, path, tmp_path):
    older, newer = tmp_path / "older.vault", tmp_path / "newer.vault"
    service.backup(older)
    other = service.save(page("another")).eid
    whole = add(service, other, source(noise(LONG), "a.jpg"))
    single = add(service, entry, source(noise(100, 2), "b.jpg"))
    service.backup(newer)
    service.close()
    path.write_bytes(older.read_bytes())
    again = reopen()
    found = again.compare_backup(newer).of("only there")
    assert {(one.kind, one.title) for one in found} == {("page", "another"), ("attachment", "b.jpg")}
    again.take_from_backup([one.eid for one in found])
    assert again.attachment_data(whole.eid) == noise(LONG)
    assert again.attachment_data(single.eid) == noise(100, 2)
    assert again.verify().ok
    again.undo()
    assert again.attachments(other) == ()
    again.redo()
    last = reopen()
    assert last.report.ok and last.attachment_data(whole.eid) == noise(LONG)


def test_another_devices_files_are_seen_after_merging(service, entry, source, tmp_path, clock):
    copy = tmp_path / "other" / "copy.vault"
    copy.parent.mkdir()
    service.backup(copy)
    other = JournalService.open(copy, password=PASSWORD, clock=clock, state_dir=tmp_path / "other")
    saved = add(other, entry, source(noise(LONG)))
    other.close()
    told = service.merge(service.look_into(copy).copy)
    assert told.change.touches("attachment")
    assert [item.eid for item in service.attachments(entry)] == [saved.eid]
    assert service.attachment_data(saved.eid) == noise(LONG)


def test_a_journal_that_goes_on_elsewhere_says_which_files_it_lost(service, entry, source, tmp_path):
    bad = add(service, entry, source(noise(LONG), "bad.jpg"))
    good = add(service, entry, source(b"good", "good.jpg"))
    spoil(service.path, service.get(bad.eid).record.blob, 1)
    service.go_on_in(tmp_path / "new.vault")
    assert [entry.title for entry in service.left_behind] == ["bad.jpg"]
    assert [item.eid for item in service.attachments(entry)] == [good.eid]
    service.undo()
    assert service.attachments(entry) == () and service.verify().ok


def test_a_file_added_on_another_computer_goes_with_the_entry_that_was_removed_for_good(
    service, entry, source, tmp_path, clock
):
    copy = tmp_path / "other" / "copy.vault"
    copy.parent.mkdir()
    service.backup(copy)
    other = JournalService.open(copy, password=PASSWORD, clock=clock, state_dir=tmp_path / "other")
    add(other, entry, source(noise(LONG), "secret.txt"))
    assert pieces(copy)
    service.purge(entry)
    assert service.merge(service.look_into(copy).copy).versions == 0  # its file does not come here any more
    told = other.merge(other.look_into(service.path).copy)
    assert told.gone == 2 and pieces(copy) == [] and pieces(service.path) == []
    assert other._items.entry(entry) is None and other.verify().ok
    assert service.merge(service.look_into(copy).copy).versions == 0
    assert other.merge(other.look_into(service.path).copy).versions == 0
    other.close()
    again = JournalService.open(copy, password=PASSWORD, clock=clock, state_dir=tmp_path / "other")
    assert again.report.ok and list(again._items.of_kind("attachment")) == []
    again.close()


def test_an_entry_that_was_removed_for_good_comes_back_from_a_backup_with_its_file(service, entry, source, tmp_path):
    saved = add(service, entry, source(b"words"))
    service.backup(tmp_path / "backup.vault")
    service.purge(entry)
    service.compare_backup(tmp_path / "backup.vault")
    told = service.take_from_backup([entry, saved.eid])
    (back,) = (one.eid for one in told.saved if service.get(one.eid).record.kind == "page")
    assert back != entry
    (file,) = service.attachments(back)
    assert service.attachment_data(file.eid) == b"words"
    assert service.verify().ok
