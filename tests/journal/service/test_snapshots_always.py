"""Whatever was written, and whatever became of the snapshot: every answer is as if all rows had been read."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from journal.clock import FixedClock
from journal.errors import JournalError
from journal.records import (
    CheckIn,
    Course,
    Experience,
    IntegrationNote,
    Intention,
    Moment,
    Page,
    Session,
    Settings,
    ShareReceipt,
    UnknownRecord,
)
from journal.service import JournalService
from journal.vault import FAST, NewRevision
from tests.journal.service.entries import PASSWORD
from tests.journal.service.snapshots import (
    SPOILT,
    cache_of,
    exports,
    must_answer_alike,
    plainly,
    settle,
    spoil,
)

START = datetime(2026, 3, 12, 14, 5, tzinfo=timezone(timedelta(hours=1)))
_WORDS = ("sea", "river", "well-known", "don't", "Straße", "garden", "five", "gone", "changed", "🌊")
_places = st.integers(0, 2**31)
_texts = st.lists(st.sampled_from(_WORDS), max_size=4).map(" ".join)
_tags = st.lists(st.sampled_from(["sea", "Sea", "calm"]), max_size=2, unique=True).map(tuple)
_moments = st.integers(-400, 400).map(lambda hours: Moment(START + timedelta(hours=6 * hours)))


@st.composite
def _made(draw: st.DrawFn, sessions: list[str], courses: list[str]):
    session = draw(st.sampled_from([None, *sessions]))
    course = draw(st.sampled_from([None, *courses]))
    at, text, tags = draw(_moments), draw(_texts), draw(_tags)
    return draw(
        st.sampled_from(
            [
                Page(at=at, text=text, tags=tags),
                Page(at=at, title=text, source=f"jrnl:{text}"),
                Experience(at=at, text=text, session=session, tags=tags),
                Intention(at=at, text=text, session=session),
                IntegrationNote(at=at, text=text, session=session, modalities=("mi",)),
                CheckIn(at=at, mood=len(text) % 11, session=session, note=text),
                Session(starts=at, course=course, dose="50 mg", notes=text, happened=at.at < START),
                Session(starts=at, number=1 + len(text), happened=True),
                Course(title=text, started=draw(st.none() | st.just(at))),
                Settings(name=text),
                ShareReceipt(share=text, made=at),
                UnknownRecord("dream", b'{"kind":"dream"}'),
            ]
        )
    )


class Journals(RuleBasedStateMachine):
    """One journal, opened by its snapshot, and now and then one beside it that is opened without."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path, self.state = self.folder / "mine.vault", self.folder / "state"
        self.clock = FixedClock(START)
        self.service, self.words = JournalService.create(
            self.path, PASSWORD, profile=FAST, clock=self.clock, state_dir=self.state
        )
        other, _ = JournalService.create(
            self.folder / "other.vault", PASSWORD, profile=FAST, clock=self.clock, state_dir=self.folder / "foreign"
        )
        other.save_many([Page(at=Moment(START), text="of another")])
        other._vault.report = other._vault.report.__class__(rows=1)
        settle(other)
        other.close()
        self.older: list[Path] = []
        self.copies: list[tuple[Path, str]] = []
        self.read_only = False
        self.said = 0
        begin = [Page(at=Moment(START), text=f"{word} river", tags=("sea",)) for word in _WORDS[:7]]
        self.eids = [one.eid for one in self.service.save_many([*begin, Session(starts=Moment(START))]).saved]
        self.open_again()
        self.go_on_to_the_end()

    def open_again(self) -> None:
        self.service.close()
        self.service = JournalService.open(
            self.path, recovery_key=self.words, clock=self.clock, state_dir=self.state, read_only=self.read_only
        )
        assert not self.service.report.damage

    def teardown(self) -> None:
        self.service.close()
        shutil.rmtree(self.folder)

    # -- writing -----------------------------------------------------------------------------------------------

    def may_write(self) -> bool:
        return not self.read_only

    def some(self, place: int) -> str:
        return self.eids[place % len(self.eids)]

    def _ids(self, *kinds: str) -> list[str]:
        return [eid for eid in self.eids if (found := self.service.find(eid)) and found.record.kind in kinds]

    @precondition(may_write)
    @rule(data=st.data(), count=st.integers(1, 6))
    def save(self, data, count):
        self.clock.at += timedelta(minutes=1)
        makes = _made(self._ids("session"), self._ids("course"))
        saved = self.service.save_many([(self.service.new_eid(), data.draw(makes)) for _ in range(count)])
        self.eids += [one.eid for one in saved.saved if one.eid not in self.eids]

    @precondition(lambda self: self.eids and self.may_write())
    @rule(place=_places, data=st.data())
    def change(self, place, data):
        self.service.save(data.draw(_made(self._ids("session"), self._ids("course"))), self.some(place))

    @precondition(lambda self: self.eids and self.may_write())
    @rule(place=_places, what=st.sampled_from(["delete", "undelete", "purge", "settle"]))
    def take_out(self, place, what):
        self.clock.at += timedelta(minutes=1)
        eid = self.some(place)
        with contextlib.suppress(JournalError):
            if what == "settle":
                self.service.keep_side(eid, self.service.sides(eid)[-1].rev)
            else:
                getattr(self.service, what)(eid)

    @precondition(may_write)
    @rule(what=st.sampled_from(["undo", "undo", "redo", "purge_removed", "compact"]))
    def at_once(self, what):
        getattr(self.service, what)()

    @precondition(may_write)
    @rule(other=st.booleans())
    def another_secret(self, other):
        if other:
            self.words = self.service.rotate(f"{PASSWORD} {len(self.words)} {self.clock.at}").words
            self.clock.at += timedelta(minutes=1)
        else:
            self.words = self.service.new_words()
            self.service.take_words(self.words)

    @precondition(lambda self: self.eids and self.may_write())
    @rule(place=_places, data=st.data())
    def draft(self, place, data):
        record = data.draw(_made([], []).filter(lambda made: not isinstance(made, UnknownRecord)))
        self.service.put_draft(self.some(place), record)

    @precondition(lambda self: self.eids and self.may_write())
    @rule(place=_places)
    def attach(self, place):
        with contextlib.suppress(JournalError):
            saved = self.service.attach_bytes(self.some(place), "note.txt", b"sea " * (place % 300))
            self.eids.append(saved.eid)

    # -- copies ------------------------------------------------------------------------------------------------

    @rule()
    def copy(self):
        copy = self.folder / f"copy{len(self.copies)}.vault"
        shutil.copy(self.path, copy)
        self.copies.append((copy, self.words))

    @precondition(lambda self: self.copies and self.may_write())
    @rule(place=_places, data=st.data(), purges=st.booleans())
    def merge(self, place, data, purges):
        path, words = self.copies[place % len(self.copies)]
        there = JournalService.open(path, recovery_key=words, clock=self.clock, state_dir=self.folder / "there")
        own = [eid for eid in self.eids if there.find(eid) is not None]
        for eid in own[place % 3 :: 3]:
            there.save(data.draw(_made(self._ids("session"), [])), eid)
        if purges and own:
            there.purge(own[place % len(own)])
        new = there.save(Page(at=Moment(START), text="from the copy")).eid
        there._vault.append([NewRevision(eid=there.new_eid(), kind="page", body=b'{"kind":"page"}')])
        there.close()
        copy = self.service._vault.recognise(path, recovery_key=words)
        self.service.merge(copy)
        self.eids.append(new)

    # -- behind --------------------------------------------------------------------------------------------------

    @rule(steps=st.integers(1, 12))
    def go_on(self, steps):
        for _ in range(steps):
            assert self.service.go_on(0.0).report is None

    @rule()
    def go_on_to_the_end(self):
        assert settle(self.service) == []
        cache = cache_of(self.state)
        if cache.is_file():
            kept = self.folder / f"older{len(self.older)}.cache"
            shutil.copy(cache, kept)
            self.older.append(kept)
        assert not cache.with_suffix(".cache-part").exists()

    @rule(steps=st.integers(0, 3))
    def open_by_a_new_one(self, steps):
        """As on another day: it was open long enough."""
        self.go_on_to_the_end()
        self.open_again()
        for _ in range(steps):
            self.service.go_on(0.0)
        self.compare()

    @rule(how=st.sampled_from(SPOILT), at=_places, read_only=st.booleans())
    def reopen(self, how, at, read_only):
        self.service.close()
        cache = cache_of(self.state)
        shutil.rmtree(cache) if cache.is_dir() and not cache.is_symlink() else None
        older = self.older[at % len(self.older)] if self.older else None
        spoil(cache, how, at, older, cache_of(self.folder / "foreign"))
        self.read_only = read_only and at % 2 == 0
        self.open_again()
        self.compare(rows=True)

    @rule(how=st.sampled_from(["removed", "cut", "flipped", "empty", "noise"]), at=_places)
    def spoil_while_open(self, how, at):
        cache = cache_of(self.state)
        if cache.is_file() and how != "removed":
            data = cache.read_bytes()
            with cache.open("r+b") as file:  # the very file that is open
                if how == "flipped":
                    file.seek(at % len(data) if data else 0)
                    file.write(b"\xa5")
                else:
                    file.truncate(at % (len(data) + 1) if how == "cut" else 0)
        elif cache.is_file():
            cache.unlink()

    @invariant()
    def every_answer_is_the_same(self):
        self.said += 1
        if self.said % 4 == 0:
            self.compare()

    def compare(self, *, rows: bool = False):
        other = plainly(self.path, self.words, self.clock, self.folder / "beside", read_only=self.read_only)
        try:
            assert not rows or self.service.report.rows == other.report.rows
            must_answer_alike(self.service, other, [*self.eids, "f" * 32])
            if self.said % 3 == 0:
                assert exports(self.service, self.folder) == exports(other, self.folder)
        finally:
            other.close()


@pytest.mark.usefixtures("small_parts")
class TestJournals(Journals.TestCase):
    settings = settings(
        max_examples=12, stateful_step_count=35, deadline=None, derandomize=False, phases=[Phase.generate]
    )
