"""What is dropped onto a field: its plain words, and nothing else. A file goes to the page the field stands in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from tests.ui.conftest import quiet
from tests.ui.hands import go
from ui.context import Context
from ui.places import Place
from ui.widgets.comment_pane import CommentPane
from ui.widgets.editor import Editor
from ui.widgets.fields import LineEdit, TextArea
from ui.widgets.file_drops import Line, files_of
from ui.widgets.passphrase_edit import PassphraseEdit
from ui.widgets.recovery_words import WordsEdit
from ui.window import MainWindow

HTML = '<p>some <b>bold</b> words</p><img src="file:///etc/passwd"><img src="http://192.0.2.1/x.png">'
FIELDS: dict[str, tuple[Callable[[Context], QWidget], str]] = {
    "editor": (lambda context: Editor(context.theme), ""),
    "line": (lambda _context: LineEdit(), ""),
    "search": (lambda _context: Line(), ""),
    "lines": (lambda _context: TextArea(), ""),
    "comment": (CommentPane, "text"),
    "password": (lambda context: PassphraseEdit(context.theme), "edit"),
    "recovery words": (lambda context: WordsEdit(context.theme), "edit"),
}


class Page(QWidget):
    """Takes files."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[Path] = []
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(bool(files_of(event.mimeData())))

    def dropEvent(self, event: QDropEvent) -> None:
        self.taken += files_of(event.mimeData())


@pytest.fixture
def page(qtbot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    return made


def drop(field: QWidget, data: QMimeData) -> None:
    """As a desktop does: held over a field, moved, let go."""
    target = field.viewport() if isinstance(field, QTextEdit | QPlainTextEdit) else field
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), *how)
    QApplication.sendEvent(target, entered)
    if entered.isAccepted():
        QApplication.sendEvent(target, QDragMoveEvent(QPoint(6, 5), *how))
        QApplication.sendEvent(target, QDropEvent(QPointF(6, 5), *how))


def words_in(field: QWidget) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


@pytest.fixture
def field(qtbot, context: Context, page: Page, request) -> QWidget:
    make, name = FIELDS[request.param]
    made = make(context)
    page.layout().addWidget(made)
    page.show()
    return getattr(made, name) if name else made


@pytest.mark.parametrize("field", FIELDS, indirect=True)
def test_words_are_taken_without_their_looks_or_pictures(field: QWidget, page: Page) -> None:
    data = QMimeData()
    data.setHtml(HTML)
    data.setText("some bold words")
    drop(field, data)
    assert words_in(field) == "some bold words"
    if isinstance(field, QTextEdit):
        assert field.content() == ("some bold words", ())
        assert "<img" not in field.toHtml() and "passwd" not in field.toHtml()


@pytest.mark.parametrize("field", FIELDS, indirect=True)
def test_a_picture_leaves_nothing_in_a_field(field: QWidget, page: Page) -> None:
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    data = QMimeData()
    data.setImageData(picture)
    drop(field, data)
    assert words_in(field) == ""
    assert not isinstance(field, QTextEdit) or "<img" not in field.toHtml()


@pytest.mark.parametrize("text", ["", "as text too"])
@pytest.mark.parametrize("field", FIELDS, indirect=True)
def test_a_file_goes_to_the_page_and_leaves_no_address(field: QWidget, page: Page, tmp_path: Path, text: str) -> None:
    given: list[Path] = []
    if isinstance(field, Editor):  # hands over what is pasted into it, and what is dropped where no page asks first
        field.files_pasted.connect(given.extend)
    file = tmp_path / "a share.age"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    if text:
        data.setText(file.as_uri())
    drop(field, data)
    assert words_in(field) == ""
    assert page.taken + given == [file]


def test_a_share_dropped_onto_the_search_of_the_journey_is_opened(
    qtbot, window_open: MainWindow, tmp_path: Path
) -> None:
    page = go(qtbot, window_open, Place("journey"))
    share = tmp_path / "share.age"
    share.write_bytes(b"age-encryption.org/v1\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(share))])
    data.setText(share.as_uri())
    drop(page.search, data)
    quiet(qtbot, window_open.context.tasks)
    assert page.search.text() == ""
    assert window_open.stack.place.name == "review"
