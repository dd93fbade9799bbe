"""Which formats there are, and how a file's own is recognised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from journal.atomic import write_new
from journal.clock import Clock
from journal.errors import ImportFailed, JournalError
from journal.exchange import csv_costs, csv_ratings, jrnl_json, markdown, own_json
from journal.exchange.incoming import Incoming, parse_json, read_text
from journal.records import Record, UnknownRecord


class _Reader(NamedTuple):
    fits: Callable[[Any], bool]
    load: Callable[[Any], Incoming]


Answered = Mapping[str, Sequence[str]]
_Dump = Callable[[Iterable[tuple[str, Record | UnknownRecord]], Clock], tuple[str, int]]

FORMATS_IN = {
    "json": _Reader(own_json.fits, own_json.load),
    "jrnl": _Reader(jrnl_json.fits, jrnl_json.load),
}
FORMATS_OUT: dict[str, _Dump] = {
    "json": own_json.dump,
    "markdown": markdown.dump,
    "csv": csv_ratings.dump,
    "costs": csv_costs.dump,
}


def read(path: Path, format: str | None, clock: Clock) -> Incoming:
    """The entries of a file. Without `format` it is recognised. Raises `ImportFailed`, `NotFound`..."""
    if format is not None and format not in FORMATS_IN:
        raise ImportFailed(f"There is no format of this name. Known are: {', '.join(FORMATS_IN)}.")
    value = parse_json(read_text(path))
    for name, module in FORMATS_IN.items():
        if format in (None, name) and module.fits(value):
            return _some(module.load(value))
    if format is not None:
        raise ImportFailed(f"This file is not what “{format}” means. Nothing was imported.")
    raise ImportFailed(
        "This file is in no format this program knows: its own JSON, or jrnl's JSON export. Nothing was imported."
    )


def _some(incoming: Incoming) -> Incoming:
    if incoming.refused and not incoming.records:
        raise ImportFailed(
            "None of the entries in this file could be read. Nothing was imported.", detail=incoming.refused[0]
        )
    return incoming


def write(
    format: str,
    pairs: Iterable[tuple[str, Record | UnknownRecord]],
    path: Path,
    clock: Clock,
    answered: Answered | None = None,
) -> int:
    """Write entries in the clear to a new file. Returns how many. Raises `AlreadyThere` and storage errors.

    `answered`: by the ids of answers to questionnaires, a line for each question, for a file that is to be read.
    """
    if format not in FORMATS_OUT:
        raise JournalError(f"There is no format of this name. Known are: {', '.join(FORMATS_OUT)}.")
    if format == "markdown":
        text, count = markdown.dump(pairs, clock, answered)
    else:
        text, count = FORMATS_OUT[format](pairs, clock)
    write_new(path, text.encode())
    return count
