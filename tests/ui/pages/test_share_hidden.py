"""Passages that are left out of a share, in its preview."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from journal.records import Experience, Moment
from journal.service import JournalService
from journal.share import generate_identity
from tests.ui.conftest import NOW
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go
from tests.ui.pages.conftest import Course as SampleCourse
from tests.ui.pages.hands import save
from tests.ui.pages.sharing import on, step, texts, tick, to_preview
from ui.audit import faults
from ui.pages.share import PREVIEW, SharePage
from ui.places import Place
from ui.theme import Scheme
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
    to_preview(qtbot, share, course, address)  # for this reader it is left out again
    assert share._payload.sessions == payload.sessions and share.preview.put_back.isVisible()


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


# -- the same reader again ------------------------------------------------------------------------------------------

TEXT = "It was quiet. I saw my brother. I came back slowly."


def written(qtbot, share: SharePage, window, text: str = TEXT, eid: str | None = None) -> str:
    made = save(qtbot, window, Experience(at=Moment(NOW), text=text), eid)
    share.show_place(Place("share"))
    qtbot.waitUntil(lambda: share.choose.model.index_of(made).isValid())
    return made


def looked_at(qtbot, share: SharePage, eid: str, address: str, to: str = "Dr Amsel") -> str:
    """Tick one entry, go on to the preview, and give what the reader would read of it."""
    tick(share, eid)
    on(qtbot, share)
    share.reader.to.setText(to)
    share.reader.recipient_choice.click()
    share.reader.recipient.setText(address)
    on(qtbot, share)
    qtbot.waitUntil(lambda: step(share) == PREVIEW)
    return told(share)


def told(share: SharePage) -> str:
    return share._payload.writings[0].text


def leave_out(qtbot, share: SharePage, passage: str) -> None:
    reading = next(view for view in share.preview.findChildren(ReadingView) if passage in view._shown[0])
    start = reading._shown[0].index(passage)
    reading.select(start, start + len(passage))
    share.preview.out.click()
    qtbot.waitUntil(lambda: passage not in told(share))


def made(qtbot, share: SharePage, prompter: FakePrompter, path: Path) -> None:
    prompter.answers = [path]
    on(qtbot, share)
    qtbot.waitUntil(lambda: share.next.text() == "Done")
    on(qtbot, share)


def test_what_was_left_out_for_a_reader_is_left_out_again_and_can_be_put_back(
    qtbot, share: SharePage, course: SampleCourse, address: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    eid = written(qtbot, share, course.window)
    assert looked_at(qtbot, share, eid, address) == TEXT
    leave_out(qtbot, share, "I saw my brother.")
    made(qtbot, share, prompter, tmp_path / "one.age")
    (newest, *_) = ask(qtbot, course.window, JournalService.ledger)
    assert len(newest.record.left_out) == 1
    assert "brother" not in str(newest.record)  # the words stand in the entry alone
    assert "1 passage was left out." in texts(go(qtbot, course.window, Place("ledger")))
    go(qtbot, course.window, Place("share"))
    written(qtbot, share, course.window, "Later: " + TEXT + " And I slept.", eid)
    assert looked_at(qtbot, share, eid, address) == "Later: It was quiet. […] I came back slowly. And I slept."
    assert share.preview.note.text() == "1 passage is left out."
    assert share.preview.again.text().startswith("Left out as for this reader before: in the experience of")
    assert share.preview.lost.isHidden()
    made(qtbot, share, prompter, tmp_path / "two.age")
    assert "brother" not in looked_at(qtbot, share, eid, address, "A name as it is told elsewhere")
    share.preview.put_back.click()
    qtbot.waitUntil(lambda: "brother" in told(share))
    assert share.preview.again.isHidden()
    share.earlier.click()
    on(qtbot, share)  # put back, it stays put back
    qtbot.waitUntil(lambda: step(share) == PREVIEW)
    assert "brother" in told(share)
    made(qtbot, share, prompter, tmp_path / "three.age")
    assert "brother" in looked_at(qtbot, share, eid, address)  # this reader has it now


def test_for_another_reader_it_is_not_left_out(
    qtbot, share: SharePage, course: SampleCourse, address: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    eid = written(qtbot, share, course.window)
    looked_at(qtbot, share, eid, address)
    leave_out(qtbot, share, "I saw my brother.")
    made(qtbot, share, prompter, tmp_path / "one.age")
    assert "brother" not in looked_at(qtbot, share, eid, address)
    share.earlier.click()
    share.reader.to.setText("Ada")
    share.reader.recipient.setText(generate_identity().recipient)
    on(qtbot, share)
    qtbot.waitUntil(lambda: step(share) == PREVIEW and told(share) == TEXT)
    assert share.preview.again.isHidden()


def test_a_passage_that_is_not_found_any_more_is_said_to_be(
    qtbot, share: SharePage, course: SampleCourse, address: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    eid = written(qtbot, share, course.window)
    looked_at(qtbot, share, eid, address)
    leave_out(qtbot, share, "I saw my brother.")
    made(qtbot, share, prompter, tmp_path / "one.age")
    written(qtbot, share, course.window, TEXT.replace("saw my", "have seen my"), eid)
    assert "brother" in looked_at(qtbot, share, eid, address)
    assert share.preview.lost.text.startswith("A passage of the experience of")
    assert share.preview.lost.isVisible() and share.preview.again.isHidden()


def test_only_what_is_left_out_of_this_share_is_counted(
    qtbot, share: SharePage, course: SampleCourse, address: str
) -> None:
    one = written(qtbot, share, course.window)
    two = written(qtbot, share, course.window, "Something else.")
    looked_at(qtbot, share, one, address)
    leave_out(qtbot, share, "I saw my brother.")
    assert share.preview.note.text() == "1 passage is left out."
    share.earlier.click()
    share.earlier.click()
    share.choose.clear.click()
    tick(share, two)
    on(qtbot, share, 2)
    qtbot.waitUntil(lambda: step(share) == PREVIEW)
    assert share.preview.note.text().startswith("Select words below")
    assert share.preview.put_back.isHidden()


def test_the_page_of_the_reader_has_the_room_where_there_is_little(
    qtbot, share: SharePage, course: SampleCourse, address: str, theme
) -> None:
    eid = written(qtbot, share, course.window)
    course.window.resize(900, 600)
    theme.apply(Scheme.LIGHT, 200)
    looked_at(qtbot, share, eid, address)
    leave_out(qtbot, share, "I saw my brother.")
    share.banner.hide()
    qtbot.waitUntil(lambda: share.preview.view.height() >= 200)
    assert faults(course.window) == []
    assert share.preview.out.width() >= share.preview.out.sizeHint().width()
    share.preview.set_before("Left out as for this reader before: in the experience of 3 March.", LOST)
    qtbot.waitUntil(lambda: share.preview.view.height() >= 150)
    assert faults(course.window) == [] and LOST in shown_texts(share)
    assert share.preview.again.isHidden()
    share.preview.lost.dismiss()
    assert share.preview.again.isVisible() and share.preview.note.isVisible()
    theme.apply(Scheme.LIGHT, 100)
    qtbot.waitUntil(lambda: "Exactly what they will see" in shown_texts(share))
    theme.apply(Scheme.LIGHT, 100)


LOST = "A passage of the experience of 3 March was left out for this reader before, and is not found any more."


def shown_texts(share: SharePage) -> list[str]:
    return [made.text() for made in share.findChildren(QLabel) if made.isVisible()]
