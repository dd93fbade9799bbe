"""Readings of blood pressure, pulse and oxygen as a clinic told them, at three points. Numbers only; nothing is said
of them."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from journal.records import Session, Vitals, VitalsPoint
from ui import words
from ui.theme import Theme
from ui.widgets.cards import GAP
from ui.widgets.fields import LineEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label

# field, name for screen readers, what stands before it, its unit, the most that can be typed
_FIELDS = (
    ("systolic", "upper blood pressure, mmHg", "Pressure", "/", 400),
    ("diastolic", "lower blood pressure, mmHg", "", "mmHg", 300),
    ("pulse", "pulse, beats a minute", "Pulse", "a minute", 400),
    ("oxygen", "oxygen, per cent", "Oxygen", "%", 100),
)


class _UpTo(QValidator):
    """Digits that make a number up to `most`; Qt's own lets larger ones of the same length be typed."""

    def __init__(self, most: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._most = most

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        fits = not text or (text.isascii() and text.isdecimal() and int(text) <= self._most)
        return QValidator.State.Acceptable if fits else QValidator.State.Invalid, text, place


class NumberEdit(LineEdit):
    """A whole number from 1 to `most`, or nothing. Nothing else can be typed."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.setValidator(_UpTo(most, self))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("000") + 28, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def set_number(self, number: int | None) -> None:
        """Show a number."""
        self.set_value("" if number is None else str(number))

    def number(self) -> int | None:
        """What was typed; None for nothing, and for 0."""
        return int(self.text() or 0) or None


class VitalsEdit(QWidget):
    """Signals:
    edited(): the person changed something.
    """

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["m"])
        self._given: tuple[Vitals, ...] = ()
        self.fields: dict[VitalsPoint, dict[str, NumberEdit]] = {}
        for point in VitalsPoint:
            body.addWidget(label(words.POINT_NAMES[point], "muted"))
            holder = QWidget()
            flow = FlowLayout(holder, spacing=GAP["s"])
            self.fields[point] = {}
            pair: QHBoxLayout | None = None
            for name, spoken, before, unit, most in _FIELDS:
                field = self._field(f"{words.POINT_NAMES[point]}: {spoken}", most)
                self.fields[point][name] = field
                if pair is None or before:
                    group = QWidget()
                    pair = QHBoxLayout(group)
                    pair.setContentsMargins(0, 0, GAP["s"], 0)
                    pair.setSpacing(GAP["xs"])
                    pair.addWidget(label(before, wrap=False))
                    flow.addWidget(group)
                pair.addWidget(field)
                pair.addWidget(label(unit, "muted", wrap=False))
            body.addWidget(holder)
        self.setFocusProxy(self.fields[VitalsPoint.BEFORE]["systolic"])

    def set_vitals(self, vitals: tuple[Vitals, ...]) -> None:
        """Show readings; of two at one point the first."""
        self._given = vitals
        for point, fields in self.fields.items():
            known = _at(vitals, point)
            for name, field in fields.items():
                field.set_number(getattr(known, name) if known is not None else None)

    def vitals(self) -> tuple[Vitals, ...]:
        """What was typed. Readings that nobody changed stay as they were; one that was emptied goes."""
        found: list[Vitals] = []
        left = {
            point: {name: field.number() for name, field in fields.items()}
            for point, fields in self.fields.items()
        }
        for one in self._given:
            values = left.pop(one.point, None)
            now = msgspec.structs.replace(one, **values) if values is not None else one  # a second one at its point
            if now == one or _says(now):
                found.append(now)
        found += [Vitals(point=point, **values) for point, values in left.items() if any(values.values())]
        return tuple(found)

    @Slot()
    def _on_changed(self) -> None:
        self.edited.emit()

    def _field(self, name: str, most: int) -> NumberEdit:
        field = NumberEdit(most)
        field.setAccessibleName(name)
        field.textEdited.connect(self._on_changed)
        return field


def readings(session: Session) -> QGridLayout:
    """The readings of a session as a small table with units; what was not read is a dash."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP["l"])
    grid.setVerticalSpacing(GAP["xs"])
    said = [one for one in session.vitals if _says(one)]
    columns = [
        ("Pressure, mmHg", [_pressure(one) for one in said]),
        ("Pulse, a minute", ["–" if one.pulse is None else str(one.pulse) for one in said]),
        ("Oxygen, %", ["–" if one.oxygen is None else str(one.oxygen) for one in said]),
    ]
    shown = [(name, cells) for name, cells in columns if any(cell != "–" for cell in cells)]
    for column, (name, cells) in enumerate(shown, start=1):
        grid.addWidget(label(name, "small"), 0, column, Qt.AlignmentFlag.AlignBottom)
        for line, (one, cell) in enumerate(zip(said, cells, strict=True), start=1):
            made = label(cell, "muted" if cell == "–" else "", wrap=False)
            made.setAccessibleName(f"{words.POINT_NAMES[one.point]}, {name}: {'not read' if cell == '–' else cell}")
            grid.addWidget(made, line, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(column, 1)
    for line, one in enumerate(said, start=1):
        grid.addWidget(label(words.POINT_NAMES[one.point], "muted"), line, 0, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(0, 1)
    return grid


def summary(vitals: tuple[Vitals, ...]) -> str:
    """ "128/82 · 135/88", for a part that is folded."""
    return " · ".join(_pressure(one) for one in vitals if one.systolic is not None or one.diastolic is not None)


def _at(vitals: tuple[Vitals, ...], point: VitalsPoint) -> Vitals | None:
    return next((one for one in vitals if one.point is point), None)


def _says(one: Vitals) -> bool:
    return any(getattr(one, name) is not None for name in ("systolic", "diastolic", "pulse", "oxygen"))


def _pressure(one: Vitals) -> str:
    if one.systolic is None and one.diastolic is None:
        return "–"
    return "/".join("–" if value is None else str(value) for value in (one.systolic, one.diastolic))
