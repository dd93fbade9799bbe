"""The stretches of a course: each with a kind, a name, when it began and ended, and how many sessions were told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec
from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QSpinBox, QVBoxLayout, QWidget

from journal.records import CoursePhase, Moment, Phase
from ui import words
from ui.icons import icon
from ui.theme import Theme
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, row
from ui.widgets.fields import LineEdit, StillWheel
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.maybe_moment import MaybeMoment, day_of
from ui.widgets.timeline import name_of, time_of

_KINDS = tuple(phase for phase in Phase if phase is not Phase.ENDED)


class PhasesEdit(QWidget):
    """All of them, in the order of time.

    Signals:
        edited(): the person changed something.
    """

    edited = Signal()
    full = Signal()

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self._now = theme, now
        self._given: tuple[CoursePhase, ...] = ()
        self._read_only = False
        self.parts: list[PhaseEdit] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(GAP["m"])
        self.add = button(theme, "Add a phase", self._on_add, kind="quiet", icon_name="plus")
        self._body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.add)

    def set_phases(self, phases: tuple[CoursePhase, ...]) -> None:
        """Show these."""
        self._given = phases
        for part in self.parts:
            part.hide()
            part.deleteLater()
        self.parts = []
        for phase in phases:
            self._append(phase)

    def phases(self) -> tuple[CoursePhase, ...]:
        """What stands there; where anything was changed, by when each began. Those that did not begin come last."""
        found = tuple(part.phase() for part in self.parts)
        return found if found == self._given else tuple(_in_time(found))

    def set_read_only(self, read_only: bool) -> None:
        """Only to be looked at."""
        self._read_only = read_only
        self.add.setVisible(not read_only)
        for part in self.parts:
            part.set_read_only(read_only)

    def _append(self, phase: CoursePhase, *, open_: bool = False) -> PhaseEdit:
        part = PhaseEdit(self._theme, phase, self._now)
        part.set_open(open_)
        part.edited.connect(self.edited)
        part.full.connect(self.full)
        part.gone.connect(self._on_gone)
        part.moved.connect(self._on_moved)
        part.set_read_only(self._read_only)
        self.parts.append(part)
        self._body.insertWidget(len(self.parts) - 1, part)
        part.show()  # now: the focus may go to it
        return part

    @Slot()
    def _on_add(self) -> None:
        phase = CoursePhase(kind=Phase.PREPARATION if not self.parts else Phase.INDUCTION)
        self._append(phase, open_=True).kind.setFocus()
        self.edited.emit()

    @Slot(object)
    def _on_gone(self, part: PhaseEdit) -> None:
        self.parts.remove(part)
        part.hide()
        part.deleteLater()
        self.add.setFocus()
        self.edited.emit()

    @Slot()
    def _on_moved(self) -> None:
        """The order is that of time: a phase that begins earlier goes up, once its day is settled."""
        ordered = _in_time([part.phase() for part in self.parts])
        shown = [part.phase() for part in self.parts]
        if ordered != shown:
            by_phase = list(zip(shown, self.parts, strict=True))
            parts = []
            for phase in ordered:
                place = next(number for number, pair in enumerate(by_phase) if pair[0] == phase)
                parts.append(by_phase.pop(place)[1])
            focus = self.window().focusWidget()
            self.parts = parts
            for number, part in enumerate(parts):
                self._body.insertWidget(number, part)
            if focus is not None:
                focus.setFocus()


class PhaseEdit(QFrame):
    """One of them.

    Signals:
        edited(): the person changed something. moved(): its beginning was changed, and the field was left.
        gone(self): the person wants it removed. full(): a line has no more room.
    """

    edited = Signal()
    moved = Signal()
    gone = Signal(object)
    full = Signal()

    def __init__(self, theme: Theme, phase: CoursePhase, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._given, self._now = phase, now
        self.setProperty("role", "card")
        body = QVBoxLayout(self)
        body.setContentsMargins(GAP["m"], GAP["s"], GAP["m"], GAP["s"])
        body.setSpacing(GAP["s"])
        self.head = tool(theme, "", "caret-right", self._on_head)
        self.head.setCheckable(True)
        self._told = label("")
        self._remove = tool(theme, "Remove this phase", "trash", self._on_remove)
        across = row(self.head, self._told, self._remove)
        across.setStretch(1, 1)
        body.addLayout(across)
        self._theme = theme
        self._form = Form(theme)
        self._form.body.setSpacing(GAP["m"])
        self._form.body.setContentsMargins(GAP["xs"], 0, GAP["xs"], GAP["s"])
        body.addWidget(self._form)
        self._build(theme, phase)
        self._show_planned()
        self.set_open(False)
        StillWheel(self).watch(self)

    def _build(self, theme: Theme, phase: CoursePhase) -> None:
        form = self._form
        self.kind = QComboBox()
        for kind in (*_KINDS, *(() if phase.kind in _KINDS else (phase.kind,))):
            self.kind.addItem(words.PHASE_NAMES[kind], kind)
        self.kind.setCurrentIndex(self.kind.findData(phase.kind))
        self.kind.activated.connect(self._on_kind)
        form.add("What kind of phase", self.kind)
        self.name = LineEdit()
        self.name.set_value(phase.name)
        self.name.textEdited.connect(self._on_edited)
        self.name.inputRejected.connect(self.full)
        form.add("What you call it", self.name)
        self.started = MaybeMoment(theme, "When it began", self._today, day="first")
        self.ended = MaybeMoment(theme, "When it ended", self._today_last, day="last")
        for made, moment in ((self.started, phase.started), (self.ended, phase.ended)):
            made.set_moment(moment)
            made.edited.connect(self._on_edited)
        self.started.field.editingFinished.connect(self.moved)
        form.add("When it began", self.started)
        form.add("When it ended", self.ended, "Without a day it lasts until the next one began.")
        self.planned = QSpinBox()
        self.planned.setRange(0, 999)
        self.planned.setSpecialValueText("Not said")
        self.planned.setValue(phase.planned or 0)
        self.planned.lineEdit().setTextMargins(GAP["s"], 0, 0, 0)
        self.planned.valueChanged.connect(self._on_edited)
        self._planned = form.add("How many sessions it was said to have", self.planned)

    def set_open(self, open_: bool) -> None:
        """Show all of it, or one line."""
        self.head.setChecked(open_)
        shape = "caret-down" if open_ else "caret-right"
        self.head.setProperty("icon_name", shape)
        self.head.setIcon(icon(self._theme, shape))
        self._form.setVisible(open_)
        self._say()

    def _say(self) -> None:
        phase = self.phase()
        planned = f"{phase.planned} planned" if phase.planned else ""
        told = [name_of(phase), time_of(phase, phase.ended), planned]
        self._told.setText(" · ".join(part for part in told if part))
        self.head.setAccessibleName(f"{'Fold' if self.head.isChecked() else 'Open'} {self._told.text()[:60]}")
        self._remove.setAccessibleName(f"Remove this phase: {self._told.text()[:60]}")
        self.head.setToolTip("Fold it away" if self.head.isChecked() else "Change this phase")

    def phase(self) -> CoursePhase:
        """What stands there."""
        return msgspec.structs.replace(
            self._given,
            kind=Phase(self.kind.currentData()),
            name=self.name.value(),
            started=self.started.moment(),
            ended=self.ended.moment(),
            planned=self.planned.value() or None,
        )

    def set_read_only(self, read_only: bool) -> None:
        """Only to be looked at."""
        self._remove.setVisible(not read_only)
        self.kind.setEnabled(not read_only)
        self.name.setReadOnly(read_only)
        self.planned.setReadOnly(read_only)
        self.started.set_read_only(read_only)
        self.ended.set_read_only(read_only)

    def _show_planned(self) -> None:
        self._planned.setVisible(self.kind.currentData() != Phase.PAUSE or self.planned.value() > 0)

    def _today(self) -> Moment:
        return _day(self._now())

    def _today_last(self) -> Moment:
        return _day(self._now(), last=True)

    @Slot()
    def _on_head(self) -> None:
        self.set_open(self.head.isChecked())

    @Slot(int)
    def _on_kind(self, _index: int) -> None:
        self._show_planned()
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        self._say()
        self.edited.emit()

    @Slot()
    def _on_remove(self) -> None:
        self.gone.emit(self)


def _in_time(phases: list[CoursePhase] | tuple[CoursePhase, ...]) -> list[CoursePhase]:
    """By when each began. The first may have no beginning: it reaches back; all others without one come last."""
    first = list(phases[:1]) if phases and phases[0].started is None else []
    rest = list(phases[len(first) :])
    begun = sorted((phase for phase in rest if phase.started is not None), key=_began)
    return [*first, *begun, *(phase for phase in rest if phase.started is None)]


def _began(phase: CoursePhase) -> datetime:
    assert phase.started is not None
    return phase.started.at


def _day(now: datetime, *, last: bool = False) -> Moment:
    return day_of(QDate(now.year, now.month, now.day), last=last)
