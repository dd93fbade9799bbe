"""Choices for a share that are kept by a name."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from journal.clock import FixedClock
from journal.records import ShareSet
from journal.service import JournalService
from journal.store import Query, Row
from tests.ui.conftest import quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go
from tests.ui.pages.conftest import Course
from tests.ui.pages.sharing import on, step, tick
from ui.pages.share import CHOOSE, PREVIEW, SharePage
from ui.places import Place
from ui.widgets.keep_set import ALL, NEW


@pytest.fixture
def share(qtbot, course: Course) -> SharePage:
    return go(qtbot, course.window, Place("share"))


def kept(qtbot, course: Course) -> list[ShareSet]:
    return [item.record for item in ask(qtbot, course.window, JournalService.share_sets)]


def keep(qtbot, page: SharePage, name: str, which: int = ALL) -> None:
    page.choose.sets.keep.click()
    form = page.choose.sets.form
    QTest.keyClicks(form.name, name)
    form.which(which).click()
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    quiet(qtbot, page.context.tasks)


def press(page: SharePage, name: str, place: int) -> None:
    chip = next(chip for chip in page.choose.sets.chips if chip.text() == name)
    chip.menu().actions()[place].trigger()


def test_what_was_ticked_is_kept_and_ticked_again(qtbot, share: SharePage, course: Course) -> None:
    assert not share.choose.sets.keep.isEnabled()  # there is nothing to keep yet
    experiences = [row.eid for row in course_rows(qtbot, course, "experience")]
    tick(share, experiences[0])
    share.choose.switches["include_tags"].click()
    share.choose.dates.setCurrentIndex(1)
    share.choose.sets.keep.click()
    QTest.keyClick(share.choose.sets.form.name, Qt.Key.Key_Return)  # without a name
    assert share.choose.sets.form.banner.isVisible()
    assert kept(qtbot, course) == []
    keep(qtbot, share, "for Dr A")
    assert kept(qtbot, course) == [
        ShareSet(name="for Dr A", kinds=("experience",), options=("include_tags",), dates="week")
    ]
    qtbot.waitUntil(lambda: [chip.text() for chip in share.choose.sets.chips] == ["for Dr A"])
    share.choose.reset()
    assert share.choose.model.ticked() == frozenset()
    press(share, "for Dr A", 0)
    quiet(qtbot, share.context.tasks)
    assert share.choose.model.ticked() == frozenset(experiences)
    assert share.choose.options()["include_tags"] and not share.choose.options()["exact_times"]
    assert str(share.choose.exactness()) == "week"
    assert step(share) == CHOOSE  # it only ticks


def test_only_what_is_new_for_the_reader(
    qtbot, share: SharePage, course: Course, prompter: FakePrompter, clock: FixedClock, tmp_path
) -> None:
    experiences = [row.eid for row in course_rows(qtbot, course, "experience")]
    tick(share, experiences[0])
    share.choose.sets.keep.click()
    assert not share.choose.sets.form.which(NEW).isEnabled()  # for whom, was not said
    share.choose.sets.form.cancel.click()
    assert share.choose.sets.form is None
    on(qtbot, share)
    share.reader.to.setText("Dr A")
    share.reader.recipient_choice.click()  # words take seconds to seal with
    share.reader.recipient.setText(ask(qtbot, course.window, JournalService.identity))
    share.earlier.click()
    quiet(qtbot, share.context.tasks)
    keep(qtbot, share, "new for A", NEW)
    on(qtbot, share, 2)
    assert step(share) == PREVIEW
    prompter.answers = [tmp_path / "one.age"]
    on(qtbot, share)
    assert share.next.text() == "Done"
    on(qtbot, share)
    qtbot.waitUntil(lambda: bool(share.choose.sets.chips))
    press(share, "new for A", 0)
    quiet(qtbot, share.context.tasks)
    assert share.choose.model.ticked() == frozenset()
    passed = len(experiences) - 1
    assert f"{passed} things are not ticked, since the last share with this reader went without." in share.banner.text
    clock.at += timedelta(hours=1)
    record = ask(qtbot, course.window, partial(JournalService.get, eid=experiences[1])).record
    more = msgspec.structs.replace(record, text=record.text + " And more.", marks=())
    covered = msgspec.structs.replace(more, covered=True, cover="Later")
    for eid, changed in ((experiences[1], more), (None, covered)):
        ask(qtbot, course.window, partial(JournalService.save, record=changed, eid=eid))
    share.reader.to.setText("Somebody else")
    share.reader.recipient.setText("age1 of somebody else")
    press(share, "new for A", 0)
    quiet(qtbot, share.context.tasks)
    assert share.choose.model.ticked() == frozenset((experiences[1],))
    assert "What should not go along can be unticked".lower() in share.banner.text.lower()
    assert f"{passed - 1} things are not ticked" in share.banner.text
    assert "1 covered entry is not ticked. More can be ticked." in share.banner.text
    assert share.reader.to.text() == "Dr A"
    assert share.reader.recipient.text() == ask(qtbot, course.window, JournalService.identity)


def test_a_kept_choice_is_removed_and_comes_back_with_undo(qtbot, share: SharePage, course: Course) -> None:
    ask(qtbot, course.window, partial(JournalService.save, record=ShareSet(name="x", kinds=("page",))))
    share.show_place(Place("share"))
    qtbot.waitUntil(lambda: len(share.choose.sets.chips) == 1)
    press(share, "x", 1)
    qtbot.waitUntil(lambda: not share.choose.sets.chips)
    assert kept(qtbot, course) == []
    ask(qtbot, course.window, JournalService.undo)
    assert [one.name for one in kept(qtbot, course)] == ["x"]


def course_rows(qtbot, course: Course, kind: str) -> tuple[Row, ...]:
    return ask(qtbot, course.window, partial(JournalService.rows, query=Query(kinds=frozenset({kind}))))
