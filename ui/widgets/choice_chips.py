"""One of a few things, as chips: pressing the chosen one again lets go of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.flow import FlowLayout


class ChoiceChips(QWidget):
    """`value()` is the data of the chosen chip, or None.

    Signals:
        edited(): the person chose, or let go.
    """

    edited = Signal()

    def __init__(self, theme: Theme, choices: Iterable[tuple[Any, str]], name: str) -> None:
        super().__init__()
        self._chips: dict[Any, QPushButton] = {}
        self.setAccessibleName(name)
        flow = FlowLayout(self)
        for data, text in choices:
            chip = button(theme, text, partial(self._on_chip, data), kind="chip")
            chip.setAccessibleName(f"{name}: {text}")
            self._chips[data] = chip
            flow.addWidget(chip)
        self.setFocusProxy(next(iter(self._chips.values())))

    def chip(self, data: Any) -> QPushButton:
        """The chip of a choice."""
        return self._chips[data]

    def value(self) -> Any:
        """What is chosen."""
        return next((data for data, chip in self._chips.items() if chip.isChecked()), None)

    def set_value(self, value: Any) -> None:
        """Choose one of them, or none."""
        for data, chip in self._chips.items():
            chip.setChecked(data == value)

    def set_read_only(self, read_only: bool) -> None:
        """Show it only."""
        for chip in self._chips.values():
            chip.setEnabled(not read_only)

    def _on_chip(self, data: Any, _on: bool = False) -> None:
        self.set_value(data if self._chips[data].isChecked() else None)
        self.edited.emit()
