"""Protected places for tests that may run as root, who may otherwise write everywhere."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator

# linux/capability.h and linux/securebits.h
_VERSION_3 = 0x20080522
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2
_PR_GET_SECUREBITS, _PR_SET_SECUREBITS = 27, 28
_SECBIT_NOROOT = 1


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Words(ctypes.Structure):
    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


@contextlib.contextmanager
def as_anybody() -> Iterator[None]:
    """Without root's right to pass over a file's mode, in this thread and the processes it starts.

    Another user would not do: the checkout and its packages may lie where only root can read.
    """
    if os.geteuid() != 0:
        yield
        return
    assert sys.platform == "linux", "run the tests as an ordinary user"
    libc = ctypes.CDLL(None, use_errno=True)
    header, words = _Header(_VERSION_3, 0), (_Words * 2)()
    _check(libc.capget(ctypes.byref(header), words))
    bits = libc.prctl(_PR_GET_SECUREBITS, 0, 0, 0, 0)
    before = words[0].effective
    _check(libc.prctl(_PR_SET_SECUREBITS, bits | _SECBIT_NOROOT, 0, 0, 0))
    words[0].effective = before & ~(1 << _CAP_DAC_OVERRIDE | 1 << _CAP_DAC_READ_SEARCH)
    _check(libc.capset(ctypes.byref(header), words))
    try:
        yield
    finally:
        words[0].effective = before
        _check(libc.capset(ctypes.byref(header), words))
        _check(libc.prctl(_PR_SET_SECUREBITS, bits, 0, 0, 0))


def _check(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), "capabilities could not be changed")
