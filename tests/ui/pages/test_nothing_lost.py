"""Not one thing changed that the person did not change, and no word let go: the writing page at its edges."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor

from journal.records import MODALITIES, Experience, IntegrationNote, Mark, Moment, Session, Style
from journal.records import Page as JournalPage
from journal.records.base import MAX_LINE, MAX_TEXT
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.hands import TODAY, entries, gone, no_room, read_only, save
from ui.pages.write import WritePage
from ui.places import Place
from ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
BOGOTA = timezone(timedelta(hours=-5))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal's file."""
    return tmp_path / "journal.vault"


def begin(qtbot, window: MainWindow, text: str = "", **place) -> WritePage:
    """The writing page, with `text` typed."""
    page = go(qtbot, window, Place("write", **{"kind": "page", **place}))
    page.editor.setFocus()
    qtbot.keyClicks(page.editor, text)
    return page


def due(qtbot, window: MainWindow, page: WritePage) -> None:
    """The moment of quiet after typing has passed."""
    assert page.sealing.pause.isActive()
    page.sealing.pause.timeout.emit()
    quiet(qtbot, window.context.tasks)


# -- exactly ---------------------------------------------------------------------------------------------------


def test_all_that_is_given_is_in_the_file_when_the_timer_is_due(qtbot, window_open: MainWindow, path: Path) -> None:
    page = begin(qtbot, window_open, "plain ", kind="integration")
    assert gone(path) == ((), {})
    qtbot.keyClick(page.editor, Qt.Key.Key_B, CTRL)
    qtbot.keyClicks(page.editor, "bold")
    qtbot.keyClicks(page.heading, "A title")
    page.desk.more.setChecked(True)
    qtbot.keyClicks(page.tags.words, "water, #night, water")
    page.tags._chips[MODALITIES[1][0]].click()
    page.when.setFocus()
    qtbot.keyClick(page.when, Qt.Key.Key_Up)
    due(qtbot, window_open, page)
    left = gone(path)
    record = left.drafts[0].record
    assert isinstance(record, IntegrationNote)
    assert (record.title, record.text, record.tags) == ("A title", "plain bold", ("water", "night"))
    assert (record.marks, record.modalities) == ((Mark(6, 10, Style.BOLD),), (MODALITIES[1][0],))
    assert record.at == page.when.moment()
    assert record.at.at.replace(tzinfo=None) != NOW.replace(tzinfo=None)
    assert left.entries == {}


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 3, 29, 2, 30, 17, tzinfo=BOGOTA),  # the hour that summer time left out here
        datetime(1850, 1, 1, 12, 0, tzinfo=BOGOTA),
        datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=1))),  # the second of two such hours
    ],
    ids=["left out", "long ago", "twice"],
)
def test_only_what_the_person_changed_is_changed(qtbot, window_open: MainWindow, at: datetime) -> None:
    record = IntegrationNote(
        at=Moment(at, "America/Bogota"),
        title="two\nlines, \x00 and\u00a0waves " + "🌊" * 400,
        text="text",
        tags=("@home, sweet", "#x", " y ", "x"),
        modalities=("other:breath", "cbt", "act"),
        source="jrnl:1",
    )
    eid = save(qtbot, window_open, record)
    begin(qtbot, window_open, "s", eid=eid)
    go(qtbot, window_open, TODAY)
    assert entries(qtbot, window_open)[eid] == msgspec.structs.replace(record, text="texts")


def test_a_tag_is_added_beside_those_from_elsewhere(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="x", tags=("@home", "#deep")))
    page = begin(qtbot, window_open, eid=eid)
    qtbot.keyClicks(page.tags.words, ", @sea")
    go(qtbot, window_open, TODAY)
    assert entries(qtbot, window_open)[eid].tags == ("@home", "#deep", "sea")


def test_a_title_over_the_limit_says_so(qtbot, window_open: MainWindow) -> None:
    page = begin(qtbot, window_open)
    QGuiApplication.clipboard().setText("x" * (MAX_LINE + 1))
    page.heading.setFocus()
    page.heading.paste()
    assert page.heading.text() == "x" * MAX_LINE
    assert "500 characters" in page.banner.text


def test_undo_from_elsewhere_is_shown(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="before"))
    save(qtbot, window_open, JournalPage(at=Moment(NOW), text="after"), eid)
    page = begin(qtbot, window_open, eid=eid)
    ask(qtbot, window_open, JournalService.undo)
    quiet(qtbot, window_open.context.tasks)
    assert page.editor.content()[0] == "before"


# -- removed, and brought back ---------------------------------------------------------------------------------


def test_what_was_never_saved_is_brought_back_too(qtbot, window_open: MainWindow, path: Path) -> None:
    go(qtbot, window_open, Place("journey"))
    page = begin(qtbot, window_open, "let go")
    due(qtbot, window_open, page)
    qtbot.keyClicks(page.editor, " of it")
    page.desk.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert gone(path) == ((), {})
    window_open.status.undo.click()
    quiet(qtbot, window_open.context.tasks)
    assert [record.text for record in entries(qtbot, window_open).values()] == ["let go of it"]


def test_an_empty_new_entry_leaves_nothing_to_undo(qtbot, window_open: MainWindow, path: Path) -> None:
    page = begin(qtbot, window_open, "a")
    due(qtbot, window_open, page)
    assert gone(path).texts == ["a"]
    qtbot.keyClick(page.editor, Qt.Key.Key_Backspace)
    page.desk.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert gone(path) == ((), {})
    assert ask(qtbot, window_open, JournalService.undo) is None


# -- when it cannot be kept ------------------------------------------------------------------------------------


def test_another_entry_does_not_take_the_place_of_what_could_not_be_saved(qtbot, window_open: MainWindow) -> None:
    session = save(qtbot, window_open, Session(starts=Moment(NOW)))
    other = save(qtbot, window_open, JournalPage(at=Moment(NOW), title="B", text="other"))
    page = begin(qtbot, window_open, "these words stay", kind="integration", session=session)
    page.tags._chips[MODALITIES[1][0]].click()
    with no_room():
        go(qtbot, window_open, Place("write", eid=other))
        assert "What was saved before is safe" in page.banner.text
        assert page.editor.content()[0] == "these words stay"
        qtbot.keyClicks(page.editor, " here")
    go(qtbot, window_open, Place("write", eid=other))
    assert page.editor.content()[0] == "other"
    go(qtbot, window_open, TODAY)
    found = entries(qtbot, window_open)
    assert found[other].text == "other"
    (kept,) = (record for record in found.values() if isinstance(record, IntegrationNote))
    assert (kept.text, kept.modalities, kept.session) == ("these words stay here", (MODALITIES[1][0],), session)


def test_the_complaint_goes_when_there_is_room_again(qtbot, window_open: MainWindow, path: Path) -> None:
    page = begin(qtbot, window_open, "these words stay")
    with no_room():
        due(qtbot, window_open, page)
        assert page.banner.text
    assert gone(path).drafts == ()
    page.sealing._retry.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert gone(path).texts == ["these words stay"]
    assert page.banner.text == ""


def test_removing_on_a_full_disk_leads_back(qtbot, window_open: MainWindow) -> None:
    go(qtbot, window_open, Place("journey"))
    page = begin(qtbot, window_open, "still here", kind="experience")
    with no_room():
        page.desk.remove.click()
        quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is page
    assert page.editor.content()[0] == "still here"
    go(qtbot, window_open, TODAY)
    assert [type(record) for record in entries(qtbot, window_open).values()] == [Experience]


def test_a_text_over_the_limit_does_not_let_the_journal_lock_without_it(
    qtbot, window_open: MainWindow, replaced: list[Path | None], path: Path
) -> None:
    much = ("ä" * 511 + "\n") * (MAX_TEXT // 1023)
    much += "x" * (MAX_TEXT - len(much.encode()))  # not one byte more
    page = begin(qtbot, window_open, "more ")
    data = QMimeData()
    data.setText(much)
    page.editor.insertFromMimeData(data)
    due(qtbot, window_open, page)
    assert "longer than 4 MB" in page.banner.text
    qtbot.keyClicks(page.editor, "!")
    window_open.lock()
    qtbot.waitUntil(lambda: "could not be kept" in window_open.cover.text, timeout=10_000)
    assert replaced == []
    window_open.cover.return_.click()
    qtbot.keyClick(page.editor, Qt.Key.Key_Backspace)
    page.editor.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in "more ":
        qtbot.keyClick(page.editor, Qt.Key.Key_Delete)
    go(qtbot, window_open, TODAY)
    assert [record.text for record in gone(path).entries.values()] == [much]


# -- reading only ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("with_draft", [False, True], ids=["saved", "draft"])
def test_no_key_changes_what_is_only_read(qtbot, window: MainWindow, path: Path, with_draft: bool) -> None:
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
    assert not page.when.isEnabled()
    assert not page.tags.isEnabled()
    go(qtbot, window, TODAY)
    assert window.stack.place == TODAY  # nobody is held at a draft that cannot be saved


def test_looking_at_an_entry_writes_nothing(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="as it was"))
    page = begin(qtbot, window_open, eid=eid)
    page.editor.selectAll()
    go(qtbot, window_open, TODAY)
    assert len(ask(qtbot, window_open, partial(JournalService.versions, eid=eid))) == 1
