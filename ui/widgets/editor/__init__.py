"""Writing: formatting without markup, and not one character changed that the person did not change."""

from __future__ import annotations

from ui.widgets.editor.editor import Editor
from ui.widgets.editor.find_bar import FindBar
from ui.widgets.editor.spell import SpellMarks
from ui.widgets.editor.toolbar import FormatBar

__all__ = ["Editor", "FindBar", "FormatBar", "SpellMarks"]
