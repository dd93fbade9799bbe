"""A vault with some entries and a draft, and a folder that other users can reach."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal.vault import Vault
from tests.journal.vault.copies import Device, devices
from tests.journal.vault.samples import create, page


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


@pytest.fixture
def shared(made: tuple[Vault, str]) -> tuple[Vault, str, str]:
    """A vault with one entry, its recovery words and the entry's id."""
    vault, words = made
    (written,) = vault.append([page("first")])
    return vault, words, written.eid


@pytest.fixture
def pair(tmp_path: Path, shared: tuple[Vault, str, str]) -> Iterator[tuple[Device, Device, str]]:
    """Two devices that hold the same entry, and its id."""
    vault, words, eid = shared
    one, two = devices(tmp_path, vault, words)
    yield one, two, eid
    one.close()
    two.close()
