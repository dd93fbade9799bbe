"""The library: found by its words, read with its sources, gone through by keys, copied and printed as plain text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QListWidgetItem, QPushButton

from journal import library
from tests.ui.conftest import quiet
from tests.ui.hands import go, press
from ui.places import Place
from ui.printing import draw_page
from ui.window import MainWindow

TEXTS = [text for topic in library.topics() for text in topic.texts]


ID = Qt.ItemDataRole.UserRole


def items(page) -> list[QListWidgetItem]:
    return [page.list.item(place) for place in range(page.list.count())]


def titles(page) -> list[str]:
    return [item.text() for item in items(page) if item.data(ID)]


def choose(page, text_id: str) -> None:
    """Go to a text by the keys."""
    page.list.setCurrentItem(next(item for item in items(page) if item.data(ID) == text_id))
    page.list.itemActivated.emit(page.list.currentItem())


def test_all_texts_are_listed_under_their_headings(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("library"))
    assert titles(page) == [text.title for text in TEXTS]
    assert [item.text() for item in items(page) if not item.data(ID)] == [one.title for one in library.topics()]
    assert page.search.hasFocus()


def test_the_list_is_gone_through_by_keys(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("library"))
    press(qtbot, window_open, "Down")
    assert page.list.hasFocus()
    press(qtbot, window_open, "Down")
    assert page.list.currentItem().text() == TEXTS[1].title
    press(qtbot, window_open, "Return")
    assert page.heading.text() == TEXTS[1].title


def test_one_press_of_the_mouse_opens_a_text_and_a_heading_opens_none(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("library"))
    for place, wanted in ((0, ""), (1, TEXTS[0].id)):
        spot = page.list.visualItemRect(page.list.item(place)).center()
        qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert window_open.stack.place == Place("library", kind=wanted)


def test_searching_and_enter_lead_to_the_first(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("library"))
    qtbot.keyClicks(page.search, "benzodiaz")
    assert titles(page) == ["Other medicines, and questions"]
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("library", kind="medicines")
    assert page.heading.text() == "Other medicines, and questions"


def test_words_that_are_in_none_are_said_to_be(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("library"))
    qtbot.keyClicks(page.search, "neverwritten")
    assert titles(page) == []
    assert page.nothing.isVisible()
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert window_open.stack.place == Place("library")
    press(qtbot, window_open, "Escape")
    assert len(titles(page)) == len(TEXTS)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_a_text_shows_its_paragraphs_its_sources_and_when_they_were_read(
    qtbot, window_open: MainWindow, text: library.Text
) -> None:
    page = go(qtbot, window_open, Place("library", kind=text.id))
    assert page.heading.text() == text.title
    read = page.reading.toPlainText()
    assert read.split("\n") == [text.marked(paragraph) for paragraph in text.paragraphs]
    assert page.sources.toPlainText().split("\n")[1:] == list(text.references())
    assert str(text.read_on.year) in page._read.text()
    links = [made.text() for made in page._see.findChildren(QPushButton) if made.isVisible()]
    assert links == [library.text(other).title.partition(" (")[0] for other in text.see]


def test_links_lead_on_and_escape_leads_to_the_list(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("library"))
    choose(page, "intentions")
    link = next(made for made in page._see.findChildren(QPushButton) if made.text() == "Writing a journal")
    link.click()
    assert page.heading.text() == "Writing a journal"
    press(qtbot, window_open, "Alt+Left")
    assert page.heading.text() == "Intentions"
    press(qtbot, window_open, "Escape")
    assert window_open.stack.place == Place("library")
    assert page.list.hasFocus() and page.list.currentItem().text() == "Intentions"
    press(qtbot, window_open, "Ctrl+F")
    assert page.search.hasFocus()


def test_a_text_that_is_not_there_leads_to_the_list(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("library", kind="never-written"))
    assert page.stack.currentWidget() is page._list


def test_a_text_is_copied_as_plain_text(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("library", kind="routes"))
    page._on_copy()
    assert QApplication.clipboard().text() == library.text("routes").plain()
    assert window_open.status.text == "The text is copied"


def test_the_longest_text_is_printed_whole(qtbot, tmp_path: Path) -> None:
    text = max((one.plain() for one in TEXTS), key=len)
    pages = []
    for times in (1, 3):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"{times}.pdf"))
        draw_page(printer, "\n".join([text] * times))
        pages.append((tmp_path / f"{times}.pdf").read_bytes().count(b"/Type /Page\n"))
    assert 1 <= pages[0] < pages[1] <= 3 * pages[0]
