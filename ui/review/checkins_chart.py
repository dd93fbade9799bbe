"""The check-ins of a share over time, as a card: which lines are drawn is chosen above it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from journal.records import SLIDERS
from journal.share import Payload
from ui.review import numbers
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label

_NOTE = "Answered in the moment, 0 to 10, on sliders that are not a validated questionnaire. Gaps stay gaps."
_DAYS_ONLY = " Days without times: in their order, spread over the day."


class CheckInsChart(QWidget):
    """The card."""

    def __init__(self, theme: Theme, payload: Payload) -> None:
        super().__init__()
        # Imported now and not before: pyqtgraph would slow every start by its own weight.
        from ui.charts.mood_chart import MoodChartView

        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        frame, inside = card(padding=GAP["m"])
        body.addWidget(frame)
        inside.addWidget(label("Check-ins over time", "eyebrow"))
        data = numbers.chart(payload)
        self.chart = MoodChartView(theme)
        self.chart.set_days_only(numbers.days_only(payload))
        self.chart.setFixedHeight(theme.px(300))
        holder = QWidget()
        holder.setAccessibleName("Lines of the chart")
        flow = FlowLayout(holder)
        self.sliders = QButtonGroup(holder)
        self.sliders.setExclusive(False)
        answered = [bool(series.points) for series in data.series]
        first = answered.index(True) if True in answered else 0
        for number, slider in enumerate(SLIDERS):
            chip = button(theme, slider.title, kind="chip")
            chip.setEnabled(answered[number])
            chip.setChecked(number == first)
            self.sliders.addButton(chip, number)
            flow.addWidget(chip)
        self.sliders.idClicked.connect(self._on_slider)
        self.chart.set_shown((SLIDERS[first].name,))
        self.chart.set_data(data)
        self._reading = label(" ", "muted")
        self.chart.read.connect(self._on_read)
        inside.addWidget(holder)
        inside.addWidget(self.chart)
        inside.addWidget(self._reading)
        inside.addWidget(label(_NOTE + (_DAYS_ONLY if numbers.days_only(payload) else ""), "small"))

    @Slot(int)
    def _on_slider(self, number: int) -> None:
        shown = tuple(s.name for place, s in enumerate(SLIDERS) if self.sliders.button(place).isChecked())
        if not shown:
            self.sliders.button(number).setChecked(True)
            return
        self.chart.set_shown(shown)

    @Slot(str)
    def _on_read(self, text: str) -> None:
        self._reading.setText(text or " ")
