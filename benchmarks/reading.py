"""A share of 1,000 entries, read: how long each frame takes while one scrolls, and how soon the first one is there.

The share has 880 entries of the corpus (22 sessions with their texts, check-ins, pages of all lengths), 60
questionnaires, 20 medicines, 20 side effects, 20 hard moments. It is kept as a client's, beside an older one of half
of it, and read in the real window at 1400 by 900 px, offscreen without a display. *A frame* is from the wheel, the
key or the move of the scroll bar until everything it set off was painted; every fifth part is gone through from its
top down, as far as a hundred frames go. Of 60 frames in a second each has 16.7 ms. A turn of the loop in which more
of a part comes in is a frame, too: alone, and with a notch of the wheel in it, from the first picture of the part
until all of it is there. The bare thing is one plain `QTextEdit` with all texts of a part.

*To what is new*: from the file, as a double click gives it to the open window, to the page that says what is new;
each step from the click or key to the picture. How long a hand takes to type the words is not in it.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks import corpus
from benchmarks.measure import CLOCK, NOW, PASSWORD, Line, absolute, ratio, timed
from benchmarks.stores import Made
from journal.clock import FixedClock
from journal.records import (
    Client,
    HardMoment,
    HowHard,
    Medicine,
    MedicineStep,
    Moment,
    Record,
    ScaleAnswers,
    SideEffect,
    StepKind,
)
from journal.service import JournalService
from journal.share import Payload, Selection, build, generate_passphrase, write_share
from journal.vault import FAST

_FRAME = 1 / 60
_ENTRIES, _SOON = 1_000, 10.0
_NOTCH = 120  # what a wheel tells of one notch
_MOST = 100  # frames of one part, each way
_EACH = 5  # every so many parts are gone through


def entries(count: int = _ENTRIES) -> list[tuple[str, Record]]:
    """So many entries with their ids; nearly one in eight is of the kinds that came with format 2."""
    others = count * 12 // 100
    found = [pair for pair in corpus.entries(count - others) if pair[1].kind != "course"]
    every = timedelta(days=20)
    made: list[Record] = []
    for number in range(count - len(found)):
        at = Moment(NOW - every * number)
        match number % 6:
            case 0:
                steps = (MedicineStep(kind=StepKind.START, at=at, dose="10 mg"),)
                made.append(Medicine(name=f"Medicine {number // 6}", steps=steps))
            case 1:
                made.append(SideEffect(what=f"Headache {number // 6}", began=at, note="It came in the evening."))
            case 2:
                made.append(HardMoment(at=at, how=HowHard.VERY, talk=number < 12, note="The corridor. " * 12))
            case _:
                answers = tuple((number + item) % 4 for item in range(10))
                made.append(ScaleAnswers(at=at, scale="phq-9", answers=answers))
    return found + [(f"{number:032x}", record) for number, record in enumerate(made)]


def share(items: list[tuple[str, Record]], days: int = 0) -> Payload:
    """A share of all of these, made so many days ago."""
    chosen = Selection(
        eids=frozenset(eid for eid, _ in items), sender="Ruth", include_items=True, include_body_notes=True
    )
    return build(chosen, items, FixedClock(NOW - timedelta(days=days)))


def lines(_: Made) -> Iterator[Line]:
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        desk = _Desk(Path(folder))
        try:
            yield from desk.to_what_is_new()
            yield from desk.frames()
        finally:
            desk.end()


class _Desk:
    """The window with an open journal, a client with an older share, and the file of the new one."""

    def __init__(self, folder: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from ui.context import Context
        from ui.settings import DeviceSettings
        from ui.tasks import VaultTasks
        from ui.theme import Scheme, Theme
        from ui.window import MainWindow

        self.app = QApplication.instance() or QApplication([])
        theme = Theme(self.app)
        theme.apply(Scheme.LIGHT, 100)
        self.tasks = VaultTasks()
        options = {"profile": FAST, "state_dir": folder}
        context = Context(self.tasks, _Nobody(), theme, DeviceSettings(), CLOCK)
        self.window = MainWindow(context, options=options, replace=lambda _: None)
        self.window.resize(1400, 900)
        path = folder / "journal.vault"
        service, _ = JournalService.create(path, PASSWORD, **options)
        items = entries()
        self.client = service.save(Client(name="Ruth", added=Moment(NOW))).eid
        older = service.take_in(share(items[: len(items) // 2], days=21), self.client)
        service.mark_seen(older.eid)
        service.close()
        self.payload = share(items)
        self.words = generate_passphrase()
        self.file = folder / "share.age"
        write_share(self.file, self.payload, passphrase=self.words)
        self.window.offer(path)
        self.window.show()
        self.window.begin()
        unlock = self.window.welcome.unlock
        unlock.password.edit.setText(PASSWORD)
        unlock.next.click()
        self._until(lambda: self.window.stack.place is not None)
        self.quiet()

    def end(self) -> None:
        self.window.idle.stop()
        self.tasks.close()
        self.window.close()

    def quiet(self) -> None:
        """Wait for all answers, and for what they asked in turn; all of it is painted then."""
        for _ in range(4):
            got: list[bool] = []
            self.tasks.run(bool, lambda _, got=got: got.append(True))
            self._until(lambda got=got: bool(got))
        self.app.processEvents()

    def _until(self, met: Callable[[], bool]) -> None:
        from PySide6.QtCore import QEventLoop

        while not met():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)

    # -- from the file to what is new ----------------------------------------------------------------------------

    def to_what_is_new(self) -> Iterator[Line]:
        whole = 0.0
        for name, step in (
            ("the file is known, the words are asked for", self._open_file),
            ("from the words to the first picture of the share", self._give_words),
            ("kept with the client: what is new is seen", self._keep),
        ):
            taken = timed(lambda step=step: (step(), self.quiet()))
            whole += taken
            yield absolute(f"{_ENTRIES:,} entries: {name}", [taken])
        yield absolute(f"{_ENTRIES:,} entries: to what is new, all of it", [whole], goal=_SOON)

    def _open_file(self) -> None:
        self.window.open_file(self.file)

    def _give_words(self) -> None:
        page = self.window.stack.currentWidget()
        page.words.setText(self.words)
        page.open.click()

    def _keep(self) -> None:
        page = self.window.stack.currentWidget()
        page.keep.keep.click()

    # -- frames ----------------------------------------------------------------------------------------------------

    def frames(self) -> Iterator[Line]:
        page = self.window.stack.currentWidget()
        keys = [line.key for line in page.list.lines.lines if line.key]
        newest = [key for key in keys if key.split()[0] == keys[0].split()[0]]
        self._stand(page, newest[0])  # the chart's part of the program comes in
        shown, after, meanwhile, scrolled = [], [], [], {how: [] for how in self._ways(page.reading)}
        for key in (newest[0], *newest[1::_EACH], *(key for key in newest if key.endswith("scales"))):
            shown.append(timed(lambda key=key: self._stand(page, key)))
            while not page.view.whole:
                after.append(timed(self.app.processEvents))
            self._stand(page, newest[0])
            self._stand(page, key)
            meanwhile += self._filling(page.reading, page.view)
            for how, act in self._ways(page.reading).items():
                scrolled[how] += self._down(page.reading, act)
        yield absolute("a part is chosen: the first picture of it", shown)
        yield from _frames("the rest of it comes in", after)
        yield from _frames("reading by the wheel while it comes in", meanwhile)
        for how, found in scrolled.items():
            yield from _frames(f"reading by {how}", found)
        for how, act in self._ways(page.list).items():
            if how == "PageDown":
                continue  # the list walks then, and each line that is come to is shown
            yield from _frames(f"contents by {how}", self._down(page.list, act))
        bare = self._bare(page)
        found = [self._down(area, self._ways(area)["the bar"]) for area in (page.reading, bare)]
        most = min(len(one) for one in found)
        yield ratio("a frame of many texts / a bare QTextEdit with them", found[0][:most], found[1][:most])
        yield from self._whole_share()

    def _whole_share(self) -> Iterator[Line]:
        """The page that reads a share's file shows all of it, part after part."""
        from ui.places import Place

        self.window.stack.go(Place("review"))
        page = self.window.stack.currentWidget()
        page.view.show_payload(self.payload)
        page.stack.setCurrentIndex(1)
        self.quiet()
        meanwhile: list[float] = []
        found: dict[str, list[float]] = {how: [] for how in self._ways(page.view)}
        for place in range(0, len(page.view._parts), _EACH):
            page.view._on_part(place)
            self.app.processEvents()
            page.view.show_sessions()
            meanwhile += self._filling(page.view, page.view._view)
            for how, act in self._ways(page.view).items():
                found[how] += self._down(page.view, act)
        yield from _frames("a share that is not kept, by the wheel while it comes in", meanwhile)
        for how, times in found.items():
            yield from _frames(f"a share that is not kept, by {how}", times)

    def _filling(self, area: Any, view: Any) -> list[float]:
        """Frames with a notch of the wheel in each, while more comes in."""
        wheel, found = self._ways(area)["the wheel"], []
        while not view.whole:
            found.append(timed(lambda: (wheel(), self.app.processEvents())))
        return found

    def _stand(self, page: Any, key: str) -> None:
        page.list.stand_on(key)
        page._show(key)
        self.app.processEvents()

    def _ways(self, area: Any) -> dict[str, Callable[[], None]]:
        """The ways to scroll: a notch of the wheel, a page by its key, a hand's move of the bar."""
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtTest import QTest

        bar = area.verticalScrollBar()

        def wheel() -> None:
            at = area.viewport().mapTo(self.window, area.viewport().rect().center())
            QTest.wheelEvent(self.window.windowHandle(), at, QPoint(0, -_NOTCH))

        def move() -> None:
            bar.setValue(bar.value() + 37)

        return {
            "the wheel": wheel,
            "PageDown": lambda: QTest.keyClick(area, Qt.Key.Key_PageDown),
            "the bar": move,
        }

    def _down(self, area: Any, act: Callable[[], None]) -> list[float]:
        """From the top to the bottom; a frame each."""
        bar = area.verticalScrollBar()
        bar.setValue(0)
        self.quiet()
        found = []
        while bar.value() < bar.maximum() and len(found) < _MOST:
            before = bar.value()
            found.append(timed(lambda: (act(), self.app.processEvents())))
            if bar.value() == before:
                break
        return found

    def _bare(self, page: Any) -> Any:
        from PySide6.QtWidgets import QTextEdit

        key = max((line.key for line in page.list.lines.lines if " writings" in line.key), key=lambda key: len(key))
        self._stand(page, key)
        page.view.finish()
        bare = QTextEdit()
        bare.setReadOnly(True)
        bare.setPlainText("\n\n".join(reading.toPlainText() for reading in page.readings()))
        bare.resize(page.reading.size())
        bare.show()
        self.quiet()
        return bare


def _frames(what: str, found: list[float]) -> Iterator[Line]:
    if not found:
        yield Line(f"{what}: nothing to scroll")
        return
    high = statistics.quantiles(found, n=100)[98] if len(found) > 1 else found[0]
    yield absolute(f"{what}: a frame of {len(found):,}", found, goal=_FRAME)
    yield absolute(f"{what}: the slowest in a hundred", found, value=high, goal=_FRAME)
    yield absolute(f"{what}: the slowest", found, value=max(found))


class _Nobody:
    """Nobody is asked."""
