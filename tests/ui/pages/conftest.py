"""The real window on the sample course: six sessions, the seventh in two days."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from journal import sample
from journal.clock import FixedClock
from journal.sample import SampleIds
from journal.service import JournalService
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, quiet, settled
from tests.ui.pages.filing import LARGE
from tests.ui.pages.pictures import picture


class Course(NamedTuple):
    """An open window, where to find things in it, and its file."""

    window: Any
    ids: SampleIds
    path: Path


@pytest.fixture(scope="session")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SampleIds]:
    folder = tmp_path_factory.mktemp("sample")
    path = folder / "journal.vault"
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=FixedClock(NOW), state_dir=folder)
    ids = sample.fill(service, now=NOW)
    service.close()
    return path, ids


@pytest.fixture
def course(qtbot: Any, window: Any, _sample: tuple[Path, SampleIds], tmp_path: Path) -> Course:
    """The window at Today, on a copy of the sample course."""
    path = tmp_path / "journal.vault"
    shutil.copyfile(_sample[0], path)
    window.offer(path)
    window.welcome.unlock.password.edit.setText(PASSWORD)
    window.welcome.unlock.next.click()
    settled(qtbot, window)
    quiet(qtbot, window.context.tasks)
    return Course(window, _sample[1], path)


@pytest.fixture
def full_disk() -> Any:
    """`with full_disk():` no file grows any more, as on a full disk."""
    return _full_disk


@contextlib.contextmanager
def _full_disk() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder of the person's, beside the journal's."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "drawing.png").write_bytes(picture())
    (folder / "memo.m4a").write_bytes(os.urandom(3_000_000))
    with (folder / "film.mov").open("wb") as file:
        file.truncate(LARGE)
    return folder
