"""Where the program keeps what is not the journal: nothing secret, and only for its owner."""

from __future__ import annotations

import contextlib
from pathlib import Path

import platformdirs

_APP = "integration-journal"


def data_folder() -> Path:
    """Where journals are kept unless the person chooses otherwise."""
    return private(Path(platformdirs.user_data_dir(_APP, appauthor=False)))


def config_folder() -> Path:
    """Where this device's settings are."""
    return private(Path(platformdirs.user_config_dir(_APP, appauthor=False)))


def state_folder() -> Path:
    """Where the newest state seen of each journal is noted, under a hash of its id."""
    folder = Path(platformdirs.user_state_dir(_APP, appauthor=False))
    with contextlib.suppress(OSError):  # a journal opens without it; only the warning about an older file is missed
        private(folder)
    return folder


def private(folder: Path) -> Path:
    """The folder, made if it is missing, open to its owner only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
