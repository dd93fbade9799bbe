"""Bytes flipped, cut off, added, exchanged: never a crash, never altered text shown as good, always named.

`benchmarks/tamper.py` flips every byte there is; here are all bytes of the parts that matter, and some of the rest.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from journal.cli.commands import cli
from journal.errors import DamagedJournal, NotAJournal, StorageFailed
from journal.vault import Vault
from tests.journal.vault.samples import PASSWORD, by_words
from tests.journal.vault.tampering import (
    KEYS,
    Original,
    build,
    flipped,
    judge,
    keys,
    put,
    slot_of,
    surgery,
    value,
)
from tests.privileges import as_anybody

PAGE = 16384


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Original:
    return build(tmp_path_factory.mktemp("original"))


@pytest.fixture(scope="module")
def data(original) -> bytes:
    return original.path.read_bytes()


def places_of(data: bytes, stored: bytes) -> range:
    """Where a stored value is in the file (of a long one, the part before it goes on elsewhere)."""
    start = data.index(stored[:64])
    return range(start, start + min(len(stored), 1024))


def flip_each(original: Original, data: bytes, folder: Path, places: range, **secret: str) -> Counter[str]:
    """What came of each flip. All rules are in `judge`."""
    work = folder / "work.vault"
    work.write_bytes(data)
    outcomes: Counter[str] = Counter()
    with work.open("r+b", buffering=0) as file:
        for place in places:
            os.pwrite(file.fileno(), flipped(data[place : place + 1], 0, 1 << place * 5 % 8), place)
            outcomes[judge(work, original, **secret).outcome] += 1
            os.pwrite(file.fileno(), data[place : place + 1], place)
    assert judge(work, original, **secret).outcome == "clean"
    return outcomes


# -- single bytes ---------------------------------------------------------------------------------------------


def test_every_byte_of_sqlites_header_flipped(original, data, tmp_path):
    outcomes = flip_each(original, data, tmp_path, range(100))
    assert outcomes["refused"] > 25  # its magic, page size, application id, version
    assert sum(outcomes.values()) == 100


def test_a_damaged_header_is_called_damage_or_no_journal_and_never_a_failing_disk(original, data, tmp_path):
    errors = set()
    for place in range(100):
        (tmp_path / "work.vault").write_bytes(flipped(data, place, 0xFF))
        errors.add(judge(tmp_path / "work.vault", original).error)
    assert errors <= {"", "DamagedJournal", "NotAJournal", "NewerFormat"}


def test_every_byte_of_the_schema_flipped(original, data, tmp_path):
    start = data.index(b"table", 100, PAGE)
    outcomes = flip_each(original, data, tmp_path, range(data.rindex(b"CREATE", 0, PAGE) - 40, PAGE, 3))
    outcomes += flip_each(original, data, tmp_path, range(start, start + 200))
    outcomes += flip_each(original, data, tmp_path, range(100, 140))
    assert outcomes["refused"] > outcomes["clean"]


@pytest.mark.parametrize("table", KEYS)
def test_bytes_of_every_stored_value_flipped(original, data, tmp_path, table):
    step = {"rec": 29, "manifest": 5, "draft": 7, "list": 37, "list_copy": 41, "bucket": 7}.get(table, 3)
    for key in keys(original.path, table):
        stored = value(original.path, table, key)
        where = places_of(data, stored)
        outcomes = flip_each(original, data, tmp_path, where[::step])
        assert outcomes == {"named": len(where[::step])}, key  # no byte of them is without meaning
        outcomes = flip_each(original, data, tmp_path, where[: 1 + 24 + 32])
        assert outcomes == {"named": 57}, key


def test_bytes_of_the_password_slot_flipped_are_no_wrong_password(original, data, tmp_path):
    _, body = slot_of(original.path, 1)
    where = places_of(data, body)
    outcomes = flip_each(original, data, tmp_path, where[::6], password=PASSWORD)
    assert outcomes == {"named": len(where[::6])}


def test_bytes_spread_over_the_whole_file_flipped(original, data, tmp_path):
    outcomes = flip_each(original, data, tmp_path, range(0, len(data), 251))
    assert sum(outcomes.values()) > 800
    assert outcomes["named"] > 100


def test_bytes_flipped_before_it_is_opened_for_writing(original, data, tmp_path):
    for place in range(50, len(data), 1499):
        (tmp_path / "work.vault").write_bytes(flipped(data, place))
        judge(tmp_path / "work.vault", original, read_only=False)


# -- pieces ---------------------------------------------------------------------------------------------------


def test_cut_off_at_any_length(original, data, tmp_path):
    work = tmp_path / "work.vault"
    lengths = {*range(0, len(data), PAGE), *range(1, len(data), 4999), *range(0, 120, 9), len(data) - 1}
    for length in sorted(lengths):
        work.write_bytes(data[:length])
        for read_only in (True, False):
            outcome = judge(work, original, read_only=read_only).outcome
            assert outcome != "clean" or length > len(data) - PAGE, length


@pytest.mark.parametrize("more", [b"x", bytes(PAGE), b"\xa5" * 3 * PAGE + b"odd"], ids=["byte", "page", "noise"])
def test_bytes_added_at_the_end_do_no_harm(original, data, tmp_path, more):
    (tmp_path / "work.vault").write_bytes(data + more)
    for read_only in (True, False):
        judge(tmp_path / "work.vault", original, read_only=read_only)


@pytest.mark.parametrize("content", [bytes(PAGE), b"\xff" * PAGE], ids=["zeros", "ones"])
def test_any_page_lost_is_named(original, data, tmp_path, content):
    with surgery(original.path) as db:
        empty = {page for (page,) in db.execute("SELECT rootpage FROM sqlite_schema WHERE name IN ('blob', 'cache')")}
    for number in range(1, len(data) // PAGE + 1):
        (tmp_path / "work.vault").write_bytes(data[: (number - 1) * PAGE] + content + data[number * PAGE :])
        outcome = judge(tmp_path / "work.vault", original).outcome
        assert outcome != "clean" or number in empty


def test_any_two_pages_exchanged_are_named(original, data, tmp_path):
    pages = [data[start : start + PAGE] for start in range(0, len(data), PAGE)]
    for one in range(1, len(pages)):
        for other in range(one + 1, len(pages)):
            mixed = list(pages)
            mixed[one], mixed[other] = mixed[other], mixed[one]
            (tmp_path / "work.vault").write_bytes(b"".join(mixed))
            judge(tmp_path / "work.vault", original)


# -- what lies beside the file --------------------------------------------------------------------------------


@pytest.fixture
def cut_off(original, tmp_path) -> Path:
    """A vault as a crash in the middle of a save leaves it: half-written, with the journal that undoes it."""
    shutil.copy(original.path, tmp_path / "busy.vault")
    with surgery(tmp_path / "busy.vault") as db:
        db.execute("PRAGMA cache_size=1")  # so that pages are written before the commit
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE rec SET v = zeroblob(length(v))")
        db.execute("UPDATE manifest SET v = zeroblob(length(v))")
        db.execute("INSERT INTO blob VALUES (x'00', 1, zeroblob(1000000))")
        for suffix in ("", "-journal"):
            shutil.copy(tmp_path / f"busy.vault{suffix}", tmp_path / f"cut.vault{suffix}")
        db.execute("ROLLBACK")
    assert (tmp_path / "cut.vault").read_bytes() != original.path.read_bytes()
    return tmp_path / "cut.vault"


@pytest.mark.parametrize("read_only", [True, False])
def test_a_save_that_was_cut_off_is_undone(original, cut_off, read_only):
    assert judge(cut_off, original, read_only=read_only).outcome == "clean"
    assert not cut_off.with_name("cut.vault-journal").exists()


def test_a_save_that_was_cut_off_is_undone_by_whichever_name_it_is_opened(original, cut_off):
    link = cut_off.with_name("link.vault")
    link.symlink_to(cut_off)
    assert judge(link, original).outcome == "clean"
    assert not cut_off.with_name("cut.vault-journal").exists()


def test_a_save_that_was_cut_off_where_nothing_can_be_written_says_what_to_do(original, cut_off, reachable):
    for suffix in ("", "-journal"):
        shutil.copy(cut_off.with_name(f"cut.vault{suffix}"), reachable / f"cut.vault{suffix}")
        (reachable / f"cut.vault{suffix}").chmod(0o444)
    reachable.chmod(0o555)
    with as_anybody():
        for read_only in (True, False):
            with pytest.raises(StorageFailed, match="Copy it, and the file beside it"):
                by_words(reachable / "cut.vault", original.words, read_only=read_only)


def test_a_damaged_journal_beside_the_file_shows_nothing_wrong(original, cut_off):
    beside = cut_off.with_name("cut.vault-journal")
    half, undo = cut_off.read_bytes(), beside.read_bytes()
    for place in [*range(28), *range(512, len(undo), 9973)]:
        cut_off.write_bytes(half)
        beside.write_bytes(flipped(undo, place))
        judge(cut_off, original, read_only=False)


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize("content", [b"", b"words", bytes(5000), b"\xa5" * 40_000], ids=len)
def test_a_meaningless_file_beside_it_does_no_harm(original, tmp_path, suffix, content):
    shutil.copy(original.path, tmp_path / "work.vault")
    (tmp_path / f"work.vault{suffix}").write_bytes(content)
    for read_only in (True, False):
        assert judge(tmp_path / "work.vault", original, read_only=read_only).outcome == "clean"


@pytest.mark.parametrize("read_only", [True, False])
def test_a_journal_that_names_another_file_deletes_nothing(original, tmp_path, read_only):
    shutil.copy(original.path, tmp_path / "work.vault")
    victim = tmp_path / "victim"
    victim.write_text("precious")
    magic = bytes.fromhex("d9d505f920a163d7")
    pages = original.path.stat().st_size // PAGE
    head = magic + b"".join(number.to_bytes(4, "big") for number in (0, 0, pages, 512, PAGE))
    name = str(victim).encode()
    tail = (0x40000000 // PAGE + 1).to_bytes(4, "big") + name + len(name).to_bytes(4, "big")
    tail += sum(name).to_bytes(4, "big") + magic
    (tmp_path / "work.vault-journal").write_bytes(head.ljust(512, b"\0") + tail)
    with pytest.raises(NotAJournal, match="not made by this program"):
        by_words(tmp_path / "work.vault", original.words, read_only=read_only)
    assert victim.read_text() == "precious"


@pytest.mark.parametrize("beside", ["work.vault-journal", "work.vault.lock"])
def test_a_link_beside_it_is_not_written_through(original, tmp_path, beside):
    shutil.copy(original.path, tmp_path / "work.vault")
    victim = tmp_path / "victim"
    victim.write_bytes(bytes(1000))
    (tmp_path / beside).symlink_to(victim)
    try:
        vault = by_words(tmp_path / "work.vault", original.words)
    except NotAJournal:
        assert beside.endswith("-journal")
    else:
        assert vault.read_only
        vault.close()
    assert victim.read_bytes() == bytes(1000)


# -- the command ----------------------------------------------------------------------------------------------


def verify(path: Path, words: str) -> tuple[int, str]:
    (path.parent / "words").write_text(words)
    result = CliRunner().invoke(cli, ["verify", str(path), "--recovery-file", str(path.parent / "words")])
    return result.exit_code, result.output


def test_verify_ends_with_0_for_a_whole_vault(original, tmp_path):
    shutil.copy(original.path, tmp_path / "work.vault")
    assert verify(tmp_path / "work.vault", original.words)[0] == 0


@pytest.mark.parametrize("table", KEYS)
def test_verify_ends_with_3_and_names_what_is_damaged(original, tmp_path, table):
    shutil.copy(original.path, tmp_path / "work.vault")
    key, *_ = keys(original.path, table)
    put(tmp_path / "work.vault", table, key, flipped(value(original.path, table, key), 30))
    code, output = verify(tmp_path / "work.vault", original.words)
    assert code == 3
    names = {
        "meta": "first page", "slot": "way to open", "bucket": "Part ", "manifest": "two lists",
        "segment": "Segment ", "list": "One of two copies of a part", "list_copy": "One of two copies of a part",
    }  # fmt: skip
    assert names.get(table, key[0].hex() if table == "rec" else "draft") in output


def test_verify_ends_with_3_for_a_file_too_damaged_to_open(original, data, tmp_path):
    (tmp_path / "work.vault").write_bytes(data[: 3 * PAGE])
    code, output = verify(tmp_path / "work.vault", original.words)
    assert code == 3
    assert "damaged" in output
    with pytest.raises(DamagedJournal):
        Vault.open(tmp_path / "work.vault", recovery_key=original.words, state_dir=tmp_path)
