"""An editor on the screen, with its buttons above it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.editor import Editor, FindBar, FormatBar


@pytest.fixture
def editor(qtbot, theme: Theme) -> Iterator[Editor]:
    """An empty editor with the focus. `window()` holds it with its buttons and its find bar."""
    made = Editor(theme)
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    for widget in (FormatBar(theme, made), FindBar(theme, made), made):
        column.addWidget(widget)
    holder.resize(640, 400)
    with qtbot.waitExposed(holder):
        holder.show()
    holder.activateWindow()
    made.setFocus()
    yield made
    holder.close()


@pytest.fixture
def bar(editor: Editor) -> FormatBar:
    """The editor's buttons."""
    return editor.window().findChild(FormatBar)


@pytest.fixture
def find(editor: Editor) -> FindBar:
    """The editor's find bar, closed."""
    return editor.window().findChild(FindBar)
