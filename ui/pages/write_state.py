"""What the writing page begins with, and what it holds on to until it is kept."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import msgspec

from journal.records import Intention, Mark, Moment, Template, Writing
from journal.service import (
    DraftView,
    JournalService,
    Prompts,
    Saved,
    SessionSummary,
    fitting_prompts,
    fitting_session,
)
from journal.store import Item
from ui.places import Place
from ui.unkept import Unkept
from ui.visits import Visits
from ui.widgets.write_desk import WriteDesk

_DAY = timedelta(days=1)
HINTS = {
    "intention": "What brings you here? A few words are enough.",
    "experience": "Fragments are fine. Nothing has to make sense yet.",
    "integration": "What has stayed, what has changed?",
    "page": "Write what is here.",
}


class Loaded(msgspec.Struct, frozen=True):
    """An entry, its unsaved text, and the session that it belongs to or would."""

    item: Item | None
    draft: DraftView | None
    sessions: tuple[SessionSummary, ...]
    session: str | None
    label: str
    intentions: tuple[Intention, ...]
    read_only: bool
    prompts: tuple[Prompts, ...] = ()
    templates: tuple[Template, ...] = ()
    used_tags: tuple[str, ...] = ()


class Kept(msgspec.Struct, frozen=True):
    """What stood in the window when it was asked to be saved."""

    place: Place
    record: Writing | None  # None where it broke its own rules, or was to be removed
    saved: Writing | None
    over: str  # the version it was typed over
    title: str
    text: str
    marks: tuple[Mark, ...]
    at: Moment
    tags: tuple[str, ...]
    modalities: tuple[str, ...]
    cover: tuple[bool, str]
    session: str | None
    sessions: tuple[tuple[str, str | None], ...]

    @property
    def eid(self) -> str:
        return self.place.eid or ""


def stands(desk: WriteDesk, place: Place, saved: Writing | None, over: str, record: Writing | None) -> Kept:
    """What stands on the page of an entry; `record`: as it was read from there."""
    text, marks = (record.text, record.marks) if record is not None else desk.editor.content()
    return Kept(
        place, record, saved, over, desk.heading.value(), text, marks, desk.when.moment(),
        desk.tags.tags(), desk.tags.modalities(), (desk.cover.covered(), desk.cover.title()),
        desk.session.currentData() if desk.session.count() else place.session, desk.session.offered(),
    )  # fmt: skip


def _save_kept(service: JournalService, *, kept: Kept) -> Saved:
    """Save what was refused before, beside what was written of the entry since. Runs on the vault thread."""
    assert kept.record is not None
    return service.keep_late(kept.record, kept.eid, kept.over)


def hold(waiting: Unkept, visits: Visits[Kept], visit: int, kept: Kept) -> None:
    """What was refused is tried until it is kept, where it is something, and nothing later held it too."""
    if kept.record is not None and visits.is_last(visit, kept):
        waiting.put(kept.eid, partial(_save_kept, kept=kept))
    visits.kept(visit, kept)


def put_back(desk: WriteDesk, kept: Kept, *, therapy: bool) -> None:
    """Show what could not be kept as it stood."""
    desk.heading.set_value(kept.title)
    desk.editor.set_content(kept.text, kept.marks)
    desk.when.set_moment(kept.at)
    desk.tags.set_values(kept.tags, kept.modalities, therapy=therapy)
    desk.cover.set_values(*kept.cover)
    desk.session.restore(kept.sessions, kept.session)
    desk.set_waiting(False)


def load(service: JournalService, *, eid: str, session: str | None, kind: str) -> Loaded:
    """Runs on the vault thread."""
    item = service.find(eid)
    draft = service.draft(eid)
    sessions = service.sessions()
    shown = draft.record if draft is not None else item.record if item is not None else None
    if isinstance(shown, Writing):
        session = shown.session
    elif session is None:
        session = fitting_session(kind, sessions, service.clock.now())
    summary = next((one for one in sessions if one.eid == session), None)
    kind = shown.kind if isinstance(shown, Writing) else kind
    written = shown.at.at if isinstance(shown, Writing) else service.clock.now()
    days = (written - summary.session.starts.at) / _DAY if summary is not None else None
    prompts = fitting_prompts(service.prompts(), kind, days)
    templates = tuple(one.record for one in service.templates(kind) if isinstance(one.record, Template))
    used = tuple(tag for tag, _ in service.tags())
    if summary is None:
        return Loaded(item, draft, sessions, session, "", (), service.read_only, prompts, templates, used)
    view = service.session(summary.eid)
    intentions = tuple(one.record for one in view.intentions if isinstance(one.record, Intention))
    return Loaded(
        item, draft, sessions, session, view.summary.label, intentions, service.read_only, prompts, templates, used
    )
