"""Words that look like markup are shown as they are on every page: no label, tool tip or list takes them for more."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QToolTip, QWidget

from journal.records import Record
from journal.service import JournalService
from tests.ui.conftest import quiet
from tests.ui.hands import ask, go
from tests.ui.pages.conftest import Course
from tests.ui.pages.test_looks import places
from ui.places import Place
from ui.widgets.labels import tip

TEXTS = ("title", "text", "notes", "dose", "setting", "people", "note")


@pytest.fixture
def markup(tmp_path: Path) -> str:
    """What would be a picture and a link, were it taken for rich text."""
    picture = tmp_path / "spy.png"
    made = QImage(300, 200, QImage.Format.Format_RGB32)
    made.fill(QColor("red"))
    made.save(str(picture))
    return f'<img src="{picture}"><a href="file:///etc">link</a><b>bold</b>'


@pytest.fixture
def course(qtbot, course: Course, markup: str) -> Course:
    """Every text of the sample course is markup."""
    ask(qtbot, course.window, partial(_fill, markup=markup))
    quiet(qtbot, course.window.context.tasks)
    return course


def _fill(service: JournalService, markup: str) -> None:
    for item in service.items():
        record: Record = item.record
        fields = set(type(record).__struct_fields__)
        changes = {name: markup for name in TEXTS if name in fields and getattr(record, name)}
        if "tags" in fields:
            changes["tags"] = ("<b>tag</b>",)
        if "marks" in fields:
            changes["marks"] = ()
        service.save(msgspec.structs.replace(record, **changes), item.eid)


def every_index(model: QAbstractItemModel, parent: QModelIndex | None = None) -> list[QModelIndex]:
    parent = parent or QModelIndex()
    found = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found += [index, *every_index(model, index)]
    return found


def rich(window: QWidget) -> list[str]:
    """What is, or would be, taken for rich text. In a tip that had to be rich, all is escaped."""
    tips = [(type(made).__name__, made.toolTip()) for made in window.findChildren(QWidget)]
    for view in window.findChildren(QAbstractItemView):
        for index in every_index(view.model()):
            roles = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)
            tips += [(type(view).__name__, index.data(role) or "") for role in roles]
    found = [f"{name}: {text}" for name, text in tips if "<b>" in text]
    plain = Qt.TextFormat.PlainText
    labels = [made for made in window.findChildren(QLabel) if made.text() and made.textFormat() != plain]
    return found + [f"label: {made.text()}" for made in labels]


def test_no_page_takes_words_for_markup(qtbot, course: Course, markup: str) -> None:
    seen = ""
    for name, place in places(course).items():
        page = go(qtbot, course.window, place)
        if name == "share":
            page.choose.tree.expandAll()
        QApplication.processEvents()
        assert rich(course.window) == [], name
        seen += "".join(made.text() for made in course.window.findChildren(QLabel))
    assert markup in seen


def test_a_tip_over_what_can_be_shared_shows_the_words(qtbot, course: Course, markup: str) -> None:
    page = go(qtbot, course.window, Place("share"))
    tips = [index.data(Qt.ItemDataRole.ToolTipRole) for index in every_index(page.choose.model)]
    told = next(text for text in tips if "spy.png" in text)
    QToolTip.showText(QPoint(5, 5), told, course.window)
    shown = next(made for made in QApplication.topLevelWidgets() if made.objectName() == "qtooltip_label")
    assert shown.sizeHint().height() < 150, "the picture is not loaded"
    QToolTip.hideText()


@pytest.mark.parametrize("text", ["plain", "a < b & c", "", "<3", "Day 2 · 4 > 3"])
def test_a_tip_of_plain_words_is_left_as_it_is(qapp, text: str) -> None:
    assert tip(text) == text
