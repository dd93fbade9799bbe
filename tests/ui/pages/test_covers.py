"""What is covered shows its cover alone, wherever its words were carried: in forms, versions, lists and Today."""

from __future__ import annotations

from functools import partial

import msgspec
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from journal.records import Experience, Moment, Question, Whom
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.pages.hands import save
from tests.ui.two_computers import bring
from ui.dialogs.removed import RemovedDialog
from ui.places import Place
from ui.window import MainWindow

WORDS = "the lamp in the snow"


class Covered(msgspec.Struct):
    entry: str
    question: str


@pytest.fixture
def covered(qtbot, window_open: MainWindow) -> Covered:
    """A covered entry, and what was brought along from it before it was covered."""
    entry = save(qtbot, window_open, Experience(at=Moment(NOW), title="secret", text=f"{WORDS} burned"))
    op = partial(JournalService.bring, eid=entry, made=Moment(NOW), words=WORDS)
    question = ask(qtbot, window_open, op).eid
    ask(qtbot, window_open, partial(JournalService.cover, eid=entry, title="The blue one"))
    return Covered(entry, question)


def seen(widget: QWidget) -> str:
    """All words that can be seen on a page."""
    found = []
    for made in widget.findChildren(QWidget):
        if made.isVisibleTo(widget) and isinstance(made, QLabel | QLineEdit):
            found.append(made.text())
        elif made.isVisibleTo(widget) and isinstance(made, QPlainTextEdit | QTextEdit):
            found.append(made.toPlainText())
    return "\n".join(found)


def test_the_form_of_what_was_brought_along_opens_for_this_viewing_only(qtbot, window_open, covered) -> None:
    page = go(qtbot, window_open, Place("edit-question", eid=covered.question))
    assert "The blue one" in seen(page) and WORDS not in seen(page)
    assert QApplication.focusWidget() is page._veil.open_
    page.answer.set_value("It was a street lamp.")  # the rest of the form is there to be filled in
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    record = ask(qtbot, window_open, partial(JournalService.get, eid=covered.question)).record
    assert (record.text, record.answer) == (WORDS, "It was a street lamp.")
    page = go(qtbot, window_open, Place("edit-question", eid=covered.question))
    page._veil.open_.click()
    assert WORDS in seen(page) and QApplication.focusWidget() is page.text
    go(qtbot, window_open, Place("today"))
    page = go(qtbot, window_open, Place("edit-question", eid=covered.question))
    assert WORDS not in seen(page)


def test_a_question_of_one_s_own_is_not_covered(qtbot, window_open, covered) -> None:
    own = save(qtbot, window_open, Question(text="And the night?", made=Moment(NOW), entry=covered.entry))
    page = go(qtbot, window_open, Place("edit-question", eid=own))
    assert "And the night?" in seen(page) and QApplication.focusWidget() is page.text
    page = go(qtbot, window_open, Place("edit-question"))
    assert page.text.isVisible() and "The blue one" not in seen(page)


@pytest.mark.parametrize("which", ["entry", "question"])
def test_its_versions_are_behind_the_cover(qtbot, window_open, covered, which: str) -> None:
    eid = getattr(covered, which)
    record = ask(qtbot, window_open, partial(JournalService.get, eid=eid)).record
    later = msgspec.structs.replace(record, text="something else")
    ask(qtbot, window_open, partial(JournalService.save, record=later, eid=eid))
    page = go(qtbot, window_open, Place("history", eid=eid))
    for place in range(page.list.count()):
        page.list.setCurrentRow(place)
        assert "The blue one" in seen(page) and WORDS not in seen(page) and "secret" not in seen(page)
        assert not page.bring_back.isVisible() and not page.text.isVisible()
    page.open_.click()
    page.compare.setChecked(False)
    page.list.setCurrentRow(page.list.count() - 1)
    assert WORDS in seen(page)
    page = go(qtbot, window_open, Place("history", eid=eid))
    assert WORDS not in seen(page)


def test_two_versions_of_what_was_brought_along_are_behind_the_cover(qtbot, window_open, there, covered, tmp_path):
    bring(there, path=tmp_path / "journal.vault")
    record = there.get(covered.question).record
    there.save(msgspec.structs.replace(record, answer="there"), covered.question)
    here = msgspec.structs.replace(record, answer="here")
    ask(qtbot, window_open, partial(JournalService.save, record=here, eid=covered.question))
    ask(qtbot, window_open, partial(bring, path=there.path))
    page = go(qtbot, window_open, Place("two-versions", eid=covered.question))
    assert seen(page).count("The blue one") == 2 and WORDS not in seen(page)


def test_today_s_unfinished_things_and_the_removed_ones_show_the_cover(qtbot, window_open, covered) -> None:
    record = ask(qtbot, window_open, partial(JournalService.get, eid=covered.question)).record
    begun = msgspec.structs.replace(record, whom=Whom.PRESCRIBER)
    ask(qtbot, window_open, partial(JournalService.put_draft, eid=covered.question, record=begun))
    page = go(qtbot, window_open, Place("today"))
    assert "Question, not finished" in seen(page)
    assert "The blue one" in seen(page) and WORDS not in seen(page)
    ask(qtbot, window_open, partial(JournalService.delete, eid=covered.question))
    dialog = RemovedDialog(window_open.context, window_open)
    dialog.open()
    quiet(qtbot, window_open.context.tasks)
    assert [dialog.list.item(0).text().split("\n")[0]] == ["Question: The blue one"]
    dialog.reject()


def test_the_journey_finds_it_by_its_words_and_shows_the_cover(qtbot, window_open, covered) -> None:
    page = go(qtbot, window_open, Place("journey"))
    page.search.setText("lamp snow")
    qtbot.waitUntil(lambda: page.model.count == 2)
    quiet(qtbot, window_open.context.tasks)
    shown = [page.model.index(place).data() for place in range(page.model.rowCount())]
    assert shown.count("The blue one") == 2
    assert not any("lamp" in text or "secret" in text for text in shown)
