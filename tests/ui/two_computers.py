"""What the tests of two computers have in common."""

from __future__ import annotations

from pathlib import Path

from journal.records import Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from tests.ui.conftest import NOW

EID = "1" * 32


def text(words: str, **fields: object) -> JournalPage:
    return JournalPage(at=Moment(NOW), text=words, **{"title": "The week after", **fields})


def bring(service: JournalService, *, path: Path) -> object:
    return service.merge(service.look_into(path).copy)
