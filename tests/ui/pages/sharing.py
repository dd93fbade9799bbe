"""What the tests of sharing do at the page: tick, go on, read what stands there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTextEdit, QWidget

from tests.ui.conftest import quiet
from ui.pages.share import PREVIEW, SharePage


def step(page: SharePage) -> int:
    return page.stack.currentIndex()


def tops(page: SharePage) -> list[QModelIndex]:
    model = page.choose.model
    return [model.index(place, 0) for place in range(model.rowCount())]


def tick(page: SharePage, *eids: str) -> None:
    """Tick these as a person does: by keys, one after the other."""
    tree = page.choose.tree
    for eid in eids:
        page.choose.reveal([eid])
        tree.setFocus()
        before = page.choose.model.ticked()
        QTest.keyClick(tree, Qt.Key.Key_Space)
        assert page.choose.model.ticked() == before | {eid}


def on(qtbot: Any, page: SharePage, steps: int = 1) -> None:
    """Press the button that leads on."""
    for _ in range(steps):
        page.next.click()
        quiet(qtbot, page.context.tasks)


def texts(widget: QWidget) -> list[str]:
    """Everything that can be read in a widget, top to bottom as it was made."""
    found = [made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget)]
    found += [made.toPlainText() for made in widget.findChildren(QTextEdit) if made.isVisibleTo(widget)]
    return found + [made.text() for made in widget.findChildren(QAbstractButton)]


def to_preview(qtbot: Any, page: SharePage, _course: object, recipient: str = "") -> None:
    """Tick the newest session that was written for, and go on to the preview."""
    top = tops(page)[1]
    page.choose.model.setData(top, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    on(qtbot, page)
    if recipient:
        page.reader.recipient_choice.click()
        page.reader.recipient.setText(recipient)
    on(qtbot, page)
    assert step(page) == PREVIEW
