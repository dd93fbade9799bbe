"""The calls in a trace written by `strace -xx`: names, arguments, results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CALLS = (
    "open,openat,creat,close,dup,dup2,dup3,fcntl,write,pwrite64,pwritev,writev,lseek,ftruncate,truncate,fsync,fdatasync,"
    "rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,sendfile,copy_file_range,fallocate"
)
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+|\?)")
_TOKEN = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?|([^,\s][^,]*)')


class Call(NamedTuple):
    """One call that succeeded. Strings are bytes, all else is as strace writes it."""

    name: str
    arguments: tuple[bytes | str, ...]
    result: int


def read_trace(path: Path) -> Iterator[Call]:
    """The calls that succeeded, in order."""
    with path.open(encoding="ascii") as lines:
        for line in lines:
            if (match := _LINE.match(line)) is None or match[3] in ("?",) or int(match[3]) < 0:
                continue
            yield Call(match[1], tuple(_arguments(match[2])), int(match[3]))


def _arguments(text: str) -> Iterator[bytes | str]:
    for quoted in _TOKEN.finditer(text):
        if quoted[3] is not None:
            yield quoted[3].strip()
        elif quoted[2]:
            raise ValueError("a string in the trace was cut")
        else:
            yield bytes.fromhex(quoted[1].replace("\\x", ""))
