"""A vault is made, written, closed, opened again: everything is there, exactly as it was."""

from __future__ import annotations

import sqlite3
import stat
from datetime import UTC, datetime, timedelta, timezone

import pytest

from journal.clock import FixedClock
from journal.errors import AlreadyThere, DamagedJournal, InvalidRecord, JournalError, StorageFailed
from journal.ids import is_id, new_id
from journal.vault import FAST, Draft, NewRevision, Vault, verify_file
from tests.journal.vault.samples import CLOCK, PASSWORD, body, create, draft, page, reopen, text_of, texts


def test_a_new_vault_is_empty_whole_and_readable_by_its_owner_only(vault, path):
    assert list(vault.revisions()) == []
    assert vault.drafts() == ()
    assert vault.report.ok
    assert not vault.read_only
    assert is_id(vault.vault_id)
    assert is_id(vault.device_id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_was_appended_is_there_after_closing_and_opening(vault, path):
    written = vault.append([page("one"), page("two")])
    vault.close()
    with_report = reopen(path)
    assert sorted(with_report.revisions(), key=lambda one: one.rev) == sorted(written, key=lambda one: one.rev)
    assert with_report.report.rows == 2
    assert with_report.report.ok
    with_report.close()


def test_a_revision_says_who_wrote_it_when_and_after_what(vault):
    (first,) = vault.append([page("first")])
    (second,) = vault.append([page("second", first.eid, (first.rev,))])
    assert second.parents == (first.rev,)
    assert second.eid == first.eid
    assert second.rev != first.rev
    assert (first.lamport, second.lamport) == (1, 2)
    assert first.device == second.device == vault.device_id
    assert first.at == CLOCK.now()
    assert (first.kind, first.deleted) == ("page", False)


def test_the_counter_of_changes_goes_on_after_opening_again(vault, path):
    vault.append([page("one"), page("two")])
    vault.close()
    again = reopen(path)
    (third,) = again.append([page("three")])
    assert third.lamport == 3
    again.close()


def test_times_are_kept_in_utc_whatever_the_zone(tmp_path):
    clock = FixedClock(datetime(2026, 3, 29, 2, 30, tzinfo=timezone(timedelta(hours=13, minutes=45))))
    vault, _ = Vault.create(tmp_path / "z.vault", PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path)
    (written,) = vault.append([page("far east")])
    assert written.at == clock.now()
    assert written.at.utcoffset() == timedelta(0)
    vault.close()


@pytest.mark.parametrize("year", [1971, 9990])
def test_a_clock_gone_wrong_changes_no_order(tmp_path, year):
    vault, _ = create(tmp_path)
    (before,) = vault.append([page("before")])
    vault.close()
    clock = FixedClock(datetime(year, 1, 1, tzinfo=UTC))
    again = Vault.open(tmp_path / "mine.vault", password=PASSWORD, clock=clock, state_dir=tmp_path)
    (after,) = again.append([page("after", before.eid, (before.rev,))])
    assert after.lamport > before.lamport
    assert again.verify().ok
    again.close()


def test_several_revisions_in_one_call_are_one_change(vault):
    written = vault.append([page(f"page {number}") for number in range(20)])
    assert len({one.rev for one in written}) == 20
    assert [text_of(one) for one in written] == [f"page {number}" for number in range(20)]
    assert texts(vault) == sorted(f"page {number}" for number in range(20))


def test_rows_are_read_anew_after_a_change(vault):
    assert texts(vault) == []
    vault.append([page("one")])
    assert texts(vault) == ["one"]
    vault.append([page("two")])
    assert texts(vault) == ["one", "two"]
    assert texts(vault) == ["one", "two"]


def test_one_revision_can_be_read_by_its_id(vault):
    written = vault.append([page("one"), page("two")])
    assert vault.revision(written[1].eid, written[1].rev) == written[1]
    with pytest.raises(DamagedJournal, match="damaged or missing"):
        vault.revision(written[0].eid, written[1].rev)
    with pytest.raises(DamagedJournal):
        vault.revision(new_id(), new_id())


def test_a_deleted_entry_keeps_its_past_and_its_mark(vault, path):
    (kept,) = vault.append([page("to be deleted")])
    vault.append([page("", kept.eid, (kept.rev,), deleted=True)])
    vault.close()
    again = reopen(path)
    assert sorted(one.deleted for one in again.revisions()) == [False, True]
    again.close()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "🌊🫧👩‍👩‍👧‍👦 ü ü",
        "שלום \u202eabc\u202c مرحبا",
        "before\u0000after",
        "\ufeff\u2028\u2029\u0085\r\n\t",
        "\U0010ffff\ufffe",
        "x" * 2**20,
        "🌒" * 2**18,
        '{"text": "a body in a body"}',
        "'; DROP TABLE rec; --",
    ],
    ids=["none", "ascii", "emoji", "rtl", "nul", "ends", "edge", "long", "wide", "json", "sql"],
)
def test_any_text_comes_back_as_it_was_written(vault, path, text):
    (written,) = vault.append([page(text)])
    vault.put_draft(draft(text))
    vault.close()
    again = reopen(path)
    assert texts(again) == [text]
    assert [text_of(found) for found in again.drafts()] == [text]
    assert again.revision(written.eid, written.rev).body == body(text)
    again.close()


@pytest.mark.parametrize(
    "refused",
    [b"", b"words", b'{"text":"\\ud800"}', b'{"text":"\xed\xa0\x80"}', b'{"text":"\xff"}', b'{},"deleted":true',
     b'{"a":1}{"b":2}', b'{"text":"\x00"}', b"[" * 100_000],
    ids=["none", "bare", "surrogate", "raw-surrogate", "latin", "smuggled", "two", "raw-nul", "deep"],
)  # fmt: skip
def test_a_body_that_could_not_be_read_back_is_refused_before_it_is_written(vault, path, refused):
    vault.append([page("kept")])
    with pytest.raises(InvalidRecord, match="cannot be kept"):
        vault.append([page("not either"), NewRevision(eid=new_id(), kind="page", body=refused)])
    with pytest.raises(InvalidRecord):
        vault.put_draft(Draft(key=new_id(), kind="page", body=refused, at=CLOCK.now()))
    vault.close()
    again = reopen(path)
    assert texts(again) == ["kept"]
    assert again.drafts() == ()
    assert again.report.ok
    again.close()


def test_lone_surrogates_in_a_name_are_refused(vault):
    with pytest.raises(InvalidRecord):
        vault.append([NewRevision(eid=new_id(), kind="\ud800", body=b"{}")])
    assert texts(vault) == []


def test_a_body_beyond_the_limit_is_refused_whole(vault):
    with pytest.raises(StorageFailed, match="too large"):
        vault.append([page("small"), page("x" * (6 * 2**20))])
    assert texts(vault) == []
    assert vault.verify().ok


def test_drafts_are_kept_replaced_and_dropped(vault, path):
    key = new_id()
    vault.put_draft(draft("first words", key))
    vault.put_draft(draft("second thoughts", key))
    vault.put_draft(draft("another"))
    vault.close()
    again = reopen(path)
    assert sorted(map(text_of, again.drafts())) == ["another", "second thoughts"]
    again.drop_draft(key)
    again.drop_draft(new_id())
    assert list(map(text_of, again.drafts())) == ["another"]
    again.close()


def test_a_draft_knows_the_entry_it_edits(vault, path):
    (entry,) = vault.append([page("as saved")])
    kept = Draft(key=entry.eid, kind="page", body=body("as typed"), eid=entry.eid, base=entry.rev, at=CLOCK.now())
    vault.put_draft(kept)
    vault.close()
    again = reopen(path)
    assert again.drafts() == (kept,)
    again.close()


def test_saving_an_entry_drops_its_draft_in_the_same_change(vault):
    first, second = draft("being written"), draft("another")
    vault.put_draft(first)
    vault.put_draft(second)
    vault.append([page("finished")], drop_drafts=[first.key])
    assert vault.drafts() == (second,)
    assert texts(vault) == ["finished"]
    vault.append([], drop_drafts=[second.key])
    assert vault.drafts() == ()
    assert vault.verify().ok


def test_a_refused_save_keeps_the_draft(vault):
    kept = draft("not lost")
    vault.put_draft(kept)
    with pytest.raises(JournalError):
        vault.append([page("x" * (6 * 2**20))], drop_drafts=[kept.key])
    assert vault.drafts() == (kept,)


@pytest.mark.parametrize("taken", ["file", "folder", "dangling link"])
def test_creating_never_overwrites(tmp_path, taken):
    path = tmp_path / "taken.vault"
    if taken == "file":
        path.write_bytes(b"mine")
    elif taken == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "nowhere")
    before = set(tmp_path.iterdir())
    with pytest.raises(AlreadyThere, match="Nothing was overwritten"):
        create(tmp_path, "taken.vault")
    assert taken != "file" or path.read_bytes() == b"mine"
    assert set(tmp_path.iterdir()) == before


def test_a_vault_is_made_in_a_folder_that_is_not_there_yet(tmp_path):
    path = tmp_path / "a" / "b" / "my journal #1 %41?.vault"
    vault, _ = Vault.create(path, PASSWORD, profile=FAST, state_dir=tmp_path)
    vault.append([page("deep")])
    vault.close()
    assert list(path.parent.iterdir()) == [path]
    again = reopen(path)
    assert texts(again) == ["deep"]
    again.close()


@pytest.mark.parametrize("name", ["🌊 été.vault", "x" * 240 + ".vault", "no-suffix", "file:memory"])
def test_a_vault_may_have_any_name(tmp_path, name):
    vault, _ = create(tmp_path, name)
    vault.append([page("named")])
    vault.backup(tmp_path / f"{name[:200]}.backup")
    vault.close()
    assert verify_file(tmp_path / name, password=PASSWORD, state_dir=tmp_path).ok
    assert verify_file(tmp_path / f"{name[:200]}.backup", password=PASSWORD, state_dir=tmp_path).ok


def test_a_name_too_long_for_the_disk_is_refused_clearly(tmp_path):
    with pytest.raises(StorageFailed, match="too long"):
        create(tmp_path, "x" * 300)


def test_closing_twice_is_no_harm_and_nothing_is_written_after(vault, path):
    vault.close()
    vault.close()
    with pytest.raises(JournalError):
        vault.append([page("late")])
    assert not path.with_name("mine.vault.lock").exists()
    again = reopen(path)
    assert texts(again) == []
    again.close()


def test_verifying_an_open_vault_says_it_is_whole(vault):
    vault.append([page("one")])
    vault.put_draft(draft("two"))
    report = vault.verify()
    assert (report.ok, report.rows, report.read_only) == (True, 1, False)


def test_no_word_and_no_kind_is_readable_in_the_file(vault, path):
    vault.append([NewRevision(eid=new_id(), kind="canarykind", body=body("canaryword"))])
    vault.put_draft(draft("canarydraft"))
    vault.close()
    for file in path.parent.iterdir():
        data = file.read_bytes() if file.is_file() else b""
        assert b"canary" not in data
        assert "canary".encode("utf-16-le") not in data
        assert PASSWORD.encode() not in data


def test_the_length_of_a_short_text_does_not_show(vault, path):
    written = [vault.append([page("x" * length)])[0] for length in (0, 1, 100, 700)]
    with sqlite3.connect(path) as db:
        sizes = {size for (size,) in db.execute("SELECT length(v) FROM rec")}
    db.close()
    assert len(written) == 4
    assert len(sizes) == 1
