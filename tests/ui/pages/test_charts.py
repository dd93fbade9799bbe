"""The charts page, on the sample course."""

from __future__ import annotations

from tests.ui.hands import go
from tests.ui.pages.conftest import Course
from ui.places import Place


def test_the_page_opens(qtbot, course: Course) -> None:
    page = go(qtbot, course.window, Place("charts"))
    assert page.isVisible()
    assert page.banner.text == ""
