"""Opening, writing, undoing, looking: the journal as one object. Used from one thread."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import msgspec

from journal.change import Change
from journal.clock import Clock, SystemClock
from journal.errors import InvalidRecord
from journal.ids import new_id
from journal.records import Record, Settings, UnknownRecord, decode, encode
from journal.service import today as _today
from journal.service import views
from journal.service.attaching import Files
from journal.service.course_parts import CourseParts
from journal.service.keeping import Keeping
from journal.service.moving import Moving
from journal.service.names import NAMES
from journal.service.recovery import Recovery
from journal.service.references import under_new_ids
from journal.service.replies import Replies
from journal.service.replying import Replying
from journal.service.results import Saved, SavedMany
from journal.service.rewriting import Rewriting
from journal.service.share_news import ShareNews
from journal.service.sharing import Sharing
from journal.service.snapshots import Snapshots, undisturbed
from journal.service.syncing import Syncing
from journal.service.undo import UndoStack
from journal.service.unfinished_share import NO_ENTRIES
from journal.store import Entry, Item, Looking, Query, Row, RowList, SearchIndex, Version
from journal.trends import MoodChart
from journal.vault import STANDARD, Draft, KdfProfile, Report, Vault
from journal.vault.snapshot import NoSnapshot


class JournalService(
    Snapshots, Files, Replying, Replies, Sharing, Moving, Syncing, Keeping, Recovery, Rewriting, CourseParts
):  # fmt: skip
    """An open journal. Every operation takes and returns plain values; what writes returns a `Change`."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault, self.clock = vault, clock
        self._undo = UndoStack()
        self._since = {}
        self._search: SearchIndex | Looking | None = None
        self._news = ShareNews()
        self._take_up()

    @classmethod
    def create(
        cls,
        path: Path,
        password: str,
        *,
        profile: KdfProfile = STANDARD,
        clock: Clock | None = None,
        state_dir: Path | None = None,
    ) -> tuple[JournalService, str]:
        """A new journal and its recovery words. Errors as `Vault.create`."""
        clock = clock or SystemClock()
        vault, words = Vault.create(Path(path), password, profile=profile, clock=clock, state_dir=state_dir)
        service = cls(vault, clock)
        service.begin_keeping(state_dir)
        return service, words

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        password: str | None = None,
        recovery_key: str | None = None,
        read_only: bool = False,
        clock: Clock | None = None,
        state_dir: Path | None = None,
    ) -> JournalService:
        """An existing journal. Errors as `Vault.open`."""
        clock = clock or SystemClock()
        with undisturbed():
            vault = Vault.open(
                Path(path),
                password=password,
                recovery_key=recovery_key,
                read_only=read_only,
                quickly=True,
                clock=clock,
                state_dir=state_dir,
            )
            try:
                service = cls(vault, clock)
            except BaseException:
                vault.close()
                raise
        service.begin_keeping(state_dir)
        return service

    def close(self) -> None:
        """Close the file and drop what was in memory. Idempotent."""
        self._stop_making()
        self._vault.close()
        self._close_search()

    # -- what it is --------------------------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        return self._vault.path

    @property
    def read_only(self) -> bool:
        return self._vault.read_only

    @property
    def report(self) -> Report:
        """What opening found."""
        return self._vault.report

    @property
    def unreadable(self) -> int:
        """How many entries are whole and mean nothing to this version: a later one wrote them."""
        return len(self._items.unreadable)

    def change_password(self, new: str) -> None:
        """A new password. Raises `WeakPassword`."""
        self.not_while_resting()
        self._vault.change_password(new)

    # -- writing -----------------------------------------------------------------------------------------------

    @staticmethod
    def new_eid() -> str:
        """An id for an entry that is not saved yet."""
        return new_id()

    def save(self, record: Record, eid: str | None = None, over: str = "") -> Saved:
        """Save an entry (a new one without `eid`) and drop its draft, in one commit.

        It takes the place of the version it was typed over; others that stand beside that one stay. That is the one
        its draft began from, else `over` (a revision), else the one that is shown. What says the same as that
        one is not written, and `Saved` names it. A comment that was sent stays as it is: other words become a comment
        of their own.
        """
        was, (eid, record) = eid, self._beside_sent(eid, record)
        there = eid is not None and self._items.find(eid) is not None  # one that was removed comes back
        if eid is not None and there and (stands := self._unchanged(eid, record, over)):
            self._drop_if_there(eid)
            self._vault.confirm()
            return Saved(eid, stands, Change())
        many = self._save([(eid or new_id(), record)], "", typed=[was] if was is not None else [], over=over)
        if was is not None and many.saved[0].eid != was:
            self._drop_if_there(was)
        return msgspec.structs.replace(many.saved[0], change=many.change)

    def save_many(self, records: Sequence[Record | tuple[str, Record | UnknownRecord]], label: str = "") -> SavedMany:
        """Save entries in one commit: all of them or none. One step of undo.

        Each takes the place of the version that is shown. What is being written of them stays unsaved.
        """
        return self._save([(new_id(), entry) if isinstance(entry, Record) else entry for entry in records], label)

    def _save(
        self,
        pairs: Sequence[tuple[str, Record | UnknownRecord]],
        label: str,
        *,
        typed: Sequence[str] = (),
        over: str = "",
    ) -> SavedMany:
        self._rest_choices(record for _, record in pairs)
        if gone := self._vault.purged_eids():  # whatever stood under these ids goes whenever a copy is merged
            pairs = under_new_ids({eid: new_id() for eid, _ in pairs if eid in gone}, pairs)
        written, change = self._put(label or self._deed_name(pairs), pairs, typed=typed, over=over)
        return SavedMany(tuple(Saved(one.eid, one.rev, Change()) for one in written), change)

    def delete(self, eid: str) -> Change:
        """Take an entry out of the journal, with what was being written of it. Its history stays in the file, and
        `undo` brings it back."""
        item = self._items.get(eid)
        self.not_while_resting()
        return self._take_out(f"removing the {self.name_of(item.record.kind)}", eid)

    @staticmethod
    def name_of(kind: str) -> str:
        """What an entry of this kind is called within a sentence."""
        return NAMES.get(kind, "entry")

    @property
    def undo_label(self) -> str:
        """ "Undo removing the journal page", or ""."""
        return self._undo.undo_label

    @property
    def redo_label(self) -> str:
        return self._undo.redo_label

    def _deed_name(self, pairs: Sequence[tuple[str, Record | UnknownRecord]]) -> str:
        if len(pairs) != 1:
            return f"{len(pairs)} entries"
        eid, record = pairs[0]
        name = NAMES.get(record.kind, "change")
        return f"changing the {name}" if self._items.find(eid) else f"adding the {name}"

    # -- drafts ------------------------------------------------------------------------------------------------

    def put_draft(self, eid: str, record: Record, over: str = "") -> None:
        """Seal unsaved text of an entry (saved or not), in place of its draft before. Without one it was begun from
        `over` (a revision), else from the version that is shown."""
        item = self._items.find(eid)
        self._vault.put_draft(
            Draft(
                key=eid,
                kind=record.kind,
                body=encode(record),
                base=self._base(eid, over),
                eid=eid if item else None,
                at=self.clock.now(),
            )
        )

    def drafts(self) -> tuple[views.DraftView, ...]:
        """All unsaved text that this version can read, newest first."""
        found = []
        for draft in self._vault.drafts():
            if draft.kind in NO_ENTRIES:
                continue
            with contextlib.suppress(InvalidRecord):
                record = decode(draft.body)
                new, cover = self._items.find(draft.key) is None, self.cover_of(record)
                found.append(views.DraftView(draft.key, record, draft.at, new, cover, draft.base or ""))
        return tuple(sorted(found, key=lambda draft: draft.at, reverse=True))

    def draft(self, eid: str) -> views.DraftView | None:
        """The unsaved text of one entry, if there is any."""
        return next((draft for draft in self.drafts() if draft.eid == eid), None)

    def drop_draft(self, eid: str) -> None:
        """Let go of unsaved text."""
        self._vault.drop_draft(eid)

    def _drop_if_there(self, eid: str) -> None:
        if self.draft(eid) is not None:
            self.drop_draft(eid)

    # -- looking -----------------------------------------------------------------------------------------------

    def get(self, eid: str) -> Item:
        """One entry. Raises `NotFound`."""
        return self._items.get(eid)

    def find(self, eid: str | None) -> Item | None:
        """One entry, or None."""
        return self._items.find(eid)

    def versions(self, eid: str) -> tuple[Version, ...]:
        """The history of an entry, newest first."""
        return self._items.versions(eid)

    def items(self) -> tuple[Item, ...]:
        """Every entry, in no order."""
        self.look_at_all()
        return tuple(self._items)

    def rows(self, query: Query | None = None) -> tuple[Row, ...]:
        """The entries that a query wants, as rows."""
        query = query or Query()
        try:
            return self._rows(query)
        except NoSnapshot:
            self._snapshot_was_torn()
            return self._rows(query)

    def _rows(self, query: Query) -> tuple[Row, ...]:
        oldest_first = not query.newest_first
        if query.text.strip():
            hits = self._index().find(query.text)
            if hits.entries is not None:
                entries = reversed(list(hits.entries)) if oldest_first else hits.entries
            else:
                entries = self._items.newest(places=hits.places, over=hits.over, oldest_first=oldest_first)
        else:
            entries = self._items.newest(oldest_first=oldest_first)
        fitting = (self._list.row(entry) for entry in entries if self._fits(entry, query))
        return tuple(islice(fitting, query.limit))

    def count(self, query: Query | None = None) -> int:
        """How many entries a query wants."""
        return len(self.rows(query))

    def tags(self) -> tuple[tuple[str, int], ...]:
        """Every tag and how often it is used."""
        return views.tags(self._items)

    def courses(self) -> tuple[Item, ...]:
        """All courses, the newest first."""
        return tuple(sorted(self._items.of_kind("course"), key=lambda item: (item.changed, item.eid), reverse=True))

    def sessions(self, course: str | None = None) -> tuple[views.SessionSummary, ...]:
        """All sessions (of a course), oldest first."""
        return views.summaries(self._items, course)

    def session(self, eid: str) -> views.SessionView:
        """A session with all that belongs to it. Raises `NotFound`."""
        return views.session_view(self._items, eid)

    def today(self) -> _today.Today:
        """The first page."""
        newest = next(self._items.newest_of("intention", "experience", "integration", "page"), None)
        written = self._list.row(newest) if newest is not None else None
        found = _today.today(self._items, self.clock.now(), written, self.drafts())
        unproved = self.words_unproved()
        due = (unproved or not found.empty) and self.words_due()
        return msgspec.structs.replace(found, try_words=due, unproved=unproved)

    def chart(self, course: str | None = None) -> MoodChart:
        """All check-ins over time with the sessions marked."""
        return views.mood_chart(self._items, course)

    def settings(self) -> Settings:
        """The choices that travel with this journal."""
        item = self._items.find(self._settings_eid())
        return item.record if item and isinstance(item.record, Settings) else Settings()

    def save_settings(self, settings: Settings) -> Saved:
        """Keep other choices. Not a step of undo."""
        self._rest_settings(settings)
        return self._save_quietly(self._settings_eid() or new_id(), settings)

    def _settings_eid(self) -> str | None:
        # Two journals that were merged may hold one each; the same one counts everywhere.
        return min((item.eid for item in self._items.of_kind("settings")), default=None)

    def _fits(self, entry: Entry, query: Query) -> bool:
        if query.kinds and entry.kind not in query.kinds:
            return False
        if query.session is not None and entry.session != query.session:
            return False
        if query.tag is not None and query.tag not in entry.tags:
            return False
        return query.course is None or self._course_of(entry) == query.course

    def _course_of(self, entry: Entry) -> str | None:
        session = self._items.find(entry.eid if entry.kind == "session" else entry.session)
        return getattr(session.record, "course", None) if session else None

    def _take_up(self) -> None:
        """Begin with what the vault has, as it was opened."""
        self._close_search()
        self._items = self._begin_items()
        self._labels = None
        self._list = RowList(self._items, self._label)

    def _label(self, eid: str) -> str:
        if self._labels is None:
            self._labels = views.labels(self._items)
        return self._labels.get(eid, "Session")
