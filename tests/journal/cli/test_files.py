"""Files of entries on the command line: listed, added, written out again."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from journal.errors import AlreadyThere
from journal.service import JournalService
from tests.journal.cli.commands import EXPERIENCE, PAGE, PASSWORD, files, refused
from tests.journal.exchange.files import CLOCK, WORD

COURSE = "f" * 32


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file of somebody's, larger than one step."""
    path = tmp_path / "elsewhere" / "drawing.png"
    path.parent.mkdir()
    path.write_bytes(os.urandom(5_000_000))
    return path


def added(run, vault: Path, password: Path, entry: str, path: Path) -> dict[str, object]:
    done = run("attach", vault, entry, path, "--password-file", password, "--json")
    assert done.status == 0, done
    return json.loads(done.out)


def listed(run, vault: Path, password: Path, *more: str) -> list[dict[str, object]]:
    return json.loads(run("files", vault, *more, "--password-file", password, "--json").out)["files"]


def test_added_listed_and_written_out_again(run, vault, password, photo, tmp_path):
    told = added(run, vault, password, PAGE, photo)
    assert told == {"eid": told["eid"], "entry": PAGE, "name": "drawing.png", "size": 5_000_000, "media": "image/png"}
    assert listed(run, vault, password) == [told]
    done = run("extract", vault, told["eid"], "-o", tmp_path / "out.png", "--password-file", password)
    assert (done.status, done.out) == (0, f"{tmp_path / 'out.png'}: 5,000,000 bytes\n")
    assert "not encrypted" in done.err
    assert (tmp_path / "out.png").read_bytes() == photo.read_bytes()
    assert (tmp_path / "out.png").stat().st_mode & 0o077 == 0


def test_the_files_of_one_entry(run, vault, password, photo):
    first = added(run, vault, password, PAGE, photo)
    other = added(run, vault, password, EXPERIENCE, photo)
    assert listed(run, vault, password, "--entry", PAGE) == [first]
    assert listed(run, vault, password, "--entry", EXPERIENCE) == [other]
    assert {one["eid"] for one in listed(run, vault, password)} == {first["eid"], other["eid"]}
    assert "no such entry" in refused(run("files", vault, "--entry", COURSE, "--password-file", password))


def test_without_json_it_prints_the_id_and_says_what_is_not_sealed(run, vault, password, photo):
    done = run("attach", vault, PAGE, photo, "--password-file", password)
    (eid,) = [one["eid"] for one in listed(run, vault, password)]
    assert done.out == f"{eid}\n"
    assert "still in its place" in done.err
    (line,) = run("files", vault, "--password-file", password).out.splitlines()
    assert line.split() == [eid, PAGE, "5,000,000", "image/png", "drawing.png"]


def test_a_name_cannot_speak_to_the_terminal(run, vault, password, tmp_path):
    told = added(run, vault, password, PAGE, _with_name(tmp_path, "a\x1b[31m\nb\u202egnp.exe"))
    assert told["name"] == "a\x1b[31m\nb\u202egnp.exe"
    done = run("files", vault, "--password-file", password)
    assert len(done.out.splitlines()) == 1
    assert not set("\x1b\u202e") & set(done.out)


def _with_name(folder: Path, name: str) -> Path:
    (folder / name).write_bytes(b"x")
    return folder / name


def test_what_cannot_be_added_changes_nothing(run, vault, password, photo, tmp_path):
    before = files(vault.parent)
    os.mkfifo(tmp_path / "pipe")
    for entry, path in ((PAGE, tmp_path / "none"), (PAGE, tmp_path / "pipe"), (COURSE, photo), ("nonsense", photo)):
        line = refused(run("attach", vault, entry, path, "--password-file", password))
        assert "drawing" not in line
    assert run("attach", vault, PAGE, tmp_path, "--password-file", password).status == 2
    assert files(vault.parent).keys() == before.keys()
    assert listed(run, vault, password) == []


def test_nothing_is_overwritten_and_what_is_no_file_is_refused(run, vault, password, photo, tmp_path):
    told = added(run, vault, password, PAGE, photo)
    mine = tmp_path / "mine"
    mine.write_bytes(b"mine")
    line = refused(run("extract", vault, told["eid"], "-o", mine, "--password-file", password))
    assert line == str(AlreadyThere())
    assert mine.read_bytes() == b"mine"
    for eid in (PAGE, COURSE, "nonsense"):
        refused(run("extract", vault, eid, "-o", tmp_path / "new", "--password-file", password))
    assert not (tmp_path / "new").exists()


def test_a_removed_entry_takes_its_files_out_of_the_list(run, vault, password, photo, tmp_path):
    added(run, vault, password, PAGE, photo)
    service = JournalService.open(vault, password=PASSWORD, clock=CLOCK, state_dir=tmp_path / "state")
    service.delete(PAGE)
    service.close()
    assert listed(run, vault, password) == []


def test_a_journal_in_use_is_not_added_to(run, vault, password, photo, tmp_path):
    service = JournalService.open(vault, password=PASSWORD, clock=CLOCK, state_dir=tmp_path / "state")
    line = refused(run("attach", vault, PAGE, photo, "--password-file", password))
    service.close()
    assert "open in another window" in line
    assert WORD not in line
