"""A file of any size comes back to the byte, and whatever is changed about a body, its attachment is named."""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.errors import DamagedJournal, InvalidRecord, ReadOnlyJournal, StorageFailed
from journal.ids import new_id
from journal.records import MAX_ATTACHMENT, encode
from journal.vault import NewRevision, verify_file
from journal.vault.bodies import padded
from journal.vault.keys import KeyRing, context
from journal.vault.rows import padme
from journal.vault.sealing import CHUNK, HEAD, PIECE, TAG, SealBroken, row_lengths, seal, unseal
from journal.vault.slots import read_header
from tests.journal.vault.filing import (
    LONG,
    attach,
    attachment,
    begin,
    content,
    files,
    named,
    noise,
    pieces,
    put_piece,
    record_of,
    spoil,
)
from tests.journal.vault.samples import VAULTS, by_words, create, draft, page, reopen
from tests.journal.vault.tampering import keys, put, value

EDGES = [0, 1, 1023, 1024, 1025, CHUNK - 1, CHUNK, CHUNK + 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 5 * PIECE + 77]


def header(path):
    return read_header(value(path, "meta", ("header",)))[0]


@pytest.mark.parametrize("size", EDGES)
def test_a_file_comes_back_to_the_byte(made, size):
    vault, words = made
    data = noise(size)
    written = attach(vault, data)
    assert content(vault, written) == data
    lengths = [len(row) for *_, row in pieces(vault.path)]
    assert lengths == row_lengths(padded(size))
    assert sum(lengths) == HEAD + padded(size) + TAG * (padded(size) // CHUNK + 1)
    assert all(length == 64 * (CHUNK + TAG) + (HEAD if n == 0 else 0) for n, length in enumerate(lengths[:-1]))
    assert vault.verify().ok
    vault.close()
    again = by_words(vault.path, words)
    assert again.report.ok and files(again) == {written.eid: data}
    again.close()


@settings(max_examples=25, deadline=None)
@given(size=st.integers(0, 3 * PIECE), step=st.integers(1, 3 * PIECE))
def test_any_size_in_any_steps(tmp_path_factory, size, step):
    vault, _ = create(tmp_path_factory.mktemp("any"))
    data = noise(size, step)
    written = attach(vault, data, step=max(step, size // 50))
    assert content(vault, written) == data
    assert vault.verify().ok
    vault.close()


@settings(max_examples=60, deadline=None)
@given(length=st.integers(0, 3 * PIECE) | st.sampled_from(EDGES))
def test_rows_put_one_after_the_other_are_one_sealed_value(length):
    key, where, plain = bytes(32), context(b"blob", bytes(16), 1, bytes(16)), noise(length)
    ring = KeyRing(bytes(16), 1, bytes(32))
    sealer = ring.seal_blob(bytes(16))
    rows = [sealer.row(plain[start : start + PIECE]) for start in range(0, length - length % PIECE, PIECE)]
    rows.append(sealer.last(plain[length - length % PIECE :]))
    assert [len(row) for row in rows] == row_lengths(length)
    assert unseal(ring._blobs, where, b"".join(rows)) == plain
    whole = seal(ring._blobs, where, plain)
    opener = ring.open_blob(bytes(16), whole[:HEAD])
    start = 0
    for number, size in enumerate(row_lengths(length)):
        row = whole[start : start + size]
        final = number == len(rows) - 1
        assert opener.row(number, row, final=final) == plain[number * PIECE : (number + 1) * PIECE]
        with pytest.raises(SealBroken):
            opener.row(number, row, final=not final)
        with pytest.raises(SealBroken):
            opener.row(number + 1, row[HEAD:] if number == 0 else row, final=final)
        start += size
    with pytest.raises(SealBroken):
        KeyRing(bytes(16), 1, key).open_blob(bytes(range(16)), whole)


@given(size=st.integers(0, MAX_ATTACHMENT))
def test_what_shows_of_a_size_is_a_step(size):
    assert padded(size) >= max(size, 1024)
    assert padded(size) == max(1024, padme(size)) <= max(1024, size * 1.13)


# -- the format number ----------------------------------------------------------------------------------------------


def test_a_new_vault_is_of_format_3_with_files_and_without(vault):
    for write in (lambda: vault.append([page("no file")]), lambda: attach(vault, b"x"), vault.compact):
        write()
        vault.change_password("a second password")
        assert (header(vault.path).format, header(vault.path).min_reader) == (3, 3)


def test_a_vault_of_format_1_is_of_format_2_from_its_first_file_on(tmp_path):
    words = json.loads((VAULTS / "v1.json").read_text("utf-8"))["recovery_words"]
    vault = by_words(shutil.copy(VAULTS / "v1.vault", tmp_path / "mine.vault"), words)
    vault.append([page("no file")])
    vault.change_password("a second password")
    assert (header(vault.path).format, header(vault.path).min_reader) == (1, 1)
    attach(vault, b"x")
    assert (header(vault.path).format, header(vault.path).min_reader) == (2, 1)
    vault.append([page("more")])
    vault.change_password("a third password")
    assert header(vault.path).format == 2
    vault.close()
    again = by_words(vault.path, words)
    assert again.report.ok and not again.read_only
    again.new_recovery_key()
    assert header(vault.path).format == 2
    again.close()
    assert verify_file(vault.path, password="a third password", state_dir=vault.path.parent).ok


def test_nothing_is_written_that_names_what_is_not_here(vault):
    blob = begin(vault, b"some words")
    other = record_of(vault.begin_blob())
    for record in (record_of(blob), other):
        with pytest.raises(InvalidRecord):
            vault.append([NewRevision(eid=new_id(), kind="attachment", body=encode(record))])
    with pytest.raises(InvalidRecord):
        vault.append([NewRevision(eid=new_id(), kind="attachment", body=encode(other))], body=blob)
    assert list(vault.revisions()) == []
    assert vault.verify().ok


def test_a_second_version_and_a_removal_keep_the_body(made):
    vault, words = made
    first = attach(vault, b"the same")
    renamed = encode(attachment(first)).replace(b"picture.jpg", b"another.jpg")
    new = NewRevision(eid=first.eid, kind="attachment", body=renamed, parents=(first.rev,))
    (second,) = vault.append([new])
    vault.append([NewRevision(
        eid=first.eid, kind="attachment", body=b"null", parents=(second.rev,), deleted=True
    )])  # fmt: skip
    vault.close()
    again = by_words(vault.path, words)
    assert again.report.ok and again.verify().ok
    assert content(again, second) == b"the same"
    again.close()


def test_drafts_and_entries_are_saved_between_two_steps(made):
    vault, words = made
    data = noise(LONG)
    blob = vault.begin_blob()
    for number, start in enumerate(range(0, LONG, PIECE)):
        vault.add_to_blob(blob, data[start : start + PIECE])
        vault.put_draft(draft(f"typed {number}", "d" * 32))
        vault.append([page(f"saved {number}")])
        other = by_words(vault.path, words, read_only=True)
        assert len(other.drafts()) == 1 and len(list(other.revisions())) == number + 1
        other.close()
    new = NewRevision(eid=new_id(), kind="attachment", body=encode(record_of(blob)))
    (written,) = vault.append([new], body=blob)
    assert content(vault, written) == data
    assert vault.verify().ok


def test_a_body_that_is_dropped_leaves_nothing(vault):
    kept = attach(vault, noise(LONG))
    before = pieces(vault.path)
    blob = begin(vault, noise(LONG, 2))
    vault.drop_blob(blob)
    assert pieces(vault.path) == before
    record = attachment(kept)
    named_one = vault.begin_blob()
    named_one.bid = bytes.fromhex(record.blob)
    vault.drop_blob(named_one)  # a body that belongs is not dropped
    assert content(vault, kept) == noise(LONG)


@pytest.mark.parametrize("way", ["compact", "rotate"])
def test_a_journal_written_anew_meanwhile_refuses_the_rest(vault, way):
    blob = vault.begin_blob()
    vault.add_to_blob(blob, noise(LONG))
    vault.compact() if way == "compact" else vault.rotate("eleven loud geese")
    with pytest.raises(StorageFailed, match="Add the file again"):
        vault.add_to_blob(blob, noise(LONG))
    new = NewRevision(eid=new_id(), kind="attachment", body=encode(record_of(blob)))
    with pytest.raises(StorageFailed, match="Add the file again"):
        vault.append([new], body=blob)
    assert vault.verify().ok and not list(vault.revisions())


def test_more_than_any_file_may_hold_is_refused(vault):
    blob = vault.begin_blob()
    blob.size = MAX_ATTACHMENT
    with pytest.raises(InvalidRecord):
        vault.add_to_blob(blob, b"x")


def test_a_vault_open_for_reading_takes_no_file(made):
    vault, words = made
    vault.close()
    reading = by_words(vault.path, words, read_only=True)
    with pytest.raises(ReadOnlyJournal):
        reading.begin_blob()
    reading.close()


# -- what is altered is named ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A vault with a file of three rows, one of two, and a small one."""
    vault, words = create(tmp_path_factory.mktemp("original"))
    written = {one.eid: one for one in (attach(vault, noise(size, size)) for size in (LONG, PIECE + 5, 10))}
    vault.append([page("beside them")])
    vault.close()
    return vault.path, words, written


def rows_of(original):
    return [(bid, n) for bid, n, _ in pieces(original[0])]


def eid_of(original, bid: bytes) -> str:
    return next(eid for eid, one in original[2].items() if attachment(one).blob == bid.hex())


def judged(original, tmp_path, change, *, seen_at_opening: bool) -> set[str]:
    """What a changed copy names; what it does not name opens, and what it names does not."""
    path, words, written = original
    work = tmp_path / "work.vault"
    shutil.copy(path, work)
    change(work)
    assert len(pieces(path)) == 6
    vault = by_words(work, words)
    at_opening = named(vault.report.damage)
    assert vault.read_only == bool(at_opening)
    found = named(vault.verify().damage)
    vault.close()
    assert named(verify_file(work, recovery_key=words, state_dir=work.parent).damage) == found
    assert {what for what, _ in found} == {"blob"}
    assert at_opening == (found if seen_at_opening else set())
    bad = {eid for _, eid in found}
    again = by_words(work, words, read_only=True)
    for eid, one in written.items():
        if eid in bad:
            with pytest.raises(DamagedJournal, match="This file is damaged"):
                content(again, one)
        else:
            assert content(again, one) == noise(attachment(one).size, attachment(one).size)
    assert again.report.rows == 4
    again.close()
    return bad


@pytest.mark.parametrize("row", range(6))
@pytest.mark.parametrize("place", [0, 30, 100, -1])
def test_any_altered_row_is_named(original, tmp_path, row, place):
    bid, n, stored = pieces(original[0])[row]

    def change(work):
        put_piece(work, (bid, n), stored[:place] + bytes([stored[place] ^ 1]) + stored[place:][1:])

    assert judged(original, tmp_path, change, seen_at_opening=False) == {eid_of(original, bid)}


@pytest.mark.parametrize("row", range(6))
@pytest.mark.parametrize("how", ["removed", "cut", "a chunk cut", "longer", "empty"])
def test_any_row_of_another_length_is_named_at_opening(original, tmp_path, row, how):
    bid, n, stored = pieces(original[0])[row]
    changed = {
        "removed": None, "cut": stored[:-1], "a chunk cut": stored[: -CHUNK - TAG], "longer": stored + b"\0",
        "empty": b"",
    }[how]  # fmt: skip
    bad = judged(original, tmp_path, lambda work: put_piece(work, (bid, n), changed), seen_at_opening=True)
    assert bad == {eid_of(original, bid)}


@pytest.mark.parametrize("row", range(6))
def test_a_row_too_many_is_named_at_opening(original, tmp_path, row):
    bid, n, stored = pieces(original[0])[row]
    bad = judged(original, tmp_path, lambda work: put_piece(work, (bid, n + 9), stored), seen_at_opening=True)
    assert bad == {eid_of(original, bid)}


def test_rows_in_another_order_are_named(original, tmp_path):
    long = next(bid for bid, n in rows_of(original) if n == 2)
    row = {n: stored for bid, n, stored in pieces(original[0]) if bid == long}

    def change(work):
        put_piece(work, (long, 1), row[2])
        put_piece(work, (long, 2), row[1])

    assert judged(original, tmp_path, change, seen_at_opening=True) == {eid_of(original, long)}


def test_a_row_of_another_body_is_named(original, tmp_path):
    first = [(bid, stored) for bid, n, stored in pieces(original[0]) if n == 0 and len(stored) > PIECE]

    def change(work):
        put_piece(work, (first[0][0], 0), first[1][1])

    bad = judged(original, tmp_path, change, seen_at_opening=False)
    assert bad == {eid_of(original, first[0][0])}


def test_a_whole_body_of_another_vault_is_named(original, tmp_path):
    other, _ = create(tmp_path, "other.vault")
    attach(other, noise(LONG, LONG))
    other.close()
    long = next(bid for bid, n in rows_of(original) if n == 2)

    def change(work):
        for _, n, stored in pieces(other.path):
            put_piece(work, (long, n), stored)

    assert judged(original, tmp_path, change, seen_at_opening=False) == {eid_of(original, long)}


def test_a_body_whose_bytes_are_not_the_file_its_record_names_is_named(vault):
    blob = begin(vault, b"some words")
    blob._sha256 = hashlib.sha256(b"other words")
    new = NewRevision(eid=new_id(), kind="attachment", body=encode(record_of(blob)))
    (written,) = vault.append([new], body=blob)
    assert named(vault.verify().damage) == {("blob", written.eid)}


def test_a_body_that_nothing_names_is_no_damage_and_goes_at_the_next_opening(made):
    vault, words = made
    kept = attach(vault, noise(LONG))
    begin(vault, noise(LONG, 2))
    assert len(pieces(vault.path)) > 3
    assert vault.verify().ok
    vault.close()
    reading = by_words(vault.path, words, read_only=True)
    assert reading.report.ok and len(pieces(vault.path)) > 3  # nothing is written by reading
    reading.close()
    again = by_words(vault.path, words)
    assert len(pieces(vault.path)) == 3
    assert content(again, kept) == noise(LONG)
    again.close()


def test_in_a_damaged_vault_nothing_is_taken_for_a_leftover(made):
    vault, words = made
    attach(vault, noise(LONG))
    lost = attach(vault, noise(LONG, 2))
    vault.close()
    key = next(key for key in keys(vault.path, "rec") if key[0].hex() == lost.eid)
    put(vault.path, "rec", key, None)
    again = by_words(vault.path, words)
    assert named(again.report.damage) == {("missing", lost.eid)}
    assert len(pieces(vault.path)) == 6
    again.close()


def test_damage_found_by_looking_through_keeps_backups_from_being_made(made, tmp_path):
    vault, _ = made
    written = attach(vault, noise(LONG))
    spoil(vault.path, attachment(written).blob, 1)
    with pytest.raises(StorageFailed, match="damaged in the journal"):
        vault.backup(tmp_path / "copy.vault")
    assert not (tmp_path / "copy.vault").exists()
    assert not vault.verify().ok
    with pytest.raises(DamagedJournal):
        vault.backup(tmp_path / "copy.vault")
    vault.append([page("still saved")])  # what is typed is not lost over a picture
    vault.close()
    assert reopen(vault.path).report.ok
