"""One writer at a time, whatever is done to the lock's file meanwhile."""

from __future__ import annotations

import errno
import fcntl
import itertools
import os
import threading

import pytest

from journal.errors import JournalBusy
from journal.vault.lock import WriterLock, lock_or_reason
from tests.journal.vault.samples import page, process, reopen, texts


@pytest.fixture
def target(tmp_path):
    """A file to lock; what it holds is of no interest here."""
    (tmp_path / "any.vault").touch()
    return tmp_path / "any.vault"


def test_the_lock_names_its_holder_and_is_gone_when_freed(target):
    lock = WriterLock(target)
    lock.take()
    assert lock.path.read_text().split() == [str(os.getpid()), os.uname().nodename]
    with pytest.raises(JournalBusy, match=rf"on this computer \(process {os.getpid()}\)"):
        WriterLock(target).take()
    lock.free()
    lock.free()
    assert not lock.path.exists()
    WriterLock(target).take()


def test_a_lock_whose_file_was_removed_meanwhile_guards_nothing_and_is_taken_anew(target, monkeypatch):
    """Between the second's opening of the lock file and its locking, the first goes, and a third comes."""
    first, second, third = (WriterLock(target) for _ in range(3))
    first.take()
    flock = fcntl.flock
    late = iter([True])

    def in_between(handle: int, operation: int) -> None:
        if next(late, False):
            first.free()
            third.take()
        flock(handle, operation)

    monkeypatch.setattr(fcntl, "flock", in_between)
    with pytest.raises(JournalBusy):
        second.take()
    third.free()
    second.take()
    second.free()


def test_of_many_who_try_at_once_only_one_ever_holds_it(target):
    held, wrong = threading.Lock(), []
    counts = itertools.count()

    def many() -> None:
        for _ in range(150):
            lock = WriterLock(target)
            try:
                lock.take()
            except JournalBusy:
                continue
            if not held.acquire(blocking=False):
                wrong.append("two at once")
                return
            next(counts)
            held.release()
            lock.free()

    threads = [threading.Thread(target=many) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert next(counts) > 10


def test_freeing_does_not_remove_the_lock_of_another(target):
    first, second = WriterLock(target), WriterLock(target)
    first.take()
    first.path.unlink()  # by hand, by a cleaning program
    second.take()
    first.free()
    assert second.path.exists()
    with pytest.raises(JournalBusy):
        WriterLock(target).take()
    second.free()


def test_a_lock_file_left_by_a_machine_that_died_is_no_obstacle(target):
    lock = WriterLock(target)
    lock.path.write_text(" 4711 another-machine and a long tail that must not stay")
    lock.take()
    assert lock.path.read_text().split() == [str(os.getpid()), os.uname().nodename]
    lock.free()


def test_a_link_to_the_file_is_the_same_journal(vault, path, tmp_path):
    (tmp_path / "link.vault").symlink_to(path)
    with pytest.raises(JournalBusy):
        reopen(tmp_path / "link.vault")
    vault.close()
    by_link = reopen(tmp_path / "link.vault")
    with pytest.raises(JournalBusy):
        reopen(path)
    by_link.append([page("by another name")])
    by_link.close()
    assert not list(tmp_path.glob("*.lock"))


def test_two_names_of_one_file_that_are_no_links_cannot_both_write(vault, path, tmp_path):
    """Hard links have a lock each; the file itself still takes no second writer's changes."""
    vault.append([page("one")])
    os.link(path, tmp_path / "twin.vault")
    twin = reopen(tmp_path / "twin.vault")
    twin.append([page("two")])
    twin.close()
    with pytest.raises(Exception, match="changed from outside"):
        vault.append([page("three")])
    vault.close()
    again = reopen(path)
    assert texts(again) == ["one", "two"]
    assert again.report.ok
    again.close()


@pytest.mark.parametrize(
    ("code", "why"),
    [(errno.ENOSPC, "The disk is full."), (errno.EROFS, "Its folder is write-protected."),
     (errno.ENOLCK, "gives no locks"), (errno.EIO, "gives no locks")],
)  # fmt: skip
def test_where_no_lock_can_be_had_the_reason_is_told(target, monkeypatch, code, why):
    def refuse(*_: object) -> None:
        raise OSError(code, "for the test")

    monkeypatch.setattr(fcntl, "flock", refuse)
    lock, reason = lock_or_reason(target)
    assert lock is None
    assert why in reason


def test_a_process_that_ends_without_closing_leaves_the_journal_free(vault, path):
    vault.close()
    for _ in range(3):
        with process("hold", path) as holder:
            assert holder.stdout.readline() == "open False\n"
    reopen(path).close()
