"""What the tests of replies have: a patient's and a therapist's journal, and files that go between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from journal.clock import FixedClock
from journal.records import Client, Compared, Experience, Intention, Moment, Received, Session
from journal.service import JournalService, ReplyChoice
from journal.share import Selection, envelope, file
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, answer, quiet, settled
from tests.ui.fakes import FakePrompter
from ui.context import Context
from ui.settings import DeviceSettings
from ui.tasks import VaultTasks
from ui.theme import Theme
from ui.window import MainWindow

SESSION, INTENTION, EXPERIENCE = "5" * 32, "1" * 32, "e" * 32
TEXT = "There was a long corridor, and at its end a blue door that stood open."
DOOR = (TEXT.index("blue door"), TEXT.index("blue door") + len("blue door"))
WORDS = "autumn"  # closes what these tests make without a window


def service(folder: Path, name: str, clock: FixedClock | None = None) -> JournalService:
    """Somebody's journal, open without a window."""
    folder.mkdir(exist_ok=True)
    made, _ = JournalService.create(
        folder / f"{name}.vault", PASSWORD, profile=FAST, clock=clock or FixedClock(NOW), state_dir=folder / name
    )
    return made


def fill(journal: JournalService) -> None:
    """A session with an intention and an experience: what the patient shares."""
    at = Moment(NOW - timedelta(days=1))
    journal.save(Session(starts=at, happened=True, number=1), SESSION)
    journal.save(Intention(at=at, text="To arrive.", session=SESSION), INTENTION)
    journal.save(Experience(at=at, text=TEXT, session=SESSION, title="The door"), EXPERIENCE)


def share(journal: JournalService, path: Path, *, recipient: str = "") -> None:
    """Share all three of them."""
    selection = Selection(eids=frozenset({SESSION, INTENTION, EXPERIENCE}), sender="Jona", to="Dr Amsel")
    payload = journal.preview_share(selection)
    closed = {"recipients": (recipient,), "prove": True} if recipient else {"passphrase": WORDS}
    journal.write_share(selection, path, payload=payload, **closed)


def know(one: JournalService, other: JournalService, name: str, *, compared: bool = True) -> str:
    """`one` keeps the other's card. The other's address."""
    card = other.own_card(name).card
    assert card is not None
    kept = one.add_card(card)
    if compared:
        known = next(each for each in one.contacts() if each.eid == kept.eid)
        one.mark_compared(kept.eid, known.words, Compared.IN_PERSON)
    return card.recipient


def take_in(journal: JournalService, path: Path, passphrase: str | None = None) -> str:
    """The therapist keeps a share with a new client. Its entry."""
    opened = journal.open_share(path, passphrase=passphrase)
    client = journal.save(Client(name="Jona", added=Moment(journal.clock.now()))).eid
    address = journal.check_share(opened).finding.address
    return journal.take_in(opened.payload, client, "", address).eid


def comment(
    journal: JournalService, received: str, text: str, *, whole: bool = False, words: str = "blue door"
) -> str:
    """The therapist comments on the passage of the experience, or on the whole of it."""
    place = next(
        number for number, one in enumerate(payload_of(journal, received).entries) if getattr(one, "text", "") == TEXT
    )
    start = TEXT.index(words)
    passage = (place, "", 0, 0) if whole else (place, "text", start, start + len(words))
    return journal.comment(received, text, passage).eid


def payload_of(journal: JournalService, received: str) -> Any:
    record = journal.get(received).record
    assert isinstance(record, Received)
    return next(one for one in journal.review(record.client).shares if one.eid == received).payload


def reply(journal: JournalService, received: str, path: Path, *, recipient: str = "", text: str = "") -> None:
    """The therapist answers with all that waits."""
    desk = journal.reply_desk(received)
    chosen = tuple(item.eid for item in desk.waiting)
    choice = ReplyChoice(received=received, comments=chosen, text=text, sender="Dr Amsel", to="Jona")
    closed = {"recipient": recipient} if recipient else {"passphrase": WORDS}
    journal.write_reply(choice, path, payload=journal.preview_reply(choice), **closed)


def answered(patient: JournalService, folder: Path, *, known: bool = True, text: str = "") -> Path:
    """What the patient of `fill` shared, answered by a therapist with one comment. The file. `known`: by somebody
    whose words the patient compared, and to the patient's address; else closed with words, by nobody known."""
    therapist = service(folder, "amsel")
    try:
        path = folder / "share.age"
        if known:
            share(patient, path, recipient=know(patient, therapist, "Dr Amsel"))
            received = take_in(therapist, path)
        else:
            share(patient, path)
            received = take_in(therapist, path, WORDS)
        comment(therapist, received, "What is behind it?")
        made = folder / "reply-2026-03-12.age"
        recipient = patient.identity() if known else ""
        reply(therapist, received, made, recipient=recipient, text=text)
        return made
    finally:
        therapist.close()


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that close a file are as quickly tried as other programs allow."""
    monkeypatch.setattr(envelope, "USUAL_WORK", 10)
    monkeypatch.setattr(file, "seal_with_passphrase", partial(envelope.seal_with_passphrase, max_work=9))


def on(qtbot: Any, window: MainWindow, do: Any, *args: Any, **more: Any) -> Any:
    """`do(service, …)` on the window's own journal."""
    question = partial(window.context.tasks.ask, partial(_do, do=do, args=args, more=more))
    return answer(qtbot, question, timeout=60_000)  # words that close a file take as long as the computer takes


def _do(service: JournalService, *, do: Any, args: tuple[Any, ...], more: dict[str, Any]) -> Any:
    return do(service, *args, **more)


@contextmanager
def another_window(qtbot: Any, theme: Theme, folder: Path) -> Iterator[MainWindow]:
    """A second window on a second journal, as on another computer."""
    folder.mkdir()
    tasks = VaultTasks()
    context = Context(tasks, FakePrompter(), theme, DeviceSettings(), FixedClock(NOW))
    made = MainWindow(context, options={"profile": FAST, "state_dir": folder / "state"}, replace=_stay)
    made.resize(1120, 760)
    path = folder / "other.vault"
    JournalService.create(path, PASSWORD, profile=FAST, clock=context.clock, state_dir=folder / "state")[0].close()
    made.offer(path)
    with qtbot.waitExposed(made):
        made.show()
    made.welcome.unlock.password.edit.setText(PASSWORD)
    made.welcome.unlock.next.click()
    settled(qtbot, made)
    try:
        yield made
    finally:
        made.idle.stop()
        tasks.close()
        made.close()
        made.deleteLater()
        QApplication.processEvents()
        tasks.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _stay(*_told: Any, **_how: Any) -> None:
    return None


def press(qtbot: Any, page: QWidget) -> None:
    """Press the button that leads on, and wait."""
    page.next.click()
    qtbot.waitUntil(lambda: page.context.tasks._waiting == 0, timeout=60_000)
    quiet(qtbot, page.context.tasks)


def opened(qtbot: Any, window: MainWindow, path: Path, words: str = "") -> Any:
    """Open a file as the system gives it to the program. The page that shows it."""
    window.open_file(path)
    page = window.stack.currentWidget()
    quiet(qtbot, window.context.tasks)
    if words:
        page.words.setText(words)
        page.open.click()
        quiet(qtbot, window.context.tasks)
    return page
