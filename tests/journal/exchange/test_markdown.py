"""Markdown for reading elsewhere: a reader of Markdown shows the text as it was typed."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from journal import exchange
from journal.exchange.markdown import text_to_markdown
from journal.records import (
    CheckIn,
    Course,
    Expense,
    Experience,
    IntegrationNote,
    Intention,
    Mark,
    Moment,
    Page,
    Route,
    Session,
    Settings,
    Style,
    Writing,
)
from tests.journal.exchange.files import CLOCK
from tests.journal.records.strategies import journals

DAY = datetime(2026, 3, 1, 14, 30, tzinfo=UTC)


def shown(markdown: str) -> list[str]:
    """The lines that a reader of Markdown (another program's) shows, without white space that nobody sees."""
    document = QTextDocument()
    document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectCommonMark)
    return typed(document.toPlainText())


def typed(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def written(pairs) -> str:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "out.md")
        exchange.write("markdown", pairs, path, CLOCK)
        return path.read_bytes().decode()


TEXTS = [
    "one\ntwo\n\nthree",
    "Title\n===",
    "Title\n---",
    "a\n\n---\n\nb",
    "- - -",
    "# no heading",
    "> no quotation",
    "- no list\n+ no list\n* no list",
    "1. no list\n12) no list",
    "2026. A year",
    "*not* _one_ **of** `these` ~~signs~~",
    "[no](link) ![no](picture) <b>no</b> <https://x.example>",
    "[no]: reference",
    "&amp; &copy; &#35; AT&T",
    "    an indent of four\n\n    and after a blank line",
    "\tan indent by a tab",
    "back\\slash \\* \\",
    "| no | table |\n|---|---|",
    "```\nno code\n```",
    "~~~\nno code\n~~~",
    "<!-- said -->",
    "snake_case_word and 2*3*4",
    "Emoji 🌊 and \u05e2\u05d1\u05e8\u05d9\u05ea and e\u0301",
]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_shown_as_it_was_typed(text):
    assert shown(text_to_markdown(text, ())) == typed(text)


@pytest.mark.usefixtures("qapp")
@settings(max_examples=400)
@given(st.text(st.sampled_from("ab1 .)-+=*_`#<>[](!&;|~\\\n\t\"':/"), max_size=30))
@example("1\n=")
@example("a\n    - b")
def test_any_signs_are_shown_as_they_were_typed(text):
    assert shown(text_to_markdown(text, ())) == typed(text)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("style", [Style.HEADING, Style.QUOTE, Style.BULLET, Style.NUMBER])
@given(text=st.text(st.sampled_from("ab1 .-+=*_#>\\"), min_size=1, max_size=12).filter(lambda text: text.strip()))
def test_any_signs_in_a_formatted_line_are_shown_as_they_were_typed(style, text):
    assert shown(text_to_markdown(f"{text}\nafter", (Mark(0, len(text), style),))) == [*typed(text), "after"]


def test_formatting_becomes_markdowns_own():
    text = "Head\nsaid\nagain\nplain\none\ntwo\nsecond list\nend"
    starts = [0, 5, 10, 16, 22, 26, 30, 42]
    styles = [Style.HEADING, Style.QUOTE, Style.QUOTE, None, Style.BULLET, Style.BULLET, Style.NUMBER, None]
    marks = tuple(
        Mark(start, start + len(line), style)
        for start, line, style in zip(starts, text.split("\n"), styles, strict=True)
        if style
    )
    assert text_to_markdown(text, marks).split("\n") == [
        "### Head", "", "> said  ", "> again  ", "", "plain  ", "", "- one", "- two", "", "1. second list", "", "end",
    ]  # fmt: skip


def test_bold_and_italic_leave_the_spaces_outside():
    text = "so very deep blue"
    assert text_to_markdown(text, (Mark(2, 8, Style.BOLD),)) == "so **very** deep blue"
    assert text_to_markdown(text, (Mark(8, 17, Style.ITALIC),)) == "so very *deep blue*"
    both = (Mark(3, 7, Style.BOLD), Mark(3, 7, Style.ITALIC))
    assert text_to_markdown(text, both) == "so ***very*** deep blue"
    assert text_to_markdown("a\nb", (Mark(0, 3, Style.BOLD),)) == "**a**  \n**b**"
    assert text_to_markdown("   ", (Mark(0, 3, Style.BOLD),)) == ""


@pytest.mark.usefixtures("qapp")
def test_formatting_is_read_by_another_program():
    document = QTextDocument()
    document.setMarkdown(text_to_markdown("so very deep", (Mark(3, 7, Style.BOLD),)))
    fragments = []
    place = document.begin().begin()
    while not place.atEnd():
        fragment = place.fragment()
        fragments.append((fragment.text(), fragment.charFormat().fontWeight() > 400))
        place += 1
    assert fragments == [("so ", False), ("very", True), (" deep", False)]


def test_a_course_is_told_in_the_order_of_time():
    course, second, first = "c" * 32, "b" * 32, "a" * 32
    pairs = [
        (second, Session(starts=Moment(DAY + timedelta(days=7)), happened=False)),
        (first, Session(
            starts=Moment(DAY), course=course, number=1, route=Route.INTRAMUSCULAR, dose="50 mg",
            setting="The *room*", people="A\nB", notes="one\ntwo", happened=True,
        )),
        (course, Course(title="Spring")),
        ("1" * 32, Experience(at=Moment(DAY), title="Blue", text="deep", session=first, tags=("sea",))),
        ("2" * 32, Intention(at=Moment(DAY), text="be kind", session=first)),
        ("3" * 32, IntegrationNote(at=Moment(DAY), text="later", session=first, modalities=("mi", "own"))),
        ("4" * 32, Page(at=Moment(DAY), title="Loose", session="f" * 32)),
        ("5" * 32, Settings(name="Jona")),
    ]  # fmt: skip
    text = written(pairs)
    assert text.startswith('---\ntitle: "Integration Journal"\nexported: 2026-03-12T14:05:00+00:00\n---\n')
    lines = text.split("\n")
    parts = [
        "# Session 1 (Spring)", "- When: 2026-03-01 14:30", "- Route: im", "- Dose, as told: 50 mg",
        "- Setting: The \\*room\\*", "- Who was there: A B", "one  ", "two", "## Intention", "be kind", "## Blue",
        "*Experience, 2026-03-01 14:30*", "deep", "Tags: sea", "## Integration note", "later",
        "Tags: Motivational interviewing, own", "# Session 2", "- When: 2026-03-08 14:30", "- Planned only: yes",
        "# Pages", "## Loose",
    ]  # fmt: skip
    places = [lines.index(part) for part in parts]
    assert places == sorted(places)
    assert "Jona" not in text


def test_a_blank_answer_is_a_dash_and_never_zero():
    noted = CheckIn(at=Moment(DAY), mood=0, note="a | b\n# c")
    row = next(line for line in written([("a" * 32, noted)]).split("\n") if line.startswith("| 2026"))
    assert row == "| 2026-03-01 14:30 | 0 | – | – | – | – | – | – | a \\| b \\# c |"


@given(journals)
def test_any_journal_can_be_written(pairs):
    text = written(pairs)
    answers = [line for line in text.split("\n") if line.startswith("| ") and not line.startswith("| When")]
    assert len(answers) == sum(isinstance(record, CheckIn | Expense) for _, record in pairs)
    sessions = [line for line in text.split("\n") if line.startswith("# Session ")]
    assert len(sessions) == sum(isinstance(record, Session) for _, record in pairs)
    assert text.count("\n## ") == sum(isinstance(record, Writing) for _, record in pairs)
