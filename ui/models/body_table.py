"""What was told of medicines, side effects and sessions, each as one line in time: for the table, and for the line of
time, which shows the very same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from journal.records import Moment
from journal.service.body import BodyView, MedicineLane
from ui import body_words, words

COLUMNS = ("Day", "What", "", "Until", "As it was told")


class Told(NamedTuple):
    """One thing that was told. `kind` and `eid` say where it is opened; `spoken` is all of it as a sentence."""

    eid: str
    kind: str
    at: Moment | None
    day: str
    what: str
    happened: str
    until: str
    told: str
    spoken: str


def told(view: BodyView) -> tuple[Told, ...]:
    """Everything that was told, the oldest first; what has no date before all else."""
    found = [line for lane in view.lanes for line in _of_lane(lane)]
    for one in (*view.open_effects, *view.gone_effects):
        effect = one.effect
        name = body_words.effect_name(effect.what)
        until = body_words.moment(effect.gone) if effect.gone is not None else body_words.NOT_GONE
        strength = body_words.STRENGTHS[effect.strength].lower() if effect.strength else ""
        rest = " · ".join(part for part in (strength, one.session, " ".join(effect.note.split())) if part)
        found.append(
            Told(
                one.eid, "sideeffect", effect.began, body_words.onset(effect), name, "Side effect", until,
                rest, body_words.effect_spoken(effect),
            )
        )  # fmt: skip
    for mark in view.sessions:
        day = body_words.moment(mark.starts)
        found.append(
            Told(mark.eid, "session", mark.starts, day, mark.label, "Session", "", "", f"{mark.label}: {day}")
        )
    return tuple(sorted(found, key=_when))


def _of_lane(lane: MedicineLane) -> list[Told]:
    name = lane.medicine.name
    if not lane.steps:
        happened = "No date was told"
        return [Told(lane.eid, "medicine", None, "", name, happened, "", "", f"{name}: {happened.lower()}")]
    return [
        Told(
            lane.eid, "medicine", step.at, body_words.step_day(step), name, body_words.STEPS[step.kind], "",
            " · ".join(part for part in (step.dose, step.note) if part), body_words.step_spoken(name, step),
        )
        for step in lane.steps
    ]  # fmt: skip


def _when(line: Told) -> tuple[float, str]:
    return (line.at.at.timestamp() if line.at is not None else float("-inf"), line.eid)


class BodyTable(QAbstractTableModel):
    """One row for each thing told, the newest first."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Told, ...] = ()

    def set_lines(self, lines: tuple[Told, ...]) -> None:
        """Show other lines; they come oldest first."""
        self.beginResetModel()
        self._lines = lines[::-1]
        self.endResetModel()

    def line(self, row: int) -> Told:
        """What stands in a row."""
        return self._lines[row]

    def as_text(self, rows: Iterable[int] = ()) -> str:
        """These rows (or all) as they are read, with the heads of their columns."""
        chosen = sorted(set(rows)) or range(len(self._lines))
        body = [_cells(self._lines[row]) for row in chosen]
        return "".join("\t".join(line) + "\n" for line in (COLUMNS, *body))

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return COLUMNS[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken if index.column() == 0 else _cells(line)[index.column()]
        return _cells(line)[index.column()] if role == Qt.ItemDataRole.DisplayRole else None


def _cells(line: Told) -> tuple[str, ...]:
    cells = (line.day, line.what, line.happened, line.until, line.told)
    return tuple(words.file_name(cell) for cell in cells)  # one line, with nothing in it that would not be seen
