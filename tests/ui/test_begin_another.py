"""Another journal is begun while one is open: the form is next, and the way back leads to the former one."""

from __future__ import annotations

import os
from pathlib import Path

from ui.arguments import BEGIN
from ui.main import _stand
from ui.window import MainWindow


def test_the_form_is_next_and_back_is_the_former_journal(
    qtbot, window_open: MainWindow, monkeypatch, tmp_path: Path
) -> None:
    asked: list[tuple[Path | None, bool]] = []
    window_open._replace = lambda path, begin=False: asked.append((path, begin))
    remembered = window_open.context.settings.last_journal
    window_open.menu_actions["begin-journal"].trigger()
    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    assert asked == [(tmp_path / "journal.vault", True)]
    assert window_open.context.settings.last_journal == remembered


def test_the_process_after_it_stands_at_the_form(qtbot, window: MainWindow, tmp_path: Path) -> None:
    former = tmp_path / "former.vault"
    former.write_bytes(b"x")
    read, write = os.pipe()
    os.write(write, os.fsencode(former))
    os.close(write)
    _stand(window, [BEGIN, str(read)], window.context.settings)
    assert window.welcome.step is window.welcome.create
    window.welcome.create.back.emit()
    assert window.welcome.step is window.welcome.unlock
    assert window.welcome.path == former
