"""A journal that can only be read: all of it can be seen, nothing is offered that would write, nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from journal import sample
from journal.records import CheckIn, Moment, Session
from journal.sample import SampleIds
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import go, press
from tests.ui.pages.hands import entries, read_only
from ui.places import Place
from ui.window import MainWindow

WRITES = {
    "Add the other sliders", "Bring this version back", "Change", "Check in", "Check in now",
    "Intention", "Journal page", "New page", "New session", "Note a session", "Remove this check-in",
    "Remove this course", "Remove this session", "Save", "Undo", "Write a note", "Write about it",
    "Write an integration note", "Write an intention",
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal's file."""
    return tmp_path / "journal.vault"


def offered(window: MainWindow) -> set[str]:
    """What can be pressed on the page that is shown."""
    page = window.stack.currentWidget()
    found = [made for made in page.findChildren(QAbstractButton) if made.isVisible() and made.isEnabled()]
    return {made.accessibleName() or made.text() or made.toolTip() for made in found}


def test_no_page_offers_to_write(qtbot, window: MainWindow, path: Path) -> None:
    ids: SampleIds = read_only(qtbot, window, path, lambda service: sample.fill(service, now=NOW))
    before = path.read_bytes()
    rows = entries(qtbot, window)
    checkin = next(eid for eid, record in rows.items() if isinstance(record, CheckIn))
    written = next(eid for eid, record in rows.items() if record.kind == "experience")
    seen: dict[str, set[str]] = {}
    for place in (
        Place("today"),
        Place("journey"),
        Place("charts"),
        Place("ledger"),
        Place("session", eid=ids.sessions[0]),
        Place("session", eid=ids.following),
        Place("edit-session", eid=ids.sessions[0]),
        Place("edit-course", eid=ids.course),
        Place("check-in", eid=checkin),
        Place("write", eid=written),
        Place("history", eid=written),
    ):
        go(qtbot, window, place)
        seen[f"{place.name} {place.eid}"] = {
            text for text in offered(window) if text in WRITES or text.startswith(("Mood ", "Remove "))
        }
    assert {name: texts for name, texts in seen.items() if texts} == {}
    window.context.tasks.close()
    assert path.read_bytes() == before


def test_an_empty_one_offers_nothing_either(qtbot, window: MainWindow, path: Path) -> None:
    read_only(qtbot, window, path, lambda service: None)
    for name in ("today", "journey", "charts"):
        go(qtbot, window, Place(name))
        assert not offered(window) & WRITES


def test_the_delete_key_deletes_nothing(qtbot, window: MainWindow, path: Path) -> None:
    read_only(qtbot, window, path, lambda service: service.save(Session(starts=Moment(NOW), happened=True)))
    page = go(qtbot, window, Place("journey"))
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    press(qtbot, window, "Del")
    quiet(qtbot, window.context.tasks)
    assert page.banner.text == ""
    assert len(entries(qtbot, window)) == 1


def test_the_coming_session_is_still_led_to(qtbot, window: MainWindow, path: Path) -> None:
    def fill(service: JournalService) -> None:
        service.save(Session(starts=Moment(NOW), number=3))

    read_only(qtbot, window, path, fill)
    go(qtbot, window, Place("today"))
    assert "Open the session" in offered(window)
