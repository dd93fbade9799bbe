"""Passwords: a hundred wrong ones, pasted ones, long ones, and no memory to check any."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from journal.errors import WrongPassword
from journal.vault import FAST, Vault
from tests.journal.vault.samples import PASSWORD as SAMPLE
from tests.journal.vault.samples import ROOT, create, page, reopen, texts
from tests.ui.conftest import PASSWORD, settled
from ui.pages.welcome_steps import Unlock
from ui.window import MainWindow


def test_a_hundred_wrong_passwords_leave_nothing_behind(tmp_path: Path) -> None:
    vault, _ = create(tmp_path)
    vault.append([page("kept")])
    vault.close()
    before, handles = vault.path.read_bytes(), len(list(Path("/proc/self/fd").iterdir()))
    for number in range(100):
        with pytest.raises(WrongPassword, match="not damaged"):
            reopen(vault.path, f"{SAMPLE}{number}")
    assert vault.path.read_bytes() == before
    assert len(list(Path("/proc/self/fd").iterdir())) == handles
    assert not vault.path.with_name("mine.vault.lock").exists()
    again = reopen(vault.path)
    assert texts(again) == ["kept"]
    again.close()


def test_no_memory_to_check_a_password_is_said_and_the_words_still_open_it(tmp_path: Path) -> None:
    """With the standard cost of 256 MiB, in a process that may have 100 MiB more than it has."""
    script = """
        import resource
        from pathlib import Path
        from journal.errors import JournalError
        from journal.vault import Vault
        from tests.journal.vault.samples import PASSWORD, by_words, page, texts
        path = Path("mine.vault")
        vault, words = Vault.create(path, PASSWORD, state_dir=Path())
        vault.append([page("kept")])
        vault.close()
        size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + 100 * 2**20, resource.RLIM_INFINITY))
        vault = by_words(path, words)
        for act in (
            lambda: Vault.open(path, read_only=True, password=PASSWORD, state_dir=Path()),
            lambda: Vault.create(Path("other.vault"), PASSWORD, state_dir=Path()),
            lambda: vault.change_password("another quiet password"),
        ):
            try:
                act()
            except JournalError as error:
                print(error)
        print(vault.report.ok, texts(vault), Path("other.vault").exists())
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    *errors, last = done.stdout.splitlines()
    assert len(errors) == 3 and all("not enough free memory" in line and "recovery words" in line for line in errors)
    assert last == "True ['kept'] False"


# -- in the window -------------------------------------------------------------------------------------------------


@pytest.fixture
def unlock(window: MainWindow, tmp_path: Path) -> Unlock:
    """The unlock page, before a journal."""
    stand(window, tmp_path, PASSWORD)
    return window.welcome.unlock


def stand(window: MainWindow, folder: Path, password: str) -> None:
    made, _ = Vault.create(folder / "journal.vault", password, profile=FAST, state_dir=folder / "state")
    made.close()
    window.offer(folder / "journal.vault")


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_password_pasted_with_the_end_of_its_line_opens(qtbot, window, unlock, ending: str) -> None:
    QGuiApplication.clipboard().setText(PASSWORD + ending)
    unlock.password.edit.paste()
    unlock.next.click()
    settled(qtbot, window)
    assert window.context.tasks.is_open


def test_a_space_at_the_end_is_pointed_out(qtbot, unlock) -> None:
    for typed, pointed in ((f"{PASSWORD} ", True), (PASSWORD.upper(), False)):
        unlock.password.edit.setText(typed)
        unlock.next.click()
        qtbot.waitUntil(unlock.banner.isVisible)
        assert "does not open this journal" in unlock.banner.text
        assert ("ends with a space" in unlock.banner.text) == pointed


def test_a_password_of_a_mebibyte_is_not_cut(qtbot, window, tmp_path: Path) -> None:
    long = "long " * (2**20 // 5)
    stand(window, tmp_path, long)
    QGuiApplication.clipboard().setText(long)
    window.welcome.unlock.password.edit.paste()
    window.welcome.unlock.next.click()
    settled(qtbot, window)
    assert window.context.tasks.is_open


def test_an_empty_password_asks_for_nothing(unlock) -> None:
    unlock.next.click()
    assert not unlock.progress.isVisible()
