"""The time axis: whole days, named so that none needs guessing, never closer than they can be read."""

from __future__ import annotations

from typing import Any

from ui import words
from ui.charts import wall

_DAY = 86_400.0
_STEPS = (1 / 8, 1 / 4, 1 / 2, 1, 2, 7, 14, 28, 56, 91, 182, 365, 730, 1826, 3652)  # days between labels
_ROOM = 84  # px a label wants at 100 %


def day_axis() -> Any:
    """An axis for wall-clock seconds. Made late: its base class comes with pyqtgraph."""
    import pyqtgraph as pg

    class DayAxis(pg.AxisItem):
        def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
            room = _ROOM * max(1.0, self.style["tickFont"].pixelSize() / 13 if self.style["tickFont"] else 1.0)
            wanted = (high - low) / _DAY / max(size / room, 1)
            step = next((days for days in _STEPS if days >= wanted), _STEPS[-1]) * _DAY
            first = -(-low // step) * step
            count = min(int((high - first) // step) + 1, 200)
            return [(step, [first + number * step for number in range(max(count, 0))])]

        def tickStrings(self, values: list[float], _scale: float, spacing: float) -> list[str]:
            moments = [wall.moment(value) for value in values]
            if spacing < _DAY:
                return [words.time(at) if at.hour or at.minute else words.date_brief(at) for at in moments]
            if spacing >= 300 * _DAY:
                return [str(at.year) for at in moments]
            return [words.date_brief(at) for at in moments]

    return DayAxis(orientation="bottom")
