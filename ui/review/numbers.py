"""The check-ins of a share as a chart (`journal.share.over_time`) and as a small table."""

from __future__ import annotations

from journal.records import SLIDERS
from journal.share import SharedCheckIn, days_only
from journal.share import chart_of_checkins as chart

__all__ = ["chart", "days_only", "table"]


def table(checkins: tuple[SharedCheckIn, ...]) -> list[tuple[str, ...]]:
    """A row a slider that was answered at least once: its name, then an answer a check-in ("–" for none)."""
    rows = []
    for number, slider in enumerate(SLIDERS):
        values = [checkin.values[number] for checkin in checkins]
        if any(value is not None for value in values):
            rows.append((slider.title, *("–" if value is None else str(value) for value in values)))
    return rows
