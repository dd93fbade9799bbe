"""Small processes for files that may come from anyone, and the way to end them all when the journal is left."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Sequence

from journal.errors import Stopped

MOST = 64 * 2**20  # bytes of an answer
_PIECE = 2**16

_running: set[subprocess.Popen[bytes]] = set()
_stopped: set[subprocess.Popen[bytes]] = set()


def run(
    command: Sequence[str], told: bytes, seconds: float, *, may_stop: bool = False, most: int = MOST
) -> tuple[int, bytes]:
    """Run `command` with `told` at its standard input; gives its status and what it answered.

    One that answers more than `most` bytes was taken over: it is ended, and its answer is none of it.
    Raises `subprocess.TimeoutExpired`, `OSError`, or `Stopped` if it `may_stop` and `stop` was called meanwhile.
    """
    until = time.monotonic() + seconds
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        if may_stop:
            _running.add(process)
        telling = threading.Thread(target=_tell, args=(process, told), name="apart", daemon=True)
        answer = _Answer(process, most)
        try:
            telling.start()
            answer.start()
            answer.join(max(0, until - time.monotonic()))
            if answer.is_alive():
                raise subprocess.TimeoutExpired(command, seconds)
            process.wait(max(0, until - time.monotonic()))
        except BaseException:
            process.kill()
            raise
        finally:
            for thread in (telling, answer):
                if thread.ident is not None:
                    thread.join()  # it has ended, or its pipe broke
            _running.discard(process)
            stopped = process in _stopped
            _stopped.discard(process)
    if stopped:
        raise Stopped
    return process.returncode, b"".join(answer.pieces)


class _Answer(threading.Thread):
    """Reads what a process answers, and ends it where that is more than it may be."""

    def __init__(self, process: subprocess.Popen[bytes], most: int) -> None:
        super().__init__(name="apart", daemon=True)
        self._process, self._most = process, most
        self.pieces: list[bytes] = []

    def run(self) -> None:
        read, pipe = 0, self._process.stdout
        while pipe is not None and (piece := os.read(pipe.fileno(), _PIECE)):
            read += len(piece)
            if read > self._most:
                self.pieces.clear()
                self._process.kill()
                return
            self.pieces.append(piece)


def _tell(process: subprocess.Popen[bytes], told: bytes) -> None:
    pipe = process.stdin
    if pipe is None:
        return
    with contextlib.suppress(OSError):  # it ended before it heard all
        pipe.write(told)
    with contextlib.suppress(OSError):
        pipe.close()


def stop() -> None:
    """End what is running and may be stopped, whichever thread waits for it. For leaving: it waits for nothing."""
    for process in list(_running):
        _stopped.add(process)
        process.kill()
