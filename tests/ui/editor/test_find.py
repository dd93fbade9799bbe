"""Finding words in the text one is writing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from ui.widgets.editor import Editor, FindBar

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXT = "Snow in a lamp.\nThe snow was slow; SNOW again.\nNo more."


@pytest.fixture
def open_bar(editor: Editor, find: FindBar) -> FindBar:
    editor.set_content(TEXT, ())
    cursor = editor.textCursor()
    cursor.setPosition(0)
    editor.setTextCursor(cursor)
    find.open_bar()
    return find


def found(editor: Editor) -> tuple[int, str]:
    cursor = editor.textCursor()
    return cursor.selectionStart(), cursor.selectedText()


def test_typing_finds_the_first_place_and_counts(qtbot, editor: Editor, open_bar: FindBar) -> None:
    assert open_bar.words.hasFocus()
    qtbot.keyClicks(open_bar.words, "snow")
    assert found(editor) == (0, "Snow")
    assert open_bar.count.text() == "3 times"


def test_enter_goes_on_and_round_to_the_first(qtbot, editor: Editor, open_bar: FindBar) -> None:
    qtbot.keyClicks(open_bar.words, "snow")
    places = [found(editor)[0]]
    for _ in range(3):
        qtbot.keyClick(open_bar.words, Key.Key_Return)
        places.append(found(editor)[0])
    assert places == [0, 20, 35, 0]


def test_back_goes_round_to_the_last(qtbot, editor: Editor, open_bar: FindBar) -> None:
    qtbot.keyClicks(open_bar.words, "snow")
    places = []
    for _ in range(3):
        qtbot.keyClick(open_bar.words, Key.Key_F3, SHIFT)
        places.append(found(editor)[0])
    assert places == [35, 20, 0]


def test_shift_enter_goes_back_as_it_says(qtbot, editor: Editor, open_bar: FindBar) -> None:
    qtbot.keyClicks(open_bar.words, "snow")
    qtbot.keyClick(open_bar.words, Key.Key_Return, SHIFT)
    assert found(editor)[0] == 35


def test_the_same_by_the_buttons_and_by_keys_in_the_text(qtbot, editor: Editor, open_bar: FindBar) -> None:
    qtbot.keyClicks(open_bar.words, "snow")
    buttons = {made.accessibleName().partition(" (")[0]: made for made in open_bar.findChildren(QToolButton)}
    qtbot.mouseClick(buttons["The next"], Qt.MouseButton.LeftButton)
    assert found(editor)[0] == 20
    qtbot.mouseClick(buttons["The one before"], Qt.MouseButton.LeftButton)
    assert found(editor)[0] == 0
    editor.setFocus()
    qtbot.keyClick(editor, Key.Key_F3)
    assert found(editor)[0] == 20
    qtbot.keyClick(editor, Key.Key_F3, SHIFT)
    assert found(editor)[0] == 0


def test_what_is_not_there_is_said_and_nothing_moves(qtbot, editor: Editor, open_bar: FindBar) -> None:
    qtbot.keyClicks(open_bar.words, "zebra")
    assert open_bar.count.text() == "not found"
    assert editor.content()[0] == TEXT
    qtbot.keyClick(open_bar.words, Key.Key_Return)
    assert found(editor) == (0, "")


@pytest.mark.parametrize(
    ("text", "words", "place", "count"),
    [
        ("Ein Café. cafe?", "café", 4, "once"),
        ("ΟΔΟΣ und οδος", "οδος", 0, "2 times"),
        ("Ärger, ärger", "ÄRGER", 0, "2 times"),
        ("10\u00a0kg", "10 kg", 0, "once"),
        ("x 🙂🙂 y", "🙂", 2, "2 times"),
        ("a.b a+b (", "(", 8, "once"),
    ],
    ids=["accents", "greek", "umlauts", "no-break space", "emoji", "no pattern"],
)
def test_any_words_are_found(
    editor: Editor, open_bar: FindBar, text: str, words: str, place: int, count: str
) -> None:
    editor.set_content(text, ())
    cursor = editor.textCursor()
    cursor.setPosition(0)
    editor.setTextCursor(cursor)
    open_bar.words.setText(words)
    assert found(editor)[0] == place
    assert open_bar.count.text() == count


def test_it_opens_with_the_selected_words_and_escape_closes_it(qtbot, editor: Editor, find: FindBar) -> None:
    editor.set_content(TEXT, ())
    cursor = editor.textCursor()
    cursor.setPosition(10)
    cursor.setPosition(14, cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    find.open_bar()
    assert find.words.text() == "lamp"
    assert find.count.text() == "once"
    qtbot.keyClick(find.words, Key.Key_Escape)
    assert find.isHidden()
    assert editor.hasFocus()
    assert found(editor) == (10, "lamp")
    assert editor.content()[0] == TEXT


def test_looking_changes_nothing_in_the_text(qtbot, editor: Editor, open_bar: FindBar) -> None:
    told = []
    editor.edited.connect(lambda: told.append(1))
    qtbot.keyClicks(open_bar.words, "snow")
    qtbot.keyClick(open_bar.words, Key.Key_Return)
    assert told == []
    assert not editor.document().isModified()
