"""No PDF tells the second it was made at, or the clock's offset, in whatever zone the computer is."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.pdf.reading import Read

ROOT = Path(__file__).resolve().parents[3]
MAKE = """
import base64, json
from PySide6.QtWidgets import QApplication
app = QApplication([])
from tests.journal.report.payloads import share
from ui.charts.export import as_pdf
from ui.charts.figure import Axis, Figure, Line, Spot, Table
from ui.pdf.everything import everything_pdf
line = Line("PHQ-9", 0, ((Spot(0, 1, "a"), Spot(1, 2, "b")),))
chart = Figure("s", "PHQ-9", "said", "cannot", Axis("number"), Axis("number"), Table(()), lines=(line,))
made = everything_pdf(share(talk_about="The corridor."), family=app.font().family()), as_pdf(chart)
print(json.dumps([base64.b64encode(one).decode() for one in made]))
"""


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata"])
def test_a_pdf_tells_neither_a_clock_nor_an_offset(zone: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", MAKE], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "TZ": zone, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    report, chart = (base64.b64decode(one) for one in json.loads(ended.stdout.splitlines()[-1]))
    assert len(re.findall(rb"D:20261123000000", report)) == 2
    for pdf in (report, chart):
        stamps = re.findall(rb"D:\d{8}(\d{6})([^)]*)\)", pdf) + re.findall(rb"-\d\dT([\d:]{8})([^<\"]*)", pdf)
        assert len(stamps) > 2
        assert {clock.replace(b":", b"") for clock, _ in stamps} == {b"000000"}
        assert {offset for _, offset in stamps} <= {b"Z", b"+00'00'", b"+00:00"}
        assert Read(pdf).pages
