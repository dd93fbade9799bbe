"""What all commands share: passwords that are never arguments, errors in one line, progress, answers as JSON."""

from __future__ import annotations

import contextlib
import json
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal.clock import Clock, SystemClock
from journal.errors import Incomplete, JournalError, NotAJournal, NotFound, StorageFailed

if TYPE_CHECKING:
    from journal.service import JournalService
    from journal.vault import KdfProfile

_LIMIT = 1024 * 1024  # bytes of a secret


class Env:
    """What a caller may set that a command line may not: the clock, the folder for state, the cost of a password."""

    def __init__(
        self, *, clock: Clock | None = None, state_dir: Path | None = None, profile: KdfProfile | None = None
    ) -> None:
        self.clock: Clock = clock or SystemClock()
        self.state_dir = state_dir
        self.profile = profile


VAULT = click.Path(dir_okay=False, readable=False, path_type=Path)  # what cannot be read is refused by us, in a line


def password_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--password-file` and `--recovery-file` for commands that open a journal."""
    function = click.option(
        "--recovery-file",
        metavar="FILE",
        help="Read the recovery words from FILE instead of a password ('-' for standard input).",
    )(function)
    return click.option(
        "--password-file",
        metavar="FILE",
        help="Read the password from FILE ('-' for standard input); one newline at its end is ignored.",
    )(function)


def secret_from(source: str, what: str = "password") -> str:
    """The text of a file or of standard input, without one newline at its end."""
    try:
        if source == "-":
            data = sys.stdin.buffer.read(_LIMIT)
        else:
            with Path(source).open("rb") as file:  # it may be a pipe, or a device without end
                data = file.read(_LIMIT)
    except FileNotFoundError:
        raise NotFound(f"The {what} file is not there.") from None
    except OSError as error:
        raise StorageFailed(f"The {what} file could not be read.", detail=type(error).__name__) from None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise StorageFailed(f"The {what} file is not text in UTF-8.") from None
    return text.removesuffix("\n").removesuffix("\r")


def secrets(password_file: str | None, recovery_file: str | None) -> dict[str, str]:
    """Arguments that open a journal, asked for where no file was given."""
    if recovery_file is not None:
        return {"recovery_key": secret_from(recovery_file, "recovery words")}
    if password_file is not None:
        return {"password": secret_from(password_file)}
    return {"password": click.prompt("Password", hide_input=True, err=True)}


def no_device(vault: Path) -> None:
    """Refuse a pipe or a device in place of a journal; opening one could wait for ever."""
    with contextlib.suppress(OSError):
        if not stat.S_ISREG(vault.stat().st_mode):
            raise NotAJournal


@contextmanager
def opened(
    env: Env, vault: Path, password_file: str | None, recovery_file: str | None, *, read_only: bool = False
) -> Iterator[JournalService]:
    """The journal, open; closed at the end."""
    no_device(vault)
    with opened_with(env, vault, secrets(password_file, recovery_file), read_only=read_only) as service:
        yield service


@contextmanager
def opened_with(
    env: Env, vault: Path, secret: dict[str, str], *, read_only: bool = False
) -> Iterator[JournalService]:
    """The same, with a secret that is known already."""
    from journal.service import JournalService

    no_device(vault)
    with progress("Opening"):
        service = JournalService.open(
            vault,
            read_only=read_only,
            clock=env.clock,
            state_dir=env.state_dir,
            **secret,
        )
    try:
        with progress("Checking"):
            service.look_at_all()
        warn(service)
        yield service
    finally:
        service.close()


def warn(service: JournalService) -> None:
    """Say on standard error what the report says."""
    report = service.report
    for damage in report.damage:
        click.echo(f"Damaged: {damage.message}", err=True)
    if report.older_than_seen:
        click.echo(report.older_than_seen, err=True)


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Say what is going on, on standard error, when it takes longer than a second."""
    timer = threading.Timer(1.0, _say, (f"{what}…",))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _say(text: str) -> None:
    click.echo(text, err=True)


def answer(as_json: bool, value: dict[str, Any], text: str) -> None:
    """Print an answer for a program or for a person."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str) if as_json else text)


def safe(text: str) -> str:
    """Text without what a terminal would obey."""
    return "".join(char if char.isprintable() else "�" for char in text)


def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """One clear line and status 1 for whatever goes wrong; no traceback, for it could hold words."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except JournalError as error:
            click.echo(str(error), err=True)
            raise SystemExit(1) from None
        except ImportError as error:
            click.echo(f"{Incomplete.message} ({error.name})", err=True)
            raise SystemExit(1) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            click.echo(f"Something went wrong ({type(error).__name__}). What was saved before is safe.", err=True)
            raise SystemExit(1) from None

    return run
