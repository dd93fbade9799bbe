"""The snapshot as a file: what opens by it, who may read it, when it goes, and what is left when making one fails."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from journal.clock import FixedClock
from journal.errors import DamagedJournal
from journal.records import CheckIn, Course, Experience, Moment, Page, Session
from journal.service import JournalService
from journal.store import Query
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, ROOT, at
from tests.journal.service.snapshots import (
    by_snapshot,
    cache_of,
    must_answer_alike,
    plainly,
    settle,
)
from tests.journal.service.test_snapshots_always import START
from tests.journal.vault.samples import room
from tests.journal.vault.tampering import surgery

pytestmark = pytest.mark.usefixtures("small_parts")
CLOCK = FixedClock(START)
CANARIES = ("quillwort", "heliotrope", "asphodel", "saxifrage", "coltsfoot", "celandine")


class Journal:
    """A journal that opens by a snapshot, and what is in it."""

    def __init__(self, folder: Path) -> None:
        self.path, self.state, self.folder = folder / "mine.vault", folder / "state", folder
        self.service, self.words = JournalService.create(
            self.path, PASSWORD, profile=FAST, clock=CLOCK, state_dir=self.state
        )
        session = Session(starts=at(2), happened=True, dose=CANARIES[4], notes=CANARIES[5])
        self.session = self.service.save(session).eid
        texts = [f"{'word ' * 80} {CANARIES[0]} {number}" for number in range(9)]
        many = [
            *(Page(at=at(1 + day), title=CANARIES[1], text=text, tags=("tagged",)) for day, text in enumerate(texts)),
            Experience(at=at(3), text=CANARIES[2], session=self.session, tags=(CANARIES[3],)),
            CheckIn(at=Moment(START), mood=3, session=self.session),
            Course(title="first course"),
        ]  # fmt: skip
        self.eids = [self.session, *(one.eid for one in self.service.save_many(many).saved)]
        self.open()
        assert settle(self.service) == []

    @property
    def cache(self) -> Path:
        return cache_of(self.state)

    def open(self, path: Path | None = None, *, read_only: bool = False) -> JournalService:
        self.service.close()
        self.service = JournalService.open(
            path or self.path, recovery_key=self.words, clock=CLOCK, state_dir=self.state, read_only=read_only
        )
        return self.service

    def must_be_right(self) -> None:
        """It answers as all rows do."""
        opened = self.service
        other = plainly(opened.path, self.words, CLOCK, self.folder / "beside", read_only=opened.read_only)
        must_answer_alike(self.service, other, self.eids)
        other.close()


@pytest.fixture
def journal(tmp_path):
    made = Journal(tmp_path)
    yield made
    made.service.close()


def same_bytes(one: bytes, folder: Path) -> list[str]:
    """The files of a folder that hold anything of these bytes."""
    pieces = [one[start : start + 48] for start in range(0, len(one) - 48, 160)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(piece in (path.read_bytes()) for piece in pieces)]


# -- opening ---------------------------------------------------------------------------------------------------


def test_opening_reads_no_row_but_those_that_came_in_since(journal):
    new = journal.service.save(Page(at=at(9), text="came in since")).eid
    wanted = journal.service.rows()
    journal.service.close()
    with surgery(journal.path) as db:
        db.execute("UPDATE rec SET v = x'00' WHERE eid != ?", [bytes.fromhex(new)])
    service = journal.open()
    assert by_snapshot(service) and service.report.ok and not service.read_only
    assert service.rows() == wanted
    assert service.get(new).record.text == "came in since"
    with pytest.raises(DamagedJournal):
        service.get(journal.eids[1])


def test_looking_at_lists_reads_no_row(journal):
    service = journal.open()
    asked: list[str] = []
    service._vault._file.connection.set_trace_callback(asked.append)
    assert len(service.rows()) == len(journal.eids)
    assert service.count(Query(text=CANARIES[0])) == 9
    assert service.count(Query(text="lliotro")) == service.count(Query(text="eliotr")) - 9 == 0
    assert service.sessions() and service.courses() and service.tags() and service.chart() and service.settings()
    assert service.session(journal.session).checkins
    service.today()
    texts = [sql for sql in asked if "FROM rec" in sql]
    assert len(texts) == 1  # the experience of the session, which is shown with its text
    assert service.get(journal.eids[1]).record.text
    assert len([sql for sql in asked if "FROM rec" in sql]) > len(texts)


_OPEN = """
import sys
from pathlib import Path
import journal.store.base, journal.vault.cached
from journal.service import JournalService
journal.vault.cached.SMALL, journal.store.base.LINES = 0, 4
path, state, words = Path(sys.argv[1]), Path(sys.argv[2]), sys.stdin.readline().strip()
service = JournalService.open(path, recovery_key=words, state_dir=state)
assert service._items.base is not None
print(len(service.rows()), len(service.sessions()), len(service.tags()), flush=True)
sys.stdin.readline()
print(len([service.get(row.eid).record for row in service.rows()]), flush=True)
sys.stdin.readline()
"""


def test_memory_holds_the_texts_only_once_they_are_asked_for(journal):
    journal.service.close()
    command = [sys.executable, "-c", _OPEN, str(journal.path), str(journal.state)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True) as child:
        try:
            child.stdin.write(journal.words + "\n")
            child.stdin.flush()
            assert child.stdout.readline() == "13 1 2\n"
            assert holds(child.pid, CANARIES[1])  # a title, which is in the list
            assert not holds(child.pid, CANARIES[0])
            child.stdin.write("\n")
            child.stdin.flush()
            assert child.stdout.readline() == "13\n"
            assert holds(child.pid, CANARIES[0])
        finally:
            child.kill()


def holds(pid: int, word: str) -> bool:
    """Whether a word is anywhere in what a process can write to."""
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for found in filter(None, (re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line) for line in maps)):
            start, end = (int(part, 16) for part in found.groups())
            try:
                memory.seek(start)
                if word.encode() in memory.read(end - start):
                    return True
            except (OSError, ValueError, OverflowError):
                continue  # device memory
    return False


# -- leaks -----------------------------------------------------------------------------------------------------


def test_it_holds_nothing_in_the_clear_and_only_its_owner_reads_it(journal):
    data = journal.cache.read_bytes()
    kinds = ("experience", "checkin", "session", "course")
    for word in (*CANARIES, *kinds, "tagged", "2026-03", "SQLite format", journal.session):
        for code in ("utf-8", "utf-16-le"):
            assert word.encode(code) not in data
    assert bytes.fromhex(journal.session) not in data
    assert stat.S_IMODE(journal.cache.stat().st_mode) == 0o600


def test_while_it_is_made_only_its_owner_reads_it(journal):
    journal.service.close()
    journal.cache.unlink()
    service = journal.open()
    part = journal.cache.with_suffix(".cache-part")
    while not part.exists():
        service.go_on(0.0)
    assert stat.S_IMODE(part.stat().st_mode) == 0o600
    service.close()
    assert not part.exists() and not journal.cache.exists()


def test_a_journal_opened_for_reading_makes_none(journal):
    journal.service.close()
    journal.cache.unlink()
    service = journal.open(read_only=True)
    settle(service)
    assert not journal.cache.exists() and not by_snapshot(service)


@pytest.mark.parametrize("how", ["purge", "merge", "rotate", "compact"])
def test_what_takes_out_for_good_leaves_no_older_one(journal, how, tmp_path):
    service, old = journal.open(), journal.cache.read_bytes()
    assert by_snapshot(service)
    assert same_bytes(old, journal.state) == [journal.cache.name]
    if how == "purge":
        service.purge(journal.eids[1])
    elif how == "rotate":
        journal.words = service.rotate("another quiet garden word").words
    elif how == "compact":
        service.compact()
    else:
        shutil.copy(journal.path, tmp_path / "copy.vault")
        there = JournalService.open(
            tmp_path / "copy.vault", recovery_key=journal.words, clock=CLOCK, state_dir=tmp_path / "there"
        )
        there.purge(journal.session)
        there.close()
        change = service.merge(service._vault.recognise(tmp_path / "copy.vault")).change
        assert change.touches("session")
    assert same_bytes(old, journal.state) == []
    journal.must_be_right()
    assert settle(service) == []
    journal.must_be_right()
    assert same_bytes(old, journal.state) == []
    service.close()
    journal.cache.write_bytes(old)  # put back from outside
    assert not by_snapshot(journal.open()) or how == "compact"
    journal.must_be_right()
    settle(journal.service)
    assert (same_bytes(old, journal.state) == []) is (how != "compact")


@pytest.mark.parametrize("damaged", [False, True])
def test_an_older_copy_that_is_read_neither_uses_nor_removes_it(journal, damaged, tmp_path):
    service = journal.open()
    shutil.copy(journal.path, tmp_path / "older.vault")
    service.delete(journal.eids[1])
    for number in range(9):
        journal.eids.append(service.save(Page(at=at(12), text=f"later {number}")).eid)
    settle(service)
    service.close()
    kept = journal.cache.read_bytes()
    if damaged:
        with surgery(tmp_path / "older.vault") as db:
            db.execute("UPDATE rec SET v = x'00' WHERE eid = ?", [bytes.fromhex(journal.eids[2])])
    older = journal.open(tmp_path / "older.vault", read_only=True)
    settle(older)
    assert not by_snapshot(older) and older.report.ok is not damaged
    journal.must_be_right()
    assert journal.cache.read_bytes() == kept
    assert by_snapshot(journal.open())
    journal.must_be_right()


def test_a_damaged_copy_that_is_opened_for_reading_leaves_it(journal, tmp_path):
    journal.service.close()
    shutil.copy(journal.path, tmp_path / "copy.vault")
    with surgery(tmp_path / "copy.vault") as db:
        db.execute("UPDATE rec SET v = x'00' WHERE eid = ?", [bytes.fromhex(journal.eids[2])])
    kept = journal.cache.read_bytes()
    copy = journal.open(tmp_path / "copy.vault", read_only=True)
    assert not by_snapshot(copy) and not copy.report.ok
    assert settle(copy) == []
    journal.must_be_right()
    assert journal.cache.read_bytes() == kept


def test_a_window_that_only_reads_goes_on_while_the_other_saves(journal):
    writer = journal.open()
    reader = JournalService.open(
        journal.path, recovery_key=journal.words, clock=CLOCK, state_dir=journal.state, read_only=True
    )
    assert reader.read_only and not by_snapshot(reader)  # it could not look up what the other takes away
    for eid in journal.eids[1:]:
        writer.save(Page(at=at(2), text="changed in the other window"), eid)
    assert [reader.get(eid).eid for eid in journal.eids] == journal.eids
    assert {reader.get(eid).record.text for eid in journal.eids[1:4]}.isdisjoint({"changed in the other window"})
    assert settle(reader, 0.0) == []
    reader.close()


# -- where one cannot be made ----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["no room", "no folder", "a folder of its name", "a folder of its first name"])
def test_where_it_cannot_be_made_nothing_is_said_and_it_is_not_tried_again(journal, how):
    journal.service.close()
    cache = journal.cache
    cache.unlink()
    service = journal.open()
    in_the_way = {"a folder of its name": cache, "a folder of its first name": cache.with_suffix(".cache-part")}
    kept = journal.folder / "kept"
    if how in in_the_way:
        in_the_way[how].mkdir()
    if how == "no folder":
        journal.state.rename(kept)
        journal.state.write_text("in the way")
    if how == "no room":
        with room(2000):
            assert settle(service, 0.0) == []
    assert settle(service, 0.0) == []
    if how in in_the_way:
        in_the_way[how].rmdir()
    if how == "no folder":
        journal.state.unlink()
        kept.rename(journal.state)
    assert settle(service) == []
    assert [path.name for path in journal.state.glob("*.cache*")] == []
    service.save(Page(at=at(4), text="all the same"))
    journal.must_be_right()
    settle(journal.open())
    assert journal.cache.is_file()


def test_where_an_entry_cannot_be_read_any_more_it_is_given_up(journal):
    journal.service.close()
    journal.cache.unlink()
    service = journal.open()
    for number in range(12):
        service.save(Page(at=at(5), text=f"more {number}"))
    settle(service)
    for number in range(12):
        service.save(Page(at=at(6), text=f"still more {number}"))
    with surgery(journal.path) as db:
        db.execute("UPDATE rec SET v = x'00'")
    assert settle(service, 0.0) == []
    assert len(service.rows()) == len(journal.eids) + 24
    assert not journal.cache.with_suffix(".cache-part").exists()


# -- killed while it is made -----------------------------------------------------------------------------------

_DYING = """
import os, shutil, sys
from pathlib import Path
import journal.service.snapshots, journal.store.base, journal.vault.cached
from journal.service import JournalService
from tests.journal.vault.dying import Dying
journal.vault.cached.SMALL, journal.service.snapshots._TEXTS, journal.service.snapshots._FEW = 0, 3, 3
journal.service.snapshots.LINES = journal.store.base.LINES = 4
folder, words, number, status = Path(sys.argv[1]), sys.stdin.readline().strip(), 0, -1
while status != 0:
    number += 1
    here = folder / str(number)
    shutil.copytree(folder / "mine", here)
    child = os.fork()
    if child == 0:
        service = JournalService.open(here / "mine.vault", recovery_key=words, state_dir=here / "state")
        service.look_at_all()
        dying = Dying(number)
        with dying.everywhere():
            while service.go_on(0.0).more:
                dying.tick()
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(status, flush=True)
"""


@pytest.mark.parametrize("older", [False, True])
def test_killed_at_any_moment_while_it_is_made_nothing_is_lost_or_left(journal, tmp_path, older):
    for number in range(9):
        journal.eids.append(journal.service.save(Page(at=at(12), text=f"later {number}")).eid)
    journal.service.close()
    if not older:
        journal.cache.unlink()
    mine = tmp_path / "dying" / "mine"
    mine.mkdir(parents=True)
    shutil.copy(journal.path, mine)
    shutil.copytree(journal.state, mine / "state")
    command = [sys.executable, "-W", "ignore", "-c", _DYING, str(mine.parent)]
    done = subprocess.run(
        command, input=journal.words + "\n", capture_output=True, text=True, cwd=ROOT, check=False, timeout=120
    )
    statuses = done.stdout.split()
    assert statuses[-1] == "0" and set(statuses[:-1]) == {"9"} and len(statuses) > 20, done.stderr
    left = 0
    for number in range(1, len(statuses) + 1):
        journal.path, journal.state = mine.parent / str(number) / "mine.vault", mine.parent / str(number) / "state"
        part = journal.cache.with_suffix(".cache-part")
        left += part.exists()
        service = journal.open()
        assert not part.exists()
        assert service.report.ok and not service.read_only
        if number % 4 == 0:
            journal.must_be_right()
        assert settle(service) == [] and journal.cache.is_file()
        assert not part.exists()
    assert left > 10
