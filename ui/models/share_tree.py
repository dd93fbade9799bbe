"""What could be shared, as a tree to tick: sessions with their entries and check-ins, then what stands alone.

Nothing is ticked at first. A parent's tick follows its children; ticking a parent ticks all below it. What a
session itself tells (its date, route and dose) is a leaf of its own, so that nothing goes along unseen.

Pictures stand below their entries. Each is ticked by itself, never by a parent, and only while its entry is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal

from journal.service import Offered, SessionSummary
from journal.store import Row
from ui import words
from ui.widgets.labels import tip

_ORDER = (
    "intention", "experience", "integration", "checkin", "scale", "total", "sideeffect", "hard", "commitment",
    "question", "page", "medicine",
)  # fmt: skip
SHAREABLE = frozenset(_ORDER)  # and sessions


PICTURE = "picture"
_FIRST = "tick its entry first"
_Pictures = Mapping[str, tuple[Offered, ...]]


class Node:
    """One line of the tree. `eid` is what a ticked leaf shares; None for headings.

    A leaf is an entry; the pictures that were added to it are its children.
    """

    def __init__(
        self,
        text: str,
        *,
        detail: str = "",
        eid: str | None = None,
        kind: str = "",
        parent: Node | None = None,
        whole: str = "",
    ) -> None:
        self.text, self.detail, self.eid, self.kind, self.parent = text, detail, eid, kind, parent
        self.whole = whole  # the detail, where it is longer than its line
        self.children: list[Node] = []
        self.ticked = False
        if parent is not None:
            parent.children.append(self)

    @property
    def row(self) -> int:
        return self.parent.children.index(self) if self.parent is not None else 0

    @property
    def is_picture(self) -> bool:
        return self.kind == PICTURE

    @property
    def can_tick(self) -> bool:
        """Whether it can be ticked now: a picture only with its entry."""
        return not self.is_picture or (self.parent is not None and self.parent.ticked)

    @property
    def state(self) -> Qt.CheckState:
        if self.eid is not None or not self.children:
            return Qt.CheckState.Checked if self.ticked else Qt.CheckState.Unchecked
        states = {child.state for child in self.children}
        return states.pop() if len(states) == 1 else Qt.CheckState.PartiallyChecked

    def leaves(self) -> Iterator[Node]:
        """The entries at and below it."""
        if self.eid is not None or not self.children:
            yield self
            return
        for child in self.children:
            yield from child.leaves()

    def set_ticked(self, ticked: bool) -> None:
        """Tick or untick this line alone; without its entry no picture stays ticked."""
        self.ticked = ticked
        for child in self.children if not ticked else ():
            child.ticked = False


class ShareTree(QAbstractItemModel):
    """The tree. `ticked()` are the ids of entries to share, `pictures()` those of pictures.

    Signals:
        ticks_changed(): the person ticked or unticked something.
    """

    ticks_changed = Signal()

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._root = Node("")

    def set_content(
        self, sessions: Iterable[SessionSummary], rows: Iterable[Row], pictures: _Pictures | None = None
    ) -> None:
        """Fill the tree, newest first, keeping the ticks of what is still there."""
        kept, along = self.ticked(), self.pictures()
        self.beginResetModel()
        self._root = _build(sessions, rows)
        for leaf in self._root.leaves():
            leaf.ticked = leaf.eid in kept
            for offered in (pictures or {}).get(leaf.eid or "", ()):
                node = Node("Picture", detail=offered.name, eid=offered.eid, kind=PICTURE, parent=leaf)
                node.ticked = leaf.ticked and node.eid in along
        self.endResetModel()
        self.ticks_changed.emit()

    def ticked(self) -> frozenset[str]:
        """The ids of ticked leaves."""
        return frozenset(leaf.eid for leaf in self._root.leaves() if leaf.ticked and leaf.eid)

    def pictures(self) -> tuple[str, ...]:
        """The ids of ticked pictures."""
        return tuple(node.eid for node in self._pictures() if node.ticked and node.eid)

    def names(self) -> dict[str, str]:
        """What each picture is called in the journal, by its id."""
        return {node.eid: node.detail for node in self._pictures() if node.eid}

    def with_pictures(self) -> tuple[QModelIndex, ...]:
        """The lines of ticked entries that have pictures."""
        found = (leaf for leaf in self._root.leaves() if leaf.ticked and leaf.children)
        return tuple(self.createIndex(leaf.row, 0, leaf) for leaf in found)

    def kinds(self) -> tuple[str, ...]:
        """The kinds of ticked leaves, each once."""
        return tuple(sorted({leaf.kind for leaf in self._root.leaves() if leaf.ticked and leaf.kind}))

    def clear_ticks(self) -> None:
        """Untick everything."""
        self._set(self._root, ticked=False)

    def tick_entries(self, eids: Iterable[str], pictures: Iterable[str] = ()) -> None:
        """Tick those of these entries that are there, and of these pictures where their entries are ticked."""
        wanted, along = frozenset(eids), frozenset(pictures)
        for leaf in self._root.leaves():
            leaf.ticked = leaf.ticked or leaf.eid in wanted
        for node in self._pictures():
            node.ticked = node.can_tick and (node.ticked or node.eid in along)
        self._tell(QModelIndex())
        self.ticks_changed.emit()

    def node(self, index: QModelIndex) -> Node:
        """The line behind an index."""
        return index.internalPointer() if index.isValid() else self._root

    def index_of(self, eid: str) -> QModelIndex:
        """Where the leaf of `eid` stands, or an invalid index."""
        for leaf in self._root.leaves():
            if leaf.eid == eid:
                return self.createIndex(leaf.row, 0, leaf)
        return QModelIndex()

    # -- Qt's questions ----------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self.node(parent).children[row])

    def parent(self, index: QModelIndex = None) -> Any:
        if index is None:
            return super().parent()
        above = self.node(index).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self.node(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 1

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsUserCheckable if self.node(index).can_tick else plain

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node = self.node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            shown = f"{node.text}  ·  {node.detail}" if node.detail else node.text
            return shown if node.can_tick else f"{shown} ({_FIRST})"
        if role == Qt.ItemDataRole.CheckStateRole:
            return node.state if node.can_tick else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{node.text}  ·  {node.whole or node.detail}" if node.detail else node.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if not node.can_tick:
                return f"{node.text}, {node.detail}, {_FIRST}"
            ticked = {Qt.CheckState.Checked: "ticked", Qt.CheckState.Unchecked: "not ticked"}
            return f"{node.text}, {node.detail}, {ticked.get(node.state, 'partly ticked')}"
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or not self.node(index).can_tick:
            return False
        self._set(self.node(index), ticked=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def tick(self, index: QModelIndex) -> None:
        """Tick everything at and below an index."""
        self._set(self.node(index), ticked=True)

    def _set(self, node: Node, *, ticked: bool) -> None:
        for leaf in node.leaves():
            leaf.set_ticked(ticked)
        self._tell(QModelIndex())
        self.ticks_changed.emit()

    def _pictures(self) -> Iterator[Node]:
        for leaf in self._root.leaves():
            yield from leaf.children

    def _tell(self, parent: QModelIndex) -> None:
        count = self.rowCount(parent)
        if count:
            first, last = self.index(0, 0, parent), self.index(count - 1, 0, parent)
            self.dataChanged.emit(first, last, [Qt.ItemDataRole.CheckStateRole, Qt.ItemDataRole.DisplayRole])
            for row in range(count):
                self._tell(self.index(row, 0, parent))


def _build(sessions: Iterable[SessionSummary], rows: Iterable[Row]) -> Node:
    root = Node("")
    by_session: dict[str | None, list[Row]] = {}
    for row in rows:
        by_session.setdefault(row.session, []).append(row)
    for summary in reversed(tuple(sessions)):
        session = summary.session
        node = Node(summary.label, detail=words.day(session.starts), parent=root)
        Node("The session itself", detail=_told(summary), eid=summary.eid, kind="session", parent=node)
        _add_rows(node, by_session.pop(summary.eid, []))
    alone = [row for rest in by_session.values() for row in rest if row.kind in _ORDER]
    for kind, text in (
        ("checkin", "Check-ins outside sessions"),
        ("page", "Journal pages"),
        ("intention", "Intentions without a session"),
        ("experience", "Experiences without a session"),
        ("integration", "Integration notes without a session"),
        ("scale", "Questionnaires outside sessions"),
        ("total", "Totals from a clinic"),
        ("medicine", "Medicines"),
        ("sideeffect", "Side effects outside sessions"),
        ("hard", "Hard moments outside sessions"),
        ("commitment", "One small thing a week"),
        ("question", "Questions"),
    ):
        mine = [row for row in alone if row.kind == kind]
        if mine:
            node = Node(text, parent=root)
            for row in mine:
                _leaf(row, node)
    return root


def _add_rows(node: Node, rows: list[Row]) -> None:
    for kind in _ORDER:
        mine = sorted((row for row in rows if row.kind == kind), key=_time)
        if kind == "checkin" and len(mine) > 1:
            group = Node("Check-ins", detail=f"{len(mine)}, numbers only", parent=node)
            for row in mine:
                _leaf(row, group)
        else:
            for row in mine:
                _leaf(row, node)


def _leaf(row: Row, parent: Node) -> None:
    when = words.day_short(row.when) if row.when else ""
    if row.kind == "checkin":
        Node(f"Check-in, {when}", detail="numbers only", eid=row.eid, kind=row.kind, parent=parent)
        return
    name = row.title or (row.snippet[:60] + "…" if len(row.snippet) > 60 else row.snippet)
    detail = ", ".join(part for part in (name, when) if part)
    whole = ", ".join(part for part in (row.title or row.snippet, when) if part)
    Node(words.KIND_NAMES[row.kind], detail=detail, eid=row.eid, kind=row.kind, parent=parent, whole=whole)


def _told(summary: SessionSummary) -> str:
    session = summary.session
    route = words.ROUTE_NAMES[session.route] if session.route else ""
    return ", ".join(part for part in ("its date", route, session.dose) if part)


def _time(row: Row) -> Any:
    return row.when.at
