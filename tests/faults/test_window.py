"""The window under strain: locked amid everything, killed after it, kept waiting, filled with 20,000 entries."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QTextEdit

from journal.records import Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from journal.store import Query
from journal.vault import FAST, STANDARD, Vault
from tests.ui.conftest import NOW, PASSWORD, answer, settled
from tests.ui.hands import ask, go, reopened
from tests.ui.test_lock_process import proc, running, wait
from ui.places import Place
from ui.prompts import QtPrompter
from ui.window import MainWindow

__all__ = ["running"]

ROOT = Path(__file__).resolve().parents[2]


def everything_in(path: Path) -> str:
    """All the text in a closed journal, entries and drafts."""
    service = reopened(path)
    try:
        records = [item.record for item in service.items()] + [draft.record for draft in service.drafts()]
        return "\n".join(map(repr, records))
    finally:
        service.close()


# -- locking amid everything ---------------------------------------------------------------------------------------


def type_into(qtbot: Any, window: MainWindow, place: Place, words: str) -> None:
    """Go to a page and type into its field for text, without saving."""
    page = go(qtbot, window, place)
    texts = [made for made in page.findChildren(QTextEdit) if made.isVisible() and not made.isReadOnly()]
    field = getattr(page, {"edit-session": "notes", "check-in": "note"}.get(place.name, ""), None) or texts[0]
    field.setFocus()
    qtbot.keyClicks(field, words)


def type_into_three(qtbot: Any, window: MainWindow) -> None:
    type_into(qtbot, window, Place("edit-session"), "the notes of a session")
    type_into(qtbot, window, Place("check-in"), "a line beside the sliders")
    type_into(qtbot, window, Place("write", kind="experience"), "half of a thought")


def three_are_in(path: Path) -> None:
    found = everything_in(path)
    for words in ("the notes of a session", "a line beside the sliders", "half of a thought"):
        assert words in found


def test_locking_with_text_in_three_editors_and_a_dialog_open(
    qtbot: Any, window_open: MainWindow, replaced: list[Path | None], tmp_path: Path
) -> None:
    type_into_three(qtbot, window_open)
    window_open.menu_actions["export"].trigger()
    assert QApplication.activeModalWidget() is not None
    window_open.lock()
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert QApplication.activeModalWidget() is None
    three_are_in(tmp_path / "journal.vault")


def test_locking_with_a_file_dialog_open(
    qtbot: Any, window_open: MainWindow, replaced: list[Path | None], tmp_path: Path
) -> None:
    type_into_three(qtbot, window_open)
    seen: list[bool] = []

    def lock() -> None:
        seen.append(isinstance(QApplication.activeModalWidget(), QFileDialog))
        window_open.lock()

    QTimer.singleShot(100, lock)
    assert QtPrompter().open_path(window_open, "Import") is None
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert seen == [True]
    three_are_in(tmp_path / "journal.vault")


def test_closing_while_the_journal_is_being_opened(qtbot: Any, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "journal.vault"
    made, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=window.context.clock, state_dir=tmp_path)
    made.save(JournalPage(at=Moment(NOW), text="kept"))
    made.close()
    window.offer(path)
    window.welcome.unlock.password.edit.setText(PASSWORD)
    window.welcome.unlock.next.click()
    window.close()
    assert not window.isVisible() and not window.context.tasks.is_open
    assert "kept" in everything_in(path), "nobody holds it any more"


def test_killed_right_after_locking_the_text_is_there(
    running: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    path = tmp_path / "mine.vault"
    running.stdin.write(f"{path}\n{PASSWORD}\nquillwort heliotrope\n".encode())
    running.stdin.flush()
    assert running.stdout.readline() == b"written\n", running.stderr.read()
    running.stdin.write(b"lock\n")
    running.stdin.flush()
    wait(lambda: b"--resume" in proc(running.pid, "cmdline"))
    running.send_signal(signal.SIGKILL)
    running.wait()
    service = JournalService.open(path, password=PASSWORD)
    assert any("quillwort heliotrope" in repr(draft.record) for draft in service.drafts())
    service.close()


# -- never waiting for the vault ------------------------------------------------------------------------------------


def test_the_window_goes_on_while_the_vault_is_busy(
    qtbot: Any, window_open: MainWindow, replaced: list[Path | None]
) -> None:
    """The vault thread waits for what only the window can say: if the window waited for it, neither would go on."""
    say, waited = threading.Event(), []
    window_open.context.tasks.run(partial(say.wait, 60), waited.append)
    for name in ("journey", "charts", "preferences", "share", "today"):
        window_open.stack.go(Place(name))
        QApplication.processEvents()
    window_open.lock()
    assert window_open.rooms.currentWidget() is window_open.cover
    QApplication.processEvents()
    assert replaced == [] and waited == []
    say.set()
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert waited == [True]


def test_the_window_goes_on_while_the_journal_is_left(
    qtbot: Any, window_open: MainWindow, replaced: list[Path | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leaving makes a backup and a copy for other devices, which may take a moment."""
    say, waited, leave = threading.Event(), [], JournalService.leave

    def slowly(service: JournalService) -> None:
        waited.append(say.wait(60))
        leave(service)

    monkeypatch.setattr(JournalService, "leave", slowly)
    window_open.lock()
    QTimer.singleShot(100, say.set)
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert waited == [True]


def test_the_cost_of_a_password_leaves_the_window_free(qtbot: Any, context: Any, tmp_path: Path) -> None:
    """At the full cost of 256 MiB, three times over: events go on being answered all the while."""
    turns = []
    timer = QTimer(context.tasks)
    timer.timeout.connect(partial(turns.append, None))
    timer.start(0)

    def create() -> bool:
        vault, _ = Vault.create(tmp_path / "mine.vault", PASSWORD, profile=STANDARD, state_dir=tmp_path)
        vault.close()
        return True

    assert answer(qtbot, partial(context.tasks.run, create), timeout=60_000)
    timer.stop()
    assert len(turns) > 20


def test_a_hundred_thousand_calls(tmp_path: Path) -> None:
    """PySide6 6.12.0 lost a reference to None with each call that returned it, and ended the process."""
    script = """
        import sys
        from PySide6.QtCore import QObject, QTimer
        from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
        app = QApplication([])
        label, line, thing = QLabel(), QLineEdit(), QObject()
        calls = [
            lambda: label.setText("x"), lambda: line.setText("x"), lambda: label.update(), lambda: label.parent(),
            lambda: thing.setObjectName("x"), lambda: label.setProperty("role", None), lambda: label.property("none"),
            lambda: app.processEvents(), lambda: thing.blockSignals(False), lambda: QApplication.focusWidget(),
        ]
        before = sys.getrefcount(None)
        for number in range(10_000):
            for call in calls:
                call()
        lost = before - sys.getrefcount(None)
        print(lost if sys.version_info < (3, 12) else 0)  # later None is for ever
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert abs(int(done.stdout)) < 1000


# -- sizes ---------------------------------------------------------------------------------------------------------


def test_twenty_thousand_entries_and_a_note_of_a_megabyte(qtbot: Any, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "journal.vault"
    service, _ = JournalService.create(
        path, PASSWORD, profile=FAST, clock=window.context.clock, state_dir=tmp_path / "state"
    )
    many = [JournalPage(at=Moment(NOW), title=f"entry {number}", text=f"words {number}") for number in range(20_000)]
    service.save_many(many)
    service.close()
    window.offer(path)
    window.welcome.unlock.password.edit.setText(PASSWORD)
    window.welcome.unlock.next.click()
    settled(qtbot, window)
    go(qtbot, window, Place("journey"))
    assert len(ask(qtbot, window, JournalService.rows)) == 20_000
    found = ask(qtbot, window, partial(JournalService.rows, query=Query(text="19999")))
    assert [row.title for row in found] == ["entry 19999"]
    text = "a long note " * 90_000
    saved = ask(qtbot, window, partial(JournalService.save, record=JournalPage(at=Moment(NOW), text=text)))
    page = go(qtbot, window, Place("write", eid=saved.eid, kind="page"))
    shown = next(made for made in page.findChildren(QTextEdit) if made.isVisible() and not made.isReadOnly())
    assert len(shown.toPlainText()) == len(text)
    assert not window.banner.isVisible()
