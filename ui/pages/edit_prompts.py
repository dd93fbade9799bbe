"""A set of questions: one a line. A set that ships with the program can be changed, and come back to."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from journal.records import PromptSet
from journal.service import ABOUT, JournalService, Prompts
from ui import words
from ui.pages.edit_checklist import lines_in
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.cards import Column
from ui.widgets.form import Form

BUILT_IN = "set:"


class EditPromptsPage(FormPage):
    """The form of one set. `place.kind` is "set:" and the name of one that ships, or what a new one is about."""

    title = "Questions"
    record_type = PromptSet
    nothing = "Write at least one question, or go back."
    removed = "Removed."

    @staticmethod
    def more(service: JournalService, place: Place) -> Any:
        return service.prompts()

    def first_field(self) -> QWidget:
        return self.name

    def given(self) -> bool:
        return bool(self.questions.value().strip())

    def record(self) -> PromptSet:
        lines = lines_in("\n".join(" ".join(line.split()) for line in self.questions.value().splitlines()))
        return msgspec.structs.replace(
            self._saved or PromptSet(title="", about="page"),
            title=self.name.value().strip() or "Without a name",
            about=self.about.currentData(),
            questions=lines,
            shown=self.shown.isChecked(),
            replaces=self._replaces,
        )

    def fill(self, shown: PromptSet | None, loaded: Loaded) -> None:
        built_in = self._built_in(shown, loaded.more)
        self._replaces = built_in.built_in if built_in is not None else ""
        begin = shown or (
            PromptSet(title=built_in.title, about=built_in.about, questions=built_in.questions, shown=built_in.shown)
            if built_in is not None
            else PromptSet(title="", about=self._place.kind if self._place.kind in ABOUT else "page")
        )
        self.heading.setText("Questions" if shown or built_in else "Questions of my own")
        self.name.set_value(begin.title)
        self.about.setCurrentIndex(max(0, self.about.findData(begin.about)))
        self.questions.set_value("\n".join(begin.questions))
        self.shown.setChecked(begin.shown)
        name = "Go back to how they came" if built_in is not None else "Remove these questions"
        self.remove.setText(name)

    def _set_read_only(self, read_only: bool) -> None:
        super()._set_read_only(read_only)
        self.about.setEnabled(not read_only and not self._replaces)

    def _built_in(self, shown: PromptSet | None, sets: tuple[Prompts, ...]) -> Prompts | None:
        name = shown.replaces if shown is not None else self._place.kind.removeprefix(BUILT_IN)
        if shown is None and not self._place.kind.startswith(BUILT_IN):
            return None
        return next((one for one in sets if name and one.built_in == name), None)

    def build(self, column: Column) -> None:
        self._replaces = ""
        form = Form(self.context.theme)
        self.name = self.line(form, "What you call them")
        self.about = QComboBox()
        for about in ABOUT:
            self.about.addItem(words.KIND_NAMES[about], about)
        self.about.activated.connect(self._on_edited)
        form.add("What they stand beside", self.about)
        self.questions = self.lines(form, "The questions, one a line")
        self.questions.setMinimumHeight(self.context.theme.px(200))
        self.shown = QCheckBox("Offer them beside the text")
        self.shown.toggled.connect(self._on_edited)
        form.body.addWidget(self.shown)
        column.body.addWidget(form)
