"""On every page, in both themes, at any text size: nothing clipped, covered, nameless or out of the keys' reach.

Pages are taken from the window's own table, so that a new page is looked over without being named here.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QMenu, QSlider, QWidget

from journal import sample
from journal.sample_care import fill_care
from journal.service import JournalService
from tests.ui.conftest import NOW, answer, quiet
from tests.ui.pseudo import from_right_to_left, translate
from ui.audit import faults, misnamed, nameless
from ui.places import Place, draft_place, place_of
from ui.stack import _PAGES
from ui.theme import Scheme
from ui.window import MainWindow

UI = Path(__file__).resolve().parents[2] / "ui"
SIZES = [(Scheme.LIGHT, 100, (1120, 760)), (Scheme.DARK, 150, (1120, 760)), (Scheme.LIGHT, 200, (900, 600))]


def places() -> list[Place]:
    """Each page as one meets it in an empty journal."""
    new = {"session"}  # shows an entry that must be there
    return [Place(name) for name in _PAGES if name not in new]


def fill(qtbot, window: MainWindow) -> list[Place]:
    """Fill the journal with the sample course, and give the pages that show an entry."""
    tasks = window.context.tasks
    ids = answer(qtbot, partial(tasks.ask, partial(sample.fill, now=NOW)))
    answer(qtbot, partial(tasks.ask, partial(fill_care, now=NOW, ids=ids)))
    sessions = answer(qtbot, partial(tasks.ask, JournalService.sessions))
    rows = answer(qtbot, partial(tasks.ask, JournalService.rows))
    found = [Place("session", eid=one.eid) for one in (sessions[0], sessions[-1])]
    for row in rows:
        for place in (place_of(row.eid, row.kind), draft_place(row.eid, row.kind)):
            if not any(one.name == place.name for one in found):
                found.append(place)
    return found


def show(qtbot, window: MainWindow, place: Place) -> QWidget:
    window.stack.go(place)
    quiet(qtbot, window.context.tasks)
    QApplication.processEvents()
    return window.stack.currentWidget()


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
@pytest.mark.parametrize(("scheme", "scale", "size"), SIZES, ids=["light", "dark-150", "light-200"])
def test_every_page_can_be_read_and_named(
    qtbot, window_open: MainWindow, theme, filled: bool, scheme: Scheme, scale: int, size: tuple[int, int]
) -> None:
    theme.apply(scheme, scale)
    window_open.resize(*size)
    found = []
    for place in places() + (fill(qtbot, window_open) if filled else []):
        show(qtbot, window_open, place)
        found += [f"{place.name}: {fault}" for fault in (*faults(window_open), *misnamed(window_open))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
@pytest.mark.parametrize(("scale", "size"), [(100, (1120, 760)), (200, (900, 600))], ids=["100", "200"])
def test_in_another_language_from_right_to_left(
    qtbot, qapp, window_open: MainWindow, theme, filled: bool, scale: int, size: tuple[int, int]
) -> None:
    theme.apply(Scheme.LIGHT, scale)
    window_open.resize(*size)
    found = []
    with from_right_to_left(qapp):
        for place in places() + (fill(qtbot, window_open) if filled else []):
            show(qtbot, window_open, place)
            translate(window_open)
            for _ in range(3):  # what is laid out anew moves what stands beside it
                QApplication.processEvents()
            found += [f"{place.name}: {fault}" for fault in faults(window_open)]
    assert not found, "\n".join(found)


def test_every_page_has_a_name_and_shows_no_rich_text(qtbot, window_open: MainWindow) -> None:
    for place in places():
        page = show(qtbot, window_open, place)
        assert page.accessibleName(), place.name
        for made in page.findChildren(QLabel):
            assert made.textFormat() == Qt.TextFormat.PlainText, (place.name, made.text())
            assert not made.openExternalLinks()


def test_tab_walks_through_all_there_is_and_comes_back(qtbot, window_open: MainWindow) -> None:
    for place in places():
        page = show(qtbot, window_open, place)
        wanted = {
            made
            for made in page.findChildren(QWidget)
            if made.isVisible()
            and made.isEnabled()
            and made.focusPolicy() & Qt.FocusPolicy.TabFocus
            and made.focusProxy() is None
            and not isinstance(made.parent(), QAbstractScrollArea)
        }
        reached, current = set(), window_open.nextInFocusChain()
        while current is not window_open:
            reached.add(current)
            current = current.nextInFocusChain()
        assert wanted <= reached, (place.name, [type(made).__name__ for made in wanted - reached])


def test_the_focus_goes_to_the_page_one_went_to(qtbot, window_open: MainWindow) -> None:
    for place in places():
        page = show(qtbot, window_open, place)
        focus = QApplication.focusWidget()
        assert focus is not None, place.name
        assert page.isAncestorOf(focus) or focus is page, (place.name, type(focus).__name__, focus.accessibleName())


def test_sliders_say_what_they_mean(qtbot, window_open: MainWindow) -> None:
    page = show(qtbot, window_open, Place("check-in"))
    for slider in page.findChildren(QSlider):
        interface = QAccessible.queryAccessibleInterface(slider)
        assert interface.text(QAccessible.Text.Name)
        assert interface.valueInterface() is not None


@pytest.mark.parametrize("action", ["shortcuts", "about", "export", "change-password"])
@pytest.mark.parametrize(("scheme", "scale", "size"), SIZES, ids=["light", "dark-150", "light-200"])
def test_dialogs_too(
    qtbot, window_open: MainWindow, theme, action: str, scheme: Scheme, scale: int, size: tuple[int, int]
) -> None:
    theme.apply(scheme, scale)
    window_open.resize(*size)
    window_open.menu_actions[action].trigger()
    dialog = QApplication.activeModalWidget()
    qtbot.waitUntil(dialog.isVisible)
    assert faults(dialog) == []
    assert dialog.accessibleName()
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or window_open))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_the_menu_of_new_things_is_reached_by_keys(qtbot, window_open: MainWindow) -> None:
    qtbot.keyClick(window_open, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()] == [
        "Intention",
        "Experience",
        "Integration note",
        "Journal page",
        "Check-in",
        "Session",
        "Side effect",
        "Medicine",
        "Question for my prescriber",
        "Commitment",
        "Something that was hard",
    ]
    menu.close()


def test_a_control_without_a_name_would_be_found(qtbot, theme) -> None:
    from PySide6.QtWidgets import QLineEdit, QVBoxLayout

    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(QLineEdit())
    with qtbot.waitExposed(holder):
        holder.show()
    assert len(nameless(holder)) == 1


def test_no_handler_keeps_a_window_alive() -> None:
    # A lambda or a partial in connect() holds its widget, and with it the words in it, until the process ends.
    found = [
        f"{path.relative_to(UI)}:{number}"
        for path in UI.rglob("*.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"\.connect\((lambda|partial)\b", line)
    ]
    assert found == []
