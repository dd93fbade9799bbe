"""The small things everything stands on: ids, the clock, folders, and files that are whole or not there."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from journal import atomic, paths
from journal.atomic import of_system, temporary_beside, write_new
from journal.clock import FixedClock, SystemClock
from journal.errors import AlreadyThere, JournalError, StorageFailed, StorageFull
from journal.ids import is_id, new_id
from tests.journal.service.entries import ROOT
from tests.journal.vault.samples import room
from tests.privileges import as_anybody

# -- ids ------------------------------------------------------------------------------------------------------


def test_ids_are_random_and_have_one_form():
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(is_id(eid) for eid in ids)
    # Not ordered by time, and every part of them varies.
    made = [new_id() for _ in range(50)]
    assert made != sorted(made)
    assert all(len({eid[place] for eid in ids}) == 16 for place in range(32))


@pytest.mark.parametrize(
    "text", ["", "a" * 31, "a" * 33, "A" * 32, "g" * 32, "a" * 31 + "\n", "٠" * 32, None, 5, b"a" * 32]
)
def test_what_is_no_id(text):
    assert not is_id(text)


# -- the clock ------------------------------------------------------------------------------------------------


def test_the_clock_tells_local_time_with_its_offset():
    before = datetime.now(UTC) - timedelta(seconds=1)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.microsecond == 0
    assert now.utcoffset() == datetime.now().astimezone().utcoffset()
    assert now.utcoffset() in (timedelta(hours=1), timedelta(hours=2))  # the tests are in Berlin


@pytest.mark.parametrize(("zone", "hours"), [("UTC", 0), ("Asia/Tokyo", 9), ("Asia/Kathmandu", 5.75)])
def test_the_clock_is_of_the_machines_zone(zone, hours):
    script = "from journal.clock import SystemClock; print(SystemClock().now().utcoffset().total_seconds())"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env={**os.environ, "TZ": zone}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert float(done.stdout) == hours * 3600


def test_a_fixed_clock_stands():
    at = datetime(2026, 3, 1, tzinfo=UTC)
    clock = FixedClock(at)
    assert clock.now() is clock.now() is at


# -- whole files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"\0", b"text\r\n", bytes(2**20 + 1)], ids=len)
def test_a_file_is_written_whole_and_for_its_owner_only(tmp_path, data):
    previous = os.umask(0)
    try:
        write_new(tmp_path / "file", data)
    finally:
        os.umask(previous)
    assert (tmp_path / "file").read_bytes() == data
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    assert (tmp_path / "file").stat().st_nlink == 1
    assert [child.name for child in tmp_path.iterdir() if child.is_file()] == ["file"]


@pytest.mark.parametrize("kind", ["a file", "a folder", "a link", "a link to nowhere", "a pipe"])
def test_nothing_that_is_there_is_touched(tmp_path, kind):
    (tmp_path / "place").mkdir()
    path = tmp_path / "place" / "file"
    if kind == "a file":
        path.write_bytes(b"mine")
    elif kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    else:
        if kind == "a link":
            (tmp_path / "aim").write_bytes(b"mine")
        path.symlink_to(tmp_path / "aim")
    before = path.lstat()
    with pytest.raises(AlreadyThere):
        write_new(path, b"new")
    assert path.lstat().st_ino == before.st_ino
    assert [child.name for child in path.parent.iterdir()] == ["file"]
    if kind == "a link":
        assert (tmp_path / "aim").read_bytes() == b"mine"
    assert (tmp_path / "aim").exists() == (kind == "a link")


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path):
    path = tmp_path / "place" / "file"
    path.parent.mkdir()

    def somebody_else(_data: bytes) -> None:
        path.write_bytes(b"theirs")

    with pytest.raises(AlreadyThere):
        write_new(path, b"mine", somebody_else)
    assert path.read_bytes() == b"theirs"
    assert [child.name for child in path.parent.iterdir()] == ["file"]


def test_the_check_is_given_what_lies_on_the_disk_and_may_refuse_it(tmp_path):
    path = tmp_path / "place" / "file"
    path.parent.mkdir()
    seen: list[bytes] = []
    write_new(path, b"data", seen.append)
    assert seen == [b"data"]

    def refuse(_data: bytes) -> None:
        raise StorageFailed("not good")

    with pytest.raises(StorageFailed, match="not good"):
        write_new(path.with_name("other"), b"data", refuse)
    assert [child.name for child in path.parent.iterdir()] == ["file"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP])
def test_a_disk_without_hard_links(tmp_path, monkeypatch, number):
    """As a stick in FAT: the file is renamed, and still overwrites nothing."""

    def link(*_places: Path) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(atomic.os, "link", link)
    path = tmp_path / "place" / "file"
    path.parent.mkdir()
    write_new(path, b"data")
    assert path.read_bytes() == b"data"
    other = path.with_name("other")
    with pytest.raises(AlreadyThere):
        write_new(other, b"mine", lambda _data: other.write_bytes(b"theirs") and None)
    assert other.read_bytes() == b"theirs"
    assert sorted(child.name for child in path.parent.iterdir()) == ["file", "other"]


@pytest.mark.parametrize(
    "name",
    ["x" * 255, "🌊" * 63 + "xyz", "-", " ", "a\nb", "~", ".hidden", "%41", "con"],
    ids=lambda name: ascii(name)[:9],
)
def test_any_name_that_the_system_allows(tmp_path, name):
    write_new(tmp_path / name, b"data")
    assert (tmp_path / name).read_bytes() == b"data"


def test_places_where_nothing_can_be_written(tmp_path):
    for path in (tmp_path / "none" / "file", tmp_path / ("x" * 256), tmp_path / "a\0b"):
        with pytest.raises(StorageFailed) as caught:
            write_new(path, b"data")
        assert "\n" not in str(caught.value)
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(StorageFailed):
        write_new(tmp_path / "file" / "below", b"data")
    assert sorted(child.name for child in tmp_path.iterdir() if child.is_file()) == ["file"]


def test_a_protected_folder():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o500)
        with as_anybody(), pytest.raises(StorageFailed, match="cannot be written to"):
            write_new(folder / "file", b"data")
        folder.chmod(0o700)
        assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["a.vault-journal", "a.vault-wal", "a.vault-shm", "a.vault.lock", "x.part", ".x.rewrite", "A.LOCK"]
)
def test_no_name_is_given_that_belongs_to_files_which_come_and_go(tmp_path, name):
    with pytest.raises(StorageFailed, match="Choose another name"):
        write_new(tmp_path / name, b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk(tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    for size in (0, 100):
        with room(size), pytest.raises(StorageFull, match="this file was not written"):
            write_new(place / "file", b"x" * 5000)
        assert list(place.iterdir()) == []
    write_new(place / "file", b"x" * 5000)


def test_a_temporary_name_is_gone_whatever_happens(tmp_path):
    with temporary_beside(tmp_path / "file") as temporary:
        temporary.write_bytes(b"data")
        assert temporary.parent == tmp_path
    with pytest.raises(KeyError), temporary_beside(tmp_path / "file") as temporary:
        temporary.write_bytes(b"data")
        raise KeyError
    assert not any(child.is_file() for child in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, StorageFull), (errno.EDQUOT, StorageFull), (errno.EFBIG, StorageFull),
        (errno.EACCES, StorageFailed), (errno.EROFS, StorageFailed), (errno.EIO, StorageFailed),
        (errno.ENOENT, StorageFailed), (errno.ENAMETOOLONG, StorageFailed), (None, StorageFailed),
    ],
)  # fmt: skip
def test_errors_of_the_system_become_ours_without_names(number, kind):
    told = of_system(OSError(number, "text", "/home/jona/canary.vault") if number else OSError("canary"))
    assert type(told) is kind
    assert "canary" not in str(told) + told.detail
    assert isinstance(told, JournalError)


# -- folders --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", [paths.data_folder, paths.config_folder, paths.state_folder])
def test_a_folder_of_ours_is_made_for_its_owner_only(own_home, which):
    previous = os.umask(0)
    try:
        folder = which()
    finally:
        os.umask(previous)
    assert folder.is_dir()
    assert own_home in folder.parents
    assert folder.name == "integration-journal"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert which() == folder


def test_a_state_folder_that_cannot_be_made_is_no_fault(own_home, monkeypatch):
    (own_home / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(own_home / "file"))
    assert paths.state_folder().name == "integration-journal"
