"""The list of a choice shows whole lines, all of them where there are few."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QVBoxLayout, QWidget

from ui.theme import Theme


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("count", [4, 14])
def test_its_lines_are_whole_also_at_the_top_of_the_screen(qtbot, theme: Theme, scale: int, count: int) -> None:
    theme.apply(scale=scale)
    holder = QWidget()
    qtbot.addWidget(holder)
    box = QComboBox()
    QVBoxLayout(holder).addWidget(box)
    box.addItems([f"Client {number}" for number in range(count)])
    box.setCurrentIndex(count - 1)
    holder.move(30, 20)
    holder.show()
    box.showPopup()
    QApplication.processEvents()
    view = box.view()
    shown = view.viewport().rect()
    lines = [view.visualRect(view.model().index(row, 0)) for row in range(count)]
    seen = [line for line in lines if line.intersects(shown)]
    assert len(seen) == min(count, box.maxVisibleItems())
    assert all(shown.top() <= line.top() and line.bottom() <= shown.bottom() for line in seen)
    assert all(line.height() >= theme.px(24) for line in seen)
    box.hidePopup()
