"""What the window asks an open journal about itself. Plain functions that run on the vault thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal.service import JournalService
    from journal.vault import Report


def facts(service: JournalService) -> tuple[Path, bool, Report, int, int]:
    """Where it is, whether for reading only, what opening found, minutes until it locks, and how many entries a later
    version wrote."""
    return service.path, service.read_only, service.report, service.settings().lock_minutes, service.unreadable


def minutes(service: JournalService) -> int:
    """After how many idle minutes it locks."""
    return service.settings().lock_minutes


def labels(service: JournalService) -> tuple[str, str]:
    """What undo and redo would do."""
    return service.undo_label, service.redo_label
