"""Chromium, cut off from every network, in a process of its own: `open_page(file, steps)` tells what it saw.

The engine is that of Qt WebEngine, from PySide6-Addons, which only tests need. As a program this module is the
browser: it reads `{"file": ..., "width": ..., "steps": [...]}` from standard input, and writes one JSON object.
Steps, each with its answer in order:

    ["open", "file.html"]                   once it is loaded; another file than the first, or the same one anew
    ["run", "a JavaScript expression"]      its value
    ["until", "a JavaScript expression"]    its value, as soon as it is something
    ["type", "words"]                       typed as keys into what has the focus
    ["key", "Return"]                       one key, by Qt's name
    ["picture", "file.png"], ["pdf", "file.pdf"]
    ["words of", "file.pdf"]                all text on the paper
    ["inks of", "file.pdf"]                 the colours of its first page
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
_SECONDS = 120
# Names lead nowhere and nothing answers: what the page's own policy let through would fail here, and be told.
_FLAGS = (
    "--host-resolver-rules=\"MAP * ~NOTFOUND\" --proxy-server=127.0.0.1:9 --disable-gpu "
    "--disable-background-networking --disable-component-update --no-default-browser-check --force-color-profile=srgb"
)
_AS_ROOT = ("--no-sandbox",)  # which Chromium asks of root
_DARK = ("--blink-settings=preferredColorScheme=0",)  # the offscreen platform has no scheme of its own


class Seen(NamedTuple):
    """The answers of the steps, every address that was asked for, and what the console said."""

    answers: list[Any]
    asked: list[str]
    console: list[str]


def open_page(file: Path, *steps: tuple[str, str], dark: bool = False, width: int = 1000) -> Seen:
    """Open a file in Chromium and take the steps."""
    told = {"file": str(file), "width": width, "steps": steps}
    with tempfile.TemporaryDirectory() as home:
        found = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("QT", "XDG", "DBUS"))},
            "HOME": home,
            "XDG_RUNTIME_DIR": home,
            "QT_QPA_PLATFORM": "offscreen",
            "QTWEBENGINE_CHROMIUM_FLAGS": " ".join((_FLAGS, *_AS_ROOT[: _is_root()], *_DARK[:dark])),
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.chromium"], input=json.dumps(told).encode(), env=found, cwd=ROOT,
            capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-4000:]
    return Seen(**json.loads(done.stdout))


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _browse(told: dict[str, Any]) -> None:
    from PySide6.QtCore import QMarginsF, Qt, QTimer, QUrl
    from PySide6.QtGui import QPageLayout, QPageSize
    from PySide6.QtTest import QTest
    from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineUrlRequestInterceptor
    from PySide6.QtWebEngineWidgets import QWebEngineView
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    answers: list[Any] = []
    asked: list[str] = []
    console: list[str] = []
    address = [QUrl.fromLocalFile(told["file"])]

    class Cut(QWebEngineUrlRequestInterceptor):
        def interceptRequest(self, info: Any) -> None:
            asked.append(info.requestUrl().toString())
            info.block(info.requestUrl().adjusted(QUrl.UrlFormattingOption.RemoveFragment) != address[0])

    class Page(QWebEnginePage):
        def javaScriptConsoleMessage(self, _level: Any, message: str, _line: int, _source: str) -> None:
            console.append(message)

    cut = Cut()
    profile = QWebEngineProfile()  # keeps nothing on disk
    profile.setUrlRequestInterceptor(cut)
    page = Page(profile)
    view = QWebEngineView()
    view.setPage(page)
    view.resize(told["width"], 800)
    view.show()
    steps = [("open", told["file"]), *(tuple(step) for step in told["steps"])]

    def on() -> None:
        if not steps:
            app.quit()
            return
        what, argument = steps[0]
        if what == "open":
            address[0] = QUrl.fromLocalFile(argument)
            page.load(address[0])
        elif what in ("run", "until"):
            page.runJavaScript(f"JSON.stringify({argument})", answered)
        elif what == "type":
            QTest.keyClicks(view.focusProxy(), argument)
            after(None)
        elif what == "key":
            QTest.keyClick(view.focusProxy(), Qt.Key[f"Key_{argument}"])
            after(None)
        elif what == "picture":
            QTimer.singleShot(300, take)
        elif what == "pdf":
            margins = QMarginsF(45, 50, 45, 50)  # points
            paper = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins)
            page.printToPdf(argument, paper)
        elif what == "words of":
            after(_words(argument))
        elif what == "inks of":
            after(_inks(argument))

    def take() -> None:
        after(view.grab().save(steps[0][1]))

    def answered(value: str | None) -> None:
        if steps[0][0] == "until" and value in (None, "", "null", "false", "0", '""'):
            QTimer.singleShot(20, on)
        else:
            after(json.loads(value) if value else None)

    def after(value: Any) -> None:
        answers.append(value)
        steps.pop(0)
        QTimer.singleShot(0, on)

    def loaded(well: bool) -> None:
        if steps and steps[0][0] == "open":  # it also tells of frames that could not be
            view.focusProxy().setFocus()
            after(well)

    page.loadFinished.connect(loaded)
    page.pdfPrintingFinished.connect(lambda _path, well: after(well))
    on()
    app.exec()
    view.setPage(None)
    page.deleteLater()
    sys.stdout.write(json.dumps({"answers": answers[1:], "asked": asked, "console": console}))
    sys.stdout.flush()
    os._exit(0)  # the engine's own farewell is of no interest here


def _words(pdf: str) -> str:
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    document.load(pdf)
    return "".join(document.getAllText(number).text() for number in range(document.pageCount()))


def _inks(pdf: str) -> dict[str, Any]:
    """The colour in the corner, the darkest one, and how far from grey any of them is."""
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    document.load(pdf)
    drawn = document.render(0, QSize(620, 877))
    sheet = QImage(drawn.size(), QImage.Format.Format_RGB32)
    sheet.fill(QColor(255, 255, 255))
    painter = QPainter(sheet)
    painter.drawImage(0, 0, drawn)
    painter.end()
    colours = {sheet.pixel(x, y) & 0xFFFFFF for x in range(sheet.width()) for y in range(sheet.height())}
    parts = [[colour >> 16, colour >> 8 & 255, colour & 255] for colour in colours]
    corner = sheet.pixelColor(2, 2)
    return {
        "background": [corner.red(), corner.green(), corner.blue()],
        "darkest": min(parts, key=sum),
        "most colour": max(max(part) - min(part) for part in parts),
    }


if __name__ == "__main__":
    _browse(json.load(sys.stdin))
