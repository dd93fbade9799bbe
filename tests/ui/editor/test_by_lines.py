"""A text that comes in a few lines at a time is in the end as if it had come at once."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from journal.records import Mark, Style
from tests.ui.editor.test_content import styled
from ui.theme import Theme
from ui.widgets.editor.fidelity import Carrier
from ui.widgets.editor.marks import fill, fill_by_lines, normal, take
from ui.widgets.reading import ReadingView

LISTS = "one\ntwo\nthree\n\nfour\nsaid\nplain"
STYLED = (
    Mark(0, 13, Style.NUMBER), Mark(15, 19, Style.BULLET), Mark(20, 24, Style.QUOTE), Mark(2, 9, Style.BOLD),
)  # fmt: skip


def formats(document: QTextDocument) -> list[tuple[object, ...]]:
    """Every paragraph, its shape, its place in a list, and its stretches with their letters."""
    found: list[tuple[object, ...]] = []
    block = document.begin()
    while block.isValid():
        shape, inside = block.blockFormat(), block.textList()
        letters = [(one.format.fontWeight(), one.format.fontItalic(), one.start) for one in block.textFormats()]
        number = (inside.itemNumber(block), inside.count()) if inside is not None else None
        found.append((block.text(), shape.leftMargin(), shape.topMargin(), shape.lineHeight(), number, letters))
        block = block.next()
    return found


@given(styled(), st.integers(0, 12))
@example((LISTS, STYLED), 1)
@example(("a\n\n\n", (Mark(0, 1, Style.HEADING),)), 0)
@example(("🙂\n🙂🙂\nx", (Mark(2, 4, Style.BOLD), Mark(5, 6, Style.QUOTE))), 1)
def test_line_by_line_gives_the_same_document(theme: Theme, content: tuple[str, tuple[Mark, ...]], step: int) -> None:
    text, marks = content
    once, slowly = QTextDocument(), QTextDocument()
    fill(once, text, marks, Carrier(text), theme)
    fill(slowly, "", (), Carrier(""), theme)
    for _ in fill_by_lines(slowly, text, marks, theme, step):
        pass
    assert formats(slowly) == formats(once)
    assert take(slowly, Carrier(text)) == (text, normal(marks, text))


def test_a_held_text_is_whole_when_nothing_is_left(qtbot, theme: Theme) -> None:
    reading = ReadingView(theme)
    qtbot.addWidget(reading)
    text = "\n".join(f"Line {number} of it." for number in range(500))
    reading.hold_text(text)
    assert not reading.whole and reading.toPlainText() == ""
    assert 0 < reading.take() < len(text)
    assert text.startswith(reading.toPlainText()) and not reading.whole
    while reading.take():
        pass
    assert reading.whole and reading.toPlainText() == text


def test_another_look_while_it_comes_in_doubles_nothing(qtbot, theme: Theme) -> None:
    reading = ReadingView(theme)
    qtbot.addWidget(reading)
    text = "\n".join(f"Line {number} of it." for number in range(500))
    reading.hold_text(text)
    reading.take()
    theme.apply(scale=150)
    assert reading.whole and reading.take() == 0
    assert reading.toPlainText() == text
