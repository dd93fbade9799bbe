"""What somebody sent, of any length: its beginning first, the rest where one asks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ui.theme import Theme
from ui.widgets.bounded import MOST, STEP, Bounded, Portions


def test_short_words_are_there_whole(qtbot, theme: Theme) -> None:
    made = Bounded(theme, "water " * 10, "Comment")
    qtbot.addWidget(made)
    made.show()
    assert made.reading.toPlainText() == "water " * 10 and made.findChildren(QPushButton) == []


def test_long_words_begin_and_go_on_where_one_asks(qtbot, theme: Theme) -> None:
    text = "\n".join(f"line {number}" for number in range(2_000))
    made = Bounded(theme, text, "Comment")
    qtbot.addWidget(made)
    made.show()
    assert made.reading.toPlainText() == f"{text[:MOST]}…"
    height = made.reading.height()
    (more,) = made.findChildren(QPushButton)
    assert (more.text(), more.accessibleName()) == ("Show all of it", "Show all of it: Comment")
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Space)
    assert made.reading.toPlainText() == text and not more.isVisible()
    qtbot.waitUntil(lambda: made.reading.height() > 5 * height)


def test_of_many_so_many_as_are_asked_for_are_made(qtbot, theme: Theme) -> None:
    made_now: list[int] = []

    def one(number: int) -> QPushButton:
        made_now.append(number)
        return QPushButton(f"{number}")

    count = 2 * STEP + 5
    shown = Portions(theme, [partial(one, number) for number in range(count)], "comments", 4)
    qtbot.addWidget(shown)
    shown.show()

    def more() -> QPushButton | None:
        seen = [b for b in shown.findChildren(QPushButton) if b.isVisible() and b.text().startswith("Show")]
        return seen[0] if seen else None

    assert made_now == list(range(STEP)) and more().text() == f"Show more: {STEP + 5} comments"
    more().click()
    assert made_now == list(range(2 * STEP)) and more().text() == "Show more: 5 comments"
    more().click()
    assert made_now == list(range(count)) and more() is None
    column = [shown.layout().itemAt(at).widget() for at in range(count)]
    assert [b.text() for b in column] == [f"{number}" for number in range(count)]


def test_few_have_no_button(qtbot, theme: Theme) -> None:
    shown = Portions(theme, [partial(QPushButton, "one")], "comments", 4)
    qtbot.addWidget(shown)
    shown.show()
    assert [b.text() for b in shown.findChildren(QPushButton) if b.isVisible()] == ["one"]
