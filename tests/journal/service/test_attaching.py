"""Files of entries, through the service: added in steps, given out again, refused, stopped."""

from __future__ import annotations

import itertools
import os
import signal
import stat

import pytest

from journal.change import Change
from journal.errors import (
    AlreadyThere,
    DamagedJournal,
    InvalidRecord,
    JournalError,
    NotFound,
    ReadOnlyJournal,
    Stopped,
    StorageFull,
)
from journal.records import MAX_ATTACHMENT, Attachment, CheckIn, Course, Session
from journal.records.attachment import media_of, plain_name
from journal.service.attaching import AttachProgress
from tests.journal.service.entries import add, at, page
from tests.journal.vault.filing import LONG, noise, pieces, put_piece, spoil
from tests.journal.vault.samples import room

STEP = 2 * 2**20


@pytest.mark.parametrize("size", [0, 1, 1000, STEP - 1, STEP, STEP + 1, LONG, 9 * 2**20])
def test_a_file_is_added_step_by_step_and_given_out_again(service, reopen, entry, source, tmp_path, size):
    data = noise(size)
    attaching = service.begin_attaching(entry, source(data))
    told: list[AttachProgress] = []
    while not told or told[-1].saved is None:
        told.append(service.attach_some(attaching))
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert all(0 <= one.done <= one.all == size for one in told) and told[-1].done == size
    assert max((b.done - a.done for a, b in itertools.pairwise(told)), default=0) <= STEP
    saved = told[-1].saved
    assert saved.change == Change(frozenset({"attachment", "page"}), frozenset({saved.eid, entry}))
    (item,) = service.attachments(entry)
    record = item.record
    assert (item.eid, record.entry, record.size) == (saved.eid, entry, size)
    assert (record.name, record.media) == ("picture.JPG", "image/jpeg")
    again = reopen()
    assert again.report.ok
    assert [one.eid for one in again.attachments(entry)] == [saved.eid]
    assert again.attachment_data(saved.eid) == data
    copy = again.copy_out(saved.eid, tmp_path / "copy.jpg")
    assert copy.read_bytes() == data and stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert again.verify().ok


@pytest.mark.parametrize("make", [
    lambda: page("a page"), lambda: Session(starts=at(2)), lambda: CheckIn(at=at(2), mood=3)
])  # fmt: skip
def test_writings_sessions_and_check_ins_take_files(service, source, make):
    entry = service.save(make())
    first = add(service, entry.eid, source(b"one", "a.txt"))
    second = service.attach_bytes(entry.eid, "pasted.png", noise(LONG), "image/png")
    third = service.attach_bytes(entry.eid, "pasted.png", b"")
    assert [one.eid for one in service.attachments(entry.eid)] == [first.eid, second.eid, third.eid]
    assert [one.record.media for one in service.attachments(entry.eid)] == ["text/plain", "image/png", "image/png"]
    assert service.attachment_data(second.eid) == noise(LONG)
    assert make().kind in third.change.kinds


def test_drafts_are_sealed_between_two_steps(service, reopen, entry, source):
    attaching = service.begin_attaching(entry, source(noise(3 * STEP)))
    service.attach_some(attaching)
    service.put_draft(entry, page("typed meanwhile"))
    service.attach_some(attaching)
    service.save(page("saved meanwhile"))
    while service.attach_some(attaching).saved is None:
        pass
    assert service.draft(entry).record.text == "typed meanwhile"  # a file that is added drops no draft
    again = reopen()
    assert again.draft(entry).record.text == "typed meanwhile"
    assert len(again.attachments(entry)) == 1


def test_what_is_no_file_is_refused_in_a_sentence(service, entry, source, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    with (tmp_path / "large").open("wb") as large:
        large.truncate(MAX_ATTACHMENT + 1)
    for path, error, text in (
        (tmp_path, InvalidRecord, "folder"),
        (tmp_path / "pipe", InvalidRecord, "no ordinary file"),
        (tmp_path / "link", InvalidRecord, "no ordinary file"),
        (tmp_path / "device", InvalidRecord, "no ordinary file"),
        (tmp_path / "large", InvalidRecord, "larger than 2 GB"),
        (tmp_path / "nowhere", NotFound, "no file at this place"),
    ):
        with pytest.raises(error, match=text):
            service.begin_attaching(entry, path)
    for eid, error in (("f" * 32, NotFound), (service.save(Course(title="c")).eid, InvalidRecord)):
        with pytest.raises(error):
            service.begin_attaching(eid, source(b"x"))
        with pytest.raises(error):
            service.attach_bytes(eid, "x", b"x")
    (tmp_path / "plain link").symlink_to(source(b"x", "real.txt"))
    assert add(service, entry, tmp_path / "plain link")
    assert len(pieces(service.path)) == 1


def test_a_journal_open_for_reading_takes_no_file(reopen, entry, source):
    reading = reopen(read_only=True)
    with pytest.raises(ReadOnlyJournal):
        reading.begin_attaching(entry, source(b"x"))
    with pytest.raises(ReadOnlyJournal):
        reading.attach_bytes(entry, "x", b"x")


@pytest.mark.parametrize("how", ["grows", "shrinks", "is emptied", "is written over"])
def test_a_file_that_changes_while_it_is_read_is_not_kept(service, entry, source, how):
    path = source(noise(2 * STEP))
    attaching = service.begin_attaching(entry, path)
    service.attach_some(attaching)
    if how == "is written over":
        path.write_bytes(noise(2 * STEP, 2))
        os.utime(path, ns=(1, 1))
    else:
        with path.open("rb+") as file:
            file.truncate({"grows": 2 * STEP + 1, "shrinks": 2 * STEP - 1, "is emptied": 0}[how])
    with pytest.raises(InvalidRecord, match="was changed while it was being read"):
        while service.attach_some(attaching).saved is None:
            pass
    assert service.attachments(entry) == () and pieces(service.path) == []
    assert service.undo_label == "Undo adding the journal page"


def test_stopping_leaves_nothing(service, entry, source):
    attaching = service.begin_attaching(entry, source(noise(4 * STEP)))
    service.attach_some(attaching)
    service.attach_some(attaching)
    assert pieces(service.path)
    service.stop_attaching(attaching)
    service.stop_attaching(attaching)
    assert pieces(service.path) == [] and service.attachments(entry) == ()


def test_what_was_begun_when_the_journal_was_left_is_gone_at_the_next_opening(service, reopen, entry, source):
    attaching = service.begin_attaching(entry, source(noise(4 * STEP)))
    service.attach_some(attaching)
    service.leave()
    service.stop_attaching(attaching)  # there is no journal to remove it from, and no harm in saying so
    assert pieces(service.path)
    again = reopen()
    assert again.report.ok and pieces(again.path) == []


def test_with_the_disk_full_nothing_of_a_file_is_kept(service, reopen, entry, source):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    path = source(noise(5 * STEP))
    attaching = service.begin_attaching(entry, path)
    with room(service.path.stat().st_size + 2 * STEP), pytest.raises(JournalError) as told:
        while service.attach_some(attaching).saved is None:
            pass
    assert not isinstance(told.value, StorageFull) or "so the file was not added" in str(told.value)
    assert service.attachments(entry) == ()
    assert add(service, entry, path)
    again = reopen()
    assert again.report.ok and len(pieces(again.path)) == 11


def test_an_entry_that_is_removed_meanwhile_gets_no_file(service, entry, source):
    attaching = service.begin_attaching(entry, source(b"x"))
    service.delete(entry)
    with pytest.raises(NotFound):
        while service.attach_some(attaching).saved is None:
            pass
    assert pieces(service.path) == []


@pytest.mark.parametrize(("name", "kept", "media"), [
    ("a.png", "a.png", "image/png"), ("voice.MP3", "voice.MP3", "audio/mpeg"), ("no ending", "no ending", ""),
    ("x.tar.gz", "x.tar.gz", ""), ("..", "file", ""), ("a/b\\c\0d.txt", "a_b_c_d.txt", "text/plain"),
    ("data:text,html", "data:text,html", ""), ("\udcff.jpg", "?.jpg", "image/jpeg"), ("x" * 600, "x" * 500, ""),
])  # fmt: skip
def test_a_name_is_one_that_any_system_can_write(service, entry, name, kept, media):
    assert plain_name(name) == kept
    assert media_of(kept) == (media or "application/octet-stream")
    saved = service.attach_bytes(entry, name, b"x")
    assert service.get(saved.eid).record.name == kept


@pytest.mark.parametrize("changed", [
    {"name": "a/b"}, {"name": ""}, {"name": ".."}, {"size": -1}, {"size": MAX_ATTACHMENT + 1}, {"sha256": "0" * 63},
    {"blob": "x"}, {"entry": ""}, {"media": "x" * 501},
])  # fmt: skip
def test_a_record_that_no_file_has_is_refused(changed):
    good = {"entry": "e" * 32, "at": at(1), "name": "a", "media": "b", "size": 1, "blob": "b" * 32}
    good["sha256"] = "0" * 64
    Attachment(**good)
    with pytest.raises(InvalidRecord):
        Attachment(**{**good, **changed})


# -- given out -----------------------------------------------------------------------------------------------------


def test_a_copy_overwrites_nothing_can_be_stopped_and_leaves_nothing_half_written(service, entry, source, tmp_path):
    saved = add(service, entry, source(noise(LONG)))
    out = tmp_path / "out"
    out.mkdir()
    (out / "there").write_text("theirs")
    with pytest.raises(AlreadyThere):
        service.copy_out(saved.eid, out / "there")
    told = []

    def watch(done: int, of: int) -> bool:
        told.append((done, of))
        return done < 2**20

    with pytest.raises(Stopped):
        service.copy_out(saved.eid, out / "copy", watch)
    assert told == [(2**20, LONG)]
    assert [path.name for path in out.iterdir()] == ["there"] and (out / "there").read_text() == "theirs"
    with pytest.raises(InvalidRecord, match="too large to be shown"):
        service.attachment_data(saved.eid, LONG - 1)
    with pytest.raises(NotFound):
        service.copy_out(entry, out / "copy")


@pytest.mark.parametrize("how", ["altered", "cut"])
def test_of_a_damaged_file_no_copy_is_kept(service, entry, source, tmp_path, how):
    saved = add(service, entry, source(noise(LONG)))
    bid = service.get(saved.eid).record.blob
    spoil(service.path, bid, 2) if how == "altered" else put_piece(service.path, (bytes.fromhex(bid), 2), None)
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(DamagedJournal, match="no copy of it was kept"):
        service.copy_out(saved.eid, out / "copy")
    with pytest.raises(DamagedJournal):
        service.attachment_data(saved.eid)
    assert list(out.iterdir()) == []
