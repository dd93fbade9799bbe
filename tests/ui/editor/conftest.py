"""An editor on the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ui.theme import Theme
from ui.widgets.editor import Editor


@pytest.fixture
def editor(qtbot, theme: Theme) -> Iterator[Editor]:
    """An empty editor with the focus."""
    made = Editor(theme)
    qtbot.addWidget(made)
    made.resize(640, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    yield made
    made.close()
