"""What this device remembers: how the window looks, and which journal was open last. Nothing secret, nothing written.

One small JSON file in the user's configuration folder, readable by its owner only. Choices that belong to the
journal itself (its lock time, the person's name on shares) are sealed inside the journal instead.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import msgspec
from platformdirs import user_config_path, user_data_path

from ui.open_people import PEOPLE, OpenPeople

APP_FOLDER = "integration-journal"
_FILE = "device.json"
_LARGEST = 64 * 1024  # bytes; ours is under one kilobyte


class Geometry(msgspec.Struct, frozen=True):
    """Where the window was, in px of the whole desktop."""

    x: int
    y: int
    width: int
    height: int
    maximised: bool = False


class _Values(msgspec.Struct, frozen=True):
    scheme: str = "system"
    scale: int = 100
    remember_journal: bool = True
    hide_from_capture: bool = True
    keep_in_tray: bool = False
    last_journal: str = ""
    backup_folder: str = ""
    sync_folders: dict[str, str] = {}
    geometry: Geometry | None = None
    country: str = ""


class DeviceSettings:
    """The choices in force. Reading never fails; writing fails silently, since the choices hold until the end anyway.

    `path` None keeps everything in memory.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._values = _read(path)
        self.people = OpenPeople(None if path is None else path.with_name(PEOPLE))

    @classmethod
    def of_user(cls) -> DeviceSettings:
        """Those of the person at this device."""
        return cls(user_config_path(APP_FOLDER, appauthor=False) / _FILE)

    @property
    def scheme(self) -> str:
        """ "system", "light" or "dark"."""
        return self._values.scheme

    @property
    def scale(self) -> int:
        """Text size in per cent, 100 to 200."""
        return max(100, min(200, self._values.scale))

    @property
    def remember_journal(self) -> bool:
        """Whether the path of the last journal may be kept on this device."""
        return self._values.remember_journal

    @property
    def hide_from_capture(self) -> bool:
        """Whether the windows are kept out of screenshots and screen sharing, where the system can."""
        return self._values.hide_from_capture

    @property
    def keep_in_tray(self) -> bool:
        """Whether closing the window leaves the program in the tray, while it has reminders to give."""
        return self._values.keep_in_tray

    @property
    def last_journal(self) -> Path | None:
        """The journal opened last, if it may be remembered."""
        return Path(self._values.last_journal) if self._values.last_journal else None

    @property
    def backup_folder(self) -> Path | None:
        """Where that journal's backups are, if it may be remembered and is no folder of the program's own."""
        return Path(self._values.backup_folder) if self._values.backup_folder else None

    @property
    def geometry(self) -> Geometry | None:
        return self._values.geometry

    @property
    def country(self) -> str:
        """Whose crisis lines are shown, as in ISO 3166; "" where nobody chose."""
        return self._values.country

    def update(self, **changes: Any) -> None:
        """Set some of `scheme`, `scale`, `remember_journal`, `hide_from_capture`, `keep_in_tray`, `geometry` and
        `country`, and write the file.

        Turning `remember_journal` off forgets the path at once.
        """
        values = msgspec.structs.replace(self._values, **changes)
        if not values.remember_journal:
            values = msgspec.structs.replace(values, last_journal="", backup_folder="")
        if values != self._values:
            self._values = values
            self._write()

    def note_journal(self, path: Path) -> None:
        """A journal was opened; remember where it is, if the person allows it."""
        if self.remember_journal:
            self.update(last_journal=str(path))

    def note_backups(self, folder: Path | None) -> None:
        """Remember where the backups of the journal that is open are, if the person allows it; None: the usual."""
        if self.remember_journal:
            self.update(backup_folder="" if folder is None else str(folder))

    def sync_folder(self, journal: str) -> Path | None:
        """The folder through which a journal (a name that tells nothing) is kept in step on this device, if any."""
        return Path(self._values.sync_folders[journal]) if journal in self._values.sync_folders else None

    def note_sync(self, journal: str, folder: Path | None) -> None:
        """Keep a journal in step through this folder from now on, or no more."""
        others = {name: path for name, path in self._values.sync_folders.items() if name != journal}
        self.update(sync_folders=others if folder is None else {**others, journal: str(folder)})

    def _write(self) -> None:
        if self._path is None:
            return
        temporary = self._path.with_suffix(".new")
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(self._values))
            temporary.replace(self._path)


def default_journal_path() -> Path:
    """Where a first journal is kept: a folder of the program's own, under a name that says nothing."""
    return user_data_path(APP_FOLDER, appauthor=False) / "journal.vault"


def _read(path: Path | None) -> _Values:
    if path is None:
        return _Values()
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(_LARGEST), type=_Values)
    except (OSError, msgspec.MsgspecError, ValueError):
        return _Values()
