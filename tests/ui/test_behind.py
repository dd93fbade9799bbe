"""What goes on behind the open window: a snapshot is kept, and damage that opening by it had not seen is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal.records import Moment, Page
from journal.service import JournalService
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, quiet
from tests.ui.hands import ask, go
from tests.ui.test_window_files import damage, unlock
from ui.places import Place
from ui.window import MainWindow


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, clock, tmp_path: Path) -> Path:
    """A closed journal of a few pages that counts as large, without a snapshot."""
    monkeypatch.setattr("journal.vault.cached.SMALL", 2)
    path = tmp_path / "large.vault"
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state")
    for number in range(6):
        service.save(Page(at=Moment(NOW), title=f"Page {number}", text=f"river {number} " * 200))
    service.close()
    return path


def _has_snapshot(service: JournalService) -> bool:
    return service._vault.snapshot is not None


def snapshots(path: Path) -> list[Path]:
    return list((path.parent / "state").glob("*.cache"))


def test_the_window_keeps_a_snapshot_and_opens_by_it(qtbot, window: MainWindow, large: Path) -> None:
    unlock(qtbot, window, large)
    qtbot.waitUntil(lambda: bool(snapshots(large)), timeout=20_000)
    quiet(qtbot, window.context.tasks)
    assert not window.banner.isVisible()
    assert len(ask(qtbot, window, JournalService.rows)) == 6
    assert ask(qtbot, window, _has_snapshot)
    window.context.tasks.close()
    service = JournalService.open(large, password=PASSWORD, state_dir=large.parent / "state")
    assert _has_snapshot(service)
    assert {row.title for row in service.rows()} == {f"Page {number}" for number in range(6)}
    service.close()


def test_damage_that_opening_had_not_seen_is_named_in_the_window(qtbot, window: MainWindow, large: Path) -> None:
    made = JournalService.open(large, password=PASSWORD, state_dir=large.parent / "state")
    made.go_on(None)
    made.close()
    damage(large)
    unlock(qtbot, window, large)
    qtbot.waitUntil(lambda: "damaged" in window.banner.text, timeout=20_000)
    quiet(qtbot, window.context.tasks)
    assert "Everything else is here" in window.banner.text
    assert not window.menu_actions["new-page"].isEnabled()
    assert len(ask(qtbot, window, JournalService.rows)) == 5
    journey = go(qtbot, window, Place("journey"))
    assert journey.model.count == 5


def test_what_goes_on_behind_is_not_shown_as_work(qtbot, window: MainWindow, large: Path) -> None:
    told: list[bool] = []
    unlock(qtbot, window, large)
    window.context.tasks.busy.connect(told.append)
    window.behind.start()
    qtbot.waitUntil(lambda: bool(snapshots(large)), timeout=20_000)
    assert told == []
