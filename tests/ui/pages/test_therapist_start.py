"""Who reads what others share says so at first start, and begins at Clients; it can be changed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from journal.service import JournalService
from tests.ui.conftest import PASSWORD, quiet, settled, type_password
from tests.ui.hands import ask, go, press, reopened
from tests.ui.pages.hands import shown
from tests.ui.pages.sharing import texts
from ui.pages import opening
from ui.places import Place
from ui.window import MainWindow


def begin(qtbot: Any, window: MainWindow, path: Path, *, therapist: bool) -> None:
    window.begin()
    create = window.welcome.create
    create.set_path(path)
    type_password(create, PASSWORD)
    if therapist:
        create.reads.click()
    create.next.click()
    qtbot.waitUntil(lambda: window.welcome.step is window.welcome.show_words, timeout=20_000)
    words = window.welcome.show_words.sheet()
    window.welcome.show_words.next.click()
    window.welcome.type_words.words.edit.setPlainText(words.split("\n\n")[1])
    window.welcome.type_words.next.click()
    settled(qtbot, window)


def order(window: MainWindow) -> list[str]:
    """The places in the rail from top to bottom, those that are seen."""
    made = [one for one in window.rail._buttons.values() if one.isVisible()]
    made.sort(key=lambda one: one.mapTo(window.rail, one.rect().topLeft()).y())
    return [one.property("place") for one in made]


@pytest.mark.parametrize("therapist", [True, False])
def test_it_begins_where_it_is_used(qtbot, window: MainWindow, tmp_path: Path, therapist: bool) -> None:
    window.resize(1240, 900)
    begin(qtbot, window, tmp_path / "journal.vault", therapist=therapist)
    assert window.stack.place == Place("clients" if therapist else "today")
    go(qtbot, window, Place("contacts"))
    assert window.rail._buttons["review" if therapist else "share"].isChecked()
    assert order(window)[:2] == (["clients", "review"] if therapist else ["today", "journey"])
    assert ("clients" in order(window)) is therapist
    assert {"today", "journey", "share"} <= set(order(window))
    assert ask(qtbot, window, JournalService.settings).therapist is therapist
    window.context.tasks.close()
    service = reopened(tmp_path / "journal.vault")
    assert service.settings().therapist is therapist and service.settings().recovery_proved is not None
    service.close()


def test_it_can_be_changed_and_the_menu_leads_to_clients_all_the_same(qtbot, window_open: MainWindow) -> None:
    window_open.resize(1240, 900)
    window_open.menu_actions["clients"].trigger()
    assert window_open.stack.place == Place("clients")
    assert window_open.rail._buttons["review"].isChecked()
    page = go(qtbot, window_open, Place("preferences"))
    assert not page.therapist.isChecked()
    page.therapist.click()
    quiet(qtbot, window_open.context.tasks)
    assert order(window_open)[0] == "clients"
    go(qtbot, window_open, Place("today"))
    while window_open.stack.can_go_back:
        window_open.stack.back()
    window_open.stack.back()
    assert window_open.stack.place == Place("clients")
    page = go(qtbot, window_open, Place("preferences"))
    page.therapist.click()
    quiet(qtbot, window_open.context.tasks)
    assert order(window_open)[0] == "today" and "clients" not in order(window_open)
    assert ask(qtbot, window_open, JournalService.settings).therapist is False


def test_escape_before_the_place_is_known_hurts_nothing(qtbot, window: MainWindow, tmp_path: Path) -> None:
    begin(qtbot, window, tmp_path / "journal.vault", therapist=True)
    window.setFocus()
    press(qtbot, window, "Esc")
    assert window.stack.place == Place("clients")


def test_who_reads_first_keeps_a_line_about_the_words(qtbot, window: MainWindow, tmp_path: Path) -> None:
    window.begin()
    create = window.welcome.create
    create.set_path(tmp_path / "journal.vault")
    type_password(create, PASSWORD)
    create.reads.click()
    create.next.click()
    qtbot.waitUntil(lambda: window.welcome.step is window.welcome.show_words, timeout=20_000)
    words = window.welcome.show_words.sheet().split("\n\n")[1]
    assert window.welcome.show_words.put_off.text() == "Later: read first"
    assert "Clients keeps a line about it" in window.welcome.show_words.about_later.text()
    window.welcome.show_words.put_off.click()
    settled(qtbot, window)
    page = window.stack.currentWidget()
    assert window.stack.place == Place("clients") and page.words_line.isVisible()
    assert any("were not typed back yet" in text for text in texts(page.words_line))
    shown(page.words_line, "Type them…").click()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.reject()
    ask(qtbot, window, partial(opening.check, words=words))
    quiet(qtbot, window.context.tasks)
    go(qtbot, window, Place("clients"))
    assert not page.words_line.isVisible()
