"""What every page has in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.change import Change
from ui.context import Context
from ui.places import Place
from ui.undoing import Told, take_back


class Page(QWidget):
    """A page of the open journal.

    Signals:
        go(Place): take the person there.
        back(): return to where they came from.
        say(str): one calm line in the status bar ("Saved").
        did(str): the same of a deed that is in the journal now; the line has an Undo of its own for it.
        wants(str): do what this action of the menus does ("back-up"); see ui/actions.py.
        plays(str): let this recording (its id) be heard, over the page.
        shows(str, bool): open this file (its id) over the page; whether to look at it, or only to save a copy.
    """

    go = Signal(object)
    back = Signal()
    say = Signal(str)
    did = Signal(str)
    wants = Signal(str)
    plays = Signal(str)
    shows = Signal(str, bool)
    title = ""  # shown in the rail and read by screen readers

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("role", "page")
        self.setAccessibleName(self.title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)

    def show_place(self, place: Place) -> None:
        """Load what `place` names and put the focus where the person will want it."""

    def refresh(self, change: Change) -> None:
        """Something in the journal changed; look again if it concerns this page."""

    def leave(self) -> None:
        """The person goes to another page. Called before it is shown; unsaved text must not be lost by it."""
        self.seal()

    def seal(self) -> None:
        """Ask for unsaved text to be sealed as a draft now. Called before locking and closing."""

    def halt(self) -> None:
        """The journal is being left: stop what takes long. What was typed is sealed after it."""

    def take_back(self) -> None:
        """Undo what was done last in the journal, and say what it was."""
        self.context.tasks.ask(take_back, self._on_taken_back)

    def _on_taken_back(self, told: Told) -> None:
        self.say.emit(told.text)

    def undo(self, *, again: bool = False) -> None:
        """Undo (or redo, `again`) was wanted on a page where something is written, and in none of its fields.

        It is never about the whole journal there, and as a rule about nothing.
        """

    def writes(self, made: QWidget) -> QWidget:
        """`made`, which writes something; hidden where the journal is open for reading only."""
        if not self.context.tasks.can_write:
            made.hide()
        return made

    def restyle(self) -> None:
        """The theme or text size changed; repaint what the style sheet does not reach."""
