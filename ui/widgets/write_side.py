"""Beside the text: the intention it belongs to, and questions that can be left alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from journal.records import Intention
from resources import read_text
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card, clear, row
from ui.widgets.covered import intention
from ui.widgets.labels import label


class WriteSide(Column):
    """The column beside the editor."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(width=420, name="Beside the text")
        self._theme = theme
        self.inner.parentWidget().layout().setContentsMargins(0, GAP["s"], GAP["l"], GAP["l"])
        self._questions: list[str] = []
        self._place = 0

    def show_for(self, kind: str, intentions: Sequence[Intention]) -> None:
        """Questions for a kind of writing, and the intentions of its session."""
        clear(self.body)
        for record in intentions:
            self.body.addWidget(intention(self._theme, record))
        self._questions = _prompts().get(kind, [])
        self._place = 0
        if self._questions:
            self.body.addWidget(self._make_questions())
        self.body.addStretch(1)

    def _make_questions(self) -> QWidget:
        frame, inside = card("well", spacing=GAP["s"])
        inside.addWidget(label("If a question helps", "eyebrow"))
        self._question = label(self._questions[0])
        self._question.setMinimumHeight(self._theme.px(64))
        self._question.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self._question)
        another = button(self._theme, "Another question", self._on_another, kind="quiet")
        inside.addLayout(row(another, None))
        return frame

    @Slot()
    def _on_another(self) -> None:
        self._place = (self._place + 1) % len(self._questions)
        self._question.setText(self._questions[self._place])


@cache
def _prompts() -> dict[str, list[str]]:
    return json.loads(read_text("prompts", "en.json"))
