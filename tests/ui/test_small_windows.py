"""Large text and small windows: what is seen is whole, and what fits does not scroll."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel

from journal.records import Moment, ShareReceipt
from journal.share import generate_identity
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import go
from tests.ui.pages.hands import save
from ui.pages.share_steps import CHOOSE, PREVIEW, READER
from ui.places import Place
from ui.theme import Scheme, Theme
from ui.widgets.key_words import KeyWords
from ui.widgets.rail import PLACES
from ui.widgets.reading import ReadingView
from ui.window import MainWindow

SIZES = [(scale, *size) for scale in (100, 150, 200) for size in ((900, 600), (1120, 760), (760, 520))]


def sized(qtbot, window: MainWindow, scale: int, width: int, height: int) -> None:
    window.context.theme.apply(Scheme.LIGHT, scale)
    window.resize(width, height)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == (width, height))
    quiet(qtbot, window.context.tasks)


def icons_cut(window: MainWindow) -> list[str]:
    """The places of the rail of which a part of the icon is seen, and a part is not."""
    rail, cut = window.rail, []
    view = rail._places.viewport()
    for name, *_ in PLACES:
        made = rail._buttons[name]
        side = made.iconSize().height()
        icon = QRect(0, (made.height() - side) // 2, side, side).translated(made.mapTo(view, QPoint(0, 0)))
        seen = icon.intersected(QRect(0, 0, view.width(), view.height()))
        if 0 < seen.height() < side:
            cut.append(name)
    return cut


@pytest.mark.parametrize(("scale", "width", "height"), SIZES)
def test_the_rail_shows_whole_icons_wherever_it_was_moved(
    qtbot, window_open: MainWindow, scale: int, width: int, height: int
) -> None:
    sized(qtbot, window_open, scale, width, height)
    rail = window_open.rail
    assert icons_cut(window_open) == []
    for _ in range(len(PLACES) + 2):  # and what stands below them
        if not rail.below.isVisible():
            break
        rail.below.click()
        quiet(qtbot, window_open.context.tasks)
        assert icons_cut(window_open) == []
    assert not rail.below.isVisible()
    for name in ("library", "charts", "today", "share"):
        go(qtbot, window_open, Place(name))
        assert icons_cut(window_open) == []
        made = rail._buttons[name]
        assert rail._places.viewport().rect().contains(made.mapTo(rail._places.viewport(), made.rect().center()))


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("width", [420, 700, 1200])
def test_the_words_of_a_card_have_one_shape(qtbot, theme: Theme, scale: int, width: int) -> None:
    theme.apply(Scheme.LIGHT, scale)
    made = KeyWords(theme)
    qtbot.addWidget(made)
    made.set_words(("one", "two", "three", "four", "five", "six", "seven", "eight"))
    made.resize(width, 400)
    made.show()
    cells = [cell for cell in made.findChildren(QLabel) if cell.isVisible()]
    assert len(cells) == 8
    assert len({cell.x() for cell in cells}) == 2
    assert len({cell.y() for cell in cells}) == 4
    down = sorted(cells, key=lambda cell: (cell.x(), cell.y()))
    assert [cell.text().split()[-1] for cell in down] == list(made.words)


def test_an_address_of_nobody_known_is_broken_within_its_card(qtbot, window_open: MainWindow) -> None:
    reader = generate_identity().recipient
    save(qtbot, window_open, ShareReceipt(share="s", made=Moment(NOW), to="Ada", how="address", recipient=reader))
    page = go(qtbot, window_open, Place("ledger"))
    sized(qtbot, window_open, 200, 900, 600)
    (shown,) = page.findChildren(ReadingView)
    assert shown.toPlainText() == reader
    assert shown.document().size().width() <= shown.viewport().width() < page.width()
    assert shown.document().firstBlock().layout().lineCount() > 1


@pytest.mark.parametrize(("width", "height"), [(1240, 820), (1120, 760)])
def test_the_heads_of_the_steps_of_a_share_stand_in_one_place(
    qtbot, window_open: MainWindow, width: int, height: int
) -> None:
    page = go(qtbot, window_open, Place("share"))
    sized(qtbot, window_open, 100, width, height)
    places = set()
    for step in (CHOOSE, READER, PREVIEW):
        page._show(step)
        quiet(qtbot, window_open.context.tasks)
        (head,) = [made for made in page.findChildren(QLabel) if made.isVisible() and "step" in made.text()]
        places.add(head.mapTo(page, QPoint(0, 0)).toTuple())
    assert len(places) == 1


def test_a_new_journal_asks_for_all_it_needs_without_scrolling(qtbot, window: MainWindow) -> None:
    window.begin()
    qtbot.waitUntil(lambda: window.welcome.create.isVisible())
    assert (window.width(), window.height()) == (1120, 760)
    assert window.welcome._column.verticalScrollBar().maximum() == 0
