"""The command line in this process, and a journal with the person's words in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from journal.cli import cli
from journal.cli.common import Env
from journal.service import JournalService
from journal.vault import FAST
from tests.journal.cli.commands import PASSWORD, Done, entries
from tests.journal.exchange.files import CLOCK

Run = Callable[..., Done]


@pytest.fixture
def env(tmp_path: Path) -> Env:
    return Env(clock=CLOCK, state_dir=tmp_path / "state", profile=FAST)


@pytest.fixture
def run(env: Env) -> Run:
    """Run a command; `stdin` is what is typed or piped in."""

    def command(*arguments: str | Path, stdin: str | bytes = "") -> Done:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments], obj=env, input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return Done(result.exit_code, result.stdout, result.stderr)

    return command


@pytest.fixture
def password(tmp_path: Path) -> Path:
    """A file with the password and a newline, as an editor leaves it."""
    path = tmp_path / "secrets" / "password"
    path.parent.mkdir()
    path.write_text(PASSWORD + "\n")
    return path


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    service, _ = JournalService.create(
        folder / "mine.vault", PASSWORD, profile=FAST, clock=CLOCK, state_dir=folder / "state"
    )
    service.save_many(entries())
    service.close()
    return folder / "mine.vault"


@pytest.fixture
def vault(tmp_path: Path, _template: Path) -> Path:
    """A journal in a folder of its own, closed."""
    path = tmp_path / "journal" / "mine.vault"
    path.parent.mkdir()
    shutil.copy(_template, path)
    (tmp_path / "state").mkdir()
    return path
