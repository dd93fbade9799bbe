"""Entries to write, and ways to look at a journal as a whole."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from datetime import datetime, timedelta, timezone
from pathlib import Path

from journal.records import CheckIn, Experience, IntegrationNote, Intention, Moment, Page, Record, Session
from journal.records.base import UnknownRecord
from journal.service import JournalService, Saved

PASSWORD = "four quiet garden words"
ROOT = Path(__file__).resolve().parents[3]
ZONE = timezone(timedelta(hours=1))


def at(day: int, hour: int = 10, *, month: int = 3) -> Moment:
    return Moment(datetime(2026, month, day, hour, tzinfo=ZONE))


def page(text: str = "", **fields: object) -> Page:
    return Page(**{"at": at(1), "text": text, **fields})  # type: ignore[arg-type]


def held(service: JournalService) -> dict[str, Record | UnknownRecord]:
    """All that is in a journal."""
    return {item.eid: item.record for item in service.items()}


def add(service: JournalService, entry: str, path: Path) -> Saved:
    """Add a file to an entry, all of it."""
    attaching = service.begin_attaching(entry, path)
    while True:
        progress = service.attach_some(attaching)
        if progress.saved is not None:
            return progress.saved


def course_of_two(service: JournalService, course: str) -> tuple[str, str]:
    """Two sessions that happened, with what belongs to them."""
    first, second = "1" * 32, "2" * 32
    service.save_many(
        [
            (first, Session(starts=at(2, 14), course=course, happened=True, dose="50 mg")),
            (second, Session(starts=at(9, 14), course=course, happened=True)),
            ("3" * 32, Intention(at=at(1), text="be gentle", session=first)),
            ("4" * 32, Experience(at=at(3), title="Blue", text="under water", session=first, tags=("sea", "calm"))),
            ("5" * 32, IntegrationNote(at=at(5), text="still with me", session=first, modalities=("mi",))),
            ("6" * 32, CheckIn(at=at(3, 9), mood=6, calm=0, session=first)),
            ("7" * 32, Page(at=at(8), title="An ordinary day", text="walked by the sea", tags=("sea",))),
        ]
    )
    return first, second


def run_apart(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in a process of its own; it may end in any way."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def commits(path: Path) -> int:
    """How many transactions were written into a journal's file: SQLite counts them in bytes 24 to 27 of it."""
    return int.from_bytes(path.read_bytes()[24:28], "big")
