"""What every test stands on: no display, no network, a home of its own, one time zone, short property runs."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["TZ"] = "Europe/Berlin"  # a zone with summer time, so that local and UTC are never the same by chance
if hasattr(time, "tzset"):
    time.tzset()

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "journal",
    max_examples=60,
    deadline=None,  # a slow machine is no fault of the code
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,  # the same examples everywhere, so a red run can be repeated
    database=None,
)
settings.load_profile("journal")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and data of a test go under a folder of its own, beside its `tmp_path`."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    return home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a socket to another machine fails the test; pairs within this process are not network."""

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("the journal must never open a network connection")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def own_clipboard() -> Iterator[None]:
    """What a test copied is gone before the next.

    Qt deletes what is left in the clipboard when the process ends, after Python is gone, and crashes on whatever was
    made in Python.
    """
    yield
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()
