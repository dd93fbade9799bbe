"""Small processes for files that may come from anyone, and the way to end them all when the journal is left."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from journal.errors import Stopped

_running: set[subprocess.Popen[bytes]] = set()
_stopped: set[subprocess.Popen[bytes]] = set()


def run(command: Sequence[str], told: bytes, seconds: float, *, may_stop: bool = False) -> tuple[int, bytes]:
    """Run `command` with `told` at its standard input; gives its status and what it answered.

    Raises `subprocess.TimeoutExpired`, `OSError`, or `Stopped` if it `may_stop` and `stop` was called meanwhile.
    """
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        if may_stop:
            _running.add(process)
        try:
            answer, _ = process.communicate(told, timeout=seconds)
        except BaseException:
            process.kill()
            raise
        finally:
            _running.discard(process)
            stopped = process in _stopped
            _stopped.discard(process)
    if stopped:
        raise Stopped
    return process.returncode, answer


def stop() -> None:
    """End what is running and may be stopped, whichever thread waits for it. For leaving: it waits for nothing."""
    for process in list(_running):
        _stopped.add(process)
        process.kill()
