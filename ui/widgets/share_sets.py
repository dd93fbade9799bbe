"""Choices for a share that are kept by a name: a chip each, that ticks what it holds or is removed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from journal.records import ShareSet
from journal.store import Item
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.flow import FlowLayout
from ui.widgets.keep_set import KeepSet
from ui.widgets.labels import label


class ShareSetsBar(QWidget):
    """The kept choices, and the way to keep one more.

    Signals:
        chosen(str): tick what this one holds.
        removed(str): take this one out.
        keep_asked(): keep what is ticked now.
        kept(object): keep this `ShareSet`.
    """

    chosen = Signal(str)
    removed = Signal(str)
    keep_asked = Signal()
    kept = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, GAP["s"])
        body.setSpacing(GAP["xs"])
        about = "Begin from a choice you kept. It only ticks: you see everything before it goes."
        self._about = label(about, "small")
        body.addWidget(self._about)
        holder = QWidget()
        self._flow = FlowLayout(holder, spacing=GAP["s"])
        body.addWidget(holder)
        self.keep = button(theme, "Keep these choices…", self.keep_asked.emit, kind="quiet")
        self.keep.setAccessibleDescription("Under a name, to begin from the next time.")
        self._flow.addWidget(self.keep)
        self.chips: list[QPushButton] = []
        self._about.hide()
        self.form: KeepSet | None = None
        self._body = body

    def set_sets(self, kept: Iterable[Item]) -> None:
        """Show these kept choices."""
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.keep)
        self.chips = [self._chip(item) for item in kept]
        for chip in (*self.chips, self.keep):
            self._flow.addWidget(chip)
        self._about.setVisible(bool(self.chips))

    def ask_name(self, begun: ShareSet) -> None:
        """Ask under which name to keep this, and how far back it reaches."""
        self.close_form()
        self.form = KeepSet(self._theme, begun)
        self.form.kept.connect(self.kept)
        self.form.closed.connect(self.close_form)
        self._body.addWidget(self.form)
        self.form.show()
        self.form.name.setFocus()

    @Slot()
    def close_form(self) -> None:
        """Ask no longer."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self.keep.setFocus()

    def _chip(self, item: Item) -> QPushButton:
        chip = button(self._theme, item.record.name.replace("&", "&&"))
        chip.setAccessibleName(f"Kept choice: {item.record.name}")
        menu = QMenu(chip)
        for text, slot in (("Tick what it holds", self._on_tick), ("Remove this choice", self._on_remove)):
            action = QAction(text, menu)
            action.setData(item.eid)
            action.triggered.connect(slot)
            menu.addAction(action)
        chip.setMenu(menu)
        return chip

    @Slot()
    def _on_tick(self) -> None:
        self.chosen.emit(self.sender().data())

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self.sender().data())
