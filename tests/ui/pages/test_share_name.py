"""The name on a share: offered from the preferences, and left out where the person took it out."""

from __future__ import annotations

from tests.ui.hands import go
from tests.ui.pages.conftest import Course
from ui.places import Place


def test_a_name_taken_out_stays_out(qtbot, course: Course) -> None:
    page = go(qtbot, course.window, Place("share"))
    assert page.reader.sender.text() == "Jona"
    page.choose.model.tick(page.choose.model.index(1, 0))
    page.next.click()
    page.reader.sender.selectAll()
    qtbot.keyClicks(page.reader.sender, " ")
    page.reader.sender.backspace()
    go(qtbot, course.window, Place("charts"))
    go(qtbot, course.window, Place("share"))
    assert page.reader.sender.text() == ""
    page._start_anew()
    go(qtbot, course.window, Place("charts"))
    go(qtbot, course.window, Place("share"))
    assert page.reader.sender.text() == "Jona"  # another share, another question
