"""Where one can be in the window. A page asks to go somewhere; the window takes the person there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PlaceName = Literal[
    "today", "journey", "session", "edit-session", "edit-course", "write", "check-in", "charts", "share", "review",
    "ledger", "preferences", "history", "two-versions", "course", "edit-provider", "costs", "edit-cost",
    "edit-checklist", "landing", "hard", "medicines", "edit-medicine", "edit-side-effect", "questions",
    "edit-question", "edit-commitment", "scales", "scale", "edit-scale",
    "edit-total", "help", "edit-person", "library", "prompts", "edit-prompts", "edit-template",
    "resting", "contacts", "edit-contact", "clients", "client", "edit-client", "compare", "reply", "replies",
]  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A page and what it shows.

    write: `eid` of an existing entry, or `kind` (and maybe `session`) of a new one.
    session, edit-session, edit-course, check-in: `eid` of it, or None for a new one (`session` links a check-in,
    `course` a new session, or one that was waiting for it; `session` of a new course is the one that waits).
    edit-session: `kind` is the part of the form to begin at ("before", "during", "prepare"), or "".
    history: `eid` of the entry whose earlier versions are shown. two-versions: `eid` of one that has several now.
    share: `eids` offered first, none of them ticked. journey: `kind` to filter by, or "".
    course: `eid` of it, or None for the one that goes on. landing, hard, edit-side-effect, edit-question and
    edit-commitment: `session` they belong to. scale: `kind` is the pack's id for a new one, `eid` of answers given.
    edit-medicine: `kind` "change" adds a changed dose. edit-commitment: `kind` "review" looks back at it.
    questions, edit-question: `kind` "therapy" is that list. library: `kind` is the text's id, or "".
    costs: `course`, or None for all.
    hard: `eid` of a note, or `eids` with the entry it is about. resting: what rests, as `kind` a place or an action,
    and `wanted` the whole of that place.
    contacts: `kind` "share" where one came from a share that is being made, and goes back to it.
    client: `eid` of them, or of a share or a comment where `kind` says so ("received", "comment"). compare: `eid` of
    the client, `kind` the session to begin with, or "". review: `kind` is a file to open, or "".
    reply: `eid` of the share that is answered, or of a reply that was made. replies: `eid` of one that came in, or
    None for all.
    """

    name: PlaceName
    eid: str | None = None
    kind: str = ""
    session: str | None = None
    course: str | None = None
    eids: tuple[str, ...] = ()
    wanted: Place | None = field(default=None, compare=False)


_DOORS: dict[str, PlaceName] = {
    "session": "session",
    "course": "course",
    "checkin": "check-in",
    "sideeffect": "edit-side-effect",
    "medicine": "edit-medicine",
    "question": "edit-question",
    "commitment": "edit-commitment",
    "hard": "hard",
    "landing": "landing",
    "scale": "scale",
    "total": "edit-total",
    "pack": "edit-scale",
    "provider": "edit-provider",
    "expense": "edit-cost",
    "person": "edit-person",
    "contact": "edit-contact",
    "prompts": "edit-prompts",
    "template": "edit-template",
    "checklist": "edit-checklist",
    "client": "client",
    "received": "client",
    "comment": "client",
    "reply": "replies",
    "sent-reply": "reply",
}


def place_of(eid: str, kind: str, heads: int = 1, session: str | None = None) -> Place:
    """Where one opens an entry; where several versions of it stand side by side, there."""
    if heads > 1:
        return Place("two-versions", eid=eid, kind=kind)
    return Place(_DOORS.get(kind, "write"), eid=eid, kind=kind, session=session)


def draft_place(eid: str, kind: str) -> Place:
    """Where one goes on with unsaved text."""
    forms: dict[str, PlaceName] = {"session": "edit-session", "course": "edit-course", "client": "edit-client"}
    name = forms.get(kind) or _DOORS.get(kind, "write")
    return Place(name, eid=eid, kind=kind)
