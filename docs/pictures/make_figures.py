"""Makes the pictures of docs/figures.md from the sample journal, in a folder of its own that is gone afterwards.

    QT_QPA_PLATFORM=offscreen python docs/pictures/make_figures.py [FOLDER]

Each figure as the window shows it, light and dark, and as it is printed. Without FOLDER, those that are there are
made anew.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from journal import sample
from journal.clock import FixedClock
from journal.records import CheckIn, Course, Moment, Route, Session
from journal.sample_care import fill_care
from journal.service import JournalService
from journal.vault import FAST
from ui.charts import export
from ui.charts.figure import Figure
from ui.pages.charts_figures import FIGURES, WORDS, Wish, make
from ui.theme import Scheme, Theme
from ui.widgets.figure_panel import FigurePanel

NOW = datetime(2026, 3, 12, 14, 5, tzinfo=timezone(timedelta(hours=1)))
_WIDE, _GAP = 900, 16
_PRINTED = 900  # px
_SECOND = ((60, (4, 6, 6, 5)), (50, (5, 7, 6, None)), (40, (4, 6, 7, 6)))  # days before, mood after each window


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    theme = Theme(app)
    with tempfile.TemporaryDirectory() as private:
        home = Path(private)
        service, _ = JournalService.create(
            home / "journal.vault", "a password", profile=FAST, clock=FixedClock(NOW), state_dir=home
        )
        try:
            ids = sample.fill(service, now=NOW)
            fill_care(service, now=NOW, ids=ids)
            for key, _, _ in FIGURES:
                if key == WORDS:
                    continue
                if key == "courses":
                    _second_course(service)
                service.show_bands(shown=key == "scale")
                _picture(theme, _figure(service, key), folder)
        finally:
            service.close()


def _figure(service: JournalService, key: str) -> Figure:
    change = ""
    if key == "change":
        change = next(name for name, what in make(service, wish=Wish()).choices.changes if "stopped" in what)
    figure = make(service, wish=Wish(key=key, change=change)).figure
    assert figure is not None
    return figure


def _picture(theme: Theme, figure: Figure, folder: Path) -> None:
    name = figure.key.partition(" ")[0]
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        theme.apply(scheme, 100)
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        panel = FigurePanel(theme)
        body.addWidget(panel)
        panel.set_figure(figure)
        panel.restyle()
        holder.resize(_WIDE, 100)
        holder.show()
        for _ in range(3):
            QApplication.processEvents()
        holder.resize(_WIDE, max(holder.heightForWidth(_WIDE), holder.minimumSizeHint().height()))
        for _ in range(3):
            QApplication.processEvents()
        holder.grab().toImage().save(str(folder / f"{name}-{scheme.value}.png"))
        holder.close()
        holder.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # now, and not while the next is painted
    printed = export.as_image(figure, hidden=frozenset(line.key for line in figure.lines if not line.shown))
    printed.setDevicePixelRatio(1)
    smooth = Qt.TransformationMode.SmoothTransformation
    printed.scaledToWidth(_PRINTED, smooth).save(str(folder / f"{name}-print.png"))


def _second_course(service: JournalService) -> None:
    """A course before the one of the sample, to stand beside it."""
    course = service.save(Course(title="At the other clinic")).eid
    for number, (days, moods) in enumerate(_SECOND, 1):
        starts = NOW - timedelta(days=days + 40)
        session = Session(
            starts=Moment(starts), number=number, course=course, route=Route.INTRAMUSCULAR, happened=True
        )
        service.save(session)
        for hours, mood in zip((4, 24, 72, 168), moods, strict=True):
            if mood is not None:
                service.save(CheckIn(at=Moment(starts + timedelta(hours=hours)), mood=mood))


if __name__ == "__main__":
    main()
