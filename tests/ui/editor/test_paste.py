"""Pasting and dropping: plain words come in, whatever else is offered; nothing is ever loaded from anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage, QTextDocument
from PySide6.QtWidgets import QApplication

from journal.records import Mark, Style
from ui.theme import Theme
from ui.widgets.editor import Editor
from ui.widgets.reading import ReadingView

CTRL = Qt.KeyboardModifier.ControlModifier


class Loads:
    """Counts what a document asks for."""

    def __init__(self, editor: Editor) -> None:
        self.asked: list[str] = []
        inner = editor.loadResource

        def load(kind: int, name: QUrl) -> None:
            self.asked.append(name.toString())
            return inner(kind, name)

        editor.loadResource = load


def offer(**kinds: bytes | str) -> QMimeData:
    data = QMimeData()
    for kind, value in kinds.items():
        if kind == "text":
            data.setText(value)
        elif kind == "html":
            data.setHtml(value)
        else:
            data.setData(kind, QByteArray(value))
    return data


def paste(qtbot, editor: Editor, data: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    qtbot.keyClick(editor, Qt.Key.Key_V, CTRL)


def test_rich_text_comes_as_plain_text(qtbot, editor: Editor) -> None:
    loads = Loads(editor)
    html = (
        '<h1 style="color:red">Loud</h1><img src="http://192.0.2.1/spy.png"><img src="file:///etc/passwd">'
        '<a href="http://192.0.2.1/">a link</a><script>x</script>'
    )
    paste(qtbot, editor, offer(text="Loud\na link", html=html))
    assert editor.content() == ("Loud\na link", ())
    assert editor.document().firstBlock().charFormat().foreground().style() == Qt.BrushStyle.NoBrush
    assert loads.asked == []
    assert "href" not in editor.toHtml()


def test_html_without_plain_words_brings_its_words_only(qtbot, editor: Editor) -> None:
    paste(qtbot, editor, offer(html="<p>some <b>bold</b> words</p>"))
    text, marks = editor.content()
    assert marks == ()
    assert "<" not in text


def test_a_picture_is_handed_over_and_not_taken(qtbot, editor: Editor) -> None:
    given = []
    editor.picture_pasted.connect(given.append)
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    data = QMimeData()
    data.setImageData(picture)
    paste(qtbot, editor, data)
    assert editor.content() == ("", ())
    assert [image.size() for image in given] == [picture.size()]


def test_files_pasted_are_handed_over_and_web_addresses_are_words(qtbot, editor: Editor, tmp_path: Path) -> None:
    given = []
    editor.files_pasted.connect(given.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png")), QUrl.fromLocalFile(str(tmp_path / "b.m4a"))])
    paste(qtbot, editor, data)
    assert editor.content() == ("", ())
    assert given == [(tmp_path / "a.png", tmp_path / "b.m4a")]
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.png")])
    paste(qtbot, editor, data)
    assert editor.content()[0].startswith("https://example.org/a.png")
    assert len(given) == 1


def test_files_dropped_are_not_read(qtbot, editor: Editor, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("what is in the file")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(secret))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(editor.viewport(), event)
    assert "what is in the file" not in editor.content()[0]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("one\r\ntwo\r\n", "one\ntwo\n"),
        ("a <b>b</b> & c", "a <b>b</b> & c"),
        ("# no heading\n- no list", "# no heading\n- no list"),
        ("tab\tand\u00a0space", "tab\tand\u00a0space"),
        ("🙂 and אבג", "🙂 and אבג"),
    ],
    ids=["windows line ends", "angle brackets", "markdown", "white space", "other scripts"],
)
def test_plain_words_are_taken_as_they_are(qtbot, editor: Editor, given: str, text: str) -> None:
    paste(qtbot, editor, offer(text=given))
    assert editor.content() == (text, ())


def test_pasting_into_formatted_text_takes_its_looks(qtbot, editor: Editor) -> None:
    editor.set_content("bold", (Mark(0, 4, Style.BOLD),))
    cursor = editor.textCursor()
    cursor.setPosition(2)
    editor.setTextCursor(cursor)
    paste(qtbot, editor, offer(text="XX", html="<i>XX</i>"))
    assert editor.content() == ("boXXld", (Mark(0, 6, Style.BOLD),))


def test_cutting_and_pasting_brings_the_words_back(qtbot, editor: Editor) -> None:
    text = "first\nsecond 🙂\n\tthird\u00a0!"
    editor.set_content(text, ())
    qtbot.keyClick(editor, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(editor, Qt.Key.Key_X, CTRL)
    assert editor.content()[0] == ""
    assert not QGuiApplication.clipboard().mimeData().hasHtml()
    qtbot.keyClick(editor, Qt.Key.Key_V, CTRL)
    assert editor.content()[0] == text


@pytest.mark.parametrize("kind", [Editor, ReadingView])
def test_nothing_is_ever_loaded(qtbot, theme: Theme, tmp_path: Path, kind: type) -> None:
    picture = tmp_path / "x.png"
    QImage(4, 4, QImage.Format.Format_RGB32).save(str(picture))
    view = kind(theme)
    qtbot.addWidget(view)
    kinds = QTextDocument.ResourceType
    for resource in (kinds.ImageResource, kinds.StyleSheetResource, kinds.HtmlResource):
        assert view.loadResource(resource, QUrl.fromLocalFile(str(picture))) is None
