"""The writing page: what is typed is sealed as it is typed, leaving saves, and no word is lost when it cannot."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor

from journal.records import Experience, IntegrationNote, Intention, Mark, Moment, Session, Style
from journal.records import Page as JournalPage
from journal.records.base import MAX_LINE, MAX_TEXT
from journal.service import JournalService
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, quiet, settled
from tests.ui.hands import ask, go, press
from tests.ui.pages.hands import TODAY, entries, gone, no_room, read_only, save, shown
from ui.pages.write import WritePage
from ui.places import Place
from ui.widgets.reading import ReadingView
from ui.window import MainWindow


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal's file."""
    return tmp_path / "journal.vault"



def begin(qtbot, window: MainWindow, text: str = "", **place) -> WritePage:
    """The writing page, with `text` typed."""
    page = go(qtbot, window, Place("write", **{"kind": "page", **place}))
    assert isinstance(page, WritePage)
    page.editor.setFocus()
    qtbot.keyClicks(page.editor, text)
    return page


def due(qtbot, window: MainWindow, page: WritePage) -> None:
    """The moment of quiet after typing has passed."""
    assert page.sealing.pause.isActive()
    page.sealing.pause.timeout.emit()
    quiet(qtbot, window.context.tasks)


# -- sealed as it is typed ---------------------------------------------------------------------------------------


def test_what_is_typed_is_in_the_file_when_the_timer_is_due(qtbot, window_open: MainWindow, path: Path) -> None:
    page = begin(qtbot, window_open, "the light on the wall", kind="experience")
    assert gone(path).drafts == ()
    due(qtbot, window_open, page)
    assert [type(draft.record) for draft in gone(path).drafts] == [Experience]
    assert gone(path).texts == ["the light on the wall"]
    assert page.status.text().startswith("Draft kept")
    assert gone(path).entries == {}


def test_typing_on_without_a_pause_is_sealed_too(qtbot, window_open: MainWindow, path: Path) -> None:
    page = begin(qtbot, window_open, "on and on")
    page.sealing.pause.stop()
    page.sealing._longest.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert gone(path).texts == ["on and on"]


def test_formatting_title_tags_and_time_are_sealed_with_the_text(qtbot, window_open: MainWindow, path: Path) -> None:
    page = begin(qtbot, window_open, "plain ", kind="integration")
    qtbot.keyClick(page.editor, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.editor, "bold")
    qtbot.keyClicks(page.heading, "A title")
    qtbot.keyClicks(page.tags.words, "water, #night, water")
    page.tags._chips["ifs"].click()
    page.when.setFocus()
    qtbot.keyClick(page.when, Qt.Key.Key_Up)
    due(qtbot, window_open, page)
    record = gone(path).drafts[0].record
    assert isinstance(record, IntegrationNote)
    assert (record.title, record.text, record.tags) == ("A title", "plain bold", ("water", "night"))
    assert record.marks == (Mark(6, 10, Style.BOLD),)
    assert record.modalities == ("ifs",)
    assert record.at == page.when.moment()
    assert record.at.at.date() != NOW.date()


def test_a_draft_comes_back_after_the_process_is_gone(qtbot, window: MainWindow, clock, path: Path) -> None:
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=path.parent / "state")
    eid = service.new_eid()
    record = JournalPage(at=Moment(NOW), title="Wednesday", text="half a", marks=(Mark(0, 4, Style.ITALIC),))
    service.put_draft(eid, record)
    service.close()
    window.offer(path)
    window.welcome.unlock.password.edit.setText(PASSWORD)
    window.welcome.unlock.next.click()
    settled(qtbot, window)
    shown(window.stack.currentWidget(), "Go on").click()
    quiet(qtbot, window.context.tasks)
    page = window.stack.currentWidget()
    assert page.record() == record
    assert "was kept for you" in page.banner.text
    assert page.editor.hasFocus()
    qtbot.keyClicks(page.editor, " thought")
    go(qtbot, window, TODAY)
    assert entries(qtbot, window)[eid].text == "half a thought"
    assert ask(qtbot, window, JournalService.drafts) == ()


# -- leaving saves -----------------------------------------------------------------------------------------------


def test_leaving_saves(qtbot, window_open: MainWindow, path: Path) -> None:
    begin(qtbot, window_open, "kept by going away")
    go(qtbot, window_open, TODAY)
    assert [record.text for record in entries(qtbot, window_open).values()] == ["kept by going away"]
    assert gone(path).drafts == ()
    assert window_open.status.text.startswith("Saved")


def test_leaving_for_another_entry_saves_the_one_before(qtbot, window_open: MainWindow) -> None:
    other = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="other"))
    begin(qtbot, window_open, "first")
    page = go(qtbot, window_open, Place("write", eid=other))
    assert page.editor.content()[0] == "other"
    assert sorted(record.text for record in entries(qtbot, window_open).values()) == ["first", "other"]


def test_an_empty_new_entry_is_let_go(qtbot, window_open: MainWindow, path: Path) -> None:
    page = begin(qtbot, window_open, "a")
    due(qtbot, window_open, page)
    assert gone(path).texts == ["a"]
    qtbot.keyClick(page.editor, Qt.Key.Key_Backspace)
    go(qtbot, window_open, TODAY)
    assert entries(qtbot, window_open) == {}
    assert gone(path).drafts == ()


def test_an_entry_looked_at_is_not_written_again(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="as it was"))
    begin(qtbot, window_open, eid=eid)
    go(qtbot, window_open, TODAY)
    assert len(ask(qtbot, window_open, partial(JournalService.versions, eid=eid))) == 1


def test_saving_by_keys_keeps_the_cursor_and_what_can_be_undone(qtbot, window_open: MainWindow) -> None:
    page = begin(qtbot, window_open, "one two")
    page.editor.moveCursor(QTextCursor.MoveOperation.Start)
    press(qtbot, window_open, "Ctrl+S")
    quiet(qtbot, window_open.context.tasks)
    assert page.status.text().startswith("Saved")
    assert page.editor.textCursor().atStart()
    qtbot.keyClicks(page.editor, "zero ")
    assert page.editor.content()[0] == "zero one two"
    page.editor.undo()
    page.editor.undo()
    assert page.editor.content()[0] == ""


def test_what_is_typed_while_a_save_is_under_way_stays(qtbot, window_open: MainWindow) -> None:
    page = begin(qtbot, window_open, "one")
    page.say.connect(partial(qtbot.keyClicks, page.editor, " two"))  # the very moment the page says "Saved"
    press(qtbot, window_open, "Ctrl+S")
    quiet(qtbot, window_open.context.tasks)
    page.say.disconnect()
    assert page.editor.content()[0] == "one two"
    go(qtbot, window_open, TODAY)
    assert [record.text for record in entries(qtbot, window_open).values()] == ["one two"]


def test_nothing_written_is_not_saved(qtbot, window_open: MainWindow) -> None:
    page = begin(qtbot, window_open)
    page.save.click()
    assert page.status.text() == "Nothing is written yet"
    assert entries(qtbot, window_open) == {}


def test_only_what_the_person_changed_is_changed(qtbot, window_open: MainWindow) -> None:
    # A title with a line break, tags with commas, a time without a place in this zone, seconds: all from elsewhere.
    at = datetime(2026, 3, 29, 2, 30, 17, tzinfo=timezone(timedelta(hours=-5)))
    record = IntegrationNote(
        at=Moment(at, "America/Bogota"),
        title="two\nlines\x00 and 🌊" + "🌊" * 300,
        text="text",
        tags=("@home, sweet", "#x", " y "),
        modalities=("other:breath",),
        source="jrnl:1",
    )
    eid = save(qtbot, window_open, record)
    begin(qtbot, window_open, "s", eid=eid)
    go(qtbot, window_open, TODAY)
    assert entries(qtbot, window_open)[eid] == msgspec.structs.replace(record, text="texts")


# -- going back --------------------------------------------------------------------------------------------------


def test_going_back_to_what_was_saved_drops_the_draft(qtbot, window_open: MainWindow, path: Path) -> None:
    eid = save(qtbot, window_open, JournalPage(at=Moment(NOW), title="T", text="saved", tags=("water",)))
    draft = JournalPage(at=Moment(NOW), title="T2", text="saved, and more", tags=("fire",))
    ask(qtbot, window_open, partial(JournalService.put_draft, eid=eid, record=draft))
    page = go(qtbot, window_open, Place("write", eid=eid))
    assert page.editor.content()[0] == "saved, and more"
    shown(page.banner, "Go back to what was saved").click()
    quiet(qtbot, window_open.context.tasks)
    assert (page.heading.text(), page.editor.content()[0], page.tags.tags()) == ("T", "saved", ("water",))
    assert page.banner.text == ""
    assert gone(path).drafts == ()
    go(qtbot, window_open, TODAY)
    assert entries(qtbot, window_open)[eid].text == "saved"


def test_removing_can_be_undone(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="gone, and back"))
    go(qtbot, window_open, Place("journey"))
    page = begin(qtbot, window_open, eid=eid)
    page.desk.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "journey"
    assert "Ctrl+Z" in window_open.status.text
    assert entries(qtbot, window_open) == {}
    window_open.stack.currentWidget().view.setFocus()
    press(qtbot, window_open, "Ctrl+Z")
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open)[eid].text == "gone, and back"


def test_removing_what_was_never_saved_can_be_undone_too(qtbot, window_open: MainWindow, path: Path) -> None:
    go(qtbot, window_open, Place("journey"))
    page = begin(qtbot, window_open, "let go")
    due(qtbot, window_open, page)
    qtbot.keyClicks(page.editor, " of it")
    page.desk.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert gone(path) == ((), {})
    ask(qtbot, window_open, JournalService.undo)
    assert [record.text for record in entries(qtbot, window_open).values()] == ["let go of it"]


def test_removing_an_empty_new_entry_leaves_nothing_to_undo(qtbot, window_open: MainWindow, path: Path) -> None:
    page = begin(qtbot, window_open, "a")
    due(qtbot, window_open, page)
    qtbot.keyClick(page.editor, Qt.Key.Key_Backspace)
    page.desk.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert gone(path) == ((), {})
    assert ask(qtbot, window_open, JournalService.undo) is None


def test_undo_from_elsewhere_is_shown(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="before"))
    save(qtbot, window_open, JournalPage(at=Moment(NOW), text="after"), eid)
    page = begin(qtbot, window_open, eid=eid)
    ask(qtbot, window_open, JournalService.undo)
    quiet(qtbot, window_open.context.tasks)
    assert page.editor.content()[0] == "before"


# -- beside the text ---------------------------------------------------------------------------------------------


def test_the_intention_of_the_session_stands_beside(qtbot, window_open: MainWindow) -> None:
    session = save(qtbot, window_open, Session(starts=Moment(NOW), number=3, happened=True))
    save(qtbot, window_open, Intention(at=Moment(NOW), text="be kind", session=session))
    page = begin(qtbot, window_open, kind="experience", session=session)
    assert page.desk.where.text() == "Experience · Session 3"
    assert [made.toPlainText() for made in page.side.findChildren(ReadingView) if made.isVisible()] == ["be kind"]
    qtbot.keyClicks(page.editor, "warm")
    go(qtbot, window_open, TODAY)
    written = [record for record in entries(qtbot, window_open).values() if isinstance(record, Experience)]
    assert [(record.text, record.session) for record in written] == [("warm", session)]


def test_words_are_counted_only_when_asked(qtbot, window_open: MainWindow) -> None:
    page = begin(qtbot, window_open, "four words are here")
    assert "4" not in page.status.text()
    page._on_words()
    assert page.status.text() == "4 words"


# -- reading only ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("with_draft", [False, True], ids=["saved", "draft"])
def test_a_journal_for_reading_only_offers_nothing_to_write(
    qtbot, window: MainWindow, path: Path, with_draft: bool
) -> None:
    def fill(service: JournalService) -> str:
        record = JournalPage(at=Moment(NOW), title="T", text="bold\n\nx", marks=(Mark(0, 4, Style.QUOTE),))
        eid = service.save(record).eid
        if with_draft:
            service.put_draft(eid, msgspec.structs.replace(record, text="bolder"))
        return eid

    eid = read_only(qtbot, window, path, fill)
    page = go(qtbot, window, Place("write", eid=eid))
    before = page.editor.content()
    page.editor.selectAll()
    for keys in ("Ctrl+B", "Ctrl+I", "Backspace", "Return", "x", "Ctrl+S"):
        press(qtbot, window, keys)
    page.editor.moveCursor(QTextCursor.MoveOperation.Start)
    for keys in ("Backspace", "Return", "Space"):
        press(qtbot, window, keys)
    quiet(qtbot, window.context.tasks)
    assert page.editor.content() == before
    assert not any(made.isVisible() for made in (page.save, page.format, page.desk.remove))
    assert page.heading.isReadOnly()
    assert not page.when.isEnabled()
    assert not page.tags.isEnabled()
    go(qtbot, window, TODAY)
    quiet(qtbot, window.context.tasks)
    assert window.stack.place == TODAY


# -- when it cannot be kept --------------------------------------------------------------------------------------


def test_a_full_disk_while_writing_says_so_and_the_text_stays(qtbot, window_open: MainWindow, path: Path) -> None:
    page = begin(qtbot, window_open, "these words stay")
    with no_room():
        due(qtbot, window_open, page)
        assert page.status.text() == "Not kept yet"
        assert "disk is full" in page.banner.text
        assert gone(path).drafts == ()
    page.sealing._retry.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert gone(path).texts == ["these words stay"]
    assert page.status.text().startswith("Draft kept")
    assert page.banner.text == ""


def test_a_full_disk_while_saving_says_so_and_the_text_stays(qtbot, window_open: MainWindow) -> None:
    page = begin(qtbot, window_open, "these words stay")
    with no_room():
        press(qtbot, window_open, "Ctrl+S")
        quiet(qtbot, window_open.context.tasks)
        assert page.status.text() == "Not saved yet"
        assert "disk is full" in page.banner.text
        assert page.editor.content()[0] == "these words stay"
    press(qtbot, window_open, "Ctrl+S")
    quiet(qtbot, window_open.context.tasks)
    assert page.banner.text == ""
    assert [record.text for record in entries(qtbot, window_open).values()] == ["these words stay"]


def test_who_leaves_is_taken_back_to_what_could_not_be_saved(qtbot, window_open: MainWindow) -> None:
    page = begin(qtbot, window_open, "these words stay", kind="experience")
    with no_room():
        go(qtbot, window_open, Place("journey"))
        assert window_open.stack.currentWidget() is page
        assert "disk is full" in page.banner.text
        assert page.editor.content()[0] == "these words stay"
        assert page.editor.hasFocus()
    go(qtbot, window_open, Place("journey"))
    assert window_open.stack.place.name == "journey"
    assert [(type(made), made.text) for made in entries(qtbot, window_open).values()] == [
        (Experience, "these words stay")
    ]


def test_another_entry_does_not_take_the_place_of_what_could_not_be_saved(qtbot, window_open: MainWindow) -> None:
    session = save(qtbot, window_open, Session(starts=Moment(NOW)))
    other = save(qtbot, window_open, JournalPage(at=Moment(NOW), title="B", text="other"))
    page = begin(qtbot, window_open, "these words stay", kind="integration", session=session)
    page.tags._chips["ifs"].click()
    with no_room():
        go(qtbot, window_open, Place("write", eid=other))
        assert "disk is full" in page.banner.text
        assert page.editor.content()[0] == "these words stay"
        qtbot.keyClicks(page.editor, " here")
    go(qtbot, window_open, Place("write", eid=other))
    assert page.editor.content()[0] == "other"
    go(qtbot, window_open, TODAY)
    found = entries(qtbot, window_open)
    assert found[other].text == "other"
    (kept,) = (record for record in found.values() if isinstance(record, IntegrationNote))
    assert (kept.text, kept.modalities, kept.session) == ("these words stay here", ("ifs",), session)


def test_removing_on_a_full_disk_takes_the_person_back(qtbot, window_open: MainWindow) -> None:
    go(qtbot, window_open, Place("journey"))
    page = begin(qtbot, window_open, "still here")
    with no_room():
        page.desk.remove.click()
        quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is page
    assert page.editor.content()[0] == "still here"
    go(qtbot, window_open, TODAY)
    assert [record.text for record in entries(qtbot, window_open).values()] == ["still here"]


def test_a_text_over_the_limit_says_so_and_loses_nothing(
    qtbot, window_open: MainWindow, replaced: list[Path | None], path: Path
) -> None:
    much = "ä" * (MAX_TEXT // 2)
    page = begin(qtbot, window_open, "and more ")
    data = QMimeData()
    data.setText(much)
    page.editor.insertFromMimeData(data)
    due(qtbot, window_open, page)
    assert "longer than 4 MB" in page.banner.text
    go(qtbot, window_open, TODAY)
    assert window_open.stack.currentWidget() is page
    assert "longer than 4 MB" in page.banner.text
    assert page.editor.content()[0] == "and more " + much
    window_open.lock()
    qtbot.waitUntil(lambda: "could not be kept" in window_open.cover.text, timeout=10_000)
    assert replaced == []
    window_open.cover.return_.click()
    page.editor.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in "and more ":
        qtbot.keyClick(page.editor, Qt.Key.Key_Delete)
    go(qtbot, window_open, TODAY)
    assert [record.text for record in gone(path).entries.values()] == [much]


def test_a_title_over_the_limit_says_so(qtbot, window_open: MainWindow) -> None:
    page = begin(qtbot, window_open)
    QGuiApplication.clipboard().setText("x" * (MAX_LINE + 1))
    page.heading.setFocus()
    page.heading.paste()
    assert page.heading.text() == "x" * MAX_LINE
    assert "500 characters" in page.banner.text
