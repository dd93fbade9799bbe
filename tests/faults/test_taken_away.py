"""The journal's place is taken away while it is open: folder removed, moved, stick pulled out; no locks to be had."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from journal.errors import JournalError, ReadOnlyJournal
from journal.service import JournalService
from journal.vault import FAST
from tests.journal.service.entries import held
from tests.journal.service.entries import page as a_page
from tests.journal.vault.samples import CLOCK, PASSWORD, ROOT, create, page, process, reopen, texts

TAKEN = {
    "removed": shutil.rmtree,
    "file removed": lambda folder: (folder / "mine.vault").unlink(),
    "moved": lambda folder: folder.rename(folder.with_name("elsewhere")),
    "file moved": lambda folder: (folder / "mine.vault").rename(folder / "other.vault"),
    "a file in place of the folder": lambda folder: (shutil.rmtree(folder), folder.write_text("x")),
}


@pytest.fixture
def stick(tmp_path: Path) -> tuple[JournalService, Path]:
    """A journal with an entry, open, on a stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    options = {"clock": CLOCK, "state_dir": tmp_path / "state"}
    service, _ = JournalService.create(folder / "mine.vault", PASSWORD, profile=FAST, **options)
    service.save(a_page("kept"))
    return service, folder


@pytest.mark.parametrize("take", TAKEN.values(), ids=TAKEN)
def test_everything_is_refused_with_what_to_do_and_the_backup_still_holds_all(
    stick: tuple[JournalService, Path], take: Callable[[Path], object]
) -> None:
    service, folder = stick
    (entry,) = service.items()
    take(folder)
    for change in (
        lambda: service.save(a_page("more")),
        lambda: service.put_draft(entry.eid, a_page("typed")),
        lambda: service.delete(entry.eid),
        lambda: service.purge(entry.eid),
        lambda: service.change_password("another quiet password"),
        lambda: service.take_words(service.new_words()),
    ):
        with pytest.raises(JournalError, match=r"not in its place any more.*kept in a new file"):
            change()
    assert [row.snippet for row in service.rows()] == ["kept"], "what is open can still be read"
    made = service.back_up_now()
    service.leave()
    again = JournalService.open(made.path, password=PASSWORD, read_only=True, state_dir=folder.parent)
    assert [record.text for record in held(again).values()] == ["kept"]
    again.close()


def test_put_back_it_goes_on(stick: tuple[JournalService, Path]) -> None:
    service, folder = stick
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(JournalError):
        service.save(a_page("more"))
    folder.with_name("elsewhere").rename(folder)
    service.save(a_page("more"))
    service.close()
    again = reopen(folder / "mine.vault")
    assert texts(again) == ["kept", "more"]
    again.close()


# -- a process of its own, some of whose system calls fail ----------------------------------------------------------


def watched(script: str, *fail: str, folder: Path) -> dict[str, object]:
    """What a script prints as JSON, run in `folder` under `strace`."""
    watch = ["strace", "-f", "-qq", "-o", "/dev/null", *fail]
    command = [*watch, sys.executable, "-c", textwrap.dedent(script)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_a_stick_pulled_out(tmp_path: Path) -> None:
    """Its name is gone, and whatever is open on it fails: a folder is renamed to one on which all calls fail."""
    (tmp_path / "stick").mkdir()
    vault, words = create(tmp_path / "stick")
    vault.append([page("kept")])
    vault.close()
    out = tmp_path / "pulled"
    names = ("mine.vault", "mine.vault-journal", "mine.vault.lock", "")
    paths = [part for name in names for part in ("-P", str(out / name))]
    script = f"""
        import json
        from pathlib import Path
        from journal.errors import JournalError
        from tests.journal.vault.samples import by_words, draft, page, texts
        vault = by_words(Path("stick/mine.vault"), {words!r})
        vault.append([page("kept too")])
        Path("stick").rename("pulled")
        told = []
        for change in (
            lambda: vault.append([page("more")]), lambda: vault.put_draft(draft("typed")),
            lambda: vault.verify(),
            lambda: vault.backup(Path("backup.vault")), lambda: list(vault.revisions()),
            lambda: vault.rotate("a long enough one"),
        ):
            try:
                change()
                told.append("")
            except JournalError as error:
                told.append(str(error))
        vault.close()
        print(json.dumps({{"told": told}}))
    """
    calls = "pread64,pwrite64,read,write,fsync,fdatasync,ftruncate,fstat,newfstatat,fcntl,flock,openat"
    told = watched(script, *paths, "-e", f"inject={calls}:error=EIO", folder=tmp_path)["told"]
    save, draft, _, backup, rows, rotate = told
    assert all("not in its place any more" in line for line in (save, draft, rotate)), told
    assert backup and not (tmp_path / "backup.vault").exists()
    assert not rows or "could not be read just now" in rows
    out.rename(tmp_path / "stick")
    again = reopen(tmp_path / "stick" / "mine.vault")
    assert again.report.ok and texts(again) == ["kept", "kept too"]
    again.close()


@pytest.mark.parametrize("fail", ["flock:error=ENOLCK", "flock:error=EOPNOTSUPP"])
def test_a_place_without_locks_is_read_only_and_says_why(tmp_path: Path, fail: str) -> None:
    """A network or cloud folder."""
    vault, words = create(tmp_path)
    vault.append([page("kept")])
    vault.close()
    script = f"""
        import json
        from pathlib import Path
        from tests.journal.vault.samples import by_words, texts
        vault = by_words(Path("mine.vault"), {words!r})
        print(json.dumps({{"why": vault.report.why_read_only, "texts": texts(vault)}}))
        vault.close()
    """
    told = watched(script, "-e", f"inject={fail}", folder=tmp_path)
    assert "gives no locks" in str(told["why"])
    assert told["texts"] == ["kept"]


def test_a_place_whose_files_cannot_be_locked_says_so(tmp_path: Path) -> None:
    vault, words = create(tmp_path)
    vault.close()
    script = f"""
        import json
        from pathlib import Path
        from journal.errors import JournalError
        from tests.journal.vault.samples import by_words
        try:
            by_words(Path("mine.vault"), {words!r})
            print(json.dumps({{"error": ""}}))
        except JournalError as error:
            print(json.dumps({{"error": str(error)}}))
    """
    error = watched(script, "-P", str(vault.path), "-e", "inject=fcntl:error=ENOLCK", folder=tmp_path)["error"]
    assert "gives no locks" in str(error) and "copy the file to a disk of this computer" in str(error)


def test_a_folder_that_cannot_be_synced_is_no_hindrance(tmp_path: Path) -> None:
    """Some network file systems do not sync folders; SQLite would call each save a failure."""
    vault, words = create(tmp_path)
    vault.close()
    script = f"""
        import json
        from pathlib import Path
        from tests.journal.vault.samples import by_words, page, texts
        vault = by_words(Path("mine.vault"), {words!r})
        for text in ("one", "two"):
            vault.append([page(text)])
        vault.backup(Path("copy.vault"))
        print(json.dumps({{"texts": texts(vault)}}))
        vault.close()
    """
    fail = ["-P", str(tmp_path), "-e", "inject=fsync,fdatasync:error=EINVAL"]
    assert watched(script, *fail, folder=tmp_path)["texts"] == ["one", "two"]
    again = reopen(tmp_path / "copy.vault")
    assert texts(again) == ["one", "two"]
    again.close()


# -- sleep ---------------------------------------------------------------------------------------------------------


def test_put_to_sleep_while_saving_nothing_is_lost_and_nobody_else_writes(tmp_path: Path) -> None:
    vault, _ = create(tmp_path)
    vault.close()
    with process("save", vault.path, "60") as saver:
        assert saver.stdout.readline() == "open\n"
        said = 0
        for _ in range(6):
            saver.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, saver.pid, os.WSTOPPED | os.WNOWAIT)
            with pytest.raises(JournalError, match="open in another window"):
                reopen(vault.path)
            saver.send_signal(signal.SIGCONT)
            said += bool(saver.stdout.readline())
        rest, _ = saver.communicate(timeout=60)
    assert rest.endswith("done\n")
    again = reopen(vault.path)
    assert again.report.ok and again.report.rows == 60 and said == 6
    again.close()


def test_a_disk_that_became_write_protected_while_open_keeps_what_was_saved(tmp_path: Path) -> None:
    vault, _ = create(tmp_path)
    vault.append([page("kept")])
    vault._file.connection.execute("PRAGMA query_only=ON")  # what SQLite says of a disk mounted anew for reading
    with pytest.raises(JournalError, match=r"write-protected.*try again") as caught:
        vault.append([page("more")])
    assert not isinstance(caught.value, ReadOnlyJournal), "the text must not be let go at locking"
    vault._file.connection.execute("PRAGMA query_only=OFF")
    vault.append([page("more")])
    assert texts(vault) == ["kept", "more"]
    vault.close()
