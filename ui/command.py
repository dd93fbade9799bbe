"""The one command: the window (with or without a file), `tour DIR`, and the rest on the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

from ui.lock import RESUME

_FILES = (".vault", ".age")


def main() -> NoReturn:
    """Run what the arguments ask for, and end with its status."""
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    if _for_window(arguments):
        from ui.main import run

        return run(arguments)
    return _command_line(arguments)


def _for_window(arguments: list[str]) -> bool:
    """Whether these arguments belong to the window: none, one journal or share, or what locking left."""
    if not arguments:
        return True
    if len(arguments) == 1:
        return Path(arguments[0]).suffix.lower() in _FILES
    return len(arguments) == 2 and arguments[0] == RESUME


def _command_line(arguments: list[str]) -> int:
    import click

    from journal.cli import main as group

    @click.command("tour", short_help="Walk through the real window and keep pictures.")
    @click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
    def tour(directory: Path) -> None:
        """Walk through the real window on a sample journal.

        Numbered pictures, a share and what its reader sees are written into DIRECTORY.
        """
        from ui.tour import play

        sys.exit(play(directory))

    group.add_command(tour)
    return group.main(args=arguments, prog_name="integration-journal", standalone_mode=True) or 0
