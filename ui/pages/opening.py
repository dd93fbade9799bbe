"""What the first page asks of the vault's thread: open, make, look for backups, prove the words. Plain functions.

The parts that open a journal are large, and come in with the first of these.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal.errors import JournalError, StorageFailed

if TYPE_CHECKING:
    from journal.change import Change
    from journal.service import JournalService
    from journal.vault.backups import Backup


def open_journal(path: Path, **options: Any) -> JournalService:
    """Open it. The words that opened it are where they can be found."""
    from journal.service import JournalService

    service = JournalService.open(path, **options)
    if "recovery_key" in options and not service.read_only:
        with contextlib.suppress(JournalError):  # they are where they can be found; that it is noted can wait
            service.words_proved()
    return service


def create(path: Path, password: str, *, therapist: bool = False, **options: Any) -> tuple[JournalService, str]:
    """A new journal and its recovery words. `therapist`: it is for reading what others share."""
    from journal.records import Settings
    from journal.service import JournalService

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageFailed(
            "A journal cannot be kept in this folder. Please choose another one.", detail=type(error).__name__
        ) from None
    made = JournalService.create(path, password, **options)
    if therapist:
        made[0].save_settings(Settings(therapist=True))
    return made


def backups(home: Path | None, folder: Path | None, root: Path | None) -> tuple[Backup, ...]:
    """The backups of a journal that is closed: names, times and sizes; nothing in them is opened."""
    from journal.vault.backups import listing_of

    return () if home is None else listing_of(home, folder, root)


def other_journal(one: Path, other: Path) -> bool:
    """Whether two files are two journals, and not one and its backup."""
    from journal.vault.backups import vault_of

    try:
        return vault_of(one) != vault_of(other)
    except JournalError:
        return False  # it is damaged; where it is tells whose it is


def check(service: JournalService, *, words: str) -> bool:
    """Whether these are the words; if so that is noted."""
    right = service.check_recovery(words)
    if right:
        service.words_proved(new=True)
    return right


def later(service: JournalService) -> Change:
    """The words are seen to later: Today keeps a line about it, and asks from tomorrow on."""
    return service.words_later(1)


def load() -> None:
    """Bring in what opens a journal."""
    import journal.service  # noqa: F401


def ignore(_error: JournalError) -> None:
    """Nothing to say about it."""


def unused(path: Path) -> Path:
    """`path`, or the same name with the first number that is free."""
    number = 2
    tried = path
    while tried.exists():
        tried = path.with_stem(f"{path.stem} {number}")
        number += 1
    return tried
