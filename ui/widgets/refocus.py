"""Where the focus was among the buttons of a page, so that it is there again once they were all made anew."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget


class Refocus:
    """Made before the buttons within `area` are made anew. A button is known by what it is called."""

    def __init__(self, area: QWidget) -> None:
        self._area = area
        self._old = area.findChildren(QPushButton)
        focus = QApplication.focusWidget()
        at = next((place for place, made in enumerate(self._old) if made is focus), None)
        self._before = [] if at is None else [_name(made) for made in self._old[: at + 1]]

    def again(self) -> None:
        """Give the focus to the button of the same name. Where that is gone, to what stands in its place: whatever
        follows the nearest one before it that is still there."""
        if not self._before:
            return
        old = set(self._old)
        new = [made for made in self._area.findChildren(QPushButton) if made not in old and not _is_put_away(made)]
        names = [_name(made) for made in new]
        *before, wanted = self._before
        place = names.index(wanted) if wanted in names else None
        if place is None:
            nearest = next((name for name in reversed(before) if name in names), None)
            place = min(names.index(nearest) + 1, len(new) - 1) if nearest is not None else 0
        if new:
            _focus(self._area, new[place])


def _name(made: QPushButton) -> str:
    return made.accessibleName() or made.text()


def _is_put_away(made: QPushButton) -> bool:
    """Whether somebody hid it; what was only just made is hidden too, until a moment later."""
    return made.isHidden() and made.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


def _focus(area: QWidget, made: QPushButton) -> None:
    widget: QWidget | None = made
    while widget is not None and widget is not area:
        widget.show()  # what is new is shown a moment later, and takes no focus before
        widget = widget.parentWidget()
    made.setFocus()
