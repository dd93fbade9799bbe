"""The one command: the window (with or without a file), `tour DIR`, and the rest on the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

from ui.arguments import RESUME

_FILES = (".vault", ".age")


def main() -> NoReturn:
    """Run what the arguments ask for, and end with its status."""
    sys.exit(_run(sys.argv[1:]))


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
    return len(arguments) == 2 and arguments[0] == RESUME


def has_display() -> bool:
    """Whether a window can be shown; asked first, for Qt ends with a core dump where no display answers."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return _wayland_is_there() or (bool(os.environ.get("DISPLAY")) and _x_answers())


def _wayland_is_there() -> bool:
    name, folder = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(name) and Path(folder, name).is_socket()


def _x_answers() -> bool:
    """Whether the display that DISPLAY names takes a connection, as Qt will ask for one."""
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:  # then Qt has no way to it either
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    try:
        return xcb.xcb_connection_has_error(connection) == 0
    finally:
        xcb.xcb_disconnect(connection)


def _command_line(arguments: list[str]) -> int:
    import click

    from journal.cli import cli, main

    @cli.command("tour", short_help="Walk through the real window and keep pictures.")
    @click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
    def tour(directory: Path) -> None:
        """Walk through the real window on a sample journal.

        Numbered pictures, a share and what its reader sees are written into DIRECTORY.
        """
        from ui.tour import play

        sys.exit(play(directory))

    return main(arguments)
