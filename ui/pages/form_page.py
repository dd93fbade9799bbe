"""A form for one record: sealed as it is filled in, saved when asked, kept as a draft when left."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from journal.errors import JournalError
from journal.ids import new_id
from journal.records import Record
from journal.records.base import MAX_LINE
from journal.service import DraftView, JournalService, Saved
from journal.store import Item
from ui import words
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.sealing import SealTimer
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, row
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.labels import label


class Loaded(msgspec.Struct, frozen=True):
    """What a form begins with. `more` is what a certain form asked for besides."""

    item: Item | None
    draft: DraftView | None
    read_only: bool
    more: Any = None


class FormPage(Page):
    """What the forms have in common. Each says how it is built, filled and read, and where one goes from it."""

    record_type: ClassVar[type[Record]]
    measure: ClassVar[int] = 620  # px: the widest the column gets
    kept = "Here is what you had begun. It was kept for you."
    nothing = ""  # said where nothing was given that could be saved
    removed = "Removed. Undo brings it back (Ctrl+Z)."

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._place = Place("today")
        self._eid = ""
        self._saved: Any = None
        self._changed = False  # something is not saved
        self._unsealed = False  # something is not sealed as a draft either
        self._loading = False
        self.sealing = SealTimer(self)
        self.sealing.due.connect(self.seal)
        self._lay()
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_save)

    # -- what a certain form says ------------------------------------------------------------------------------------

    def build(self, column: Column) -> None:
        """Add the fields. Every change of one of them calls `_on_edited`."""
        raise NotImplementedError

    def fill(self, shown: Any, loaded: Loaded) -> None:
        """Show a record, or an empty form where `shown` is None."""
        raise NotImplementedError

    def record(self) -> Record:
        """The record as it stands in the window. Raises `InvalidRecord`, e.g. for a text that is too long."""
        raise NotImplementedError

    def given(self) -> bool:
        """Whether anything was given that is worth keeping."""
        return True

    def first_field(self) -> QWidget:
        """Where the person will want the focus."""
        raise NotImplementedError

    @staticmethod
    def more(service: JournalService, place: Place) -> Any:
        """What the form needs to know besides its record. Runs on the vault thread."""
        return None

    def go_on(self, saved: Saved, *, new: bool) -> None:
        """Where the person goes once it is saved."""
        self.back.emit()

    def go_on_removed(self) -> None:
        """Where the person goes once it is removed."""
        self.back.emit()

    # -- coming, going, keeping ----------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        if place.eid is not None and place.eid == self._eid and self._changed:
            self.first_field().setFocus()  # back to what could not be kept when it was left
            return
        self._eid = place.eid or new_id()
        self._place = replace(place, eid=self._eid)
        self._changed = self._unsealed = False
        self.sealing.stop()
        self.banner.hide()
        op = partial(_load, place=self._place, more=self.more)
        self.context.tasks.ask(op, partial(self._on_loaded, self._eid), self.banner.show_error)
        self.first_field().setFocus()

    def leave(self) -> None:
        self.seal()
        if not self._unsealed:
            self._eid = ""  # what is shown next time is read anew

    @Slot()
    def seal(self) -> None:
        self.sealing.stop()
        if not (self._changed and self._unsealed and self.given()):
            return
        try:
            op = partial(JournalService.put_draft, eid=self._eid, record=self.record())
        except JournalError as error:
            self.banner.show_error(error)
            return
        self._unsealed = False
        self.context.tasks.ask(op, None, partial(self._on_not_sealed, self._place))

    def _on_not_sealed(self, place: Place, error: JournalError) -> None:
        if self._eid not in ("", place.eid):
            self.context.tasks.failed.emit(error)
            return
        self._eid, self._changed, self._unsealed = place.eid or "", True, True
        self.banner.show_error(error)
        self.sealing.try_again()
        if not self.isVisible():
            self.go.emit(place)  # what could not be kept is not let go

    def _on_loaded(self, eid: str, loaded: Loaded) -> None:
        if eid != self._eid:
            return
        self._saved = _of(self.record_type, loaded.item)
        draft = _of(self.record_type, loaded.draft)
        self._loading = True
        self.fill(draft or self._saved, loaded)
        self._loading = False
        self._changed, self._unsealed = draft is not None, False
        self.remove.setVisible(self._saved is not None and not loaded.read_only)
        self.history.setVisible(self._saved is not None)
        self.save.setVisible(not loaded.read_only)
        if draft is not None:
            self.banner.show_note(self.kept)

    @Slot()
    def _on_edited(self) -> None:
        if not self._loading:
            self._changed = self._unsealed = True
            self.banner.hide()
            self.sealing.touch()

    @Slot()
    def _on_save(self) -> None:
        if self.save.isHidden() or not self.save.isEnabled():
            return
        if not self.given():
            self.banner.show_note(self.nothing)
            return
        try:
            op = partial(JournalService.save, record=self.record(), eid=self._eid)
        except JournalError as error:
            self.banner.show_error(error)
            return
        self.sealing.stop()
        self.save.setEnabled(False)
        self.context.tasks.ask(op, self._on_saved, self._on_not_saved)

    def _on_saved(self, saved: Saved) -> None:
        new = self._saved is None
        self.save.setEnabled(True)
        self._changed = self._unsealed = False
        self.say.emit(f"{self.title} saved, {words.time(self.context.clock.now())}")
        self.go_on(saved, new=new)

    def _on_not_saved(self, error: JournalError) -> None:
        self.save.setEnabled(True)
        self._unsealed = True
        self.banner.show_error(error)
        self.sealing.try_again()

    @Slot()
    def _on_remove(self) -> None:
        self._changed = self._unsealed = False
        self.sealing.stop()
        self.context.tasks.ask(partial(JournalService.delete, eid=self._eid))
        self.say.emit(self.removed)
        self.go_on_removed()

    @Slot()
    def _on_history(self) -> None:
        self.go.emit(Place("history", eid=self._eid))

    # -- looks -----------------------------------------------------------------------------------------------------

    def _lay(self) -> None:
        theme = self.context.theme
        column = Column(width=self.measure, name=self.title)
        self.body.addWidget(column)
        self.heading = label(self.title, "title")
        column.body.addLayout(row(tool(theme, "Back (Esc)", "arrow-left", self.back), self.heading))
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        self.build(column)
        self.save = button(theme, "Save", self._on_save, kind="primary")
        self.save.setToolTip(f"Save this {self.title.lower()} (Ctrl+S)")
        name = f"Remove this {self.title.lower()}"
        self.remove = button(theme, name, self._on_remove, kind="quiet", icon_name="trash")
        self.history = button(theme, "Earlier versions", self._on_history, kind="quiet")
        holder = QWidget()
        flow = FlowLayout(holder)
        for made in (self.save, self.history, self.remove):
            flow.addWidget(made)
        column.body.addWidget(holder)
        column.body.addStretch(1)

    def line(self, form: Form, name: str, help_text: str = "") -> QLineEdit:
        """A field of one line."""
        field = QLineEdit()
        field.setMaxLength(MAX_LINE)
        field.textEdited.connect(self._on_edited)
        form.add(name, field, help_text)
        return field

    def number_of(self, form: Form, name: str, most: int, none: str) -> QSpinBox:
        """A field for a number from 1 to `most`; 0 reads as `none`."""
        field = QSpinBox()
        field.setRange(0, most)
        field.setSpecialValueText(none)
        field.lineEdit().setTextMargins(GAP["s"], 0, 0, 0)  # the style sheet's padding does not reach it
        field.valueChanged.connect(self._on_edited)
        form.add(name, field)
        return field

    def lines(self, form: Form, name: str) -> QPlainTextEdit:
        """A field of several lines."""
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setMinimumHeight(self.context.theme.px(96))
        field.textChanged.connect(self._on_edited)
        form.add(name, field)
        return field


def _of(kind: type[Record], found: Item | DraftView | None) -> Any:
    return found.record if found is not None and isinstance(found.record, kind) else None


def _load(service: JournalService, *, place: Place, more: Any) -> Loaded:
    return Loaded(service.find(place.eid), service.draft(place.eid or ""), service.read_only, more(service, place))
