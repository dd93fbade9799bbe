"""Where the program keeps what is not the journal: nothing secret, and only for its owner."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from journal.clock import in_utc

_APP = "integration-journal"
_BACKUP = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d)(\d\d)(\d\d)Z\.vault", re.ASCII)


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


def backup_name(at: datetime) -> str:
    """The file name of a backup made at `at` (aware): the time in UTC, and nothing else."""
    return f"{in_utc(at).replace(tzinfo=None, microsecond=0):%Y-%m-%dT%H%M%S}Z.vault".rjust(24, "0")


def backup_time(name: str) -> datetime | None:
    """When the backup of this name was made, or None for another file."""
    found = _BACKUP.fullmatch(name)
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
