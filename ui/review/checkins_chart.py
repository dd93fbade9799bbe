"""The check-ins of a share over time, as a card: which lines are drawn is chosen above it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.share import Payload
from ui.charts.figures.over_time import over_time_figure
from ui.review import numbers
from ui.theme import Theme
from ui.widgets.cards import GAP, card
from ui.widgets.labels import label
from ui.widgets.legend import Legend

_NOTE = "Answered in the moment, 0 to 10, on sliders that are not a validated questionnaire. Gaps stay gaps."
_DAYS_ONLY = " Only days were shared: within a day the points stand in their order, not at their times."


class CheckInsChart(QWidget):
    """The card."""

    def __init__(self, theme: Theme, payload: Payload) -> None:
        super().__init__()
        # Imported now and not before: pyqtgraph would slow every start by its own weight.
        from ui.charts.view import FigureView

        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        frame, inside = card(padding=GAP["m"])
        body.addWidget(frame)
        inside.addWidget(label("Check-ins over time", "eyebrow"))
        days_only = numbers.days_only(payload)
        figure = over_time_figure(numbers.chart(payload), days_only=days_only)
        self.legend = Legend(theme)
        self.legend.set_figure(figure)
        self.legend.changed.connect(self._on_lines)
        self.chart = FigureView(theme, still=True)
        self.chart.setFixedHeight(theme.px(300))
        self._reading = label(" ", "muted")
        self.chart.read.connect(self._on_read)
        self.chart.set_figure(figure, self.legend.hidden)
        inside.addWidget(self.legend)
        inside.addWidget(self.chart)
        inside.addWidget(self._reading)
        inside.addWidget(label(_NOTE + (_DAYS_ONLY if days_only else ""), "small"))

    @Slot()
    def _on_lines(self) -> None:
        self.chart.set_hidden(self.legend.hidden)

    @Slot(str)
    def _on_read(self, text: str) -> None:
        self._reading.setText(text or " ")
