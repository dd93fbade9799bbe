"""Typing, formatting by keys and by buttons, and going back exactly the way one came."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor

from journal.records import Mark, Style
from ui.widgets.editor import Editor, FormatBar

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def press_button(qtbot, bar: FormatBar, name: str) -> None:
    found = next(made for made in bar.group.buttons() if made.accessibleName().startswith(name))
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def lit(bar: FormatBar) -> set[str]:
    return {made.accessibleName().partition(" (")[0] for made in bar.group.buttons() if made.isChecked()}


def select(editor: Editor, start: int, end: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def test_bold_by_keys_while_typing(qtbot, editor: Editor) -> None:
    qtbot.keyClicks(editor, "so ")
    qtbot.keyClick(editor, Key.Key_B, CTRL)
    qtbot.keyClicks(editor, "very")
    qtbot.keyClick(editor, Key.Key_B, CTRL)
    qtbot.keyClicks(editor, " warm")
    assert editor.content() == ("so very warm", (Mark(3, 7, Style.BOLD),))


def test_italic_by_keys_on_a_selection_and_off_again(qtbot, editor: Editor) -> None:
    qtbot.keyClicks(editor, "one two three")
    select(editor, 4, 7)
    qtbot.keyClick(editor, Key.Key_I, CTRL)
    assert editor.content()[1] == (Mark(4, 7, Style.ITALIC),)
    qtbot.keyClick(editor, Key.Key_I, CTRL)
    assert editor.content() == ("one two three", ())


@pytest.mark.parametrize(
    ("name", "style"),
    [("Heading", Style.HEADING), ("Quote", Style.QUOTE), ("List", Style.BULLET), ("Numbered", Style.NUMBER)],
)
def test_a_line_gets_a_style_by_its_button_and_loses_it_again(
    qtbot, editor: Editor, bar: FormatBar, name: str, style: Style
) -> None:
    qtbot.keyClicks(editor, "before")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.keyClicks(editor, "the line")
    press_button(qtbot, bar, name)
    assert editor.content() == ("before\nthe line", (Mark(7, 15, style),))
    assert len(lit(bar)) == 1
    assert editor.hasFocus()
    press_button(qtbot, bar, name)
    assert editor.content() == ("before\nthe line", ())
    assert lit(bar) == set()


def test_the_buttons_show_what_is_on_where_the_cursor_stands(qtbot, editor: Editor, bar: FormatBar) -> None:
    text = "plain bold\nheading\n"
    editor.set_content(text, (Mark(6, 10, Style.BOLD), Mark(11, 18, Style.HEADING)))
    for place, shown in ((3, set()), (8, {"Bold"}), (14, {"Heading"}), (19, set())):
        select(editor, place, place)
        assert lit(bar) == shown


def test_bold_by_its_button_leaves_the_cursor_in_the_text(qtbot, editor: Editor, bar: FormatBar) -> None:
    press_button(qtbot, bar, "Bold")
    assert lit(bar) == {"Bold"}
    qtbot.keyClicks(editor, "b")
    press_button(qtbot, bar, "Bold")
    qtbot.keyClicks(editor, "n")
    assert editor.content() == ("bn", (Mark(0, 1, Style.BOLD),))


@pytest.mark.parametrize(
    ("typed", "style"), [("- ", Style.BULLET), ("* ", Style.BULLET), ("1. ", Style.NUMBER)], ids=["-", "*", "1."]
)
def test_a_list_begins_as_people_type_it(qtbot, editor: Editor, typed: str, style: Style) -> None:
    qtbot.keyClicks(editor, typed + "milk")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.keyClicks(editor, "tea")
    assert editor.content() == ("milk\ntea", (Mark(0, 4, style), Mark(5, 8, style)))
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.keyClicks(editor, "after")
    assert editor.content() == ("milk\ntea\nafter", (Mark(0, 4, style), Mark(5, 8, style)))


def test_a_hyphen_inside_a_line_begins_nothing(qtbot, editor: Editor) -> None:
    qtbot.keyClicks(editor, "tea - milk")
    assert editor.content() == ("tea - milk", ())


def test_backspace_at_the_start_takes_the_style_and_then_the_line(qtbot, editor: Editor) -> None:
    editor.set_content("one\ntwo", (Mark(4, 7, Style.QUOTE),))
    select(editor, 4, 4)
    qtbot.keyClick(editor, Key.Key_Backspace)
    assert editor.content() == ("one\ntwo", ())
    qtbot.keyClick(editor, Key.Key_Backspace)
    assert editor.content() == ("onetwo", ())


def test_what_follows_a_heading_is_text(qtbot, editor: Editor, bar: FormatBar) -> None:
    press_button(qtbot, bar, "Heading")
    qtbot.keyClicks(editor, "Snow")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.keyClicks(editor, "It fell.")
    assert editor.content() == ("Snow\nIt fell.", (Mark(0, 4, Style.HEADING),))


def test_tab_leaves_the_text_and_changes_nothing(qtbot, editor: Editor) -> None:
    qtbot.keyClicks(editor, "word")
    qtbot.keyClick(editor, Key.Key_Tab)
    assert editor.content()[0] == "word"
    assert not editor.hasFocus()


def test_shift_enter_breaks_a_line_and_it_stays_one(qtbot, editor: Editor) -> None:
    qtbot.keyClicks(editor, "one")
    qtbot.keyClick(editor, Key.Key_Return, SHIFT)
    qtbot.keyClicks(editor, "two")
    text, marks = editor.content()
    editor.set_content(text, marks)
    assert editor.content() == (text, marks)
    assert text == "one\u2028two"


def test_every_change_is_told_and_filling_is_not(qtbot, editor: Editor) -> None:
    told = []
    editor.edited.connect(lambda: told.append(1))
    editor.set_content("filled", (Mark(0, 3, Style.BOLD),))
    assert told == []
    qtbot.keyClicks(editor, "x")
    assert told
    told.clear()
    select(editor, 0, 2)
    qtbot.keyClick(editor, Key.Key_I, CTRL)
    assert told


# -- undo -----------------------------------------------------------------------------------------------------

STEPS = st.sampled_from(
    ("word", "-", " ", "enter", "backspace", "delete", "bold", "italic", "heading", "quote", "bullet", "number",
     "paste", "up", "left", "select", "all")
)  # fmt: skip


def act(qtbot, editor: Editor, step: str) -> None:
    keys = {
        "enter": (Key.Key_Return,), "backspace": (Key.Key_Backspace,), "delete": (Key.Key_Delete,),
        "bold": (Key.Key_B, CTRL), "italic": (Key.Key_I, CTRL), "up": (Key.Key_Up,), "left": (Key.Key_Left,),
        "select": (Key.Key_Left, SHIFT), "all": (Key.Key_A, CTRL),
    }  # fmt: skip
    if step in keys:
        qtbot.keyClick(editor, *keys[step])
    elif step in ("heading", "quote", "bullet", "number"):
        editor.toggle(Style(step))
    elif step == "paste":
        data = QMimeData()
        data.setText("pasted\nin\r\ntwo 🙂")
        editor.insertFromMimeData(data)
    else:
        qtbot.keyClicks(editor, step)


@given(st.lists(STEPS, max_size=14))
@example(["-", " ", "word", "enter", "enter", "word"])
@example(["heading", "word", "enter", "word", "backspace"])
@example(["word", "enter", "word", "all", "bullet", "all", "number", "all", "bold"])
@example(["quote", "word", "enter", "word", "up", "select", "select", "backspace"])
def test_undo_goes_all_the_way_back_and_redo_all_the_way_forward(qtbot, editor: Editor, steps: list[str]) -> None:
    start = ("A first line.\nA second, bold.", (Mark(14, 22, Style.BOLD),))
    editor.set_content(*start)
    for step in steps:
        act(qtbot, editor, step)
    end = editor.content()
    undone = 0
    while editor.document().isUndoAvailable():
        qtbot.keyClick(editor, Key.Key_Z, CTRL)
        undone += 1
        assert undone < 200
    assert editor.content() == start
    while editor.document().isRedoAvailable():
        qtbot.keyClick(editor, Key.Key_Z, CTRL | SHIFT)
    assert editor.content() == end


@given(st.lists(STEPS, max_size=14))
def test_whatever_is_done_can_be_kept_and_read_again(qtbot, editor: Editor, steps: list[str]) -> None:
    editor.set_content("", ())
    for step in steps:
        act(qtbot, editor, step)
    kept = editor.content()
    editor.set_content(*kept)
    assert editor.content() == kept


@pytest.mark.parametrize("step", ["heading", "quote", "bullet", "number", "bold", "paste"])
def test_one_step_is_undone_by_one_step(qtbot, editor: Editor, step: str) -> None:
    editor.set_content("one\ntwo\nthree", ())
    editor.selectAll()
    act(qtbot, editor, step)
    assert editor.content() != ("one\ntwo\nthree", ())
    qtbot.keyClick(editor, Key.Key_Z, CTRL)
    assert editor.content() == ("one\ntwo\nthree", ())


def test_the_line_after_a_heading_is_undone_by_one_step(qtbot, editor: Editor) -> None:
    editor.set_content("Snow", (Mark(0, 4, Style.HEADING),))
    qtbot.keyClick(editor, Key.Key_Return)
    assert editor.content()[0] == "Snow\n"
    qtbot.keyClick(editor, Key.Key_Z, CTRL)
    assert editor.content() == ("Snow", (Mark(0, 4, Style.HEADING),))


def test_the_end_of_a_list_is_undone_by_one_step(qtbot, editor: Editor) -> None:
    editor.set_content("one\ntwo", (Mark(0, 3, Style.BULLET), Mark(4, 7, Style.BULLET)))
    select(editor, 4, 4)
    qtbot.keyClick(editor, Key.Key_Backspace)
    assert editor.content()[1] == (Mark(0, 3, Style.BULLET),)
    qtbot.keyClick(editor, Key.Key_Z, CTRL)
    assert editor.content()[1] == (Mark(0, 3, Style.BULLET), Mark(4, 7, Style.BULLET))
