"""Whatever is changed in the file while a snapshot is there: it is named, and all is as if no snapshot had been."""

from __future__ import annotations

import contextlib
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from journal.clock import FixedClock
from journal.errors import DamagedJournal, JournalError, ReadOnlyJournal
from journal.records import Experience, Page, Session, Settings
from journal.service import JournalService
from journal.share import Selection
from journal.store import Query
from journal.vault import FAST, Report
from tests.journal.service.entries import PASSWORD, at
from tests.journal.service.snapshots import (
    by_snapshot,
    cache_of,
    exports,
    lower,
    must_answer_alike,
    plainly,
    settle,
)
from tests.journal.service.test_snapshots_always import START
from tests.journal.vault.tampering import flipped, keys, put, put_back, surgery, value

pytestmark = pytest.mark.usefixtures("small_parts")
CLOCK = FixedClock(START)


class Sample(NamedTuple):
    """A journal with a past and its snapshot, closed."""

    folder: Path
    words: str
    eids: list[str]
    older: Path  # a copy from before the last changes
    removed: str
    attached: str


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        lower(patch)
        service, words = JournalService.create(
            folder / "mine.vault", PASSWORD, profile=FAST, clock=CLOCK, state_dir=folder / "state"
        )
        session = service.save(Session(starts=at(2), happened=True)).eid
        texts = [f"entry-{number} by the well-known river" for number in range(24)]
        pages = [Page(at=at(1 + number), text=text, tags=("sea",)) for number, text in enumerate(texts[:12])]
        written = [
            Experience(at=at(1 + number), text=text, session=session) for number, text in enumerate(texts[12:])
        ]
        eids = [session, *(one.eid for one in service.save_many([*pages, *written]).saved)]
        attached = service.attach_bytes(eids[1], "note.txt", b"attached " * 400).eid
        service.delete(eids[2])
        purged = service.save(Page(at=at(1), text="purged")).eid
        shutil.copy(folder / "mine.vault", folder / "older.vault")
        service.purge(purged)
        service.save(Page(at=at(3), text="changed"), eids[3])
        service.save_settings(Settings(name="mine"))
        service.put_draft(eids[4], Page(at=at(1), text="not finished"))
        service._vault.report = Report(rows=30)
        assert settle(service) == []
        service.close()
    assert cache_of(folder / "state").is_file()
    yield Sample(folder, words, [*eids, attached, purged], folder / "older.vault", eids[2], attached)


class Opened(NamedTuple):
    path: Path
    state: Path


def fresh(sample: Sample, folder: Path) -> Opened:
    """A copy of both, to work on."""
    shutil.rmtree(folder / "work", ignore_errors=True)
    (folder / "work").mkdir()
    shutil.copy(sample.folder / "mine.vault", folder / "work")
    shutil.copytree(sample.folder / "state", folder / "work" / "state")
    return Opened(folder / "work" / "mine.vault", folder / "work" / "state")


def opened_by(sample: Sample, work: Opened, *, read_only: bool = False) -> JournalService:
    return JournalService.open(
        work.path, recovery_key=sample.words, clock=CLOCK, state_dir=work.state, read_only=read_only
    )


def place_of(sample: Sample, work: Opened, number: int) -> tuple[bytes, bytes]:
    """A row of the entry of this number."""
    eid = bytes.fromhex(sample.eids[number])
    return next(key for key in keys(work.path, "rec") if key[0] == eid)


def judge(sample: Sample, work: Opened, folder: Path, *, read_only: bool = False) -> str:
    """Open both ways and look at all of it: "refused", "named", "clean"."""
    try:
        other = plainly(work.path, sample.words, CLOCK, folder / "beside", read_only=read_only)
    except JournalError as error:
        with pytest.raises(type(error)):
            opened_by(sample, work, read_only=read_only)
        return "refused"
    service = opened_by(sample, work, read_only=read_only)
    try:
        before = service.report.damage
        said, more = [], True
        while more:
            behind = service.go_on(0.0)
            more = behind.more
            if behind.report is not None:
                assert behind.change.everything
                said.append(behind.report)
        assert service.report.damage == other.report.damage
        assert (service.read_only, service.report.rows) == (other.read_only, other.report.rows)
        assert service.report.why_read_only == other.report.why_read_only
        assert len(said) == (service.report.damage != before)
        assert not said or said[0] is service.report
        must_answer_alike(service, other, sample.eids)
        assert exports(service, folder) == exports(other, folder)
        if other.read_only and not read_only:
            assert not by_snapshot(service) or service.report.damage == before
        assert service.go_on().report is None
    finally:
        service.close()
        other.close()
    return "named" if other.report.damage else "clean"


# -- every sort of row ----------------------------------------------------------------------------------------


def alter(work: Opened, table: str, key: tuple) -> None:
    body = value(work.path, table, key) or b""
    put(work.path, table, key, flipped(body, len(body) // 2))


def swap(work: Opened, table: str, one: tuple, other: tuple) -> None:
    first, second = value(work.path, table, one), value(work.path, table, other)
    put(work.path, table, one, second)
    put(work.path, table, other, first)


def test_as_it_was_nothing_is_named(sample, tmp_path):
    assert judge(sample, fresh(sample, tmp_path), tmp_path) == "clean"
    work = fresh(sample, tmp_path)
    service = opened_by(sample, work)
    assert by_snapshot(service)
    service.close()


@pytest.mark.parametrize("number", [0, 1, 2, 3, 9, -2])
@pytest.mark.parametrize("how", ["altered", "removed", "swapped", "under another id", "cut to nothing"])
def test_a_row_of_an_entry(sample, tmp_path, number, how):
    work = fresh(sample, tmp_path)
    place, other = place_of(sample, work, number), place_of(sample, work, 5)
    if how == "altered":
        alter(work, "rec", place)
    elif how == "removed":
        put(work.path, "rec", place, None)
    elif how == "swapped":
        swap(work, "rec", place, other)
    elif how == "under another id":
        put(work.path, "rec", (place[0], b"\xee" * 16), value(work.path, "rec", place))
    else:
        put(work.path, "rec", place, b"")
    assert judge(sample, work, tmp_path) == "named"


@pytest.mark.parametrize("eid", [b"", b"\0" * 16, b"\x7f", b"\xff" * 16, b"\xff" * 40])
def test_a_row_added_from_outside(sample, tmp_path, eid):
    work = fresh(sample, tmp_path)
    put(work.path, "rec", (eid, b"\x11" * 16), b"\x01" * 1200)
    assert judge(sample, work, tmp_path) == "named"


def test_a_row_put_back_that_was_removed_for_good(sample, tmp_path):
    work = fresh(sample, tmp_path)
    purged = bytes.fromhex(sample.eids[-1])
    (key,) = (key for key in keys(sample.older, "rec") if key[0] == purged)
    put(work.path, "rec", key, value(sample.older, "rec", key))
    assert judge(sample, work, tmp_path) == "named"


MORE = ("list", "list_copy", "segment", "manifest")


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    "tables",
    [
        ["rec"], ["bucket"], ["manifest"], ["slot"], ["meta"], ["draft"], ["list", "list_copy"], ["segment"],
        ["rec", "bucket"], ["bucket", "manifest"], ["rec", "manifest"], ["rec", "bucket", *MORE],
        ["rec", "bucket", *MORE, "meta", "slot", "draft", "blob"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_whole_tables_put_back(sample, tmp_path, tables, read_only):
    work = fresh(sample, tmp_path)
    put_back(work.path, sample.older, *tables)
    assert judge(sample, work, tmp_path, read_only=read_only) in ("named", "clean")


@pytest.mark.parametrize("table", ["bucket", "manifest", "slot", "meta", "draft"])
@pytest.mark.parametrize("how", ["altered", "removed", "swapped", "all removed"])
def test_a_row_of_the_other_tables(sample, tmp_path, table, how):
    work = fresh(sample, tmp_path)
    every = keys(work.path, table)
    if how == "altered":
        alter(work, table, every[0])
    elif how == "removed":
        put(work.path, table, every[-1], None)
    elif how == "swapped":
        swap(work, table, every[0], every[-1])
    else:
        with surgery(work.path) as db:
            db.execute(f"DELETE FROM {table}")
    assert judge(sample, work, tmp_path) in ("named", "refused", "clean")


def test_a_body_of_an_attachment(sample, tmp_path):
    work = fresh(sample, tmp_path)
    with surgery(work.path) as db:
        db.execute("UPDATE blob SET v = substr(v, 2)")
    assert judge(sample, work, tmp_path) == "named"


def test_any_page_of_the_file(sample, tmp_path):
    work = fresh(sample, tmp_path)
    data, seen = work.path.read_bytes(), set[str]()
    for page in range(1, len(data) // 16384):
        work = fresh(sample, tmp_path)
        work.path.write_bytes(data[: page * 16384] + bytes(16384) + data[(page + 1) * 16384 :])
        seen.add(judge(sample, work, tmp_path))
    assert "named" in seen


def test_any_byte_of_the_file(sample, tmp_path):
    draw = random.Random()
    data = (sample.folder / "mine.vault").read_bytes()
    for place in (draw.randrange(len(data)) for _ in range(25)):
        work = fresh(sample, tmp_path)
        work.path.write_bytes(flipped(data, place))
        try:
            judge(sample, work, tmp_path)
        except AssertionError as error:
            raise AssertionError(f"byte {place}: {error}") from error


# -- before the check got there -------------------------------------------------------------------------------


@pytest.fixture(params=["altered", "removed"])
def damaged(request, sample, tmp_path) -> Iterator[tuple[JournalService, Opened]]:
    """Open by a snapshot, with one entry (of number 9) that is not whole, and nothing looked at yet."""
    work = fresh(sample, tmp_path)
    place = place_of(sample, work, 9)
    alter(work, "rec", place) if request.param == "altered" else put(work.path, "rec", place, None)
    service = opened_by(sample, work)
    assert by_snapshot(service) and service.report.ok and not service.read_only
    yield service, work
    service.close()


def test_a_damaged_entry_that_is_opened_says_so(sample, damaged):
    service, _ = damaged
    bad, good = sample.eids[9], sample.eids[8]
    for ask in (service.get, service.find, service.versions, service.sides):
        with pytest.raises(DamagedJournal):
            ask(bad)
    with pytest.raises(DamagedJournal):
        service.save(Page(at=at(1), text="over it"), bad)
    with pytest.raises(DamagedJournal):
        service.delete(bad)
    assert service.get(good).record.text
    assert service.count(Query(text="well-known")) == service.count(Query(text="river")) - 1  # read in the texts
    (report,) = settle(service, 0.0)
    assert {entry.eid for entry in report.damage} == {bad}
    assert service.read_only
    assert service.find(bad) is None
    assert service.count(Query(text="well-known")) == service.count(Query(text="river"))


def test_a_removed_entry_that_is_damaged_says_so(sample, tmp_path):
    work = fresh(sample, tmp_path)
    eid = bytes.fromhex(sample.removed)
    rows = [key for key in keys(work.path, "rec") if key[0] == eid]
    assert len(rows) == 2
    for row in rows:
        work = fresh(sample, tmp_path)
        put(work.path, "rec", row, None)
        service = opened_by(sample, work)
        assert by_snapshot(service)
        with contextlib.suppress(DamagedJournal):
            service.removed()
        (report,) = settle(service)
        assert {entry.eid for entry in report.damage} == {sample.removed}
        service.removed()
        service.close()


def _share(service: JournalService, folder: Path) -> None:
    service.preview_share(Selection(eids=frozenset(item.eid for item in service._items.of_kind("page"))))


ALL: dict[str, Callable[[JournalService, Path], object]] = {
    "backup": lambda service, folder: service.backup(folder / "made.vault"),
    "back up now": lambda service, folder: service.back_up_now(),
    "rotate": lambda service, folder: service.rotate("another quiet garden word"),
    "purge": lambda service, folder: service.purge(service.rows()[0].eid),
    "purge removed": lambda service, folder: service.purge_removed(),
    "compact": lambda service, folder: service.compact(),
    "write a share": lambda service, folder: service.write_share(
        Selection(eids=frozenset(row.eid for row in service.rows())), folder / "made.age", passphrase="quiet words"
    ),
    "synced folder": lambda service, folder: (folder.joinpath("synced").mkdir(), service.sync(folder / "synced")),
}


@pytest.mark.parametrize("what", list(ALL))
def test_what_goes_through_all_entries_refuses(damaged, tmp_path, what):
    service, work = damaged
    before = work.path.read_bytes()
    with pytest.raises(JournalError):
        ALL[what](service, tmp_path)
    assert work.path.read_bytes() == before
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()} - {"mine.vault", "mine.vault.lock"}
    assert {name for name in left if not name.endswith((".json", ".cache"))} == set()
    assert len(settle(service)) == 1
    assert service.read_only


def test_going_on_elsewhere_takes_all_but_what_is_damaged_and_names_that(sample, damaged, tmp_path):
    service, work = damaged
    before = work.path.read_bytes()
    service.go_on_in(tmp_path / "made.vault")
    assert [entry.eid for entry in service.left_behind] == [sample.eids[9]]
    assert work.path.read_bytes() == before
    assert service.verify().ok and not service.read_only
    assert service.find(sample.eids[9]) is None
    assert service.get(sample.eids[8]).record.text
    assert settle(service) == []


def test_a_copy_is_not_merged_into_what_is_damaged(sample, damaged, tmp_path):
    service, work = damaged
    before = work.path.read_bytes()
    preview = service.look_into(sample.older)
    assert service.read_only
    with pytest.raises(ReadOnlyJournal):
        service.merge(preview.copy)
    assert work.path.read_bytes() == before
    assert len(settle(service)) == 1


def test_what_only_reads_leaves_out_what_is_damaged(sample, damaged, tmp_path):
    service, _ = damaged
    exported = exports(service, tmp_path)
    assert service.read_only
    assert b"entry-8 by" not in exported["json"][0]
    assert b"entry-7 by" in exported["json"][0]
    assert sample.eids[9] not in {item.eid for item in service.items()}
    _share(service, tmp_path)
    assert len(settle(service)) == 1


def test_no_backup_of_what_is_damaged_takes_an_older_s_place(sample, damaged, tmp_path):
    service, work = damaged
    state = service.keep_backups()
    assert state.backups == ()
    service.leave()
    assert list(work.state.rglob("*.vault")) == []


def test_leaving_before_the_check_makes_no_backup_of_what_is_damaged(damaged):
    service, work = damaged
    service.leave()
    assert list(work.state.rglob("*.vault")) == []
