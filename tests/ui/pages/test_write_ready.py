"""What is ready for whoever writes: questions, templates, a cover, the spelling."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QMenu, QPushButton

from journal.records import IntegrationNote, Intention, Mark, Moment, PromptSet, Session, Settings, Style, Template
from journal.records import Page as JournalPage
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.dictionaries import dictionary
from tests.ui.hands import ask, go
from tests.ui.pages.hands import entries, read_only, save
from ui import spelling
from ui.pages.write import WritePage
from ui.places import Place
from ui.window import MainWindow


@pytest.fixture
def own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One dictionary on this computer, and that one small."""
    folder = tmp_path / "hunspell"
    folder.mkdir()
    dictionary(folder, "en_US", "the", "tree", "was", "green", "Session")
    monkeypatch.setattr(spelling, "folders", lambda: (folder,))
    return folder


def texts(page) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page)]


def write(qtbot, window: MainWindow, text: str = "", **place) -> WritePage:
    page = go(qtbot, window, Place("write", **{"kind": "page", **place}))
    page.editor.setFocus()
    page.editor.insertPlainText(text)  # keyClicks cannot type a tree
    return page


def marked(qtbot, page: WritePage, *words: str) -> None:
    qtbot.waitUntil(lambda: page.spelling.marks.marked() == words)


# -- questions and templates ----------------------------------------------------------------------------------


def test_the_questions_of_this_time_stand_beside_the_text(qtbot, window_open: MainWindow) -> None:
    week_ago = Moment(NOW.replace(day=5))
    session = save(qtbot, window_open, Session(starts=week_ago, happened=True))
    page = write(qtbot, window_open, kind="integration", session=session)
    assert "If a question helps · A week after" in texts(page)
    (another,) = [one for one in page.side.findChildren(QPushButton) if one.text() == "Another question"]
    seen = set()
    for _ in range(20):
        seen |= set(texts(page.side))
        another.click()
    assert "If a question helps · Two weeks after" in seen


def test_what_was_unticked_is_offered_no_more_and_undo_brings_it_back(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("prompts"))
    (tick,) = [one for one in page.findChildren(QCheckBox) if one.accessibleName().startswith("Any day,")]
    assert tick.isChecked()
    tick.click()
    quiet(qtbot, window_open.context.tasks)
    assert not any("question helps" in text for text in texts(write(qtbot, window_open)))
    ask(qtbot, window_open, JournalService.undo)
    assert any("question helps" in text for text in texts(write(qtbot, window_open)))


def test_a_set_of_the_programs_is_changed_and_come_back_to(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-prompts", kind="set:page"))
    assert page.name.value() == "Any day" and not page.about.isEnabled()
    page.questions.setFocus()
    page.questions.selectAll()
    qtbot.keyClicks(page.questions, "Only this one?")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert "Only this one?" in texts(write(qtbot, window_open))
    quiet(qtbot, window_open.context.tasks)
    (kept,) = [one for one in ask(qtbot, window_open, JournalService.prompts) if one.built_in == "page"]
    page = go(qtbot, window_open, Place("edit-prompts", eid=kept.eid, kind="set:page"))
    assert page.remove.text() == "Go back to how they came"
    page.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert "Only this one?" not in texts(write(qtbot, window_open))


def test_own_questions(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-prompts", kind="intention"))
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open) == {}  # nothing was asked yet
    qtbot.keyClicks(page.name, "Mine")
    page.questions.setFocus()
    qtbot.keyClicks(page.questions, "First?")
    qtbot.keyClick(page.questions, Qt.Key.Key_Return)
    qtbot.keyClicks(page.questions, "  Second?  ")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    (record,) = entries(qtbot, window_open).values()
    assert record == PromptSet(title="Mine", about="intention", questions=("First?", "Second?"))


def test_a_template_is_written_and_begun_from(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-template"))
    qtbot.keyClicks(page.name, "Evening")
    page.about.setCurrentIndex(page.about.findData("page"))
    page.editor.setFocus()
    page.editor.toggle(Style.HEADING)
    page.editor.insertPlainText("Today 🌳")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    (item,) = ask(qtbot, window_open, JournalService.templates)
    assert item.record == Template(title="Evening", about="page", text="Today 🌳", marks=(Mark(0, 7, Style.HEADING),))

    page = write(qtbot, window_open, "🌲 before: ")
    (begin,) = [one for one in page.side.findChildren(QPushButton) if one.text() == "Evening"]
    begin.click()
    assert page.editor.content()[0] == "🌲 before: Today 🌳"
    page.editor.undo()
    assert page.editor.content() == ("🌲 before: ", ())


def test_a_template_into_an_empty_text_keeps_its_looks(qtbot, window_open: MainWindow) -> None:
    record = Template(
        title="T", about="page", text="One\n\nTwo", marks=(Mark(0, 3, Style.HEADING), Mark(5, 8, Style.BOLD))
    )
    save(qtbot, window_open, record)
    page = write(qtbot, window_open)
    next(one for one in page.side.findChildren(QPushButton) if one.text() == "T").click()
    assert page.editor.content() == (record.text, record.marks)
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    (kept,) = [one for one in entries(qtbot, window_open).values() if isinstance(one, JournalPage)]
    assert (kept.text, kept.marks) == (record.text, record.marks)


# -- covers ---------------------------------------------------------------------------------------------------


def test_a_cover_stands_in_the_list_in_place_of_the_text(qtbot, window_open: MainWindow) -> None:
    page = write(qtbot, window_open, "something private")
    page.desk.cover.choice.click()
    qtbot.keyClicks(page.desk.cover.words, "A page")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    (record,) = entries(qtbot, window_open).values()
    assert (record.covered, record.cover, record.text) == (True, "A page", "something private")
    (row,) = ask(qtbot, window_open, JournalService.rows)
    assert (row.title, row.snippet) == ("A page", "")


def test_a_cover_is_taken_off_again(qtbot, window_open: MainWindow) -> None:
    saved = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="private", covered=True, cover="A page"))
    page = go(qtbot, window_open, Place("write", eid=saved, kind="page"))
    assert page.desk.cover.choice.isChecked() and page.desk.cover.words.value() == "A page"
    page.desk.cover.choice.click()
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    (record,) = entries(qtbot, window_open).values()
    assert (record.covered, record.cover) == (False, "")


def test_a_covered_intention_is_not_shown_beside_the_text(qtbot, window_open: MainWindow) -> None:
    session = save(qtbot, window_open, Session(starts=Moment(NOW), happened=True))
    hidden = Intention(at=Moment(NOW), title="secret title", text="secret", covered=True, cover="C")
    save(qtbot, window_open, msgspec.structs.replace(hidden, session=session))
    page = write(qtbot, window_open, kind="experience", session=session)
    shown = texts(page.side)
    assert "C" in shown and not any("secret" in text for text in shown)


# -- spelling -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("own_words")
def test_words_that_are_none_get_a_line_below_and_the_text_stays(qtbot, window_open: MainWindow) -> None:
    page = write(qtbot, window_open, "🌳 teh tree was grene now ")
    marked(qtbot, page, "teh", "grene", "now")
    assert page.editor.content() == ("🌳 teh tree was grene now ", ())
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert page.status.text().startswith("Saved")  # and marks are no change


@pytest.mark.usefixtures("own_words")
def test_a_word_is_left_alone_while_it_is_typed(qtbot, window_open: MainWindow) -> None:
    page = write(qtbot, window_open, "teh tree was gre")
    marked(qtbot, page, "teh")


@pytest.mark.usefixtures("own_words")
def test_the_menu_of_a_word_offers_others_and_undo_takes_the_change_back(qtbot, window_open: MainWindow) -> None:
    page = write(qtbot, window_open, "the treee was green ")
    marked(qtbot, page, "treee")
    menu = menu_at(qtbot, page, "treee")
    qtbot.waitUntil(lambda: "tree" in [action.text() for action in menu.actions()])
    next(action for action in menu.actions() if action.text() == "tree").trigger()
    menu.close()
    assert page.editor.content()[0] == "the tree was green "
    page.editor.undo()
    assert page.editor.content()[0] == "the treee was green "


@pytest.mark.usefixtures("own_words")
def test_a_word_of_ones_own_is_kept_in_the_journal(qtbot, window_open: MainWindow) -> None:
    page = write(qtbot, window_open, "Zwitscher was zwitscher ")
    marked(qtbot, page, "Zwitscher", "zwitscher")
    menu = menu_at(qtbot, page, "Zwitscher")
    next(action for action in menu.actions() if action.text() == "This is a word of mine").trigger()
    menu.close()
    marked(qtbot, page)
    quiet(qtbot, window_open.context.tasks)
    assert ask(qtbot, window_open, JournalService.settings).known_words == ("Zwitscher",)
    page = write(qtbot, window_open, "zwitscher nix ")
    marked(qtbot, page, "nix")


@pytest.mark.usefixtures("own_words")
def test_the_menu_of_a_right_word_is_the_usual_one(qtbot, window_open: MainWindow) -> None:
    page = write(qtbot, window_open, "the treee ")
    marked(qtbot, page, "treee")
    menu = menu_at(qtbot, page, "the ")
    assert "This is a word of mine" not in [action.text() for action in menu.actions()]
    menu.close()


@pytest.mark.usefixtures("own_words")
def test_no_language_no_marks(qtbot, window_open: MainWindow) -> None:
    op = partial(JournalService.save_settings, settings=Settings(spelling=spelling.OFF))
    ask(qtbot, window_open, op)
    page = write(qtbot, window_open, "teh ")
    page.spelling.marks.look()
    assert page.spelling.marks.marked() == ()


@pytest.mark.usefixtures("own_words")
def test_a_journal_that_is_only_read_has_no_marks(qtbot, window: MainWindow, tmp_path: Path) -> None:
    record = IntegrationNote(at=Moment(NOW), text="teh tree")
    saved = read_only(qtbot, window, tmp_path / "journal.vault", lambda service: service.save(record).eid)
    page = go(qtbot, window, Place("write", eid=saved, kind="integration"))
    page.spelling.marks.look()
    assert page.spelling.marks.marked() == ()


def test_preferences_choose_the_language_and_forget_words(qtbot, window_open: MainWindow, own_words: Path) -> None:
    dictionary(own_words, "de_DE", "Baum")
    ask(qtbot, window_open, partial(JournalService.save_settings, settings=Settings(known_words=("Foo", "bar"))))
    page = go(qtbot, window_open, Place("preferences"))
    card = page.writing
    assert [made.text() for made in card.findChildren(QPushButton) if made.text() in ("Foo", "bar")] == ["Foo", "bar"]
    index = card.language.findData("de_DE")
    card.language.setCurrentIndex(index)
    card.language.activated.emit(index)
    quiet(qtbot, window_open.context.tasks)
    next(one for one in card.findChildren(QPushButton) if one.text() == "Foo").click()
    quiet(qtbot, window_open.context.tasks)
    settings = ask(qtbot, window_open, JournalService.settings)
    assert (settings.spelling, settings.known_words) == ("de_DE", ("bar",))
    next(one for one in card.findChildren(QPushButton) if one.text() == "Undo").click()
    quiet(qtbot, window_open.context.tasks)
    assert ask(qtbot, window_open, JournalService.settings).known_words == ("bar", "Foo")


def test_tags_that_were_used_are_offered_and_filter_the_journey(qtbot, window_open: MainWindow) -> None:
    for text, tags in (("one", ("sleep", "water")), ("two", ("sleep",)), ("three", ())):
        save(qtbot, window_open, JournalPage(at=Moment(NOW), text=text, tags=tags))
    page = write(qtbot, window_open, "four")
    page.desk.more.setChecked(True)
    next(one for one in page.tags.findChildren(QPushButton) if one.text() == "water").click()
    assert page.tags.tags() == ("water",)
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    journey = go(qtbot, window_open, Place("journey"))
    assert [journey.tag.itemText(place) for place in range(journey.tag.count())] == ["Any tag", "sleep", "water"]
    journey.tag.setCurrentIndex(2)
    journey.tag.activated.emit(2)
    quiet(qtbot, window_open.context.tasks)
    assert journey.model.count == 2


def menu_at(qtbot, page: WritePage, word: str) -> QMenu:
    """The menu that a click with the other button opens on a word."""
    cursor = page.editor.document().find(word)
    cursor.setPosition(cursor.selectionStart() + 1)
    place: QPoint = page.editor.cursorRect(cursor).center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(
        page.editor.viewport(), QContextMenuEvent(reason, place, page.editor.viewport().mapToGlobal(place))
    )
    (menu,) = [one for one in page.editor.findChildren(QMenu) if one.isVisible()]
    return menu
