"""A questionnaire that is chosen is seen where it stands then, and said by its name."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tests.ui.pages.test_scales import does, page_of, pressed
from ui.window import MainWindow


def test_using_one_says_so_and_it_is_seen_where_it_stands_then(qtbot, window_open: MainWindow) -> None:
    window_open.resize(900, 600)
    page = page_of(qtbot, window_open)
    card = page.cards["pcl-5"]
    page._column.ensureWidgetVisible(card)
    does(card, "use").setFocus()
    pressed(qtbot, window_open, does(card, "use"))
    assert window_open.status.text == "PCL-5 is in use."
    card = page.cards["pcl-5"]
    area = page._column.viewport()
    qtbot.waitUntil(lambda: area.rect().contains(card.mapTo(area, card.rect().topLeft())))
    assert card.isAncestorOf(QApplication.focusWidget())
    pressed(qtbot, window_open, does(card, "unuse"))
    assert window_open.status.text == "PCL-5 is not in use any more."
