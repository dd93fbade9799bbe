"""What goes into the editor comes out of it: every character, and the formatting in its one normal form."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData

from journal.records import Mark, Style
from ui.theme import Theme
from ui.widgets.editor import Editor
from ui.widgets.editor.fidelity import FRAGILE, Carrier
from ui.widgets.editor.marks import normal
from ui.widgets.reading import ReadingView

# Whatever Qt, a terminal or a clipboard has views on, besides any character at all.
ODD = (
    "\n\n\n\r\t\0\x0b\x0c\x1b\x85\u00a0\u00ad\u200b\u200e\u200f\u202a\u202e\u2028\u2029\u2066\u2069\ufdd0\ufdd1\ufeff"
    "\ufffc\ufffd\ufffe\uffff\ue000\U000f0000\U000f0001\U000ffffd\U0010ffff🙂\u200d👩🏽אבגمرحباe\u0301é한देवがß"
)
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=("Cs",))), max_size=60)


@st.composite
def styled(draw: st.DrawFn) -> tuple[str, tuple[Mark, ...]]:
    text = draw(TEXTS)
    if not text:
        return text, ()
    places = st.integers(0, len(text))
    found = draw(st.lists(st.tuples(places, places, st.sampled_from(Style)), max_size=8))
    return text, tuple(Mark(min(a, b), max(a, b), style) for a, b, style in found if a != b)


@given(styled())
@example(("\r\n\r\n", ()))
@example(("trailing\n\n\n", (Mark(0, 11, Style.QUOTE),)))
@example(("🙂🙂x", (Mark(1, 2, Style.BOLD), Mark(2, 3, Style.ITALIC))))
@example((FRAGILE + "x" + FRAGILE, (Mark(0, 3, Style.BOLD), Mark(2, 9, Style.ITALIC))))
@example(("a\u2028b\u00a0c\0d", (Mark(1, 4, Style.BOLD),)))
@example(("a heading\nand text", (Mark(0, 9, Style.HEADING), Mark(2, 12, Style.BOLD))))
def test_every_character_and_mark_comes_back(editor: Editor, content: tuple[str, tuple[Mark, ...]]) -> None:
    text, marks = content
    editor.set_content(text, marks)
    assert editor.content() == (text, normal(marks, text))


@given(styled())
def test_the_normal_form_has_one_form(content: tuple[str, tuple[Mark, ...]]) -> None:
    text, marks = content
    once = normal(marks, text)
    assert normal(once, text) == once
    assert all(0 <= mark.start < mark.end <= len(text) for mark in once)
    assert not any("\n" in text[mark.start : mark.end] for mark in once)


@given(styled())
def test_another_text_size_changes_nothing(
    editor: Editor, theme: Theme, content: tuple[str, tuple[Mark, ...]]
) -> None:
    editor.set_content(*content)
    before = editor.content()
    theme.apply(scale=150)
    editor.restyle()
    theme.apply(scale=100)
    editor.restyle()
    assert editor.content() == before
    assert not editor.document().isModified()


@given(TEXTS)
def test_what_is_copied_is_what_was_written(editor: Editor, text: str) -> None:
    editor.set_content(text, ())
    editor.selectAll()
    data = editor.createMimeDataFromSelection()
    assert data.text() == text
    assert not data.hasHtml()


@given(TEXTS)
def test_what_is_pasted_is_what_was_copied(editor: Editor, text: str) -> None:
    editor.set_content("", ())
    data = QMimeData()
    data.setText(text)
    editor.insertFromMimeData(data)
    assert editor.content()[0] == text.replace("\r\n", "\n")


def test_a_very_long_text_comes_back_whole(editor: Editor) -> None:
    line = "A line of some length with a 🙂 in it, as people write them.\n"
    text = line * (1024 * 1024 // len(line.encode()) + 1)
    assert len(text.encode()) > 1024 * 1024
    editor.set_content(text, (Mark(0, 6, Style.BOLD), Mark(len(text) - 8, len(text) - 1, Style.ITALIC)))
    assert editor.content() == (
        text,
        (Mark(0, 6, Style.BOLD), Mark(len(text) - 8, len(text) - 1, Style.ITALIC)),
    )


@pytest.mark.parametrize("char", list("\u00a0\u2028"), ids=["no-break space", "line separator"])
def test_what_qt_keeps_by_itself_is_shown_as_what_it_is(editor: Editor, char: str) -> None:
    editor.set_content(f"10{char}kg", ())
    assert editor.document().firstBlock().text() == f"10{char}kg"
    assert editor.content()[0] == f"10{char}kg"


def test_half_a_character_from_a_broken_input_method_is_replaced() -> None:
    assert Carrier("").from_document("ok \ud83d still ok") == "ok \ufffd still ok"


@given(styled())
def test_reading_shows_the_same_and_can_be_copied(qtbot, theme: Theme, content: tuple[str, tuple[Mark, ...]]) -> None:
    view = ReadingView(theme)
    qtbot.addWidget(view)
    view.show_text(*content)
    assert view.isReadOnly()
    assert view.document().blockCount() == content[0].count("\n") + 1
