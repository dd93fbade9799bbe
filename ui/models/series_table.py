"""The chart's twin: the same tuple as rows and columns, for reading, for screen readers, for copying."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from journal.records import SLIDERS
from journal.trends import MoodChart
from ui import words

_BLANK = "–"  # an answer that was not given; never a zero


@dataclass(frozen=True)
class _Line:
    at: datetime
    eid: str
    since: str
    values: dict[str, int]


class SeriesTable(QAbstractTableModel):
    """One row a check-in, newest first; a column a slider."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._lines: list[_Line] = []

    def set_data(self, data: MoodChart) -> None:
        """Show other answers."""
        self.beginResetModel()
        self._lines = _lines(data)
        self.endResetModel()

    def eid(self, row: int) -> str:
        """The check-in in this row."""
        return self._lines[row].eid

    def as_text(self, rows: Iterable[int] = ()) -> str:
        """These rows (or all) as they are read, with the heads of their columns: for a spreadsheet, or a letter."""
        columns = range(self.columnCount())
        head = [self.headerData(column, Qt.Orientation.Horizontal) for column in columns]
        chosen = sorted(set(rows)) or range(self.rowCount())
        body = [[self.data(self.index(row, column)) for column in columns] for row in chosen]
        return "".join("\t".join(line) + "\n" for line in (head, *body))

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3 + len(SLIDERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return ("Day", "Time", "After", *(slider.title for slider in SLIDERS))[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column > 2:
            return Qt.AlignmentFlag.AlignCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self._lines[index.row()]
        if column < 3:
            return (words.day_short(line.at), words.time(line.at), line.since)[column]
        value = line.values.get(SLIDERS[column - 3].name)
        if value is None:
            return "no answer" if role == Qt.ItemDataRole.AccessibleTextRole else _BLANK
        return str(value)


def _lines(data: MoodChart) -> list[_Line]:
    found: dict[str, _Line] = {}
    for series in data.series:
        for point in series.points:
            if point.eid not in found:
                before = [mark.label for mark in data.marks if mark.at <= point.at]
                found[point.eid] = _Line(point.at, point.eid, before[-1] if before else "", {})
            found[point.eid].values[series.name] = point.value
    return sorted(found.values(), key=_when, reverse=True)


def _when(line: _Line) -> tuple[datetime, str]:
    return line.at, line.eid
