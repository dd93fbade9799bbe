"""What an import brings, and the limits a foreign file must keep before it is looked into."""

from __future__ import annotations

import codecs
import json
import math
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from journal.errors import ImportFailed, NotFound, StorageFailed
from journal.records import Record, UnknownRecord

MAX_FILE = 256 * 2**20  # bytes
MAX_ENTRIES = 1_000_000
MAX_DEPTH = 64  # lists and objects within each other; what is kept must also be written out again, anywhere


class Incoming(msgspec.Struct, frozen=True):
    """Entries read from a file, with their ids. `refused`: "entry 17: ..." for each that could not be read."""

    format: str
    records: tuple[tuple[str, Record | UnknownRecord], ...]
    refused: tuple[str, ...] = ()


def read_text(path: Path) -> str:
    """The file as text: UTF-8, or UTF-16 with its mark. Raises `NotFound`, `StorageFailed`, `ImportFailed`."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ImportFailed("This is not a file. Nothing was imported.")
        if status.st_size > MAX_FILE:
            raise ImportFailed(f"This file is larger than {MAX_FILE // 2**20} MB. Nothing was imported.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise NotFound("There is no file with this name. Nothing was imported.") from None
    except (OSError, ValueError) as error:  # ValueError: no file can have such a name
        raise StorageFailed(detail=type(error).__name__) from None
    name = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise ImportFailed("This file is not text in UTF-8. Nothing was imported.") from None


def parse_json(text: str) -> Any:
    """Any JSON value. Duplicate names, numbers that are none, and depths no journal needs, are refused."""
    try:
        value = json.loads(text, object_pairs_hook=_no_doubles, parse_constant=_no_constant, parse_float=_number)
    except ImportFailed:
        raise
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        raise ImportFailed("This file is not complete JSON. Nothing was imported.") from None
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return value
    raise _too_deep()


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _too_deep() -> ImportFailed:
    return ImportFailed("This file is nested deeper than any journal. Nothing was imported.")


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ImportFailed("This file names the same thing twice in one place. Nothing was imported.")
    return made


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        # It would come back as a blank.
        raise ImportFailed("This file holds a number too large to be kept. Nothing was imported.")
    return number


def _no_constant(_name: str) -> Any:
    raise ImportFailed("This file holds a number that is none. Nothing was imported.")
