"""What the tests of landing do with it, and a microphone that hears what it is told."""

from __future__ import annotations

import struct
from enum import Enum
from typing import Any

from PySide6.QtCore import QIODevice, QObject, Signal

from journal.records import Moment, Session
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import go
from tests.ui.pages.hands import save
from ui.places import Place


class _Stream(QIODevice):
    def __init__(self) -> None:
        super().__init__()
        self.left = b""
        self.open(QIODevice.OpenModeFlag.ReadOnly)

    def isSequential(self) -> bool:
        return True

    def bytesAvailable(self) -> int:
        return len(self.left) + super().bytesAvailable()

    def readData(self, most: int) -> bytes:
        piece, self.left = self.left[:most], self.left[most:]
        return piece

    def writeData(self, _data: Any, _size: int) -> int:
        return -1


class Microphone:
    """`hears(seconds)` hands over sound."""

    def __init__(self) -> None:
        self.stream: _Stream | None = None

    def start(self) -> QIODevice:
        self.stream = _Stream()
        return self.stream

    def stop(self) -> None:
        self.stream = None

    def hears(self, seconds: float, loud: int = 9000) -> bytes:
        assert self.stream is not None
        sound = b"".join(struct.pack("<h", loud if i % 20 < 10 else -loud) for i in range(round(16_000 * seconds)))
        self.stream.left += sound
        self.stream.readyRead.emit()
        return sound


class _State(Enum):
    ActiveState = 0
    IdleState = 3


class Loudspeaker(QObject):
    """Takes what is played. `ends()`: all of it was heard. Itself is what makes it."""

    stateChanged = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.sounds = b""
        self.playing = False
        self.begun = 0

    def __call__(self, _parent: QObject) -> Loudspeaker:
        return self

    def start(self, device: QIODevice) -> None:
        self.sounds = device.readAll().data()
        self.playing = True
        self.begun += 1
        self.stateChanged.emit(_State.ActiveState)

    def stop(self) -> None:
        self.playing = False

    def deleteLater(self) -> None:
        return None

    def ends(self) -> None:
        self.stateChanged.emit(_State.IdleState)


def session(qtbot: Any, window: Any) -> str:
    """A session that happened just now."""
    return save(qtbot, window, Session(starts=Moment(NOW), happened=True))


def land(qtbot: Any, window: Any, session: str | None = None, eid: str | None = None) -> Any:
    """The page of landing."""
    page = go(qtbot, window, Place("landing", session=session, eid=eid))
    page.still.stop()
    return page


def step(qtbot: Any, window: Any, page: Any, times: int = 1) -> None:
    """On to the next question."""
    for _ in range(times):
        page.still.stop()
        page.next.click()
        quiet(qtbot, window.context.tasks)
    page.still.stop()


def choose(qtbot: Any, window: Any, page: Any, text: str) -> None:
    """Tap an answer."""
    made = next(one for one in page.choices._group.buttons() if one.text() == text)
    made.click()
    quiet(qtbot, window.context.tasks)


def write(qtbot: Any, window: Any, page: Any, text: str) -> None:
    """Type into the question on the page."""
    page.text.setFocus()
    qtbot.keyClicks(page.text, text)
