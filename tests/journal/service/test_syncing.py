"""Two computers and a folder between them: sealed copies only, whole ones only, and both end with the same."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from journal.errors import ReadOnlyJournal, StorageFailed
from journal.service import JournalService
from journal.vault import FAST, verify_file
from tests.journal.service.entries import PASSWORD, held, page
from tests.journal.vault.samples import room


class Computer:
    """A device with the journal, kept in step with a folder."""

    def __init__(self, source: Path, home: Path, folder: Path, clock) -> None:
        home.mkdir()
        self.path, self.home, self.folder, self.clock = home / "mine.vault", home, folder, clock
        shutil.copy(source, self.path)
        self.service = self.open()

    def open(self, **options) -> JournalService:
        opened = JournalService.open(
            self.path, password=PASSWORD, clock=self.clock, state_dir=self.home / "state", **options
        )
        opened.keep_in_step(self.folder)
        return opened

    def reopen(self) -> None:
        self.service.close()
        self.service = self.open()

    @property
    def copy(self) -> Path:
        return self.folder / self.service._vault.copy_name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "synced"
    made.mkdir()
    return made


@pytest.fixture
def two(service, path, folder, tmp_path, clock):
    """Two computers with the same journal of one entry."""
    service.save(page("first", title="first"), "1" * 32)
    service.close()
    made = [Computer(path, tmp_path / name, folder, clock) for name in ("one", "two")]
    yield made
    for computer in made:
        computer.service.close()


def rounds(*computers: Computer) -> None:
    for computer in (*computers, *computers):
        computer.service.sync()


def test_what_is_written_on_one_is_on_the_other_after_a_round_of_each(two, folder):
    one, other = two
    one.service.save(page("from one"))
    other.service.save(page("from the other"))
    assert one.service.sync().wrote
    came = other.service.sync()
    assert (came.versions, came.wrote, came.apart) == (1, True, 0)
    assert came.change.touches("page")
    assert one.service.sync().versions == 1
    assert held(one.service) == held(other.service)
    assert sorted(path.name for path in folder.iterdir()) == sorted([one.copy.name, other.copy.name])
    assert one.copy.name == f"{one.service._vault.device_id[:8]}.vault"


def test_what_is_quiet_stays_quiet(two, folder):
    rounds(*two)
    before = {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()}
    for computer in two:
        done = computer.service.sync()
        assert (done.versions, done.wrote, done.waiting, done.closed) == (0, False, (), ())
        computer.reopen()
        assert not computer.service.sync().wrote
    assert {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()} == before


def test_a_cloned_computer_shares_the_file_and_both_come_to_rest(two, folder):
    one, other = two
    rounds(*two)
    other.service.close()
    shutil.rmtree(other.home / "state")
    shutil.copytree(one.home / "state", other.home / "state")
    other.service = other.open()
    assert one.copy == other.copy
    for computer in two:
        computer.service.save(page(f"on {computer.home.name}"))
    rounds(*two)
    rounds(*two)
    assert held(one.service) == held(other.service) and len(one.service.items()) == 3
    assert not any(computer.service.sync().wrote for computer in (*two, *two))


def test_a_changed_password_reaches_the_copy(two, tmp_path):
    one, _ = two
    one.service.sync()
    one.service.change_password("quite another password")
    assert one.service.sync().wrote
    assert verify_file(one.copy, password="quite another password", state_dir=tmp_path / "look").ok


def test_the_same_entry_on_both_has_two_versions_on_both(two):
    for number, computer in enumerate(two):
        computer.service.save(page(f"edited on {number}"), "1" * 32)
    rounds(*two)
    one, other = (computer.service for computer in two)
    assert one.sync().apart == other.sync().apart == 1
    assert [side.rev for side in one.sides("1" * 32)] == [side.rev for side in other.sides("1" * 32)]
    one.keep_side("1" * 32, one.sides("1" * 32)[1].rev)
    rounds(*two)
    assert held(one) == held(other) and other.apart() == ()


def test_a_copy_is_sealed_whole_and_holds_no_draft(two, tmp_path):
    one, _ = two
    one.service.put_draft("2" * 32, page("half a thought"))
    one.service.sync()
    assert verify_file(one.copy, password=PASSWORD, state_dir=tmp_path / "look").ok
    assert one.copy.stat().st_mode & 0o777 == 0o600
    opened = JournalService.open(one.copy, password=PASSWORD, read_only=True, state_dir=tmp_path / "look")
    assert opened.drafts() == () and len(opened.items()) == 1
    opened.close()
    assert len(one.service.drafts()) == 1


def test_a_copy_that_is_half_there_is_left_for_later(two, folder):
    one, other = two
    for _ in range(20):
        other.service.save(page("x" * 20_000))
    other.service.sync()
    whole = other.copy.read_bytes()
    for length in (0, 100, 16384, len(whole) // 2, len(whole) - 16384):
        other.copy.write_bytes(whole[:length])
        done = one.service.sync()
        assert (done.versions, done.waiting) == (0, (other.copy.name,))
    mixed = bytearray(whole)
    mixed[len(whole) // 2 :] = bytes(len(whole) - len(whole) // 2)
    other.copy.write_bytes(mixed)
    assert one.service.sync().waiting == (other.copy.name,)
    other.copy.write_bytes(whole)
    done = one.service.sync()
    assert (done.versions, done.waiting) == (20, ())


def test_the_copies_a_sync_program_makes_of_a_conflict_are_read_too(two, folder):
    one, other = two
    other.service.save(page("in the conflict"))
    other.service.sync()
    name = other.copy.name.replace(".vault", ".sync-conflict-20260312-140500-ABCDEFG.vault")
    other.copy.rename(folder / name)
    assert one.service.sync().versions == 1


def test_what_does_not_belong_there_does_no_harm(two, folder, tmp_path):
    one, other = two
    strange, _ = JournalService.create(folder / "another.vault", PASSWORD, profile=FAST, state_dir=tmp_path / "x")
    strange.close()
    (folder / "notes.txt").write_text("hello")
    (folder / ".syncthing.x.vault.tmp").write_bytes(b"x")
    (folder / "sub.vault").mkdir()
    (folder / "link.vault").symlink_to(other.path)
    os.mkfifo(folder / "pipe.vault")
    (folder / "text.vault").write_text("not a journal at all" * 10)
    before = (folder / "another.vault").read_bytes()
    done = one.service.sync()
    assert (done.versions, done.closed, done.waiting) == (0, (), ("text.vault",))
    assert (folder / "another.vault").read_bytes() == before


def test_the_folder_of_the_journal_itself_is_refused_with_the_reason(two, tmp_path):
    one, _ = two
    (tmp_path / "way").symlink_to(one.home)
    for folder in (one.home, tmp_path, tmp_path / "way"):
        with pytest.raises(StorageFailed, match="The journal itself is kept in this folder"):
            one.service.keep_in_step(folder)
        with pytest.raises(StorageFailed, match="The journal itself is kept in this folder"):
            one.service.sync(folder)
    assert one.service.sync_state().folder == one.folder


def test_a_folder_that_is_away_loses_nothing(two, folder, tmp_path):
    one, other = two
    folder.rename(tmp_path / "away")
    one.service.save(page("meanwhile"))
    with pytest.raises(StorageFailed, match="not there just now"):
        one.service.sync()
    (tmp_path / "away").rename(folder)
    rounds(one, other)
    assert len(other.service.items()) == 2


def test_a_full_disk_leaves_the_copy_before_in_its_place(two, folder):
    one, _ = two
    one.service.sync()
    before = one.copy.read_bytes()
    one.service.save(page("x" * 50_000))
    with room(40_000), pytest.raises(StorageFailed):
        one.service.sync()
    assert one.copy.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [one.copy.name]
    assert one.service.sync().wrote


def test_leaving_gives_what_was_written(two, folder):
    one, other = two
    one.service.save(page("just before leaving"))
    one.service.leave()
    assert other.service.sync().versions == 1


def test_a_journal_put_back_from_a_backup_gets_what_its_own_copy_still_has(two, tmp_path):
    one, _ = two
    before = one.path.read_bytes()
    one.service.save(page("after the backup"))
    one.service.sync()
    one.service.close()
    one.path.write_bytes(before)
    one.service = one.open()
    assert one.service.sync().versions == 1
    assert len(one.service.items()) == 2


def test_under_another_key_a_copy_is_named_and_the_rest_goes_on(two):
    one, other = two
    other.service.rotate("quite another password")
    other.service.save(page("under the new key"))
    other.service.sync()
    done = one.service.sync()
    assert (done.closed, done.versions, done.wrote) == ((other.copy.name,), 0, True)
    one.service.merge(one.service.look_into(other.copy, password="quite another password").copy)
    assert len(one.service.items()) == 2


def test_what_was_removed_for_good_leaves_every_copy(two):
    one, other = two
    rounds(*two)
    one.service.purge("1" * 32)
    other.service.save(page("edited meanwhile"), "1" * 32)
    rounds(*two)
    assert one.service.items() == other.service.items() == ()
    rounds(*two)
    for computer in two:
        opened = JournalService.open(computer.copy, password=PASSWORD, read_only=True, state_dir=computer.home)
        assert not opened._items.revisions("1" * 32)
        opened.close()


def test_reading_only_neither_takes_nor_gives(two, folder):
    one, _ = two
    one.service.close()
    one.service = one.open(read_only=True)
    with pytest.raises(ReadOnlyJournal):
        one.service.sync()
    one.service.leave()
    assert list(folder.iterdir()) == []
