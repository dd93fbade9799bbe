"""What the tests of a therapist's pages have: shares of clients, and hands to open and keep them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from journal.clock import FixedClock
from journal.records import (
    CheckIn,
    Client,
    Experience,
    HardMoment,
    IntegrationNote,
    Intention,
    Moment,
    Record,
    Session,
    SideEffect,
)
from journal.service import JournalService
from journal.share import Payload, Selection, build
from tests.ui.conftest import NOW
from tests.ui.hands import ask
from ui.window import MainWindow

Entries = list[tuple[str, Record]]


def moment(days: int, hour: int = 10) -> Moment:
    """So many days from the tests' today."""
    return Moment(NOW.replace(hour=hour) + timedelta(days=days))


def entries(sessions: int = 2, *, hard: bool = False, effect: bool = True) -> Entries:
    """Sessions a week apart, the last of them a day ago, each with its three texts and two check-ins."""
    found: Entries = []
    for number in range(1, sessions + 1):
        day = 7 * (number - sessions) - 1
        sid = f"session{number:03d}".ljust(32, "0")
        found += [
            (sid, Session(starts=moment(day), number=number, dose=f"{number}0 mg", happened=True)),
            (f"int{number}", Intention(at=moment(day, 8), text=f"Intention {number}: to arrive.", session=sid)),
            (f"exp{number}", Experience(at=moment(day, 13), text=f"Experience {number}: a door.", session=sid)),
            (f"note{number}", IntegrationNote(at=moment(day + 1), text=f"Note {number}: a walk.", session=sid)),
            (f"in{number}a", CheckIn(at=moment(day, 14), mood=5 + number % 3, session=sid)),
            (f"in{number}b", CheckIn(at=moment(day + 1, 9), mood=6, calm=4)),
        ]
    if hard:
        found.append(("hard", HardMoment(at=moment(-1, 12), note="The corridor.", talk=True)))
    if effect:
        found.append(("effect", SideEffect(began=moment(-1, 15), what="Headache")))
    return found


def share(items: Entries, *, sender: str = "Ruth", days: int = 0, talk: str = "") -> Payload:
    """A share of all of these, made so many days from the tests' today."""
    chosen = Selection(eids=frozenset(eid for eid, _ in items), sender=sender, talk_about=talk)
    return build(chosen, items, FixedClock(NOW + timedelta(days=days)))


def add_client(qtbot: Any, window: MainWindow, name: str) -> str:
    op = partial(JournalService.save, record=Client(name=name, added=Moment(NOW)))
    return ask(qtbot, window, op).eid


def keep(qtbot: Any, window: MainWindow, client: str, payload: Payload) -> str:
    """Take in a share. Its entry."""
    return ask(qtbot, window, partial(JournalService.take_in, payload=payload, client=client)).eid
