"""A real window on a real journal: the service with the fast KDF profile, the vault thread, the theme.

def test_something(qtbot, journal_open):
    context, tasks, path = journal_open
    page = JourneyPage(context)
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from journal.clock import FixedClock
from tests.ui.fakes import FakePrompter
from ui.context import Context
from ui.settings import DeviceSettings
from ui.tasks import VaultTasks
from ui.theme import Scheme, Theme

NOW = datetime(2026, 3, 12, 14, 5, tzinfo=UTC)
PASSWORD = "four quiet garden words"


class Opened(NamedTuple):
    """An open journal: `context.tasks` is `tasks`; `path` is its file."""

    context: Context
    tasks: VaultTasks
    path: Path


@pytest.fixture(scope="session")
def _theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def theme(_theme: Theme) -> Theme:
    """The light scheme at 100 %."""
    _theme.apply(Scheme.LIGHT, 100)
    return _theme


@pytest.fixture
def clock() -> FixedClock:
    """Stands at `NOW` until a test moves it."""
    return FixedClock(NOW)


@pytest.fixture
def prompter() -> FakePrompter:
    return FakePrompter()


@pytest.fixture
def context(qtbot: Any, theme: Theme, clock: FixedClock, prompter: FakePrompter) -> Iterator[Context]:
    """What pages are given, with no journal open yet."""
    tasks = VaultTasks()
    yield Context(tasks, prompter, theme, DeviceSettings(), clock)
    tasks.close()
    # Answers under way are delivered, or dropped, before the widgets they were for go.
    QApplication.processEvents()
    tasks.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def journal_open(qtbot: Any, context: Context, tmp_path: Path) -> Opened:
    """A new journal, open."""
    from journal.service import JournalService
    from journal.vault import FAST

    path = tmp_path / "journal.vault"
    opener = partial(
        JournalService.create, path, PASSWORD, profile=FAST, clock=context.clock, state_dir=tmp_path / "state"
    )
    answer(qtbot, partial(context.tasks.open, opener))
    return Opened(context, context.tasks, path)


@pytest.fixture
def ask(qtbot: Any, context: Context) -> Callable[[Callable[..., Any]], Any]:
    """`ask(partial(JournalService.get, eid=eid))`: run an operation on the vault thread and give its result."""

    def run(op: Callable[..., Any]) -> Any:
        return answer(qtbot, partial(context.tasks.ask, op))

    return run


def answer(qtbot: Any, question: Callable[..., None], timeout: int = 10_000) -> Any:
    """Call `question(done=…, failed=…)` and wait for its answer; an error is raised here."""
    got: list[Any] = []
    question(done=got.append, failed=got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=timeout)
    if isinstance(got[0], Exception):
        raise got[0]
    return got[0]


@pytest.fixture
def replaced() -> list[Path | None]:
    """What locking would have replaced the process with: the path of each journal to stand before."""
    return []


@pytest.fixture
def window(qtbot: Any, context: Context, tmp_path: Path, replaced: list[Path | None]) -> Iterator[Any]:
    """The real window before a journal is open, 1120 by 760 px."""
    from journal.vault import FAST
    from ui.window import MainWindow

    made = MainWindow(context, options={"profile": FAST, "state_dir": tmp_path / "state"}, replace=replaced.append)
    made.resize(1120, 760)
    made.offer(None)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)  # a window in the back takes no shortcuts
    yield made
    made.idle.stop()
    context.tasks.close()
    made.close()
    made.deleteLater()


@pytest.fixture
def window_open(qtbot: Any, window: Any, tmp_path: Path) -> Any:
    """The real window on a new journal, at Today."""
    window.begin()
    window.welcome.create.set_path(tmp_path / "journal.vault")
    type_password(window.welcome.create, PASSWORD)
    window.welcome.create.next.click()
    qtbot.waitUntil(lambda: window.welcome.step is window.welcome.show_words, timeout=20_000)
    words = window.welcome.show_words.sheet()
    window.welcome.show_words.next.click()
    window.welcome.type_words.words.edit.setPlainText(words.split("\n\n")[1])
    window.welcome.type_words.next.click()
    settled(qtbot, window)
    return window


@pytest.fixture
def there(qtbot: Any, window_open: Any, clock: FixedClock, tmp_path: Path) -> Iterator[Any]:
    """The journal of `window_open` on another computer, open there; both have one entry."""
    from journal.service import JournalService
    from tests.ui.two_computers import EID, text

    op = partial(JournalService.save, record=text("first"), eid=EID)
    answer(qtbot, partial(window_open.context.tasks.ask, op))
    home = tmp_path / "there"
    home.mkdir()
    shutil.copy(tmp_path / "journal.vault", home / "mine.vault")
    opened = JournalService.open(home / "mine.vault", password=PASSWORD, clock=clock, state_dir=home)
    yield opened
    opened.close()


def type_password(step: Any, password: str) -> None:
    """Fill in the fields of a step."""
    step.password.edit.setText(password)
    if hasattr(step, "repeat"):
        step.repeat.edit.setText(password)


def settled(qtbot: Any, window: Any) -> None:
    """Wait until the journal is open and nothing is under way."""
    qtbot.waitUntil(lambda: window.stack.place is not None, timeout=20_000)
    quiet(qtbot, window.context.tasks)


def quiet(qtbot: Any, tasks: VaultTasks) -> None:
    """Wait until everything asked of the vault was answered, and what the answers asked in turn."""
    for _ in range(4):
        answer(qtbot, partial(tasks.run, _nothing))


def _nothing() -> bool:
    return True
