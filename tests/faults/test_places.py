"""Places a journal or its neighbours may be found in: pipes, devices, what a killed process left, odd names."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from journal.atomic import write_new
from journal.errors import JournalError, NotAJournal, StorageFailed
from journal.vault.backups import vault_of
from journal.vault.lock import WriterLock, true_name
from tests.journal.vault.samples import create, page, reopen, text_of, texts

HOURS = 3600  # seconds
PART = ".integration-journal-0123456789abcdef.part"


def names(folder: Path) -> list[str]:
    """What is in a folder, but for the notes of what was seen."""
    return sorted(found.name for found in folder.iterdir() if found.suffix != ".json")


def held(path: Path) -> list[str]:
    vault = reopen(path)
    try:
        return texts(vault)
    finally:
        vault.close()


@pytest.mark.parametrize("read_only", [True, False])
def test_a_pipe_is_no_journal_and_is_not_waited_for(tmp_path: Path, read_only: bool) -> None:
    os.mkfifo(tmp_path / "pipe.vault")
    with pytest.raises(NotAJournal, match="no ordinary file"):
        reopen(tmp_path / "pipe.vault", read_only=read_only)
    with pytest.raises(NotAJournal):
        vault_of(tmp_path / "pipe.vault")
    with pytest.raises(NotAJournal, match="no ordinary file"):
        reopen(Path("/dev/zero"), read_only=read_only)


def test_a_pipe_beside_a_journal_is_not_waited_for(tmp_path: Path) -> None:
    create(tmp_path)[0].close()
    os.mkfifo(tmp_path / "mine.vault-journal")
    with pytest.raises(NotAJournal):
        reopen(tmp_path / "mine.vault")


def test_a_folder_says_to_choose_the_file(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match=r"a folder\. Choose"):
        reopen(tmp_path)


# -- what a killed process left ------------------------------------------------------------------------------------


def leave(path: Path, *, hours: float = 0) -> Path:
    path.write_bytes(b"half of something")
    if hours:
        then = path.stat().st_mtime - hours * HOURS
        os.utime(path, (then, then))
    return path


def test_half_written_files_go_when_nobody_writes_to_them_any_more(tmp_path: Path) -> None:
    create(tmp_path)[0].close()
    gone = [leave(tmp_path / PART, hours=2), leave(tmp_path / f"{PART}-journal", hours=2)]
    kept = [
        leave(tmp_path / PART.replace("0", "9")),  # somebody may be writing it now
        leave(tmp_path / ".0123456789abcdef.part", hours=2),
        leave(tmp_path / f"x{PART}", hours=2),
        leave(tmp_path / "other.vault", hours=2),
    ]
    (tmp_path / PART.replace("0", "8")).mkdir()
    (tmp_path / PART.replace("0", "7")).symlink_to(kept[-1])
    reopen(tmp_path / "mine.vault", read_only=True).close()
    assert all(path.exists() for path in gone), "reading removes nothing"
    reopen(tmp_path / "mine.vault").close()
    assert not any(path.exists() for path in gone)
    assert all(path.exists() for path in kept)
    assert (tmp_path / PART.replace("0", "8")).is_dir() and (tmp_path / PART.replace("0", "7")).is_symlink()


def test_a_second_name_of_the_journal_itself_goes_at_once(tmp_path: Path) -> None:
    """Killed while a new journal had two names: the temporary one would keep what is purged later."""
    create(tmp_path)[0].close()
    (tmp_path / PART).hardlink_to(tmp_path / "mine.vault")
    vault = reopen(tmp_path / "mine.vault")
    assert not (tmp_path / PART).exists()
    vault.append([page("kept")])
    assert texts(vault) == ["kept"]
    vault.close()


def test_an_export_that_was_killed_goes_with_the_next_one(tmp_path: Path) -> None:
    left = leave(tmp_path / PART, hours=2)
    write_new(tmp_path / "export.md", b"the next one")
    assert not left.exists()
    assert names(tmp_path) == ["export.md"]


# -- names ---------------------------------------------------------------------------------------------------------

LONG = {
    "200 letters": "x" * 200 + ".vault",
    "232 letters": "x" * 232 + ".vault",
    "240 letters": "x" * 240 + ".vault",
    "250 letters": "x" * 244 + ".vault",
    "255 letters": "x" * 249 + ".vault",
    "umlauts": "ä" * 110 + ".vault",
    "emoji": "🌊" * 20 + ".vault",
    "family": "👩‍👩‍👧‍👦 \u202e gnp.vault",
    "not normal": "Cafe\u0301.vault",
    "quotes": "a'b\"c;d%20?x=1#y&mode=memory.vault",
    "spaces": "  .vault",
    "dots": "...vault",
    "newline": "a\nb.vault",
    "no utf-8": os.fsdecode(b"caf\xe9.vault"),
}


@pytest.mark.parametrize("name", LONG.values(), ids=LONG)
def test_any_name_works_or_is_refused_before_anything_is_made(tmp_path: Path, name: str) -> None:
    """What has room for its rollback journal and its lock beside it works in full; a longer name makes no file."""
    folder = tmp_path / "folder 🌊"
    folder.mkdir()
    try:
        vault, _ = create(folder, name)
    except StorageFailed as error:
        assert "too long" in str(error)
        assert len(os.fsencode(name)) > 240
        assert names(folder) == []
        return
    vault.append([page("kept")])
    vault.backup(folder / f"b{name}"[:20])
    vault.purge([next(vault.revisions()).eid])
    vault.rotate("another quiet password")
    vault.append([page("kept as well")])
    vault.close()
    again = reopen(folder / name, "another quiet password")
    assert [text_of(one) for one in again.revisions() if one.kind == "page"] == ["kept as well"]
    assert again.report.ok and not again.read_only
    again.close()
    assert names(folder) == sorted([name, f"b{name}"[:20]])


def test_a_very_deep_folder(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["deep" * 50] * 25)  # beyond what one path may say
    with pytest.raises(JournalError) as caught:
        create(folder)
    assert "too long" in str(caught.value)
    assert list(tmp_path.rglob("*.vault*")) == []
    vault, _ = create(tmp_path)
    vault.close()
    deep = tmp_path.joinpath(*["deep"] * 100)  # what the system takes, and SQLite does not
    deep.mkdir(parents=True)
    vault.path.rename(deep / "mine.vault")
    with pytest.raises(StorageFailed, match="does not lie so deep"):
        reopen(deep / "mine.vault")


def test_a_journal_renamed_too_long_says_to_give_it_a_shorter_name(tmp_path: Path) -> None:
    vault, _ = create(tmp_path)
    vault.append([page("kept")])
    vault.close()
    vault.path.rename(long := tmp_path / LONG["250 letters"])
    for read_only in (True, False):
        with pytest.raises(StorageFailed, match="Give it a shorter one"):
            reopen(long, read_only=read_only)
    long.rename(vault.path)
    assert held(vault.path) == ["kept"]


def test_a_backup_through_links_lands_where_they_lead(tmp_path: Path) -> None:
    vault, _ = create(tmp_path)
    vault.append([page("kept")])
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "taken.vault").symlink_to(tmp_path / "nowhere")
    vault.backup(tmp_path / "link" / "copy.vault")
    with pytest.raises(JournalError, match="Nothing was overwritten"):
        vault.backup(tmp_path / "link" / "taken.vault")  # a link to nothing is a name as well
    assert not (tmp_path / "nowhere").exists()
    vault.close()
    shutil.copy(tmp_path / "real" / "copy.vault", tmp_path / "other.vault")
    assert held(tmp_path / "other.vault") == ["kept"]


def test_where_capitals_are_one_name_there_is_one_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on exFAT, NTFS and macOS; played here, since the disk of a test tells capitals apart."""
    vault, _ = create(tmp_path, "Mine é.vault")
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda path: path.parent == tmp_path or exists(path))
    with pytest.raises(JournalError, match="open in another window"):
        WriterLock(tmp_path / "mINE e\u0301.VAULT").take()
    vault.close()
    other = WriterLock(tmp_path / "mine é.vault")
    other.take()
    assert other.path.name == "Mine é.vault.lock"
    other.free()
    assert true_name(tmp_path / "quite another.vault").name == "quite another.vault"
