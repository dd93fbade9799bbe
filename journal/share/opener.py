"""The small process that opens a sealed file, so that a hostile one can hurt nothing but itself.

It is run by its path, apart from the program: `python -I -S opener.py FOLDER_OF_PYRAGE BYTES SECONDS`. Standard input
holds one line ("passphrase" or "identity"), one line with the secret in hexadecimal, then the file. Standard output
gets one letter (see below) and, after "=", what was in the file. Where the first line is "derive ROUNDS", a salt
stands in place of the file, and the answer is what PBKDF2 makes of the secret: the key of a share for a browser.
Memory and time have limits; no file can be written, also no core file. On Linux nobody else can read its memory, and
it ends with whoever waits for it. It imports nothing of this program.
"""

from __future__ import annotations

import hashlib
import sys
from typing import Any

OPENED = b"="
WRONG = b"w"  # the secret does not open it
WORK = b"m"  # it asks for more than this computer should give
DAMAGED = b"d"
BAD_SECRET = b"s"  # the secret itself cannot be read

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _SIGKILL = 1, 4, 9


def main() -> None:
    sys.path.append(sys.argv[1])
    _limit(int(sys.argv[2]), int(sys.argv[3]))
    _close_off()
    how, _, rounds = sys.stdin.buffer.readline().strip().partition(b" ")
    secret = bytes.fromhex(sys.stdin.buffer.readline().strip().decode())
    if how == b"derive":
        said = OPENED + derive(secret, sys.stdin.buffer.read(), int(rounds))
    else:
        import pyrage

        said = _open(pyrage, how == b"passphrase", secret.decode(), sys.stdin.buffer.read())
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()


def derive(secret: bytes, salt: bytes, rounds: int) -> bytes:
    """The 64 bytes that a share for a browser is opened with."""
    return hashlib.pbkdf2_hmac("sha512", secret, salt, rounds, 64)


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit stays
        return
    for name, value in (("AS", memory), ("CPU", seconds), ("CORE", 0), ("FSIZE", 0)):
        which = getattr(resource, f"RLIMIT_{name}")
        hard = resource.getrlimit(which)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        try:
            resource.setrlimit(which, (value, value))
        except (ValueError, OSError):  # macOS does not take every one of them
            continue


def _close_off() -> None:
    if sys.platform == "linux":
        import ctypes

        try:
            call = ctypes.CDLL(None).prctl
            call(_PR_SET_DUMPABLE, 0, 0, 0, 0)
            call(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
        except (OSError, AttributeError):
            return


def _open(pyrage: Any, passphrase: bool, secret: str, data: bytes) -> bytes:
    try:
        identity = None if passphrase else pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        return BAD_SECRET
    try:
        if passphrase:
            return OPENED + bytes(pyrage.passphrase.decrypt(data, secret))
        return OPENED + bytes(pyrage.decrypt(data, [identity]))
    except pyrage.DecryptError as error:
        message = str(error)
    except BaseException:  # a panic of the library is no Exception
        return DAMAGED
    if message.startswith("Excessive work"):
        return WORK
    if message.startswith("Decryption failed" if passphrase else "No matching keys"):
        return WRONG
    return DAMAGED


if __name__ == "__main__":
    main()
