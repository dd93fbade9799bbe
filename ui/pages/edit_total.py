"""A total that a clinic told: of which questionnaire, how much, of how much, when, and by whom."""

from __future__ import annotations

import math
from functools import partial

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from journal.records import ScaleTotal
from ui.pages.form_page import FormPage, Loaded
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column
from ui.widgets.fields import LineEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.moment_edit import MomentEdit, moment_of

# What a clinic may have used, and from where to where its total goes. Names and ranges only.
PROPOSALS: tuple[tuple[str, float, float], ...] = (
    ("PHQ-9", 0, 27),
    ("GAD-7", 0, 21),
    ("PCL-5", 0, 80),
    ("QIDS-SR16", 0, 27),
    ("MADRS", 0, 60),
    ("MADRS-S", 0, 54),
    ("PSS-10", 0, 40),
    ("CADSS (23 items)", 0, 92),
    ("AUDIT-C", 0, 12),
    ("WHO-5", 0, 100),
    ("PGIC", 1, 7),
    ("SUDS", 0, 10),
)
_FIGURE = 160  # px: how wide a field for a number is, at 100 %
_NUMBER = "Write the total as a number, for example 21."
_RANGE = "The total must lie within its range. What you typed is kept as it is until then."


class EditTotalPage(FormPage):
    """The form of one total."""

    title = "Total from a clinic"
    record_type = ScaleTotal
    nothing = "Write which questionnaire it was, and its total."
    removed = "Total removed."

    def first_field(self) -> QWidget:
        return self.name

    def given(self) -> bool:
        fields = (self.name, self.total, self.low, self.high, self.told_by, self.note)
        return any(field.value().strip() for field in fields)

    def record(self) -> ScaleTotal:
        return msgspec.structs.replace(
            self._shown or ScaleTotal(at=self.when.moment(), name="", session=self._place.session),
            at=self.when.moment(),
            name=self.name.value(),
            total=self._value(self.total),
            low=self._value(self.low),
            high=self._value(self.high),
            told_by=self.told_by.value(),
            note=self.note.value(),
        )

    def _value(self, field: LineEdit) -> float | None:
        """The number in a field; of one that was left as it is, exactly the one that was given."""
        text, value = self._given[field]
        return value if field.value() == text else _number(field.value())

    @Slot()
    def _on_save(self) -> None:
        if self.save.isHidden() or not self.save.isEnabled():
            return
        missing = not self.name.value().strip() or not self.total.value().strip()
        numbers = [field for field in (self.total, self.low, self.high) if field.value().strip()]
        wrong = next((field for field in numbers if self._value(field) is None), None)
        if missing or wrong is not None:
            self.banner.show_note(self.nothing if missing else _NUMBER)
            (wrong or (self.total if self.name.value().strip() else self.name)).setFocus()
            return
        if not _in_order([self._value(field) for field in (self.low, self.total, self.high)]):
            self.banner.show_note(_RANGE)
            self.total.setFocus()
            return
        super()._on_save()

    def fill(self, shown: ScaleTotal | None, loaded: Loaded) -> None:
        self._shown = shown
        self._given = {
            self.total: _given(shown.total if shown else None),
            self.low: _given(shown.low if shown else None),
            self.high: _given(shown.high if shown else None),
        }
        self.when.set_moment(shown.at if shown else moment_of(self.context.clock.now()))
        for field, text in (
            (self.name, shown.name if shown else ""),
            (self.told_by, shown.told_by if shown else ""),
            (self.note, shown.note if shown else ""),
            *((field, text) for field, (text, _) in self._given.items()),
        ):
            field.set_value(text)
        self.proposals.setVisible(not loaded.read_only)

    def build(self, column: Column) -> None:
        self._shown: ScaleTotal | None = None
        self._given: dict[LineEdit, tuple[str, float | None]] = {}
        column.body.addWidget(label("As you were told it. Nothing is made of it.", "muted"))
        form = Form(self.context.theme)
        self.name = self.line(form, "Which questionnaire")
        self.proposals = QWidget()
        flow = FlowLayout(self.proposals)
        for name, low, high in PROPOSALS:
            made = button(self.context.theme, name, partial(self._on_proposal, name, low, high), kind="chip")
            made.setCheckable(False)
            made.setAccessibleDescription(f"Fill in this name, and its range from {low:g} to {high:g}")
            flow.addWidget(made)
        form.body.addWidget(self.proposals)
        holder = QWidget()
        figures = FlowLayout(holder, spacing=GAP["l"])
        self.total, self.low, self.high = (
            self._figure(figures, name) for name in ("The total", "The least it can be", "The most it can be")
        )
        form.body.addWidget(holder)
        self.when = MomentEdit()
        self.when.edited.connect(self._on_edited)
        form.add("When it was filled in", self.when)
        self.told_by = self.line(form, "Told by")
        self.note = self.line(form, "A word beside it, if you like")
        column.body.addWidget(form)

    def _figure(self, figures: FlowLayout, name: str) -> LineEdit:
        form = Form(self.context.theme)
        field = self.line(form, name)
        field.setFixedWidth(self.context.theme.px(_FIGURE))
        figures.addWidget(form)
        return field

    def restyle(self) -> None:
        for field in (self.total, self.low, self.high):
            field.setFixedWidth(self.context.theme.px(_FIGURE))

    def _on_proposal(self, name: str, low: float, high: float, *_pressed: object) -> None:
        for field, text in ((self.name, name), (self.low, f"{low:g}"), (self.high, f"{high:g}")):
            field.set_value(text)
        self._on_edited()
        self.total.setFocus()


def _number(text: str) -> float | None:
    """The number in a field, with a point or a comma; None where there is none."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= 1e9 else None


def _in_order(numbers: list[float | None]) -> bool:
    told = [number for number in numbers if number is not None]
    return told == sorted(told)


def _given(value: float | None) -> tuple[str, float | None]:
    return "" if value is None else f"{value:g}", value
