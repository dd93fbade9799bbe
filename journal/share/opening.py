"""How the opening process (`opener`) is asked: within limits, and so that leaving the journal ends it."""

from __future__ import annotations

import errno
import math
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from journal import apart
from journal.errors import ShareError
from journal.share import opener


class Limits(NamedTuple):
    """What opening a file may take: seconds, and bytes beside what its size and its work factor need."""

    seconds: float = 120
    memory: int = 512 * 2**20  # the interpreter and the library; all of their address space counts


LIMITS = Limits()
_BESIDE = 2**16  # bytes of an answer beside what was sealed


def ask(how: str, secret: str, data: bytes, limits: Limits, may_stop: bool) -> tuple[int, bytes]:
    """The status of the process, and what it said. Raises `ShareError` where it took too long or could not begin, and
    `Stopped` if it `may_stop` and the journal was left meanwhile."""
    import pyrage

    folder = Path(pyrage.__file__).resolve().parent.parent
    memory, seconds = str(limits.memory), str(math.ceil(limits.seconds))
    command = [sys.executable, "-I", "-S", opener.__file__, str(folder), memory, seconds]
    told = f"{how}\n{secret.encode(errors='replace').hex()}\n".encode()
    try:
        most = len(data) + _BESIDE  # what is sealed is larger than what was sealed
        return apart.run(command, told + data, limits.seconds, may_stop=may_stop, most=most)
    except subprocess.TimeoutExpired:
        raise ShareError("Opening this share took too long, so it was stopped. Nothing was changed.") from None
    except OSError as error:
        raise ShareError(
            "This share could not be opened now. Close other programs, then try again.",
            detail=errno.errorcode.get(error.errno or 0, "no process"),
        ) from None


def too_much(status: int) -> ShareError:
    """What is said where the process was ended by its limits."""
    return ShareError(
        "Opening this share needs more memory or time than this computer can give it. "
        "Close other programs and try again, or ask the sender for a share made for your address.",
        detail=f"the opening process ended with {status}",
    )
