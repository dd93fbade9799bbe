"""A vault with some entries and a draft, and a folder that other users can reach."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal.vault import Vault
from tests.journal.vault.samples import create


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
    """A folder whose mode a test may change; it can be removed again afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield folder
        folder.chmod(0o700)
