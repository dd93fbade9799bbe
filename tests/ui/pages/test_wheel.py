"""The wheel scrolls the page; it changes no date, number or list that nobody is at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QWidget

from tests.ui.hands import go
from ui.places import Place

PLACES = ("edit-session", "check-in", "edit-course", "preferences", "charts")


def turn(field: QWidget) -> None:
    for delta in (-120, 120, 120):
        at = QPointF(field.rect().center())
        event = QWheelEvent(
            at, field.mapToGlobal(at), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(field, event)


def shown(field: QWidget) -> str:
    return field.currentText() if isinstance(field, QComboBox) else field.text()


@pytest.mark.parametrize("name", PLACES)
def test_the_wheel_changes_nothing_without_focus(qtbot, window_open, name: str) -> None:
    page = go(qtbot, window_open, Place(name))
    fields = [*page.findChildren(QComboBox), *page.findChildren(QAbstractSpinBox)]
    assert fields or name == "charts"
    for field in fields:
        window_open.setFocus()
        before = shown(field)
        turn(field)
        assert shown(field) == before
        assert field.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_where_one_is_at_it_turns(qtbot, window_open) -> None:
    page = go(qtbot, window_open, Place("preferences"))
    page.minutes.setFocus()
    before = page.minutes.currentIndex()
    turn(page.minutes)
    assert page.minutes.currentIndex() != before
