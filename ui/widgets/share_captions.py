"""Words under ticked pictures: a field for each, empty until somebody types. A file's name never stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from journal.records.base import MAX_LINE
from journal.share import Picked
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card, clear
from ui.widgets.file_drops import Line
from ui.widgets.labels import label

_HOW = (
    "Each is drawn anew before it goes along, so that place, time and camera stay here; so does its file’s name. "
    "What you type here stands under the picture."
)


class ShareCaptions(QWidget):
    """Hidden while no picture is ticked. What was typed for one stays while it is unticked, until `reset`.

    Signals:
        changed(): something was typed.
        look_asked(str, bool): a picture is to be looked at, by its id; always True.
    """

    changed = Signal()
    look_asked = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._typed: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self.fields: dict[str, QLineEdit] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, inside = card(padding=GAP["m"], spacing=GAP["s"])
        inside.addWidget(label("Pictures that go along", "heading"))
        inside.addWidget(label(_HOW, "small"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(GAP["s"])
        inside.addLayout(self._lines)
        outer.addWidget(frame)
        self.hide()

    def show_pictures(self, eids: Sequence[str], names: Mapping[str, str]) -> None:
        """Show a field for each of these pictures."""
        self._names = dict(names)
        if tuple(eids) == tuple(self.fields):
            return
        clear(self._lines)
        self.fields = {}
        for eid in eids:
            self._add(eid)
        self.setVisible(bool(eids))

    def picked(self, eids: Sequence[str]) -> tuple[Picked, ...]:
        """These pictures with what was typed for them."""
        return tuple(Picked(eid, self._typed.get(eid, "").strip()) for eid in eids)

    def bring_back(self, pictures: Sequence[Picked]) -> None:
        """Take up what was typed before."""
        self._typed |= {picked.eid: picked.caption for picked in pictures}
        for eid, field in self.fields.items():
            field.setText(self._typed.get(eid, ""))

    def reset(self) -> None:
        """Forget what was typed."""
        self._typed = {}
        for field in self.fields.values():
            field.clear()

    def _add(self, eid: str) -> None:
        name = self._names.get(eid, "")
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        field = Line(self._typed.get(eid, ""))
        field.setMaxLength(MAX_LINE)
        field.setPlaceholderText("Words under it, if you like")
        field.setAccessibleName(f"Words under {name}")
        look = button(self._theme, "Look at it", self._on_look, kind="quiet", icon_name="image")
        for made in (field, look):
            made.setProperty("eid", eid)
        field.textChanged.connect(self._on_typed)
        look.setAccessibleName(f"Look at {name}")
        across.addWidget(field, 1)
        across.addWidget(look)
        self._lines.addWidget(label(name, "muted"))
        self._lines.addWidget(line)
        self.fields[eid] = field

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._typed[self.sender().property("eid")] = text
        self.changed.emit()

    @Slot()
    def _on_look(self) -> None:
        self.look_asked.emit(self.sender().property("eid"), True)
