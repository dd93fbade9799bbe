"""The window, for the faults that a person meets in it."""

from tests.ui.conftest import _theme, clock, context, prompter, replaced, theme, window, window_open

__all__ = ["_theme", "clock", "context", "prompter", "replaced", "theme", "window", "window_open"]
