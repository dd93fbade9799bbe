"""Stands before a covered entry on the writing page, until it is opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.records import Writing
from ui import words
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, row
from ui.widgets.labels import label
from ui.widgets.write_desk import WriteDesk


class WriteVeil(Column):
    """Shown in place of the desk."""

    def __init__(self, desk: WriteDesk, page: QVBoxLayout) -> None:
        super().__init__(width=560, name="A covered entry")
        theme = desk._theme
        self._desk, self._eid, self._opened = desk, "", ""
        self._kind = label("", "eyebrow")
        self._title = label("", "title")
        self.open_ = button(theme, "Open", self._on_open, kind="primary", icon_name="eye")
        holder = QWidget()
        holder.setLayout(row(tool(theme, "Back (Esc)", "arrow-left", desk.back), self._title))
        holder.layout().setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._kind)
        self.body.addWidget(holder)
        self.body.addWidget(label("You covered this. It opens for this viewing only.", "muted"))
        self.body.addSpacing(GAP["s"])
        self.body.addWidget(self.open_, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.hide()
        page.addWidget(self, 1)
        page.addWidget(desk, 1)

    def lift(self) -> None:
        """Another entry comes: what was opened counts no more."""
        self._opened = ""
        self._show(covered=False)

    def cover(self, eid: str, record: Writing | None) -> None:
        """This entry is on the desk."""
        self._eid = eid
        covered = record is not None and record.covered and eid != self._opened
        if covered and record is not None:
            self._kind.setText(f"{words.KIND_NAMES[record.kind]}, {words.day(record.at)}")
            self._title.setText(record.cover or "Covered")
        self._show(covered=covered)
        if covered:
            self.open_.setFocus()

    @Slot()
    def _on_open(self) -> None:
        self._opened = self._eid
        self._show(covered=False)
        self._desk.focus_text()

    def _show(self, *, covered: bool) -> None:
        self.setVisible(covered)
        self._desk.setVisible(not covered)
