"""A course of sessions: its name, where it stands, how many were planned."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from journal.errors import JournalError
from journal.ids import new_id
from journal.records import Course, Phase
from journal.records.base import MAX_LINE
from journal.service import DraftView, JournalService, Saved
from journal.store import Item
from ui import words
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import Column, row
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.moment_edit import MomentEdit, moment_of


class _Loaded(msgspec.Struct, frozen=True):
    item: Item | None
    draft: DraftView | None


class EditCoursePage(Page):
    """The form of one course."""

    title = "Course"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._eid = ""
        self._saved: Course | None = None
        self._changed = self._loading = False
        self._build()
        made = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(self._on_save)

    def show_place(self, place: Place) -> None:
        self._eid = place.eid or new_id()
        self.banner.hide()
        self.context.tasks.ask(
            partial(_load, eid=self._eid), partial(self._on_loaded, self._eid), self.banner.show_error
        )
        self.name.setFocus()

    def seal(self) -> None:
        if self._changed:
            self.context.tasks.ask(partial(JournalService.put_draft, eid=self._eid, record=self.record()))

    def record(self) -> Course:
        """The course as it stands in the window."""
        return msgspec.structs.replace(
            self._saved or Course(),
            title=self.name.text(),
            started=self.started.moment(),
            phase=self.phase.currentData(),
            planned=self.planned.value() or None,
            notes=self.notes.toPlainText(),
        )

    def _on_loaded(self, eid: str, loaded: _Loaded) -> None:
        if eid != self._eid:
            return
        self._saved = loaded.item.record if loaded.item and isinstance(loaded.item.record, Course) else None
        draft = loaded.draft.record if loaded.draft and isinstance(loaded.draft.record, Course) else None
        shown = draft or self._saved
        self._loading = True
        self._heading.setText("The course" if self._saved else "A new course")
        self.name.setText(shown.title if shown else "")
        started = shown.started if shown and shown.started else moment_of(self.context.clock.now())
        self.started.set_moment(started)
        self.phase.setCurrentIndex(self.phase.findData(shown.phase if shown else Phase.PREPARATION))
        self.planned.setValue((shown.planned or 0) if shown else 0)
        self.notes.setPlainText(shown.notes if shown else "")
        self._loading = False
        self._changed = draft is not None
        self.remove.setVisible(self._saved is not None)

    @Slot()
    def _on_edited(self) -> None:
        if not self._loading:
            self._changed = True

    @Slot()
    def _on_save(self) -> None:
        try:
            op = partial(JournalService.save, record=self.record(), eid=self._eid)
        except JournalError as error:
            self.banner.show_error(error)
            return
        self.context.tasks.ask(op, self._on_saved, self.banner.show_error)

    def _on_saved(self, saved: Saved) -> None:
        new = self._saved is None
        self._changed = False
        self.say.emit(f"Course saved, {words.time(self.context.clock.now())}")
        if new:
            self.go.emit(Place("edit-session", course=saved.eid))
        else:
            self.back.emit()

    @Slot()
    def _on_remove(self) -> None:
        self._changed = False
        self.context.tasks.ask(partial(JournalService.delete, eid=self._eid))
        self.say.emit("Course removed; its sessions stay. Undo brings it back (Ctrl+Z).")
        self.back.emit()

    def _build(self) -> None:
        theme = self.context.theme
        column = Column(width=620, name=self.title)
        self.body.addWidget(column)
        self._heading = label("", "title")
        column.body.addLayout(row(tool(theme, "Back (Esc)", "arrow-left", self.back.emit), self._heading))
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        form = Form(theme)
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_LINE)
        self.name.setPlaceholderText("Autumn")
        self.name.textEdited.connect(self._on_edited)
        form.add("What you call it", self.name)
        self.phase = QComboBox()
        for phase in Phase:
            self.phase.addItem(words.PHASE_NAMES[phase], phase)
        self.phase.activated.connect(self._on_edited)
        form.add("Where it stands", self.phase, "You say so; the program never moves it.")
        self.planned = QSpinBox()
        self.planned.setRange(0, 999)
        self.planned.setSpecialValueText("Not said")
        self.planned.valueChanged.connect(self._on_edited)
        form.add("How many sessions were planned", self.planned)
        self.started = MomentEdit()
        self.started.edited.connect(self._on_edited)
        form.add("When it began", self.started)
        self.notes = QPlainTextEdit()
        self.notes.setTabChangesFocus(True)
        self.notes.setMinimumHeight(theme.px(96))
        self.notes.textChanged.connect(self._on_edited)
        form.add("Notes", self.notes)
        column.body.addWidget(form)
        self.save = button(theme, "Save", self._on_save, kind="primary")
        self.remove = button(theme, "Remove this course", self._on_remove, kind="quiet", icon_name="trash")
        column.body.addLayout(row(self.save, None, self.remove))
        column.body.addStretch(1)


def _load(service: JournalService, *, eid: str) -> _Loaded:
    return _Loaded(service.find(eid), service.draft(eid))
