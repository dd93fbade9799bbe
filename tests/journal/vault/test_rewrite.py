"""Written anew, a vault holds exactly what it should; where anything is in the way, the old file stays untouched."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3

import pytest

from journal.errors import (
    WeakPassword,
    WrongPassword,
)
from journal.ids import new_id
from journal.vault import Vault
from tests.journal.vault.renewing import FROZEN, OTHER, drafts, filled, names, sealed, stored, written
from tests.journal.vault.samples import PASSWORD, by_words, draft, page, reopen, text_of


@pytest.fixture
def full(vault) -> Vault:
    return filled(vault)


# -- removed for good -----------------------------------------------------------------------------------------


def test_what_was_purged_is_nowhere_in_the_file(full, path):
    traces = [*sealed(path, "rec", full.gone), *sealed(path, "draft", full.gone), bytes.fromhex(full.gone)]
    assert len(traces) == 5
    assert all(trace[-64:] in path.read_bytes() for trace in traces if len(trace) < 4000)
    receipt = full.purge([full.gone])
    assert (receipt.entries, receipt.revisions, receipt.drafts) == ((full.gone,), 3, 1)
    data = path.read_bytes()
    for trace in traces:
        pieces = [trace[start : start + 16] for start in range(0, len(trace), 1000) if len(trace[start:]) >= 16]
        assert not any(piece in data for piece in pieces)
    assert written(full) == ["after", "before", "kept"]
    assert drafts(full) == ["typed anew", "typed on"]
    assert full.purged_eids() == {full.gone}
    assert full.verify().ok


def test_a_purged_vault_opens_and_goes_on(full, made, path):
    full.purge([full.gone])
    full.append([page("later")])
    full.close()
    again = by_words(path, made[1])
    assert (again.report.ok, again.report.older_than_seen, again.read_only) == (True, None, False)
    assert written(again) == ["after", "before", "kept", "later"]
    assert again.purged_eids() == {full.gone}
    again.close()
    reopen(path).close()


def test_rows_that_stay_are_the_same_bytes(full, path):
    before = {row for row in stored(path, "rec") if row[0].hex() != full.gone}
    full.purge([full.gone])
    assert before <= set(stored(path, "rec"))
    assert len(stored(path, "rec")) == len(before) + 1  # and the one that keeps the ids of what was removed


def test_purging_nothing_leaves_the_file_alone(full, path):
    before = path.read_bytes()
    receipt = full.purge([new_id()])
    assert (receipt.entries, receipt.revisions, receipt.drafts) == ((), 0, 0)
    assert full.purge([]).entries == ()
    assert path.read_bytes() == before


def test_a_draft_of_no_entry_can_be_purged(full):
    (key,) = [one.key for one in full.drafts() if text_of(one) == "typed anew"]
    assert full.purge([key]).drafts == 1
    assert drafts(full) == ["gone draft", "typed on"]


def test_all_of_it_can_be_purged(full):
    everything = {one.eid for one in full.revisions()}
    assert full.purge(everything).revisions == 6
    assert written(full) == []
    assert full.verify().ok


def test_the_room_of_what_was_removed_is_given_back(vault, path):
    (entry, _) = vault.append([page("x" * 500_000), page("kept")])
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA freelist_count").fetchone() == (0,)
    size = path.stat().st_size
    vault.purge([entry.eid])
    assert path.stat().st_size < size - 450_000
    vault.put_draft(draft("y" * 500_000, entry.eid))
    vault.drop_draft(entry.eid)
    assert vault.compact() > 450_000
    assert vault.compact() == 0
    assert written(vault) == ["kept"]


# -- another key ----------------------------------------------------------------------------------------------


def test_after_rotating_only_the_new_secrets_open_it(full, made, path):
    before = {
        bytes(value) for table in ("rec", "draft", "slot", "bucket", "manifest") for value in sealed(path, table)
    }
    words = full.rotate(OTHER)
    assert words != made[1]
    assert not any(value[-64:] in path.read_bytes() for value in before)
    full.append([page("later")])
    full.close()
    for attempt in (lambda: reopen(path), lambda: by_words(path, made[1])):
        with pytest.raises(WrongPassword):
            attempt()
    for opens in (lambda: reopen(path, OTHER), lambda: by_words(path, words)):
        again = opens()
        assert (again.report.ok, again.report.older_than_seen) == (True, None)
        assert written(again) == ["after", "before", "gone one", "gone three", "gone two " * 4000, "kept", "later"]
        assert drafts(again) == ["gone draft", "typed anew", "typed on"]
        assert b'"epoch":2' in path.read_bytes()
        again.close()


def test_revisions_stay_what_they_were(full):
    def all_of(vault: Vault):
        return sorted(vault.revisions(), key=lambda one: one.rev)

    before = all_of(full)
    full.rotate(OTHER)
    assert all_of(full) == before
    full.compact()
    assert all_of(full) == before


def test_rotating_again_and_again(full, path):
    for number in range(3):
        words = full.rotate(f"{OTHER} {number}")
        assert full.check_recovery_key(words)
        assert full.check_password(f"{OTHER} {number}")
        assert not full.check_password(PASSWORD)
    full.change_password(PASSWORD)
    full.close()
    again = reopen(path)
    assert again.report.ok
    assert b'"epoch":4' in path.read_bytes()
    again.close()


def test_the_words_that_were_written_down_already_are_the_ones(full, path):
    words = full.new_words()
    assert full.rotate(OTHER, words=words) == words
    full.close()
    by_words(path, words).close()


@pytest.mark.parametrize("password", ["short", PASSWORD])
def test_a_weak_password_and_the_one_there_is_are_refused(full, path, password):
    before = path.read_bytes()
    with pytest.raises(WeakPassword):
        full.rotate(password)
    assert path.read_bytes() == before


def test_what_is_no_row_of_words_is_refused(full, path):
    before = path.read_bytes()
    with pytest.raises(WrongPassword):
        full.rotate(OTHER, words="abandon " * 15)
    assert path.read_bytes() == before


def test_the_words_are_given_out_before_the_old_file_goes(full, made, path):
    told = []

    def ready(words: str) -> None:
        told.append(words)
        by_words(path, made[1], read_only=True).close()
        raise KeyboardInterrupt

    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        full.rotate(OTHER, ready=ready)
    assert path.read_bytes() == before
    assert names(path.parent) == {"mine.vault", "mine.vault.lock"}
    full.append([page("still here")])
    assert full.rotate(OTHER, ready=told.append) == told[1]


def test_a_frozen_vault_can_be_renewed(tmp_path):
    path = shutil.copy(FROZEN, tmp_path / "v1.vault")
    contents = json.loads(FROZEN.with_suffix(".json").read_text("utf-8"))
    vault = Vault.open(path, password=contents["password"], state_dir=tmp_path)
    before = sorted(vault.revisions(), key=lambda one: one.rev)
    vault.compact()
    words = vault.rotate(OTHER)
    vault.close()
    again = Vault.open(path, recovery_key=words, state_dir=tmp_path)
    assert again.report.ok
    assert sorted(again.revisions(), key=lambda one: one.rev) == before
    again.close()


def test_the_old_file_put_back_is_told(full, made, path, tmp_path):
    full.backup(tmp_path / "old.vault")
    full.rotate(OTHER)
    full.close()
    (tmp_path / "old.vault").replace(path)
    back = by_words(path, made[1])
    assert back.report.older_than_seen
    back.close()


def test_rows_of_the_old_key_are_named_and_not_shown(full, path, tmp_path):
    full.backup(tmp_path / "old.vault")
    words = full.rotate(OTHER)
    full.close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("ATTACH ? AS old", [str(tmp_path / "old.vault")])
        db.execute("UPDATE rec SET v = (SELECT v FROM old.rec WHERE old.rec.rev = rec.rev)")
        db.commit()
    spoiled = by_words(path, words)
    assert {entry.what for entry in spoiled.report.damage} == {"row"}
    assert (spoiled.report.rows, spoiled.read_only) == (0, True)
    spoiled.close()
