"""Where one can be in the window. A page asks to go somewhere; the window takes the person there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PlaceName = Literal[
    "today", "journey", "session", "edit-session", "edit-course", "write", "check-in", "charts", "share", "review",
    "ledger", "preferences", "history", "two-versions",
]  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A page and what it shows.

    write: `eid` of an existing entry, or `kind` (and maybe `session`) of a new one.
    session, edit-session, edit-course, check-in: `eid` of it, or None for a new one (`session` links a check-in,
    `course` a new session, or one that was waiting for it; `session` of a new course is the one that waits).
    history: `eid` of the entry whose earlier versions are shown. two-versions: `eid` of one that has several now.
    share: `eids` offered first, none of them ticked. journey: `kind` to filter by, or "".
    """

    name: PlaceName
    eid: str | None = None
    kind: str = ""
    session: str | None = None
    course: str | None = None
    eids: tuple[str, ...] = ()


_DOORS: dict[str, PlaceName] = {"session": "session", "course": "edit-course", "checkin": "check-in"}


def place_of(eid: str, kind: str, heads: int = 1, session: str | None = None) -> Place:
    """Where one opens an entry; where several versions of it stand side by side, there."""
    if heads > 1:
        return Place("two-versions", eid=eid, kind=kind)
    return Place(_DOORS.get(kind, "write"), eid=eid, kind=kind, session=session)
