"""Every form a share can be saved in, those on paper too."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtGui import QGuiApplication

from journal.report import MAKERS, Maker
from journal.share import Payload
from ui.pdf.everything import everything_pdf
from ui.pdf.report import report_pdf
from ui.theme import good_family


def makers(maker: str = "") -> dict[str, Maker]:
    """By their names. Call it where the window lives; what it gives may run on any thread. `maker`: what is known of
    who made the share, in a sentence, which the report says."""
    family = good_family(QGuiApplication.font().family())
    report = partial(report_pdf, family=family, maker=maker)
    paper = {"pdf": report, "pdf-all": partial(everything_pdf, family=family)}
    return MAKERS | {name: partial(_paint, draw) for name, draw in paper.items()}


def painted_offscreen(name: str, payload: Payload, made: datetime) -> bytes:
    """One form, where there is no window and perhaps no display."""
    if QGuiApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        _kept.append(QGuiApplication(["integration-journal"]))
    return makers()[name](payload, made)


_kept: list[QGuiApplication] = []  # it must outlive what is painted


def _paint(draw: Callable[[Payload], bytes], payload: Payload, _made: datetime) -> bytes:
    return draw(payload)
