"""Whatever is done in whatever order, on two computers: every text that was saved is in a version, and what was typed
last is unsaved still or in a version; one tap leaves the versions that stand side by side as many as they were."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.clock import FixedClock
from journal.records import Page
from journal.service import JournalService
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, at, page

EID = "e" * 32
_HERE = ("save", "type", "save typed", "cover", "uncover", "delete", "undelete", "undo", "redo", "keep", "together",
         "many", "backup", "from backup", "merge", "there: save", "there: delete", "there: cover")  # fmt: skip


class Two:
    """A journal and its copy elsewhere, and every text that must be somewhere in it."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(datetime(2026, 3, 12, tzinfo=UTC))
        options = {"clock": self.clock, "state_dir": folder / "state"}
        self.here, words = JournalService.create(folder / "mine.vault", PASSWORD, profile=FAST, **options)
        self.here.save(page("first"), EID)
        shutil.copy(folder / "mine.vault", folder / "other.vault")
        options["state_dir"] = folder / "elsewhere"
        self.there = JournalService.open(folder / "other.vault", recovery_key=words, **options)
        self.said, self.typed, self.number = {"first"}, "", 0

    def text(self) -> str:
        self.number += 1
        return f"text {self.number}"

    def shown(self) -> Page | None:
        item = self.here.find(EID)
        return item.record if item is not None else None

    def do(self, what: str) -> None:
        here, shown = self.here, self.shown()
        draft = here.draft(EID)
        now = {side.record.text for side in here.sides(EID) if side.record is not None}
        if what.startswith("there"):
            self._there(what)
        elif what == "merge":
            here.merge(here.look_into(self.there.path).copy)
        elif what == "backup":
            here.back_up_now()
        elif what == "type":
            self.typed = self.text()
            here.put_draft(EID, msgspec.structs.replace(shown or page(), text=self.typed))
        elif what == "save typed" and draft is not None:
            here.save(draft.record, EID)
        elif what in ("undo", "redo"):
            getattr(here, what)()
        elif what == "undelete" and shown is None and here.removed():
            here.undelete(EID)
        elif shown is not None:
            self._with(what, shown)
            if what in ("cover", "uncover"):
                assert {side.record.text for side in here.sides(EID) if side.record is not None} == now
        self.look()

    def _with(self, what: str, shown: Page) -> None:
        here, draft = self.here, self.here.draft(EID)
        if what == "save" and draft is None:
            self.said.add(text := self.text())
            here.save(msgspec.structs.replace(shown, text=text), EID)
        elif what == "many":
            self.said.add(text := self.text())
            here.save_many([(EID, page(text, at=at(2)))])
        elif what == "cover":
            here.cover(EID, "over it")
        elif what == "uncover":
            here.uncover(EID)
        elif what == "delete":
            here.delete(EID)
        elif what == "keep":
            here.keep_side(EID, here.sides(EID)[-1].rev)
        elif what == "together":
            here.put_sides_together(EID)
        elif what == "from backup" and (kept := here.backups().backups):
            found = here.compare_backup(kept[0].path)
            here.take_from_backup([one.eid for one in found.differences if one.what != "only here"])

    def _there(self, what: str) -> None:
        there = self.there
        if there.find(EID) is None:
            return
        if what == "there: save":
            there.save(page(self.text()), EID)
        elif what == "there: delete":
            there.delete(EID)
        else:
            there.cover(EID)

    def look(self) -> None:
        """Nothing that must be here is missing."""
        versions = [version.record.text for version in self.here.versions(EID) if version.record is not None]
        assert self.said <= set(versions)
        draft = self.here.draft(EID)
        if self.typed and (draft is None or draft.record.text != self.typed):
            assert any(self.typed in text for text in versions)

    def close(self) -> None:
        self.here.close()
        self.there.close()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_HERE), max_size=16))
def test_every_word_is_somewhere(steps):
    with tempfile.TemporaryDirectory() as folder:
        both = Two(Path(folder))
        try:
            for what in steps:
                both.do(what)
            assert both.here.verify().ok
        finally:
            both.close()
