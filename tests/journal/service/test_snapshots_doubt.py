"""Where a snapshot would not hold what the rows do: written and not read back, made by another version, no room."""

from __future__ import annotations

import shutil

import pytest

from journal.errors import DamagedJournal, JournalError
from journal.records import Page
from journal.service import JournalService
from journal.store import Query
from journal.vault import Vault
from tests.journal.service.entries import at
from tests.journal.service.snapshots import by_snapshot, settle
from tests.journal.service.test_snapshots import Journal
from tests.journal.vault.samples import room

pytestmark = pytest.mark.usefixtures("small_parts")


@pytest.fixture
def journal(tmp_path):
    made = Journal(tmp_path)
    yield made
    made.service.close()


@pytest.fixture
def once(monkeypatch):
    """The next row that is read cannot be."""
    left: list[int] = []
    real = Vault._opened_row

    def opened_row(vault: Vault, eid: bytes, rev: bytes, sealed: bytes):
        if left:
            left.pop()
            raise DamagedJournal
        return real(vault, eid, rev, sealed)

    monkeypatch.setattr(Vault, "_opened_row", opened_row)
    return left


def reopened_is_right(journal: Journal, rows: int) -> None:
    settle(journal.service)
    service = journal.open()
    settle(service)
    assert len(service.rows()) == rows
    journal.must_be_right()
    service = journal.open()
    assert settle(service) == [] and service.report.ok
    journal.must_be_right()


def test_what_was_saved_and_not_read_back_is_there_when_it_is_opened_again(journal, once):
    service = journal.open()
    rows = len(service.rows())
    once.append(1)
    with pytest.raises(JournalError):
        service.save(Page(at=at(20), text="committed all the same"))
    assert not once
    for number in range(8):
        service.save(Page(at=at(21), text=f"later {number}"))
    reopened_is_right(journal, rows + 9)


def test_what_was_merged_and_not_read_back_is_there_when_it_is_opened_again(journal, once, tmp_path):
    journal.service.close()
    (tmp_path / "there").mkdir()
    copy = shutil.copy(journal.path, tmp_path / "there" / "copy.vault")
    other = JournalService.open(copy, recovery_key=journal.words, state_dir=tmp_path / "there")
    other.save_many([Page(at=at(22), text=f"other {number}") for number in range(5)])
    other.close()
    service = journal.open()
    rows = len(service.rows())
    preview = service.look_into(copy)
    once.append(1)
    with pytest.raises(JournalError):
        service.merge(preview.copy)
    assert not once
    for number in range(8):
        service.save(Page(at=at(23), text=f"later {number}"))
    reopened_is_right(journal, rows + 13)
    assert len(journal.service.rows(Query(text="other"))) == 5


def test_a_file_that_was_added_and_not_read_back_keeps_its_contents(journal, once):
    service = journal.open()
    entry = service.save(Page(at=at(24), text="with a file")).eid
    rows = len(service.rows())
    once.append(1)
    with pytest.raises(JournalError):
        service.attach_bytes(entry, "kept.txt", b"kept" * 999)
    for number in range(8):
        service.save(Page(at=at(24), text=f"later {number}"))
    reopened_is_right(journal, rows + 8)
    (file,) = journal.service.attachments(entry)
    assert journal.service.attachment_data(file.eid) == b"kept" * 999


def test_a_file_that_goes_in_while_all_is_looked_at_is_no_leftover(journal, tmp_path):
    (tmp_path / "file.bin").write_bytes(b"x" * 5_000_000)
    service = journal.open()
    assert by_snapshot(service)
    attaching = service.begin_attaching(journal.eids[1], tmp_path / "file.bin")
    service.attach_some(attaching)
    settle(service)
    while (saved := service.attach_some(attaching).saved) is None:
        pass
    assert service.attachment_data(saved.eid) == b"x" * 5_000_000
    assert service.verify().ok


def test_what_a_stop_left_goes_once_all_was_looked_at(journal, tmp_path):
    (tmp_path / "file.bin").write_bytes(b"x" * 5_000_000)
    attaching = journal.service.begin_attaching(journal.eids[1], tmp_path / "file.bin")
    journal.service.attach_some(attaching)
    journal.service.attach_some(attaching)
    attaching._file.close()  # as the end of the process does
    service = journal.open()
    assert by_snapshot(service)
    assert service._vault._file.rows("SELECT count(*) FROM blob") != [(0,)]
    settle(service)
    assert service._vault._file.rows("SELECT count(*) FROM blob") == [(0,)]


def test_one_that_another_version_made_is_not_used(journal, monkeypatch):
    journal.service.close()
    kept = journal.cache.read_bytes()
    monkeypatch.setattr("journal.store.base.MADE_BY", "another version")
    service = journal.open()
    assert service._under is None
    settle(service)
    journal.must_be_right()
    assert journal.cache.read_bytes() != kept
    assert journal.open()._under is not None
    journal.must_be_right()


@pytest.mark.parametrize("size", range(0, 24_000, 1_500))
def test_a_disk_that_is_full_while_it_is_made_harms_nobody(journal, size):
    journal.service.close()
    journal.cache.unlink()
    service = journal.open()
    with room(size):
        assert settle(service, 0.0) == []
        assert settle(service, 0.0) == []
        left = [path.name for path in journal.state.glob("*.cache-part")]
    assert left == []
    service.save(Page(at=at(4), text="all the same"))
    journal.must_be_right()
