"""Where one is in a page that is made again: its pictures came, or the text size is another.

The place is that of a text, not of pixels: what stands above it may be higher by then.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.widgets.filled import Filled, settle
from ui.widgets.reading import ReadingView

_SAID = Qt.WidgetAttribute.WA_WState_ExplicitShowHide  # it was shown or hidden by somebody


class Where(NamedTuple):
    """`at`: px from the top of the page; `spot`: the text that stands at the top of what is seen, and how much of its
    height is above that."""

    at: int
    spot: tuple[int, str] | None = None
    above: float = 0.0


def where(area: QScrollArea, view: Filled | None) -> Where:
    """Where one is. `view` is what is read in the area."""
    at = area.verticalScrollBar().value()
    found = Where(at)
    for reading in view.findChildren(ReadingView) if view is not None else ():
        top = _top(area, reading)
        if reading.spot is not None and reading.isVisibleTo(view) and top <= at:
            # Of another size by now, maybe; what it stands in is still as high as it was.
            high = min(reading.height(), reading.parentWidget().height() - reading.y())
            found = Where(at, reading.spot, min(1.0, (at - top) / max(1, high)))
    return found


def go_back(area: QScrollArea, view: Filled | None, place: Where) -> None:
    """Go where one was, in what is read there now. As much of it is made first as is needed for that."""
    if view is None:
        return
    _show(area, view)
    bar = area.verticalScrollBar()
    reading = find(area, view, place.spot) if place.spot is not None else None
    at = place.at if reading is None else _top(area, reading) + round(place.above * reading.height())
    view.finish(lambda: _reaches(area, at))
    bar.setValue(at)


def find(area: QScrollArea, view: Filled, spot: tuple[int, str]) -> ReadingView | None:
    """The text at this place of the share, all of it. What stands above it is made first."""
    found: list[ReadingView] = []

    def met() -> bool:
        found[:] = [reading for reading in view.findChildren(ReadingView) if reading.spot == spot][:1]
        return bool(found) and found[0].whole

    _show(area, view)
    view.finish(met)
    met()
    return found[0] if found else None


def show_passage(area: QScrollArea, reading: ReadingView, start: int, end: int) -> None:
    """Select a passage, from where to where in code points, and bring it into sight."""
    reading.select(start, end)
    settle()
    at = reading.mapTo(area.widget(), reading.cursorRect().center())
    area.ensureVisible(at.x(), at.y(), 0, area.viewport().height() // 3)


def _show(area: QScrollArea, view: QWidget) -> None:
    """Show it now, and what was put above it. Qt does so in the next turn of its loop, and moves it down then."""
    while view is not area.widget():
        for beside in view.parentWidget().children():
            if isinstance(beside, QWidget) and not beside.testAttribute(_SAID):
                beside.show()
        view = view.parentWidget()
    settle()


def _reaches(area: QScrollArea, at: int) -> bool:
    settle()
    return area.verticalScrollBar().maximum() >= at


def _top(area: QScrollArea, reading: ReadingView) -> int:
    return reading.mapTo(area.widget(), QPoint()).y()
