"""Where vaults are kept: files that are none, write protection, two windows, full disks, backups."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from journal.errors import (
    AlreadyThere,
    DamagedJournal,
    JournalBusy,
    NewerFormat,
    NotAJournal,
    ReadOnlyJournal,
    StorageFailed,
    StorageFull,
)
from journal.vault import Vault, verify_file
from tests.journal.vault.samples import (
    PASSWORD,
    by_words,
    create,
    draft,
    page,
    process,
    reopen,
    room,
    text_of,
    texts,
)
from tests.privileges import as_anybody

# -- files that are no vaults ---------------------------------------------------------------------------------


def a_database(path: Path, sql: str = "CREATE TABLE t(a)") -> Path:
    db = sqlite3.connect(path)
    db.executescript(sql)
    db.close()
    return path


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(StorageFailed, match="moved or renamed"):
        reopen(tmp_path / "gone.vault")
    assert not (tmp_path / "gone.vault").exists()


def test_a_folder_is_no_journal(tmp_path):
    with pytest.raises(StorageFailed):
        reopen(tmp_path)


def test_an_empty_file_is_a_damaged_journal(tmp_path):
    (tmp_path / "empty.vault").touch()
    with pytest.raises(DamagedJournal, match="empty"):
        reopen(tmp_path / "empty.vault")


@pytest.mark.parametrize(
    "content",
    [b"x", b"Dear diary, today", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(84), b"\x89PNG\r\n" * 1000,
     bytes(200_000), bytes(range(256)) * 700],
    ids=["byte", "text", "magic", "header", "png", "zeros", "noise"],
)  # fmt: skip
def test_another_file_is_no_journal_and_stays_as_it_is(tmp_path, content):
    path = tmp_path / "other.vault"
    path.write_bytes(content)
    with pytest.raises(NotAJournal, match="Nothing was changed"):
        reopen(path)
    assert path.read_bytes() == content
    assert not path.with_name("other.vault.lock").exists()


def test_another_database_is_no_journal(tmp_path):
    path = a_database(tmp_path / "other.vault")
    before = path.read_bytes()
    with pytest.raises(NotAJournal):
        reopen(path)
    assert path.read_bytes() == before


def test_a_database_that_claims_to_be_ours_is_no_journal(tmp_path):
    path = a_database(tmp_path / "claims.vault", "PRAGMA application_id=0x494A564C; CREATE TABLE t(a);")
    with pytest.raises(NotAJournal, match="form of a journal"):
        reopen(path)


def test_a_later_format_asks_for_an_update(vault, path):
    vault.close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version=3")
    db.close()
    before = path.read_bytes()
    with pytest.raises(NewerFormat, match="update"):
        reopen(path)
    assert path.read_bytes() == before


# -- write protection -----------------------------------------------------------------------------------------


@pytest.fixture
def lent(reachable) -> Path:
    """A vault with one entry, in a folder whose mode a test may change."""
    with as_anybody():
        vault, _ = create(reachable)
        vault.append([page("kept")])
        vault.close()
    return reachable / "mine.vault"


def test_a_write_protected_file_opens_for_reading_and_says_why(lent):
    lent.chmod(0o400)
    before = lent.read_bytes()
    with as_anybody():
        vault = reopen(lent)
        assert texts(vault) == ["kept"]
        assert (vault.read_only, vault.report.why_read_only) == (True, "The file is write-protected.")
        with pytest.raises(ReadOnlyJournal, match=r"reading only.*write-protected"):
            vault.append([page("no")])
        with pytest.raises(ReadOnlyJournal):
            vault.put_draft(draft("no"))
        vault.close()
    assert lent.read_bytes() == before


def test_a_write_protected_folder_opens_for_reading_and_says_why(lent):
    lent.parent.chmod(0o500)
    with as_anybody():
        vault = reopen(lent)
        assert texts(vault) == ["kept"]
        assert (vault.read_only, vault.report.why_read_only) == (True, "Its folder is write-protected.")
        with pytest.raises(StorageFailed, match="cannot be written to"):
            vault.backup(lent.with_name("backup.vault"))
        vault.close()


def test_a_lock_left_in_a_folder_that_became_write_protected_changes_nothing(lent):
    with as_anybody():
        lent.with_name("mine.vault.lock").write_text(" 1 elsewhere")
    lent.parent.chmod(0o500)
    with as_anybody():
        vault = reopen(lent)
        assert texts(vault) == ["kept"]
        assert vault.report.why_read_only == "Its folder is write-protected."
        vault.close()


def test_a_vault_that_may_not_be_read_is_refused(lent):
    lent.chmod(0)
    with as_anybody(), pytest.raises(StorageFailed):
        reopen(lent)


@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_no_vault_is_made_where_nothing_can_be_written(reachable, mode):
    reachable.chmod(mode)
    with as_anybody(), pytest.raises(StorageFailed, match="cannot be written to"):
        create(reachable)
    reachable.chmod(0o700)
    assert list(reachable.iterdir()) == []


def test_a_home_that_cannot_be_written_to_is_no_obstacle(lent, monkeypatch):
    home = lent.parent / "home"
    with as_anybody():
        home.mkdir(0o500)
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    with as_anybody():
        vault = Vault.open(lent, password=PASSWORD)
        assert texts(vault) == ["kept"]
        vault.append([page("more")])
        vault.close()


# -- two windows ----------------------------------------------------------------------------------------------


def test_a_second_process_is_told_who_holds_the_vault_until_that_one_dies(vault, path):
    vault.close()
    with process("hold", path) as holder:
        assert holder.stdout.readline() == "open False\n"
        with pytest.raises(JournalBusy, match=rf"on this computer \(process {holder.pid}\)"):
            reopen(path)
        holder.kill()
        holder.wait()
    again = reopen(path)  # the lock went with its process, though its file is still there
    assert not again.read_only
    again.close()
    assert not path.with_name("mine.vault.lock").exists()


def test_a_second_window_of_the_same_process_is_refused_too(vault, path):
    with pytest.raises(JournalBusy):
        reopen(path)
    vault.append([page("still mine")])
    assert texts(vault) == ["still mine"]


def test_what_another_window_holds_can_be_read_and_verified(made, path):
    vault, words = made
    vault.append([page("saved")])
    reading = by_words(path, words, read_only=True)
    assert texts(reading) == ["saved"]
    vault.append([page("later")])
    assert verify_file(path, recovery_key=words, state_dir=path.parent).rows == 2
    reading.close()


# -- little room ----------------------------------------------------------------------------------------------

ROOM = range(0, 500_000, 24_000)  # from nothing at all to enough for everything


@pytest.mark.parametrize("size", ROOM)
def test_a_full_disk_loses_nothing_that_was_saved(made, path, size):
    vault, words = made
    vault.append([page("saved before")])
    vault.put_draft(draft("typed before"))
    with room(size):
        done = []
        for number, change in enumerate(
            (
                lambda: vault.append([page("new " * 20_000)]),
                lambda: vault.put_draft(draft("typed " * 20_000)),
                lambda: vault.change_password("eleven loud geese"),
            )
        ):
            try:
                change()
            except (StorageFull, StorageFailed) as error:
                assert "safe" in str(error)
            else:
                done.append(number)
    assert done or size < 400_000
    assert vault.verify().ok
    assert [text[:12] for text in texts(vault)] == (["new new new "] if 0 in done else []) + ["saved before"]
    vault.append([page("when there is room again")])
    vault.close()
    again = reopen(path, "eleven loud geese" if 2 in done else PASSWORD)
    assert again.report.ok
    assert again.report.rows == (3 if 0 in done else 2)
    assert sorted(text_of(found)[:6] for found in again.drafts()) == ["typed "] * (2 if 1 in done else 1)
    again.close()
    by_words(path, words).close()


@pytest.mark.parametrize("size", ROOM)
def test_a_full_disk_leaves_no_half_made_vault_or_backup(made, path, tmp_path, size):
    vault, words = made
    vault.append([page("x" * 60_000)])
    before = set(tmp_path.iterdir())
    for name, make in (
        ("copy.vault", lambda: vault.backup(tmp_path / "copy.vault")),
        ("other.vault", lambda: create(tmp_path, "other.vault")[0].close()),
    ):
        with room(size):
            try:
                make()
            except (StorageFull, StorageFailed):
                assert {found for found in tmp_path.iterdir() if found.suffix != ".json"} <= before
            else:
                assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
                reopen(tmp_path / name).close()
                before.add(tmp_path / name)
    assert by_words(path, words, read_only=True).report.rows == 1


def test_a_disk_that_says_it_is_full_is_reported_as_full(vault):
    vault.append([page("saved")])
    (pages,) = vault._file.connection.execute("PRAGMA page_count").fetchone()
    vault._file.connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StorageFull, match="earlier text is safe"):
        vault.append([page("new " * 20_000)])
    vault._file.connection.execute("PRAGMA max_page_count=1000000")
    assert texts(vault) == ["saved"]
    vault.append([page("new " * 20_000)])
    assert vault.verify().ok


# -- backups --------------------------------------------------------------------------------------------------


def test_a_backup_is_a_whole_vault_for_its_owner_only(made, path, tmp_path):
    vault, words = made
    vault.append([page("one"), page("two")])
    vault.put_draft(draft("not finished"))
    receipt = vault.backup(tmp_path / "backup.vault")
    assert (receipt.path, receipt.rows, receipt.size) == (tmp_path / "backup.vault", 2, receipt.path.stat().st_size)
    assert stat.S_IMODE(receipt.path.stat().st_mode) == 0o600
    vault.append([page("three")])
    vault.close()
    (tmp_path / "elsewhere").mkdir()
    restored = Vault.open(receipt.path, recovery_key=words, state_dir=tmp_path / "elsewhere")
    assert texts(restored) == ["one", "two"]
    assert list(map(text_of, restored.drafts())) == ["not finished"]
    assert restored.report.ok
    restored.append([page("goes on")])
    restored.close()


def test_a_backup_never_overwrites(vault, tmp_path):
    (tmp_path / "backup.vault").write_bytes(b"mine")
    with pytest.raises(AlreadyThere):
        vault.backup(tmp_path / "backup.vault")
    assert (tmp_path / "backup.vault").read_bytes() == b"mine"


def test_a_backup_to_a_folder_that_is_gone_says_so(vault, tmp_path):
    with pytest.raises(StorageFailed, match="no such folder"):
        vault.backup(tmp_path / "unplugged" / "backup.vault")


def test_a_backup_of_a_vault_opened_for_reading_can_be_made(vault, path, tmp_path):
    vault.append([page("one")])
    vault.close()
    reading = reopen(path, read_only=True)
    assert reading.backup(tmp_path / "backup.vault").rows == 1
    reading.close()
    assert verify_file(tmp_path / "backup.vault", password=PASSWORD, state_dir=tmp_path).ok


def test_a_damaged_vault_is_not_backed_up_over_a_good_name(vault, path, tmp_path):
    vault.append([page("one")])
    vault.close()
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM rec")
    db.close()
    damaged = reopen(path)
    with pytest.raises(DamagedJournal, match="older backups"):
        damaged.backup(tmp_path / "backup.vault")
    damaged.close()
    assert not (tmp_path / "backup.vault").exists()


def test_putting_back_an_older_file_is_told_on_the_machine_that_saw_the_newer(vault, path, tmp_path):
    vault.append([page("one")])
    vault.backup(tmp_path / "old.vault")
    vault.append([page("two")])
    vault.close()
    (tmp_path / "old.vault").replace(path)
    restored = reopen(path)
    assert "older than the one last opened on this computer" in restored.report.older_than_seen
    assert restored.report.ok
    assert not restored.read_only
    assert texts(restored) == ["one"]
    restored.close()
    still = reopen(path)
    assert still.report.older_than_seen
    still.append([page("three, knowingly")])
    still.close()
    settled = reopen(path)
    assert settled.report.older_than_seen is None
    settled.close()


def test_an_older_file_is_no_news_to_a_machine_that_never_saw_a_newer(vault, path, tmp_path):
    vault.append([page("one")])
    vault.backup(tmp_path / "old.vault")
    vault.append([page("two")])
    vault.close()
    (tmp_path / "elsewhere").mkdir()
    report = verify_file(tmp_path / "old.vault", password=PASSWORD, state_dir=tmp_path / "elsewhere")
    assert report.older_than_seen is None


def test_two_futures_of_one_vault_are_told_apart(vault, path, tmp_path):
    vault.backup(tmp_path / "twin.vault")
    vault.append([page("here")])
    vault.close()
    (tmp_path / "elsewhere").mkdir()
    twin = Vault.open(tmp_path / "twin.vault", password=PASSWORD, state_dir=tmp_path / "elsewhere")
    twin.append([page("there")])
    twin.close()
    report = verify_file(tmp_path / "twin.vault", password=PASSWORD, state_dir=tmp_path)
    assert report.ok
    assert report.older_than_seen is not None
