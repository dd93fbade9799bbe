"""The command as a process: what a shell sees, at the full cost of a password, and with no room on the disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journal.cli.commands import PAGE, PASSWORD, files, given, spoil_row
from tests.journal.exchange.files import WORD, jrnl, jrnl_entry, ours, page, put
from tests.journal.service.entries import ROOT, run_apart


def shell(*arguments: str | Path, stdin: str = PASSWORD + "\n") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "journal", *map(str, arguments)],
        input=stdin,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_journal_at_its_full_cost(tmp_path):
    vault = tmp_path / "mine.vault"
    made = shell("new", vault, "--password-file", "-")
    assert made.returncode == 0, made.stderr
    assert len(made.stdout.split()) == 15
    source = put(tmp_path, jrnl(jrnl_entry()))
    brought = shell("import", vault, source, "--password-file", "-")
    assert (brought.returncode, brought.stdout[:15]) == (0, "1 entries added")
    listed = shell("list", vault, "--password-file", "-")
    assert (listed.returncode, WORD in listed.stdout) == (0, True)
    again = shell("new", vault, "--password-file", "-")
    assert (again.returncode, again.stdout) == (1, "")
    assert [name for name, data in files(tmp_path).items() if WORD.encode() in data] == ["in.json"]


def test_what_a_shell_sees(vault, tmp_path):
    secret = ("--password-file", "-")
    wrong = shell("list", vault, *secret, stdin="not the password\n")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.splitlines()[-1].startswith("That password does not open this journal")
    assert "Traceback" not in wrong.stderr
    foreign = shell("verify", put(tmp_path, WORD * 50, "foreign"), *secret)
    assert (foreign.returncode, foreign.stdout) == (1, "")
    assert WORD not in foreign.stderr
    assert shell("verify", vault, *secret).returncode == 0
    spoil_row(vault, PAGE)
    damaged = shell("verify", vault, *secret, "--json")
    assert damaged.returncode == 3
    assert [found["entry"] for found in json.loads(damaged.stdout)["damage"]] == [PAGE]
    usage = shell("verify")
    assert (usage.returncode, usage.stdout) == (2, "")
    nobody = shell("list", vault, stdin="")
    assert (nobody.returncode, nobody.stdout) == (1, "")
    assert "Traceback" not in nobody.stderr


def test_an_answer_that_nobody_waits_for_is_no_fault(vault, tmp_path):
    """As in `list | head`: the reader is gone before the list is written."""
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "journal", "list", str(vault), "--password-file", "-"],
        input=PASSWORD,
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert "Traceback" not in ended.stderr
    assert "Something went wrong" not in ended.stderr


_NO_ROOM = """
import resource, sys
from pathlib import Path
from journal.cli import main
from journal.cli.common import Env
from journal.vault import FAST
state, size, *arguments = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
sys.exit(main(arguments, Env(profile=FAST, state_dir=Path(state))))
"""


@pytest.mark.parametrize(("name", "size"), [
    ("new", 0), ("new", 20_000), ("backup", 0), ("backup", 40_000), ("export", 0), ("export", 100), ("share", 0),
    ("share", 500), ("import", 0), ("import", 1_000),
])  # fmt: skip
def test_a_full_disk_leaves_nothing_half_written(run, vault, password, tmp_path, name, size):
    """No file can grow beyond `size` bytes, as on a disk that is full by then."""
    out = tmp_path / "out"
    out.mkdir()
    source = put(tmp_path, ours(*(page(number, text="x" * 5000) for number in range(1, 9))))
    arguments = ["new", str(out / "x")] if name == "new" else given(name, vault, new=out / "x", file=source)
    before = files(vault.parent)
    ended = run_apart(_NO_ROOM, str(tmp_path / "state"), str(size), *arguments, "--password-file", str(password))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert len(ended.stderr.splitlines()) == 1
    assert "Something went wrong" not in ended.stderr
    assert list(out.iterdir()) == []
    assert files(vault.parent) == before
    assert run("verify", vault, "--password-file", password).status == 0


def test_a_killed_import_leaves_nothing_of_it(vault, password, run, tmp_path):
    """The system ends the process in the middle of a write. The next command finds what was there before."""
    source = put(tmp_path, ours(*(page(number, text="x" * 5000) for number in range(1, 200))))
    ended = run_apart(
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n" + _NO_ROOM,
        str(tmp_path / "state"),
        str(vault.stat().st_size + 50_000),
        *given("import", vault, file=source),
        "--password-file",
        str(password),
    )
    assert ended.returncode == -signal.SIGXFSZ, ended.stderr
    assert (ended.stdout, ended.stderr) == ("", "")
    assert run("import", vault, source, "--password-file", password).out.startswith("199 entries added, 0 were there")
    listed = run("list", vault, "--json", "--password-file", password)
    assert len(json.loads(listed.out)["entries"]) == 4 + 199
