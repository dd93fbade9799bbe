"""`report`: a share, or what would be in one, as a file that anyone can read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from tests.journal.cli.commands import PASSWORD, refused
from tests.journal.exchange.files import WORD
from tests.journal.report.reading import check

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def share(run, vault, password, tmp_path) -> tuple[Path, Path]:
    """A share of everything written, and a file with its words."""
    file, words = tmp_path / "s.age", tmp_path / "words"
    made = run(
        "share", vault, "--passphrase", "--kind", "experience", "--kind", "page", "--session", "all", "--check-ins",
        "-o", file, "--password-file", password,
    )  # fmt: skip
    words.write_text(made.out)
    return file, words


@pytest.mark.parametrize("form", ["md", "fhir"])
def test_a_share_becomes_a_file_that_holds_its_words(run, share, tmp_path, form):
    file, words = share
    out = tmp_path / "out"
    done = run("report", file, "--format", form, "-o", out, "--passphrase-file", words)
    assert (done.status, done.out) == (0, f"{out}\n")
    assert "This file is not encrypted" in done.err
    text = out.read_text("utf-8")
    assert WORD in text
    if form == "fhir":
        check(json.loads(text))


def test_chosen_entries_of_a_journal_become_the_same(run, vault, password, tmp_path):
    secret = ("--password-file", password)
    out = tmp_path / "numbers.csv"
    done = run("report", vault, "--format", "csv", "-o", out, "--check-ins", "--json", *secret)
    assert json.loads(done.out)["format"] == "csv"
    assert "check-in (not validated)" in out.read_text("utf-8") and WORD not in out.read_text("utf-8")
    assert "Nothing was chosen" in refused(run("report", vault, "--format", "md", "-o", tmp_path / "b", *secret))
    assert not (tmp_path / "b").exists()


def test_nothing_is_overwritten_and_a_share_is_taken_as_it_is(run, share, tmp_path):
    file, words = share
    taken = tmp_path / "taken.md"
    taken.write_text("mine")
    secret = ("--passphrase-file", words)
    assert "Nothing was overwritten" in refused(run("report", file, "--format", "md", "-o", taken, *secret))
    assert taken.read_text() == "mine"
    asked = run("report", file, "--format", "md", "-o", tmp_path / "n.md", "--session", "all", *secret)
    assert "A share is taken as it is" in refused(asked)
    nowhere = run("report", tmp_path / "none.age", "--format", "md", "-o", tmp_path / "n")
    assert "There is no file with this name." in refused(nowhere)


def test_without_the_window_pages_are_refused_and_with_it_they_are_painted(run, vault, password, tmp_path):
    out = tmp_path / "r.pdf"
    options = ["--format", "pdf", "-o", out, "--session", "all", "--check-ins", "--password-file", password]
    assert "md, csv and fhir need none" in refused(run("report", vault, *options))
    program = [sys.executable, "-m", "ui", "report", vault, *options]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert PASSWORD not in done.stderr
    text = pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
    assert "Report from an integration journal" in text
