"""Where anything is in the way of writing a vault anew, the old file stays untouched, and nothing else is left."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import tracemalloc
from pathlib import Path

import pytest

from journal.errors import (
    JournalBusy,
    JournalError,
    ReadOnlyJournal,
    Stopped,
    StorageFailed,
    StorageFull,
    WrongPassword,
)
from journal.vault import NewRevision, Vault
from journal.vault.rewrite import place_beside
from tests.journal.vault.renewing import OTHER, WAYS, drafts, filled, names, sealed, stored, written
from tests.journal.vault.samples import by_words, create, page, reopen, room, text_of, texts
from tests.privileges import as_anybody


@pytest.fixture
def full(vault) -> Vault:
    return filled(vault)


# -- what is in the way -----------------------------------------------------------------------------------------


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


def untouched(vault: Vault, path: Path, before: bytes) -> None:
    """The file is as it was, nothing lies beside it, and it is written to as ever."""
    assert path.read_bytes() == before
    assert names(path.parent) <= {"mine.vault", "mine.vault.lock", "other.vault"}
    vault.append([page("goes on")])
    assert vault.verify().ok
    assert not vault.verify().older_than_seen


def test_a_vault_that_is_open_for_reading_is_refused(full, path, way):
    full.close()
    before = path.read_bytes()
    reading = reopen(path, read_only=True)
    reading.gone = full.gone
    with pytest.raises(ReadOnlyJournal):
        way(reading)
    reading.close()
    assert path.read_bytes() == before


def test_a_damaged_vault_is_refused(full, path, way):
    full.close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE rec SET v = zeroblob(2000) WHERE hex(eid) = ?", [full.gone.upper()])
        db.commit()
    before = path.read_bytes()
    damaged = reopen(path)
    damaged.gone = full.gone
    with pytest.raises(ReadOnlyJournal, match="damaged"):
        way(damaged)
    damaged.close()
    assert path.read_bytes() == before


def test_a_damaged_slot_is_made_whole(full, path, way):
    full.close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE slot SET v = zeroblob(200) WHERE copy = 1")
        db.commit()
    damaged = reopen(path)
    assert {entry.what for entry in damaged.report.damage} == {"slot"}
    damaged.gone = full.gone
    way(damaged)
    assert damaged.report.ok
    assert damaged.verify().ok
    damaged.close()


def test_a_damaged_draft_stays_as_it_is_while_the_key_stays(full, path):
    (key,) = [one.key for one in full.drafts() if text_of(one) == "typed anew"]
    full.close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE draft SET v = zeroblob(2000) WHERE hex(eid) = ?", [key.upper()])
        db.commit()
    damaged = reopen(path)
    damaged.compact()
    assert [entry.what for entry in damaged.report.damage] == ["draft"]
    assert sealed(path, "draft", key) == [bytes(2000)]
    damaged.rotate(OTHER)
    assert damaged.report.ok
    assert drafts(damaged) == ["gone draft", "typed on"]
    damaged.close()


def test_stopping_at_any_moment_changes_nothing(full, path):
    before = path.read_bytes()
    seen = []

    def watch(done: int, of: int) -> bool:
        seen.append((done, of))
        return len(seen) <= stop

    for stop in range(100):
        seen.clear()
        try:
            full.rotate(OTHER, watch=watch)
        except Stopped as error:
            assert "Nothing was changed" in str(error)
            assert path.read_bytes() == before or stop
            assert not place_beside(path, bytes.fromhex(full.vault_id)).exists()
        else:
            break
    assert seen[0] == (0, 18)
    assert seen[-1] == (18, 18)
    assert stop == len(seen)
    assert full.verify().ok


def test_nobody_else_can_write_meanwhile(full, path):
    tried = []

    def watch(_done: int, _of: int) -> bool:
        with pytest.raises(JournalBusy):
            reopen(path)
        with contextlib.closing(sqlite3.connect(path, timeout=0)) as db, pytest.raises(sqlite3.OperationalError):
            db.execute("DELETE FROM rec")
        tried.append(reopen(path, read_only=True).close())
        return True

    full.compact(watch=watch)
    assert tried
    with pytest.raises(JournalBusy):
        reopen(path)
    full.append([page("mine")])
    assert full.verify().ok


def test_a_file_put_in_its_place_meanwhile_is_not_replaced(full, path, tmp_path, way):
    full.backup(tmp_path / "other.vault")
    full.append([page("newer")])
    (tmp_path / "other.vault").replace(path)
    before = path.read_bytes()
    with pytest.raises(StorageFailed, match="changed from outside"):
        way(full)
    assert path.read_bytes() == before


def test_nor_one_that_comes_at_the_last_moment(full, path, tmp_path):
    full.backup(tmp_path / "other.vault")
    other = (tmp_path / "other.vault").read_bytes()

    def ready(_words: str) -> None:
        (tmp_path / "other.vault").replace(path)

    with pytest.raises(StorageFailed, match="changed from outside"):
        full.rotate(OTHER, ready=ready)
    assert path.read_bytes() == other
    assert names(tmp_path) == {"mine.vault", "mine.vault.lock"}


def test_a_link_to_a_vault_stays_a_link(made, tmp_path, way):
    vault, words = made
    filled(vault).close()
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.vault"
    link.symlink_to(vault.path)
    linked = by_words(link, words)
    linked.gone = vault.gone
    way(linked)
    linked.append([page("later")])
    linked.close()
    assert link.is_symlink()
    assert link.readlink() == vault.path
    assert names(tmp_path / "elsewhere") == {"link.vault"}
    assert names(tmp_path) == {"mine.vault", "elsewhere"}


def test_the_rights_of_the_file_stay(full, path, way):
    path.chmod(0o640)
    way(full)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_bodies_of_which_a_later_version_knows_what_they_are_are_not_lost(full, path, way):
    full.append([NewRevision(eid="ab" * 16, kind="attachment", body=b'{"kind":"attachment","later":1}')])
    full._file.connection.execute("INSERT INTO blob(bid, n, v) VALUES (x'00', 0, x'00')")
    before = path.read_bytes()
    with pytest.raises(StorageFailed, match="newer version"):
        way(full)
    assert stored(path, "blob") == [(b"\0", 0, b"\0")]
    assert path.read_bytes() == before
    full.close()
    again = reopen(path)
    assert stored(path, "blob") == [(b"\0", 0, b"\0")]
    assert again.report.ok
    again.close()


# -- what was left ------------------------------------------------------------------------------------------------


def test_what_a_cut_off_rewriting_left_is_removed_and_nothing_else(full, made, path):
    left = place_beside(path, bytes.fromhex(full.vault_id))
    full.close()
    twin = path.with_name("twin.vault")
    shutil.copy(path, twin)
    strange = [
        ".0123456789abcdef0123456789abcdef.rewrite",
        ".0123456789abcdef.part",
        place_beside(twin, bytes.fromhex(full.vault_id)).name,
        place_beside(path, os.urandom(16)).name,
    ]
    for name in strange:
        (path.parent / name).write_bytes(b"somebody's")
    left.write_bytes(b"half of a file")
    left.with_name(left.name + "-journal").write_bytes(b"x")
    with pytest.raises(WrongPassword):
        reopen(path, OTHER)
    by_words(path, made[1], read_only=True).close()
    assert left.exists()
    by_words(path, made[1]).close()
    assert names(path.parent) == {"mine.vault", "twin.vault", *strange}


@pytest.mark.parametrize("what", ["folder", "link"])
def test_what_is_no_file_of_ours_is_not_removed(full, made, path, tmp_path, what):
    left = place_beside(path, bytes.fromhex(full.vault_id))
    full.close()
    (tmp_path / "somebody's").write_bytes(b"theirs")
    left.mkdir() if what == "folder" else left.symlink_to(tmp_path / "somebody's")
    vault = by_words(path, made[1])
    with pytest.raises(StorageFailed, match="the old one stays"):
        vault.compact()
    assert (tmp_path / "somebody's").read_bytes() == b"theirs"
    assert left.is_dir() if what == "folder" else left.is_symlink()
    vault.append([page("goes on")])
    assert vault.verify().ok
    vault.close()


def test_another_vault_in_the_folder_is_left_alone(full, path, tmp_path, way):
    other, _ = create(tmp_path, "other.vault")
    other.append([page("other")])
    before = other.path.read_bytes()
    way(full)
    assert other.path.read_bytes() == before
    other.append([page("other")])
    assert texts(other) == ["other", "other"]
    other.close()


# -- little room ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", range(0, 340_000, 20_000))
def test_without_room_for_a_second_file_the_first_stays(full, made, path, size):
    before, pages = path.read_bytes(), written(full)
    for name, way in WAYS.items():
        if name == "rotate" and pages != written(full):
            continue
        with room(size):
            try:
                way(full)
            except (StorageFull, StorageFailed) as error:
                assert "Nothing was" in str(error)
                assert path.read_bytes() == before
                assert names(path.parent) == {"mine.vault", "mine.vault.lock"}
                continue
        before, pages = path.read_bytes(), written(full)
    full.append([page("goes on")])
    assert full.verify().ok
    full.close()


def test_a_disk_that_says_it_is_full_is_reported_as_full(full, path, monkeypatch):
    connect = sqlite3.connect
    limits = iter(range(8, 200))

    def small(database, *args, **options):
        """As on a disk with room for so many pages of a new file."""
        found = connect(database, *args, **options)
        if ".rewrite" in str(database) and "mode=rwc" in str(database):
            found.execute(f"PRAGMA max_page_count={next(limits)}")
        return found

    monkeypatch.setattr(sqlite3, "connect", small)
    before = path.read_bytes()
    failed = 0
    while True:
        try:
            full.rotate(OTHER)
        except StorageFull as error:
            assert "second copy of the journal" in str(error)
            assert path.read_bytes() == before
            assert names(path.parent) == {"mine.vault", "mine.vault.lock"}
            failed += 1
        else:
            break
    assert failed > 3
    assert full.verify().ok


def test_in_a_folder_that_was_write_protected_meanwhile_nothing_changes(reachable, way):
    with as_anybody():
        vault = filled(create(reachable)[0])
        before = vault.path.read_bytes()
        reachable.chmod(0o500)
        with pytest.raises(JournalError) as caught:
            way(vault)
        reachable.chmod(0o700)
        assert "Nothing was lost" in str(caught.value)
        untouched(vault, vault.path, before)
        vault.close()


def test_rows_are_not_all_held_at_once(vault, path):
    for number in range(12):
        vault.append([page(f"{number}" + "x" * 2**20)])
    vault._opened = None
    for way in (lambda: vault.rotate(OTHER), vault.compact):
        tracemalloc.start()
        way()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 10 * 2**20
    assert vault.verify().rows == 12
