"""The words of a session lead to it."""

from __future__ import annotations

import gc

from PySide6.QtWidgets import QPushButton

from ui.widgets.words_panel import Told, WordsPanel


def test_each_session_is_opened_from_its_words(qtbot, theme) -> None:
    opened: list[str] = []
    panel = WordsPanel(theme, opened.append)
    qtbot.addWidget(panel)
    panel.set_told(tuple(Told(eid * 32, f"Session {eid}", "5 November", (), ()) for eid in "12"))
    gc.collect()
    for made in panel.findChildren(QPushButton):
        made.click()
    assert opened == ["1" * 32, "2" * 32]
