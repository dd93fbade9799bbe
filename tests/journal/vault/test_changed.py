"""A file that is changed, replaced or removed while it is open is not written over."""

from __future__ import annotations

import pytest

from journal.errors import JournalError
from journal.vault import Vault
from tests.journal.vault.samples import PASSWORD, create, draft, page, reopen, texts


def test_a_file_replaced_under_the_open_journal_is_not_written_to(vault, path, tmp_path):
    vault.append([page("one")])
    vault.backup(tmp_path / "other.vault")
    vault.append([page("two")])
    (tmp_path / "other.vault").replace(path)
    before = path.read_bytes()
    for change in (
        lambda: vault.append([page("three")]),
        lambda: vault.change_password("eleven loud geese"),
        vault.new_recovery_key,
    ):
        with pytest.raises(JournalError, match="changed from outside"):
            change()
    assert path.read_bytes() == before
    vault.close()
    again = reopen(path)
    assert again.report.older_than_seen
    assert texts(again) == ["one"]
    again.close()


def test_a_file_overwritten_in_place_is_not_written_to(vault, path, tmp_path):
    vault.append([page("one")])
    vault.backup(tmp_path / "other.vault")
    vault.append([page("two")])
    path.write_bytes((tmp_path / "other.vault").read_bytes())
    before = path.read_bytes()
    for change in (
        lambda: vault.append([page("three")]),
        lambda: vault.put_draft(draft("typed")),
        lambda: vault.drop_draft(vault.vault_id),
        vault.new_recovery_key,
    ):
        with pytest.raises(JournalError, match="changed from outside"):
            change()
    assert path.read_bytes() == before


def test_another_future_of_the_same_age_put_in_place_is_not_written_to(vault, path, tmp_path):
    """Two machines each save once from the same state: the files differ, and not in their counters."""
    vault.append([page("one")])
    vault.backup(tmp_path / "other.vault")
    (tmp_path / "elsewhere").mkdir()
    other = Vault.open(tmp_path / "other.vault", password=PASSWORD, state_dir=tmp_path / "elsewhere")
    other.append([page("there")])
    other.close()
    vault.append([page("here")])
    theirs = bytearray((tmp_path / "other.vault").read_bytes())
    ours = path.read_bytes()
    theirs[24:28], theirs[92:96] = ours[24:28], ours[92:96]
    with path.open("r+b") as file:
        file.write(theirs)
    with pytest.raises(JournalError, match="changed from outside"):
        vault.append([page("three")])
    assert path.read_bytes() == bytes(theirs)


def test_a_file_removed_under_the_open_journal_is_said_to_be_gone(vault, path):
    vault.append([page("one")])
    path.unlink()
    with pytest.raises(JournalError, match="not in its place any more"):
        vault.append([page("two")])
    assert not path.exists()


def test_a_draft_is_not_written_into_another_file_either(vault, path, tmp_path):
    create(tmp_path, "other.vault")[0].close()
    (tmp_path / "other.vault").replace(path)
    before = path.read_bytes()
    with pytest.raises(JournalError, match="changed from outside"):
        vault.put_draft(draft("typed"))
    assert path.read_bytes() == before
