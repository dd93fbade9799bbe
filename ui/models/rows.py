"""The journey as a list: entries in time, newest first, with a heading for every month."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from journal.store import Row
from ui import words

TWO_VERSIONS = "two versions"  # said of an entry that was written on two computers


@dataclass(frozen=True)
class Month:
    """A heading between rows."""

    text: str


class Role(IntEnum):
    """What the delegate asks for: the `Row` or `Month` itself, and the row's icon name."""

    ITEM = Qt.ItemDataRole.UserRole + 1
    EID = Qt.ItemDataRole.UserRole + 2


class RowModel(QAbstractListModel):
    """Rows with month headings between them. `set_rows` takes what the service returned, in its order."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._items: list[Row | Month] = []
        self.count = 0  # rows without headings

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._items = with_months(rows)
        self.count = len(rows)
        self.endResetModel()

    def position(self, eid: str) -> QModelIndex:
        """Where the entry `eid` stands, or an invalid index."""
        for place, item in enumerate(self._items):
            if isinstance(item, Row) and item.eid == eid:
                return self.index(place)
        return QModelIndex()

    def first(self) -> QModelIndex:
        """The first row that is no heading, or an invalid index."""
        for place, item in enumerate(self._items):
            if isinstance(item, Row):
                return self.index(place)
        return QModelIndex()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._items[index.row()], Month):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == Role.ITEM:
            return item
        if isinstance(item, Month):
            return item.text if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Role.EID:
            return item.eid
        if role == Qt.ItemDataRole.DisplayRole:
            return headline(item)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(item)
        return None


def headline(row: Row) -> str:
    """The line a row is known by: its title, or its first words, or its kind."""
    if row.kind == "checkin":
        return words.KIND_NAMES[row.kind]
    return row.title or row.snippet or words.KIND_NAMES[row.kind]


def spoken(row: Row) -> str:
    """The whole row as one sentence for a screen reader."""
    when = words.day(row.when) if row.when else ""
    versions = TWO_VERSIONS if row.heads > 1 else ""
    parts = (words.KIND_NAMES[row.kind], when, versions, row.title, row.snippet)
    return ". ".join(part for part in parts if part)


def with_months(rows: tuple[Row, ...]) -> list[Row | Month]:
    """Rows with a heading before each new month; rows without a time come last, under a heading of their own."""
    items: list[Row | Month] = []
    last = None
    for row in rows:
        month = words.month(row.when) if row.when else "Without a date"
        if month != last:
            items.append(Month(month))
            last = month
        items.append(row)
    return items
