"""A page is left, and come back to before the disk could answer: what could not be kept stands there again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from journal.records import CheckIn, Experience, HardMoment, Medicine, Moment, Session, Whom
from journal.records import Page as JournalPage
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.pages.hands import TODAY, entries, gone, no_room, save
from tests.ui.pages.landing_hands import land, session
from ui.pages.write import WritePage
from ui.places import Place
from ui.window import MainWindow

WORDS = "long words of an evening"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal's file."""
    return tmp_path / "journal.vault"


def away(window: MainWindow, *places: Place) -> None:
    """Go from place to place without waiting for an answer."""
    for place in places:
        window.stack.go(place)


# -- writing ---------------------------------------------------------------------------------------------------


def writing(qtbot, window: MainWindow, eid: str, typed: str = WORDS) -> WritePage:
    page = go(qtbot, window, Place("write", eid=eid))
    page.editor.selectAll()
    qtbot.keyClicks(page.editor, typed)
    return page


@pytest.mark.parametrize("times", [1, 2])
def test_what_was_written_stands_there_again(qtbot, window_open: MainWindow, path: Path, times: int) -> None:
    eid = save(qtbot, window_open, Experience(at=Moment(NOW), title="A", text="first", tags=("night",)))
    here = Place("write", eid=eid)
    page = writing(qtbot, window_open, eid)
    qtbot.keyClicks(page.heading, " new")
    with no_room():
        away(window_open, *[TODAY, here] * times)
        quiet(qtbot, window_open.context.tasks)
        assert (page.editor.content()[0], page.heading.value()) == (WORDS, "A new")
        assert "What was saved before is safe" in page.banner.text
        assert not page.editor.isReadOnly()
        qtbot.keyClicks(page.editor, ", and more")
    page.sealing._retry.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert gone(path).texts == [page.editor.content()[0]]
    text = page.editor.content()[0]
    go(qtbot, window_open, TODAY)
    found = entries(qtbot, window_open)[eid]
    assert (found.text, found.title, found.tags) == (text, "A new", ("night",))
    assert sorted(text) == sorted(WORDS + ", and more")


def test_the_last_of_two_refused_savings_stands_there_again(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="first"))
    page = writing(qtbot, window_open, eid)
    with no_room():
        page.save.click()
        qtbot.keyClicks(page.editor, ", and more")
        away(window_open, TODAY, Place("write", eid=eid))
        quiet(qtbot, window_open.context.tasks)
        assert page.editor.content()[0] == WORDS + ", and more"
    go(qtbot, window_open, TODAY)
    assert entries(qtbot, window_open)[eid].text == WORDS + ", and more"


def test_a_saving_that_went_well_after_all_leaves_one_version(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="first"))
    page = writing(qtbot, window_open, eid)
    with no_room():
        away(window_open, TODAY, Place("write", eid=eid))
        quiet(qtbot, window_open.context.tasks)
    away(window_open, TODAY, Place("write", eid=eid))
    quiet(qtbot, window_open.context.tasks)
    assert page.editor.content()[0] == WORDS
    item = ask(qtbot, window_open, partial(JournalService.get, eid=eid))
    assert (item.record.text, item.heads) == (WORDS, 1)


def test_what_was_begun_before_the_journal_could_answer_stays_its_own(qtbot, window_open: MainWindow) -> None:
    """It is typed, and left, before the page knows what it would have shown."""
    session = save(qtbot, window_open, Session(starts=Moment(NOW)))
    other = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="other"))
    page = go(qtbot, window_open, Place("write", eid=other))
    with no_room():
        away(window_open, Place("write", kind="experience", session=session))
        qtbot.keyClicks(page.editor, WORDS)
        away(window_open, TODAY)
        quiet(qtbot, window_open.context.tasks)
        assert page.editor.content()[0] == WORDS
    go(qtbot, window_open, TODAY)
    found = entries(qtbot, window_open)
    assert found[other].text == "other"
    (kept,) = (record for record in found.values() if isinstance(record, Experience))
    assert (kept.text, kept.session) == (WORDS, session)


# -- forms -----------------------------------------------------------------------------------------------------


def test_what_a_form_held_stands_there_again(qtbot, window_open: MainWindow, path: Path) -> None:
    eid = save(qtbot, window_open, Medicine(name="A"))
    other = save(qtbot, window_open, Medicine(name="other"))
    here = Place("edit-medicine", eid=eid)
    page = go(qtbot, window_open, here)
    qtbot.keyClicks(page.name, " typed words")
    with no_room():
        away(window_open, TODAY, here, TODAY, here)
        quiet(qtbot, window_open.context.tasks)
        assert page.name.text() == "A typed words"
        assert "What was saved before is safe" in page.banner.text
        qtbot.keyClicks(page.name, ", and more")
    page.sealing._retry.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert [draft.record.name for draft in gone(path).drafts] == ["A typed words, and more"]
    page = go(qtbot, window_open, Place("edit-medicine", eid=other))
    assert page.name.text() == "other"
    page = go(qtbot, window_open, here)
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    found = entries(qtbot, window_open)
    assert (found[eid].name, found[other].name) == ("A typed words, and more", "other")


def test_a_form_that_could_not_be_saved_stands_there_again(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("check-in"))
    qtbot.keyClicks(page.note, WORDS)
    with no_room():
        page.save.click()
        away(window_open, TODAY, page._place)
        quiet(qtbot, window_open.context.tasks)
        assert page.note.value() == WORDS
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    (found,) = (one for one in entries(qtbot, window_open).values() if isinstance(one, CheckIn))
    assert found.note == WORDS


# -- something hard --------------------------------------------------------------------------------------------


def notes(qtbot, window: MainWindow) -> list[str]:
    """What the notes say that are in the journal."""
    return sorted(one.note for one in entries(qtbot, window).values() if isinstance(one, HardMoment))


def test_what_was_noted_stands_there_again(qtbot, window_open: MainWindow, path: Path) -> None:
    page = go(qtbot, window_open, Place("hard"))
    qtbot.keyClicks(page.note, WORDS)
    with no_room():
        away(window_open, TODAY, Place("hard"), TODAY, Place("hard"))
        quiet(qtbot, window_open.context.tasks)
        assert page.note.value() == WORDS
        assert "What was saved before is safe" in page.banner.text
        page.note.setFocus()
        qtbot.keyClicks(page.note, ", and more")
    page.sealing._retry.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert [draft.record.note for draft in gone(path).drafts] == [page.note.value()]
    go(qtbot, window_open, TODAY)
    assert [sorted(note) for note in notes(qtbot, window_open)] == [sorted(WORDS + ", and more")]


def test_another_note_that_was_opened_meanwhile_makes_room(qtbot, window_open: MainWindow) -> None:
    entry = save(qtbot, window_open, Experience(at=Moment(NOW), text="a door"))
    page = go(qtbot, window_open, Place("hard"))
    qtbot.keyClicks(page.note, WORDS)
    with no_room():
        away(window_open, TODAY, Place("hard", eids=(entry,)))
        quiet(qtbot, window_open.context.tasks)
        assert page.note.value() == WORDS
    go(qtbot, window_open, TODAY)
    (found,) = (one for one in entries(qtbot, window_open).values() if isinstance(one, HardMoment))
    assert (found.note, found.entry) == (WORDS, None)


def test_two_notes_that_could_not_be_kept_are_both_kept_later(qtbot, window_open: MainWindow) -> None:
    entry = save(qtbot, window_open, Experience(at=Moment(NOW), text="a door"))
    page = go(qtbot, window_open, Place("hard"))
    qtbot.keyClicks(page.note, WORDS)
    with no_room():
        away(window_open, TODAY)
        quiet(qtbot, window_open.context.tasks)
        away(window_open, Place("hard", eids=(entry,)))
        quiet(qtbot, window_open.context.tasks)
    assert page.note.value() == WORDS
    go(qtbot, window_open, TODAY)
    page = go(qtbot, window_open, Place("hard", eids=(entry,)))
    qtbot.keyClicks(page.note, "another")
    with no_room():
        away(window_open, TODAY, Place("hard"))
        page._on_how("bit")
        quiet(qtbot, window_open.context.tasks)
    window_open.stack.seal()
    quiet(qtbot, window_open.context.tasks)
    go(qtbot, window_open, TODAY)
    assert notes(qtbot, window_open) == ["", "another", WORDS]


# -- landing ---------------------------------------------------------------------------------------------------


def said(qtbot, window: MainWindow) -> list[str]:
    """What the entries of landings say."""
    return sorted(one.text for one in entries(qtbot, window).values() if isinstance(one, Experience))


def test_what_was_said_in_a_landing_stands_there_again(qtbot, window_open: MainWindow) -> None:
    page = land(qtbot, window_open, session(qtbot, window_open))
    qtbot.keyClicks(page.text, WORDS)
    with no_room():
        away(window_open, TODAY, page._there(), TODAY, page._there())
        quiet(qtbot, window_open.context.tasks)
        assert page.text.value() == WORDS
        assert page.banner.text
    go(qtbot, window_open, TODAY)
    (text,) = said(qtbot, window_open)
    assert WORDS in text


def test_what_was_said_in_a_landing_is_kept_later_where_another_is_shown(qtbot, window_open: MainWindow) -> None:
    other = land(qtbot, window_open, session(qtbot, window_open))._there()
    page = land(qtbot, window_open, session(qtbot, window_open))
    assert page._there() != other
    qtbot.keyClicks(page.text, WORDS)
    with no_room():
        away(window_open, TODAY, other)
        quiet(qtbot, window_open.context.tasks)
        assert page.banner.text and page._there() == other and page.text.value() == ""
    window_open.stack.seal()
    quiet(qtbot, window_open.context.tasks)
    (text,) = said(qtbot, window_open)
    assert WORDS in text


# -- what was begun in its place -------------------------------------------------------------------------------


def test_what_is_being_written_stays_and_what_was_refused_is_kept_later(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="first"))
    page = writing(qtbot, window_open, eid)
    with no_room():
        away(window_open, Place("write", kind="page"))
        qtbot.keyClicks(page.editor, "another")
        quiet(qtbot, window_open.context.tasks)
        assert page.editor.content()[0] == "another" and page.banner.text
    window_open.stack.seal()
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open)[eid].text == WORDS
    go(qtbot, window_open, TODAY)
    texts = sorted(one.text for one in entries(qtbot, window_open).values() if isinstance(one, JournalPage))
    assert texts == ["another", WORDS]


def test_a_line_that_was_begun_in_the_place_of_another(qtbot, window_open: MainWindow, path: Path) -> None:
    here = Place("questions")
    page = go(qtbot, window_open, here)
    line = page.lines[Whom.THERAPY]
    qtbot.keyClicks(line.field, WORDS)
    with no_room():
        away(window_open, TODAY, here)
        qtbot.keyClicks(line.field, "another")
        quiet(qtbot, window_open.context.tasks)
        assert line.text() == "another" and page.banner.text
    window_open.stack.seal()
    quiet(qtbot, window_open.context.tasks)
    assert sorted(gone(path).texts) == ["another", WORDS]
