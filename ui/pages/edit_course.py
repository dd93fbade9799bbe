"""A course of sessions: its name, what it is for, where it stands, its phases, and who is part of it."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from journal.records import Course, Moment, Phase, Provider
from journal.service import JournalService, Saved
from journal.store import Item
from ui import words
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.cards import GAP, Column, clear
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.moment_edit import MomentEdit, moment_of
from ui.widgets.phases_edit import PhasesEdit
from ui.widgets.targets import TargetEdit

_STANDS = "You say so. Where its phases below have dates, it stands in the one that has begun."
_NO_PROVIDERS = "Clinics and people are added on the course's own page, once it is saved."


class EditCoursePage(FormPage):
    """The form of one course."""

    title = "Course"
    record_type = Course
    removed = "Course removed; its sessions stay."

    def first_field(self) -> QWidget:
        return self.name

    def record(self) -> Course:
        return msgspec.structs.replace(
            self._saved or Course(),
            title=self.name.value(),
            started=self._began(),
            phase=Phase(self.phase.currentData()),
            planned=self.planned.value() or None,
            notes=self.notes.value(),
            phases=self.phases.phases(),
            targets=self.targets.targets(),
            providers=self._chosen(),
        )

    def _began(self) -> Moment | None:
        """When it began; of a course that never said, nothing until somebody says it."""
        known, shown = self._saved, self.started.moment()
        return None if known is not None and known.started is None and shown == self._offered else shown

    @staticmethod
    def more(service: JournalService, place: Place) -> tuple[Item, ...]:
        return service.providers()

    def fill(self, shown: Course | None, loaded: Loaded) -> None:
        self.heading.setText("The course" if self._saved else "A new course")
        self.name.set_value(shown.title if shown else "")
        self._offered = moment_of(self.context.clock.now())
        self.started.set_moment(shown.started if shown and shown.started else self._offered)
        self.phase.setCurrentIndex(self.phase.findData(shown.phase if shown else Phase.PREPARATION))
        self.planned.setValue((shown.planned or 0) if shown else 0)
        self.notes.set_value(shown.notes if shown else "")
        self.phases.set_phases(shown.phases if shown else ())
        self.targets.set_targets(shown.targets if shown else ())
        self._fill_providers(loaded.more, shown.providers if shown else ())

    def _fill_providers(self, providers: tuple[Item, ...], chosen: tuple[str, ...]) -> None:
        clear(self._providers)
        self._ticks: dict[str, QCheckBox] = {}
        self._named = chosen
        for item in providers:
            assert isinstance(item.record, Provider)
            tick = QCheckBox(item.record.name.replace("&", "&&"))
            tick.setAccessibleName(f"{item.record.name}, {words.ROLE_NAMES[item.record.role]}")
            tick.setChecked(item.eid in chosen)
            tick.toggled.connect(self._on_edited)
            self._ticks[item.eid] = tick
            self._providers.addWidget(tick)
        if not providers:
            self._providers.addWidget(label(_NO_PROVIDERS, "small"))

    def _chosen(self) -> tuple[str, ...]:
        """Who is ticked, in the order they were. One that was removed keeps its place: undo may bring it back."""
        kept = [eid for eid in self._named if eid not in self._ticks or self._ticks[eid].isChecked()]
        added = [eid for eid, tick in self._ticks.items() if tick.isChecked() and eid not in kept]
        return (*kept, *added)

    def _set_read_only(self, read_only: bool) -> None:
        super()._set_read_only(read_only)
        self.targets.set_read_only(read_only)
        self.phases.set_read_only(read_only)

    def go_on(self, saved: Saved, *, new: bool) -> None:
        if new and self._place.session is not None:  # it was made for that session
            self.go.emit(Place("edit-session", eid=self._place.session, course=saved.eid))
        elif new:
            self.go.emit(Place("course", eid=saved.eid))
        else:
            self.back.emit()

    def go_on_removed(self) -> None:
        self.go.emit(Place("course"))

    def build(self, column: Column) -> None:
        theme = self.context.theme
        form = Form(theme)
        self.name = self.line(form, "What you call it")
        self.name.setPlaceholderText("Autumn")
        self.targets = TargetEdit(theme)
        self.targets.edited.connect(self._on_edited)
        self.targets.own.inputRejected.connect(self._on_full)
        form.add("What it is for", self.targets)
        self.phase = QComboBox()
        for phase in Phase:
            self.phase.addItem(words.PHASE_NAMES[phase], phase)
        self.phase.activated.connect(self._on_edited)
        form.add("Where it stands", self.phase, _STANDS)
        self.planned = self.number_of(form, "How many sessions were planned", 999, "Not said")
        self.started = MomentEdit()
        self.started.edited.connect(self._on_edited)
        form.add("When it began", self.started)
        self.phases = PhasesEdit(theme, self.context.clock.now)
        self.phases.edited.connect(self._on_edited)
        self.phases.full.connect(self._on_full)
        form.add("Its phases, if you want to keep them", self.phases)
        holder = QWidget()
        self._providers = QVBoxLayout(holder)
        self._providers.setContentsMargins(0, 0, 0, 0)
        self._providers.setSpacing(GAP["xs"])
        holder.setAccessibleName("Who is part of it")
        self._ticks, self._named = {}, ()
        form.add("Who is part of it", holder)
        self.notes = self.lines(form, "What was agreed, and other notes")
        column.body.addWidget(form)
