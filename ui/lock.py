"""When to lock, and how the process that held the words ends.

Locking seals what is being written, closes the journal, and then **replaces the process**: Python cannot clear its
memory, but the system gives a new program new memory. The new one starts at the unlock page of the same journal.
Where that is goes through a pipe, since arguments can be read by everyone on the machine.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from journal.quiet import packed, unpacked
from ui.arguments import BEGIN, DIM, RESUME
from ui.voice import SOUNDS

_TICK = 5  # seconds
_ASLEEP = 30  # seconds a clock may run ahead of a tick before it means that the machine slept
_LONGEST_PATH = 32 * 1024  # bytes
_ROOT = Path(__file__).resolve().parents[1]
_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.InputMethod,
        QEvent.Type.TabletPress,
        SOUNDS,
    }
)


class IdleWatch(QObject):
    """Emits `due` when nobody touched the window for a while, or the machine slept.

    Two clocks are compared with the last touch: the steady one, which nobody can set, and the wall clock. Either goes
    on while the machine sleeps, so a tick that comes much too late by one of them means sleep, too, even where the
    other stood or was set back meanwhile.
    """

    due = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        steady: Callable[[], float] | None = None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._steady, self._wall = steady or steady_clock(), wall
        self._minutes = 0
        self._touched = self._last_tick = self._now()
        self.timer = QTimer(self)
        self.timer.setInterval(_TICK * 1000)
        self.timer.timeout.connect(self._on_tick)

    def start(self, minutes: int) -> None:
        """Watch, or watch with another limit. 0 minutes: only sleep counts."""
        self._minutes = minutes
        self._touched = self._last_tick = self._now()
        if not self.timer.isActive():
            QApplication.instance().installEventFilter(self)
            self.timer.start()

    def touched_within(self, seconds: float) -> bool:
        """Whether the window was touched so lately. Where nobody watches, it was not."""
        return self.timer.isActive() and self._since(self._touched) < seconds

    def stop(self) -> None:
        """Watch no more."""
        self.timer.stop()
        QApplication.instance().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTS:
            # A touch after a long sleep comes before the tick that would have noticed it: look first.
            self._look()
            self._touched = self._now()
        return False

    @Slot()
    def _on_tick(self) -> None:
        self._look()
        self._last_tick = self._now()

    def _look(self) -> None:
        if not self.timer.isActive():
            return
        idle = self._since(self._touched)
        slept = self._since(self._last_tick) > _TICK + _ASLEEP
        if slept or (self._minutes and idle >= self._minutes * 60):
            self._last_tick = self._now()
            self.due.emit()

    def _now(self) -> tuple[float, float]:
        return self._steady(), self._wall()

    def _since(self, then: tuple[float, float]) -> float:
        """Seconds, by the clock that counts more of them."""
        return max(now - before for now, before in zip(self._now(), then, strict=True))


def steady_clock() -> Callable[[], float]:
    """The system's clock that nobody can set, and that goes on during sleep where there is such a one."""
    if hasattr(time, "CLOCK_BOOTTIME"):  # Linux, whose other one stands still meanwhile
        return partial(time.clock_gettime, time.CLOCK_BOOTTIME)
    return time.monotonic


class Left(NamedTuple):
    """What a process left for the next. `moments`: when reminders come, None where none are wanted; one that
    waits may be past. `hidden`: the window waits in the tray. `given`: when reminders were shown."""

    path: Path | None = None
    moments: tuple[datetime, ...] | None = None
    hidden: bool = False
    given: tuple[datetime, ...] = ()


def replace_process(
    journal: Path | None,
    *,
    begin: bool = False,
    dim: bool = False,
    moments: Sequence[datetime] | None = None,
    hidden: bool = False,
    given: Sequence[datetime] = (),
) -> None:
    """Become a new process of this program that stands before the closed `journal`; with `begin` before a new one,
    from where there is a way back to it; `dim` where no bright screen may follow. `moments`, `hidden` and
    `given` as in `Left`. Does not return.

    Where the system cannot replace a process, another one is started and this one ends.
    """
    how = BEGIN if begin else DIM if dim else RESUME
    path = os.fsencode(journal) if journal is not None else b""
    if moments is not None:
        path += b"\0" + (b"1" if hidden else b"0") + b"\0" + packed(moments)
        path += b"\0" + packed(given) if given else b""
    if os.name == "nt":
        child = subprocess.Popen([*_command(), how, "0"], stdin=subprocess.PIPE)
        child.stdin.write(path)
        child.stdin.close()
        os._exit(0)
    read, write = os.pipe()
    os.write(write, path)
    os.close(write)
    os.set_inheritable(read, True)
    with contextlib.suppress(OSError):
        os.execv(sys.executable, [*_command(), how, str(read)])  # noqa: S606
    # The program is gone from the disk, for example. Ending keeps the promise; the person starts it again.
    os._exit(0)


def resumed(descriptor: int) -> Left:
    """What the process before this one left in the pipe."""
    try:
        with os.fdopen(descriptor, "rb") as pipe:
            path, *rest = pipe.read(_LONGEST_PATH).split(b"\0")
    except (OSError, ValueError):
        return Left()
    if not path or len(rest) not in (0, 2, 3):
        return Left()
    moments = unpacked(rest[1]) if rest else None
    given = unpacked(rest[2]) if len(rest) == 3 else ()
    return Left(Path(os.fsdecode(path)), moments, bool(rest) and rest[0] == b"1", given)


def resumed_journal(descriptor: int) -> Path | None:
    """The path that the process before this one left in the pipe, or None."""
    return resumed(descriptor).path


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    start = f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from ui.command import main; main()"
    # -P: the folder one happens to stand in is no place to import from.
    return [sys.executable, "-P", "-c", start]
