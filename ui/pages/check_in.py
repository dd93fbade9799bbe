"""A check-in: seven sliders, twenty seconds, any of them left alone."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLabel, QLineEdit, QWidget

from journal.errors import JournalError
from journal.ids import new_id
from journal.records import SLIDERS, CheckIn
from journal.records.base import MAX_LINE
from journal.service import DraftView, JournalService, Saved, SessionSummary
from journal.store import Item
from ui import words
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, row
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.moment_edit import MomentEdit, moment_of
from ui.widgets.slider import RatingSlider

_BELONGS = timedelta(days=14)  # a check-in within this time after a session is offered to stand by it
_BESIDE = 600  # px at 100 %
_OWN = "These sliders are this program's own. They are not a validated questionnaire, and nobody scores them."


class _Loaded(msgspec.Struct, frozen=True):
    item: Item | None
    draft: DraftView | None
    sessions: tuple[SessionSummary, ...]
    read_only: bool


class CheckInPage(Page):
    """The form of one check-in."""

    title = "Check-in"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._eid = ""
        self._saved: CheckIn | None = None
        self._changed = False
        self._loading = False
        self._build()
        made = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(self._on_save)

    def show_place(self, place: Place) -> None:
        if place.eid is not None and place.eid == self._eid and self._changed:
            return
        self._eid = place.eid or new_id()
        self._wanted = place.session
        self.banner.hide()
        self.context.tasks.ask(
            partial(_load, eid=self._eid), partial(self._on_loaded, self._eid), self.banner.show_error
        )
        self.sliders[0].setFocus()

    def seal(self) -> None:
        if self._changed and self._given():
            op = partial(JournalService.put_draft, eid=self._eid, record=self.record())
            self.context.tasks.ask(op)

    def restyle(self) -> None:
        for slider in self.sliders:
            slider.updateGeometry()
            slider.update()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Names beside the sliders where there is room, else above them."""
        scale = self.context.theme.scale / 100
        beside = self.width() >= _BESIDE * scale
        for line, name in zip(self._lines, self._names, strict=True):
            line.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
            name.setFixedWidth(round(140 * scale)) if beside else name.setMinimumWidth(0)
            if not beside:
                name.setMaximumWidth(16_777_215)

    def record(self) -> CheckIn:
        """The check-in as it stands in the window."""
        base = self._saved or CheckIn(at=self.when.moment())
        answers = {slider.slider.name: slider.answer for slider in self.sliders}
        return msgspec.structs.replace(
            base,
            at=self.when.moment(),
            note=self.note.text(),
            session=self.session.currentData(),
            **answers,
        )

    # -- loading and keeping -------------------------------------------------------------------------------------

    def _on_loaded(self, eid: str, loaded: _Loaded) -> None:
        if eid != self._eid:
            return
        self._saved = loaded.item.record if loaded.item and isinstance(loaded.item.record, CheckIn) else None
        draft = loaded.draft.record if loaded.draft and isinstance(loaded.draft.record, CheckIn) else None
        shown = draft or self._saved
        self._loading = True
        at = shown.at if shown else moment_of(self.context.clock.now())
        self.when.set_moment(at)
        self.note.setText(shown.note if shown else "")
        for slider in self.sliders:
            slider.set_answer(getattr(shown, slider.slider.name) if shown else None)
        self._fill_sessions(loaded.sessions, shown, at.at)
        self._loading = False
        self._changed = draft is not None
        self.remove.setVisible(self._saved is not None and not loaded.read_only)
        self.save.setVisible(not loaded.read_only)
        if draft is not None:
            self.banner.show_note("Here are the answers you had begun. They were kept for you.")

    def _fill_sessions(self, sessions: tuple[SessionSummary, ...], shown: CheckIn | None, at: object) -> None:
        self.session.clear()
        self.session.addItem("No session", None)
        chosen = shown.session if shown else self._wanted
        for one in reversed(sessions):
            if one.session.happened or one.eid == chosen:
                self.session.addItem(f"{one.label}, {words.day(one.session.starts)}", one.eid)
                near = timedelta(0) <= at - one.session.starts.at <= _BELONGS
                if shown is None and chosen is None and near:
                    chosen = one.eid
        self.session.setCurrentIndex(max(0, self.session.findData(chosen)))
        self._by.setVisible(self.session.count() > 1)

    def _given(self) -> bool:
        return any(slider.answer is not None for slider in self.sliders) or bool(self.note.text().strip())

    @Slot()
    def _on_edited(self) -> None:
        if not self._loading:
            self._changed = True
            self.banner.hide()

    @Slot()
    def _on_save(self) -> None:
        if not self._given():
            self.banner.show_note("Move at least one slider. The others can stay as they are.")
            return
        try:
            op = partial(JournalService.save, record=self.record(), eid=self._eid)
        except JournalError as error:
            self.banner.show_error(error)
            return
        self.save.setEnabled(False)
        self.context.tasks.ask(op, self._on_saved, self._on_failed)

    def _on_saved(self, _saved: Saved) -> None:
        self.save.setEnabled(True)
        self._changed = False
        self.say.emit(f"Check-in saved, {words.time(self.context.clock.now())}")
        self.back.emit()

    def _on_failed(self, error: JournalError) -> None:
        self.save.setEnabled(True)
        self.banner.show_error(error)

    @Slot()
    def _on_remove(self) -> None:
        self._changed = False
        self.context.tasks.ask(partial(JournalService.delete, eid=self._eid))
        self.say.emit("Check-in removed. Undo brings it back (Ctrl+Z).")
        self.back.emit()

    # -- looks -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self.context.theme
        column = Column(width=680, name=self.title)
        self.body.addWidget(column)
        head = row(tool(theme, "Back (Esc)", "arrow-left", self.back.emit), label("How are you, right now?", "title"))
        column.body.addLayout(head)
        column.body.addWidget(label("Skip whatever you like. A slider you leave alone counts as no answer.", "muted"))
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        self.sliders: list[RatingSlider] = []
        self._lines: list[QBoxLayout] = []
        self._names: list[QLabel] = []
        for slider in SLIDERS:
            name = label(slider.title)
            made = RatingSlider(theme, slider)
            made.answered.connect(self._on_edited)
            name.setBuddy(made)
            line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            line.setSpacing(GAP["s"])
            line.addWidget(name, 0, Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(made, 1)
            column.body.addLayout(line)
            self.sliders.append(made)
            self._lines.append(line)
            self._names.append(name)
        form = Form(theme)
        self.note = QLineEdit()
        self.note.setMaxLength(MAX_LINE)
        self.note.textEdited.connect(self._on_edited)
        self.note.returnPressed.connect(self._on_save)
        form.add("A word beside it, if you like", self.note)
        self.when = MomentEdit()
        self.when.edited.connect(self._on_edited)
        form.add("When", self.when)
        self.session = QComboBox()
        self.session.activated.connect(self._on_edited)
        self._by = form.add("Which session does it stand by?", self.session)
        column.body.addWidget(form)
        self.save = button(theme, "Save", self._on_save, kind="primary")
        self.save.setToolTip("Save this check-in (Ctrl+S)")
        self.remove = button(theme, "Remove", self._on_remove, kind="quiet", icon_name="trash")
        column.body.addLayout(row(self.save, None, self.remove))
        column.body.addWidget(label(_OWN, "small"))
        column.body.addStretch(1)


def _load(service: JournalService, *, eid: str) -> _Loaded:
    return _Loaded(service.find(eid), service.draft(eid), service.sessions(), service.read_only)
