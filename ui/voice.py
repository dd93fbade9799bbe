"""A voice memo: recorded into memory, never into a file, and played from there.

Qt Multimedia is an optional part of the program (the extra "voice"). Without it, or without a microphone, there is no
voice, and `of_system` says so.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QEvent, QIODevice, QObject, QTimer, Signal, Slot

SOUNDS = QEvent.Type(QEvent.registerEventType())  # something is being said into the microphone, or heard
RATE = 16_000  # samples a second, of 16 bits, one channel: enough for speech
WIDTH = 2  # bytes
LONGEST = 600  # seconds
MEDIA = "audio/wav"
_LISTENS = 5  # seconds between two signs that something is heard
_LOUD = 12_000  # of 32767: what fills the bar


class Source(Protocol):
    """What hands over sound, such as a microphone: QAudioSource, or a test's."""

    def start(self) -> QIODevice: ...
    def stop(self) -> None: ...


class Recorder(QObject):
    """Records from a source, one memo at a time, up to so many seconds of it.

    Signals:
        heard(float): how loud it is now, from 0 to 1.
        full(): the memo is as long as one can be; it is to be stopped.
    """

    heard = Signal(float)
    full = Signal()

    def __init__(self, source: Source, parent: QObject | None = None, *, longest: int = LONGEST) -> None:
        super().__init__(parent)
        self._source, self._most = source, longest * RATE * WIDTH
        self._stream: QIODevice | None = None
        self._sound = bytearray()

    @property
    def is_running(self) -> bool:
        return self._stream is not None

    def start(self) -> bool:
        """Begin a memo; whether the microphone lets us."""
        if self._stream is None:
            self._sound = bytearray()
            # Sound is read from Qt's stream: what Qt writes into one of ours, Python sees no further than to a zero.
            self._stream = self._source.start()
            if self._stream is not None:
                self._stream.readyRead.connect(self._on_more)
        return self._stream is not None

    def stop(self) -> bytes:
        """End it, and give what was said as a WAV file; nothing where nothing was heard."""
        if self._stream is None:
            return b""
        self._take()
        self._stream.readyRead.disconnect(self._on_more)
        self._stream = None
        self._source.stop()
        sound = bytes(self._sound[: len(self._sound) // WIDTH * WIDTH])
        self._sound = bytearray()
        return wav(sound) if sound else b""

    @Slot()
    def _on_more(self) -> None:
        if self._stream is not None:
            self._take()
            QCoreApplication.sendEvent(self, QEvent(SOUNDS))  # whoever speaks does not idle
            if len(self._sound) >= self._most:
                self.full.emit()

    def _take(self) -> None:
        assert self._stream is not None
        piece = self._stream.readAll().data()
        self._sound += piece[: self._most - len(self._sound)]  # what is over is let go
        self.heard.emit(loudness(piece))


class Sink(Protocol):
    """What sounds, such as a loudspeaker: QAudioSink, or a test's. `stateChanged` tells when there is no more."""

    stateChanged: Any  # noqa: N815 (Qt's name)

    def start(self, device: QIODevice) -> None: ...
    def stop(self) -> None: ...
    def deleteLater(self) -> None: ...


class Player(QObject):
    """Plays a WAV file of ours from memory.

    Signals:
        ended(): it is quiet again.
    """

    ended = Signal()

    def __init__(
        self, parent: QObject | None = None, *, sink: Callable[[QObject], Sink | None] | None = None
    ) -> None:
        super().__init__(parent)
        self._make = sink or _sink_of_system
        self._sink: Sink | None = None
        self._buffer: QBuffer | None = None
        self._signs = 0  # that are still to be given: a loudspeaker that hangs keeps no journal open
        self.listening = QTimer(self)
        self.listening.setInterval(_LISTENS * 1000)
        self.listening.timeout.connect(self._on_listening)

    def play(self, file: bytes) -> bool:
        """Play a memo; whether it could be begun."""
        self.hush()
        sound = sound_of(file)
        sink = self._make(self) if sound is not None else None
        if sound is None or sink is None:
            return False
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(sound))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = sink
        sink.stateChanged.connect(self._on_state)
        sink.start(self._buffer)
        self._signs = len(sound) // (RATE * WIDTH * _LISTENS) + 1
        self.listening.start()
        return True

    @Slot()
    def hush(self) -> None:
        """Stop playing."""
        self.listening.stop()
        sink, self._sink = self._sink, None
        if sink is not None:
            sink.stop()
            sink.deleteLater()
        if self._buffer is not None:
            self._buffer.close()
            self._buffer.deleteLater()
            self._buffer = None
        if sink is not None:
            self.ended.emit()

    @Slot()
    def _on_listening(self) -> None:
        self._signs -= 1
        if self._signs <= 0:
            self.listening.stop()
        QCoreApplication.sendEvent(self, QEvent(SOUNDS))  # neither does whoever listens

    def _on_state(self, state: Any) -> None:
        if getattr(state, "name", "") == "IdleState":  # all of it was heard
            self.hush()


class Voice(QObject):
    """A microphone and a loudspeaker. `recorder` records; `player` plays."""

    def __init__(self, source: Source, parent: QObject | None = None, *, player: Player | None = None) -> None:
        super().__init__(parent)
        self.recorder = Recorder(source, self)
        self.player = player or Player(self)


def of_system(parent: QObject | None = None) -> Voice | None:
    """The voice of this computer, where the part is installed and there is a microphone."""
    multimedia = _multimedia()
    if multimedia is None or multimedia.QMediaDevices.defaultAudioInput().isNull():
        return None
    return Voice(multimedia.QAudioSource(_format(multimedia), parent), parent)


def can_play() -> bool:
    """Whether this computer can let a memo be heard."""
    multimedia = _multimedia()
    return multimedia is not None and not multimedia.QMediaDevices.defaultAudioOutput().isNull()


def _sink_of_system(parent: QObject) -> Sink | None:
    if not can_play():
        return None
    multimedia = _multimedia()
    made: Sink = multimedia.QAudioSink(_format(multimedia), parent)
    return made


def wav(sound: bytes) -> bytes:
    """Sound as a WAV file."""
    body = len(sound)
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF", 36 + body, b"WAVE", b"fmt ", 16, 1, 1, RATE, RATE * WIDTH, WIDTH, 8 * WIDTH, b"data", body,
    )  # fmt: skip
    return head + sound


def sound_of(file: bytes) -> bytes | None:
    """The sound in a WAV file of ours; None for any other."""
    return file[44:] if len(file) > 44 and file[:44] == wav(file[44:])[:44] else None


def seconds_of(size: int) -> int:
    """How long a memo of so many bytes lasts."""
    return max(0, round((size - 44) / (RATE * WIDTH)))


def loudness(sound: bytes) -> float:
    """How loud a piece is, from 0 to 1, by its highest sample."""
    samples = array("h", sound[: len(sound) // WIDTH * WIDTH])
    highest = max(max(samples, default=0), -min(samples, default=0))
    return min(1.0, highest / _LOUD)


def _multimedia() -> Any:
    try:
        from PySide6 import QtMultimedia
    except ImportError:
        return None
    return QtMultimedia


def _format(multimedia: Any) -> Any:
    made = multimedia.QAudioFormat()
    made.setSampleRate(RATE)
    made.setChannelCount(1)
    made.setSampleFormat(multimedia.QAudioFormat.SampleFormat.Int16)
    return made
