"""Payloads of shares, built from the sample course as the service builds them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from journal import sample
from journal.clock import FixedClock
from journal.records import Session
from journal.sample import SampleIds
from journal.service import JournalService
from journal.share import Payload, Selection
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD


@pytest.fixture(scope="session")
def _journal(tmp_path_factory: pytest.TempPathFactory) -> tuple[JournalService, SampleIds]:
    folder = tmp_path_factory.mktemp("shared")
    path: Path = folder / "journal.vault"
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=FixedClock(NOW), state_dir=folder)
    return service, sample.fill(service, now=NOW)


@pytest.fixture
def share_of(_journal: tuple[JournalService, SampleIds]) -> Callable[..., Payload]:
    """`share_of(4, 5, loose=True, **options)`: a share of these sessions with all that belongs to them."""
    service, ids = _journal

    def build(*numbers: int, loose: bool = False, **options: object) -> Payload:
        wanted = {ids.sessions[number] for number in numbers}
        eids = set(wanted)
        for item in service.items():
            session = getattr(item.record, "session", None)
            shareable = item.record.kind in ("intention", "experience", "integration", "page", "checkin")
            if session in wanted or (
                loose and session is None and shareable and not isinstance(item.record, Session)
            ):
                eids.add(item.eid)
        return service.preview_share(Selection(eids=frozenset(eids), **options))

    return build
