"""Files on the writing page: how they are added, and that what stops in the middle leaves nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication

from journal.service import JournalService
from tests.ui.conftest import quiet
from tests.ui.hands import ask, go, reopened
from tests.ui.pages.filing import (
    LARGE,
    add,
    chips,
    drop,
    files,
    offered,
    settle,
    writing,
    written,
)  # fmt: skip
from tests.ui.pages.hands import gone, no_room
from tests.ui.pages.pictures import image
from ui.places import Place
from ui.window import MainWindow

# -- adding -----------------------------------------------------------------------------------------------------


def test_files_are_added_one_after_the_other(qtbot, window_open: MainWindow, prompter, outside: Path) -> None:
    page, eid = written(qtbot, window_open)
    add(page, prompter, outside / "memo.m4a", outside / "drawing.png")
    settle(qtbot, page, 2)
    assert [name.split(",")[0] for name in chips(page)] == ["memo.m4a", "drawing.png"]
    assert files(qtbot, window_open) == {name: (outside / name).read_bytes() for name in ("memo.m4a", "drawing.png")}
    assert "still in its place" in window_open.status.text
    go(qtbot, window_open, Place("journey"))
    page = go(qtbot, window_open, Place("write", eid=eid))
    assert len(chips(page)) == 2


def test_a_new_entry_is_saved_with_its_first_file(qtbot, window_open, prompter, outside, tmp_path: Path) -> None:
    page = writing(qtbot, window_open, "what I drew")
    add(page, prompter, outside / "drawing.png")
    settle(qtbot, page, 1)
    go(qtbot, window_open, Place("journey"))
    left = gone(tmp_path / "journal.vault")
    kinds = sorted(record.kind for record in left.entries.values())
    assert kinds == ["attachment", "page"]
    assert left.drafts == ()


def test_an_empty_entry_with_a_file_is_not_let_go(qtbot, window_open: MainWindow, prompter, outside: Path) -> None:
    page = writing(qtbot, window_open)
    add(page, prompter, outside / "drawing.png")
    settle(qtbot, page, 1)
    qtbot.keyClicks(page.editor, "a")
    qtbot.keyClick(page.editor, Qt.Key.Key_Backspace)
    go(qtbot, window_open, Place("journey"))
    assert list(files(qtbot, window_open)) == ["drawing.png"]
    assert window_open.stack.currentWidget().model.count == 1


def test_leaving_an_empty_entry_at_once_loses_no_file(
    qtbot, window_open: MainWindow, prompter, outside: Path
) -> None:
    page = writing(qtbot, window_open)
    add(page, prompter, outside / "film.mov")
    window_open.stack.go(Place("journey"))
    qtbot.waitUntil(lambda: not page.files.under_way, timeout=20_000)
    quiet(qtbot, window_open.context.tasks)
    assert [len(data) for data in files(qtbot, window_open).values()] == [LARGE]


def test_an_empty_entry_whose_file_was_stopped_is_let_go(qtbot, window_open: MainWindow, prompter, outside) -> None:
    page = writing(qtbot, window_open)
    add(page, prompter, outside / "film.mov")
    qtbot.waitUntil(lambda: bool(page.desk.files.going))
    page.desk.files.going[0].stop.click()
    go(qtbot, window_open, Place("journey"))
    assert window_open.stack.currentWidget().model.count == 0
    assert files(qtbot, window_open) == {}


def test_nothing_chosen_changes_nothing(qtbot, window_open: MainWindow, prompter) -> None:
    page = writing(qtbot, window_open)
    add(page, prompter)
    go(qtbot, window_open, Place("journey"))
    assert window_open.stack.currentWidget().model.count == 0


@pytest.mark.parametrize("onto", ["the text", "the title", "the tags", "the page"])
def test_files_dropped_anywhere_are_added_and_written_nowhere(qtbot, window_open, outside: Path, onto: str) -> None:
    page, _ = written(qtbot, window_open, "as it was")
    page.desk.more.setChecked(True)
    target = {
        "the text": page.editor.viewport(), "the title": page.heading,
        "the tags": page.tags.words, "the page": page.desk,
    }[onto]  # fmt: skip
    assert drop(target, offered(outside / "drawing.png", outside / "memo.m4a"))
    settle(qtbot, page, 2)
    assert page.editor.content()[0] == "as it was"
    assert (page.heading.value(), page.tags.tags()) == ("", ())


def test_words_dropped_are_words(qtbot, window_open: MainWindow) -> None:
    page, _ = written(qtbot, window_open, "")
    assert drop(page.editor.viewport(), offered(text="from elsewhere"))
    assert page.editor.content()[0] == "from elsewhere"
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/x.png")])
    drop(page.editor.viewport(), web)
    assert page.desk.files.chips == [] and "https://example.org/x.png" in page.editor.content()[0]
    assert not drop(page.desk, offered(text="beside the fields"))


def test_a_picture_is_pasted_where_there_are_no_words(qtbot, window_open: MainWindow) -> None:
    page, _ = written(qtbot, window_open)
    QGuiApplication.clipboard().setImage(image())
    qtbot.keyClick(page.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page, 1)
    (name,) = files(qtbot, window_open)
    assert name == "Picture, 12 March 14:05.png" or name.startswith("Picture, 12 March")
    data = QMimeData()
    data.setImageData(image())
    data.setText("words as well")
    QGuiApplication.clipboard().setMimeData(data)
    qtbot.keyClick(page.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.editor.content()[0].endswith("words as well")
    settle(qtbot, page, 1)


def test_what_cannot_be_added_is_said_with_its_name_and_the_rest_goes_on(
    qtbot, window_open, prompter, outside
) -> None:
    page, _ = written(qtbot, window_open)
    add(page, prompter, outside / "none.png", outside / "drawing.png", outside)
    settle(qtbot, page, 1)
    assert "“outside”: This is a folder. Choose the files in it." in page.banner.text
    page.banner.hide()
    add(page, prompter, outside / "none.png")
    qtbot.waitUntil(lambda: bool(page.banner.text))
    assert "“none.png”: There is no file at this place" in page.banner.text


def test_typing_goes_on_and_is_sealed_while_a_file_goes_in(qtbot, window_open, prompter, outside: Path) -> None:
    page, eid = written(qtbot, window_open, "before")
    add(page, prompter, outside / "film.mov")
    qtbot.keyClicks(page.editor, " and after")
    page.sealing.pause.timeout.emit()
    qtbot.waitUntil(lambda: page.status.text().startswith("Draft kept"), timeout=20_000)
    assert page.files.inflow, "the draft waited for the whole file"
    settle(qtbot, page, 1)
    assert page.editor.content()[0] == "before and after"
    assert ask(qtbot, window_open, partial(JournalService.draft, eid=eid)).record.text == "before and after"


# -- stopping ---------------------------------------------------------------------------------------------------


def test_a_file_that_goes_in_can_be_stopped(qtbot, window_open: MainWindow, prompter, outside: Path) -> None:
    page, _ = written(qtbot, window_open)
    add(page, prompter, outside / "film.mov", outside / "drawing.png")
    qtbot.waitUntil(lambda: len(page.desk.files.going) == 2 and page.desk.files.going[0].bar.value() > 0)
    page.desk.files.going[0].stop.click()
    assert len(page.desk.files.going) == 1
    settle(qtbot, page, 1)
    assert "still where it was" in page.banner.text
    assert list(files(qtbot, window_open)) == ["drawing.png"]
    assert ask(qtbot, window_open, JournalService.verify).ok


def test_a_file_goes_on_when_its_page_is_left(qtbot, window_open: MainWindow, prompter, outside: Path) -> None:
    page, eid = written(qtbot, window_open)
    add(page, prompter, outside / "film.mov")
    qtbot.waitUntil(lambda: bool(page.desk.files.going))
    window_open.stack.go(Place("journey"))
    qtbot.waitUntil(lambda: "still going in" in window_open.status.text)
    page = go(qtbot, window_open, Place("write", kind="intention"))
    assert page.desk.files.going == [] and page.desk.files.chips == []
    qtbot.waitUntil(lambda: "Added and sealed" in window_open.status.text, timeout=20_000)
    page = go(qtbot, window_open, Place("write", eid=eid))
    assert len(chips(page)) == 1


def test_coming_back_shows_the_file_that_still_goes_in(qtbot, window_open, prompter, outside: Path) -> None:
    page, eid = written(qtbot, window_open)
    add(page, prompter, outside / "film.mov")
    window_open.stack.go(Place("journey"))
    window_open.stack.go(Place("write", eid=eid))
    assert len(page.desk.files.going) == 1
    settle(qtbot, page, 1)


def test_an_error_after_the_page_was_left_is_said_in_the_window(qtbot, window_open, prompter, outside: Path) -> None:
    page, _ = written(qtbot, window_open)
    add(page, prompter, outside / "film.mov")
    qtbot.waitUntil(lambda: bool(page.desk.files.going) and page.desk.files.going[0].bar.value() > 0)
    window_open.stack.go(Place("journey"))
    with no_room():
        qtbot.waitUntil(lambda: not page.files.under_way, timeout=20_000)
    assert "The file was not added; it is still where it was." in window_open.banner.text
    assert files(qtbot, window_open) == {}


@pytest.mark.parametrize("how", ["lock", "close"])
def test_leaving_the_journal_stops_it_and_nothing_half_is_kept(
    qtbot, window_open: MainWindow, prompter, outside: Path, tmp_path: Path, replaced: list, how: str
) -> None:
    page, eid = written(qtbot, window_open)
    qtbot.keyClicks(page.editor, " and more")
    add(page, prompter, outside / "film.mov", outside / "memo.m4a")
    qtbot.waitUntil(lambda: bool(page.desk.files.going) and page.desk.files.going[0].bar.value() > 0)
    window_open.lock() if how == "lock" else window_open.close()
    qtbot.waitUntil(lambda: not window_open.context.tasks.is_open, timeout=20_000)
    assert not page.files.inflow
    service = reopened(tmp_path / "journal.vault")
    assert service.attachments(eid) == ()
    assert service.report.ok and service.verify().ok
    texts = [getattr(one.record, "text", "") for one in (*service.drafts(), *service.items())]
    assert "some words and more" in texts
    service.close()
    assert (tmp_path / "journal.vault").stat().st_size < LARGE // 2
    assert (outside / "film.mov").stat().st_size == LARGE


def test_removing_the_entry_stops_its_files(qtbot, window_open: MainWindow, prompter, outside: Path) -> None:
    go(qtbot, window_open, Place("journey"))
    page, eid = written(qtbot, window_open)
    add(page, prompter, outside / "film.mov")
    qtbot.waitUntil(lambda: bool(page.desk.files.going))
    page.desk.remove.click()
    qtbot.waitUntil(lambda: not page.files.under_way, timeout=20_000)
    quiet(qtbot, window_open.context.tasks)
    assert files(qtbot, window_open) == {}
    assert ask(qtbot, window_open, partial(JournalService.find, eid=eid)) is None


def test_an_entry_that_cannot_be_saved_takes_no_file(qtbot, window_open: MainWindow, prompter, outside) -> None:
    page = writing(qtbot, window_open, "these words stay")
    with no_room():
        add(page, prompter, outside / "drawing.png")
        qtbot.waitUntil(lambda: "No file was added" in page.banner.text)
    assert page.editor.content()[0] == "these words stay"
    add(page, prompter, outside / "drawing.png")
    settle(qtbot, page, 1)
