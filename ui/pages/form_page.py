"""A form for one record: sealed as it is filled in, saved when asked, kept as a draft when left."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

import msgspec
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QSpinBox,
    QWidget,
)

from journal.change import Change
from journal.errors import InvalidRecord, JournalError, Resting
from journal.ids import new_id
from journal.records import Record
from journal.records.base import MAX_LINE
from journal.service import DraftView, JournalService, Saved
from journal.store import Item
from ui import words
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.sealing import SealTimer, begun_from, keeping, remove
from ui.visits import Visits
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, row
from ui.widgets.fields import LineEdit, TextArea
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.labels import label

_PATIENCE = 200  # ms


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
    removed = "Removed."

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._place = Place("today")
        self._eid = ""
        self._saved: Any = None
        self._over = ""  # the version that what is shown began from
        self._changed = False  # something is not saved
        self._unsealed = False  # something is not sealed as a draft either
        self._loading = False
        self._complained = False  # the banner says that something could not be kept
        self._loaded: Loaded | None = None
        self._visits: Visits[None] = Visits()  # the fields hold what was typed until they are filled anew
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

    def saving(self) -> Any:
        """What saves the record: called with the journal, `eid` and `record`, on the vault thread."""
        return JournalService.save

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
        self._settle()
        self._loading = True  # until it is there: what stands in the fields is another one's
        self._area.setEnabled(False)  # keys would be lost when it comes
        self._curtain.start()
        self.banner.hide()
        op = partial(_load, place=self._place, more=self.more)
        visit = self._visits.begin()
        self.context.tasks.ask(op, partial(self._on_answer, visit), partial(self._on_not_loaded, visit))

    def leave(self) -> None:
        self.seal()
        if not self._unsealed:
            self._eid = ""  # what is shown next time is read anew

    @Slot()
    def seal(self) -> None:
        self.sealing.stop()
        if not (self._changed and self._unsealed and self.given()):
            return
        op = keeping(JournalService.put_draft, self._eid, self.record, self._over)
        self._unsealed = False
        self.context.tasks.ask(op, self._on_sealed, partial(self._on_not_kept, self._place))

    def _on_sealed(self, _none: None) -> None:
        if self._complained:
            self._complained = False
            self.banner.hide()

    def _on_not_kept(self, place: Place, error: JournalError) -> None:
        """What could not be kept is not let go: a person who left is taken back to it.

        It is all still in the fields. Another form may have been asked for, or the same one again, but that answer
        comes after this one: it is not shown.
        """
        self._visits.begin()
        self._place, self._eid = place, place.eid or ""
        self._changed = self._unsealed = self._complained = True
        self._loading = False
        self._uncover()
        self.save.setEnabled(True)
        self.banner.show_error(error)
        if not isinstance(error, InvalidRecord):  # time alone does not mend what breaks its own rules
            self.sealing.try_again()
        if not self.isVisible():
            self.go.emit(place)

    def _uncover(self) -> None:
        self._curtain.stop()
        self._area.setEnabled(True)
        self._area.show()
        self.first_field().setFocus()

    @Slot()
    def _from_the_top(self) -> None:
        """Not where another one was left: the heading is seen, and so is where one types."""
        focus = QApplication.focusWidget()
        self._column.verticalScrollBar().setValue(0)
        if focus is not None and self._area.isAncestorOf(focus):
            self._column.ensureWidgetVisible(focus, 0, GAP["xl"])

    def _on_not_loaded(self, visit: int, error: JournalError) -> None:
        if visit != self._visits.now:
            return
        self._uncover()
        self._set_read_only(True)  # nothing filled in here could be kept
        self.banner.show_error(error)

    def _on_answer(self, visit: int, loaded: Loaded) -> None:
        if visit == self._visits.now and self._eid:  # else it was left, or what could not be kept stands there
            self._on_loaded(self._eid, loaded)

    def _on_loaded(self, eid: str, loaded: Loaded) -> None:
        if eid != self._eid:
            return
        self._uncover()
        QTimer.singleShot(0, self, self._from_the_top)  # once it is laid out
        self._loaded = loaded
        self._saved, self._over = _of(self.record_type, loaded.item), begun_from(loaded.item, loaded.draft)
        draft = _of(self.record_type, loaded.draft)
        self._fill(draft or self._saved)
        self._changed = draft is not None and not loaded.read_only
        self._set_read_only(loaded.read_only)
        self.remove.setVisible((self._saved is not None or draft is not None) and not loaded.read_only)
        self.history.setVisible(self._saved is not None)
        if draft is not None:
            can_revert = self._saved is not None and not loaded.read_only
            actions = [("Go back to what was saved", self._on_revert)] if can_revert else []
            self.banner.show_note(self.kept, actions=actions)
        elif loaded.item is not None and loaded.item.heads > 1:
            self.banner.show_note(words.ON_TWO_COMPUTERS, actions=[("See both", self._on_both)])

    def _fill(self, shown: Record | None) -> None:
        self._loading = True
        self.fill(shown, self._loaded)
        self._loading = False

    def _set_read_only(self, read_only: bool) -> None:
        self.save.setVisible(not read_only)
        for kind in (QLineEdit, QPlainTextEdit, QAbstractSpinBox):  # can be read and copied
            for field in self._column.findChildren(kind):
                field.setReadOnly(read_only)
        for kind in (QComboBox, QCheckBox, QSlider):
            for field in self._column.findChildren(kind):
                field.setEnabled(not read_only)

    def _settle(self) -> None:
        self._changed = self._unsealed = self._complained = False
        self.sealing.stop()

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
        op = keeping(self.saving(), self._eid, self.record, self._over)
        self._settle()
        self.save.setEnabled(False)
        done = partial(self._on_saved, self._eid, self._saved is None)
        self.context.tasks.ask(op, done, partial(self._on_not_kept, self._place))

    def _on_saved(self, eid: str, new: bool, saved: Saved) -> None:
        self.save.setEnabled(True)
        if eid == self._eid:
            self.go_on(saved, new=new)
        self.say.emit(f"{self.title} saved, {words.time(self.context.clock.now())}")  # at the place gone to

    @Slot()
    def _on_revert(self) -> None:
        self.banner.hide()
        self._settle()
        self._over = begun_from(self._loaded.item if self._loaded is not None else None, None)
        self._fill(self._saved)
        self.context.tasks.ask(partial(JournalService.drop_draft, eid=self._eid))

    @Slot()
    def _on_remove(self) -> None:
        op = partial(JournalService.delete, eid=self._eid)
        if self._changed and self.given():
            op = keeping(remove, self._eid, self.record, self._over)
        elif self._saved is None:
            op = partial(JournalService.drop_draft, eid=self._eid)
        self._settle()
        self.context.tasks.ask(op, self._on_removed, partial(self._on_not_removed, self._place))
        self.go_on_removed()

    def _on_not_removed(self, place: Place, error: JournalError) -> None:
        if not isinstance(error, Resting):  # then it is in the journal as it was, and the window says until when
            self._on_not_kept(place, error)

    def _on_removed(self, change: Change | None) -> None:
        told = self.did if change is not None else self.say  # what was only begun is no step of undo
        told.emit(self.removed)

    @Slot()
    def _on_full(self) -> None:
        self.banner.show_note(f"This field has room for {MAX_LINE} characters. The rest was left out.", "warm")

    @Slot()
    def _on_both(self) -> None:
        self.go.emit(Place("two-versions", eid=self._eid))

    @Slot()
    def _on_history(self) -> None:
        self.go.emit(Place("history", eid=self._eid))

    # -- looks -----------------------------------------------------------------------------------------------------

    def _lay(self) -> None:
        theme = self.context.theme
        column = self._column = Column(width=self.measure, name=self.title)
        self.body.addWidget(column)
        self._area = column.inner
        self._curtain = QTimer(self)  # what is shown is another one's: it goes where the answer takes a while
        self._curtain.setSingleShot(True)
        self._curtain.setInterval(_PATIENCE)
        self._curtain.timeout.connect(self._area.hide)
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

    def line(self, form: Form, name: str, help_text: str = "") -> LineEdit:
        """A field of one line."""
        field = LineEdit()
        field.textEdited.connect(self._on_edited)
        field.inputRejected.connect(self._on_full)
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

    def lines(self, form: Form, name: str) -> TextArea:
        """A field of several lines."""
        field = TextArea()
        field.setMinimumHeight(self.context.theme.px(96))
        field.textChanged.connect(self._on_edited)
        form.add(name, field)
        return field


def _of(kind: type[Record], found: Item | DraftView | None) -> Any:
    return found.record if found is not None and isinstance(found.record, kind) else None


def _load(service: JournalService, *, place: Place, more: Any) -> Loaded:
    return Loaded(service.find(place.eid), service.draft(place.eid or ""), service.read_only, more(service, place))
