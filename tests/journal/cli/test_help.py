"""Help that a person can read, for every command, with no journal and no password."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from journal.cli import cli, main
from tests.journal.cli.commands import COMMANDS
from tests.journal.service.entries import ROOT

EVERY = sorted([*COMMANDS, "new"])


def test_every_command_is_there():
    assert sorted(cli.commands) == EVERY


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_a_commands_help(run, name, flag):
    done = run(name, flag)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"Usage: cli {name} ")
    command = cli.commands[name]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in done.out
            assert parameter.help, f"{name} {parameter.name} says nothing"


@pytest.mark.parametrize("name", EVERY)
def test_no_command_takes_a_password_as_an_argument(name):
    options = {option for parameter in cli.commands[name].params for option in parameter.opts}
    assert not options & {"--password", "-p", "--recovery-key", "--identity"}


def test_the_help_of_all(run, capsys):
    done = run("--help")
    assert done.status == 0
    assert all(f"\n  {name}" in done.out for name in EVERY)
    assert main(["--help"]) == 0
    assert capsys.readouterr().out.startswith("Usage: integration-journal ")
    assert run("--version").status == 0


def test_the_help_as_a_process():
    shell = [sys.executable, "-m", "journal"]
    ended = subprocess.run([*shell, "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.startswith("Usage: integration-journal ")
    assert ended.stderr == ""
    version = subprocess.run([*shell, "--version"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert version.stdout.strip()
