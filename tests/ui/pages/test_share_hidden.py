"""Passages that are left out of a share, in its preview."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from journal.service import JournalService
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go
from tests.ui.pages.conftest import Course as SampleCourse
from tests.ui.pages.sharing import on, texts, to_preview
from ui.pages.share import SharePage
from ui.places import Place
from ui.widgets.reading import ReadingView


@pytest.fixture
def share(qtbot, course: SampleCourse) -> SharePage:
    return go(qtbot, course.window, Place("share"))


@pytest.fixture
def address(qtbot, course: SampleCourse) -> str:
    """An address the open journal itself can open shares for."""
    return ask(qtbot, course.window, JournalService.identity)


def test_a_passage_is_left_out_and_put_back(
    qtbot, share: SharePage, course: SampleCourse, address: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    to_preview(qtbot, share, course, address)
    share.preview.out.click()
    assert share.preview.note.text().startswith("Nothing is selected.")
    reading = next(view for view in share.preview.findChildren(ReadingView) if len(view._shown[0]) > 30)
    whole = reading._shown[0]
    reading.select(4, 12)
    share.preview.out.click()
    qtbot.waitUntil(lambda: share.preview.note.text() == "1 passage is left out.")
    payload = share._payload
    texts_now = [writing.text for session in payload.sessions for writing in session.writings]
    assert whole[:4] + "[…]" + whole[12:] in texts_now
    assert whole not in texts_now
    assert share.preview.put_back.isVisible()
    path = tmp_path / "mine.age"
    prompter.answers = [path]
    on(qtbot, share)
    opened = ask(qtbot, course.window, partial(JournalService.open_share, path=path))
    assert opened.payload == payload
    on(qtbot, share)
    to_preview(qtbot, share, course, address)  # the next share begins with nothing left out
    assert share.preview.put_back.isHidden()


def test_what_was_left_out_is_put_back_and_kept_over_a_lock(qtbot, share: SharePage, course: SampleCourse) -> None:
    to_preview(qtbot, share, course)
    reading = next(view for view in share.preview.findChildren(ReadingView) if len(view._shown[0]) > 30)
    begin = reading._shown[0][:5]
    reading.select(0, 5)
    QTest.keyClick(reading, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: share.preview.put_back.isVisible())
    share.seal()
    kept = ask(qtbot, course.window, JournalService.unfinished_share)
    assert [(one.start, one.end, one.words) for one in kept.hidden] == [(0, 5, begin)]
    share.preview.put_back.click()
    qtbot.waitUntil(lambda: share.preview.put_back.isHidden())
    qtbot.waitUntil(lambda: not any("[…]" in text for text in texts(share.preview.view)))
