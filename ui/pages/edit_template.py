"""A template: a text to begin a page with."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QComboBox, QWidget

from journal.records import Template
from journal.service import ABOUT
from ui import words
from ui.pages.form_page import FormPage, Loaded
from ui.widgets.cards import GAP, Column, card
from ui.widgets.editor import Editor, FormatBar
from ui.widgets.form import Form


class EditTemplatePage(FormPage):
    """The form of one template."""

    title = "Template"
    record_type = Template
    measure = 720
    nothing = "Write something first, or go back."

    def first_field(self) -> QWidget:
        return self.name

    def given(self) -> bool:
        return bool(self.name.value().strip()) or not self.editor.document().isEmpty()

    def record(self) -> Template:
        text, marks = self.editor.content()
        return msgspec.structs.replace(
            self._saved or Template(title="", about="page"),
            title=self.name.value().strip(),
            about=self.about.currentData(),
            text=text,
            marks=marks,
        )

    def fill(self, shown: Template | None, loaded: Loaded) -> None:
        self.heading.setText("Template" if shown else "A new template")
        self.name.set_value(shown.title if shown else "")
        self.about.setCurrentIndex(max(0, self.about.findData(shown.about if shown else "page")))
        self.editor.set_content(shown.text if shown else "", shown.marks if shown else ())

    def restyle(self) -> None:
        self._loading = True
        self.editor.restyle()
        self._loading = False

    def _set_read_only(self, read_only: bool) -> None:
        super()._set_read_only(read_only)
        self.editor.setReadOnly(read_only)
        self.format.setVisible(not read_only)

    def build(self, column: Column) -> None:
        form = Form(self.context.theme)
        self.name = self.line(form, "What you call it")
        self.about = QComboBox()
        for about in ABOUT:
            self.about.addItem(words.KIND_NAMES[about], about)
        self.about.activated.connect(self._on_edited)
        form.add("What it is for", self.about)
        self.editor = Editor(self.context.theme)
        self.editor.setPlaceholderText("Headings to fill in, or words you begin with each time.")
        self.editor.setMinimumHeight(self.context.theme.px(260))
        self.editor.edited.connect(self._on_edited)
        self.format = FormatBar(self.context.theme, self.editor)
        frame, inside = card(padding=GAP["m"], spacing=GAP["s"])
        inside.addWidget(self.format)
        inside.addWidget(self.editor)
        self.editor.setAccessibleName("The text")
        frame.setFocusProxy(self.editor)
        form.add("The text", frame)
        column.body.addWidget(form)
