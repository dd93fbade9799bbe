"""Stand-ins for what a test cannot have: a person answering questions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget


class FakePrompter:
    """Gives `answers` in order; `asked` holds (method, title, text) of each question. A question too many fails.

    An answer that is callable is called when its question is asked, e.g. to lock while a dialog is open.
    """

    def __init__(self, answers: Iterable[Any] = ()) -> None:
        self.answers: list[Any] = list(answers)
        self.asked: list[tuple[str, str, str]] = []

    def confirm(self, parent: QWidget | None, title: str, text: str, yes: str, no: str = "Cancel") -> bool:
        return bool(self._answer("confirm", title, text))

    def save_path(self, parent: QWidget | None, title: str, suggested_name: str, filter: str = "") -> Path | None:
        return self._answer("save_path", title, suggested_name)

    def open_path(self, parent: QWidget | None, title: str, filter: str = "") -> Path | None:
        return self._answer("open_path", title, filter)

    def open_paths(self, parent: QWidget | None, title: str, filter: str = "") -> tuple[Path, ...]:
        return tuple(self._answer("open_paths", title, filter))

    def folder(self, parent: QWidget | None, title: str) -> Path | None:
        return self._answer("folder", title, "")

    def _answer(self, method: str, title: str, text: str) -> Any:
        self.asked.append((method, title, text))
        if not self.answers:
            raise AssertionError(f"nobody answers: {method} “{title}”")
        answer = self.answers.pop(0)
        return answer() if callable(answer) else answer
