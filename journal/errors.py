"""Every failure a person can meet, in one tree.

    JournalError
    ├── WrongPassword            the secret does not open this journal (nothing is damaged)
    ├── WeakPassword             refused at creation or change
    ├── DamagedJournal           the file is ours but cannot be opened at all
    ├── NotAJournal              the file is something else, or was made to look like one
    ├── NotACopy                 to be merged, but a copy of another journal, or the journal itself
    ├── CopyNeedsPassword        a copy that is closed with another key than the open journal
    ├── NewerFormat              written by a later program
    ├── JournalBusy              another window or machine holds it
    ├── ReadOnlyJournal          open, but it cannot be written
    ├── StorageFull              the disk is full; what was saved before is safe
    ├── StorageFailed            reading or writing failed for another reason
    ├── AlreadyThere             a file would have been overwritten
    ├── Resting                  left for the day after a session; it can be ended with a sentence
    ├── NotFound                 no such entry or file
    ├── Incomplete               a package that the program stands on is missing or too old
    ├── Stopped                  the person stopped something before it was done
    ├── InvalidRecord            an entry breaks its own rules
    ├── ImportFailed             a foreign file cannot be read
    └── ShareError
        ├── WrongSharePassphrase
        ├── NotForThisKey
        ├── NotAShare
        └── DamagedShare

`str(error)` is one sentence or two for the person: what happened, what is safe, what to do next. It never
holds words of theirs. `detail` is for a report: technical, and free of their words too.
"""

from __future__ import annotations

from datetime import datetime


class JournalError(Exception):
    """The root. `message` is shown to the person; `detail` goes behind a button."""

    message = "Something went wrong. What was saved before is safe."

    def __init__(self, message: str | None = None, *, detail: str = "") -> None:
        self.detail = detail
        super().__init__(message or self.message)


class WrongPassword(JournalError):
    message = "That password does not open this journal. The journal itself is not damaged; try again."


class WeakPassword(JournalError):
    message = "Please choose a longer password: at least 10 characters, or four words."


class DamagedJournal(JournalError):
    message = "This journal file is damaged and cannot be opened. Keep the file, and open your newest backup."


class NotAJournal(JournalError):
    message = "This file is not a journal made by this program. Nothing was changed."


class NotACopy(JournalError):
    message = (
        "This file is another journal, not a copy of the one that is open, so the two cannot be merged. To bring its "
        "entries in, export them there and import the file here. Nothing was changed."
    )


class CopyNeedsPassword(JournalError):
    message = "This copy is closed with another key than the journal that is open. Type the password it opens with."


class NewerFormat(JournalError):
    message = "This journal was written by a newer version of the program. Please update, then open it again."


class JournalBusy(JournalError):
    message = "This journal is open in another window. Close it there, then try again."


class ReadOnlyJournal(JournalError):
    message = "This journal is open for reading only, so nothing can be saved in it."


class StorageFull(JournalError):
    message = "The disk is full, so this was not saved yet. Free some space and save again; earlier text is safe."


class StorageFailed(JournalError):
    message = "The file could not be written or read. What was saved before is safe; check the disk or folder."


class AlreadyThere(JournalError):
    message = "A file with this name is there already. Nothing was overwritten; choose another name."


class Resting(JournalError):
    """`until` is when it ends by itself."""

    message = (
        "This rests until the day after a session. Nothing was changed. It can wait, or the rest can be ended with a "
        "sentence."
    )

    def __init__(self, until: datetime | None = None) -> None:
        self.until = until
        super().__init__(
            f"This rests until {until:%A, %H:%M}, for a session was a short while ago. Nothing was changed. It can "
            "wait, or the rest can be ended with a sentence."
            if until is not None
            else None
        )


class NotFound(JournalError):
    message = "That could not be found. It may have been removed."


class Incomplete(JournalError):
    message = "A part of this program is missing or too old. No journal was touched. Install the program again."


class Stopped(JournalError):
    message = "This was stopped before it was done. Nothing was changed."


class InvalidRecord(JournalError):
    message = "This entry cannot be kept as it is."


class ImportFailed(JournalError):
    message = "This file could not be read. Nothing was imported."


class ShareError(JournalError):
    message = "This share could not be opened."


class WrongSharePassphrase(ShareError):
    message = "That passphrase does not open this file. Check each word with the person who sent it."


class NotForThisKey(ShareError):
    message = "This file was made for another address. Ask the sender which address they used."


class NotAShare(ShareError):
    message = "This file is not a share made by this program."


class DamagedShare(ShareError):
    message = "This share is damaged or incomplete. Ask the sender to make it again."
