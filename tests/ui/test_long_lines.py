"""Lines of a megabyte without a space: shown in pieces that Qt can lay out; the same words for whoever uses them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QTextBlock, QTextOption
from PySide6.QtWidgets import QLabel

from journal.records import Mark, Style
from journal.store import Piece
from tests.ui.review.test_hostile_share import read, tree
from tests.ui.review.test_review_view import view  # noqa: F401
from ui.review.view import ReviewView
from ui.theme import Theme
from ui.widgets.editor import Editor
from ui.widgets.filled import Filled
from ui.widgets.reading import ReadingView

RUNS = {
    "letters": "abcdefghij" * 2_000,
    "no-break spaces": "word\u00a0" * 4_000,
    "wide": "\U0001d4d0" * 20_000,
    "carried": "a\ufffc\u2029" * 7_000,
    "one letter": "a" + "\u0301" * 20_000,
    "letters with signs": "a\u0301\u0323" * 7_000,
    "exclamations": " !" * 10_000,
}


@pytest.fixture
def reading(qtbot, theme: Theme) -> ReadingView:
    made = ReadingView(theme)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def blocks(reading: ReadingView) -> list[QTextBlock]:
    document = reading.document()
    return [document.findBlockByNumber(number) for number in range(document.blockCount())]


@pytest.mark.parametrize("name", RUNS)
def test_it_is_shown_in_pieces_and_is_one_line_for_who_selects_or_copies(
    qtbot, reading: ReadingView, name: str
) -> None:
    text = f"before\n{RUNS[name]}\nafter"
    reading.show_text(text)
    assert max(len(block.text()) for block in blocks(reading)) <= 2 * 5_000  # units
    places = (0, 3, 7, 4_990, 5_006, 5_007, 5_008, 9_999, 10_007, 12_345, len(text) - 6, len(text) - 1, len(text))
    for start in places:
        for end in places:
            if start < end:
                reading.select(start, end)
                assert reading.selection() == (start, end)
    reading.select(4_000, 16_000)
    reading.copy()
    assert QGuiApplication.clipboard().text() == text[4_000:16_000]
    reading.mark_passages([(4_999, 5_020), (len(text) - 5, len(text))])
    assert reading.extraSelections()[1].cursor.selectedText() == "after"


def test_letters_stay_whole(reading: ReadingView) -> None:
    reading.show_text(RUNS["letters with signs"])
    assert len(blocks(reading)) > 4
    assert all(block.text().startswith("a") for block in blocks(reading))


@pytest.mark.parametrize("text", ["word " * 4_000, "\u65e5" * 20_000, "x" * 5_000, "a\n" * 6_000])
def test_what_can_be_broken_is_left_as_it_is(reading: ReadingView, text: str) -> None:
    reading.show_text(text)
    assert len(blocks(reading)) == text.count("\n") + 1


def test_its_formatting_stays_where_it_was(reading: ReadingView) -> None:
    text = "x" * 12_000 + "\ny"
    reading.show_text(text, (Mark(0, 12_000, Style.BULLET), Mark(4_998, 5_003, Style.BOLD)))
    lists = [block.textList() is not None for block in blocks(reading)]
    assert lists == [True, False, False, False]  # one point of a list has one sign
    heavy = [
        (fragment.charFormat().fontWeight() > 500, fragment.length())
        for block in blocks(reading)[:2]
        for fragment in (it.fragment() for it in block)
    ]
    assert heavy == [(False, 4_998), (True, 2), (True, 3), (False, 4_997)]


def test_what_differs_is_marked_where_it_stands(reading: ReadingView) -> None:
    pieces = (Piece("same", "x" * 6_000), Piece("removed", "old"), Piece("added", "y" * 6_000), Piece("same", " end"))
    reading.show_pieces(pieces)
    crossed = underlined = ""
    for block in blocks(reading):
        for it in block:
            fragment = it.fragment()
            crossed += fragment.text() if fragment.charFormat().fontStrikeOut() else ""
            underlined += fragment.text() if fragment.charFormat().fontUnderline() else ""
    assert (crossed, underlined) == ("old", "y" * 6_000)


def test_a_share_with_such_lines_is_shown_and_said_whole(view: ReviewView) -> None:  # noqa: F811
    held, line = tree(), "QUFB" * 100_000
    held["sessions"][0]["experiences"][0] |= {"text": line, "marks": []}
    held["talk_about"] = line
    payload = read(held)
    view.show_payload(payload)
    for part in view.findChildren(Filled):
        part.finish()  # what else comes in by itself
    long = [one for one in view.findChildren(ReadingView) if len(one.toPlainText()) > len(line)]
    assert len(long) == 2
    for one in long:
        assert max(len(block.text()) for block in blocks(one)) <= 5_000
        assert one.toPlainText().replace("\n", "") == line
    assert max(len(made.text()) for made in view.findChildren(QLabel)) < 5_001
    theirs = next(one for one in long if one.spot is not None)
    theirs.select(390_000, 390_010)
    place, field, start, end = view.passage()
    assert getattr(list(payload.entries)[place], field)[start:end] == line[390_000:390_010]


# -- written ----------------------------------------------------------------------------------------------------


def test_where_it_is_written_lines_end_anywhere_and_the_text_is_as_it_was(qtbot, theme: Theme) -> None:
    editor, text = Editor(theme), "before\n" + RUNS["letters"] + "\nafter"
    qtbot.addWidget(editor)
    anywhere = QTextOption.WrapMode.WrapAnywhere
    assert editor.wordWrapMode() == QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    editor.set_content(text, ())
    assert editor.wordWrapMode() == anywhere
    assert editor.content() == (text, ())
    editor.set_content("some words", ())
    assert editor.wordWrapMode() == QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    pasted = QMimeData()
    pasted.setText(RUNS["letters"])
    editor.insertFromMimeData(pasted)
    assert editor.wordWrapMode() == anywhere
    assert editor.content() == ("some words" + RUNS["letters"], ())
