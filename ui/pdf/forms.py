"""Every form a share can be saved in, those on paper too."""

from __future__ import annotations

import os
from datetime import datetime
from functools import partial

from PySide6.QtGui import QGuiApplication

from journal.report import MAKERS, Maker
from journal.share import Payload
from ui.pdf.everything import everything_pdf
from ui.pdf.report import report_pdf
from ui.theme import good_family

_PAPER = {"pdf": report_pdf, "pdf-all": everything_pdf}


def makers() -> dict[str, Maker]:
    """By their names. Call it where the window lives; what it gives may run on any thread."""
    family = good_family(QGuiApplication.font().family())
    return MAKERS | {name: partial(_paint, name, family) for name in _PAPER}


def painted_offscreen(name: str, payload: Payload, made: datetime) -> bytes:
    """One form, where there is no window and perhaps no display."""
    if QGuiApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        _kept.append(QGuiApplication(["integration-journal"]))
    return makers()[name](payload, made)


_kept: list[QGuiApplication] = []  # it must outlive what is painted


def _paint(name: str, family: str, payload: Payload, _made: datetime) -> bytes:
    return _PAPER[name](payload, family=family)
