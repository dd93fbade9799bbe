"""The one command: the window (with or without a file), `tour DIR`, and the rest on the command line."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ui.arguments import BEGIN, DIM, RESUME
from ui.display import has_display

if TYPE_CHECKING:
    from datetime import datetime

    from journal.share import Payload

_FILES = (".vault", ".age", ".html")


def main() -> NoReturn:
    """Run what the arguments ask for, and end with its status."""
    try:
        status = _run(sys.argv[1:])
    except ImportError as error:
        from journal.errors import Incomplete

        sys.stderr.write(f"{Incomplete.message} ({error.name})\n")
        status = 1
    sys.exit(status)


def _run(arguments: list[str]) -> int:
    if not _for_window(arguments):
        return _command_line(arguments)
    if not has_display():
        sys.stderr.write(
            "There is no display to show a window on. `integration-journal tour DIR` makes pictures without one, and "
            "`integration-journal --help` lists what works without a window.\n"
        )
        return 1
    from ui.main import run

    return run(arguments)


def _for_window(arguments: list[str]) -> bool:
    """Whether these arguments belong to the window: none, one journal or share, or what locking left."""
    if not arguments:
        return True
    if len(arguments) == 1:
        return Path(arguments[0]).suffix.lower() in _FILES
    return len(arguments) == 2 and arguments[0] in (RESUME, BEGIN, DIM)


def _command_line(arguments: list[str]) -> int:
    import click

    from journal.cli import cli, main
    from journal.cli.reporting import PAINTERS
    from journal.hardening import harden

    harden()  # a password is typed here as well, and pages are opened

    PAINTERS.update({name: partial(_paint, name) for name in ("pdf", "pdf-all")})

    @cli.command("tour", short_help="Walk through the real window and keep pictures.")
    @click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
    def tour(directory: Path) -> None:
        """Walk through the real window on a sample journal.

        Numbered pictures, a share and what its reader sees are written into DIRECTORY.
        """
        from ui.tour import play

        sys.exit(play(directory))

    return main(arguments)


def _paint(name: str, payload: Payload, made: datetime) -> bytes:
    """Pages without a window, wherever this runs."""
    from ui.pdf.forms import painted_offscreen

    return painted_offscreen(name, payload, made)
