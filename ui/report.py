"""What the vault found and did, in sentences for a person."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal.service import Imported
    from journal.vault import BackupReceipt, Report
    from journal.vault.salvage import Salvage

_READING = "This journal is open for reading only, so nothing can be changed in it."
_AT_ONCE = "Lock the journal and unlock it to write again."
_AGAIN = "Once that is put right, lock the journal and unlock it to write again."
_MOST = 6  # lines; a badly damaged journal has hundreds of the same kind


def on_opening(report: Report, *, read_only: bool, unreadable: int = 0) -> list[str]:
    """What the person should know after opening, most important first; empty when all is well.

    `unreadable`: how many entries are whole and mean nothing to this version.
    """
    lines = [report.older_than_seen] if report.older_than_seen else []
    lines += problems(report)
    if report.damage:
        lines.append(
            "Everything else is here and can be read. Keep this file and your older backups, and copy the file "
            "itself to a safe place before anything else."
        )
    if unreadable:
        what = "An entry was" if unreadable == 1 else f"{unreadable:,} entries were"
        lines.append(f"{what} written by a newer version of this program. They are kept, and shown once you update.")
    if read_only:
        again = "" if report.damage or "Update" in report.why_read_only else _AGAIN
        if report.why_read_only == "It was opened for reading.":
            again = _AT_ONCE
        lines.append(" ".join(part for part in (_READING, report.why_read_only, again) if part))
    return lines


def problems(report: Report) -> list[str]:
    """What is damaged, one line for each kind of damage."""
    found = Counter(damage.message for damage in report.damage)
    lines = [text if count == 1 else f"{text} ({count:,} times)" for text, count in found.items()]
    if len(lines) > _MOST:
        left = len(lines) - _MOST
        lines = [*lines[:_MOST], f"And {left:,} more of other kinds."]
    return lines


def salvage(offer: Salvage, now: datetime) -> list[str]:
    """What the backups hold of what is damaged."""
    from ui import words  # brings much with it, and is not needed before the window is painted

    lines = []
    for number, source in enumerate(offer.sources):
        count = words.counted(len(source.eids), "entry is", "entries are")
        first = " damaged or missing here and" if number == 0 else ""
        lines.append(f"{count}{first} whole in the backup from {words.moment(source.backup.at, now)}.")
    if offer.unsure:
        lines.append(
            "The list that says what was removed for good since then is damaged, so some of these may have been."
        )
    if offer.lost:
        lines.append(lost(len(offer.lost)))
    if not offer.sources and not offer.lost and offer.lists:
        lines.append("Every entry that the journal knows of is whole. Its lists can be written anew.")
    return lines


def lost(count: int) -> str:
    """That some entries are whole nowhere."""
    what = "One entry is" if count == 1 else f"{count:,} entries are"
    return f"{what} in no backup known here, in one version at least, and would stay in the damaged file only."


def backed_up(receipt: BackupReceipt) -> str:
    """That a backup is there."""
    return (
        f"The backup “{receipt.path.name}” was made. Every entry in it was opened and is as it should be. It opens "
        "with the password of today."
    )


def imported(result: Imported) -> tuple[str, bool]:
    """What came of an import, and whether all of it was taken."""
    parts = [f"{result.added:,} {'entry' if result.added == 1 else 'entries'} imported."]
    if result.already_there:
        parts.append(f"{result.already_there:,} were here already.")
    if result.refused:
        parts.append(f"{len(result.refused):,} could not be read and were left out.")
    return " ".join(parts), not result.refused
