"""Places that cannot be written to: reading works, writing is refused in one line, and nothing is left behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journal.cli.commands import PAGE, PASSWORD, files, given, refused
from tests.journal.exchange.files import jrnl, jrnl_entry, ours, page, put
from tests.privileges import as_anybody

SECRET = ("--password-file", "-")


@pytest.fixture
def protected(run) -> Iterator[Path]:
    """A journal with a page, in a folder that may not be written to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with as_anybody():
            path = folder / "mine.vault"
            assert run("new", path, *SECRET, stdin=PASSWORD).status == 0
            put(folder, ours(page(title="kept", eid=PAGE)))
            assert run("import", path, folder / "in.json", *SECRET, stdin=PASSWORD).status == 0
        folder.chmod(0o500)
        yield path
        folder.chmod(0o700)


def test_a_journal_in_a_protected_folder_can_be_read(run, protected):
    before = files(protected.parent)
    with as_anybody():
        listed = run("list", protected, *SECRET, stdin=PASSWORD)
        assert (listed.status, "kept" in listed.out) == (0, True)
        assert run("verify", protected, *SECRET, stdin=PASSWORD).status == 0
    assert files(protected.parent) == before


@pytest.mark.parametrize("what", ["import", "share"])
def test_a_journal_in_a_protected_folder_is_not_written_to(run, protected, what, tmp_path):
    before = files(protected.parent)
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        put(out, jrnl(jrnl_entry()))
        with as_anybody():
            done = run(*given(what, protected, new=out / "s.age", file=out / "in.json"), *SECRET, stdin=PASSWORD)
        assert "reading only" in refused(done)
        assert [file.name for file in out.iterdir()] == ["in.json"]
    assert files(protected.parent) == before


@pytest.mark.parametrize("what", ["backup", "export", "new"])
def test_nothing_can_be_put_into_a_protected_folder(run, protected, what):
    before = files(protected.parent)
    target = protected.parent / "new-file"
    arguments = ["new", str(target)] if what == "new" else given(what, protected, new=target)
    with as_anybody():
        done = run(*arguments, *SECRET, stdin=PASSWORD)
    assert "cannot be written to" in refused(done)
    assert files(protected.parent) == before


@pytest.mark.parametrize("what", ["list", "verify", "import", "export"])
def test_a_journal_that_may_not_be_read(run, protected, what):
    protected.chmod(0)
    with as_anybody():
        done = run(*given(what, protected, new=protected.parent / "x"), *SECRET, stdin=PASSWORD)
    assert refused(done)


def test_a_home_that_cannot_be_written_to_is_no_hindrance(run, env, protected, monkeypatch):
    """The note of what was seen has no place; the journal opens all the same."""
    env.state_dir = None
    monkeypatch.setenv("XDG_STATE_HOME", str(protected.parent / "no" / "place"))
    with as_anybody():
        assert run("list", protected, *SECRET, stdin=PASSWORD).status == 0
