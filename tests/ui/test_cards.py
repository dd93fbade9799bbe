"""A page's column gives its cards the height they need."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel

from ui.widgets.cards import Column, card
from ui.widgets.labels import label


def test_what_a_card_says_is_whole_as_soon_as_the_column_hears_of_it(qtbot, theme) -> None:
    column = Column(name="Course")
    qtbot.addWidget(column)
    said = label("short")
    for words in (said, *(label("below it " * 200) for _ in range(3))):  # more than the window shows: none to spare
        frame, inside = card()
        inside.addWidget(words)
        column.body.addWidget(frame)
    column.resize(500, 300)
    with qtbot.waitExposed(column):
        column.show()
    for _ in range(10):
        QApplication.processEvents()
    said.setText("what is said now takes many lines " * 20)
    for _ in range(2):  # Qt tells the card in one turn, and what the column holds in the next
        QApplication.processEvents()
    told = column.findChildren(QLabel)  # neither it nor, to make room for it, what stands below is cut
    assert all(made.height() >= made.heightForWidth(made.width()) for made in told)
