"""The legend of a figure: a button for each line, which leaves it out or brings it back, and what the shapes of the
sessions stand for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from ui.charts import swatch
from ui.charts.figure import LANES, Figure, Line
from ui.charts.swatch import Swatch
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, clear
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label, tip


class Legend(QWidget):
    """Signals:
    changed(): other lines are wanted; see `hidden`.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._figure: Figure | None = None
        self._hidden: dict[str, frozenset[str]] = {}  # by figure: what was left out there
        self._keys: list[tuple[str, ...]] = []  # of the lines that each button stands for
        self._made: object = None
        self._chips = QButtonGroup(self)
        self._chips.setExclusive(False)
        self._chips.idToggled.connect(self._on_chip)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["s"])
        self._body = body

    @property
    def hidden(self) -> frozenset[str]:
        """The keys of what is left out of the figure."""
        return self._hidden.get(self._figure.key, frozenset()) if self._figure is not None else frozenset()

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to tell apart."""
        return self._body.count() > 0

    def set_figure(self, figure: Figure) -> None:
        """Show the legend of another one. What was left out of it before is so again."""
        self._figure = figure
        known = self._hidden.get(figure.key)
        hidden = frozenset(line.key for line in figure.lines if not line.shown) if known is None else known
        drawn = [line.key for line in figure.lines if line.runs]
        if drawn and hidden.issuperset(drawn):
            hidden -= {drawn[0]}  # a figure of nothing helps nobody
        self._hidden[figure.key] = hidden
        made = (figure.key, [(one.key, one.name, one.about) for one in figure.lines], bool(figure.lanes))
        if (made, swatch.sorts(figure)) != self._made:
            self._made = (made, swatch.sorts(figure))
            self._fill(figure)
        self._fit(figure)

    def restyle(self) -> None:
        """The theme or the text size changed."""
        if self._figure is not None:
            self._fill(self._figure)
            self._fit(self._figure)

    @Slot(int, bool)
    def _on_chip(self, number: int, shown: bool) -> None:
        figure = self._figure
        assert figure is not None
        keys = frozenset(self._keys[number])
        hidden = self.hidden - keys if shown else self.hidden | keys
        drawn = {line.key for line in figure.lines if line.runs}
        if drawn and hidden >= drawn:
            self._chips.button(number).setChecked(True)  # a figure of nothing helps nobody
            return
        if hidden != self.hidden:
            self._hidden[figure.key] = hidden
            self.changed.emit()

    def _fit(self, figure: Figure) -> None:
        drawn = {line.key for line in figure.lines if line.runs}
        theme, hidden = self._theme, self.hidden
        lines = {line.key: line for line in figure.lines}
        for number, keys in enumerate(self._keys):
            chip = self._chips.button(number)
            chip.blockSignals(True)
            chip.setChecked(not hidden.issuperset(keys))
            chip.blockSignals(False)
            if keys == (LANES,):
                continue
            chip.setEnabled(not drawn.isdisjoint(keys))
            sign = swatch.pixmap(swatch.of_line(lines[keys[-1]], theme), theme.px(14))
            chip.setIcon(QIcon(sign))
            chip.setIconSize(sign.size())

    # -- parts ---------------------------------------------------------------------------------------------------

    def _fill(self, figure: Figure) -> None:
        for chip in self._chips.buttons():
            self._chips.removeButton(chip)
        clear(self._body)
        self._keys = []
        holder = QWidget()
        flow = FlowLayout(holder)
        own, shared = swatch.parted(figure.lines)
        if len(own) > 1:
            if shared:
                names = ", ".join(line.name for line in shared)
                flow.addWidget(self._chip(f"{len(shared)} others", tuple(one.key for one in shared), names))
            for line in own:
                flow.addWidget(self._line(line))
        if figure.lanes:
            flow.addWidget(self._chip("Medicines", (LANES,), "The lines below: medicines you noted"))
        if flow.count():
            self._body.addWidget(holder)
        if sorts := swatch.sorts(figure):
            self._body.addWidget(self._sorts(sorts))

    def _line(self, line: Line) -> QAbstractButton:
        return self._chip(line.name, (line.key,), line.about)

    def _chip(self, name: str, keys: tuple[str, ...], about: str) -> QAbstractButton:
        chip = button(self._theme, name, kind="chip")
        chip.setAccessibleName(f"Show {name}")
        chip.setToolTip(tip(about))
        self._chips.addButton(chip, len(self._keys))
        self._keys.append(keys)
        return chip

    def _sorts(self, sorts: tuple[tuple[str, int], ...]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=GAP["l"])
        flow.addWidget(label("Sessions:", "small", wrap=False))
        for name, shape in sorts:
            one = QWidget()
            across = QHBoxLayout(one)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(GAP["xs"])
            sign = label(wrap=False)
            sign.setPixmap(swatch.pixmap(Swatch(shape, self._theme.color("warm")), self._theme.px(12)))
            across.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
            across.addWidget(label(name, "small", wrap=False))
            flow.addWidget(one)
        return holder
