"""Which course something belongs to: a list of them, and none."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox

from journal.records import Course
from journal.store import Item


class CourseChoice(QComboBox):
    """`currentData()` is the course's id, or None."""

    def fill(self, courses: Iterable[Item], chosen: str | None) -> None:
        """Offer courses, with one chosen; also where that one is gone: looking at something does not move it."""
        self.clear()
        self.addItem("No course", None)
        for item in courses:
            if isinstance(item.record, Course):
                self.addItem(item.record.title.strip() or "A course without a name", item.eid)
        if chosen is not None and self.findData(chosen) < 0:
            self.addItem("A course that is not here any more", chosen)
        self.setCurrentIndex(max(0, self.findData(chosen)))
