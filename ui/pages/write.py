"""Writing: a title if one likes, the text, and nothing in the way. What is typed is sealed as it is typed.

Leaving the page saves: people expect to find what they wrote. Nothing is asked. An empty new entry is let go.
"""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from journal.change import Change
from journal.errors import InvalidRecord, JournalError
from journal.ids import new_id
from journal.records import WRITINGS, IntegrationNote, Writing
from journal.service import JournalService, Saved
from ui import words
from ui.context import Context
from ui.page import Page
from ui.pages.bringing import bring
from ui.pages.write_files import WriteFiles
from ui.pages.write_replies import WriteReplies
from ui.pages.write_spelling import WriteSpelling
from ui.pages.write_state import HINTS, Kept, Loaded, hold, load, put_back, stands
from ui.pages.write_veil import WriteVeil
from ui.places import Place
from ui.sealing import SealTimer, begun_from, keeping, remove
from ui.unkept import Unkept
from ui.visits import Visits
from ui.widgets.moment_edit import moment_of
from ui.widgets.write_desk import WriteDesk

_KINDS = {cls.kind: cls for cls in WRITINGS}


class WritePage(Page):
    """The editor for one entry."""

    title = "Writing"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._place = Place("write")
        self._eid = ""
        self._visits: Visits[Kept] = Visits()  # whose text stands in the window, also after it was left
        self._kind = "page"
        self._session: str | None = None
        self._saved: Writing | None = None
        self._over = ""  # the version that what is shown began from
        self._rev = ""  # the version that `_saved` is
        self._changed = False  # something is not saved as an entry
        self._unsealed = False  # something is not sealed as a draft either
        self._loading = False
        self._complained = False  # the banner says that something could not be kept
        self._build()
        self._waiting = Unkept(self.context.tasks, self)
        self.sealing = SealTimer(self)
        self.sealing.due.connect(self._seal_now)
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Save), self._on_save),
            (QKeySequence(QKeySequence.StandardKey.Find), self.find.open_bar),
            (QKeySequence("Ctrl+Shift+A"), self.files.choose),
        ):
            made = QShortcut(keys, self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    # -- coming and going --------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        if place.eid is not None and place.eid == self._eid and self._changed:
            self.desk.focus_text()  # back to text that could not be saved when it was left
            return
        visit = self._visits.begin()
        self._eid = place.eid or new_id()
        self._kind = place.kind if place.kind in _KINDS else "page"
        self._session = place.session
        self._place = Place("write", eid=self._eid, kind=self._kind, session=self._session)
        self._saved, self._over = None, ""
        self._settle()
        # What is new can be written at once; what is there already is waited for.
        self._fill(None)
        self.desk.set_waiting(place.eid is not None)
        self.desk.session.clear()  # until they are known, it is the one that was asked for
        self.files.show_entry(self._eid)
        self.veil.lift()
        self.banner.hide()
        self.find.hide()
        self._set_status("")
        self.desk.focus_text()
        self.spelling.ask()
        self.replies.show_entry(self._eid)
        op = partial(load, eid=self._eid, session=self._session, kind=self._kind)
        self.context.tasks.ask(op, partial(self._on_loaded, visit), partial(self._on_not_loaded, visit))

    def leave(self) -> None:
        """Save what was written."""
        if self._changed and self._empty() and self._saved is None:
            self._settle()
            self.context.tasks.ask(partial(JournalService.drop_draft, eid=self._eid))
        elif self._changed:
            self._save()
        self.files.leave()
        self._eid = ""

    def halt(self) -> None:
        self.files.halt()

    def seal(self) -> None:
        self._waiting.try_now()
        if self._changed and self._unsealed and not self._empty():
            self._seal_now()

    def refresh(self, change: Change) -> None:
        self.files.refresh(change)
        if self._eid in change.eids and not self._changed:
            op = partial(load, eid=self._eid, session=self._session, kind=self._kind)
            self.context.tasks.ask(op, partial(self._on_looked_again, self._visits.now))

    def restyle(self) -> None:
        self._loading = True
        self.editor.restyle()
        self._loading = False
        self.desk.files.draw()
        self.desk.arrange()

    def _on_looked_again(self, visit: int, loaded: Loaded) -> None:
        """Undo, or another view, may have changed this entry. What is being typed, and where, is left alone."""
        record = loaded.item.record if loaded.item else None
        if not self._changed and record != self._saved:
            self._on_loaded(visit, loaded)

    def _on_not_loaded(self, visit: int, error: JournalError) -> None:
        if visit != self._visits.now:
            return
        self.desk.set_waiting(False)
        self.desk.set_read_only(True)  # nothing typed here could be kept
        self.banner.show_error(error)

    def _on_loaded(self, visit: int, loaded: Loaded) -> None:
        if visit != self._visits.now or not self._eid:
            return  # something else is shown, or what could not be kept was put back
        self._saved = loaded.item.record if loaded.item and isinstance(loaded.item.record, Writing) else None
        self._over, self._rev = begun_from(loaded.item, loaded.draft), begun_from(loaded.item, None)
        draft = loaded.draft.record if loaded.draft and isinstance(loaded.draft.record, Writing) else None
        shown = draft or self._saved
        self._kind, self._session = shown.kind if shown is not None else self._kind, loaded.session
        self._place = Place("write", eid=self._eid, kind=self._kind, session=self._session)
        self.desk.set_waiting(False)
        if shown is not None or not self._changed:  # else it is new, and was begun before the journal could answer
            self._fill(shown)
            self._changed, self._unsealed = draft is not None and not loaded.read_only, False
        self.desk.session.fill(loaded.sessions, self._session)
        self.desk.session.setVisible(self._kind != "page" and bool(loaded.sessions or self._session))
        name = words.KIND_NAMES[self._kind]
        self.desk.where.setText(f"{name} · {loaded.label}" if loaded.label else name)
        intentions = loaded.intentions if self._kind != "intention" else ()
        self.tags.offer(() if loaded.read_only else loaded.used_tags)
        self.side.show_for(intentions, loaded.prompts, () if loaded.read_only else loaded.templates)
        self.desk.set_read_only(loaded.read_only)
        self.desk.history.setVisible(self._saved is not None)
        if draft is not None:
            can_revert = self._saved is not None and not loaded.read_only
            actions = [("Go back to what was saved", self._on_revert)] if can_revert else []
            self.banner.show_note("Here is what you were writing. It was kept for you.", actions=actions)
        elif loaded.item is not None and loaded.item.heads > 1:
            self.banner.show_note(words.ON_TWO_COMPUTERS, actions=[("See both", self._on_both)])
        self.desk.arrange()
        self.desk.focus_text()
        self.veil.cover(self._eid, shown)

    def _fill(self, record: Writing | None) -> None:
        self._loading = True
        self._show(record)
        self._loading = False

    def _show(self, record: Writing | None) -> None:
        self.heading.set_value(record.title if record else "")
        self.editor.set_content(record.text if record else "", record.marks if record else ())
        self.editor.setPlaceholderText(HINTS[self._kind])
        self.when.set_moment(record.at if record else moment_of(self.context.clock.now()))
        modalities = record.modalities if isinstance(record, IntegrationNote) else ()
        therapy = self._kind == "integration"
        self.tags.set_values(record.tags if record else (), modalities, therapy=therapy)
        self.tags.setVisible(therapy or bool(record and record.tags))
        self.desk.more.setChecked(self.tags.isVisibleTo(self))
        self.desk.cover.set_values(*((record.covered, record.cover) if record else (False, "")))

    # -- keeping -----------------------------------------------------------------------------------------------

    def record(self) -> Writing:
        """The entry as it stands in the window. Raises `InvalidRecord`, e.g. for a text that is too long."""
        text, marks = self.editor.content()
        fields: dict[str, object] = {"modalities": self.tags.modalities()} if self._kind == "integration" else {}
        known = self._saved if isinstance(self._saved, _KINDS[self._kind]) else None
        base = known or _KINDS[self._kind](at=self.when.moment())
        return msgspec.structs.replace(
            base,
            at=self.when.moment(),
            title=self.heading.value(),
            text=text,
            marks=marks,
            tags=self.tags.tags(),
            session=self.desk.session.currentData() if self.desk.session.count() else self._session,
            covered=self.desk.cover.covered(),
            cover=self.desk.cover.title(),
            **fields,
        )

    def _empty(self) -> bool:
        nothing = not self.heading.value().strip() and self.editor.document().isEmpty()
        return nothing and not self.tags.tags() and not self.tags.modalities()

    @Slot()
    def _on_edited(self) -> None:
        if self._loading:
            return
        self._changed = self._unsealed = True
        self._set_status("")
        self.sealing.touch()

    @Slot()
    def _seal_now(self) -> None:
        self.sealing.stop()
        if not self._changed or not self._unsealed:
            return
        op = keeping(JournalService.put_draft, self._eid, self.record, self._over)
        self._unsealed = False
        self.context.tasks.ask(op, partial(self._on_sealed, self._eid), partial(self._on_not_sealed, self._eid))

    def _on_sealed(self, eid: str, _none: None) -> None:
        if eid == self._eid and self._changed and not self._unsealed:
            self._set_status(f"Draft kept, {words.time(self.context.clock.now())}")
            self._calm()

    def _on_not_sealed(self, eid: str, error: JournalError) -> None:
        if eid == self._eid:
            self._unsealed = True
            self._set_status("Not kept yet")
            self._refused(error)

    @Slot()
    def _on_save(self) -> None:
        if self.save.isHidden():
            return
        self.desk.focus_text()  # what is undone next is the text, not the entry
        if self._empty() and self._saved is None:
            self._set_status("Nothing is written yet")
            return
        self._save()

    def _save(self) -> None:
        op = keeping(JournalService.save, self._eid, self.record, self._over)
        self._settle()
        kept = self._stands(op.keywords.get("record"))
        visit = self._visits.ask(kept)
        self.context.tasks.ask(op, partial(self._on_saved, visit, kept), partial(self._on_not_saved, visit, kept))

    @Slot()
    def _on_entry_wanted(self) -> None:
        """A file is to be added: an entry that is new is saved first, also an empty one."""
        if self._saved is not None:
            self.files.entry_saved(self._eid)
            return
        if self._empty():
            self.files.begun_for_file(self._eid)
        self._save()

    def _stands(self, record: Writing | None) -> Kept:
        """All that stands in the window, in case it cannot be saved and the person has left."""
        return stands(self.desk, self._place, self._saved, self._over, record)

    def _on_saved(self, visit: int, kept: Kept, saved: Saved) -> None:
        at = words.time(self.context.clock.now())
        self._visits.kept(visit, kept)
        self.say.emit(f"Saved, {at}")
        self.files.entry_saved(kept.eid)
        if kept.eid == self._eid:
            self._saved, self._over, self._rev = kept.record, saved.rev, saved.rev
            self._calm()
            self.desk.history.setVisible(True)
            if not self._changed:
                self._set_status(f"Saved, {at}")

    def _on_not_saved(self, visit: int, kept: Kept, error: JournalError) -> None:
        """What could not be saved is not let go: a person who left is taken back to it."""
        if self._changed and kept.eid != self._eid:  # something else is being written by now
            self._seal_now()
            if not isinstance(error, InvalidRecord):
                hold(self._waiting, self._visits, visit, kept)
                self.banner.show_error(error)
                self.files.entry_not_saved(kept.eid, error)
                return
        self._place, self._eid = kept.place, kept.eid
        if again := self._visits.back(visit):  # the window was emptied since, or shows something else
            self._kind, self._session = again.place.kind, again.session
            self._saved, self._over = again.saved, again.over
            self._loading = True
            self._show(self._saved)
            put_back(self.desk, again, therapy=self._kind == "integration")
            self._loading = False
        self._changed = self._unsealed = True
        self._set_status("Not saved yet")
        self._refused(error)
        self.files.show_entry(self._eid)
        self.files.entry_not_saved(self._eid, error)
        if not self.isVisible():
            self.go.emit(kept.place)

    def _refused(self, error: JournalError) -> None:
        self.banner.show_error(error)
        self._complained = True
        if not isinstance(error, InvalidRecord):  # time alone does not mend what breaks its own rules
            self.sealing.try_again()

    def _calm(self) -> None:
        if self._complained:
            self._complained = False
            self.banner.hide()

    def _settle(self) -> None:
        self._changed = self._unsealed = False
        self.sealing.stop()

    # -- what the person does ------------------------------------------------------------------------------------

    @Slot()
    def _on_revert(self) -> None:
        self.banner.hide()
        self._settle()
        self._over = self._rev  # another may have come in since it was shown
        self._fill(self._saved)
        self.context.tasks.ask(partial(JournalService.drop_draft, eid=self._eid))

    @Slot()
    def _on_remove(self) -> None:
        self.files.stop(self._eid)
        op = partial(JournalService.delete, eid=self._eid)
        if self._changed:
            op = keeping(remove, self._eid, self.record, self._over)
        kept = self._stands(op.keywords.get("record"))
        if self._saved is not None or not self._empty():
            self._settle()
            self.context.tasks.ask(op, self._on_removed, partial(self._on_not_saved, self._visits.ask(kept), kept))
        self.back.emit()

    def _on_removed(self, _change: Change) -> None:
        self.did.emit("Removed.")

    @Slot()
    def _on_history(self) -> None:
        self.go.emit(Place("history", eid=self._eid))

    @Slot()
    def _on_hard(self) -> None:
        there = self._saved is not None or not self._empty()
        self.go.emit(Place("hard", session=self._session, eids=(self._eid,) if there else ()))

    @Slot()
    def _on_both(self) -> None:
        self.go.emit(Place("two-versions", eid=self._eid))

    @Slot()
    def _on_bring(self) -> None:
        self._on_save()  # what is not in the journal yet cannot be brought along
        if not self._empty():
            bring(self.context, self._eid, self._set_status, self.banner, self.editor.textCursor().selectedText())

    @Slot(bool)
    def _on_more(self, shown: bool) -> None:
        if shown and not self._loading:
            self.tags.words.setFocus()

    def _set_status(self, text: str) -> None:
        self.status.setText(text)

    def _build(self) -> None:
        self.desk = desk = WriteDesk(self.context.theme)
        self.banner, self.heading, self.editor, self.find = desk.banner, desk.heading, desk.editor, desk.find
        self.save, self.status, self.tags, self.when = desk.save, desk.status, desk.tags, desk.when
        self.format, self.side = desk.format, desk.side
        desk.edited.connect(self._on_edited)
        desk.back.connect(self.back)
        desk.save_wanted.connect(self._on_save)
        desk.remove_wanted.connect(self._on_remove)
        desk.bring_wanted.connect(self._on_bring)
        desk.history_wanted.connect(self._on_history)
        desk.hard_wanted.connect(self._on_hard)
        desk.more.toggled.connect(self._on_more)
        desk.files.opened.connect(self.shows)
        desk.files.heard.connect(self.plays)
        self.files = WriteFiles(self.context, desk, self)
        self.spelling = WriteSpelling(self.context, desk.editor, self)
        self.replies = WriteReplies(self.context, desk, self)
        self.files.entry_wanted.connect(self._on_entry_wanted)
        self.files.say.connect(self.say)
        self.veil = WriteVeil(desk, self.body)
