"""Beside the text: comments that came back, the intention it belongs to, questions, templates to begin from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.records import Intention, Template
from journal.service import Beside, Prompts
from ui.theme import Theme
from ui.widgets.beside import beside
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card, clear, row
from ui.widgets.covered import intention
from ui.widgets.labels import label


class WriteSide(Column):
    """The column beside the editor.

    Signals:
        template_wanted(Template): put this into the text.
        words_wanted(CommentView): show the words that this comment is about.
    """

    template_wanted = Signal(object)
    words_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(width=420, name="Beside the text")
        self._theme = theme
        self.inner.parentWidget().layout().setContentsMargins(0, GAP["s"], GAP["l"], GAP["l"])
        outer = self.body
        self._comments, self.body = QVBoxLayout(), QVBoxLayout()  # each is filled by itself
        for made in (self._comments, self.body):
            made.setSpacing(GAP["l"])
            outer.addLayout(made)
        self._questions: list[tuple[str, str]] = []  # the set's title, and the question
        self._place = 0

    def show_for(
        self, intentions: Sequence[Intention], prompts: Sequence[Prompts], templates: Sequence[Template]
    ) -> None:
        """The intentions of its session, questions, and templates."""
        clear(self.body)
        for record in intentions:
            self.body.addWidget(intention(self._theme, record))
        self._questions = [(one.title, question) for one in prompts for question in one.questions]
        self._place = 0
        if self._questions:
            self.body.addWidget(self._make_questions())
        if templates:
            self.body.addWidget(self._make_templates(templates))
        self.body.addStretch(1)

    def show_beside(self, found: Sequence[Beside]) -> None:
        """The comments that came back on the entry."""
        clear(self._comments)
        if found:
            self._comments.addWidget(beside(self._theme, found, self.words_wanted.emit))

    def _make_questions(self) -> QWidget:
        frame, inside = card("well", spacing=GAP["s"])
        self._set = label("", "eyebrow")
        inside.addWidget(self._set)
        self._question = label("")
        self._question.setMinimumHeight(self._theme.px(64))
        self._question.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self._question)
        another = button(self._theme, "Another question", self._on_another, kind="quiet")
        inside.addLayout(row(another, None))
        self._show_question()
        return frame

    def _make_templates(self, templates: Sequence[Template]) -> QWidget:
        frame, inside = card("well", spacing=GAP["xs"])
        inside.addWidget(label("Begin from a template", "eyebrow"))
        for template in templates:
            made = button(
                self._theme, template.title or "Without a name", partial(self._on_template, template), kind="link"
            )
            inside.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _show_question(self) -> None:
        title, question = self._questions[self._place]
        self._set.setText(f"If a question helps · {title}")
        self._question.setText(question)

    @Slot()
    def _on_another(self) -> None:
        self._place = (self._place + 1) % len(self._questions)
        self._show_question()

    def _on_template(self, template: Template, _on: bool = False) -> None:
        self.template_wanted.emit(template)
