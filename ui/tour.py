"""The tour: the real window, driven through the whole path on a sample journal, with a picture of each screen.

Pictures are `NN-screen-light.png` and `NN-screen-dark.png`; the first screens also at 200 % text and in a narrow
window. Beside them stand the share that was made (`share.age`, with its words in `share-words.txt`) and the page
its reader sees without this program (`share.txt`). Every screen is looked over for clipped and overlapping text;
what is found is printed, and the tour ends with status 1.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from journal import sample
from journal.clock import SystemClock
from journal.errors import JournalError
from journal.records import Person
from journal.sample import SampleIds
from journal.sample_care import fill_care
from journal.service import JournalService
from journal.share import read_share
from journal.vault import FAST
from ui import audit, tour_clients, tour_course, tour_replies
from ui.context import Context
from ui.dialogs.picture import PictureDialog
from ui.display import has_display
from ui.places import Place
from ui.settings import DeviceSettings
from ui.tasks import VaultTasks
from ui.theme import Scheme, Theme
from ui.window import MainWindow

PASSWORD = "a lamp in the snow"
SIZE = (1240, 820)
NARROW = (900, 600)
_LATER = "\n\nA month on: I said it to him on the telephone. He laughed, and then he did not."
_PATIENCE = 60.0  # seconds for any one thing


class _Answers:
    """Answers file questions with paths inside the tour's folder; asks nobody."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.open_next: Path | None = None

    def confirm(self, *_args: Any, **_kwargs: Any) -> bool:
        return True

    def save_path(self, _parent: QWidget | None, _title: str, suggested_name: str, filter: str = "") -> Path | None:
        suffix = Path(suggested_name).suffix or ".age"
        return self._folder / (suggested_name.partition("-")[0] + suffix)

    def open_path(self, _parent: QWidget | None, _title: str, filter: str = "") -> Path | None:
        return self.open_next

    def open_paths(self, _parent: QWidget | None, _title: str, filter: str = "") -> tuple[Path, ...]:
        return ()


def play(folder: Path) -> int:
    """Play the tour into `folder`, which is made if need be. Returns the exit status."""
    try:
        folder = folder.resolve()
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except (OSError, RuntimeError):  # the other: links that go round in a circle
        print(f"{folder} cannot be used; give the tour a folder that can be written to.", file=sys.stderr)  # noqa: T201
        return 1
    if taken:
        print(f"{folder} is not empty; give the tour a new folder.", file=sys.stderr)  # noqa: T201
        return 1
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    private = Path(tempfile.mkdtemp(prefix="integration-journal-tour-"))
    app = QApplication.instance() or QApplication(["integration-journal"])
    try:
        guide = _Guide(app, folder, private)
        guide.walk()
        guide.end()
    except (JournalError, TimeoutError) as error:
        print(f"The tour could not go on: {error}", file=sys.stderr)  # noqa: T201
        return 1
    finally:
        shutil.rmtree(private, ignore_errors=True)
    for fault in guide.faults:
        print(fault, file=sys.stderr)  # noqa: T201
    print(f"{guide.count} pictures, a share and its page are in {folder}")  # noqa: T201
    return 1 if guide.faults else 0


class _Guide:
    """Walks through the window."""

    def __init__(self, app: Any, folder: Path, private: Path) -> None:
        self._app, self._folder, self._private = app, folder, private
        self.count = 0
        self.faults: list[str] = []
        self._screen = 0
        self._theme = Theme(app)
        self._answers = _Answers(folder)
        self._tasks = VaultTasks()
        context = Context(self._tasks, self._answers, self._theme, DeviceSettings(), SystemClock())
        options = {"profile": FAST, "state_dir": private}
        self._theme.apply(Scheme.LIGHT, 100)
        self._window = MainWindow(context, options=options, replace=_stay)
        self._window.resize(*SIZE)
        self._window.offer(None)
        self._window.show()
        self._quiet()

    def walk(self) -> None:
        """The whole path: begin, write, look, share, review, lock."""
        self._begin()
        self._first_words()
        ids = self._fill()
        self._look_around(ids)
        tour_course.course(self, ids)
        self._share()
        client = tour_clients.clients(self)
        tour_replies.replies(self, self._folder, client)
        tour_course.landing(self, ids)
        self._lock()

    def end(self) -> None:
        """Close everything."""
        self._window.idle.stop()
        self._tasks.close()
        self._window.close()
        self._window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # -- the path --------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        window = self._window
        self._shoot("welcome")
        window.begin()
        create = window.welcome.create
        create.set_path(self._private / "journal.vault")
        create.password.edit.setText(PASSWORD)
        create.repeat.edit.setText(PASSWORD)
        self._shoot("new-journal")
        create.next.click()
        self._until(lambda: window.welcome.step is window.welcome.show_words)
        self._shoot("recovery-words")
        words = window.welcome.show_words.sheet().split("\n\n")[1]
        window.welcome.show_words.next.click()
        window.welcome.type_words.words.edit.setPlainText(words)
        self._shoot("recovery-words-typed-back")
        window.welcome.type_words.next.click()
        self._until(lambda: window.stack.place is not None)
        self._shoot("today-empty")

    def _first_words(self) -> None:
        self._go(Place("write", kind="intention"))
        page = self._window.stack.page("write")
        page.heading.setText("A first intention")
        page.editor.insertPlainText("To arrive. To notice one thing I would otherwise have walked past.")
        page.seal()
        self._shoot("first-intention")
        page.save.click()
        self._quiet()

    def _fill(self) -> SampleIds:
        now = SystemClock().now()
        op = partial(sample.fill, now=now)
        ids: SampleIds = self._ask(op)
        self._ask(partial(fill_care, now=now, ids=ids))
        return ids

    def _look_around(self, ids: SampleIds) -> None:
        self._go(Place("today"))
        self._shoot("today", wide=True)
        self._go(Place("journey"))
        self._shoot("journey", wide=True)
        journey = self._window.stack.page("journey")
        journey.search.setText("weath")
        self._wait(0.3)
        self._shoot("journey-search")
        journey.search.clear()
        view = self._ask(partial(JournalService.session, eid=ids.sessions[2]))
        note = view.notes[0].eid
        drawing = self._ask(partial(sample.add_drawing, entry=note))
        self._go(Place("session", eid=ids.sessions[2]))
        self._shoot("session", wide=True)
        session = self._window.stack.page("session")
        session.jump("Integration")
        self._shoot("session-integration")
        self._go(Place("write", eid=note, kind="integration", session=ids.sessions[2]))
        self._shoot("integration-note", wide=True)
        self._look_at(drawing)
        later = msgspec.structs.replace(view.notes[0].record, text=view.notes[0].record.text + _LATER)
        self._ask(partial(JournalService.save, record=later, eid=note))
        self._go(Place("history", eid=note))
        self._shoot("earlier-versions", wide=True)
        self._go(Place("check-in", session=ids.sessions[-1]))
        checkin = self._window.stack.page("check-in")
        for slider, answer in zip(checkin.sliders, (7, 6, 8, None, 7, 2, None), strict=True):
            slider.set_answer(answer)
        self._shoot("check-in", wide=True)
        checkin.save.click()
        self._quiet()
        self._go(Place("edit-session", eid=ids.sessions[1]))
        self._shoot("session-details", wide=True)
        self._go(Place("charts"))
        self._shoot("charts", wide=True)
        charts = self._window.stack.page("charts")
        charts.panel.as_table.setChecked(True)
        self._shoot("charts-table")
        charts.panel.as_table.setChecked(False)
        self._go(Place("preferences"))
        self._shoot("preferences", wide=True)
        self._ask(partial(JournalService.save, record=Person(name="Ana", reach="030 555 0147", notes="Up late.")))
        self._go(Place("help", kind="people"))
        self._shoot("help", wide=True)
        self._go(Place("library"))
        self._shoot("library", wide=True)
        self._go(Place("library", kind="time-course"))
        self._shoot("library-text", wide=True)

    def _look_at(self, eid: str) -> None:
        self._window.stack.currentWidget().shows.emit(eid, True)
        self._until(lambda: self._picture() is not None and self._picture().is_shown)
        self._shoot("picture", wide=True, over=self._picture)
        self._picture().reject()
        self._quiet()

    def _picture(self) -> PictureDialog | None:
        return next((made for made in self._window.findChildren(PictureDialog) if made.isVisible()), None)

    def _share(self) -> None:
        self._go(Place("share"))
        share = self._window.stack.page("share")
        self._shoot("share-nothing-ticked", wide=True)
        model = share.choose.model
        for place in range(model.rowCount()):
            top = model.index(place, 0)
            if model.node(top).text in ("Session 5", "Session 6"):
                model.tick(top)
        self._shoot("share-ticked")
        share.next.click()
        share.reader.to.setText("Dr Amsel")
        share.reader.talk_about.setPlainText("The corridor in the fourth session. I think I skipped over it.")
        self._shoot("share-for-whom", wide=True)
        share.next.click()
        self._until(lambda: share.stack.currentWidget() is share.preview)
        self._shoot("share-preview", wide=True)
        share.next.click()
        self._until(lambda: share.stack.currentWidget() is share.done)
        self._shoot("share-made")
        words = share.done.words.text()
        file = self._folder / "share.age"
        (self._folder / "share-words.txt").write_text(words + "\n", encoding="utf-8")
        (self._folder / "share.txt").write_text(read_share(file, passphrase=words).text, encoding="utf-8")
        self._go(Place("ledger"))
        self._shoot("shared-before")
        self._go(Place("review"))
        review = self._window.stack.page("review")
        self._shoot("read-a-share")
        review.open_file(file)
        self._until(lambda: review.words.isVisible())
        review.words.setText(words)
        review.open.click()
        self._until(lambda: review.stack.currentIndex() == 1)
        self._shoot("review", wide=True)
        review.view.show_sessions()
        self._shoot("review-side-by-side")

    def _lock(self) -> None:
        self._window.lock()
        self._until(lambda: not self._tasks.is_open)
        self._wait(0.2)

    # -- hands and eyes ----------------------------------------------------------------------------------------------

    def _shoot(
        self, name: str, *, wide: bool = False, dim: bool = False, over: Callable[[], QDialog | None] | None = None
    ) -> None:
        """A picture in light and dark; `wide` also at 200 % and in a narrow window; `dim` in landing's light alone.
        `over`: what stands over it."""
        self._screen += 1
        self._window.idle.start(0)  # nobody touches it, and a tour is long
        self._quiet()
        looks = [("light", Scheme.LIGHT, 100, SIZE), ("dark", Scheme.DARK, 100, SIZE)]
        if wide:
            looks += [("light-200", Scheme.LIGHT, 200, SIZE), ("dark-narrow", Scheme.DARK, 100, NARROW)]
        if name == "share-preview":  # where there is little room, the reader's page has to have it
            looks.append(("light-200-narrow", Scheme.LIGHT, 200, NARROW))
        if dim:
            looks = [("dim", Scheme.LANDING, 100, SIZE)]
            if wide:
                looks += [("dim-200", Scheme.LANDING, 200, SIZE), ("dim-narrow", Scheme.LANDING, 100, NARROW)]
        for look, scheme, scale, size in looks:
            if (self._theme.choice, self._theme.scale) != (scheme, scale):
                self._theme.apply(scheme, scale)
            self._window.resize(*size)
            self._quiet()
            shown = self._window
            if over is not None:
                shown = over()
                shown.resize(*size)
                self._quiet()
            path = self._folder / f"{self._screen:02d}-{name}-{look}.png"
            if not shown.grab().save(str(path)):
                raise JournalError(f"A picture could not be written to {self._folder}.")
            self.count += 1
            self.faults += [f"{path.name}: {fault}" for fault in audit.faults(shown)]
        self._theme.apply(Scheme.LANDING if dim else Scheme.LIGHT, 100)
        self._window.resize(*SIZE)
        self._quiet()

    # What `tour_course` goes by.

    def shoot(self, name: str, *, wide: bool = False, dim: bool = False) -> None:
        self._shoot(name, wide=wide, dim=dim)

    def go(self, place: Place) -> Any:
        self._go(place)
        return self._window.stack.currentWidget()

    def ask(self, op: Callable[[JournalService], Any]) -> Any:
        return self._ask(op)

    def pause(self, seconds: float) -> None:
        self._wait(seconds)

    def until(self, done: Callable[[], bool]) -> None:
        self._until(done)
        self._quiet()

    def _go(self, place: Place) -> None:
        self._window.stack.go(place)
        self._quiet()

    def _ask(self, op: Callable[[JournalService], Any]) -> Any:
        got: list[Any] = []
        self._tasks.ask(op, got.append, got.append)
        self._until(lambda: bool(got))
        if isinstance(got[0], JournalError):
            raise got[0]
        return got[0]

    def _quiet(self) -> None:
        """Until nothing is under way and everything is laid out."""
        for _ in range(3):
            got: list[bool] = []
            self._tasks.run(_true, got.append)
            self._until(lambda got=got: bool(got))
        self._wait(0.12)

    def _until(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + _PATIENCE
        while not done():
            if time.monotonic() > end:
                raise TimeoutError(f"something took longer than it may, after picture {self._screen}")
            self._wait(0.01)

    def _wait(self, seconds: float) -> None:
        """Let the window work, in a loop of its own: only that deletes what was put aside to be deleted."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()


def _true() -> bool:
    return True


def _stay(_path: Path | None) -> None:
    """In place of starting anew after locking: the tour ends here."""
