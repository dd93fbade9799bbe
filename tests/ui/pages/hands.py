"""What the tests of the pages need besides a window: a disk without room, and a journal whose process is gone."""

from __future__ import annotations

import contextlib
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtWidgets import QPushButton, QWidget

from journal.clock import FixedClock
from journal.records import Record
from journal.service import DraftView, JournalService
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, quiet, settled
from tests.ui.hands import ask
from ui.places import Place
from ui.window import MainWindow

TODAY = Place("today")


class Left(NamedTuple):
    """What a new process would find in a journal whose process was killed."""

    drafts: tuple[DraftView, ...]
    entries: dict[str, Any]

    @property
    def texts(self) -> list[str]:
        """The texts of the drafts."""
        return [getattr(draft.record, "text", "") for draft in self.drafts]


def gone(path: Path) -> Left:
    """Kill the process that holds the journal at `path`, as far as its file can tell, and look."""
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        for part in path.parent.glob(path.name + "*"):
            if part.suffix != ".lock":
                shutil.copy(part, folder)
        service = JournalService.open(folder / path.name, password=PASSWORD, state_dir=folder / "state")
        try:
            assert service.report.ok
            return Left(service.drafts(), _entries(service))
        finally:
            service.close()


@contextlib.contextmanager
def no_room() -> Iterator[None]:
    """Every file of this process that would grow is refused, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def save(qtbot: Any, window: MainWindow, record: Record, eid: str | None = None) -> str:
    """Put an entry into the open journal; its id."""
    return ask(qtbot, window, partial(JournalService.save, record=record, eid=eid)).eid


def entries(qtbot: Any, window: MainWindow) -> dict[str, Any]:
    """What the open journal holds, by id."""
    return ask(qtbot, window, _entries)


def _entries(service: JournalService) -> dict[str, Any]:
    return {item.eid: item.record for item in service.items() if item.record.kind != "settings"}


def read_only(qtbot: Any, window: MainWindow, path: Path, fill: Callable[[JournalService], Any]) -> Any:
    """The window on a journal that can only be read, in which `fill(service)` wrote before; what `fill` gave."""
    state = path.parent / "state"
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=FixedClock(NOW), state_dir=state)
    given = fill(service)
    service.close()
    window.offer(path)
    window.welcome._open(window.welcome.unlock, password=PASSWORD, read_only=True)
    settled(qtbot, window)
    quiet(qtbot, window.context.tasks)
    return given


def shown(widget: QWidget, text: str) -> QPushButton:
    """The visible button with these words."""
    found = [made for made in widget.findChildren(QPushButton) if made.text() == text and made.isVisible()]
    assert len(found) == 1, [made.text() for made in widget.findChildren(QPushButton) if made.isVisible()]
    return found[0]
