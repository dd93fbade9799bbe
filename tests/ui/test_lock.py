"""When it locks, that the text being written is kept, and that the process that held it is gone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from journal.records import Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from tests.ui.conftest import NOW, PASSWORD, Opened, answer
from ui.leaving import Cover, Leaving, Sealer
from ui.lock import IdleWatch, resumed_journal, steady_clock

ROOT = Path(__file__).resolve().parents[2]


class Clocks:
    """A steady clock and a wall clock that go only when told."""

    def __init__(self) -> None:
        self.steady = self.wall = 1000.0

    def go(self, seconds: float, *, asleep: bool = False) -> None:
        self.wall += seconds
        if not asleep:
            self.steady += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def watch(qapp, clocks: Clocks):
    made = IdleWatch(steady=lambda: clocks.steady, wall=lambda: clocks.wall)
    yield made
    made.stop()


def ticks(watch: IdleWatch, clocks: Clocks, seconds: int) -> None:
    for _ in range(seconds // 5):
        clocks.go(5)
        watch.timer.timeout.emit()


def touch() -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(QApplication.instance(), event)


def test_it_locks_after_the_minutes_chosen(qtbot, watch: IdleWatch, clocks: Clocks) -> None:
    watch.start(5)
    with qtbot.assertNotEmitted(watch.due):
        ticks(watch, clocks, 295)
    with qtbot.waitSignal(watch.due, timeout=100):
        ticks(watch, clocks, 5)


def test_a_touch_begins_the_minutes_anew(qtbot, watch: IdleWatch, clocks: Clocks) -> None:
    watch.start(1)
    with qtbot.assertNotEmitted(watch.due):
        for _ in range(10):
            ticks(watch, clocks, 55)
            touch()


def test_sleep_counts_though_the_steady_clock_stood(qtbot, watch: IdleWatch, clocks: Clocks) -> None:
    watch.start(30)
    ticks(watch, clocks, 10)
    clocks.go(3600, asleep=True)
    with qtbot.waitSignal(watch.due, timeout=100):
        watch.timer.timeout.emit()


@pytest.mark.parametrize("minutes", [0, 30])
def test_sleep_counts_though_the_wall_clock_was_set_back(
    qtbot, watch: IdleWatch, clocks: Clocks, minutes: int
) -> None:
    watch.start(minutes)
    ticks(watch, clocks, 10)
    clocks.steady += 3600  # a steady clock that goes on during sleep
    clocks.wall -= 86_400
    with qtbot.waitSignal(watch.due, timeout=100):
        watch.timer.timeout.emit()


def test_the_steady_clock_is_the_one_that_goes_on_during_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("time.clock_gettime", lambda clock: asked.append(clock) or 7.0)
    assert steady_clock()() == 7.0
    assert asked == [time.CLOCK_BOOTTIME]


def test_sleep_counts_even_if_idling_does_not(qtbot, watch: IdleWatch, clocks: Clocks) -> None:
    watch.start(0)
    with qtbot.assertNotEmitted(watch.due):
        ticks(watch, clocks, 3600)
    clocks.go(120, asleep=True)
    with qtbot.waitSignal(watch.due, timeout=100):
        watch.timer.timeout.emit()


def test_a_key_after_sleep_is_not_faster_than_the_lock(qtbot, watch: IdleWatch, clocks: Clocks) -> None:
    watch.start(30)
    clocks.go(3600, asleep=True)
    with qtbot.waitSignal(watch.due, timeout=100):
        touch()


def test_a_wall_clock_set_back_does_not_keep_it_open(qtbot, watch: IdleWatch, clocks: Clocks) -> None:
    watch.start(1)
    clocks.wall -= 86_400
    with qtbot.waitSignal(watch.due, timeout=100):
        ticks(watch, clocks, 60)


def test_stopped_it_says_nothing(qtbot, watch: IdleWatch, clocks: Clocks) -> None:
    watch.start(1)
    watch.stop()
    clocks.go(3600)
    with qtbot.assertNotEmitted(watch.due):
        touch()


def test_sealing_waits_for_the_drafts(qtbot, journal_open: Opened) -> None:
    tasks = journal_open.tasks
    sealer = Sealer(tasks)
    eid = "a" * 32

    def seal() -> None:
        tasks.ask(partial(JournalService.put_draft, eid=eid, record=_page("half a sent")))

    with qtbot.waitSignal(sealer.sealed, timeout=5_000):
        sealer.run(seal)
    drafts = answer(qtbot, partial(tasks.ask, JournalService.drafts))
    assert [draft.record.text for draft in drafts] == ["half a sent"]


def test_a_fault_while_sealing_does_not_let_go_of_the_text(qtbot, journal_open: Opened) -> None:
    def seal() -> None:
        raise TypeError

    sealer = Sealer(journal_open.tasks)
    with qtbot.waitSignal(sealer.refused, timeout=5_000):
        sealer.run(seal)
    with qtbot.waitSignal(sealer.sealed, timeout=5_000):
        sealer.run(str)


def test_text_that_cannot_be_sealed_keeps_the_journal_open(qtbot, journal_open: Opened, theme) -> None:
    tasks, path = journal_open.tasks, journal_open.path
    cover = Cover(theme)
    qtbot.addWidget(cover)
    ended = []
    eid = "b" * 32
    leaving = Leaving(
        tasks, cover, lambda: tasks.ask(partial(_put, eid=eid, limit=LIMIT), failed=lambda _error: None)
    )
    LIMIT.full = True
    leaving.leave(partial(ended.append, True))
    qtbot.waitUntil(lambda: "could not be kept" in cover.text, timeout=5_000)
    assert not ended
    assert tasks.is_open
    assert leaving.timer.isActive()
    LIMIT.full = False
    leaving.timer.timeout.emit()
    qtbot.waitUntil(lambda: bool(ended), timeout=5_000)
    assert not tasks.is_open
    service = JournalService.open(path, password=PASSWORD, state_dir=path.parent / "state")
    assert [draft.record.text for draft in service.drafts()] == ["the last words"]
    service.close()


def _page(text: str) -> JournalPage:
    return JournalPage(at=Moment(NOW), text=text)


class _Limit:
    full = False


LIMIT = _Limit()


def _put(service: JournalService, *, eid: str, limit: _Limit) -> None:
    """Seal a draft, on a disk that may be full: files may not grow, as the system says it."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if limit.full:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        service.put_draft(eid, _page("the last words"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_the_path_travels_through_a_pipe(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.write(write, os.fsencode(tmp_path / "journal é.vault"))
    os.close(write)
    assert resumed_journal(read) == tmp_path / "journal é.vault"


def test_an_empty_pipe_or_none_means_no_journal() -> None:
    read, write = os.pipe()
    os.close(write)
    assert resumed_journal(read) is None
    assert resumed_journal(987) is None


@pytest.mark.parametrize(
    ("given", "how"), [("begin=False", "--resume"), ("begin=True", "--begin"), ("dim=True", "--dim")]
)
def test_replacing_starts_the_program_anew_in_the_same_process(tmp_path: Path, given: str, how: str) -> None:
    # The program's own entrance is replaced by one that tells what it was given.
    (tmp_path / "ui").mkdir()
    program = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
import ui.lock
ui.lock._ROOT = Path({str(tmp_path)!r})
sys.stdout.write(f"{{os.getpid()}}\\n")
sys.stdout.flush()
ui.lock.replace_process(Path("/somewhere/private name.vault"), {given})
"""
    (tmp_path / "ui" / "__init__.py").write_text("")
    (tmp_path / "ui" / "command.py").write_text(
        "import os, sys\n"
        "def main():\n"
        "    cmdline = open('/proc/self/cmdline', 'rb').read()\n"
        "    path = os.fdopen(int(sys.argv[-1]), 'rb').read()\n"
        "    print(os.getpid(), sys.argv[1], path.decode(), b'private' in cmdline)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    before, after = done.stdout.split("\n")[:2]
    assert after == f"{before} {how} /somewhere/private name.vault False"
