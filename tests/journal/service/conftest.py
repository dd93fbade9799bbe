"""A real journal in a file, open, with a clock that stands still."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from journal.clock import FixedClock
from journal.service import JournalService
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, page
from tests.journal.service.snapshots import lower
from tests.journal.service.two_people import Two, two_people

Reopen = Callable[..., JournalService]
Other = Callable[..., JournalService]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 3, 12, 14, 5, tzinfo=timezone(timedelta(hours=1))))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal" / "mine.vault"


@pytest.fixture
def service(path: Path, clock: FixedClock, tmp_path: Path) -> Iterator[JournalService]:
    """A new journal, open."""
    made, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state")
    yield made
    made.close()


@pytest.fixture
def reopen(service: JournalService, path: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Reopen]:
    """Close the journal, and open it again."""
    with ExitStack() as open_ones:

        def again(**options: bool) -> JournalService:
            service.close()
            open_ones.close()
            opened = JournalService.open(
                path, password=PASSWORD, clock=clock, state_dir=tmp_path / "state", **options
            )
            open_ones.callback(opened.close)
            return opened

        yield again


@pytest.fixture
def other(service: JournalService, path: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Other]:
    """The journal as it stands now, copied to another computer and opened there."""
    with ExitStack() as opened:

        def make(name: str = "elsewhere", password: str = PASSWORD) -> JournalService:
            folder = tmp_path / name
            folder.mkdir()
            shutil.copy(path, folder / "mine.vault")
            made = JournalService.open(folder / "mine.vault", password=password, clock=clock, state_dir=folder)
            opened.callback(made.close)
            return made

        yield make


@pytest.fixture
def two(service: JournalService, clock: FixedClock, tmp_path: Path) -> Iterator[Two]:
    """A patient, whose journal this is, and a therapist."""
    with two_people(service, tmp_path, clock) as made:
        yield made


@pytest.fixture
def known(two: Two) -> Two:
    """The two know each other, and compared their words."""
    two.know_each_other()
    return two


@pytest.fixture
def received(two: Two) -> str:
    """A share that the therapist keeps, with two comments on it."""
    two.know_each_other()
    eid = two.kept()
    two.therapist.comment(eid, "Which water?", (1, "text", 6, 11))
    two.therapist.comment(eid, "All of this day.", (2, "", 0, 0))
    return eid


@pytest.fixture
def entry(service: JournalService) -> str:
    """An entry that files are added to."""
    return service.save(page("with files")).eid


@pytest.fixture
def source(tmp_path: Path) -> Callable[..., Path]:
    """Makes a file."""

    def made(data: bytes, name: str = "picture.JPG") -> Path:
        (tmp_path / "there").mkdir(exist_ok=True)
        path = tmp_path / "there" / name
        path.write_bytes(data)
        return path

    return made


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small journals open by a snapshot as large ones do."""
    lower(monkeypatch)
