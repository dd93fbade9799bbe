"""A vault with some entries and a draft, and a folder that other users can reach."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal.vault import Vault
from tests.journal.vault.samples import NOBODY, create


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[Vault, str]]:
    """An open, empty vault and its recovery words."""
    vault, words = create(tmp_path)
    yield vault, words
    vault.close()


@pytest.fixture
def vault(made: tuple[Vault, str]) -> Vault:
    return made[0]


@pytest.fixture
def path(vault: Vault) -> Path:
    return vault.path


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that does not depend on who runs the tests: it belongs to the user `as_anybody` becomes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        yield folder
        folder.chmod(0o700)
